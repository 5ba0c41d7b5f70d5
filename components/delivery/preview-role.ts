import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { iamArn } from "../location";
import { dataStaysUnread, furtherConfiguration } from "./preview/looking";
import { type TokenIssuer, trustTokens } from "./token-trust";

/** A platform of pipelines, and which of its pipelines may look, by their `sub`; `*` and `?` are wildcards. */
export interface PreviewPlatform extends TokenIssuer {
  readonly preview: readonly string[];
}

export interface PreviewRoleArgs {
  /** Twelve digits: the account that is looked at. */
  readonly accountId: string;
  readonly roleName: string;
  /** Where a role of the same organization may look from. */
  readonly managementAccountId: string;
  /** That role's name: the one that merge requests are planned with. */
  readonly planRoleName: string;
  /** Only in an account that has the platforms' identity providers; default: none. */
  readonly platforms?: readonly PreviewPlatform[];
  /** What there must be first: the identity providers. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Who may look at an account's configuration, and can neither change it nor read data: previews of merge requests, and
 * the search for drift. `pulumi refresh` of everything that the landing zone is made of works with it.
 *
 * AWS's own policies SecurityAudit and ViewOnlyAccess hold most of what that takes; an inline policy adds the rest
 * (furtherConfiguration), and refuses what is data whatever AWS may add to its own (dataStaysUnread).
 *
 * Refused: an account that looks at itself from outside, that is the management account.
 * Sources: IAM user guide, "Create a role for OpenID Connect federation"; AWS managed policy reference, SecurityAudit
 * and ViewOnlyAccess.
 */
export class PreviewRole extends pulumi.ComponentResource {
  readonly arn: string;

  constructor(name: string, args: PreviewRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:PreviewRole", name, {}, opts);
    const { accountId, managementAccountId, planRoleName, platforms = [], after = [] } = args;
    if (accountId === managementAccountId)
      throw new Error(
        `accountId is ${accountId}, the management account: there the role ${planRoleName} itself looks`,
      );
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: "Previews and the search for drift look at the account with this role",
        maxSessionDuration: 3600,
        assumeRolePolicy: policyDocument([
          ...trustTokens(accountId, platforms, platform => platform.preview),
          trustRole(managementAccountId, planRoleName),
        ]),
      },
      { parent: this, dependsOn: [...after] },
    );
    for (const managed of ["SecurityAudit", "job-function/ViewOnlyAccess"])
      new aws.iam.RolePolicyAttachment(
        `${name}-${managed.split("/").at(-1)}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${managed}` },
        { parent: this },
      );
    new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        name: "looking",
        policy: policyDocument([...furtherConfiguration(accountId), ...dataStaysUnread()]),
      },
      { parent: this },
    );
    this.arn = iamArn(accountId, `role/${args.roleName}`);
    this.registerOutputs({ arn: this.arn });
  }
}

/** Named as who calls and not as the principal, which IAM would refuse while there is no such role. */
const trustRole = (accountId: string, roleName: string): Statement => ({
  Sid: "Plans",
  Effect: "Allow",
  Principal: { AWS: iamArn(accountId, "root") },
  Action: "sts:AssumeRole",
  Condition: { ArnEquals: { "aws:PrincipalArn": iamArn(accountId, `role/${roleName}`) } },
});
