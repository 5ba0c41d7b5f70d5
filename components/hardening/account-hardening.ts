import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import type { Location } from "../location";
import { AccountSettings } from "./account-settings";
import { type DefaultVpcs, type KeysIn, RegionSettings } from "./region-settings";
import { SessionManager } from "./session-manager";

export interface AccountHardeningArgs {
  /** Its region is the account's home. */
  readonly at: Location;
  /** All that the account may use, its home among them. */
  readonly regions: readonly string[];
  readonly defaultVpcs: DefaultVpcs;
  /** For the record of sessions; one of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: number;
  /** Where volumes have a key of the account's own and sessions are set up; default `home`. */
  readonly keysIn?: KeysIn;
}

/**
 * An account made safe before anything is in it: `AccountSettings`, `RegionSettings` and `SessionManager`, each of
 * which says what it makes, refuses and rests on. One a stack and account, with a provider of that account: regions
 * other than the provider's are reached through it.
 */
export class AccountHardening extends pulumi.ComponentResource {
  /** The account's own keys for volumes, by region. */
  readonly volumeKeyArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** What the role of an instance needs for sessions. */
  readonly sessionsOnInstances: readonly Statement[];
  /** What the role of a person needs for sessions, beside `ssm:StartSession`. */
  readonly sessionsOfPeople: readonly Statement[];

  constructor(name: string, args: AccountHardeningArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:hardening:AccountHardening", name, {}, opts);
    const here = { parent: this };
    const { at, regions, defaultVpcs, keysIn = "home", logRetentionDays } = args;
    new AccountSettings(name, { at }, here);
    const settings = new RegionSettings(name, { at, regions, defaultVpcs, keysIn }, here);
    const sessions = new SessionManager(
      name,
      { at, regions: keysIn === "home" ? [at.region] : regions, logRetentionDays },
      here,
    );
    this.volumeKeyArns = settings.volumeKeyArns;
    this.sessionsOnInstances = sessions.forInstances;
    this.sessionsOfPeople = sessions.forPeople;
    this.registerOutputs({ volumeKeyArns: this.volumeKeyArns });
  }
}
