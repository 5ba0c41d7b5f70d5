import { z } from "zod";
import { oneOf, range, whole } from "./forms";
import { isBucket, isTable, isUserPool } from "./resources";

const reason = (what: string) =>
  z.string({ error: `must say why ${what}` }).min(20, `must say why ${what}, in at least 20 characters`);
const allowPublic = reason("the public internet may call this product");

const firewall = z
  .strictObject({
    rateLimit: whole(10, 2_000_000_000, "requests in five minutes").optional(),
    groups: z.array(oneOf(["sql", "admin", "anonymous", "linux"])).optional(),
    allow: z.array(range(8, 32)).optional(),
    deny: z.array(range(1, 32)).optional(),
    largeBodies: z.boolean({ error: "must be true or false" }).optional(),
  })
  .optional();

const users = z.custom(isUserPool, { error: "must be a user pool of the product" });

export const waysShape = {
  cdn: z
    .strictObject({
      allowPublic,
      firewall,
      files: z
        .strictObject({
          bucket: z.custom(isBucket, { error: "must be a bucket of the product" }),
          path: z
            .string()
            .regex(/^\/[\w\-./*?~]{1,254}$/, "must be a path such as /static/*")
            .optional(),
        })
        .optional(),
    })
    .optional(),
  publicLoadBalancer: z.strictObject({ allowPublic, firewall }).optional(),
  api: z
    .strictObject({
      allowPublic,
      users,
      routes: z.record(
        z
          .string()
          .regex(
            /^(GET|HEAD|OPTIONS|PUT|POST|PATCH|DELETE|ANY) \/\S*$/,
            "must be a method and a path, such as GET /orders/{id}",
          ),
        z.strictObject({
          scopes: z.array(z.string().min(1)).min(1, "must name at least one scope").optional(),
          open: reason("anybody may call it without a token").optional(),
        }),
      ),
      throttling: z
        .strictObject({
          rate: whole(1, 10_000, "requests a second"),
          burst: whole(1, 5_000, "requests at once"),
        })
        .optional(),
    })
    .optional(),
  graphql: z
    .strictObject({
      allowPublic,
      firewall,
      users,
      schema: z.string({ error: "must be a schema of GraphQL" }).min(1, "must be a schema of GraphQL"),
      sources: z.record(
        z.string().regex(/^[A-Za-z]\w{0,39}$/, "must be a word of letters, digits and _"),
        z.strictObject({
          table: z.custom(isTable, { error: "must be a table of the product" }),
          access: oneOf(["read", "readWrite"]),
        }),
      ),
      resolvers: z.record(
        z.string().regex(/^\w+\.\w+$/, "must be a type and a field, such as Query.order"),
        z.strictObject({ source: z.string(), code: z.string().min(1, "must be JavaScript") }),
      ),
    })
    .optional(),
  loadBalancerOf: z.string({ error: "must be the name of a product" }).optional(),
  offersTo: z
    .array(z.string({ error: "must be the name of a product" }))
    .min(1, "must name at least one product")
    .optional(),
};

/** The words of a service that say how it is called. */
export const routeShape = {
  methods: z
    .array(oneOf(["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]))
    .min(1)
    .optional(),
  headers: z
    .record(z.string().regex(/^[\w-]{1,40}$/, "must be a header's name"), z.array(z.string()).min(1))
    .optional(),
  priority: whole(1, 50_000, "the priority").optional(),
  public: z.boolean({ error: "must be true or false" }).optional(),
  network: z
    .union(
      [z.literal("tls"), z.strictObject({ passthrough: reason("TLS is ended by the service itself") })],
      {
        error: 'must be "tls", or { passthrough: "why the service ends TLS itself" }',
      },
    )
    .optional(),
  calledBy: z
    .array(z.string({ error: "must be the name of a service or job" }))
    .min(1, "must name at least one service or job")
    .optional(),
};
