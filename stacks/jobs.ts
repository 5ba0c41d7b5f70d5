/** The jobs of a product. */
import type * as pulumi from "@pulumi/pulumi";
import { Job } from "../components/compute/job";
import type { ObjectCreated } from "../components/compute/job-object-rule";
import type { RunningCluster } from "./clusters";
import { containerArgs, type RunningPlace } from "./containers";
import type { ObjectCreated as Described } from "./description";
import { inForce } from "./description/in-force";
import { shortNameOf } from "./description/kept";
import { resourceName } from "./kinds";
import { missedRunsQueue } from "./missed-runs";
import { alarmTopicsOf, keyAlias } from "./product-names";
import { runLogGroupName } from "./workload-logs";

export interface RunningTasks {
  readonly name: string;
  readonly securityGroupId: pulumi.Output<string>;
}

export function runJobs(place: RunningPlace, clusters: (workload: string) => RunningCluster): RunningTasks[] {
  const { zone, product, environment, kept, provider } = place;
  return Object.keys(product.jobs ?? {}).map(name => {
    const { words } = inForce(zone, product, "jobs", name, environment.name);
    const { securityGroupId } = new Job(
      name,
      {
        ...containerArgs(place, name, words),
        cluster: clusters(name).cluster,
        vpcId: kept.vpcId,
        subnetIds: kept.taskSubnetIds,
        ...(words.command === undefined ? {} : { command: words.command }),
        ...(words.schedule === undefined
          ? {}
          : { schedule: { expression: words.schedule, timezone: words.timezone } }),
        ...(words.on === undefined ? {} : { on: objectsOf(place, words.on) }),
        timeoutMinutes: words.timeoutMinutes,
        retries: words.retries,
        parallel: words.parallel,
        runsLogGroup: { name: runLogGroupName(product, name) },
        missedRunsQueueName: missedRunsQueue(product),
        keyArn: kept.dataKeyArn,
        keyAlias: keyAlias(product, "data"),
        alarmTopics: alarmTopicsOf(product, place.where.at),
      },
      { provider },
    );
    return { name, securityGroupId };
  });
}

/** The objects that a job or function waits for. */
export const objectsOf = (
  { product, where }: RunningPlace,
  { objectCreated, prefix = "" }: Described,
): ObjectCreated => ({
  bucketName: resourceName(product, shortNameOf(product, objectCreated) as string, objectCreated, where),
  prefix,
});
