/**
 * The jobs of a product's restore drill: the same images, commands and sizes as the jobs that they are made of, but with
 * permissions, settings and ways over the network for what was restored only. Nothing that the environment itself uses is
 * within their reach, whatever is in the image.
 */
import { Job } from "../components/compute/job";
import { RestoreDrillGroup } from "../components/delivery/restore-drill/drill-group";
import { drillName } from "../components/delivery/restore-drill/thing";
import type { Access } from "../components/identity/access";
import type { RunningCluster } from "./clusters";
import { containerArgs, type RunningPlace } from "./containers";
import type { Resource } from "./description";
import { inForce } from "./description/in-force";
import { drillJob, drillJobs } from "./description/restore-drills";
import { accessTo, resourceName } from "./kinds";
import { missedRunsQueue } from "./missed-runs";
import { alarmTopicsOf, keyAlias, logGroupName } from "./product-names";
import { plannedDrill } from "./restore-drills";
import { keepsItsOwnKey } from "./restoring";
import { usesOf } from "./uses";
import { runLogGroupName } from "./workload-logs";

/** The setting by which a job knows that it is in a drill. */
export const drillSetting = "RESTORE_DRILL";

export function runDrillJobs(place: RunningPlace, clusters: (workload: string) => RunningCluster): void {
  const { zone, product, environment, kept, provider, where } = place;
  const drill = plannedDrill(zone, product);
  if (drill === undefined || drill.to !== environment.name) return;
  const groups = new Map(
    drill.things
      .filter(([, { kind }]) => keepsItsOwnKey(kind))
      .map(([name, resource]) => {
        const databaseName = resourceName(product, name, resource, where);
        const group = new RestoreDrillGroup(
          `${name}-drill`,
          { vpcId: kept.vpcId, groupName: drillName(databaseName), databaseName },
          { provider },
        );
        return [name, group.securityGroupId] as const;
      }),
  );
  const restored = new Set(drill.things.map(([, resource]) => resource));
  for (const name of drillJobs(drill.words)) {
    const { words } = inForce(zone, product, "jobs", name, environment.name);
    const { telemetry: _, ...rest } = words;
    const uses = usesOf(zone, product, words.uses, where, (resource, ...its) =>
      restored.has(resource) ? drillAccess(resource, ...its) : accessTo(resource, ...its),
    );
    const {
      mounts: _none,
      calls: _calls,
      environment: _environment,
      ...usual
    } = containerArgs(place, name, {
      ...rest,
      uses: [],
      logs: "cloudwatch",
    });
    new Job(
      drillJob(name),
      {
        ...usual,
        workload: drillJob(name),
        statements: uses.statements,
        startStatements: uses.startStatements,
        fromParameters: uses.fromParameters,
        fromSecrets: uses.fromSecrets,
        environment: { ...uses.settings, ...words.settings, [drillSetting]: "true" },
        calls: Object.fromEntries(
          uses.doors.flatMap(door => {
            const securityGroupId = groups.get(door.name);
            return securityGroupId === undefined ? [] : [[door.name, { port: door.port, securityGroupId }]];
          }),
        ),
        logGroup: { name: logGroupName(product, name) },
        cluster: clusters(name).cluster,
        vpcId: kept.vpcId,
        subnetIds: kept.taskSubnetIds,
        ...(words.command === undefined ? {} : { command: words.command }),
        timeoutMinutes: words.timeoutMinutes,
        retries: words.retries,
        parallel: false,
        runsLogGroup: { name: runLogGroupName(product, name) },
        missedRunsQueueName: missedRunsQueue(product),
        keyArn: kept.dataKeyArn,
        keyAlias: keyAlias(product, "data"),
        alarmTopics: alarmTopicsOf(product, where.at),
      },
      { provider },
    );
  }
}

/** A restored database has the source's users and its own host; all else has only another name. */
function drillAccess(resource: Resource, ...its: DropFirst<Parameters<typeof accessTo>>): Access {
  const [physicalName, access, at, user] = its;
  const restored = accessTo(resource, drillName(physicalName), access, at, user);
  if (!keepsItsOwnKey(resource.kind)) return restored;
  const { parameters } = restored;
  return {
    ...accessTo(resource, physicalName, access, at, user),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

type DropFirst<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;
