/** What is said of containers, whatever they run for. */
import { z } from "zod";
import { byEnvironment } from "./by-environment";
import { either } from "./either";
import { cpuSizes, fargateMemory, nearestSizes } from "./fargate";
import { name, oneOf, text, whole } from "./forms";
import {
  accesses,
  isBucket,
  isPrometheus,
  isResource,
  isSearch,
  isUserPool,
  type Prometheus,
  type Resource,
} from "./resources";
import type { Build, TaskSize } from "./workload-types";

export const trueOrFalse = z.boolean({ error: "must be true or false" });

/**
 * Load balancers and target groups allow 32 characters (Elastic Load Balancing API reference, CreateTargetGroup),
 * eight of which Pulumi's auto-naming takes; the component shortens a product and service together, and these
 * bounds leave enough of both to recognise them.
 */
export const workloadName = name(20);

/** What the tasks' own containers are called beside the workload. */
export const reservedContainers = ["tls-proxy", "log-router", "telemetry"] as const;

const cpu = z.number({ error: `must be ${cpuSizes.join(", ")}` }).superRefine((value, context) => {
  if ((cpuSizes as readonly number[]).includes(value)) return;
  const nearest = [...cpuSizes].sort((a, b) => Math.abs(a - value) - Math.abs(b - value))[0];
  context.addIssue({ code: "custom", message: `must be ${cpuSizes.join(", ")}; the nearest is ${nearest}` });
});
const memory = z.number({ error: "must be a number of MiB" });

/** @returns what is wrong with the memory of a size whose CPU there is. */
export function memoryFault({ cpu, memory }: TaskSize): string | undefined {
  const allowed = cpuSizes.includes(cpu) ? fargateMemory(cpu) : [memory];
  if (allowed.includes(memory)) return undefined;
  const nearest = nearestSizes(cpu, memory).map(size => `{ cpu: ${size.cpu}, memory: ${size.memory} }`);
  return `is no memory that Fargate offers with ${cpu} CPU units; it offers ${allowed[0]} to ${allowed.at(-1)} MiB; the nearest are ${nearest.join(" and ")}`;
}

export const size = z.strictObject({ cpu, memory }).superRefine((value, context) => {
  const message = memoryFault(value as TaskSize);
  if (message !== undefined) context.addIssue({ code: "custom", path: ["memory"], message });
});

const tagForm = /^[\w][\w.-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$/;
const tagWords =
  "an image's tag (letters, digits, `_`, `.` and `-`, at most 128 characters), or its digest: sha256: and 64 digits from 0 to f";

/** @returns what is wrong with it as a tag or digest. */
function referenceFault(value: string): string | undefined {
  if (value === "latest")
    return "is another image every day, and nobody could go back to it; name the release's own tag, for example 1.4.2, or its digest";
  if (value.startsWith("sha256:"))
    return digestForm.test(value)
      ? undefined
      : "is no digest: that is sha256: and 64 digits from 0 to 9 and a to f";
  return tagForm.test(value) ? undefined : `must be ${tagWords}`;
}

const reference = z.string({ error: `must be ${tagWords}` }).superRefine((value, context) => {
  const message = referenceFault(value);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

/** A folder of the project: it neither leaves it nor depends on where somebody has it. */
export const folder = (example: string) =>
  text(
    /^\.(\/(?!\.{1,2}(\/|$))[\w.-]+)+$/,
    `a folder below the project's, which begins with ./ and has no \`..\`, for example ${example}`,
  );

const build = z.strictObject({ build: folder("./services/api") });
const notBuilt = z.string({ error: `must be ${tagWords}; or { build: "./services/api" }` }).pipe(reference);

export const release = byEnvironment<string | Build>(
  either<string | Build>(value =>
    typeof value === "object" && value !== null && "build" in value ? build : notBuilt,
  ),
);

export const settings = z.record(
  text(/^[A-Z][A-Z0-9_]*$/, "capitals, digits and `_`"),
  z.string({ error: "must be text" }),
);

export const link = z
  .strictObject(
    {
      resource: z.custom<Resource>(isResource, { error: "must be a resource" }),
      access: oneOf(accesses),
      client: z.string().optional(),
    },
    { error: "must be a link such as `orders.readWrite`" },
  )
  .superRefine(({ resource, access, client }, context) => {
    const { kind, offers } = resource;
    if (isUserPool(resource) && access === "signIn") {
      const able = Object.entries(resource.args.clients).flatMap(([name, { confidential, callbackUrls }]) =>
        confidential === true && callbackUrls !== undefined ? [name] : [],
      );
      if (client === undefined || !able.includes(client))
        context.addIssue({
          code: "custom",
          path: ["client"],
          message: `is no client of the user pool that is confidential and has callbackUrls; it has ${able.join(", ") || "none"}`,
        });
    }
    if (!(offers as readonly string[]).includes(access))
      context.addIssue({
        code: "custom",
        path: ["access"],
        message: `is nothing that a ${kind} offers; it offers ${offers.join(", ")}`,
      });
  });

export const command = z
  .array(z.string({ error: "must be text" }), { error: "must be a list of words" })
  .min(1, "must have one word at least; leave it out for the image's own");

/** Public registries that need no credentials, of which only Amazon's is near. */
const sidecarImage = text(
  /^([a-z][a-z0-9]*(-[a-z0-9]+)*|public\.ecr\.aws\/[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)+)$/,
  "a repository of the product, for example `proxy`, or an approved base as public.ecr.aws/docker/library/nginx, without a tag",
);

const sidecar = z.strictObject({
  image: sidecarImage,
  release: byEnvironment(reference),
  command: command.optional(),
  settings: settings.optional(),
  cpu: whole(1, 16_384, "CPU units").optional(),
  memory: whole(6, 122_880, "MiB").optional(),
  essential: trueOrFalse.optional(),
});

const logs = z.union(
  [z.literal("cloudwatch"), z.strictObject({ to: z.custom(value => isBucket(value) || isSearch(value)) })],
  { error: 'must be "cloudwatch", or { to: BUCKET } or { to: SEARCH } of the product' },
);

export const architecture = oneOf(["arm64", "x86_64"]);
export const storage = whole(21, 200, "GiB");

export const containerShape = {
  image: name(40).optional(),
  release,
  architecture: architecture.optional(),
  size: size.optional(),
  storage: storage.optional(),
  settings: settings.optional(),
  uses: z.array(link).optional(),
  sidecars: z
    .record(
      workloadName.refine(its => !(reservedContainers as readonly string[]).includes(its), {
        error: `must be none of ${reservedContainers.join(", ")}, which containers are called that are made beside yours`,
      }),
      sidecar,
    )
    .optional(),
  logs: logs.optional(),
  telemetry: z
    .strictObject({
      traces: trueOrFalse.optional(),
      metrics: z
        .custom<Prometheus | string>(its => isPrometheus(its) || workloadName.safeParse(its).success, {
          error: "must be a workspace of Prometheus of the product, or the name of a service of it",
        })
        .optional(),
    })
    .optional(),
  observes: oneOf(["cloudwatch"]).optional(),
};
