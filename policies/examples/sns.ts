import { type Cases, unknown } from "./example";

const alarms = "arn:aws:sns:eu-central-1:111122223333:alarms";
const denial = {
  Effect: "Deny",
  Principal: "*",
  Action: "sns:Publish",
  Resource: alarms,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const document = (...statements: object[]) =>
  JSON.stringify({ Statement: statements.map(one => ({ Action: "sns:Publish", Resource: alarms, ...one })) });
const allowing = (principal: unknown, more: object = {}) => ({
  props: { policy: document({ Effect: "Allow", Principal: principal, ...more }) },
});
const pinned = { provider: { props: { allowedAccountIds: '["111122223333"]' } } };
const topic = (props: object = {}) => ({ type: "aws:sns/topic:Topic", name: "alarms", props });
const policyOf = (policy: string, ...madeFrom: string[]) => ({
  type: "aws:sns/topicPolicy:TopicPolicy",
  name: "alarms-policy",
  props: { arn: unknown, policy },
  madeFrom: { arn: madeFrom },
});
const subscription = (protocol: string, ...madeFrom: string[]) => ({
  type: "aws:sns/topicSubscription:TopicSubscription",
  name: "subscription",
  props: { protocol, topic: unknown },
  madeFrom: { topic: madeFrom },
});

export default [
  {
    rule: "sns-encrypted",
    accepts: [{ props: { kmsMasterKeyId: "alias/shop" } }, { props: { kmsMasterKeyId: unknown } }],
    refuses: [{}, { props: { kmsMasterKeyId: "" } }],
  },
  {
    rule: "sns-policy-tls",
    accepts: [
      [topic({ policy: document(denial) })],
      [topic({ policy: document({ ...denial, Action: ["sns:*"] }) })],
      [topic(), policyOf(document(denial), "alarms")],
    ],
    refuses: [
      [topic()],
      [topic({ policy: document({ ...denial, Effect: "Allow" }) })],
      [topic({ policy: document({ ...denial, Action: "sns:Subscribe" }) })],
      [topic(), policyOf(document({ ...denial, Condition: {} }), "alarms")],
      [topic(), { ...topic(), name: "other" }, policyOf(document(denial), "other")],
    ],
    unknown: [[topic({ policy: unknown })], [topic(), policyOf(document(denial))]],
  },
  {
    rule: "sns-policy-no-cross-account",
    accepts: [
      { ...pinned, ...allowing({ AWS: "arn:aws:iam::111122223333:role/orders" }) },
      allowing({ AWS: "111122223333" }),
      allowing({ Service: "cloudwatch.amazonaws.com" }),
      allowing(
        { AWS: "arn:aws:iam::444455556666:root" },
        { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } },
      ),
      // Another rule refuses everyone.
      allowing("*"),
      {},
    ],
    refuses: [
      { ...pinned, ...allowing({ AWS: "arn:aws:iam::444455556666:root" }) },
      allowing({ AWS: "444455556666" }),
      allowing({ AWS: [unknown, "arn:aws:iam::444455556666:role/orders"] }),
      {
        ...pinned,
        ...allowing({ AWS: "444455556666" }, { Resource: "arn:aws:sns:eu-central-1:444455556666:alarms" }),
      },
      allowing({ AWS: "444455556666" }, { Condition: { StringLike: { "aws:PrincipalOrgID": "*" } } }),
      { type: "aws:sns/topicPolicy:TopicPolicy", ...allowing({ AWS: "444455556666" }) },
    ],
    unknown: [
      { props: { policy: unknown } },
      allowing({ AWS: unknown }),
      allowing({ AWS: "444455556666" }, { Resource: "*" }),
    ],
  },
  {
    rule: "sns-delivery-status",
    accepts: [
      [topic({ sqsFailureFeedbackRoleArn: unknown }), subscription("sqs", "alarms")],
      [topic({ httpFailureFeedbackRoleArn: unknown }), subscription("https", "alarms")],
      [topic(), subscription("email", "alarms")],
      [
        topic(),
        {
          ...subscription("sqs", "alarms"),
          props: { protocol: "sqs", topic: unknown, redrivePolicy: unknown },
        },
      ],
      [
        topic(),
        { ...topic({ sqsFailureFeedbackRoleArn: unknown }), name: "other" },
        subscription("sqs", "other"),
      ],
      [topic()],
    ],
    refuses: [
      [topic(), subscription("sqs", "alarms")],
      [topic({ sqsFailureFeedbackRoleArn: unknown }), subscription("lambda", "alarms")],
      ...["application", "firehose", "http", "https"].map(protocol => [
        topic(),
        subscription(protocol, "alarms"),
      ]),
    ],
    unknown: [
      [topic(), subscription(unknown, "alarms")],
      [topic(), subscription("sqs")],
    ],
  },
  {
    rule: "sns-subscription-https",
    accepts: [{ props: { protocol: "https" } }, { props: { protocol: "email" } }],
    refuses: [{ props: { protocol: "http" } }],
    unknown: [{ props: { protocol: unknown } }],
  },
  {
    rule: "sns-subscription-dlq",
    accepts: [
      {
        props: {
          protocol: "sqs",
          redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:late"}',
        },
      },
      { props: { protocol: "lambda", redrivePolicy: unknown } },
      { props: { protocol: "email" } },
    ],
    refuses: ["sqs", "lambda", "http", "https", "firehose"].map(protocol => ({ props: { protocol } })),
    unknown: [{ props: { protocol: unknown } }],
  },
] satisfies Cases[];
