import assert from "node:assert/strict";
import { applyRole, planRole } from "../../../stacks/platform-names";
import { Bootstrapped, bucketArn, home, keyArn, templateFor } from "./bootstrapped";

const objects = `${bucketArn}/.pulumi`;
const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const viaS3 = {
  "kms:ViaService": "s3.eu-central-1.amazonaws.com",
  "kms:EncryptionContext:aws:s3:arn": bucketArn,
};
const inContext = (environment: string) => ({ "kms:EncryptionContext:environment": environment });

type Row = readonly [
  role: string,
  allowed: boolean,
  action: string,
  resource: string,
  context?: Readonly<Record<string, string>>,
];

const dev = applyRole("dev");
const int = applyRole("int");
const prod = applyRole("prod");
const shared = applyRole("shared");

/** What the engine asks of the bucket and the key, as it was watched doing it, and what nobody is to ask. */
const rows: readonly Row[] = [
  // The state of a stack of its own: seen, locked, read, written with its backup, kept in the history, unlocked.
  [dev, true, "s3:ListBucket", bucketArn],
  [dev, true, "s3:GetObject", `${objects}/meta.yaml`],
  [dev, false, "s3:PutObject", `${objects}/meta.yaml`],
  [dev, true, "s3:PutObject", `${objects}/locks/organization/landing-zone/orders-service-dev/0a1b.json`],
  [dev, true, "s3:DeleteObject", `${objects}/locks/organization/landing-zone/orders-service-dev/0a1b.json`],
  [dev, true, "s3:GetObject", `${objects}/stacks/landing-zone/orders-service-dev.json`],
  [dev, true, "s3:GetObject", `${objects}/stacks/landing-zone/orders-service-dev.pulumi-tags`],
  [dev, true, "s3:PutObject", `${objects}/stacks/landing-zone/orders-service-dev.json`],
  [dev, true, "s3:PutObject", `${objects}/stacks/landing-zone/orders-service-dev.json.bak`],
  [
    dev,
    true,
    "s3:PutObject",
    `${objects}/history/landing-zone/orders-service-dev/orders-service-dev-1.history.json`,
  ],
  [dev, true, "s3:PutObject", `${objects}/backups/landing-zone/orders-service-dev/orders-service-dev.1.json`],
  [dev, true, "s3:PutObject", `${objects}/journal/landing-zone/orders-service-dev/1`],
  [dev, true, "s3:PutObject", `${objects}/stacks/landing-zone/baseline-payments-dev.json`],
  [dev, true, "s3:PutObject", `${objects}/stacks/landing-zone/delivery-dev.json`],
  [dev, true, "s3:PutObject", `${objects}/stacks/landing-zone/new-persistent-dev.json`],
  // What its stacks read, and no more than read.
  [dev, true, "s3:GetObject", `${objects}/stacks/landing-zone/network.json`],
  [dev, false, "s3:PutObject", `${objects}/stacks/landing-zone/network.json`],
  [dev, false, "s3:PutObject", `${objects}/locks/organization/landing-zone/network/0a1b.json`],
  [dev, false, "s3:GetObject", `${objects}/history/landing-zone/network/network-1.checkpoint.json`],
  [dev, false, "s3:GetObject", `${objects}/stacks/landing-zone/organization.json`],
  [dev, false, "s3:GetObject", `${objects}/stacks/landing-zone/security.json`],
  // Other environments.
  ...["orders-persistent", "payments-service", "baseline", "delivery"].flatMap((stack): Row[] =>
    ["int", "prod"].flatMap((other): Row[] => [
      [dev, false, "s3:GetObject", `${objects}/stacks/landing-zone/${stack}-${other}.json`],
      [dev, false, "s3:PutObject", `${objects}/stacks/landing-zone/${stack}-${other}.json`],
      [dev, false, "s3:PutObject", `${objects}/locks/organization/landing-zone/${stack}-${other}/1.json`],
    ]),
  ),
  [prod, false, "s3:GetObject", `${objects}/stacks/landing-zone/orders-persistent-dev.json`],
  [prod, true, "s3:PutObject", `${objects}/stacks/landing-zone/orders-persistent-prod.json`],
  [int, false, "s3:GetObject", `${objects}/stacks/landing-zone/orders-persistent-prod.json`],
  [shared, true, "s3:PutObject", `${objects}/stacks/landing-zone/organization.json`],
  [shared, true, "s3:PutObject", `${objects}/stacks/landing-zone/baseline-sandbox.json`],
  [shared, true, "s3:PutObject", `${objects}/meta.yaml`],
  [shared, false, "s3:GetObject", `${objects}/stacks/landing-zone/baseline-prod.json`],
  // Previews read all and write nothing.
  [planRole, true, "s3:GetObject", `${objects}/stacks/landing-zone/orders-persistent-prod.json`],
  [planRole, true, "s3:GetObject", `${objects}/history/landing-zone/network/network-1.history.json`],
  [planRole, false, "s3:PutObject", `${objects}/stacks/landing-zone/orders-persistent-dev.json`],
  [planRole, false, "s3:PutObject", `${objects}/locks/organization/landing-zone/network/1.json`],
  [planRole, false, "s3:DeleteObject", `${objects}/stacks/landing-zone/network.json`],
  // Nobody loses or opens the state.
  ...[planRole, dev, prod, shared].flatMap((name): Row[] =>
    [
      "s3:DeleteBucket",
      "s3:PutBucketPolicy",
      "s3:PutBucketVersioning",
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
      "s3:PutBucketPublicAccessBlock",
    ].map((action): Row => [name, false, action, bucketArn]),
  ),
  [shared, false, "s3:DeleteObjectVersion", `${objects}/stacks/landing-zone/network.json`],
  [dev, false, "s3:GetObject", `${objects}/meta.yaml`, { "aws:SecureTransport": "false" }],
  [dev, false, "s3:GetObject", `${objects}/meta.yaml`, { "s3:TlsVersion": "1.1" }],
  [
    dev,
    false,
    "s3:PutObject",
    `${objects}/stacks/landing-zone/delivery-dev.json`,
    { "s3:x-amz-server-side-encryption": "AES256" },
  ],
  // Objects are encrypted by S3, in the bucket's context, and secrets by the engine, in the environment's.
  [dev, true, "kms:GenerateDataKey", keyArn, viaS3],
  [dev, true, "kms:Decrypt", keyArn, viaS3],
  [dev, false, "kms:Decrypt", keyArn, { ...viaS3, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::other" }],
  [dev, false, "kms:Decrypt", keyArn],
  [dev, true, "kms:Encrypt", keyArn, inContext("dev")],
  [dev, true, "kms:Decrypt", keyArn, inContext("dev")],
  [dev, true, "kms:Decrypt", keyArn, inContext("shared")],
  [dev, false, "kms:Encrypt", keyArn, inContext("shared")],
  ...(["int", "prod"] as const).flatMap((other): Row[] => [
    [dev, false, "kms:Decrypt", keyArn, inContext(other)],
    [dev, false, "kms:Encrypt", keyArn, inContext(other)],
  ]),
  [prod, false, "kms:Decrypt", keyArn, inContext("dev")],
  [shared, false, "kms:Decrypt", keyArn, inContext("prod")],
  [planRole, true, "kms:Decrypt", keyArn, inContext("prod")],
  [planRole, false, "kms:Encrypt", keyArn, inContext("dev")],
  [planRole, true, "kms:Decrypt", keyArn, viaS3],
  [planRole, false, "kms:GenerateDataKey", keyArn, viaS3],
  ...[planRole, dev, prod, shared].flatMap((name): Row[] =>
    ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy", "kms:CreateGrant"].map(
      (action): Row => [name, false, action, keyArn, { "aws:ResourceTag/managed-by": "cloudformation" }],
    ),
  ),
  // Roles: those that its stacks' providers take, and no other.
  [dev, true, "sts:AssumeRole", role("555566667777", "landing-zone-deploy")],
  [dev, true, "sts:AssumeRole", role("888899990000", "landing-zone-links")],
  [dev, true, "sts:AssumeRole", role("555566667777", "landing-zone-names")],
  // In the network account its own part of the hub.
  [dev, true, "sts:AssumeRole", role("444455556666", "landing-zone-hub-dev")],
  [int, true, "sts:AssumeRole", role("444455556666", "landing-zone-hub-int")],
  [prod, true, "sts:AssumeRole", role("444455556666", "landing-zone-hub-prod")],
  [shared, true, "sts:AssumeRole", role("444455556666", "OrganizationAccountAccessRole")],
  ...[dev, int, prod].flatMap((name): Row[] =>
    ["landing-zone-hub-dev", "landing-zone-hub-int", "landing-zone-hub-prod", "OrganizationAccountAccessRole"]
      .filter(hub => hub !== name.replace("-apply-", "-hub-"))
      .map((hub): Row => [name, false, "sts:AssumeRole", role("444455556666", hub)]),
  ),
  [shared, false, "sts:AssumeRole", role("444455556666", "landing-zone-hub-prod")],
  [dev, false, "sts:AssumeRole", role("555566667777", "landing-zone-preview")],
  [dev, false, "sts:AssumeRole", role("555566667777", "someone-elses")],
  [dev, false, "sts:AssumeRole", role("222233334444", "OrganizationAccountAccessRole")],
  ...["777788889999", "123456789012", "666677778888", "999900001111"].flatMap((account): Row[] =>
    ["landing-zone-deploy", "landing-zone-names", "OrganizationAccountAccessRole"].map(
      (name): Row => [dev, false, "sts:AssumeRole", role(account, name)],
    ),
  ),
  [
    dev,
    false,
    "sts:AssumeRole",
    role("555566667777", "landing-zone-deploy"),
    { "aws:ResourceOrgID": "o-anotherorgid" },
  ],
  [prod, true, "sts:AssumeRole", role("777788889999", "landing-zone-deploy")],
  [prod, false, "sts:AssumeRole", role("555566667777", "landing-zone-deploy")],
  [shared, true, "sts:AssumeRole", role("222233334444", "OrganizationAccountAccessRole")],
  [shared, true, "sts:AssumeRole", role("555555555555", "OrganizationAccountAccessRole")],
  [shared, false, "sts:AssumeRole", role("777788889999", "OrganizationAccountAccessRole")],
  [planRole, true, "sts:AssumeRole", role("777788889999", "landing-zone-preview")],
  [planRole, true, "sts:AssumeRole", role("222233334444", "landing-zone-preview")],
  [planRole, false, "sts:AssumeRole", role("777788889999", "landing-zone-deploy")],
  [planRole, false, "sts:AssumeRole", role("555566667777", "OrganizationAccountAccessRole")],
  // What is shared is made in the management account itself.
  [shared, true, "organizations:CreateAccount", "*"],
  [shared, true, "organizations:AttachPolicy", "*"],
  [shared, true, "sso:CreateAccountAssignment", "*"],
  [shared, true, "budgets:ModifyBudget", `arn:aws:budgets::${home}:budget/dev`],
  [shared, true, "cloudtrail:UpdateTrail", `arn:aws:cloudtrail:eu-central-1:${home}:trail/landing-zone`],
  [
    shared,
    true,
    "iam:CreateServiceLinkedRole",
    role(home, "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"),
  ],
  [
    shared,
    true,
    "iam:CreateRole",
    role(home, "aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_billing_0123456789abcdef"),
  ],
  [shared, true, "kms:CreateKey", "*", { "aws:RequestTag/managed-by": "pulumi" }],
  [shared, false, "kms:CreateKey", "*"],
  [
    shared,
    true,
    "kms:PutKeyPolicy",
    `arn:aws:kms:eu-central-1:${home}:key/0000`,
    { "aws:ResourceTag/managed-by": "pulumi" },
  ],
  [shared, true, "s3:PutAccountPublicAccessBlock", "*"],
  [shared, true, "ec2:EnableEbsEncryptionByDefault", "*"],
  ...[
    ["organizations:CloseAccount", "*"],
    ["organizations:LeaveOrganization", "*"],
    ["organizations:DeleteOrganization", "*"],
    ["organizations:RemoveAccountFromOrganization", "*"],
    ["cloudtrail:StopLogging", `arn:aws:cloudtrail:eu-central-1:${home}:trail/landing-zone`],
    ["cloudtrail:DeleteTrail", `arn:aws:cloudtrail:eu-central-1:${home}:trail/landing-zone`],
    ["config:StopConfigurationRecorder", "*"],
    ["iam:CreateUser", `arn:aws:iam::${home}:user/somebody`],
    ["iam:CreateAccessKey", `arn:aws:iam::${home}:user/somebody`],
    ["iam:CreateRole", role(home, "somebody")],
    ["iam:AttachRolePolicy", role(home, shared)],
    ["iam:PutRolePolicy", role(home, dev)],
    ["iam:UpdateAssumeRolePolicy", role(home, prod)],
    ["iam:DeleteRolePermissionsBoundary", role(home, shared)],
    ["iam:CreatePolicyVersion", `arn:aws:iam::${home}:policy/landing-zone-apply-boundary`],
    ["iam:PassRole", role(home, "somebody")],
    ["cloudformation:UpdateStack", `arn:aws:cloudformation:eu-central-1:${home}:stack/landing-zone-state/1`],
    ["ec2:RunInstances", "*"],
    ["lambda:CreateFunction", "*"],
    ["s3:GetObject", "arn:aws:s3:::somebodys/object"],
  ].map(([action = "", resource = ""]): Row => [shared, false, action, resource]),
  // The roles of environments do nothing else here at all.
  ...[
    "organizations:CreateAccount",
    "iam:CreateUser",
    "ec2:RunInstances",
    "s3:PutAccountPublicAccessBlock",
  ].flatMap((action): Row[] => [dev, int, prod, planRole].map((name): Row => [name, false, action, "*"])),
];

describe("roles of the bootstrap", function () {
  this.timeout(120_000);
  let made: Bootstrapped;
  before(async () => {
    made = new Bootstrapped(await templateFor());
  });

  for (const [name, allowed, action, resource, context] of rows)
    it(`${name} may ${allowed ? "" : "not "}${action} ${resource.replace(bucketArn, "STATE").replace(keyArn, "KEY")}${context === undefined ? "" : ` with ${Object.values(context).join(", ")}`}`, () => {
      const { outcome, reason } = made.decide(name, action, resource, context);
      assert.equal(outcome, allowed ? "allowed" : "denied", reason);
    });
});
