import { mustBeSet, mustNotBe } from "../demands";
import type { Resource } from "../graph";
import { containerClusters } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";
import { ownKey } from "./company-keys";

/** Clusters, and the instances that they run on. */
export const ecsClusters: readonly Rule[] = [
  {
    name: "ecs-cluster-container-insights",
    theme: "logging-and-detection",
    title: "A cluster measures its containers",
    why: "Without Container Insights nobody sees a task that runs out of memory",
    fix: 'set the setting containerInsights to "enhanced" or "enabled"',
    severity: "low",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP ECS.12"],
    types: containerClusters,
    check(cluster, report) {
      const level = insightsOf(cluster)?.at("value").text() ?? "not set";
      if (level !== "enhanced" && level !== "enabled") report.refuse(`containerInsights is ${level}`);
    },
    remediate(cluster) {
      // It is the one setting that there is; another one of the program's own is for somebody to look at.
      const others = cluster.at("settings").list().length - (insightsOf(cluster) ? 1 : 0);
      return others > 0 ? undefined : { settings: [{ name: "containerInsights", value: "enabled" }] };
    },
  },
  {
    name: "ecs-cluster-exec-logging",
    theme: "logging-and-detection",
    title: "Sessions in a cluster's containers are recorded, and encrypted with a key of the company's",
    why: "Whoever opens a shell in production sees what the task sees, and else nothing says what was done there",
    fix: "set configuration.executeCommandConfiguration with logging: OVERRIDE, a kmsKeyId and a logConfiguration that names an encrypted log group or bucket",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: containerClusters,
    check(cluster, report) {
      const sessions = cluster.at("configuration", "executeCommandConfiguration");
      if (!sessions.at("kmsKeyId").isSet) report.refuse("executeCommandConfiguration.kmsKeyId is not set");
      report.attempt(() => {
        const problem = whyUnrecorded(sessions);
        if (problem) report.refuse(problem);
      });
    },
  },
  {
    name: "ecs-cluster-storage-cmk",
    theme: "encryption-at-rest",
    title: "The disks of a cluster's tasks are encrypted with a key of the company's",
    why: ownKey,
    fix: "set configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId",
    severity: "low",
    level: "advisory",
    controls: [],
    types: containerClusters,
    check: mustBeSet("configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId"),
  },
  {
    name: "ecs-capacity-provider-drains",
    theme: "resilience-and-backup",
    title: "No instance ends under its tasks",
    why: "Requests that it answers are cut off, and all of its tasks start elsewhere at once",
    fix: "leave autoScalingGroupProvider.managedDraining out or set it to ENABLED",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: ["aws:ecs/capacityProvider:CapacityProvider"],
    // ECS takes ENABLED for new capacity providers.
    check: mustNotBe("autoScalingGroupProvider.managedDraining", "DISABLED", { otherwise: "ENABLED" }),
  },
];

function insightsOf(cluster: Resource): Value | undefined {
  return cluster
    .at("settings")
    .list()
    .find(setting => setting.at("name").is("containerInsights"));
}

/** ECS also logs without a configuration, but then to each task's own log, without a key. */
export function whyUnrecorded(sessions: Value): string | undefined {
  const logging = sessions.at("logging").text() ?? "DEFAULT";
  if (logging !== "OVERRIDE") return `executeCommandConfiguration.logging is ${logging}`;
  const to = sessions.at("logConfiguration");
  const group = to.at("cloudWatchLogGroupName").isSet;
  const bucket = to.at("s3BucketName").isSet;
  if (!group && !bucket)
    return "executeCommandConfiguration.logConfiguration names no log group and no bucket";
  if (group && !to.at("cloudWatchEncryptionEnabled").is(true))
    return "cloudWatchEncryptionEnabled is not true";
  if (bucket && !to.at("s3BucketEncryptionEnabled").is(true)) return "s3BucketEncryptionEnabled is not true";
  return undefined;
}
