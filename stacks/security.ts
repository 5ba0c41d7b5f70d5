/** The log-archive and audit accounts: where logs end up, and where findings are heard. */
import { Alerts } from "../components/security/alerts";
import { LogArchive } from "../components/security/log-archive";
import type { LandingZone } from "./description";
import type { StackDefinition } from "./names";
import { accountProvider, locationOf, platform } from "./providers";
import type { Handed } from "./references";

export interface SecurityOutputs {
  logBucketName: string;
  alertsTopicArn: string;
}

export function security(zone: LandingZone, stack: StackDefinition): Handed<SecurityOutputs> {
  const { roles } = zone.organization;
  const subject = platform(zone, "shared");
  const place = (account: string) => ({
    at: locationOf(zone, account, stack.region),
    provider: accountProvider(zone, account, stack.region, subject),
  });
  const archive = place(roles.logArchive);
  const audit = place(roles.audit);

  const logs = new LogArchive("log-archive", { at: archive.at }, { provider: archive.provider });
  const alerts = new Alerts("alerts", { at: audit.at }, { provider: audit.provider });
  return { logBucketName: logs.bucketName, alertsTopicArn: alerts.topicArn };
}
