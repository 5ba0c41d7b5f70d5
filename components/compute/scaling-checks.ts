import type { ScalingRules, StepRules, TargetRules } from "./scaling-rules";
import { asleepFault, scheduleFault, timezoneFault } from "./scaling-schedule";

/** Tasks that a service of ECS may have. Source: ECS developer guide, "Amazon ECS service quotas". */
const mostTasks = 5_000;

/** How a service's name for what it was told reads in an error. */
type Refuse = (word: string, value: unknown, right: string) => never;

const whole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/**
 * Refuses what AWS would refuse or what would not do what it says: fewer tasks at most than at least, none at all
 * without a queue that would wake them, per cents and times that there are not, and two rules for the same CPU.
 *
 * @param service its name, for the error.
 * @param called whether there is a load balancer that counts its requests.
 */
export function checkScaling(rules: ScalingRules, service: string, called: boolean): void {
  const refuse: Refuse = (word, value, right) => {
    throw new Error(`scaling${word && `.${word}`} of ${service} is ${JSON.stringify(value)}: ${right}`);
  };
  const { steps, targets, backlog, planned = {}, asleep } = rules;
  checkBounds("", rules, backlog !== undefined, refuse);
  if (steps !== undefined) checkSteps(steps, refuse);
  if (targets !== undefined) checkTargets(targets, called, refuse);
  if (steps !== undefined && targets?.cpu !== undefined)
    refuse("targets.cpu", targets.cpu, "CPU has steps already; leave out one of the two");
  if (backlog !== undefined && !whole(backlog.perTask, 1, 1_000_000))
    refuse("backlog.perTask", backlog.perTask, "it is a whole number of messages, 1 or more");
  for (const [name, plan] of Object.entries(planned)) {
    const word = `planned.${name}`;
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
      refuse("planned", name, "a name has small letters, digits and hyphens, at most 31");
    if (asleep !== undefined && (name === "asleep" || name === "awake"))
      refuse("planned", name, "that is the name of what `asleep` plans; take another");
    const fault = scheduleFault(plan.at);
    if (fault !== undefined) refuse(`${word}.at`, plan.at, fault);
    checkTimezone(word, plan.timezone, refuse);
    checkBounds(`${word}.`, plan, backlog !== undefined, refuse);
  }
  if (asleep !== undefined) {
    const fault = asleepFault(asleep);
    if (fault !== undefined) refuse("asleep", asleep, fault);
    checkTimezone("asleep", asleep.timezone, refuse);
  }
}

function checkBounds(
  before: string,
  { min, max }: Pick<ScalingRules, "min" | "max">,
  mayBeNone: boolean,
  refuse: Refuse,
): void {
  if (!whole(max, 1, mostTasks)) refuse(`${before}max`, max, `it is a whole number from 1 to ${mostTasks}`);
  if (!whole(min, 0, mostTasks)) refuse(`${before}min`, min, `it is a whole number from 0 to ${mostTasks}`);
  if (min > max) refuse(`${before}min`, min, `it is at most ${before}max, which is ${max}`);
  if (min === 0 && !mayBeNone)
    refuse(
      `${before}min`,
      min,
      "nothing would wake it; 1 or more, or a `backlog` whose messages do, or `asleep`",
    );
}

function checkSteps({ above, below, by = 1 }: StepRules, refuse: Refuse): void {
  if (!(above > 0 && above <= 100)) refuse("steps.above", above, "it is above 0 and at most 100 per cent");
  if (!(below >= 0 && below < 100)) refuse("steps.below", below, "it is from 0 to below 100 per cent");
  if (below >= above) refuse("steps.below", below, `it is less than steps.above, which is ${above}`);
  if (!whole(by, 1, mostTasks)) refuse("steps.by", by, "it is a whole number of tasks, 1 or more");
}

function checkTargets(targets: TargetRules, called: boolean, refuse: Refuse): void {
  const { cpu, memory, requests } = targets;
  if (cpu === undefined && memory === undefined && requests === undefined)
    refuse("targets", targets, "it names one of cpu, memory and requests, or more");
  for (const [word, value] of Object.entries({ cpu, memory }))
    if (value !== undefined && !(value >= 1 && value <= 100))
      refuse(`targets.${word}`, value, "it is from 1 to 100 per cent");
  if (requests === undefined) return;
  if (!(requests >= 1 && Number.isFinite(requests)))
    refuse("targets.requests", requests, "it is a number of requests a minute, 1 or more");
  if (!called)
    refuse(
      "targets.requests",
      requests,
      "no Application Load Balancer calls it, so none counts its requests",
    );
}

function checkTimezone(word: string, timezone: string | undefined, refuse: Refuse): void {
  const fault = timezone === undefined ? undefined : timezoneFault(timezone);
  if (fault !== undefined) refuse(`${word}.timezone`, timezone, fault);
}
