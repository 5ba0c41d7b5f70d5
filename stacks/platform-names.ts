/**
 * Names of the platform's own that more than one layer must know. They are composed and not read from outputs: a
 * policy document with one unknown in it is unknown as a whole, and nothing could judge it in a plan.
 */
import { accessLogBucketName } from "../components/logs/access-log-bucket";
import { alarmTopicArns } from "../components/observability/alarm-audience";
import type { AlarmTopics } from "../components/observability/severity";
import type { PrivilegedPrincipals } from "../components/organization/guardrails/settings";
import { breakGlass, type EnvironmentName, type LandingZone, type Organization } from "./description";

/** The role that pipelines preview with, in every workload account. */
export const previewRole = "landing-zone-preview";
/** The role that products are deployed with, in every workload account. */
export const deployRole = "landing-zone-deploy";
/**
 * The role of the management account that merge requests come in with: it reads the state and may take previewRole in
 * every account. `lz bootstrap` makes it and all that begin with `state` here.
 */
export const planRole = "landing-zone-plan";
/** The role of the management account that deploys an environment, or what the environments share. */
export const applyRole = (environment: EnvironmentName | "shared"): string =>
  `landing-zone-apply-${environment}`;
/** The role that pipelines try releases with, and look at images' vulnerabilities, in every workload account. */
export const testRole = "landing-zone-test";
/** The role that the pipelines of a product's own repository push its images with, where they are pushed first. */
export const pushRole = (product: string): string => `landing-zone-push-${product}`;
/** Where the engine keeps its state, and the key of its secrets. */
export const stateBucket = ({ organization: { ids, roles } }: LandingZone): string =>
  `landing-zone-state-${ids.accounts[roles.management]}`;
export const stateKeyAlias = "alias/landing-zone/state";

/** What all that belongs to an environment's runner is called by, and the role that its jobs have. */
export const runnerName = (environment: EnvironmentName): string => `landing-zone-runner-${environment}`;
export const runnerRole = runnerName;
/** The tag by which jobs find it: given in GitLab when it is registered, and named by what `lz ci` writes. */
export const runnerTag = (environment: EnvironmentName): string => `landing-zone-${environment}`;

/** By which products of an environment's other accounts give their names, in the environment's own account. */
export const namesRole = "landing-zone-names";
/** By which products of an account that has no VPC give their names, in the account whose subnets it lives in. */
export const participantNamesRole = (account: string): string => `${namesRole}-${account}`;
/** By which products of other accounts have their PrivateLink connections accepted, in the account of what they call. */
export const linksRole = "landing-zone-links";
/** By which an environment's accounts are joined to the hub, in the network account. */
export const hubRole = (environment: EnvironmentName): string => `landing-zone-hub-${environment}`;
/** Where AWS Backup keeps an account's copies, and the role it makes them with. */
export const backupVault = "landing-zone";
export const backupRole = "landing-zone-backup";

/** The role by which ECR makes repositories for base images, and the alias of their key. */
export const basesRole = "landing-zone-image-bases";
export const basesKey = "landing-zone/image-bases";

/** The alias of the key of answers to questions about load balancers' logs. */
export const loadBalancerQueriesKey = "landing-zone/load-balancer-queries";

/** Where the load balancers of an account and region write who called them. */
export const loadBalancerLogBucket = accessLogBucketName;

/** Buckets of the log archive, in whichever account it is. */
export const archiveBucketPatterns = ["trail", "config", "flow-logs", "access-logs", "athena"].map(
  kind => `arn:aws:s3:::landing-zone-${kind}-*`,
);

const anyAccountsRole = (name: string) => `arn:aws:iam::*:role/${name}`;

/** Roles by which the platform is put up and repaired. Source: AWS Control Tower user guide, "Required roles". */
export const privilegedPrincipals = ({ accessRole, guardrails }: Organization): PrivilegedPrincipals => ({
  platform: [
    anyAccountsRole(accessRole),
    ...(guardrails.controlTower === undefined
      ? []
      : [
          anyAccountsRole("AWSControlTowerExecution"),
          anyAccountsRole("stacksets-exec-*"),
          anyAccountsRole("aws-controltower-*"),
        ]),
  ],
  deploy: [anyAccountsRole(deployRole)],
  breakGlass: [anyAccountsRole(`aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${breakGlass}_*`)],
});

/** The organization's trail. */
export const trail = "landing-zone";

const inLogArchive = (zone: LandingZone, kind: string): string => {
  const { ids, roles, region } = zone.organization;
  return `landing-zone-${kind}-${ids.accounts[roles.logArchive]}-${region}`;
};

/** Where AWS Config of every account delivers to. */
export const configBucket = (zone: LandingZone): string => inLogArchive(zone, "config");

/** The vault for copies of other accounts' backups, in the log archive. */
export const copyVault = "landing-zone-copies";
export const copyVaultArn = ({ organization: { ids, roles } }: LandingZone, region: string): string =>
  `arn:aws:backup:${region}:${ids.accounts[roles.logArchive]}:backup-vault:${copyVault}`;

/** Where flow logs of all accounts and regions end up. */
export const flowLogBucket = (zone: LandingZone): string => inLogArchive(zone, "flow-logs");

/** The topics of the audit account that alarms of the platform go to, of whichever account, in each region that has some. */
export const platformAlarmTopicNames = {
  critical: "landing-zone-alarms-critical",
  warning: "landing-zone-alarms-warning",
};
export const platformAlarmTopics = (
  { organization: { ids, roles } }: LandingZone,
  region: string,
): AlarmTopics =>
  alarmTopicArns({ accountId: ids.accounts[roles.audit] as string, region }, platformAlarmTopicNames);

/** Source: Service authorization reference, "Resource types defined by AWS Organizations". */
export const organizationArn = ({ organization: { ids, roles } }: LandingZone): string =>
  `arn:aws:organizations::${ids.accounts[roles.management]}:organization/${ids.organization}`;
