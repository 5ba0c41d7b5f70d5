import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";

export interface MetricsSinkArgs {
  /** Letters, digits, `_`, `.` and `-`. An account has one sink in a region. */
  readonly sinkName: string;
  /** Accounts that may show their metrics here, by number. */
  readonly accountIds: readonly string[];
}

const metrics = "AWS::CloudWatch::Metric";

/**
 * Where an account sees metrics of others beside its own. They show metrics and nothing else: whoever may look here
 * reads none of their logs.
 *
 * Refused: nobody who may show anything.
 * Sources: CloudWatch user guide, "CloudWatch cross-account observability"; Observability Access Manager API reference,
 * "PutSinkPolicy".
 */
export class MetricsSink extends pulumi.ComponentResource {
  /** Known when it accepts links. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: MetricsSinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:MetricsSink", name, {}, opts);
    const here = { parent: this };
    if (args.accountIds.length === 0) throw new Error("accountIds is empty; nobody could show anything here");
    const sink = new aws.oam.Sink(name, { name: args.sinkName }, here);
    const open = new aws.oam.SinkPolicy(
      name,
      {
        sinkIdentifier: sink.arn,
        policy: policyDocument([
          {
            Sid: "Metrics",
            Effect: "Allow",
            Principal: { AWS: [...args.accountIds].sort() },
            Action: ["oam:CreateLink", "oam:UpdateLink"],
            Resource: "*",
            // A sink's policy is about that sink; the service takes no name of it here.
            Condition: {
              "ForAnyValue:StringEquals": { "oam:ResourceTypes": [metrics] },
              "ForAllValues:StringEquals": { "oam:ResourceTypes": [metrics] },
              Null: { "oam:ResourceTypes": "false" },
            },
          },
        ]),
      },
      here,
    );
    this.arn = open.sinkIdentifier;
    this.registerOutputs({ arn: this.arn });
  }
}

export interface MetricsLinkArgs {
  /** A `MetricsSink` of another account, in the same region. */
  readonly sinkArn: pulumi.Input<string>;
  /** Namespaces that are shown, for example `AWS/TransitGateway`; absent: all. */
  readonly namespaces?: readonly string[];
}

/**
 * Shows an account's metrics to a sink; an account may have five links.
 *
 * Refused: no namespace at all, and what is none.
 * Source: Observability Access Manager API reference, "CreateLink", "MetricConfiguration".
 */
export class MetricsLink extends pulumi.ComponentResource {
  constructor(name: string, args: MetricsLinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:MetricsLink", name, {}, opts);
    const { namespaces } = args;
    if (namespaces?.length === 0)
      throw new Error("namespaces is empty; leave it out to show all, or the link to show none");
    for (const namespace of namespaces ?? [])
      if (!/^[A-Za-z0-9_./#:-]{1,255}$/.test(namespace))
        throw new Error(`namespaces holds ${namespace}; a namespace is like AWS/TransitGateway`);
    new aws.oam.Link(
      name,
      {
        labelTemplate: "$AccountName",
        resourceTypes: [metrics],
        sinkIdentifier: args.sinkArn,
        ...(namespaces === undefined
          ? {}
          : {
              linkConfiguration: {
                metricConfiguration: {
                  filter: `Namespace IN (${namespaces.map(namespace => `'${namespace}'`).join(", ")})`,
                },
              },
            }),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
