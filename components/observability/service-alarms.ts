import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { shortName } from "../short-name";
import { Alarm, type Metric, type Statistic } from "./alarm";
import { CalculatedAlarm } from "./calculated-alarm";
import { tellOfFailures } from "./service-failures";
import { requireTargets, type ServiceTargets } from "./service-target";
import type { AlarmTopics } from "./severity";
import { targetAlarms } from "./target-alarms";

export interface ServiceAlarmsArgs {
  /** The ECS service's name, which the names of the alarms begin with: `orders-api`. */
  readonly serviceName: string;
  readonly clusterName: string;
  readonly at: Location;
  /** The product's topic. Its policy and key must let both `cloudwatch.amazonaws.com` and `events.amazonaws.com` publish. */
  readonly topics: AlarmTopics;
  /** How it is called through load balancers; none: it is a worker. */
  readonly targets?: ServiceTargets;
}

/**
 * What somebody is told of an ECS service, and when: that its callers get errors or wait, that tasks are ill, end or are
 * missing, that CPU or memory comes to an end, and that a release failed.
 *
 * It does not need the service, so that the service can name those alarms that take a new release back. They are about
 * what callers notice of a release: CPU and memory are as high as they are in every new task that warms up.
 *
 * Refused with an error: ways that no name can be made of, and seconds that are out of their bounds.
 *
 * Sources: ECS developer guide, "Amazon ECS CloudWatch metrics", "How CloudWatch alarms detect Amazon ECS deployment
 * failures"; CloudWatch user guide, "Amazon ECS Container Insights with enhanced observability metrics".
 */
export class ServiceAlarms extends pulumi.ComponentResource {
  /** Names of the alarms on which ECS takes a new release back. */
  readonly deploymentAlarms: readonly string[];

  constructor(name: string, args: ServiceAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:ServiceAlarms", name, {}, opts);
    const { serviceName, clusterName, topics, targets = {} } = args;
    requireTargets(targets);
    const here = { parent: this };
    const named = (what: string) => serviceAlarmName(serviceName, what);
    const ofService = (namespace: string, metricName: string, statistic: Statistic): Metric => ({
      namespace,
      metricName,
      statistic,
      dimensions: { ClusterName: clusterName, ServiceName: serviceName },
    });

    const deploymentAlarms: string[] = [];
    for (const [way, target] of Object.entries(targets))
      for (const { what, takesBack, alarm } of targetAlarms(serviceName, way, target)) {
        const its = { alarmName: named(what), topics };
        if ("expression" in alarm) new CalculatedAlarm(`${name}-${what}`, { ...alarm, ...its }, here);
        else new Alarm(`${name}-${what}`, { ...alarm, ...its }, here);
        if (takesBack) deploymentAlarms.push(its.alarmName);
      }
    this.deploymentAlarms = deploymentAlarms;

    new Alarm(
      `${name}-cpu`,
      {
        ...ofService("AWS/ECS", "CPUUtilization", "Average"),
        alarmName: named("cpu"),
        severity: "warning",
        topics,
        description: `The tasks of ${serviceName} have used more than 90 % of their CPU for 15 minutes, although more tasks should have taken over by now: see whether it runs at its scaling's max, and raise that or the size; if callers are not many, look for a loop in its logs`,
        above: 90,
        period: 300,
        periods: 3,
      },
      here,
    );
    new Alarm(
      `${name}-memory`,
      {
        // One task is enough: each is ended when its own memory is used up.
        ...ofService("AWS/ECS", "MemoryUtilization", "Maximum"),
        alarmName: named("memory"),
        severity: "warning",
        topics,
        description: `A task of ${serviceName} has used more than 90 % of its memory for 10 minutes, and is ended at 100 %: give it a larger size; if memory only ever grows since the last release, go back to the one before and look for what is kept`,
        above: 90,
        period: 300,
        periods: 2,
      },
      here,
    );
    new CalculatedAlarm(
      `${name}-restarts`,
      {
        alarmName: named("restarts"),
        severity: "warning",
        topics,
        description: `Containers of ${serviceName} ended by themselves and were started again, twice or more within half an hour: read the last lines of their logs and the exit codes of its tasks; 137 is a lack of memory`,
        // It counts what each container has seen since it began, so that only a rise is news.
        expression: "DIFF(restarts)",
        label: "Restarts that are new",
        metrics: { restarts: ofService("ECS/ContainerInsights", "RestartCount", "Maximum") },
        above: 0,
        period: 300,
        periods: 6,
        bad: 2,
      },
      here,
    );
    new CalculatedAlarm(
      `${name}-missing-tasks`,
      {
        alarmName: named("missing-tasks"),
        severity: "critical",
        topics,
        description: `Fewer tasks of ${serviceName} run than should, for 15 minutes: its events in ECS say why none starts; most often the image can not be pulled, a secret is missing, or there is no capacity`,
        expression: "desired - running",
        label: "Tasks that are missing",
        metrics: {
          desired: ofService("ECS/ContainerInsights", "DesiredTaskCount", "Average"),
          running: ofService("ECS/ContainerInsights", "RunningTaskCount", "Average"),
        },
        above: 0,
        // Longer than a deployment takes to replace a task, and than an availability zone takes to be left.
        periods: 15,
      },
      here,
    );
    tellOfFailures(name, args, here);
    this.registerOutputs({ deploymentAlarms });
  }
}

/** What the alarms are called that wake somebody, of a service with these ways through Application Load Balancers. */
export const criticalServiceAlarms = (serviceName: string, ways: readonly string[]): string[] =>
  ["missing-tasks", ...ways.flatMap(way => [`${way}-errors`, `${way}-unhealthy`])].map(what =>
    serviceAlarmName(serviceName, what),
  );

const serviceAlarmName = (serviceName: string, what: string): string =>
  shortName(`${serviceName}-${what}`, 255);
