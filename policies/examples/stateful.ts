import { inDev, inProd, somewhere } from "./environments";
import type { Cases } from "./example";

const volume = { type: "aws:fsx/ontapVolume:OntapVolume", name: "orders" };
const selection = (props: object) => ({
  type: "aws:backup/selection:Selection",
  name: "selection",
  props,
});

export default [
  {
    rule: "stateful-protected",
    accepts: [
      { protect: true },
      { type: "aws:s3/bucket:Bucket", stack: "shop-service-dev" },
      { type: "aws:sqs/queue:Queue", stack: "shop-persistent-dev" },
    ],
    refuses: [
      {},
      { type: "aws:s3/bucketV2:BucketV2" },
      { type: "aws:organizations/account:Account", stack: "organization" },
    ],
  },
  {
    rule: "stateful-not-in-service-stack",
    accepts: [{ stack: "shop-persistent-dev" }],
    refuses: [
      { stack: "shop-service-dev" },
      { type: "aws:rds/instance:Instance", stack: "shop-service-prod" },
    ],
  },
  {
    rule: "stateful-not-deleted-first",
    accepts: [inProd, { ...inDev, deleteBeforeReplace: true }],
    refuses: [{ ...inProd, deleteBeforeReplace: true }],
    unknown: [{ ...somewhere, deleteBeforeReplace: true }],
  },
  {
    rule: "prod-data-backed-up",
    accepts: [
      [{ ...volume, ...inProd }],
      [volume, { ...selection({}), madeFrom: { resources: ["orders"] } }],
      [volume, selection({ resources: ["*"] })],
    ],
    refuses: [[volume], [volume, selection({ resources: [] })]],
    unknown: [[{ ...volume, ...somewhere }]],
  },
] satisfies Cases[];
