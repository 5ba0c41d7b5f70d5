import { mustBe, mustBeSet, mustMatch, mustNotBe } from "../demands";
import type { Resource } from "../graph";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const parameterGroups = ["aws:rds/parameterGroup:ParameterGroup"];
const clusterParameterGroups = ["aws:rds/clusterParameterGroup:ClusterParameterGroup"];
const bothGroups = [...parameterGroups, ...clusterParameterGroups];
const copies = ["aws:rds/snapshotCopy:SnapshotCopy", "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy"];
const snapshots = ["aws:rds/snapshot:Snapshot", "aws:rds/clusterSnapshot:ClusterSnapshot", ...copies];

/** What engines are told, and what stands around databases: proxies, snapshots, subscriptions. */
export const rdsParameters: readonly Rule[] = [
  {
    name: "rds-force-tls",
    theme: "encryption-in-transit",
    title: "A database refuses connections without TLS",
    why: "Passwords and data else cross the network in the clear, and no client has to notice",
    fix: "set in the parameter group rds.force_ssl to 1 for PostgreSQL and SQL Server, require_secure_transport to 1 (Aurora: ON) for MySQL and MariaDB",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub RDS.38", "Security Hub RDS.39", "FSBP RDS.41", "FSBP RDS.44"],
    types: bothGroups,
    check(group, report) {
      const family = familyOf(group);
      if (family === undefined) return;
      const forced = switches.find(([pattern]) => pattern.test(family));
      if (forced === undefined) return;
      const [, parameter, since] = forced;
      const byDefault = Number(/(\d+)(\.\d+)?$/.exec(family)?.[1]) >= since;
      const value = parameterOf(group, parameter);
      if (value === undefined ? !byDefault : !isOn(value)) report.refuse(said(parameter, value));
    },
  },
  {
    name: "rds-pg-query-logging",
    theme: "logging-and-detection",
    title: "PostgreSQL logs slow statements or those that change something",
    why: "Else nothing tells afterwards what made it slow, or who changed a table",
    fix: "set log_min_duration_statement to milliseconds, or log_statement to ddl or mod, in the parameter group",
    severity: "low",
    level: "advisory",
    controls: [],
    types: bothGroups,
    check(group, report) {
      if (!/postgres/.test(familyOf(group) ?? "")) return;
      const slow = Number(parameterOf(group, "log_min_duration_statement") ?? -1);
      if (slow >= 0) return;
      const kinds = parameterOf(group, "log_statement") ?? "none";
      if (!["ddl", "mod", "all"].includes(kinds))
        report.refuse(`log_statement is ${kinds}, and log_min_duration_statement is not set`);
    },
  },
  {
    name: "rds-aurora-mysql-audit",
    theme: "logging-and-detection",
    title: "Aurora MySQL keeps an audit log",
    why: "The export of the audit log is empty as long as the engine writes none",
    fix: "set server_audit_logging to 1 and server_audit_events in the cluster's parameter group",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP RDS.45"],
    types: clusterParameterGroups,
    check(group, report) {
      if (!(familyOf(group) ?? "").startsWith("aurora-mysql")) return;
      const value = parameterOf(group, "server_audit_logging");
      // The engine's default is off.
      if (value === undefined || !isOn(value)) report.refuse(said("server_audit_logging", value));
    },
  },
  {
    name: "rds-proxy-tls",
    theme: "encryption-in-transit",
    title: "A database proxy takes TLS only",
    why: "It stands in the place of a database that does, and passwords come through it",
    fix: "set requireTls: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP RDS.43"],
    types: ["aws:rds/proxy:Proxy"],
    check: mustBe("requireTls", true),
  },
  {
    name: "rds-proxy-no-debug",
    theme: "data-protection",
    title: "A database proxy does not log statements",
    why: "Its debug log has the text of every statement, with the data in it",
    fix: "leave debugLogging out; AWS switches it off after a day, a program switches it on again",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: ["aws:rds/proxy:Proxy"],
    check: mustNotBe("debugLogging", true),
  },
  {
    name: "rds-snapshot-not-public",
    theme: "exposure",
    title: "A snapshot of a database is not shared with everyone",
    why: "Any account of AWS's could restore it and read all of it",
    fix: "name the accounts in sharedAccounts instead of all",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: ["FSBP RDS.1"],
    types: snapshots,
    check(snapshot, report) {
      report.each(snapshot.at("sharedAccounts").list(), account => {
        if (account.is("all")) report.refuse("sharedAccounts holds all");
      });
    },
  },
  {
    name: "rds-snapshot-encrypted",
    theme: "encryption-at-rest",
    title: "A copy of a snapshot is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId to a key of the region that it is copied to",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP RDS.4"],
    types: copies,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "rds-event-subscriptions",
    theme: "logging-and-detection",
    title: "A subscription to RDS's events is on and leaves out none that matter",
    why: "Nobody looks for a failure that was never told",
    fix: "leave eventCategories out, or hold maintenance and failure of clusters, also configuration change of instances, configuration change of parameter groups, that and failure of security groups",
    severity: "low",
    level: "advisory",
    controls: ["FSBP RDS.19", "FSBP RDS.20", "FSBP RDS.21", "FSBP RDS.22"],
    types: ["aws:rds/eventSubscription:EventSubscription"],
    check(subscription, report) {
      // The provider's default is true.
      report.attempt(() => mustBe("enabled", true, { otherwise: true })(subscription, report));
      // Without categories it is for all of them, and without a source for all sources.
      const categories = subscription.at("eventCategories").list();
      if (categories.length === 0) return;
      const wanted = critical[subscription.at("sourceType").text() ?? ""] ?? [];
      for (const category of wanted)
        if (!categories.some(one => one.is(category))) report.refuse(`eventCategories has no ${category}`);
    },
  },
  {
    name: "rds-proxy-known-clients",
    theme: "least-privilege",
    title: "A database proxy knows its clients by IAM",
    why: "Else a password that was shared once opens it from every task",
    fix: "set defaultAuthScheme to IAM_AUTH, or iamAuth to REQUIRED in each of auths",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: ["aws:rds/proxy:Proxy"],
    check(proxy, report) {
      if (proxy.at("defaultAuthScheme").is("IAM_AUTH")) return;
      const auths = proxy.at("auths").list();
      if (auths.length === 0) report.refuse("defaultAuthScheme is not IAM_AUTH, and auths is empty");
      report.each(auths, mustMatch("iamAuth", /^(REQUIRED|ENABLED)$/));
    },
  },
];

/** By family: the parameter that forces TLS, and the major version from which on it is on by default. */
const switches: readonly (readonly [family: RegExp, parameter: string, since: number])[] = [
  [/^postgres/, "rds.force_ssl", 15],
  [/^aurora-postgresql/, "rds.force_ssl", 17],
  [/^sqlserver-/, "rds.force_ssl", Number.POSITIVE_INFINITY],
  [/^(aurora-mysql|mysql|mariadb)/, "require_secure_transport", Number.POSITIVE_INFINITY],
];

/** What a subscription must not leave out, by the kind of its source. Source: FSBP controls RDS.19 to RDS.22. */
const critical: Readonly<Record<string, readonly string[]>> = {
  "db-cluster": ["maintenance", "failure"],
  "db-instance": ["maintenance", "configuration change", "failure"],
  "db-parameter-group": ["configuration change"],
  "db-security-group": ["configuration change", "failure"],
};

/** Aurora reads these switches from the cluster's group, and not from that of an instance. */
function familyOf(group: Resource): string | undefined {
  const family = group.at("family").text();
  return family?.startsWith("aurora") && parameterGroups.includes(group.type) ? undefined : family;
}

function parameterOf(group: Resource, name: string): string | undefined {
  const parameter = group
    .at("parameters")
    .list()
    .find(one => one.at("name").is(name));
  const value = parameter?.at("value").content();
  return value === undefined ? undefined : String(value);
}

const isOn = (value: string): boolean => /^(1|ON|TRUE)$/i.test(value);

const said = (parameter: string, value: string | undefined): string =>
  value === undefined ? `the group does not set ${parameter}` : `${parameter} is ${value}`;
