import { type Cases, unknown } from "./example";
import { part } from "./small-network";

const logging = (level: unknown, logDestination: unknown) => ({
  props: { loggingConfiguration: { level, logDestination } },
});
const prod = { environment: "prod" };
const data = { loggingConfiguration: { level: "ALL", includeExecutionData: true } };
const ownKey = { encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: unknown } };
const machine = (name: string, roleArn: unknown) => part("sfn/stateMachine:StateMachine", name, { roleArn });
const role = (name: string) => part("iam/role:Role", name);

export default [
  {
    rule: "sfn-logging",
    accepts: [logging("ALL", unknown)],
    refuses: [
      {},
      logging("OFF", "arn:aws:logs"),
      logging("ERROR", "arn:aws:logs"),
      logging("ALL", undefined),
    ],
    unknown: [logging(unknown, "arn:aws:logs"), { props: { loggingConfiguration: unknown } }],
  },
  {
    rule: "sfn-tracing",
    accepts: [{ props: { tracingConfiguration: { enabled: true } } }],
    refuses: [{}, { props: { tracingConfiguration: { enabled: false } } }],
    unknown: [{ props: { tracingConfiguration: { enabled: unknown } } }],
  },
  {
    rule: "sfn-execution-data-protected",
    accepts: [
      { props: { tags: prod, loggingConfiguration: { level: "ALL", includeExecutionData: false } } },
      { props: { tags: prod, ...data, ...ownKey } },
      { props: { tags: { environment: "dev" }, ...data } },
      {},
    ],
    refuses: [
      { props: { tags: prod, ...data } },
      {
        props: {
          tags: prod,
          ...data,
          encryptionConfiguration: { type: "AWS_OWNED_KEY", kmsKeyId: "alias/shop" },
        },
      },
      { props: { ...data, encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY" } } },
    ],
    unknown: [{ props: { tags: prod, loggingConfiguration: { includeExecutionData: unknown } } }],
  },
  {
    rule: "sfn-no-secrets",
    accepts: [{ props: { definition: '{"States":{"Done":{"Type":"Succeed"}}}' } }],
    refuses: [{ props: { definition: '{"States":{"Call":{"Arguments":{"Id":"AKIAIOSFODNN7EXAMPLE"}}}}' } }],
    unknown: [{ props: { definition: unknown } }],
  },
  {
    rule: "sfn-own-role",
    accepts: [
      [
        machine("nightly", "@nightly-role"),
        machine("hourly", "@hourly-role"),
        role("nightly-role"),
        role("hourly-role"),
      ],
    ],
    refuses: [[machine("nightly", "@shared"), machine("hourly", "@shared"), role("shared")]],
    unknown: [[machine("nightly", "@nightly-role"), machine("hourly", unknown), role("nightly-role")]],
  },
] satisfies Cases[];
