import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DeployTrust, trustDeployers } from "../identity/deploy-trust";
import { policyDocument } from "../identity/policy-document";
import { iamArn, type Location } from "../location";

export interface NamesRoleArgs extends DeployTrust {
  readonly at: Location;
  readonly roleName: string;
  /** The domain below which names may be given. */
  readonly domainName: string;
}

/**
 * The role by which products of other accounts give their names in this account's zone: it may write addresses below
 * one domain, and nothing else. A deploy role of this account could do far more. Accounts that give names below
 * different domains have a role each.
 *
 * Source: Route 53 developer guide, "Using IAM policy conditions for fine-grained access control".
 */
export class NamesRole extends pulumi.ComponentResource {
  readonly arn: string;

  constructor(name: string, args: NamesRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:NamesRole", name, {}, opts);
    const here = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: `Products of other accounts give names below ${args.domainName} with this role`,
        maxSessionDuration: 3600,
        assumeRolePolicy: policyDocument(trustDeployers(args)),
      },
      here,
    );
    new aws.iam.RolePolicy(
      name,
      {
        name: "names",
        role: role.name,
        policy: policyDocument([
          {
            Sid: "GiveNames",
            Effect: "Allow",
            Action: "route53:ChangeResourceRecordSets",
            Resource: "arn:aws:route53:::hostedzone/*",
            Condition: {
              "ForAllValues:StringLike": {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": `*.${args.domainName}`,
              },
              "ForAllValues:StringEquals": {
                "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA"],
              },
              // Without values, "all of them" would hold.
              Null: {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": "false",
                "route53:ChangeResourceRecordSetsRecordTypes": "false",
              },
            },
          },
          {
            Sid: "See",
            Effect: "Allow",
            Action: ["route53:GetChange", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
            Resource: "*",
          },
        ]),
      },
      here,
    );
    this.arn = iamArn(args.at.accountId, `role/${args.roleName}`);
    this.registerOutputs({ arn: this.arn });
  }
}
