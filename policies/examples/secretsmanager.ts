import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const secret = { type: "aws:secretsmanager/secret:Secret", name: "bank" };
const rotation = {
  type: "aws:secretsmanager/secretRotation:SecretRotation",
  name: "rotation",
  props: { secretId: unknown },
};
const rules = (rotationRules: object) => ({ props: { rotationRules } });

export default [
  {
    rule: "secret-rotation",
    accepts: [[secret, { ...rotation, madeFrom: { secretId: ["bank"] } }]],
    refuses: [
      secret,
      [secret, { ...secret, name: "post" }, { ...rotation, madeFrom: { secretId: ["post"] } }],
    ],
    unknown: [[secret, rotation]],
  },
  {
    rule: "secret-rotation-interval",
    accepts: [
      rules({ automaticallyAfterDays: 90 }),
      rules({ scheduleExpression: "rate(30 days)" }),
      rules({ scheduleExpression: "rate(2160 hours)" }),
      rules({ scheduleExpression: "cron(0 3 1 * ? *)" }),
      rules({ scheduleExpression: "cron(0 3 1 1/2 ? *)" }),
    ],
    refuses: [
      rules({ automaticallyAfterDays: 91 }),
      {},
      rules({ scheduleExpression: "rate(100 days)" }),
      rules({ scheduleExpression: "rate(2184 hours)" }),
      rules({ scheduleExpression: "cron(0 3 1 1/3 ? *)" }),
      rules({ scheduleExpression: "cron(0 3 1 JAN ? *)" }),
    ],
    unknown: [rules({ automaticallyAfterDays: unknown }), rules({ scheduleExpression: unknown })],
  },
  {
    rule: "secret-cmk",
    accepts: [
      { props: { kmsKeyId: unknown } },
      { props: { kmsKeyId: "alias/bank", replicas: [{ region: "eu-west-1", kmsKeyId: "alias/bank" }] } },
    ],
    refuses: [{}, { props: { kmsKeyId: "alias/bank", replicas: [{ region: "eu-west-1" }] } }],
    unknown: [{ props: { kmsKeyId: "alias/bank", replicas: unknown } }],
  },
  {
    rule: "secret-policy-not-public",
    accepts: [{ props: { blockPublicPolicy: true } }],
    refuses: [{}, { props: { blockPublicPolicy: false } }],
    unknown: [{ props: { blockPublicPolicy: unknown } }],
  },
  {
    rule: "secret-recovery-window",
    accepts: [
      { ...inProd, props: { recoveryWindowInDays: 30 } },
      inProd,
      { ...inDev, props: { recoveryWindowInDays: 0 } },
    ],
    refuses: [{ ...inProd, props: { recoveryWindowInDays: 0 } }],
    unknown: [
      { ...inProd, props: { recoveryWindowInDays: unknown } },
      { ...somewhere, props: { recoveryWindowInDays: 0 } },
    ],
  },
  {
    rule: "secret-no-literal-value",
    accepts: [{ props: { secretStringWo: unknown } }],
    refuses: [{ props: { secretString: unknown } }, { props: { secretBinary: "bm8=" } }],
  },
  {
    rule: "secret-described",
    accepts: [{ props: { description: "Opens the account at the bank" } }],
    refuses: [{}, { props: { description: "" } }],
  },
] satisfies Cases[];
