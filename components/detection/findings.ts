import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { shortName } from "../short-name";

/** From the least to the worst, with the number from which on GuardDuty means it. */
const severities = { LOW: 1, MEDIUM: 4, HIGH: 7, CRITICAL: 9 } as const;
export type Severity = keyof typeof severities;
const bySeverity = Object.keys(severities) as Severity[];

export interface FindingsArgs {
  /** The audit account, and the Region where Security Hub brings findings together. */
  readonly at: Location;
  /** The least severity that is told. */
  readonly from: Severity;
  /** A topic of that Region, whose policy and key let `events.amazonaws.com` publish. */
  readonly topicArn: pulumi.Input<string>;
  /** Such a topic that is told of what is critical as well. */
  readonly urgentTopicArn?: pulumi.Input<string>;
}

/**
 * Tells topics what Security Hub and GuardDuty find, by severity. Security Hub is heard for all Regions and services;
 * GuardDuty itself only at home, and there not by way of Security Hub, so that nothing is told twice.
 *
 * Security Hub tells of a finding again whenever it checks again. Who has seen it sets its workflow status to
 * `NOTIFIED`, and it is silent. Events are passed on as they are, because chat channels know how to show only those.
 *
 * Sources: Security Hub user guide, "EventBridge event formats for Security Hub" and "Cross-Region aggregation";
 * GuardDuty user guide, "Processing GuardDuty findings with Amazon EventBridge" and "Severity levels".
 */
export class Findings extends pulumi.ComponentResource {
  constructor(name: string, args: FindingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:Findings", name, {}, opts);
    const { region } = args.at;
    const tell = (audience: string, from: Severity, topicArn: pulumi.Input<string>) => {
      for (const [source, pattern] of Object.entries(patterns(from, region))) {
        const child = `${name}-${source}${audience}`;
        const rule = new aws.cloudwatch.EventRule(
          child,
          { name: shortName(`landing-zone-${child}`, 64), eventPattern: JSON.stringify(pattern), region },
          { parent: this },
        );
        new aws.cloudwatch.EventTarget(
          child,
          { rule: rule.name, targetId: "topic", arn: topicArn, region },
          { parent: this },
        );
      }
    };
    tell("", args.from, args.topicArn);
    if (args.urgentTopicArn !== undefined) tell("-urgent", "CRITICAL", args.urgentTopicArn);
    this.registerOutputs({});
  }
}

/** By a short name of what they match. */
function patterns(from: Severity, home: string) {
  const hub = (which: Readonly<Record<string, unknown>>) => ({
    source: ["aws.securityhub"],
    "detail-type": ["Security Hub Findings - Imported"],
    detail: {
      findings: {
        ...which,
        Severity: { Label: bySeverity.slice(bySeverity.indexOf(from)) },
        Workflow: { Status: ["NEW"] },
        RecordState: ["ACTIVE"],
      },
    },
  });
  return {
    hub: hub({ ProductName: [{ "anything-but": ["GuardDuty"] }] }),
    "threats-elsewhere": hub({ ProductName: ["GuardDuty"], Region: [{ "anything-but": [home] }] }),
    threats: {
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Finding"],
      detail: { severity: [{ numeric: [">=", severities[from]] }] },
    },
  };
}
