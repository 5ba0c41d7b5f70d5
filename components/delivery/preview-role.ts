import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { iamArn, type Location } from "../location";

export interface PreviewRoleArgs {
  readonly at: Location;
  /** The host that issues the pipeline's tokens, for example `gitlab.example.com`. */
  readonly issuer: string;
  /** What the token is for, its `aud`. */
  readonly audience: string;
  /** Which pipelines, by their `sub`; `*` and `?` are wildcards. */
  readonly subjects: readonly string[];
}

/**
 * The role that pipelines preview with: they prove who they are by a token, without a stored secret, and may look at
 * the account's configuration but neither change it nor read data.
 *
 * Source: IAM user guide, "Create a role for OpenID Connect federation"; AWS managed policies SecurityAudit and
 * ViewOnlyAccess.
 */
export class PreviewRole extends pulumi.ComponentResource {
  readonly arn: string;

  constructor(name: string, args: PreviewRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:PreviewRole", name, {}, opts);
    const here = { parent: this };
    const { accountId } = args.at;
    const roleName = "landing-zone-preview";
    const pipelines = new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${args.issuer}`, clientIdLists: [args.audience] },
      here,
    );
    const role = new aws.iam.Role(
      name,
      {
        name: roleName,
        description: "Pipelines preview the landing zone with this role",
        maxSessionDuration: 3600,
        assumeRolePolicy: policyDocument([
          {
            Effect: "Allow",
            Principal: { Federated: iamArn(accountId, `oidc-provider/${args.issuer}`) },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
              StringEquals: { [`${args.issuer}:aud`]: args.audience },
              StringLike: { [`${args.issuer}:sub`]: args.subjects },
            },
          },
        ]),
      },
      { ...here, dependsOn: [pipelines] },
    );
    for (const managed of ["SecurityAudit", "job-function/ViewOnlyAccess"])
      new aws.iam.RolePolicyAttachment(
        `${name}-${managed.split("/").at(-1)}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${managed}` },
        here,
      );
    this.arn = iamArn(accountId, `role/${roleName}`);
    this.registerOutputs({ arn: this.arn });
  }
}
