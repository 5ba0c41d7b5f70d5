import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import type { Keeping } from "./keeping";

export interface SecretArgs extends Keeping {
  /** 1 to 512 letters, digits or /_+=.@-, not ending in a hyphen and six more: `orders/psp-key`, not `orders-stripe`. */
  readonly secretName: string;
  /** What it opens, who gives it out, and what its value looks like: who has to renew it reads this. */
  readonly description: string;
  /**
   * A Lambda function of this account that makes a new value and has it accepted; its policy must let
   * `secretsmanager.amazonaws.com` call it. Only for a secret that has a value: say it in a release after the first.
   */
  readonly rotation?: { readonly lambdaArn: string; readonly everyDays: number };
}

/**
 * A secret in Secrets Manager, encrypted with the product's key, without its value: that is known to neither this
 * program nor its state. Who may puts it there, and anew when it is renewed:
 *
 *     aws secretsmanager put-secret-value --secret-id <secretName> --secret-string file://value.txt
 *
 * Until then whoever reads it is refused: ResourceNotFoundException, no version with the label AWSCURRENT.
 *
 * A deleted secret can be brought back for 30 days with `deletionProtection`, else for 7, and until then its name is
 * taken. Nobody outside the account reads it, whatever anyone's policies say. There is no alarm: Secrets Manager has no
 * metric about a secret; a rotation that failed is found by the controls below.
 *
 * Refused: a name that Secrets Manager refuses, or can not tell from an ARN's end; no description; a function that is
 * none; days that are no whole number from 1 to 1,000.
 * Sources: Secrets Manager user guide, "Resource-based policies", "Rotate AWS Secrets Manager secrets",
 * "Troubleshooting"; API reference, "CreateSecret", "RotationRulesType"; FSBP controls SecretsManager.1 to .4.
 */
export class Secret extends pulumi.ComponentResource {
  readonly secretName: string;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: SecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Secret", name, {}, opts);
    requireSound(args);
    const { at, secretName, rotation } = args;
    const here = { parent: this };
    this.secretName = secretName;
    const secret = new aws.secretsmanager.Secret(
      name,
      {
        name: secretName,
        description: args.description,
        kmsKeyId: args.keyArn,
        recoveryWindowInDays: args.deletionProtection ? 30 : 7,
      },
      here,
    );
    this.arn = secret.arn;
    new aws.secretsmanager.SecretPolicy(
      name,
      {
        secretArn: secret.arn,
        blockPublicPolicy: true,
        policy: policyDocument([
          // In a secret's policy, and only there, * means the secret that carries it.
          denyWithoutTls("secretsmanager:*", ["*"]),
          onlyOwnAccount(at.accountId),
        ]),
      },
      here,
    );
    if (rotation !== undefined)
      new aws.secretsmanager.SecretRotation(
        name,
        {
          secretId: secret.id,
          rotationLambdaArn: rotation.lambdaArn,
          rotationRules: { automaticallyAfterDays: rotation.everyDays },
          // A release renews no secret; its time does.
          rotateImmediately: false,
        },
        here,
      );
    this.registerOutputs({ arn: this.arn });
  }
}

/** AWS's services have no account; each of them acts by the rights that it is given elsewhere. */
const onlyOwnAccount = (accountId: string): Statement => ({
  Sid: "OnlyOwnAccount",
  Effect: "Deny",
  Principal: "*",
  Action: "secretsmanager:*",
  Resource: "*",
  Condition: {
    StringNotEquals: { "aws:PrincipalAccount": accountId },
    Bool: { "aws:PrincipalIsAWSService": "false" },
  },
});

function requireSound({ secretName, description, rotation }: SecretArgs): void {
  if (!/^[\w/+=.@-]{1,512}$/.test(secretName))
    throw new Error(`secretName is ${secretName}; it must be 1 to 512 letters, digits or /_+=.@-`);
  if (/-.{6}$/.test(secretName))
    throw new Error(
      `secretName is ${secretName}, which ends in a hyphen and six characters, as the ARN of a secret does, and Secrets Manager would take them for that: ${secretName.replace(/-(.{6})$/, "/$1")} would do`,
    );
  if (description.trim() === "")
    throw new Error("description is empty; who has to renew the secret must know what it is");
  if (rotation === undefined) return;
  if (!/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+$/.test(rotation.lambdaArn))
    throw new Error(
      `rotation.lambdaArn is ${rotation.lambdaArn}; it must be the ARN of a function without a version`,
    );
  const { everyDays } = rotation;
  if (!Number.isInteger(everyDays) || everyDays < 1 || everyDays > 1_000)
    throw new Error(
      `rotation.everyDays is ${everyDays}; it must be a whole number from 1 to 1,000 (FSBP SecretsManager.4: at most 90)`,
    );
}
