import { type Cases, unknown } from "./example";

const rule = { type: "aws:cloudwatch/eventRule:EventRule", name: "failures", props: { name: "failures" } };
const target = (named: string) => ({
  type: "aws:cloudwatch/eventTarget:EventTarget",
  name: "target",
  props: { rule: named },
});
const pattern = (eventPattern: object) => ({ props: { eventPattern: JSON.stringify(eventPattern) } });
const queue = "arn:aws:sqs:eu-central-1:111122223333:missed";
const states = "arn:aws:states:eu-central-1:111122223333:stateMachine:night";

export default [
  {
    rule: "eventrule-target",
    accepts: [
      [rule, target("failures")],
      [rule, { ...target(unknown), madeFrom: { rule: ["failures"] } }],
    ],
    refuses: [[rule], [rule, target("others")]],
    unknown: [[rule, target(unknown)]],
  },
  {
    rule: "eventrule-pattern",
    accepts: [
      pattern({ source: ["aws.ecs"] }),
      pattern({ "detail-type": ["Object Created"] }),
      pattern({ resources: ["arn:aws:s3:::orders"] }),
      pattern({ detail: { state: ["STOPPED"] } }),
      { props: { scheduleExpression: "rate(1 day)" } },
      pattern({ account: [unknown], source: ["aws.ecs"] }),
    ],
    refuses: [
      pattern({ account: ["111122223333"] }),
      pattern({ source: [{ prefix: "" }] }),
      pattern({ source: [] }),
      pattern({}),
      { props: { eventPattern: "every" } },
    ],
    unknown: [{ props: { eventPattern: unknown } }, pattern({ source: [{ prefix: unknown }] })],
  },
  {
    rule: "eventrule-enabled",
    accepts: [{}, { props: { state: "ENABLED" } }],
    refuses: [{ props: { state: "DISABLED" } }, { props: { isEnabled: false } }],
    unknown: [{ props: { state: unknown } }],
  },
  {
    rule: "eventrule-dead-letters",
    accepts: [
      { props: { arn: states, deadLetterConfig: { arn: queue } } },
      { props: { arn: "arn:aws:sns:eu-central-1:111122223333:alerts" } },
      { props: { arn: unknown, deadLetterConfig: { arn: unknown } } },
    ],
    refuses: [{ props: { arn: states } }, { props: {} }],
    unknown: [{ props: { arn: unknown } }],
  },
] satisfies Cases[];
