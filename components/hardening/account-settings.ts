import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";

export interface AccountSettingsArgs {
  /** The settings belong to no region. */
  readonly at: Pick<Location, "accountId">;
}

/**
 * What holds for an account as a whole; a stack makes it once an account.
 *
 * - No bucket is public, whatever its own policy, its ACLs or its own access block say. What is to be public goes
 *   through CloudFront.
 * - Passwords of IAM users are long, mixed, not used again and renewed. The landing zone makes no users; this holds
 *   for one that somebody makes past it, be it in an emergency. `hardExpiry` is off: with it a user whose password
 *   has run out needs an administrator to get in, and the user for emergencies has none left to ask.
 * - Tokens of the global STS endpoint are of version 2, which all regions accept, also those an account has to opt
 *   in to. They are longer: a program that keeps tokens in a field of fixed length may cut them.
 *
 * Sources: FSBP controls S3.1 and IAM.7; CIS AWS Foundations Benchmark 5.0, on the length and reuse of passwords; IAM
 * user guide, "Managing AWS STS in an AWS Region" and "Set an account password policy for IAM users".
 */
export class AccountSettings extends pulumi.ComponentResource {
  constructor(name: string, args: AccountSettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:hardening:AccountSettings", name, {}, opts);
    const here = { parent: this };
    new aws.s3.AccountPublicAccessBlock(
      name,
      {
        accountId: args.at.accountId,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      here,
    );
    new aws.iam.AccountPasswordPolicy(
      name,
      {
        minimumPasswordLength: 14,
        requireLowercaseCharacters: true,
        requireUppercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: true,
        passwordReusePrevention: 24,
        maxPasswordAge: 90,
        hardExpiry: false,
        allowUsersToChangePassword: true,
      },
      here,
    );
    new aws.iam.SecurityTokenServicePreferences(name, { globalEndpointTokenVersion: "v2Token" }, here);
    this.registerOutputs({});
  }
}
