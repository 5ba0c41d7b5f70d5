import type { Access, Offer } from "../identity/access";
import { arn } from "../location";

/** The tag that a workspace carries its name in: AWS calls it by an id, and its alias need not be unique. */
export const prometheusTag = "prometheus";

/** Where the URL that metrics are written to is kept; it ends in `/api/v1/remote_write`. */
export const prometheusParameter = (workspaceName: string): string => `/${workspaceName}/write-url`;

/**
 * `write`: send metrics, by requests that are signed for the service `aps`.
 *
 * Nobody knows a workspace's id before it is made, so it is any workspace of the account and region that carries the name
 * in a tag of its own.
 * Sources: Service Authorization Reference, "Actions, resources, and condition keys for Amazon Managed Service for
 * Prometheus"; Amazon Managed Service for Prometheus user guide, "IAM permissions and policies".
 */
export const prometheusAccess: Offer<"write"> = (at, workspaceName): Access => ({
  statements: [
    {
      Effect: "Allow",
      Action: ["aps:RemoteWrite"],
      Resource: [arn("aps", at, "workspace/*")],
      Condition: { StringEquals: { [`aws:ResourceTag/${prometheusTag}`]: workspaceName } },
    },
  ],
  settings: { REGION: at.region },
  parameters: { WRITE_URL: prometheusParameter(workspaceName) },
});
