/** What RDS restores from a copied snapshot, with more to choose than AWS Backup: the same as what the target has. */
import { api, call, type Json, now, query, type States } from "./states";
import { type Chain, givesUp, hostNames, limits, type Place, stepOf } from "./thing";
import { waiting } from "./waiting";

/**
 * How the SDK integration speaks of them: as the SDK for Java does, which writes `DbCluster` where the API has
 * `DBCluster`. Source: Step Functions developer guide, "AWS SDK integrations", "Parameter casing".
 */
const answer = {
  cluster: "$states.result.DbClusters[0]",
  instance: "$states.result.DbInstances[0]",
} as const;

/** The group that lets in the drill's own jobs, and nobody else. */
const findingTheGroup = ({ thing }: Place, next: string): States => ({
  [stepOf(thing)("find its group")]: call({
    resource: api("ec2", "describeSecurityGroups"),
    args: { Filters: [{ Name: "group-name", Values: [thing.securityGroupName ?? thing.to] }] },
    catch: [givesUp(thing, "look")],
    Assign: { itsGroup: query("$states.result.SecurityGroups[0].GroupId") },
    next,
  }),
});

/** A step that makes something, and the wait until it can be used. */
function making(
  { thing }: Place,
  its: {
    readonly what: string;
    readonly make: readonly [action: string, args: Json];
    readonly ask: readonly [action: string, args: Json];
    readonly status: string;
    /** Kept of the answer. */
    readonly assign?: Readonly<Record<string, string>>;
    readonly next: string;
  },
): States {
  const step = stepOf(thing);
  const available = waiting({
    what: step(its.what),
    since: "madeAt",
    minutes: limits.available,
    late: step("given up"),
    problem: `it was not available within ${limits.available} minutes`,
    ask: over =>
      call({
        resource: api("rds", its.ask[0]),
        args: its.ask[1],
        catch: [givesUp(thing, its.what)],
        Assign: { status: query(its.status), restoredAt: query(now), ...its.assign },
        next: over,
      }),
    ends: [
      ["$status = 'available'", its.next],
      [
        "$status in ['failed', 'incompatible-restore', 'incompatible-parameters', 'incompatible-network', 'inaccessible-encryption-credentials', 'storage-full']",
        step(`${its.what} failed`),
      ],
    ],
  });
  return {
    [step(its.what)]: call({
      resource: api("rds", its.make[0]),
      args: its.make[1],
      catch: [givesUp(thing, its.what)],
      Assign: { madeAt: query(now) },
      next: available.first,
    }),
    ...available.states,
    [step(`${its.what} failed`)]: {
      Type: "Pass",
      Assign: { problem: query("'it is ' & $status"), failedAt: its.what },
      Next: step("given up"),
    },
  };
}

/** Where tasks of the drill's jobs read a host when they start. */
function telling({ thing }: Place, hosts: Readonly<Record<"host" | "reader", string>>, next: string): States {
  const step = stepOf(thing);
  const names = hostNames(thing.to);
  const tell = (Name: string, Value: string, then: string) =>
    call({
      resource: api("ssm", "putParameter"),
      args: { Name, Value: query(Value), Type: "String", Overwrite: true },
      catch: [givesUp(thing, "tell")],
      next: then,
    });
  return {
    [step("tell its host")]: tell(names.host, hosts.host, step("tell its reader")),
    [step("tell its reader")]: tell(names.reader, hosts.reader, next),
  };
}

const isThere = "$exists($states.result";

/**
 * Sources: AWS Backup developer guide, "Restoring an Amazon Aurora cluster"; Amazon RDS API reference,
 * "RestoreDBClusterFromSnapshot", "CreateDBInstance".
 */
export function cluster(place: Place, next: string): Chain {
  const { thing } = place;
  const { own, to } = thing;
  const step = stepOf(thing);
  const of = answer.cluster;
  return {
    first: step("look at the target's"),
    states: {
      [step("look at the target's")]: call({
        resource: api("rds", "describeDBClusters"),
        args: { DbClusterIdentifier: own },
        catch: [givesUp(thing, "look")],
        Assign: {
          like: query(
            `$merge([{"Engine": ${of}.Engine, "DbSubnetGroupName": ${of}.DbSubnetGroup, "DbClusterParameterGroupName": ${of}.DbClusterParameterGroup}, ${isThere}.DbClusters[0].ServerlessV2ScalingConfiguration) ? {"ServerlessV2ScalingConfiguration": ${of}.ServerlessV2ScalingConfiguration} : {}])`,
          ),
        },
        next: step("look at its instance"),
      }),
      [step("look at its instance")]: call({
        resource: api("rds", "describeDBInstances"),
        args: { DbInstanceIdentifier: `${own}-1` },
        catch: [givesUp(thing, "look")],
        Assign: { instanceClass: query(`${answer.instance}.DbInstanceClass`) },
        next: step("find its group"),
      }),
      ...findingTheGroup(place, step("restore")),
      ...making(place, {
        what: "restore",
        make: [
          "restoreDBClusterFromSnapshot",
          query(
            `$merge([$like, {"DbClusterIdentifier": "${to}", "SnapshotIdentifier": $copy, "VpcSecurityGroupIds": [$itsGroup], "KmsKeyId": $dataKey, "EnableIAMDatabaseAuthentication": true, "CopyTagsToSnapshot": false, "DeletionProtection": false}])`,
          ),
        ],
        ask: ["describeDBClusters", { DbClusterIdentifier: to }],
        status: `${of}.Status`,
        assign: {
          hosts: query(`{"host": ${of}.Endpoint, "reader": ${of}.ReaderEndpoint}`),
          itsKey: query(`$exists(${of}.KmsKeyId) ? ${of}.KmsKeyId : ''`),
        },
        next: step("encrypted?"),
      }),
      [step("encrypted?")]: {
        Type: "Choice",
        Choices: [{ Condition: query("$itsKey = $dataKey"), Next: step("start") }],
        Default: step("not encrypted"),
      },
      [step("not encrypted")]: {
        Type: "Pass",
        Assign: { problem: `${to} is not encrypted with the target's key`, failedAt: "look" },
        Next: step("given up"),
      },
      ...making(place, {
        what: "start",
        make: [
          "createDBInstance",
          {
            DbInstanceIdentifier: `${to}-1`,
            DbClusterIdentifier: to,
            Engine: query("$like.Engine"),
            DbInstanceClass: query("$instanceClass"),
            PubliclyAccessible: false,
          },
        ],
        ask: ["describeDBInstances", { DbInstanceIdentifier: `${to}-1` }],
        status: `${answer.instance}.DbInstanceStatus`,
        next: step("tell its host"),
      }),
      ...telling(place, { host: "$hosts.host", reader: "$hosts.reader" }, next),
    },
  };
}

/**
 * A database instance has its snapshot's key, and so the snapshot is copied with the target's first.
 * Sources: AWS Backup developer guide, "Restoring an RDS database"; Amazon RDS API reference, "CopyDBSnapshot",
 * "RestoreDBInstanceFromDBSnapshot".
 */
export function instance(place: Place, next: string): Chain {
  const { thing } = place;
  const { own, to } = thing;
  const step = stepOf(thing);
  const of = answer.instance;
  return {
    first: step("look at the target's"),
    states: {
      [step("look at the target's")]: call({
        resource: api("rds", "describeDBInstances"),
        args: { DbInstanceIdentifier: own },
        catch: [givesUp(thing, "look")],
        Assign: {
          like: query(
            `{"DbInstanceClass": ${of}.DbInstanceClass, "DbSubnetGroupName": ${of}.DbSubnetGroup.DbSubnetGroupName, "DbParameterGroupName": ${of}.DbParameterGroups[0].DbParameterGroupName}`,
          ),
        },
        next: step("find its group"),
      }),
      ...findingTheGroup(place, step("encrypt")),
      ...making(place, {
        what: "encrypt",
        make: [
          "copyDBSnapshot",
          {
            SourceDbSnapshotIdentifier: query("$copy"),
            TargetDbSnapshotIdentifier: to,
            KmsKeyId: query("$dataKey"),
            CopyTags: false,
          },
        ],
        ask: ["describeDBSnapshots", { DbSnapshotIdentifier: to }],
        status: "$states.result.DbSnapshots[0].Status",
        next: step("restore"),
      }),
      ...making(place, {
        what: "restore",
        make: [
          "restoreDBInstanceFromDBSnapshot",
          query(
            `$merge([$like, {"DbInstanceIdentifier": "${to}", "DbSnapshotIdentifier": "${to}", "VpcSecurityGroupIds": [$itsGroup], "EnableIAMDatabaseAuthentication": true, "CopyTagsToSnapshot": false, "PubliclyAccessible": false, "MultiAZ": false, "DeletionProtection": false}])`,
          ),
        ],
        ask: ["describeDBInstances", { DbInstanceIdentifier: to }],
        status: `${of}.DbInstanceStatus`,
        assign: { host: query(`$exists(${of}.Endpoint.Address) ? ${of}.Endpoint.Address : ''`) },
        next: step("tell its host"),
      }),
      ...telling(place, { host: "$host", reader: "$host" }, next),
    },
  };
}
