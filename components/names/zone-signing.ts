import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { iamArn } from "../location";
import type { AlarmTopics } from "../observability/severity";
import { SigningAlarms, signingRegion } from "./signing-alarms";

export interface ZoneSigningArgs {
  /** A public zone. */
  readonly zoneId: pulumi.Input<string>;
  /** For example `dev.example.com`. */
  readonly domainName: string;
  /** The zone's account, twelve digits. */
  readonly accountId: string;
  /** Topics of us-east-1 that hear when the zone can not be signed; see `SigningAlarms`. */
  readonly alarmTopics?: AlarmTopics;
}

/**
 * DNSSEC of a public zone: a KMS key that Route 53 may sign with, a key-signing key of it, the signing, and the alarms
 * that tell when it fails (`SigningAlarms`). Who makes it must be allowed kms:DescribeKey, kms:GetPublicKey and
 * kms:Sign, by IAM, which nobody else should be. Route 53 signs with keys of us-east-1 only, wherever names are used.
 *
 * All but the alarms are protected, because a resolver that has seen the parent's DS record answers nothing of a zone
 * that is no longer signed: take the DS record away, wait until it has expired, and only then unprotect them.
 *
 * The key does not rotate by itself, KMS does not offer that for asymmetric keys. It costs as much as any other.
 *
 * Sources: Route 53 developer guide, "Working with customer managed keys for DNSSEC", "Route 53 customer managed key
 * permissions required for DNSSEC signing", "Disabling DNSSEC signing".
 */
export class ZoneSigning extends pulumi.ComponentResource {
  /** What the parent zone publishes: key tag, algorithm, digest type and digest. Known when the zone is signed. */
  readonly dsRecord: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: ZoneSigningArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ZoneSigning", name, {}, opts);
    const kept = { parent: this, protect: true };
    const key = new aws.kms.Key(
      `${name}-dnssec`,
      {
        description: `Signs ${args.domainName}`,
        customerMasterKeySpec: "ECC_NIST_P256",
        keyUsage: "SIGN_VERIFY",
        deletionWindowInDays: 30,
        policy: policyDocument(keyStatements(args.accountId)),
        region: signingRegion,
      },
      kept,
    );
    const signingKey = new aws.route53.KeySigningKey(
      name,
      // A name of Pulumi's would have hyphens, and Route 53 wants letters, digits and underscores.
      {
        hostedZoneId: args.zoneId,
        keyManagementServiceArn: key.arn,
        name: "landing_zone_1",
        status: "ACTIVE",
      },
      kept,
    );
    const signing = new aws.route53.HostedZoneDnsSec(
      name,
      { hostedZoneId: args.zoneId, signingStatus: "SIGNING" },
      { ...kept, dependsOn: [signingKey] },
    );
    new SigningAlarms(
      name,
      { zoneId: args.zoneId, domainName: args.domainName, topics: args.alarmTopics },
      { parent: this },
    );
    // Published before the zone is signed, it would make the zone unresolvable.
    this.dsRecord = pulumi.all([signingKey.dsRecord, signing.id]).apply(([record]) => record);
    this.keyArn = key.arn;
    this.registerOutputs({ dsRecord: this.dsRecord, keyArn: this.keyArn });
  }
}

function keyStatements(accountId: string): Statement[] {
  const route53 = { Service: "dnssec-route53.amazonaws.com" };
  const account = { AWS: iamArn(accountId, "root") };
  return [
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: account,
      Action: [
        "kms:Describe*",
        "kms:Enable*",
        "kms:List*",
        "kms:Put*",
        "kms:Update*",
        "kms:Disable*",
        "kms:Get*",
        "kms:CreateAlias",
        "kms:DeleteAlias",
        "kms:RevokeGrant",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:ScheduleKeyDeletion",
        "kms:CancelKeyDeletion",
      ],
      Resource: "*",
    },
    {
      // Route 53 takes a key only from someone who may sign with it.
      Sid: "SignAsIamPoliciesSay",
      Effect: "Allow",
      Principal: account,
      Action: "kms:Sign",
      Resource: "*",
    },
    {
      Sid: "Sign",
      Effect: "Allow",
      Principal: route53,
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" },
      },
    },
    {
      Sid: "CreateGrant",
      Effect: "Allow",
      Principal: route53,
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
