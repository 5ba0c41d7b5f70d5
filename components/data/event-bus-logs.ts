import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { LogGroup } from "../observability/log-group";
import { shortName } from "../short-name";

export interface EventBusLogs {
  /** Below `/landing-zone/`, where the key's policy lets CloudWatch Logs use it. */
  readonly logGroupName: string;
  /** One of the periods that CloudWatch Logs offers. */
  readonly retentionDays: number;
  /** `ERROR`: what failed. `INFO`: also each event that came, was matched and was delivered. Default: ERROR. */
  readonly level?: "ERROR" | "INFO";
}

export interface DeliveredLogs {
  readonly at: Location;
  readonly keyArn: pulumi.Input<string>;
  readonly busName: string;
  readonly busArn: pulumi.Input<string>;
  readonly logs: EventBusLogs;
}

/**
 * Has a bus's logs delivered into a log group of their own, below a component: a delivery for each level.
 * DeliveredLogs of the account lets them be written.
 * Source: EventBridge user guide, "Configuring logs for Amazon EventBridge event buses"; CloudWatch Logs user guide,
 * "Enable logging from AWS services".
 */
export function deliverLogs(
  parent: pulumi.ComponentResource,
  name: string,
  { at, keyArn, busName, busArn, logs }: DeliveredLogs,
): void {
  const here = { parent };
  const group = new LogGroup(
    name,
    { name: logs.logGroupName, retentionDays: logs.retentionDays, keyArn, at },
    here,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    name,
    {
      name: shortName(busName, 60),
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: group.arn },
    },
    { ...here, dependsOn: [group] },
  );
  const levels = logs.level === "INFO" ? ["ERROR", "INFO"] : ["ERROR"];
  let before: aws.cloudwatch.LogDelivery | undefined;
  for (const level of levels) {
    const which = `${name}-${level.toLowerCase()}`;
    const source = new aws.cloudwatch.LogDeliverySource(
      which,
      {
        name: shortName(`${busName}-${level.toLowerCase()}`, 60),
        logType: `${level}_LOGS`,
        resourceArn: busArn,
      },
      here,
    );
    // CloudWatch Logs refuses two deliveries to one destination at once, hence one after the other.
    before = new aws.cloudwatch.LogDelivery(
      which,
      { deliverySourceName: source.name, deliveryDestinationArn: destination.arn },
      { ...here, dependsOn: before === undefined ? [] : [before] },
    );
  }
}
