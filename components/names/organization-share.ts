import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** By short names of the resources and of who sees them. */
export interface Shared {
  readonly resources: Readonly<Record<string, pulumi.Input<string>>>;
  /** ARNs of the organization or of its units, or accounts' numbers. */
  readonly principals: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Shares resources inside the organization and never outside. Source: AWS RAM user guide, "Sharing your resources". */
export function shareInOrganization(
  name: string,
  { resources, principals }: Shared,
  opts: pulumi.CustomResourceOptions,
): void {
  const share = new aws.ram.ResourceShare(name, { name, allowExternalPrincipals: false }, opts);
  for (const [its, resourceArn] of Object.entries(resources))
    new aws.ram.ResourceAssociation(`${name}-${its}`, { resourceArn, resourceShareArn: share.arn }, opts);
  for (const [its, principal] of Object.entries(principals))
    new aws.ram.PrincipalAssociation(`${name}-${its}`, { principal, resourceShareArn: share.arn }, opts);
}
