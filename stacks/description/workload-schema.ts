/** The shape of what a product runs: services, jobs and functions, and the instances they may run on. */
import { z } from "zod";
import { environmentNames } from "./by-environment";
import {
  architecture,
  command,
  containerShape,
  folder,
  link,
  release,
  settings,
  size,
  storage,
} from "./container-schema";
import { either } from "./either";
import { name, oneOf, reason, text, whole } from "./forms";
import { isBucket, isQueue, isStream } from "./resources";
import {
  deployment,
  deploymentOfAll,
  deploymentOver,
  objective,
  objectiveOver,
  scaling,
  scalingOver,
  schedule,
  spot,
  timezone,
} from "./scaling-schema";
import { routeShape } from "./ways-schema";
import type { Health } from "./workload-types";

/** What services get that do not say. */
export const environmentService = z.strictObject({
  size,
  scaling,
  spot: spot.optional(),
  deployment: deploymentOfAll.optional(),
});

const overrides = (words: z.ZodRawShape) =>
  z.partialRecord(oneOf(environmentNames), z.strictObject(words)).optional();

const path = text(
  /^\/[\w\-.$/~"'@:+&()*?]{0,127}$/,
  "a path that begins with `/`, of at most 128 characters, with `*` and `?` as wildcards",
);
const askedPath = text(
  /^\/[\w\-.$/~"'@:+&()?=%]{0,1023}$/,
  "a path that begins with `/`, without wildcards, for example /health",
);
const port = whole(1, 65_535, "the port");

/** Source: Elastic Load Balancing API reference, CreateTargetGroup. */
const healthWords = z
  .strictObject(
    {
      path: askedPath.optional(),
      interval: whole(5, 300, "seconds").optional(),
      timeout: whole(2, 120, "seconds").optional(),
      healthy: whole(2, 10, "answers").optional(),
      unhealthy: whole(2, 10, "answers").optional(),
      startSeconds: whole(0, 1_800, "seconds").optional(),
    },
    { error: "must be a path such as /health, or { path, interval, ... }" },
  )
  .superRefine(({ interval = 5, timeout }, context) => {
    if (timeout !== undefined && timeout >= interval)
      context.addIssue({
        code: "custom",
        path: ["timeout"],
        message: `must be less than \`interval\`, ${interval} seconds; ${interval - 1} at most`,
      });
  });

const health = either<string | Health>(value => (typeof value === "string" ? askedPath : healthWords));

/** One label of a name. */
const host = text(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "one part of a name, for example admin");

export const service = z.strictObject({
  ...containerShape,
  ...routeShape,
  port: port.optional(),
  tls: z.strictObject({ proxyTo: port }, { error: "must be { proxyTo: the port of localhost }" }).optional(),
  path: path.optional(),
  host: host.optional(),
  protocol: oneOf(["http1", "http2", "grpc"]).optional(),
  health: health.optional(),
  sticky: whole(1, 604_800, "seconds").optional(),
  drain: whole(1, 110, "seconds").optional(),
  scaling: scaling.optional(),
  alwaysOn: reason.optional(),
  spot: spot.optional(),
  capacity: oneOf(["fargate", "instances"]).optional(),
  deployment: deployment.optional(),
  objective: objective.optional(),
  overrides: overrides({
    size: z.strictObject(size.shape).partial().optional(),
    storage: storage.optional(),
    settings: settings.optional(),
    scaling: scalingOver.optional(),
    spot: spot.optional(),
    capacity: oneOf(["fargate", "instances"]).optional(),
    deployment: deploymentOver.optional(),
    objective: objectiveOver.optional(),
  }),
});

const objectCreated = z.strictObject(
  {
    objectCreated: z.custom(isBucket, { error: "must be a bucket of the product" }),
    prefix: z.string({ error: "must be text" }).max(1_024, "must have at most 1,024 characters").optional(),
  },
  { error: 'must be what a bucket\'s `put` gives, for example incoming.put("camt/")' },
);

const recurring = schedule("rate", "cron", "at");
const timeoutMinutes = whole(1, 10_080, "minutes");
const retries = whole(0, 10, "runs");

export const job = z.strictObject({
  ...containerShape,
  schedule: recurring.optional(),
  timezone: timezone.optional(),
  on: objectCreated.optional(),
  command: command.optional(),
  timeoutMinutes: timeoutMinutes.optional(),
  retries: retries.optional(),
  parallel: z.boolean({ error: "must be true or false" }).optional(),
  overrides: overrides({
    size: z.strictObject(size.shape).partial().optional(),
    storage: storage.optional(),
    settings: settings.optional(),
    schedule: recurring.optional(),
    timeoutMinutes: timeoutMinutes.optional(),
    retries: retries.optional(),
  }),
});

const functionMemory = whole(128, 10_240, "MiB");
const functionTimeout = whole(1, 900, "seconds");
const concurrency = whole(1, 1_000, "runs at once");

export const lambdaFunction = z.strictObject({
  release: release.optional(),
  image: name(40).optional(),
  code: z
    .strictObject({
      folder: folder("./functions/verify"),
      handler: text(/^[\w./-]{1,120}\.\w+$/, "a file and a function of it, for example index.handler"),
      runtime: oneOf(["nodejs22.x", "nodejs24.x", "python3.13", "python3.14"]),
    })
    .optional(),
  architecture: architecture.optional(),
  memory: functionMemory.optional(),
  timeout: functionTimeout.optional(),
  settings: settings.optional(),
  uses: z.array(link).optional(),
  schedule: recurring.optional(),
  timezone: timezone.optional(),
  on: objectCreated.optional(),
  from: z
    .custom(value => isQueue(value) || isStream(value), {
      error: "must be a queue or a stream of the product",
    })
    .optional(),
  concurrency: concurrency.optional(),
  overrides: overrides({
    memory: functionMemory.optional(),
    timeout: functionTimeout.optional(),
    settings: settings.optional(),
    schedule: recurring.optional(),
    concurrency: concurrency.optional(),
  }),
});

export const instances = z.strictObject({
  instanceType: text(
    /^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/,
    "a type of EC2 instance, for example m7g.large",
  ),
  max: whole(1, 1_000, "instances").optional(),
  image: oneOf(["bottlerocket", "amazon-linux"]).optional(),
});
