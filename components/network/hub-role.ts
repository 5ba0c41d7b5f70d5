import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { iamArn, type Location } from "../location";
import { type HubPermissions, hubStatements } from "./hub-permissions";

export interface HubRoleArgs extends HubPermissions {
  /** The hub's account and region. */
  readonly at: Location;
  readonly roleName: string;
  readonly trusted: {
    readonly managementAccountId: string;
    /** The role of the management account that deploys the environment. */
    readonly pipelineRoleName: string;
    /** Roles of the management account that never take it, whatever they are allowed: other environments' pipelines. */
    readonly refusedRoleNames: readonly string[];
  };
}

/**
 * What an environment's accounts are joined to the hub with: the environment's own part of it, and nothing of another
 * environment's; see `HubPermissions` for what that is. It is taken from the management account only, by the
 * environment's pipelines and by people; no service takes it, so nobody's deputy can be confused.
 *
 * Sources: VPC Transit Gateways guide, "Identity and access management in Amazon VPC Transit Gateways"; Route 53
 * developer guide, "Using IAM policy conditions for fine-grained access control"; CloudWatch user guide, "Link
 * monitoring accounts with source accounts".
 *
 * @throws {Error} where the permissions are refused, see `hubStatements`; where the pipelines' role is refused itself.
 */
export class HubRole extends pulumi.ComponentResource {
  /** Known beforehand. */
  readonly arn: string;

  constructor(name: string, args: HubRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:HubRole", name, {}, opts);
    const { at, roleName, environment } = args;
    const { managementAccountId, pipelineRoleName, refusedRoleNames } = args.trusted;
    if (refusedRoleNames.includes(pipelineRoleName))
      throw new Error(
        `trusted.refusedRoleNames holds ${pipelineRoleName}, which is trusted.pipelineRoleName`,
      );
    const here = { parent: this };
    const inManagement = (role: string) => iamArn(managementAccountId, `role/${role}`);
    const role = new aws.iam.Role(
      name,
      {
        name: roleName,
        description: `Accounts of ${environment} are joined to the hub with this role`,
        maxSessionDuration: 3600,
        assumeRolePolicy: policyDocument([
          {
            Sid: "Pipelines",
            Effect: "Allow",
            Principal: { AWS: iamArn(managementAccountId, "root") },
            Action: "sts:AssumeRole",
            Condition: { ArnEquals: { "aws:PrincipalArn": inManagement(pipelineRoleName) } },
          },
          {
            Sid: "People",
            Effect: "Allow",
            Principal: { AWS: iamArn(managementAccountId, "root") },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:PrincipalAccount": managementAccountId },
              ...(refusedRoleNames.length === 0
                ? {}
                : { ArnNotEquals: { "aws:PrincipalArn": refusedRoleNames.map(inManagement) } }),
            },
          },
        ]),
      },
      here,
    );
    new aws.iam.RolePolicy(
      name,
      { name: "hub", role: role.name, policy: policyDocument(hubStatements(at, args)) },
      here,
    );
    this.arn = iamArn(at.accountId, `role/${roleName}`);
    this.registerOutputs({ arn: this.arn });
  }
}
