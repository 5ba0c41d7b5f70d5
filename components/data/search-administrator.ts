import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { productRole, productRoleArn } from "../identity/product-role";
import { iamArn, type Location } from "../location";
import { domainArn, httpActions } from "./search-access";

/** The roles that Identity Center makes in an account for those who sign in there. */
const people = "role/aws-reserved/sso.amazonaws.com/*";

/**
 * The role that a domain takes for its administrator: who maps other roles to what they may do in it. It is for people
 * who are signed in to the account and whose permission set lets them assume it; no task can have it.
 *
 * @returns its ARN, known beforehand, and what must be there before the domain is.
 * Source: IAM Identity Center user guide, "Referencing permission sets in resource policies, Amazon EKS Cluster config
 * maps, and AWS KMS key policies".
 */
export function searchAdministrator(
  parent: pulumi.ComponentResource,
  name: string,
  at: Location,
  domainName: string,
): { readonly arn: string; readonly ready: readonly pulumi.Resource[] } {
  const roleName = `${domainName}-search-administrator`;
  const role = new aws.iam.Role(
    `${name}-administrator`,
    {
      name: roleName,
      description: `Says who may do what in the search domain ${domainName}`,
      assumeRolePolicy: policyDocument([
        {
          Effect: "Allow",
          Principal: { AWS: iamArn(at.accountId, "root") },
          Action: "sts:AssumeRole",
          Condition: { ArnLike: { "aws:PrincipalArn": iamArn(at.accountId, people) } },
        },
      ]),
      ...productRole(at.accountId),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-administrator`,
    {
      role: role.name,
      policy: policyDocument([
        { Effect: "Allow", Action: httpActions, Resource: [`${domainArn(at, domainName)}/*`] },
      ]),
    },
    { parent },
  );
  return { arn: productRoleArn(at.accountId, roleName), ready: [role, policy] };
}
