import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { Alarm } from "../observability/alarm";
import type { AlarmTopics } from "../observability/severity";
import { EncryptionKey, useOfKey } from "../security/encryption-key";
import { shortName } from "../short-name";
import { type ClockTimes, startsAndStops } from "./database-hours-times";
import { Queue } from "./queue";

export interface HourlyDatabase {
  readonly kind: "cluster" | "instance";
  /** Its identifier. */
  readonly name: string;
}

export interface DatabaseHoursArgs {
  readonly at: Location;
  /** All that is made here is called so: `landing-zone-database-hours`. */
  readonly hoursName: string;
  readonly hours: ClockTimes;
  /** One at least; they need not be there yet. */
  readonly databases: readonly HourlyDatabase[];
  /** Their policy and key must let CloudWatch publish. */
  readonly alarmTopics: AlarmTopics;
}

const kinds = {
  cluster: { resource: "cluster", call: "DBCluster", input: "DbClusterIdentifier" },
  instance: { resource: "db", call: "DBInstance", input: "DbInstanceIdentifier" },
} as const;

/**
 * Starts databases of an account and region before the day's work begins, and stops them when it is over. EventBridge
 * Scheduler makes the calls itself, by a role that may start and stop exactly these databases. A call is tried for an
 * hour; one that was not taken waits in a queue for 13 days, and a start that was not is told as a warning.
 *
 * AWS starts what has been stopped for seven days by itself. Here nothing is: each day of work starts it, and its evening
 * stops it again, whoever has started it meanwhile. The key is protected, whatever the component is told.
 *
 * Refused with an error: no database, two of one name, and the times that `startsAndStops` refuses.
 * Sources: Amazon RDS user guide, "Stopping an Amazon RDS DB instance temporarily"; Amazon Aurora user guide, "Stopping
 * and starting an Amazon Aurora DB cluster"; EventBridge Scheduler user guide, "Using universal targets", "Confused
 * deputy prevention in EventBridge Scheduler", "Configuring a schedule's dead-letter queue".
 */
export class DatabaseHours extends pulumi.ComponentResource {
  constructor(name: string, args: DatabaseHoursArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:DatabaseHours", name, {}, opts);
    requireDatabases(args);
    const { at, hoursName, databases, alarmTopics } = args;
    const times = startsAndStops(args.hours);
    const here = { parent: this };
    const keyAlias = `landing-zone/${hoursName.replace(/^landing-zone-/, "")}`;
    const missedName = `${hoursName}-missed`;
    const missedArn = arn("sqs", at, missedName);
    const key = new EncryptionKey(
      name,
      { alias: keyAlias, description: "Calls that start and stop databases by the clock", at },
      { ...here, protect: true },
    );
    const queue = new Queue(
      `${name}-missed`,
      {
        at,
        keyArn: key.arn,
        alarmTopics,
        deletionProtection: false,
        multiZone: false,
        queueName: missedName,
        visibilityTimeout: 60,
        maxReceives: 5,
        retentionHours: 312,
        topics: [],
      },
      here,
    );
    const role = new aws.iam.Role(
      name,
      {
        name: shortName(hoursName, 64),
        description: "Starts and stops databases by the clock",
        maxSessionDuration: 3_600,
        assumeRolePolicy: trustService("scheduler.amazonaws.com", at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument([
          ...(["cluster", "instance"] as const).flatMap(kind => {
            const { resource, call } = kinds[kind];
            const its = databases.filter(database => database.kind === kind);
            return its.length === 0
              ? []
              : [
                  {
                    Sid: `StartAndStop${call}`,
                    Effect: "Allow" as const,
                    Action: [`rds:Start${call}`, `rds:Stop${call}`],
                    Resource: its.map(database => arn("rds", at, `${resource}:${database.name}`)),
                  },
                ];
          }),
          { Sid: "Missed", Effect: "Allow", Action: "sqs:SendMessage", Resource: missedArn },
          useOfKey(at, keyAlias, ["scheduler", "sqs"]),
        ]),
      },
      here,
    );
    for (const verb of ["start", "stop"] as const) {
      const groupName = shortName(`${hoursName}-${verb}`, 64);
      const group = new aws.scheduler.ScheduleGroup(`${name}-${verb}`, { name: groupName }, here);
      for (const { kind, name: database } of databases) {
        const { call, input } = kinds[kind];
        new aws.scheduler.Schedule(
          `${name}-${database}-${verb}`,
          {
            name: shortName(`${database}-${verb}`, 64),
            groupName: group.name,
            description: `${verb === "start" ? "Starts" : "Stops"} the database ${database}`,
            scheduleExpression: times[verb],
            scheduleExpressionTimezone: args.hours.timezone ?? "UTC",
            flexibleTimeWindow: { mode: "OFF" },
            kmsKeyArn: key.arn,
            target: {
              arn: `arn:aws:scheduler:::aws-sdk:rds:${verb}${call}`,
              roleArn: role.arn,
              input: JSON.stringify({ [input]: database }),
              retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 20 },
              deadLetterConfig: { arn: missedArn },
            },
          },
          { ...here, dependsOn: [permission, queue] },
        );
      }
    }
    new Alarm(
      `${name}-not-started`,
      {
        namespace: "AWS/Scheduler",
        metricName: "InvocationDroppedCount",
        dimensions: { ScheduleGroup: shortName(`${hoursName}-start`, 64) },
        statistic: "Sum",
        period: 300,
        above: 0,
        severity: "warning",
        topics: alarmTopics,
        description: `A database was not started this morning: the message in ${missedName} says which and why; unless it says that it runs already, start it by \`lz wake\``,
      },
      here,
    );
    this.registerOutputs({});
  }
}

function requireDatabases({ hoursName, databases }: DatabaseHoursArgs): void {
  if (databases.length === 0)
    throw new Error(
      `databases of ${hoursName} is empty; name one that is to start and stop, or leave it out`,
    );
  const names = databases.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`databases of ${hoursName} names ${twice} twice; name each once`);
}
