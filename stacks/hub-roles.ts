/** The way from an environment's accounts into the network account: a role an environment, and who takes it. */
import type * as aws from "@pulumi/aws";
import type { Location } from "../components/location";
import { HubRole } from "../components/network/hub-role";
import { type EnvironmentName, environmentNames, type LandingZone } from "./description";
import { joinsSharedZones } from "./hub-names";
import { vpcAccountsIn, workloadAccountsIn } from "./names";
import { workloadAccount } from "./places";
import { applyRole, hubRole, planRole } from "./platform-names";
import { accountIdOf, accountProvider, platform } from "./providers";
import { propagationsOf, runnerDomain, runnerPropagationsOf } from "./route-domains";

/** In the network account, for each environment that has accounts. */
export function hubRoles(zone: LandingZone, at: Location, provider: aws.Provider): void {
  const { organization, environments, network } = zone;
  const management = accountIdOf(zone, organization.roles.management);
  const pipelines = [planRole, ...(["shared", ...environmentNames] as const).map(applyRole)];
  for (const name of environmentNames) {
    const accounts = workloadAccountsIn(zone, name);
    if (accounts.length === 0) continue;
    const { account: home, region } = environments[name];
    const attached = attachedOf(zone, name);
    new HubRole(
      `hub-${name}`,
      {
        at,
        roleName: hubRole(name),
        environment: platform(zone, name).environment,
        domains: attached.map(([domain]) => domain),
        propagatesTo: [...new Set(attached.flatMap(([, tables]) => tables))],
        delegates: accounts.map(account => workloadAccount(zone, account).domain),
        proves: network.serviceDomain,
        ...(region === at.region && accounts.includes(home) ? { metricsTo: accountIdOf(zone, home) } : {}),
        ...(joinsSharedZones(zone, name) ? { joinsZonesIn: region } : {}),
        trusted: {
          managementAccountId: management,
          pipelineRoleName: applyRole(name),
          refusedRoleNames: pipelines.filter(role => role !== applyRole(name)),
        },
      },
      { provider },
    );
  }
}

/** The route domains of an environment's VPCs, and those that each of them is made known in. */
function attachedOf(zone: LandingZone, name: EnvironmentName): [domain: string, tables: readonly string[]][] {
  return [
    ...(vpcAccountsIn(zone, name).length === 0
      ? []
      : [[name, propagationsOf(zone, name)] as [string, readonly string[]]]),
    ...(zone.environments[name].runner === undefined
      ? []
      : [[runnerDomain, runnerPropagationsOf(zone)] as [string, readonly string[]]]),
  ];
}

/** The door of an environment's stacks to the network account, which opens to the environment's own part of it. */
export const hubProvider = (zone: LandingZone, environment: EnvironmentName): aws.Provider =>
  accountProvider(
    zone,
    zone.organization.roles.network,
    zone.organization.region,
    platform(zone, environment),
    { role: hubRole(environment) },
  );
