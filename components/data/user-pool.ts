import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Keeping } from "./keeping";
import { toldParameters } from "./told-parameters";
import { userPoolParameter, userPoolTag } from "./user-pool-access";
import { UserPoolClient, type UserPoolClientChoices } from "./user-pool-client";
import { UserPoolPages, type UserPoolPagesChoices } from "./user-pool-pages";
import { checkUserPool } from "./user-pool-rules";

export interface UserPoolArgs extends Keeping {
  readonly userPoolName: string;
  /** Names that users sign in with; default `email`. It can not be changed later. */
  readonly signInWith?: "email" | "username";
  /** Default `required`: a code of an authenticator application after the password. */
  readonly mfa?: "required" | "optional";
  /**
   * What is paid for: PLUS looks for stolen passwords and unusual sign-ins, and turns them away; default
   * ESSENTIALS. With LITE the pool's pages are the classic ones, old passwords may be used again, and refresh
   * tokens too.
   */
  readonly plan?: "LITE" | "ESSENTIALS" | "PLUS";
  /** With PLUS: what is found is only noted, to begin with; default: turned away. */
  readonly threats?: "noted" | "refused";
  /** Why anybody may make an account, in 20 characters or more. Absent: administrators make them. */
  readonly selfSignUp?: string;
  /** 12 to 99 characters; default 14. */
  readonly passwordLength?: number;
  /** An identity of SES that its messages come from; absent: Cognito's own, which sends 50 a day. */
  readonly mail?: { readonly identityArn: string; readonly from: string };
  /**
   * APIs that its tokens can be for, and their scopes with what each lets one do: `{ orders: { read: "..." }
   * }`.
   */
  readonly apis?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The pages where users sign in; needed by clients with callbacks. */
  readonly pages?: UserPoolPagesChoices;
  /** By name: small letters, digits and `-`. */
  readonly clients: Readonly<Record<string, UserPoolClientChoices>>;
}

/**
 * A Cognito user pool: users with long passwords and a second factor, who are made by administrators unless
 * it is said why they make themselves. Accounts are recovered by a code to a verified address of mail. What
 * it is called and by whom it is called is kept in parameters, `/<userPoolName>/...`.
 *
 * It can not be backed up: with `deletionProtection` AWS refuses to delete it, and Pulumi lets go of it
 * rather than delete it. Cognito encrypts it with a key of AWS's: the provider knows no other yet. Nor does
 * it write to log groups that are encrypted with a key of the company's, so it has none: CloudTrail knows who
 * signed in. It is spread over zones by itself; `multiZone` changes nothing.
 *
 * Refused: clients with callbacks without pages; scopes of no API; threats without PLUS; a reason of fewer
 * than 20 characters; a password's length out of bounds; names that Cognito does not take.
 * Sources: Amazon Cognito developer guide, "Security best practices for Amazon Cognito user pools", "User
 * pool feature plans", "User pool deletion protection"; FSBP controls Cognito.1 to Cognito.6; NIST SP
 * 800-63B.
 */
export class UserPool extends pulumi.ComponentResource {
  readonly userPoolName: string;
  readonly userPoolId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** What its tokens say that they are from. */
  readonly issuer: pulumi.Output<string>;
  /** By the clients' names. */
  readonly clientIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: UserPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:UserPool", name, {}, opts);
    checkUserPool(args);
    const here = { parent: this };
    const { at, userPoolName, plan = "ESSENTIALS", alarmTopics, keyArn } = args;

    const pool = new aws.cognito.UserPool(name, settings(args), {
      ...here,
      protect: opts?.protect,
      retainOnDelete: args.deletionProtection,
    });
    const scopes = Object.entries(args.apis ?? {}).map(
      ([identifier, scopes]) =>
        new aws.cognito.ResourceServer(
          `${name}-${identifier}`,
          {
            userPoolId: pool.id,
            identifier,
            name: identifier,
            scopes: Object.entries(scopes).map(([scopeName, scopeDescription]) => ({
              scopeName,
              scopeDescription,
            })),
          },
          here,
        ),
    );
    const clients = Object.entries(args.clients).map(([clientName, choices]) => {
      const client = new UserPoolClient(
        `${name}-${clientName}`,
        {
          ...choices,
          clientName,
          userPoolName,
          userPoolId: pool.id,
          keyArn,
          alarmTopics,
          rotates: plan !== "LITE",
          after: scopes,
        },
        here,
      );
      return [clientName, client.clientId] as const;
    });
    this.clientIds = Object.fromEntries(clients);
    if (args.pages !== undefined)
      new UserPoolPages(
        name,
        {
          ...args.pages,
          userPoolId: pool.id,
          // Pages of the newer kind are empty for a client without a style.
          styled: plan === "LITE" ? {} : this.clientIds,
        },
        here,
      );
    this.userPoolName = userPoolName;
    this.userPoolId = pool.id;
    this.arn = pool.arn;
    this.issuer = pulumi.interpolate`https://cognito-idp.${at.region}.amazonaws.com/${pool.id}`;
    toldParameters(this, name, {
      id: [userPoolParameter(userPoolName, "id"), this.userPoolId],
      issuer: [userPoolParameter(userPoolName, "issuer"), this.issuer],
    });
    this.registerOutputs({ userPoolId: this.userPoolId, arn: this.arn });
  }
}

function settings(args: UserPoolArgs): aws.cognito.UserPoolArgs {
  const { plan = "ESSENTIALS", signInWith = "email", mail, selfSignUp, threats = "refused" } = args;
  return {
    name: args.userPoolName,
    userPoolTier: plan,
    deletionProtection: args.deletionProtection ? "ACTIVE" : "INACTIVE",
    ...(signInWith === "email" ? { usernameAttributes: ["email"] } : {}),
    usernameConfiguration: { caseSensitive: false },
    autoVerifiedAttributes: ["email"],
    // A new address counts when its owner has shown that it is his.
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
    passwordPolicy: {
      minimumLength: args.passwordLength ?? 14,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: 1,
      ...(plan === "LITE" ? {} : { passwordHistorySize: 24 }),
    },
    mfaConfiguration: args.mfa === "optional" ? "OPTIONAL" : "ON",
    softwareTokenMfaConfiguration: { enabled: true },
    accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
    adminCreateUserConfig: { allowAdminCreateUserOnly: selfSignUp === undefined },
    emailConfiguration:
      mail === undefined
        ? { emailSendingAccount: "COGNITO_DEFAULT" }
        : { emailSendingAccount: "DEVELOPER", sourceArn: mail.identityArn, fromEmailAddress: mail.from },
    ...(plan === "PLUS"
      ? { userPoolAddOns: { advancedSecurityMode: threats === "noted" ? "AUDIT" : "ENFORCED" } }
      : {}),
    tags: {
      [userPoolTag]: args.userPoolName,
      ...(selfSignUp === undefined ? {} : { "allow-public": selfSignUp }),
    },
  };
}
