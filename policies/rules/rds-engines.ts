/** What the rules know of the engines of relational databases. */
import type { Resource } from "../graph";
import type { Report } from "../report";

interface Engine {
  readonly logs: readonly string[];
  /**
   * The oldest major and minor version in standard support on 2026-11-21. Sources: "Release calendar" of the Amazon RDS
   * user guide for each engine; Amazon Aurora user guide, "Amazon Aurora versions".
   */
  readonly oldest?: readonly [number, number];
}

const engines: readonly (readonly [RegExp, Engine])[] = [
  [/^postgres$/, { logs: ["postgresql"], oldest: [14, 0] }],
  [/^aurora-postgresql$/, { logs: ["postgresql"], oldest: [14, 0] }],
  [/^mysql$/, { logs: ["error", "slowquery"], oldest: [8, 4] }],
  [/^aurora-mysql$/, { logs: ["audit"], oldest: [8, 0] }],
  [/^mariadb$/, { logs: ["error", "slowquery"], oldest: [10, 11] }],
  [/^sqlserver-/, { logs: ["error"] }],
  [/^oracle-/, { logs: ["alert", "audit"] }],
];

/** `undefined`: a replica or a copy, which has its source's, or one that is not known here. */
export function engineOf(database: Resource): Engine | undefined {
  const name = database.at("engine").text() ?? "";
  return engines.find(([pattern]) => pattern.test(name))?.[1];
}

export function lackingLogs(database: Resource, report: Report): void {
  const exported = database.at("enabledCloudwatchLogsExports").list();
  const wanted = engineOf(database)?.logs;
  if (wanted === undefined && exported.length === 0) report.refuse("enabledCloudwatchLogsExports is empty");
  for (const log of wanted ?? [])
    if (!exported.some(one => one.is(log))) report.refuse(`enabledCloudwatchLogsExports has no ${log}`);
}
