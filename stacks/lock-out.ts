/**
 * No guardrail may lock out who puts guardrails up and repairs them. Every plan of the organization asks, for every
 * account and each of these roles, whether it may still do what its work is made of.
 */
import { iamArn } from "../components/location";
import type { Caller } from "../iam/request";
import { breakGlass, DescriptionError, type Fault, hasStacks, type LandingZone } from "./description";
import { GuardrailVerdicts } from "./guardrail-verdict";
import { guardrailPolicies, levelsOf, type PackedPolicy } from "./guardrails";
import { openAccounts } from "./organization-tree";
import { deployRole } from "./platform-names";
import { accountIdOf } from "./providers";

/** What the work of a role is made of: an action, and what it acts on. */
type Task = readonly [action: string, resource: (accountId: string, region: string) => string];

const anything = () => "*";
const inAccount = (service: string, resource: string) => (accountId: string, region: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
const role = (name: string) => (accountId: string) => iamArn(accountId, `role/${name}`);

/** To put up a baseline, and to undo a guardrail's or a person's mistake. */
const platformTasks: readonly Task[] = [
  ["iam:CreateRole", role("landing-zone-deploy")],
  ["iam:UpdateAssumeRolePolicy", role("landing-zone-deploy")],
  ["iam:PutRolePolicy", role("landing-zone-flow-logs")],
  ["iam:CreateServiceLinkedRole", role("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig")],
  ["ec2:CreateVpc", anything],
  ["ec2:CreateInternetGateway", anything],
  ["ec2:AttachInternetGateway", inAccount("ec2", "vpc/vpc-0example")],
  ["ec2:CreateTransitGatewayVpcAttachment", anything],
  ["ec2:ModifyInstanceMetadataDefaults", anything],
  ["kms:CreateKey", anything],
  ["kms:PutKeyPolicy", inAccount("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab")],
  ["logs:CreateLogGroup", inAccount("logs", "log-group:/landing-zone/flow-logs/example")],
  ["s3:CreateBucket", () => "arn:aws:s3:::landing-zone-trail-example"],
  ["s3:PutBucketPolicy", () => "arn:aws:s3:::landing-zone-trail-example"],
  ["s3:PutAccountPublicAccessBlock", anything],
  ["config:PutConfigurationRecorder", anything],
  ["config:PutDeliveryChannel", anything],
  ["guardduty:UpdateDetector", inAccount("guardduty", "detector/12abc34d567e8fa901bc2d34e56789f0")],
  ["securityhub:UpdateConfigurationPolicy", anything],
  ["ssm:UpdateServiceSetting", inAccount("ssm", "servicesetting/example")],
  ["route53:CreateHostedZone", anything],
  ["backup:CreateBackupVault", inAccount("backup", "backup-vault:landing-zone")],
  ["sts:AssumeRole", role("landing-zone-deploy")],
  ["sts:GetCallerIdentity", anything],
];

/** To put up a product. */
const deployTasks: readonly Task[] = [
  ["ecs:CreateService", inAccount("ecs", "service/orders/api")],
  ["ecs:RegisterTaskDefinition", anything],
  ["elasticloadbalancing:CreateRule", inAccount("elasticloadbalancing", "listener/app/orders/1/2")],
  ["iam:CreateRole", role("product/orders-api-task")],
  ["iam:PassRole", role("product/orders-api-task")],
  ["dynamodb:CreateTable", inAccount("dynamodb", "table/orders-orders")],
  ["s3:CreateBucket", () => "arn:aws:s3:::orders-reports-111122223333-eu-central-1"],
  ["s3:PutBucketPolicy", () => "arn:aws:s3:::orders-reports-111122223333-eu-central-1"],
  ["sqs:CreateQueue", inAccount("sqs", "orders-returns")],
  ["kms:CreateKey", anything],
  ["logs:CreateLogGroup", inAccount("logs", "log-group:/landing-zone/orders/api")],
  ["acm:RequestCertificate", anything],
  ["route53:ChangeResourceRecordSets", () => "arn:aws:route53:::hostedzone/Z0123456789EXAMPLE"],
  ["sts:AssumeRole", role("landing-zone-deploy")],
  ["sts:GetCallerIdentity", anything],
];

/** To see what is wrong and to set it right. */
const breakGlassTasks: readonly Task[] = [
  ...platformTasks,
  ["iam:ListRoles", anything],
  ["cloudtrail:LookupEvents", anything],
  ["ecs:UpdateService", inAccount("ecs", "service/orders/api")],
];

/** To do what AWS's own services do by themselves; no guardrail reaches them, and the check would show if one did. */
const serviceTasks: readonly Task[] = [
  ["config:PutConfigurationRecorder", anything],
  ["s3:GetBucketAcl", () => "arn:aws:s3:::landing-zone-config-example"],
  ["ec2:CreateNetworkInterface", anything],
  ["kms:CreateGrant", inAccount("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab")],
];

interface Protected {
  readonly name: string;
  readonly caller: Caller;
  readonly tasks: readonly Task[];
}

function protectedIn(zone: LandingZone, account: string): Protected[] {
  const { organization } = zone;
  const accountId = organization.ids.accounts[account] ?? "";
  const isManagementAccount = account === organization.roles.management;
  const roleCaller = (name: string): Caller => ({
    kind: "role",
    arn: iamArn(accountId, `role/${name}`),
    account: accountId,
    isManagementAccount,
  });
  const state = organization.accounts[account]?.state ?? "closed";
  return [
    { name: organization.accessRole, caller: roleCaller(organization.accessRole), tasks: platformTasks },
    {
      name: breakGlass,
      caller: roleCaller(
        `aws-reserved/sso.amazonaws.com/${organization.region}/AWSReservedSSO_${breakGlass}_0123456789abcdef`,
      ),
      tasks: breakGlassTasks,
    },
    {
      name: "AWSServiceRoleForConfig",
      caller: {
        ...roleCaller("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"),
        kind: "service-linked-role",
      },
      tasks: serviceTasks,
    },
    // Before delivery there is no deploy role, and in the quarantine there is nothing to deploy.
    ...(hasStacks(state, "delivery")
      ? [{ name: deployRole, caller: roleCaller(deployRole), tasks: deployTasks }]
      : []),
    ...(organization.guardrails.controlTower === undefined
      ? []
      : [
          {
            name: "AWSControlTowerExecution",
            caller: roleCaller("AWSControlTowerExecution"),
            tasks: platformTasks,
          },
        ]),
  ];
}

/**
 * Keys that say who calls and from where. A denial that hangs on one of them may hold for a role at work; one that
 * hangs on what the call asks for (`ec2:MetadataHttpTokens`) is met by asking rightly.
 */
const aboutTheCaller = /^(aws:(?!RequestTag|TagKeys|ResourceTag|RequestedRegion)|saml:|sts:)/i;

/**
 * The organization's guardrails, packed into policies.
 *
 * @throws {DescriptionError} where they do not fit in the policies that a node may have, or lock a role out: each with
 *   the statement that does.
 */
export function safeGuardrails(zone: LandingZone): PackedPolicy[] {
  const policies = foundSafe.get(zone) ?? guardrailPolicies(zone);
  if (!foundSafe.has(zone)) refuseLockOut(zone, policies);
  foundSafe.set(zone, policies);
  return policies;
}

/** A plan asks when it loads the description and again for the organization's stack; a description does not change. */
const foundSafe = new WeakMap<LandingZone, PackedPolicy[]>();

function refuseLockOut(zone: LandingZone, policies: readonly PackedPolicy[]): void {
  const { organization } = zone;
  const verdicts = new GuardrailVerdicts(zone, policies);
  const faults = new Map<string, Fault>();
  for (const account of representatives(zone))
    for (const { name, caller, tasks } of protectedIn(zone, account))
      for (const [action, resource] of tasks) {
        const region = organization.region;
        const accountId = accountIdOf(zone, account);
        const { certain, possible } = verdicts.denials({
          principal: caller,
          action,
          resource: resource(accountId, region),
          resourceAccount: accountId,
          context: {
            "aws:RequestedRegion": region,
            "aws:PrincipalOrgID": organization.ids.organization,
            "aws:ResourceOrgID": organization.ids.organization,
            "aws:SecureTransport": "true",
            "aws:PrincipalIsAWSService": "false",
            "aws:SourceAccount": [],
            "aws:AssumedRoot": [],
            "s3:TlsVersion": "1.3",
          },
          absentKeys: "unknown",
        });
        const risky = possible.filter(({ hangsOn }) => hangsOn.some(key => aboutTheCaller.test(key)));
        for (const { by, hangsOn } of [...certain, ...risky]) {
          const key = `${by.statement} ${name}`;
          if (faults.has(key)) continue;
          const depends = hangsOn.length === 0 ? "" : `, depending on ${hangsOn.join(", ")}`;
          faults.set(key, {
            path: "organization.guardrails",
            value: by.statement,
            problem: `of the policy ${by.document} would deny ${action} to the role ${name} in the account ${account}${depends}; nobody could undo that. Leave the role out by ArnNotLike on aws:PrincipalArn`,
          });
        }
      }
  if (faults.size > 0) throw new DescriptionError([...faults.values()]);
}

/** One account of each kind: those at the same place in the organization and of the same state are under the same. */
function representatives(zone: LandingZone): string[] {
  const { ids, accounts, roles } = zone.organization;
  const numbered = openAccounts(zone.organization).filter(name => ids.accounts[name] !== undefined);
  const kind = (name: string) =>
    JSON.stringify([levelsOf(zone, name), accounts[name]?.state, name === roles.management]);
  return [...new Map([...numbered].reverse().map(name => [kind(name), name])).values()].reverse();
}
