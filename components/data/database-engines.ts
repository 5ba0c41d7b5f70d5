/** What differs between the relational engines; pure. */

export type AuroraEngine = "aurora-postgresql" | "aurora-mysql";
export type InstanceEngine = "postgres" | "mysql" | "mariadb";
export type DatabaseEngine = AuroraEngine | InstanceEngine;

export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** `pending-reboot`: the engine reads it at its start only. */
  readonly applyMethod: "immediate" | "pending-reboot";
}

interface Engine {
  /** What a driver calls it. */
  readonly dialect: "postgresql" | "mysql" | "mariadb";
  readonly port: number;
  /** Its first group is what the family of the parameter group ends in. */
  readonly version: RegExp;
  readonly versionExample: string;
  readonly familyPrefix: string;
  /** What goes to CloudWatch Logs. FSBP controls RDS.9, RDS.34, RDS.37. */
  readonly logs: readonly string[];
  /** The longest name a user may have. */
  readonly longestUser: number;
  /** What RDS Proxy calls its protocol; absent: none that authenticates with IAM all the way. */
  readonly proxyFamily?: "POSTGRESQL" | "MYSQL";
}

const postgresVersion = /^(1[4-9]|[2-9]\d)\.\d{1,2}$/;

/**
 * Sources: Amazon Aurora user guide, "Aurora MySQL version numbers and special versions", "Amazon Aurora PostgreSQL
 * releases and engine versions"; Amazon RDS user guide, "MySQL on Amazon RDS versions", "MariaDB on Amazon RDS
 * versions", "Supported Regions and DB engines for IAM database authentication" (MariaDB from 10.11 on), "RDS Proxy".
 */
export const engines: Readonly<Record<DatabaseEngine, Engine>> = {
  "aurora-postgresql": {
    dialect: "postgresql",
    port: 5432,
    version: postgresVersion,
    versionExample: "16.8",
    familyPrefix: "aurora-postgresql",
    logs: ["postgresql"],
    longestUser: 63,
    proxyFamily: "POSTGRESQL",
  },
  "aurora-mysql": {
    dialect: "mysql",
    port: 3306,
    version: /^(8\.\d)\.mysql_aurora\.\d{1,2}\.\d{1,2}\.\d{1,2}$/,
    versionExample: "8.0.mysql_aurora.3.10.0",
    familyPrefix: "aurora-mysql",
    logs: ["audit", "error", "slowquery"],
    longestUser: 32,
    proxyFamily: "MYSQL",
  },
  postgres: {
    dialect: "postgresql",
    port: 5432,
    version: postgresVersion,
    versionExample: "17.4",
    familyPrefix: "postgres",
    logs: ["postgresql", "upgrade"],
    longestUser: 63,
    proxyFamily: "POSTGRESQL",
  },
  mysql: {
    dialect: "mysql",
    port: 3306,
    version: /^(8\.\d)\.\d{1,2}$/,
    versionExample: "8.4.5",
    familyPrefix: "mysql",
    logs: ["error", "slowquery"],
    longestUser: 32,
    proxyFamily: "MYSQL",
  },
  mariadb: {
    dialect: "mariadb",
    port: 3306,
    version: /^(10\.11|1[1-9]\.\d{1,2})\.\d{1,2}$/,
    versionExample: "11.4.5",
    familyPrefix: "mariadb",
    logs: ["error", "slowquery"],
    longestUser: 32,
  },
};

/** The family of a version's parameter groups: `aurora-postgresql16`, `mysql8.4`. */
export function parameterFamily(engine: DatabaseEngine, engineVersion: string): string {
  const { version, versionExample, familyPrefix } = engines[engine];
  const major = version.exec(engineVersion)?.[1];
  if (major === undefined)
    throw new Error(
      `engineVersion is ${engineVersion}; of ${engine} it must have a major and a minor part, as in ${versionExample}`,
    );
  return `${familyPrefix}${major}`;
}

/** Of statements that take longer the engine keeps the text. */
const slowSeconds = 1;

/**
 * What is set otherwise than AWS does: TLS is required, slow statements are logged, and with `audit` who connected and
 * changed structure or rights.
 *
 * Sources: Amazon Aurora user guide, "Securing Aurora PostgreSQL data with SSL/TLS", "Turning on query logging for your
 * Aurora PostgreSQL DB cluster", "Using pgAudit to log database activity", "Using Advanced Auditing with an Amazon
 * Aurora MySQL DB cluster", "Configuring Aurora MySQL logs"; Amazon RDS user guide, "Requiring SSL/TLS for all
 * connections to a MySQL DB instance", "Requiring SSL/TLS for all connections to a MariaDB DB instance".
 */
export function parametersOf(engine: DatabaseEngine, audit: boolean): Parameter[] {
  const at = (applyMethod: Parameter["applyMethod"]) => (name: string, value: string) => ({
    name,
    value,
    applyMethod,
  });
  const now = at("immediate");
  const atStart = at("pending-reboot");
  if (engines[engine].dialect === "postgresql")
    return [
      now("rds.force_ssl", "1"),
      now("log_min_duration_statement", String(slowSeconds * 1000)),
      ...(audit
        ? [
            atStart("shared_preload_libraries", "pg_stat_statements,pgaudit"),
            now("pgaudit.log", "ddl,role"),
            atStart("pgaudit.role", "rds_pgaudit"),
          ]
        : []),
    ];
  const aurora = engine === "aurora-mysql";
  return [
    // The same switch has words as its values in Aurora and numbers elsewhere.
    now("require_secure_transport", aurora ? "ON" : "1"),
    now("slow_query_log", "1"),
    now("long_query_time", String(slowSeconds)),
    // Logs in tables do not get to CloudWatch.
    now("log_output", "FILE"),
    ...(aurora
      ? [
          now("server_audit_logging", "1"),
          now("server_audit_events", audit ? "CONNECT,QUERY_DDL,QUERY_DCL" : "CONNECT"),
        ]
      : []),
  ];
}

/** The master user, whose name is no engine's default. FSBP controls RDS.24, RDS.25. */
export const masterUser = "maintainer";

/**
 * The user that an application connects with, and the name of the database: the resource's name as SQL takes it
 * without quotes. Two names never give one user, because a name has no two hyphens in a row and no underscore.
 */
export const databaseUser = (resourceName: string): string => resourceName.replaceAll("-", "_");

/** The user that may only read. No resource's name becomes that, for the two underscores in it. */
export const readOnlyUser = (resourceName: string): string => `${databaseUser(resourceName)}__ro`;

/** CloudWatch log groups of a database, as patterns: what the key for logs must admit. */
export const databaseLogGroups = (resourceName: string): string[] => [
  `/aws/rds/cluster/${resourceName}/*`,
  `/aws/rds/instance/${resourceName}/*`,
  `/aws/rds/proxy/${resourceName}`,
];
