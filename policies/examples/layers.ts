import { type Cases, unknown } from "./example";

const target = (serviceNamespace: string) => ({
  type: "aws:appautoscaling/target:Target",
  stack: "shop-persistent-dev",
  props: { serviceNamespace },
});
const bucket = { type: "aws:s3/bucket:Bucket", name: "orders" };
const task = { type: "aws:lambda/function:Function", name: "import" };
const key = { type: "aws:kms/key:Key", name: "key" };

export default [
  {
    rule: "stack-persistent-without-releases",
    accepts: [{ stack: "shop-service-dev" }, target("dynamodb"), { stack: "network" }],
    refuses: [{ stack: "shop-persistent-dev" }, target("ecs")],
    unknown: [target(unknown)],
  },
  {
    rule: "stateful-stands-on-what-lasts",
    accepts: [
      [bucket, key, { ...task, madeFrom: { environment: ["orders"] } }],
      [{ ...bucket, madeFrom: { kmsKeyId: ["key"] } }, key],
    ],
    refuses: [[{ ...bucket, madeFrom: { bucket: ["import"] } }, task]],
  },
] satisfies Cases[];
