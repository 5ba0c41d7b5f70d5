import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { productBoundaryName } from "../identity/product-role";
import { iamArn, type Location } from "../location";
import { deployBoundary } from "./deploy/boundary";
import { type DeployRole, deployPermissions, type PushedImages } from "./deploy-permissions";
import { productBoundary } from "./product-boundary";
import { type TokenIssuer, trustRunners, trustTokens } from "./token-trust";

/** A platform of pipelines, and which of its pipelines may deploy to the account, by their `sub`. */
export interface PipelinePlatform extends TokenIssuer {
  readonly deploy: readonly string[];
}

export interface PipelineRolesArgs {
  readonly at: Location;
  readonly platforms: readonly PipelinePlatform[];
  /** The management account, from which people may take the deploy role. */
  readonly managementAccountId: string;
  /** ARNs of roles that jobs on runners have, where what runs there deploys by that. */
  readonly runnerRoleArns?: readonly string[];
  /** ARNs of roles in other accounts that products need and deploy with; see NamesRole. */
  readonly alsoTakes?: readonly string[];
  /** Twelve digits: whose VPC the products live in, where it is shared with the account. A VPC's ARN names its owner. */
  readonly vpcAccountId?: string;
  /** Other regions that products of the account keep copies in. */
  readonly copyRegions?: readonly string[];
  /** Only where images of products are pushed first. */
  readonly images?: PushedImages;
  readonly deployRoleName: string;
}

/**
 * How pipelines get into an account: they prove who they are by a token, without a stored secret. What they look with is
 * the PreviewRole.
 *
 * The deploy role puts products up, with a policy a theme. It has a boundary, so that no further policy takes it to the
 * platform's network, keys, logs and roles; and a role it makes must carry the product boundary, so that it can not
 * make itself a stronger one.
 *
 * Sources: IAM user guide, "Create a role for OpenID Connect federation", "Permissions boundaries for IAM entities".
 */
export class PipelineRoles extends pulumi.ComponentResource {
  readonly deployRoleArn: string;
  /** Of the platforms; roles that trust their tokens come after them. */
  readonly identityProviders: readonly pulumi.Resource[];

  constructor(name: string, args: PipelineRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:PipelineRoles", name, {}, opts);
    const here = { parent: this };
    const { at, platforms } = args;
    const { accountId } = at;
    this.identityProviders = platforms.map(
      ({ issuer, audience }) =>
        new aws.iam.OpenIdConnectProvider(
          `${name}-${issuer}`,
          { url: `https://${issuer}`, clientIdLists: [audience] },
          here,
        ),
    );

    new aws.iam.Policy(
      `${name}-product-boundary`,
      {
        name: productBoundaryName,
        description: "What no role of a product may go beyond",
        policy: policyDocument(productBoundary(at)),
      },
      here,
    );
    const deploysWith: DeployRole = {
      at,
      deployRoleName: args.deployRoleName,
      ...(args.alsoTakes === undefined ? {} : { alsoTakes: args.alsoTakes }),
      ...(args.vpcAccountId === undefined ? {} : { vpcAccountId: args.vpcAccountId }),
      ...(args.copyRegions === undefined ? {} : { copyRegions: args.copyRegions }),
      ...(args.images === undefined ? {} : { images: args.images }),
    };
    const boundary = new aws.iam.Policy(
      `${name}-deploy-boundary`,
      {
        name: `${args.deployRoleName}-boundary`,
        description: "What the role that products are deployed with may not go beyond",
        policy: policyDocument(deployBoundary(deploysWith)),
      },
      here,
    );
    const deploy = new aws.iam.Role(
      `${name}-deploy`,
      {
        name: args.deployRoleName,
        description: "Products are deployed with this role",
        maxSessionDuration: 3600,
        permissionsBoundary: boundary.arn,
        assumeRolePolicy: policyDocument([
          ...trustTokens(accountId, platforms, platform => platform.deploy),
          ...trustRunners(args.runnerRoleArns ?? []),
          trustOnly("People", args.managementAccountId, {
            StringEquals: { "aws:PrincipalAccount": args.managementAccountId },
          }),
          // Pulumi's provider takes the role also where the pipeline has it already.
          trustOnly("Itself", accountId, {
            ArnEquals: { "aws:PrincipalArn": iamArn(accountId, `role/${args.deployRoleName}`) },
          }),
        ]),
      },
      { ...here, dependsOn: [...this.identityProviders] },
    );
    for (const [theme, statements] of Object.entries(deployPermissions(deploysWith))) {
      const permissions = new aws.iam.Policy(
        `${name}-deploy-${theme}`,
        {
          name: `${args.deployRoleName}-${theme}`,
          description: `What products' stacks are made of: ${theme}`,
          policy: policyDocument(statements),
        },
        here,
      );
      new aws.iam.RolePolicyAttachment(
        `${name}-deploy-${theme}`,
        { role: deploy.name, policyArn: permissions.arn },
        here,
      );
    }

    this.deployRoleArn = iamArn(accountId, `role/${args.deployRoleName}`);
    this.registerOutputs({ deployRoleArn: this.deployRoleArn });
  }
}

const trustOnly = (
  Sid: string,
  accountId: string,
  Condition: NonNullable<Statement["Condition"]>,
): Statement => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS: iamArn(accountId, "root") },
  Action: "sts:AssumeRole",
  Condition,
});
