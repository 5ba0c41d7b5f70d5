import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";

export interface EncryptionKeyArgs {
  /** The key's alias without `alias/`; policies name the key by it, because its number is not known in advance. */
  readonly alias: string;
  readonly description: string;
  readonly at: Location;
  /** Log groups, by name or pattern, that CloudWatch Logs may encrypt with the key. */
  readonly logGroups?: readonly string[];
  /** Services that may use the key on behalf of this account, for example `sns.amazonaws.com`. */
  readonly services?: readonly string[];
  /**
   * Services that publish to topics which are encrypted with the key, for example `events.amazonaws.com`, by the
   * topic's ARN.
   */
  readonly publishers?: Readonly<Record<string, readonly string[]>>;
  /** The key stays in AWS when its stack is destroyed: something outside of it is encrypted with it. Default false. */
  readonly outlivesStack?: boolean;
  /** Who else may use the key; in a key's policy the resource `*` is the key itself. */
  readonly statements?: readonly Statement[];
}

/**
 * A customer-managed KMS key that rotates yearly, and its alias.
 *
 * The account's administrators may administer it but not use it by that; who uses it is said by the IAM policies of
 * the account's roles (see `useOfKey`). Grants are made by AWS services of its region only, on behalf of who has them
 * keep something encrypted. Sources: KMS developer guide, "Default key policy", "kms:GrantIsForAWSResource",
 * "kms:ViaService"; CloudWatch Logs user guide, "Encrypt log data using KMS"; FSBP control KMS.4.
 */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly alias: string;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:security:EncryptionKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description: args.description,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: policyDocument(keyStatements(args)),
        region: args.at.region,
      },
      {
        parent: this,
        protect: opts?.protect,
        ...(args.outlivesStack === true ? { retainOnDelete: true } : {}),
      },
    );
    new aws.kms.Alias(
      name,
      { name: `alias/${args.alias}`, targetKeyId: key.keyId, region: args.at.region },
      { parent: this },
    );

    this.arn = key.arn;
    this.alias = args.alias;
    this.registerOutputs({ arn: this.arn });
  }
}

const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

function keyStatements({
  at,
  logGroups = [],
  services = [],
  publishers = {},
  statements = [],
}: EncryptionKeyArgs): Statement[] {
  const account = { AWS: iamArn(at.accountId, "root") };
  return [
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: account,
      Action: [
        "kms:CreateAlias",
        "kms:Describe*",
        "kms:Enable*",
        "kms:List*",
        "kms:Put*",
        "kms:Update*",
        "kms:Revoke*",
        "kms:Disable*",
        "kms:Get*",
        "kms:Delete*",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:ScheduleKeyDeletion",
        "kms:CancelKeyDeletion",
        "kms:RotateKeyOnDemand",
        // Source: ECR user guide, "Encryption at rest": who deletes a repository retires its grants.
        "kms:RetireGrant",
      ],
      Resource: "*",
    },
    { Sid: "UseAsIamPoliciesSay", Effect: "Allow", Principal: account, Action: use, Resource: "*" },
    {
      // A grant made directly would let anyone use the key, whatever IAM policies say, and is seen in none of them.
      Sid: "GrantsByServices",
      Effect: "Allow",
      Principal: account,
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: {
        Bool: { "kms:GrantIsForAWSResource": "true" },
        StringLike: { "kms:ViaService": `*.${at.region}.amazonaws.com` },
      },
    },
    ...services.map(
      (service): Statement => ({
        Effect: "Allow",
        Principal: { Service: service },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
      }),
    ),
    // Not all that publish say to KMS on whose behalf they do, but SNS says to which topic. Source: Amazon SNS developer
    // guide, "Enable compatibility between event sources from AWS services and encrypted topics".
    ...Object.entries(publishers).map(
      ([topicArn, services]): Statement => ({
        Effect: "Allow",
        Principal: { Service: services },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topicArn } },
      }),
    ),
    ...(logGroups.length === 0
      ? []
      : [
          {
            Sid: "Logs",
            Effect: "Allow",
            Principal: { Service: `logs.${at.region}.amazonaws.com` },
            Action: use,
            Resource: "*",
            Condition: {
              ArnLike: {
                "kms:EncryptionContext:aws:logs:arn": logGroups.map(group =>
                  arn("logs", at, `log-group:${group}`),
                ),
              },
            },
          } satisfies Statement,
        ]),
    ...statements,
  ];
}

/**
 * Lets a role decrypt and encrypt with a key that is named by its alias, and only through AWS services that are named:
 * `dynamodb` reads a table's items with it on the role's behalf, and the role itself can decrypt nothing.
 *
 * @param through services as in `dynamodb.eu-central-1.amazonaws.com`, without region and domain; none: any, and
 *   the role itself.
 * Sources: KMS developer guide, "Use aliases to control access to KMS keys" and "kms:ViaService".
 */
export const useOfKey = (at: Location, alias: string, through: readonly string[] = []): Statement => ({
  Sid: "Key",
  Effect: "Allow",
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: arn("kms", at, "key/*"),
  Condition: {
    "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${alias}` },
    ...(through.length === 0
      ? {}
      : {
          StringEquals: {
            "kms:ViaService": through.map(service => `${service}.${at.region}.amazonaws.com`),
          },
        }),
  },
});
