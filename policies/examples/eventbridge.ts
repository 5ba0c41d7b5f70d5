import { type Cases, unknown } from "./example";

const bus = { type: "aws:cloudwatch/eventBus:EventBus", name: "orders" };
const policy = {
  type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  name: "policy",
  props: { eventBusName: unknown },
};

export default [
  {
    rule: "eventbus-policy",
    accepts: [
      [bus, { ...policy, madeFrom: { eventBusName: ["orders"] } }],
      [
        { ...bus, props: { name: "orders" } },
        { ...policy, props: { eventBusName: "orders" } },
      ],
    ],
    refuses: [bus, [bus, { ...bus, name: "other" }, { ...policy, madeFrom: { eventBusName: ["other"] } }]],
    unknown: [[bus, policy]],
  },
  {
    rule: "eventbus-permission-not-public",
    accepts: [
      { props: { principal: "111122223333" } },
      {
        props: {
          principal: "*",
          condition: { key: "aws:PrincipalOrgID", type: "StringEquals", value: unknown },
        },
      },
    ],
    refuses: [{ props: { principal: "*" } }],
    unknown: [{ props: { principal: unknown } }],
  },
  {
    rule: "eventbus-cmk",
    accepts: [{ props: { kmsKeyIdentifier: unknown } }],
    refuses: [{}, { type: "aws:cloudwatch/eventArchive:EventArchive" }],
  },
  {
    rule: "eventbus-dead-letters",
    accepts: [{ props: { deadLetterConfig: { arn: unknown } } }],
    refuses: [{}],
  },
  {
    rule: "eventbus-logs",
    accepts: ["ERROR", "INFO", "TRACE"].map(level => ({ props: { logConfig: { level } } })),
    refuses: [{}, { props: { logConfig: { level: "OFF" } } }],
    unknown: [{ props: { logConfig: unknown } }],
  },
  {
    rule: "eventbus-endpoint-replicates",
    accepts: [{ props: { replicationConfig: { state: "ENABLED" } } }, {}],
    refuses: [{ props: { replicationConfig: { state: "DISABLED" } } }],
    unknown: [{ props: { replicationConfig: unknown } }],
  },
  {
    rule: "schedule-cmk",
    accepts: [{ props: { kmsKeyArn: unknown } }],
    refuses: [{}],
  },
  {
    rule: "schedule-dead-letters",
    accepts: [{ props: { target: { deadLetterConfig: { arn: unknown } } } }],
    refuses: [{ props: { target: { arn: "arn:aws:states:eu-central-1:111122223333:stateMachine:close" } } }],
  },
] satisfies Cases[];
