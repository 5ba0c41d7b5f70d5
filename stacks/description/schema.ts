/**
 * The shape of a description, checked on load: what the compiler has checked for TypeScript, checked again for
 * values that came around it, and the forms of text and numbers that types cannot say.
 */
import { z } from "zod";
import { fargateMemory } from "./fargate";
import { costCentre, name, oneOf, range, region, text, usd, whole } from "./forms";
import { network, networkChoices } from "./network-schema";
import { organization } from "./organization-schema";
import { Bucket, isResource, Queue, type Table, type Topic } from "./resources";
import { type Environment, environmentNames, type LandingZone } from "./types";

/**
 * Load balancers and target groups allow 32 characters (Elastic Load Balancing API reference, CreateTargetGroup),
 * eight of which Pulumi's auto-naming takes; the component shortens a product and service together, and these
 * bounds leave enough of both to recognise them.
 */
const productName = name(20);
const serviceName = name(20);
/** Becomes part of a bucket's name (63 characters) beside the product, the account's number and the region. */
const resourceName = name(20);

const size = z
  .strictObject({
    cpu: z.literal([256, 512, 1024, 2048, 4096, 8192, 16384], {
      error: "must be 256, 512, 1024, 2048, 4096, 8192 or 16384",
    }),
    memory: z.number({ error: "must be a number of MiB" }),
  })
  .superRefine(({ cpu, memory }, context) => {
    const allowed = fargateMemory(cpu);
    if (!allowed.includes(memory))
      context.addIssue({
        code: "custom",
        path: ["memory"],
        message: `is no memory that Fargate offers with ${cpu} CPU units; it offers ${allowed[0]} to ${allowed.at(-1)} MiB, the next is ${allowed.find(m => m > memory) ?? allowed.at(-1)}`,
      });
  });

const scaling = z
  .strictObject({ min: whole(0, 5000, "tasks"), max: whole(1, 5000, "tasks") })
  .refine(({ min, max }) => min <= max, { path: ["max"], error: "must be at least `min`" });

const retentionDays: readonly Environment["logRetentionDays"][] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const environment = z.strictObject({
  account: z.string({ error: "must be the name of an account" }),
  region,
  zones: z
    .union([whole(1, 6, "zones"), z.array(z.string()).min(1).max(6)], {
      error: "must be how many availability zones, one to six, or their identifiers",
    })
    .optional(),
  addresses: range(8, 16),
  network: networkChoices,
  logRetentionDays: z.literal([...retentionDays], {
    error: `must be a period that CloudWatch Logs offers: ${retentionDays.join(", ")} days`,
  }),
  deletionProtection: z.boolean({ error: "must be true or false" }),
  backup: z
    .strictObject({
      keepDays: whole(1, 3_650, "days"),
      keepMonthlyDays: whole(1, 3_650, "days").optional(),
      copies: z.boolean({ error: "must be true or false" }).optional(),
    })
    .optional(),
  service: z.strictObject({ size, scaling }),
});

const attribute = text(/^[\w.-]{1,255}$/, "the name of an attribute: letters, digits, `_`, `.` and `-`");

/** Resources are instances, so that a link can be traced to the product that keeps what it leads to. */
const resource = z
  .custom<Table | Queue | Topic | Bucket>(isResource, {
    error: "must come from table(), queue(), topic() or bucket()",
  })
  .superRefine((value, context) => {
    const schema = {
      table: z.strictObject({
        partitionKey: attribute,
        sortKey: attribute.optional(),
        expiresAt: attribute.optional(),
      }),
      queue: z.strictObject({
        visibilityTimeout: whole(0, 43_200, "seconds").optional(),
        maxReceives: whole(1, 1_000, "receives").optional(),
      }),
      topic: z.strictObject({
        deliversTo: z.array(z.instanceof(Queue, { error: "must be a queue" })).optional(),
      }),
      bucket: z.strictObject({ expireAfterDays: whole(1, 36_500, "days").optional() }),
    }[value.kind];
    const result = schema.safeParse(value.args);
    for (const issue of result.error?.issues ?? [])
      context.addIssue({ ...issue, code: "custom", path: issue.path });
  });

const link = z.strictObject(
  {
    resource: z.custom(isResource, { error: "must be a resource" }),
    access: oneOf(["read", "readWrite", "publish", "send", "consume"]),
  },
  { error: "must be a link such as `orders.readWrite`" },
);

const tag = text(
  /^[\w][\w.-]{0,127}$/,
  "an image's tag: letters, digits, `_`, `.` and `-`, at most 128 characters",
);

const container = {
  image: name(40).optional(),
  release: z.union([tag, z.strictObject({ dev: tag, int: tag, prod: tag })], {
    error: "must be an image's tag, or one for each of dev, int and prod",
  }),
  size: size.optional(),
  settings: z
    .record(text(/^[A-Z][A-Z0-9_]*$/, "capitals, digits and `_`"), z.string({ error: "must be text" }))
    .optional(),
  uses: z.array(link).optional(),
};

const path = text(
  /^\/[\w\-.$/~"'@:+&()*?]{0,127}$/,
  "a path that begins with `/`, of at most 128 characters, with `*` and `?` as wildcards",
);

const service = z.strictObject({
  ...container,
  port: whole(1, 65_535, "the port").optional(),
  path: path.optional(),
  protocol: oneOf(["http1", "http2", "grpc"]).optional(),
  health: path.optional(),
  scaling: scaling.optional(),
});

const task = z.strictObject({
  ...container,
  on: z.union(
    [
      z.strictObject({
        schedule: text(
          /^(rate|cron)\(.+\)$/,
          "a rate such as rate(1 hour) or a cron(...) of EventBridge Scheduler",
        ),
      }),
      z.strictObject({
        objectCreated: z.instanceof(Bucket, { error: "must be a bucket of the product" }),
        prefix: z.string().max(1024).optional(),
      }),
    ],
    { error: 'must be { schedule: "rate(1 hour)" } or { objectCreated: BUCKET, prefix?: "incoming/" }' },
  ),
  command: z.array(z.string()).optional(),
});

const product = z.strictObject({
  name: productName,
  team: name(40),
  costCentre,
  dataClass: oneOf(["public", "internal", "confidential", "restricted"]),
  monthlyBudget: usd.optional(),
  environments: z.array(oneOf(environmentNames)).optional(),
  accounts: z.partialRecord(oneOf(environmentNames), z.string()).optional(),
  data: z.record(resourceName, resource).optional(),
  cdn: z
    .strictObject({
      allowPublic: z
        .string({ error: "must say why the public internet may call this product" })
        .min(20, "must say why the public internet may call this product, in at least 20 characters"),
      rateLimit: whole(10, 2_000_000_000, "requests in five minutes").optional(),
    })
    .optional(),
  services: z.record(serviceName, service).optional(),
  tasks: z.record(serviceName, task).optional(),
});

export const landingZoneSchema = z.strictObject(
  {
    organization,
    environments: z.strictObject({ dev: environment, int: environment, prod: environment }),
    network,
    products: z.array(product),
  },
  { error: "must be a landing zone: { organization, environments, network, products }" },
) satisfies z.ZodType<unknown, LandingZone | unknown>;
