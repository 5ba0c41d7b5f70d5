import type { Access, Offer } from "../identity/access";
import { arn } from "../location";

/** The tag that a workspace carries its name in: AWS calls it by an id, and its alias need not be unique. */
export const prometheusTag = "prometheus";

/** Where the URL that metrics are written to is kept; it ends in `/api/v1/remote_write`. */
export const prometheusParameter = (workspaceName: string): string => `/${workspaceName}/write-url`;

/** Where the workspace's own URL is kept: what Grafana calls the address of a data source. */
export const prometheusQueryParameter = (workspaceName: string): string => `/${workspaceName}/query-url`;

/** What is asked of a workspace that is known by its URL; to find it in a list would take a right to all. */
export const prometheusQueries = ["GetLabels", "GetMetricMetadata", "GetSeries", "QueryMetrics"].map(
  action => `aps:${action}`,
);

/**
 * `read`: query metrics; `write`: send them; both by requests that are signed for the service `aps`.
 *
 * Nobody knows a workspace's id before it is made, so it is any workspace of the account and region that carries the name
 * in a tag of its own.
 * Sources: Service Authorization Reference, "Actions, resources, and condition keys for Amazon Managed Service for
 * Prometheus"; Amazon Managed Service for Prometheus user guide, "IAM permissions and policies".
 */
export const prometheusAccess: Offer<"read" | "write"> = (at, workspaceName, access): Access => ({
  statements: [
    {
      Effect: "Allow",
      Action: access === "read" ? prometheusQueries : ["aps:RemoteWrite"],
      Resource: [arn("aps", at, "workspace/*")],
      Condition: { StringEquals: { [`aws:ResourceTag/${prometheusTag}`]: workspaceName } },
    },
  ],
  settings: { REGION: at.region },
  parameters:
    access === "read"
      ? { QUERY_URL: prometheusQueryParameter(workspaceName) }
      : { WRITE_URL: prometheusParameter(workspaceName) },
});
