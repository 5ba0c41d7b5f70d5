import type { Cleaning, CleaningKind as Kind } from "./cleaning-branch";
import { api, type Retrier, type States, whenReady } from "./states";
import { hostNames, limits } from "./thing";

const noInstance = ["Rds.DbInstanceNotFoundException", "Rds.DbInstanceNotFoundFault"];
const noCluster = ["Rds.DbClusterNotFoundException", "Rds.DbClusterNotFoundFault"];
const noSnapshot = ["Rds.DbSnapshotNotFoundException", "Rds.DbSnapshotNotFoundFault"];
/** What RDS says of what is still being made, or deleted already. */
const notReady = (...kinds: readonly string[]): Retrier =>
  whenReady(
    limits.delete,
    ...kinds.flatMap(kind => [`Rds.Invalid${kind}StateException`, `Rds.Invalid${kind}StateFault`]),
  );

const forget = (its: Cleaning, next: string): States => ({
  // Names of parameters that there are not are only listed in the answer.
  [its.step("forget its hosts")]: its.call(
    api("ssm", "deleteParameters"),
    { Names: Object.values(hostNames(its.thing.to)) },
    { next: next },
  ),
});

export const cluster: Kind = its => {
  const { to } = its.thing;
  const wait = its.until(
    over =>
      its.call(
        api("rds", "describeDBClusters"),
        { DbClusterIdentifier: to },
        { absent: noCluster, next: over, otherwise: its.gone },
      ),
    its.gone,
  );
  return [
    its.step("forget its hosts"),
    {
      ...forget(its, its.step("delete its instance")),
      [its.step("delete its instance")]: its.call(
        api("rds", "deleteDBInstance"),
        { DbInstanceIdentifier: `${to}-1`, SkipFinalSnapshot: true },
        { absent: noInstance, next: its.step("delete"), retry: [notReady("DbInstance")] },
      ),
      [its.step("delete")]: its.call(
        api("rds", "deleteDBCluster"),
        { DbClusterIdentifier: to, SkipFinalSnapshot: true },
        {
          absent: noCluster,
          next: wait.first,
          otherwise: its.gone,
          retry: [notReady("DbCluster", "DbInstance")],
        },
      ),
      ...wait.states,
    },
  ];
};

export const instance: Kind = its => {
  const { to } = its.thing;
  const wait = its.until(
    over =>
      its.call(
        api("rds", "describeDBInstances"),
        { DbInstanceIdentifier: to },
        { absent: noInstance, next: over, otherwise: its.step("delete its snapshot") },
      ),
    its.step("delete its snapshot"),
  );
  return [
    its.step("forget its hosts"),
    {
      ...forget(its, its.step("delete")),
      [its.step("delete")]: its.call(
        api("rds", "deleteDBInstance"),
        { DbInstanceIdentifier: to, SkipFinalSnapshot: true, DeleteAutomatedBackups: true },
        {
          absent: noInstance,
          next: wait.first,
          otherwise: its.step("delete its snapshot"),
          retry: [notReady("DbInstance")],
        },
      ),
      ...wait.states,
      [its.step("delete its snapshot")]: its.call(
        api("rds", "deleteDBSnapshot"),
        { DbSnapshotIdentifier: to },
        { absent: noSnapshot, next: its.gone, retry: [notReady("DbSnapshot")] },
      ),
    },
  ];
};
