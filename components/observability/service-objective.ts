import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shortName } from "../short-name";
import { type Burning, burnRates, highestThreshold, windowSeconds } from "./burn-rates";
import { CalculatedAlarm, type Calculation } from "./calculated-alarm";
import { failedShare, slowShare } from "./service-indicators";
import { requireTargets, type ServiceTargets } from "./service-target";
import { type AlarmTopics, severityText } from "./severity";

export interface ServiceObjectiveRules {
  /** Per cent of requests within 28 days that are not answered by 5xx: 90 to 99.99. */
  readonly availability: number;
  /** Of requests, this per cent is answered within so many milliseconds. */
  readonly latency?: { readonly percent: number; readonly milliseconds: number };
}

export interface ServiceObjectiveArgs {
  /** The ECS service's name, which the names of the alarms begin with: `orders-api`. */
  readonly serviceName: string;
  /** How it is called. Only Application Load Balancers measure what is answered: there must be one. */
  readonly targets: ServiceTargets;
  readonly objective: ServiceObjectiveRules;
  /** Its policy and key must let `cloudwatch.amazonaws.com` publish. */
  readonly topics: AlarmTopics;
}

/**
 * Tells that a service is about to miss what its callers may expect within 28 days, while something can still be done:
 * when so many requests fail that the failures it is allowed would be used up too soon. Each speed is measured over a
 * long time, so that a short trouble wakes nobody, and over a short one, so that it is over when the trouble is. Each
 * way is an objective of its own, and two alarms of it tell: `burning-fast` and `burning-slowly`; those of the single
 * windows tell nobody.
 *
 * A request counts as failed when it is answered by 5xx or no task takes it, and as slow when it takes longer than said,
 * however it is answered. Where a long window has fewer than a hundred requests, nothing is told of it.
 *
 * Refused with an error: per cents below 90 or above 99.99; times that are no whole milliseconds from 1 to 60,000; no way
 * through an Application Load Balancer.
 *
 * Sources: "The Site Reliability Workbook" (Google), chapter "Alerting on SLOs", "Multiwindow, Multi-Burn-Rate Alerts";
 * CloudWatch user guide, "CloudWatch statistics definitions" (percentile rank), "Create a composite alarm"; CloudWatch
 * API reference, "PutMetricAlarm" (a week at most).
 */
export class ServiceObjective extends pulumi.ComponentResource {
  constructor(name: string, args: ServiceObjectiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:ServiceObjective", name, {}, opts);
    const { serviceName, objective, targets } = args;
    requireSound(args);
    for (const [way, target] of Object.entries(targets)) {
      if (target.kind === "network") continue;
      const promises = `${serviceName} promises its callers through ${way} that, within 28 days,`;
      this.watch(name, args, {
        what: `${way}-availability`,
        says: `${promises} ${objective.availability} % of requests do not fail`,
        first: "read the errors in the service's logs, and go back to the release before if it is new",
        percent: objective.availability,
        bad: fewest => failedShare(target, fewest),
      });
      const { latency } = objective;
      if (latency !== undefined)
        this.watch(name, args, {
          what: `${way}-slowness`,
          says: `${promises} ${latency.percent} % of requests are answered within ${latency.milliseconds} ms`,
          first:
            "find the slowest paths in the load balancer's logs, and go back to the release before if it is new",
          percent: latency.percent,
          bad: fewest => slowShare(latency.milliseconds)(target, fewest),
        });
    }
    this.registerOutputs({});
  }

  private watch(name: string, { serviceName, topics }: ServiceObjectiveArgs, promised: Promised): void {
    const { what, says, first, percent, bad } = promised;
    const alarmName = (of: string) => shortName(`${serviceName}-${what}-${of}`, 255);
    for (const [speed, { severity, rates, means }] of Object.entries(burnRates)) {
      const single = rates.flatMap(({ factor, long, short }: Burning) =>
        [long, short].map(window => {
          const which = `${factor}x-${window}`;
          const alarm = new CalculatedAlarm(
            `${name}-${what}-${which}`,
            {
              // The short one only says that it goes on.
              ...bad(window === long ? fewestRequests : 1),
              alarmName: alarmName(which),
              description: `Part of ${alarmName(speed)}, which tells: over ${window}, more than ${factor} times what ${percent} % allow`,
              above: thresholdOf(percent, factor),
              period: windowSeconds[window],
            },
            { parent: this },
          );
          return { alarm, rule: `ALARM("${alarmName(which)}")` };
        }),
      );
      const rules = single.map(({ rule }) => rule);
      new aws.cloudwatch.CompositeAlarm(
        `${name}-${what}-${speed}`,
        {
          alarmName: alarmName(speed),
          alarmDescription: `${severityText(severity)}${says}. ${means}; ${first}`,
          alarmRule: rates
            .map((_, index) => `(${rules[2 * index]} AND ${rules[2 * index + 1]})`)
            .join(" OR "),
          alarmActions: [topics[severity]],
          okActions: [topics[severity]],
        },
        // It names them, and CloudWatch asks that they are there.
        { parent: this, dependsOn: single.map(({ alarm }) => alarm) },
      );
    }
  }
}

interface Promised {
  readonly what: string;
  readonly says: string;
  readonly first: string;
  readonly percent: number;
  readonly bad: (fewestRequests: number) => Calculation;
}

/** Of fewer in a long window, single failures would be told. */
const fewestRequests = 100;

/** In per cent of requests, without the digits that are none of it. */
const thresholdOf = (percent: number, factor: number): number =>
  Math.min(highestThreshold, Number((factor * (100 - percent)).toFixed(6)));

function requireSound({ targets, objective: { availability, latency } }: ServiceObjectiveArgs): void {
  requireTargets(targets);
  const ways = Object.entries(targets).map(([way, { kind = "application" }]) => `${way} (${kind})`);
  if (!Object.values(targets).some(({ kind }) => kind !== "network"))
    throw new Error(
      `targets has ${ways.join(", ") || "no way"}; an objective needs one through an Application Load Balancer, which measures answers`,
    );
  requirePercent("availability", availability);
  if (latency === undefined) return;
  requirePercent("latency.percent", latency.percent);
  const { milliseconds } = latency;
  if (!Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds > 60_000)
    throw new Error(
      `objective.latency.milliseconds is ${milliseconds}; it must be a whole number from 1 to 60,000`,
    );
}

function requirePercent(word: string, value: number): void {
  if (!(value >= 90 && value <= 99.99))
    throw new Error(`objective.${word} is ${value}; it must be 90 to 99.99 per cent`);
}
