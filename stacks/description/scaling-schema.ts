/** How many tasks there are, and how a release takes over from another. */
import { z } from "zod";
import { trueOrFalse } from "./container-schema";
import { oneOf, text, whole } from "./forms";
import { isQueue } from "./resources";
import { type ScheduleKind, scheduleFault, timezoneFault } from "./schedule-expressions";
import type { Deployment, Scaling } from "./workload-types";

const between = (min: number, max: number, what: string) => {
  const error = `must be ${what} from ${min} to ${max}`;
  return z.number({ error }).min(min, error).max(max, error);
};

export const schedule = (...kinds: ScheduleKind[]) =>
  z.string({ error: "must be text such as rate(1 hour)" }).superRefine((value, context) => {
    const message = scheduleFault(value, kinds);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

export const timezone = z
  .string({ error: "must be a time zone of the IANA database, for example Europe/Berlin" })
  .superRefine((value, context) => {
    const message = timezoneFault(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

const min = whole(0, 5_000, "tasks");
const max = whole(1, 5_000, "tasks");
const hour = text(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour of the day from "00:00" to "23:59"');

const shapes = {
  steps: { above: between(1, 100, "a per cent of CPU"), below: between(0, 99, "a per cent of CPU") },
  targets: {
    cpu: between(1, 100, "a per cent of CPU").optional(),
    memory: between(1, 100, "a per cent of memory").optional(),
    requests: whole(1, 1_000_000, "requests a task a minute").optional(),
  },
  backlog: {
    queue: z.custom(isQueue, { error: "must be a queue of the product" }),
    perTask: whole(1, 1_000_000, "messages a task"),
  },
  planned: { at: schedule("cron", "at"), min, max },
  asleep: { from: hour, until: hour },
};

const steps = z.strictObject({ ...shapes.steps, by: whole(1, 100, "tasks").optional() });
const planned = z.strictObject({ ...shapes.planned, timezone: timezone.optional() });
const asleep = z.strictObject({
  ...shapes.asleep,
  timezone: timezone.optional(),
  weekends: trueOrFalse.optional(),
});
const backlog = z.strictObject(shapes.backlog);
const shortName = text(/^[a-z][a-z0-9-]{0,19}$/, "lower-case letters, digits and hyphens, at most 20");
const targets = z.strictObject(shapes.targets).refine(its => Object.values(its).some(Boolean), {
  error: "must name one at least: cpu, memory or requests; leave it out for steps by CPU",
});

/** A fault of words that are sound each by itself: below which of them, and what is wrong. */
export interface Unfit {
  readonly path: readonly string[];
  /** What else it does not fit: where that is said later, it is what is wrong. */
  readonly beside?: readonly (readonly string[])[];
  readonly problem: string;
}

/** Bounds that cross, and steps that would swing. */
export function scalingFaults({ min, max, steps, backlog, planned = {}, asleep }: Scaling): Unfit[] {
  const faults: Unfit[] = [];
  const fault = (path: string[], problem: string, ...beside: string[][]) =>
    faults.push({ path, beside, problem });
  const none = "none at all are for services that wait for a queue: say `backlog`, or at least 1";
  if (min > max) fault(["max"], `must be at least \`min\`, which is ${min}`, ["min"]);
  if (min === 0 && backlog === undefined) fault(["min"], none);
  if (steps !== undefined && steps.below >= steps.above)
    fault(["steps", "below"], `must be less than \`above\`, ${steps.above}, by more than a task makes`, [
      "steps",
      "above",
    ]);
  for (const [name, its] of Object.entries(planned)) {
    if (its.min > its.max)
      fault(["planned", name, "max"], `must be at least \`min\`, which is ${its.min}`, [
        "planned",
        name,
        "min",
      ]);
    if (its.min === 0 && backlog === undefined)
      fault(["planned", name, "min"], `${none}; for none at night say \`asleep\``);
  }
  if (asleep !== undefined && asleep.from === asleep.until)
    fault(["asleep", "until"], "must be another hour than `from`", ["asleep", "from"]);
  return faults;
}

const tell = (context: z.RefinementCtx, faults: readonly Unfit[]): void => {
  for (const { path, problem } of faults)
    context.addIssue({ code: "custom", path: [...path], message: problem });
};

export const scaling = z
  .strictObject({
    min,
    max,
    steps: steps.optional(),
    targets: targets.optional(),
    backlog: backlog.optional(),
    planned: z.record(shortName, planned).optional(),
    asleep: asleep.optional(),
  })
  .superRefine((value, context) => tell(context, scalingFaults(value as Scaling)));

/** What an override says of it: any of its words, held to one another where they are in force. */
export const scalingOver = z.strictObject({
  min: min.optional(),
  max: max.optional(),
  steps: steps.partial().optional(),
  targets: z.strictObject(shapes.targets).optional(),
  backlog: backlog.partial().optional(),
  planned: z.record(shortName, planned.partial()).optional(),
  asleep: asleep.partial().optional(),
});

const stages = [
  "preScaleUp",
  "postScaleUp",
  "testTrafficShift",
  "postTestTrafficShift",
  "productionTrafficShift",
  "postProductionTrafficShift",
] as const;

const strategies = ["rolling", "blueGreen", "canary", "linear"] as const;
const minutes = whole(1, 1_440, "minutes");

const deploymentShape = {
  percent: between(0.1, 99.9, "a per cent of requests").optional(),
  minutes: minutes.optional(),
  bakeMinutes: whole(0, 1_440, "minutes").optional(),
  hooks: z
    .partialRecord(oneOf(stages), z.string({ error: "must be the name of a function of the product" }))
    .optional(),
};

/** Words that the strategy does not have, and parts that it does not take. */
export function deploymentFaults(deployment: Deployment): Unfit[] {
  const { strategy, percent, minutes, bakeMinutes, hooks } = deployment as Deployment & {
    readonly percent?: number;
    readonly minutes?: number;
    readonly bakeMinutes?: number;
    readonly hooks?: object;
  };
  const byParts = strategy === "canary" || strategy === "linear";
  const without = {
    ...(byParts ? {} : { percent, minutes }),
    ...(strategy === "rolling" ? { bakeMinutes, hooks } : {}),
  };
  return [
    ...Object.entries(without).flatMap(([word, value]) =>
      value === undefined
        ? []
        : [
            {
              path: [word],
              problem: `has no effect on ${strategy}; leave it out, or choose ${word in { percent, minutes } ? "canary or linear" : "blueGreen, canary or linear"}`,
            },
          ],
    ),
    ...(strategy === "linear" && percent !== undefined && (percent < 3 || percent > 50)
      ? [{ path: ["percent"], problem: "must be a per cent of requests from 3 to 50 for linear" }]
      : []),
  ];
}

const strategy = oneOf(strategies);

export const deployment = z
  .strictObject({ strategy, ...deploymentShape })
  .superRefine((value, context) => tell(context, deploymentFaults(value as Deployment)));

export const deploymentOver = z.strictObject({ strategy: strategy.optional(), ...deploymentShape });

/** What holds for services of all products, none of whose functions it can name. */
export const deploymentOfAll = deployment.refine(({ hooks }) => hooks === undefined, {
  path: ["hooks"],
  error: "name functions of one product; say them in its services",
});

const latency = z.strictObject({
  percent: between(90, 99.99, "a per cent of requests"),
  milliseconds: whole(1, 60_000, "milliseconds"),
});
const availability = between(90, 99.99, "a per cent of requests");
export const objective = z.strictObject({ availability, latency: latency.optional() });
export const objectiveOver = z.strictObject({
  availability: availability.optional(),
  latency: latency.partial().optional(),
});

export const spot = whole(0, 100, "per cent");
