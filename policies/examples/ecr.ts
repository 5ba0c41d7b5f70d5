import { type Cases, unknown } from "./example";

const template = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
const repository = { type: "aws:ecr/repository:Repository", name: "orders", props: { name: "orders" } };
const lifecycle = {
  type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  name: "orders-lifecycle",
  props: { repository: unknown },
  madeFrom: { repository: ["orders"] },
};
const prod = { environment: "prod" };
const scanning = (scanType: unknown, scanFrequency: unknown, filter: unknown) => ({
  props: { scanType, rules: [{ scanFrequency, repositoryFilters: [{ filter, filterType: "WILDCARD" }] }] },
});

export default [
  {
    rule: "ecr-cmk",
    accepts: [
      { props: { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: unknown }] } },
      { props: { encryptionConfigurations: [{ encryptionType: "KMS_DSSE", kmsKey: "alias/images" }] } },
      { type: template, props: { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: unknown }] } },
    ],
    refuses: [
      {},
      { props: { encryptionConfigurations: [{ encryptionType: "AES256" }] } },
      { props: { encryptionConfigurations: [{ encryptionType: "KMS" }] } },
      { type: template },
    ],
    unknown: [{ props: { encryptionConfigurations: unknown } }],
  },
  {
    rule: "ecr-scan-on-push",
    accepts: [{ props: { imageScanningConfiguration: { scanOnPush: true } } }],
    refuses: [{}, { props: { imageScanningConfiguration: { scanOnPush: false } } }],
    unknown: [{ props: { imageScanningConfiguration: { scanOnPush: unknown } } }],
  },
  {
    rule: "ecr-tag-immutability",
    accepts: [
      { props: { imageTagMutability: "IMMUTABLE" } },
      { type: template, props: { imageTagMutability: "IMMUTABLE" } },
    ],
    refuses: [
      {},
      { props: { imageTagMutability: "MUTABLE" } },
      { props: { imageTagMutability: "MUTABLE_WITH_EXCLUSION" } },
      { props: { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" } },
      { type: template, props: { prefix: "bases" } },
    ],
    unknown: [{ props: { imageTagMutability: unknown } }],
  },
  {
    rule: "ecr-lifecycle-policy",
    accepts: [
      [repository, lifecycle],
      [repository, { ...lifecycle, props: { repository: "orders" }, madeFrom: {} }],
    ],
    refuses: [[repository], [repository, { ...lifecycle, props: { repository: "others" }, madeFrom: {} }]],
    unknown: [[repository, { ...lifecycle, madeFrom: {} }]],
  },
  {
    rule: "ecr-no-force-delete",
    accepts: [
      { props: { tags: prod, forceDelete: false } },
      {},
      { props: { tags: { environment: "dev" }, forceDelete: true } },
    ],
    refuses: [{ props: { tags: prod, forceDelete: true } }, { props: { forceDelete: true } }],
    unknown: [{ props: { tags: prod, forceDelete: unknown } }],
  },
  {
    rule: "ecr-registry-scanning",
    accepts: [scanning("ENHANCED", "CONTINUOUS_SCAN", "*")],
    refuses: [
      { props: { scanType: "BASIC" } },
      scanning("BASIC", "CONTINUOUS_SCAN", "*"),
      scanning("ENHANCED", "SCAN_ON_PUSH", "*"),
      scanning("ENHANCED", "CONTINUOUS_SCAN", "orders/*"),
      { props: { scanType: "ENHANCED" } },
    ],
    unknown: [scanning(unknown, "CONTINUOUS_SCAN", "*"), scanning("ENHANCED", unknown, "*")],
  },
  {
    rule: "ecr-not-published",
    accepts: [{ type: "aws:ecr/repository:Repository", props: { name: "orders" } }],
    refuses: [{ props: { repositoryName: "orders" } }],
  },
] satisfies Cases[];
