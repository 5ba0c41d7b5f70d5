import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn } from "../location";
import { shortName } from "../short-name";
import type { Keeping } from "./keeping";
import { prometheusQueries, prometheusTag } from "./prometheus-access";

/**
 * A workspace of Amazon Managed Grafana, below a component: people sign in through IAM Identity Center, and who may is
 * said there; its role may query the one workspace of Prometheus and nothing else. Its page is on the internet, behind
 * that sign-in.
 *
 * Sources: Amazon Managed Grafana user guide, "Amazon Managed Grafana permissions and policies for AWS data sources",
 * "Use AWS IAM Identity Center with your Amazon Managed Grafana workspace".
 */
export function grafana(
  parent: pulumi.ComponentResource,
  name: string,
  { at, keyArn, workspaceName, deletionProtection }: Keeping & { readonly workspaceName: string },
  protect: boolean | undefined,
): void {
  const role = new aws.iam.Role(
    `${name}-grafana`,
    {
      ...productRole(at.accountId),
      name: shortName(`${workspaceName}-grafana`, 64),
      description: `Grafana queries ${workspaceName} with this role`,
      assumeRolePolicy: trustService("grafana.amazonaws.com", at.accountId),
    },
    { parent },
  );
  const permission = new aws.iam.RolePolicy(
    `${name}-grafana`,
    {
      role: role.name,
      policy: policyDocument([
        {
          Sid: "Query",
          Effect: "Allow",
          Action: [...prometheusQueries, "aps:DescribeWorkspace"],
          Resource: arn("aps", at, "workspace/*"),
          Condition: { StringEquals: { [`aws:ResourceTag/${prometheusTag}`]: workspaceName } },
        },
      ]),
    },
    { parent },
  );
  new aws.grafana.Workspace(
    `${name}-grafana`,
    {
      name: workspaceName,
      description: `Metrics of ${workspaceName}`,
      accountAccessType: "CURRENT_ACCOUNT",
      authenticationProviders: ["AWS_SSO"],
      permissionType: "CUSTOMER_MANAGED",
      roleArn: role.arn,
      dataSources: ["PROMETHEUS"],
      kmsKeyId: keyArn,
      configuration: JSON.stringify({
        plugins: { pluginAdminEnabled: false },
        unifiedAlerting: { enabled: true },
      }),
    },
    { parent, protect, retainOnDelete: deletionProtection, dependsOn: [permission] },
  );
}
