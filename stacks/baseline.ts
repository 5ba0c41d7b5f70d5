/** An account before any product: made safe and watched; a workload account also its network, names and backups. */
import { BackupVault } from "../components/data/backup-vault";
import { AccountZones } from "../components/network/account-zones";
import type { SubnetRole } from "../components/network/address-plan";
import { TransitAttachment } from "../components/network/transit-attachment";
import { Vpc } from "../components/network/vpc";
import { EncryptionKey } from "../components/security/encryption-key";
import { accountBaseline } from "./account-baseline";
import { type LandingZone, zonesOf } from "./description";
import type { StackDefinition } from "./names";
import type { NetworkOutputs } from "./network";
import { environmentOf, workloadAccount } from "./places";
import { backupRole, backupVault } from "./platform-names";
import { accountProvider, locationOf, platform } from "./providers";
import type { Handed, Upstream } from "./references";

export interface BaselineOutputs {
  vpcId: string;
  subnetIds: Record<SubnetRole, string[]>;
  publicZoneId: string;
  privateZoneId: string;
  /** The name servers that the parent of the account's domain must delegate to. */
  nameServers: string[];
}

/** An account in no environment, such as a sandbox, is made safe and watched, and has no network. */
export function baseline(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<BaselineOutputs> | Record<string, never> {
  if (stack.environment !== undefined) return workloadBaseline(zone, stack, upstream);
  const { account, region } = stack;
  const provider = accountProvider(zone, account, region, platform(zone, "shared"));
  accountBaseline({ zone, account, region, provider, logRetentionDays: 365 });
  return {};
}

function workloadBaseline(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<BaselineOutputs> {
  const hub = upstream.outputsOf<NetworkOutputs>("network");
  const { organization } = zone;
  const { name: environmentName, ...environment } = environmentOf(zone, stack);
  const { addresses, domain } = workloadAccount(zone, stack.account);
  const at = locationOf(zone, stack.account, stack.region);
  const subject = platform(zone, environmentName);
  const provider = accountProvider(zone, stack.account, stack.region, subject);
  const hubProvider = accountProvider(zone, organization.roles.network, organization.region, subject);
  const { account, region } = stack;
  const { logRetentionDays, backup } = environment;
  accountBaseline({ zone, account, region, provider, logRetentionDays });
  if (backup !== undefined)
    new BackupVault(
      "backups",
      { vaultName: backupVault, roleName: backupRole, at, keepDays: backup.keepDays },
      { provider },
    );

  const key = new EncryptionKey(
    "logs",
    {
      alias: "landing-zone/logs",
      description: "Logs of the account",
      at,
      logGroups: ["/landing-zone/flow-logs/*"],
    },
    { provider, protect: true },
  );
  const vpc = new Vpc(
    stack.account,
    {
      at,
      addresses,
      zones: environment.zones ?? firstThree(environment.region),
      nat: environment.nat,
      logKeyArn: key.arn,
      logRetentionDays,
    },
    { provider },
  );
  new TransitAttachment(
    stack.account,
    {
      vpc,
      transitGatewayId: hub.transitGatewayId,
      domainRouteTableId: hub.routeTableIds.apply(tables => tables[environmentName] as string),
      reaches: environment.addresses,
      hub: hubProvider,
    },
    { provider },
  );
  const zones = new AccountZones(domain, { domainName: domain, vpcId: vpc.id }, { provider, protect: true });

  return {
    vpcId: vpc.id,
    subnetIds: vpc.subnetIds,
    publicZoneId: zones.publicZoneId,
    privateZoneId: zones.privateZoneId,
    nameServers: zones.nameServers,
  };
}

function firstThree(region: string): [string, string, string] {
  const [first, second, third] = zonesOf(region) ?? [];
  if (first === undefined || second === undefined || third === undefined)
    throw new Error(`${region} has no three availability zones`);
  return [first, second, third];
}
