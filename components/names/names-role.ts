import * as pulumi from "@pulumi/pulumi";
import { type DeployersRoleArgs, deployersRole } from "../identity/deployers-role";

export interface NamesRoleArgs extends DeployersRoleArgs {
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
    this.arn = deployersRole(this, name, args, {
      description: `Products of other accounts give names below ${args.domainName} with this role`,
      policyName: "names",
      statements: [
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
      ],
    });
    this.registerOutputs({ arn: this.arn });
  }
}
