import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { shortName } from "../short-name";
import { edgeRegion } from "./web-firewall";

/**
 * Of each request who asked what and how it was answered, but not its cookies.
 * Source: CloudFront developer guide, "Standard logging reference".
 */
const fields = [
  "date",
  "time",
  "x-edge-location",
  "sc-bytes",
  "c-ip",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "sc-status",
  "cs(Referer)",
  "cs(User-Agent)",
  "cs-uri-query",
  "x-edge-result-type",
  "x-edge-request-id",
  "x-host-header",
  "cs-protocol",
  "cs-bytes",
  "time-taken",
  "ssl-protocol",
  "ssl-cipher",
  "x-edge-response-result-type",
  "cs-protocol-version",
  "time-to-first-byte",
  "x-edge-detailed-result-type",
  "sc-content-type",
  "c-country",
];

interface ContentLogs {
  readonly distributionArn: pulumi.Input<string>;
  readonly logGroupName: string;
  readonly retentionDays: number;
  /** A key in us-east-1. */
  readonly keyArn: pulumi.Input<string>;
}

/**
 * A distribution's access logs, in a log group in us-east-1, where the deliveries of CloudFront's logs must
 * be.
 * Source: CloudFront developer guide, "Configure standard logging (v2)".
 */
export function logRequests(name: string, args: ContentLogs, opts: pulumi.CustomResourceOptions): void {
  const region = edgeRegion;
  // AWS takes 60 characters, eight of which Pulumi's ending needs.
  const named = shortName(name, 52);
  const group = new aws.cloudwatch.LogGroup(
    `${name}-requests`,
    { name: args.logGroupName, retentionInDays: args.retentionDays, kmsKeyId: args.keyArn, region },
    opts,
  );
  const source = new aws.cloudwatch.LogDeliverySource(
    named,
    { logType: "ACCESS_LOGS", resourceArn: args.distributionArn, region },
    opts,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    named,
    {
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: group.arn },
      region,
    },
    opts,
  );
  new aws.cloudwatch.LogDelivery(
    name,
    {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: fields,
      region,
    },
    opts,
  );
}
