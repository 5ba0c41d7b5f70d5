import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const group = (props: object) => ({ name: "network", props });
const flowLog = {
  type: "aws:ec2/flowLog:FlowLog",
  name: "flow-log",
  props: { logDestination: unknown },
  madeFrom: { logDestination: ["network"] },
};
const trail = {
  type: "aws:cloudtrail/trail:Trail",
  name: "trail",
  props: { cloudWatchLogsGroupArn: unknown },
  madeFrom: { cloudWatchLogsGroupArn: ["network"] },
};
const policy = (Condition?: unknown, Service: unknown = "delivery.logs.amazonaws.com") => ({
  props: {
    policyDocument: JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service },
          Action: "logs:PutLogEvents",
          Resource: "arn:aws:logs:eu-central-1:111122223333:log-group:/queries:*",
          Condition,
        },
      ],
    }),
  },
});
const destination = {
  type: "aws:cloudwatch/logDestination:LogDestination",
  name: "destination",
  props: { name: "central" },
};
const destinationPolicy = (destinationName: string) => ({
  type: "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy",
  name: "policy",
  props: { destinationName },
});

export default [
  {
    rule: "logs-retention",
    accepts: [{ props: { retentionInDays: 30 } }],
    refuses: [{}, { props: { retentionInDays: 0 } }, { props: { retentionInDays: "30" } }],
    unknown: [{ props: { retentionInDays: unknown } }],
  },
  {
    rule: "logs-cmk",
    accepts: [
      { props: { kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" } },
      { props: { kmsKeyId: unknown } },
    ],
    refuses: [{}, { props: { kmsKeyId: "" } }],
  },
  {
    rule: "logs-audit-retention",
    accepts: [
      [{ ...group({ retentionInDays: 365 }), ...inProd }, flowLog],
      [{ ...group({ retentionInDays: 30 }), ...inProd }],
      [{ ...group({ retentionInDays: 30 }), ...inDev }, flowLog],
      [{ ...group({ retentionInDays: 0 }), ...inProd }, flowLog],
    ],
    refuses: [
      [{ ...group({ retentionInDays: 364 }), ...inProd }, flowLog],
      [{ ...group({ retentionInDays: 1 }), ...inProd }, trail],
    ],
    unknown: [
      [{ ...group({ retentionInDays: unknown }), ...inProd }, flowLog],
      [{ ...group({ retentionInDays: 30 }), ...somewhere }, flowLog],
    ],
  },
  {
    rule: "logs-deletion-protection",
    accepts: [[group({ deletionProtectionEnabled: true }), flowLog], [group({})]],
    refuses: [
      [group({}), flowLog],
      [group({ deletionProtectionEnabled: false }), trail],
    ],
    unknown: [[group({ deletionProtectionEnabled: unknown }), flowLog]],
  },
  {
    rule: "logs-resource-policy-scoped",
    accepts: [
      policy({ StringEquals: { "aws:SourceAccount": "111122223333" } }),
      policy({ ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" } }),
    ],
    refuses: [
      policy(),
      policy({ StringEquals: { "aws:RequestedRegion": "eu-central-1" } }),
      policy({ StringLike: { "aws:SourceAccount": "*" } }),
    ],
    unknown: [
      { props: { policyDocument: unknown } },
      policy({ StringEquals: { "aws:SourceAccount": unknown } }),
      policy(undefined, unknown),
    ],
  },
  {
    rule: "logs-destination-policy",
    accepts: [[destination, destinationPolicy("central")]],
    refuses: [[destination], [destination, destinationPolicy("other")]],
    unknown: [[destination, destinationPolicy(unknown)]],
  },
] satisfies Cases[];
