import type { Statement } from "../identity/policy-document";
import type { Location } from "../location";

/**
 * What reads metrics of CloudWatch needs, as an exporter for Prometheus or a Grafana does: which there are, what they say,
 * and by which tags the resources are found that they are of. It reads, and only in its own Region.
 *
 * IAM can not say whose metrics: these actions know no resources, and the key `cloudwatch:namespace` is for writing only.
 * So it is all of the account's.
 * Sources: Service Authorization Reference, "Actions, resources, and condition keys for Amazon CloudWatch", "... for Amazon
 * Resource Group Tagging API"; CloudWatch user guide, "Using condition keys to limit access to CloudWatch namespaces".
 */
export const readMetrics = ({ region }: Location): Statement[] => [
  {
    Sid: "ReadMetrics",
    Effect: "Allow",
    Action: [
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricStatistics",
      "cloudwatch:ListMetrics",
      "tag:GetResources",
    ],
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region } },
  },
];
