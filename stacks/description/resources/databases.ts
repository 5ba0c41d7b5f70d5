/** What Aurora and databases on one machine have in common: engines, versions and what they may be told. */
import { z } from "zod";
import { type ByEnvironment, byEnvironment, places } from "../by-environment";
import { oneOf, text } from "../forms";

export interface DatabaseWords {
  /** While `version` is raised to another major; default false. */
  readonly allowMajorUpgrade?: boolean;
  /** Connect through RDS Proxy, which shares connections out; default false. */
  readonly proxy?: ByEnvironment<boolean>;
  /** `advanced` keeps 15 months and finds causes, for a price by processor; default `standard`, 7 days. */
  readonly insights?: ByEnvironment<"standard" | "advanced">;
  /** Log who connects and who changes structure and rights; default: where the product's data is restricted. */
  readonly audit?: boolean;
}

const flag = z.boolean({ error: "must be true or false" });

export const databaseShape = {
  version: byEnvironment(z.string({ error: "must be text: a version, major and minor" })),
  allowMajorUpgrade: flag.optional(),
  proxy: byEnvironment(flag).optional(),
  insights: byEnvironment(oneOf(["standard", "advanced"])).optional(),
  audit: flag.optional(),
};

/**
 * Of a t, m or r family: others have disks or prices of their own. Which of them a region has is checked with the zone.
 * Source: Amazon RDS user guide, "Hardware specifications for DB instance classes".
 */
export const instanceClass = text(
  /^db\.(t\d+[a-z]*\.(micro|small|medium|large|\d*xlarge)|[mr]\d+[a-z]*\.(large|\d*xlarge))$/,
  "a class of a t, m or r family, for example db.r8g.large",
);

interface VersionForm {
  readonly form: RegExp;
  readonly example: string;
}

const postgresql = /^(1[4-9]|[2-9]\d)\.\d{1,2}$/;

/**
 * Those that IAM tokens work with. Sources: Amazon Aurora user guide, "Amazon Aurora PostgreSQL releases and engine
 * versions", "Aurora MySQL version numbers and special versions"; Amazon RDS user guide, "MySQL on Amazon RDS
 * versions", "MariaDB on Amazon RDS versions".
 */
export const auroraVersions = {
  postgresql: { form: postgresql, example: "16.8" },
  mysql: { form: /^8\.\d\.mysql_aurora\.\d{1,2}\.\d{1,2}\.\d{1,2}$/, example: "8.0.mysql_aurora.3.10.0" },
} as const satisfies Record<string, VersionForm>;

export const instanceVersions = {
  postgresql: { form: postgresql, example: "17.4" },
  mysql: { form: /^8\.\d\.\d{1,2}$/, example: "8.4.5" },
  mariadb: { form: /^(10\.11|1[1-9]\.\d{1,2})\.\d{1,2}$/, example: "11.4.5" },
} as const satisfies Record<string, VersionForm>;

/** Reports each version that the engine does not have. */
export function checkVersions<E extends string>(
  versions: Readonly<Record<E, VersionForm>>,
  { engine, version }: { readonly engine: E; readonly version: ByEnvironment<string> },
  context: z.RefinementCtx,
): void {
  const { form, example } = versions[engine];
  // What is no text has been reported.
  for (const { path, value } of places(version))
    if (typeof value === "string" && !form.test(value))
      context.addIssue({
        code: "custom",
        path: ["version", ...path],
        message: `must be a version of ${engine} with its major and minor part, for example ${example}`,
      });
}
