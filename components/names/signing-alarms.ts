import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmTopics, severityText } from "../observability/severity";
import { shortName } from "../short-name";

export interface SigningAlarmsArgs {
  /** A signed public zone. */
  readonly zoneId: pulumi.Input<string>;
  /** For example `dev.example.com`. */
  readonly domainName: string;
  /** Topics of us-east-1, which hear of them; absent: they are seen only where they are. */
  readonly topics?: AlarmTopics;
}

/** Route 53 measures zones in this region only, and an alarm acts on topics of its own region only. */
export const signingRegion = "us-east-1";

/** What the names of these alarms, and of no others, begin with. */
export const signingAlarmPrefix = "landing-zone-dnssec-";

/**
 * The two alarms that AWS asks for where a zone is signed: a resolver that validates answers nothing of a zone whose
 * signatures fail. Both measures come every four hours, once a day in the past: between them an alarm stays as it is.
 *
 * Refused with an error: a topic that is none of us-east-1.
 *
 * Sources: Route 53 developer guide, "Configuring DNSSEC signing in Amazon Route 53" and "Monitoring hosted zones
 * using Amazon CloudWatch".
 */
export class SigningAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: SigningAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:SigningAlarms", name, {}, opts);
    const { zoneId, domainName, topics } = args;
    const topicArn = topics?.critical;
    if (topicArn !== undefined && !/^arn:aws:sns:us-east-1:\d{12}:[\w-]{1,256}$/.test(topicArn))
      throw new Error(
        `topics.critical is ${topicArn}; it must be the ARN of a topic of ${signingRegion}, where zones are measured`,
      );
    const actions = topicArn === undefined ? [] : [topicArn];
    for (const [kind, { metricName, says }] of Object.entries(measures))
      new aws.cloudwatch.MetricAlarm(
        `${name}-dnssec-${kind}`,
        {
          name: shortName(`${signingAlarmPrefix}${kind}-${domainName}`, 255),
          alarmDescription: `${severityText("critical")}${domainName}: ${says}`,
          namespace: "AWS/Route53",
          metricName,
          dimensions: { HostedZoneId: zoneId },
          statistic: "Sum",
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          threshold: 1,
          period: 14_400,
          evaluationPeriods: 1,
          treatMissingData: "ignore",
          alarmActions: actions,
          okActions: actions,
          region: signingRegion,
        },
        { parent: this },
      );
    this.registerOutputs({});
  }
}

/** By a short name; what they say is read first by whom they wake. */
const measures = {
  failure: {
    metricName: "DNSSECInternalFailure",
    says: "Route 53 fails to sign. Soon nobody who validates finds it; see the zone's key-signing keys, then ask AWS.",
  },
  keys: {
    metricName: "DNSSECKeySigningKeysNeedingAction",
    says: "Route 53 can not use the KMS key it signs with. Enable the key, or give back its policy, before signatures expire.",
  },
} as const;
