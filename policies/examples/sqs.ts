import { type Cases, unknown } from "./example";

const denial = {
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: "arn:aws:sqs:eu-central-1:111122223333:orders",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const document = (...statements: object[]) => JSON.stringify({ Statement: statements });
const queue = (props: object = {}) => ({
  type: "aws:sqs/queue:Queue",
  name: "orders",
  props: { name: "orders", ...props },
});
const policyOf = (policy: string, ...madeFrom: string[]) => ({
  type: "aws:sqs/queuePolicy:QueuePolicy",
  name: "orders-policy",
  props: { queueUrl: unknown, policy },
  madeFrom: { queueUrl: madeFrom },
});
const beside = (type: string, ...madeFrom: string[]) => ({
  type,
  name: "beside",
  props: { queueUrl: unknown },
  madeFrom: { queueUrl: madeFrom },
});
const redrive = (...madeFrom: string[]) => beside("aws:sqs/redrivePolicy:RedrivePolicy", ...madeFrom);
const redriveAllow = (...madeFrom: string[]) =>
  beside("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", ...madeFrom);
const failing = (deadLetterConfig: object, ...madeFrom: string[]) => ({
  type: "aws:lambda/function:Function",
  name: "worker",
  props: { deadLetterConfig },
  madeFrom: { deadLetterConfig: madeFrom },
});
const orders = "arn:aws:sqs:eu-central-1:111122223333:orders";
const other = { ...queue({ name: "other", redrivePolicy: "{}" }), name: "other" };

export default [
  {
    rule: "sqs-encrypted",
    accepts: [
      { props: { sqsManagedSseEnabled: true } },
      {},
      { props: { kmsMasterKeyId: unknown, sqsManagedSseEnabled: false } },
    ],
    refuses: [{ props: { sqsManagedSseEnabled: false } }],
    unknown: [{ props: { sqsManagedSseEnabled: unknown } }],
  },
  {
    rule: "sqs-cmk",
    accepts: [{ props: { kmsMasterKeyId: "alias/shop" } }, { props: { kmsMasterKeyId: unknown } }],
    refuses: [{ props: { sqsManagedSseEnabled: true } }],
  },
  {
    rule: "sqs-policy-tls",
    accepts: [
      [queue({ policy: document(denial) })],
      [queue(), policyOf(document(denial), "orders")],
      [queue({ policy: document({ Effect: "Allow", Principal: unknown }, denial) })],
      [queue({ policy: document({ ...denial, Principal: { AWS: ["*", "111122223333"] } }) })],
      [queue({ policy: document({ ...denial, Action: ["sqs:*", "sqs:Receive*"] }) })],
    ],
    refuses: [
      [queue()],
      [queue({ policy: document({ ...denial, Effect: "Allow" }) })],
      [queue({ policy: document({ ...denial, Principal: { AWS: "111122223333" } }) })],
      [queue({ policy: document({ ...denial, Action: "sqs:SendMessage" }) })],
      [queue({ policy: document({ ...denial, Condition: { Bool: { "aws:SecureTransport": "true" } } }) })],
      [queue({ policy: document({ ...denial, Condition: {} }) })],
      [
        queue({
          policy: document({ ...denial, Condition: { StringEquals: { "aws:SecureTransport": "false" } } }),
        }),
      ],
      [queue({ policy: document({ ...denial, Condition: { Bool: { "aws:ViaAWSService": "false" } } }) })],
      [
        queue({
          policy: document({
            ...denial,
            Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
          }),
        }),
      ],
      [
        queue({
          policy: document({ ...denial, Condition: { Bool: { "aws:SecureTransport": ["false", "true"] } } }),
        }),
      ],
      [queue({ policy: "not JSON" })],
      [queue(), other, policyOf(document(denial), "other")],
    ],
    unknown: [
      [queue({ policy: unknown })],
      [queue(), policyOf(document(denial))],
      [queue({ policy: document({ ...denial, Action: unknown }) })],
    ],
  },
  {
    rule: "sqs-dlq",
    accepts: [
      [
        queue({
          redrivePolicy:
            '{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:late","maxReceiveCount":5}',
        }),
      ],
      [queue({ redrivePolicy: unknown })],
      [queue(), redrive("orders")],
      [queue({ redriveAllowPolicy: '{"redrivePermission":"byQueue"}' })],
      [queue({ redriveAllowPolicy: '{"redrivePermission":"allowAll"}' })],
      [queue(), redriveAllow("orders")],
      [queue(), { ...other, props: { redrivePolicy: unknown }, madeFrom: { redrivePolicy: ["orders"] } }],
      [queue(), { ...other, props: { redrivePolicy: JSON.stringify({ deadLetterTargetArn: orders }) } }],
      [queue(), failing({ targetArn: orders })],
      [queue(), failing({ arn: orders })],
      [queue(), failing({ arn: unknown }), { ...failing({ targetArn: orders }), name: "second" }],
      [queue(), failing({ targetArn: unknown }, "orders")],
    ],
    refuses: [
      [queue()],
      [queue({ redriveAllowPolicy: '{"redrivePermission":"denyAll"}' })],
      [queue(), redriveAllow("other"), other],
      [queue(), failing({ targetArn: unknown }, "other"), other],
      [queue(), failing({ targetArn: `${orders}-2` })],
      [queue(), failing({ targetArn: "orders" })],
      [queue(), other, redrive("other")],
    ],
    unknown: [
      [queue({ redriveAllowPolicy: unknown })],
      [queue(), failing({ targetArn: unknown })],
      [queue(), failing({ arn: unknown })],
      [queue(), redrive()],
    ],
  },
] satisfies Cases[];
