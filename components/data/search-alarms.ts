import type { AlarmArgs } from "../observability/alarm";

const minute = 60;

/**
 * What someone should be woken for.
 *
 * @param storage GiB of each instance.
 * Source: Amazon OpenSearch Service developer guide, "Recommended CloudWatch alarms for Amazon OpenSearch Service".
 */
export function searchAlarms(
  accountId: string,
  domainName: string,
  storage: number,
): Readonly<Record<string, Omit<AlarmArgs, "topics">>> {
  const what = `Search domain ${domainName}`;
  const of = (metricName: string) => ({
    namespace: "AWS/ES",
    metricName,
    dimensions: { DomainName: domainName, ClientId: accountId },
    statistic: "Maximum" as const,
    period: minute,
  });
  return {
    red: {
      severity: "critical",
      description: `${what}: an index has lost a shard and all copies of it, so that what it held is not found. See _cat/indices and _cluster/allocation/explain; restore the index from an hourly snapshot.`,
      ...of("ClusterStatus.red"),
      above: 0,
    },
    "writes-blocked": {
      severity: "critical",
      description: `${what}: refuses what is written. Storage or memory is short: delete indices, or raise storageGib or instanceType.`,
      ...of("ClusterIndexWritesBlocked"),
      above: 0,
      period: 5 * minute,
    },
    storage: {
      // The metric is in MiB.
      severity: "warning",
      description: `${what}: an instance has less than a quarter of its ${storage} GiB free. Delete old indices, or raise storageGib.`,
      ...of("FreeStorageSpace"),
      statistic: "Minimum",
      below: storage * 1024 * 0.25,
    },
    memory: {
      severity: "critical",
      description: `${what}: an instance's memory is used up for 3 minutes, and it stops soon. Look for heavy aggregations and too many shards; else raise instanceType.`,
      ...of("JVMMemoryPressure"),
      above: 95,
      periods: 3,
    },
    "key-disabled": {
      severity: "critical",
      description: `${what}: its key is disabled. Enable it within 14 days, else the domain is lost.`,
      ...of("KMSKeyError"),
      above: 0,
    },
    "key-lost": {
      severity: "critical",
      description: `${what}: may not use its key any more, or the key is deleted. Give the grant back; there is no other way to its data.`,
      ...of("KMSKeyInaccessible"),
      above: 0,
    },
    snapshots: {
      severity: "warning",
      description: `${what}: its hourly snapshot failed. See the status of the domain; a red one makes none.`,
      ...of("AutomatedSnapshotFailure"),
      above: 0,
    },
  };
}
