import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkAmount, checkRecipients } from "./recipients";

export interface CostAnomaliesArgs {
  /** US dollars above what was expected from which on an anomaly is reported; above 0. */
  readonly fromUsd: number;
  /** One to ten e-mail addresses. */
  readonly notify: readonly string[];
  /** Values of the tag `product` that are watched apart. */
  readonly products: readonly string[];
  /** The ARN of the monitor by service, where there is one already; see below. */
  readonly serviceMonitorArn?: pulumi.Input<string>;
}

/**
 * Cost Anomaly Detection: one monitor watches every service by itself, and one each product in all its accounts. A
 * day's anomalies come in one e-mail a day; daily reports go to addresses only, not to topics. Monitors and
 * subscriptions cost nothing.
 *
 * For the management account, which sees what all accounts cost. AWS lets it have ONE monitor by service, and may have
 * made it itself, under the name `Default-Services-Monitor`, when Cost Explorer was turned on: then hand in its ARN, or
 * import or delete it before. Products are told apart by their tag, once it is a cost allocation tag.
 *
 * Cost Explorer belongs to no region: its resources have no `region`, and the provider reaches its endpoint from any.
 * Refused are more than ten addresses, none or one twice, and amounts of 0 and below.
 *
 * Sources: AWS Cost Management user guide, "Getting started with AWS Cost Anomaly Detection", section "Monitor
 * types"; API reference, "AnomalyMonitor" and "AnomalySubscription".
 */
export class CostAnomalies extends pulumi.ComponentResource {
  /** By service, then by product. */
  readonly monitorArns: readonly pulumi.Output<string>[];

  constructor(name: string, args: CostAnomaliesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:cost:CostAnomalies", name, {}, opts);
    checkRecipients(args.notify);
    checkAmount("fromUsd", args.fromUsd);
    this.monitorArns = [
      args.serviceMonitorArn === undefined
        ? this.monitor(`${name}-services`, { monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" })
        : pulumi.output(args.serviceMonitorArn),
      ...args.products.map(product =>
        this.monitor(`${name}-product-${product}`, {
          monitorType: "CUSTOM",
          monitorSpecification: JSON.stringify({ Tags: { Key: "user:product", Values: [product] } }),
        }),
      ),
    ];
    new aws.costexplorer.AnomalySubscription(
      name,
      {
        name,
        frequency: "DAILY",
        monitorArnLists: [...this.monitorArns],
        thresholdExpression: {
          dimension: {
            key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            matchOptions: ["GREATER_THAN_OR_EQUAL"],
            values: [String(args.fromUsd)],
          },
        },
        subscribers: args.notify.map(address => ({ type: "EMAIL", address })),
      },
      { parent: this },
    );
    this.registerOutputs({ monitorArns: this.monitorArns });
  }

  private monitor(name: string, what: aws.costexplorer.AnomalyMonitorArgs): pulumi.Output<string> {
    return new aws.costexplorer.AnomalyMonitor(name, { name, ...what }, { parent: this }).arn;
  }
}
