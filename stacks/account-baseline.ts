/** What every account has, whatever it is for: made safe before anything is in it, recorded, and held to rules. */
import type * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import { ConfigurationRecorder } from "../components/detection/configuration-recorder";
import { Conformance } from "../components/detection/conformance";
import { AccountHardening } from "../components/hardening/account-hardening";
import type { LandingZone, LogRetentionDays } from "./description";
import { configBucket } from "./platform-names";
import { locationOf } from "./providers";

/** How long the accounts that belong to no environment keep their logs. */
export const platformLogRetentionDays = 365;

export interface AccountBaselineArgs {
  readonly zone: LandingZone;
  readonly account: string;
  /** Where it mainly is. */
  readonly region: string;
  /** Of that account; one serves all regions. */
  readonly provider: aws.Provider;
  readonly logRetentionDays: LogRetentionDays;
  /** What there must be first, where the same stack makes it: the log archive. */
  readonly after?: readonly Resource[];
}

export function accountBaseline(args: AccountBaselineArgs): void {
  const { zone, account, region, provider, logRetentionDays, after = [] } = args;
  const { regions, detection, accounts } = zone.organization;
  const at = locationOf(zone, account, region);
  new AccountHardening(
    account,
    { at, regions, defaultVpcs: accounts[account]?.defaultVpcs ?? "emptied", logRetentionDays },
    { provider },
  );
  const recorder = new ConfigurationRecorder(
    account,
    {
      accountId: at.accountId,
      regions,
      home: region,
      bucketName: configBucket(zone),
      frequency: detection.recording === "daily" ? "DAILY" : "CONTINUOUS",
      after,
    },
    { provider },
  );
  new Conformance(account, { regions, home: region, after: [recorder] }, { provider });
}
