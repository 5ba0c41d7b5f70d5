/** The log-archive and audit accounts: where logs end up, and where everything that happens is watched from. */
import { BackupCopyVault } from "../components/data/backup-copies";
import { AccessAnalyzers } from "../components/detection/access-analyzers";
import { AuditServices } from "../components/detection/audit-services";
import { ConfigurationAggregator } from "../components/detection/configuration-aggregator";
import { DetectionDelegations } from "../components/detection/delegations";
import { Findings, type Severity } from "../components/detection/findings";
import { Investigation } from "../components/detection/investigation";
import { SecurityHub } from "../components/detection/security-hub";
import { SensitiveData } from "../components/detection/sensitive-data";
import { ThreatDetection } from "../components/detection/threat-detection";
import { VulnerabilityScanning } from "../components/detection/vulnerability-scanning";
import { FlowLogArchive } from "../components/logs/flow-log-archive";
import { LogArchive } from "../components/logs/log-archive";
import { OrganizationTrail } from "../components/logs/organization-trail";
import { TrailQueries } from "../components/logs/trail-queries";
import { Alerts } from "../components/security/alerts";
import { accountBaseline, platformLogRetentionDays as logRetentionDays } from "./account-baseline";
import { chats, platformAudiences } from "./alarm-audiences";
import { copyVaults } from "./backup-vaults";
import { breakGlass, type LandingZone } from "./description";
import { lookedAt } from "./looking";
import type { StackDefinition } from "./names";
import type { OrganizationOutputs } from "./organization";
import { openAccounts } from "./organization-tree";
import { copyVault, trail as trailName } from "./platform-names";
import { accountProvider, locationOf, platform } from "./providers";
import type { Handed, Upstream } from "./references";

export interface SecurityOutputs {
  trailArn: string;
  alertsTopicArn: string;
}

export function security(
  zone: LandingZone,
  _stack: StackDefinition,
  upstream: Upstream,
): Handed<SecurityOutputs> {
  const { rootId } = upstream.outputsOf<OrganizationOutputs>("organization");
  const { organization } = zone;
  const { ids, roles, regions, region: home, detection, trail: recorded = {} } = organization;
  const subject = platform(zone, "shared");
  const place = (account: string) => ({
    account,
    region: home,
    at: locationOf(zone, account, home),
    provider: accountProvider(zone, account, home, subject),
  });
  const management = place(roles.management);
  const archive = place(roles.logArchive);
  const audit = place(roles.audit);
  const inArchive = { provider: archive.provider };
  const inAudit = { provider: audit.provider };

  const logs = new LogArchive(
    "log-archive",
    {
      at: archive.at,
      organizationId: ids.organization,
      managementAccountId: management.at.accountId,
      trailName,
      readerAccountIds: [audit.at.accountId],
      lock: {
        mode: recorded.lock === "compliance" ? "COMPLIANCE" : "GOVERNANCE",
        ...(recorded.lockDays === undefined ? {} : { retentionDays: recorded.lockDays }),
      },
      ...(recorded.keepYears === undefined ? {} : { keepYears: recorded.keepYears }),
    },
    inArchive,
  );
  new FlowLogArchive(
    "flow-logs",
    { at: archive.at, organizationId: ids.organization, readerAccountIds: [audit.at.accountId] },
    inArchive,
  );
  for (const { region, keepDays } of copyVaults(zone))
    new BackupCopyVault(
      region === home ? "backup-copies" : `backup-copies-${region}`,
      {
        vaultName: copyVault,
        at: { ...archive.at, region },
        keepDays,
        copiesFrom: { organizationId: ids.organization },
      },
      inArchive,
    );
  const trail = new OrganizationTrail(
    "trail",
    {
      trailName,
      managementAccountId: management.at.accountId,
      at: management.at,
      bucketName: logs.trailBucketName,
      keyArn: logs.keyArn,
      dataEvents: recorded.dataEvents ?? "none",
      unlogged: [logs.configBucketName, logs.accessLogBucketName],
      insights: recorded.insights === true ? ["ApiCallRateInsight", "ApiErrorRateInsight"] : [],
    },
    { provider: management.provider, dependsOn: [logs] },
  );
  new TrailQueries(
    "queries",
    {
      at: archive.at,
      organizationId: ids.organization,
      trailBucketName: logs.trailBucketName,
      keyArn: logs.keyArn,
      accounts: Object.values(ids.accounts),
      regions,
      breakGlassRole: `AWSReservedSSO_${breakGlass}`,
    },
    inArchive,
  );
  for (const { account, region, provider } of [management, archive, audit])
    accountBaseline({ zone, account, region, provider, logRetentionDays, after: [logs] });
  for (const { account, provider } of [archive, audit]) lookedAt(zone, account, provider);

  const macie = detection.macie === true;
  const detective = detection.detective === true;
  const services = new AuditServices("audit", { regions, home, macie }, inAudit);
  const delegations = new DetectionDelegations(
    "delegations",
    { auditAccountId: audit.at.accountId, regions, home, macie, detective, after: [services] },
    { provider: management.provider },
  );
  const after = [delegations];
  const members = detection.olderAccounts
    .filter(name => name !== roles.audit && openAccounts(organization).includes(name))
    .flatMap(name => {
      const accountId = ids.accounts[name];
      return accountId === undefined ? [] : [{ accountId, email: organization.accounts[name]?.email ?? "" }];
    });
  new ThreatDetection("threats", { detectorIds: services.detectorIds, after }, inAudit);
  new SecurityHub(
    "hub",
    { regions, home, rootId, disabledControls: detection.disabledControls ?? {}, after },
    inAudit,
  );
  new VulnerabilityScanning(
    "vulnerabilities",
    {
      auditAccountId: audit.at.accountId,
      regions,
      members: members.map(({ accountId }) => accountId),
      after,
    },
    inAudit,
  );
  if (macie) new SensitiveData("sensitive-data", { regions, members, after }, inAudit);
  if (detective) new Investigation("investigation", { regions, members, after }, inAudit);
  new AccessAnalyzers(
    "access",
    {
      regions,
      home,
      ...(detection.unusedAccessDays === undefined ? {} : { unusedAccessDays: detection.unusedAccessDays }),
      after,
    },
    inAudit,
  );
  new ConfigurationAggregator("configuration", { at: audit.at, after }, inAudit);

  const alerts = new Alerts("alerts", { at: audit.at, notify: detection.notify }, inAudit);
  new Findings(
    "findings",
    {
      at: audit.at,
      from: (detection.from ?? "high").toUpperCase() as Severity,
      topicArn: alerts.topicArn,
    },
    inAudit,
  );
  chats(
    audit.at.accountId,
    [
      ...platformAudiences(zone, audit.at, audit.provider),
      ...(detection.slack === undefined
        ? []
        : [{ channel: detection.slack, topicArn: alerts.topicArn, after: alerts }]),
    ],
    audit.provider,
  );
  return { trailArn: trail.arn, alertsTopicArn: alerts.topicArn };
}
