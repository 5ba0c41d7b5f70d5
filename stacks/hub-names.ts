/** Which of the hub's names an environment's VPCs resolve, and the two ways these come to them. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ForwardingRuleAssociations } from "../components/names/forwarding-rule-associations";
import type { ForwardingRules } from "../components/names/forwarding-rules";
import { NamesProfile } from "../components/names/names-profile";
import { NamesProfileMember } from "../components/names/names-profile-member";
import { SharedEndpointNames, type SharedEndpoints } from "../components/network/shared-endpoints";
import { type EnvironmentName, environmentNames, type LandingZone } from "./description";
import { type StackDefinition, vpcAccountsIn } from "./names";
import type { NetworkOutputs } from "./network";
import { chosenNetwork, taskServices } from "./network-profiles";
import { accountIdOf, locationOf } from "./providers";
import type { Received } from "./references";

/** Names of on-premises are for those who reach it. */
function hubNamesOf({ environments, network }: LandingZone, environment: EnvironmentName) {
  const reachesCompany = network.reaches[environment]?.includes("on-premises") === true;
  return {
    endpoints: chosenNetwork(environments[environment].network).endpoints === "shared",
    forwarded: reachesCompany ? (network.onPremises?.names?.domains ?? []) : [],
  };
}

/** Whether its accounts join the hub's private zones one by one, each with the hub's consent. */
export const joinsSharedZones = (zone: LandingZone, environment: EnvironmentName): boolean =>
  hubNamesOf(zone, environment).endpoints && zone.network.namesProfile !== true;

/**
 * A profile an environment, because a VPC that joins one sees all that is in it. Only the environment's accounts may
 * join.
 */
export function namesProfiles(
  zone: LandingZone,
  endpoints: SharedEndpoints | undefined,
  rules: ForwardingRules | undefined,
  opts: pulumi.ComponentResourceOptions,
): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    environmentNames.flatMap(environment => {
      const needs = hubNamesOf(zone, environment);
      const accounts = vpcAccountsIn(zone, environment);
      if ((!needs.endpoints && needs.forwarded.length === 0) || accounts.length === 0) return [];
      const profile = new NamesProfile(
        `names-${environment}`,
        {
          ...(needs.endpoints && endpoints !== undefined
            ? { privateZones: endpoints.zoneArns as Record<string, pulumi.Output<string>> }
            : {}),
          ...(needs.forwarded.length > 0 && rules !== undefined ? { rules: rules.ruleArns } : {}),
          sharedWith: Object.fromEntries(accounts.map(account => [account, accountIdOf(zone, account)])),
        },
        opts,
      );
      return [[environment, profile.profileId]];
    }),
  );
}

export interface JoinHubNamesArgs {
  readonly zone: LandingZone;
  readonly stack: StackDefinition & { readonly environment: EnvironmentName };
  readonly vpcId: pulumi.Input<string>;
  readonly hub: Received<NetworkOutputs>;
  readonly provider: aws.Provider;
  readonly hubProvider: aws.Provider;
}

/** Lets an account's VPC resolve what its environment does. */
export function joinHubNames({ zone, stack, vpcId, hub, provider, hubProvider }: JoinHubNamesArgs): void {
  const { account, region, environment } = stack;
  const needs = hubNamesOf(zone, environment);
  const here = { provider };
  if (!needs.endpoints && needs.forwarded.length === 0) return;
  if (zone.network.namesProfile === true) {
    const profileId = hub.namesProfileIds.apply(ids => ids[environment] as string);
    new NamesProfileMember(account, { profileId, vpcId }, here);
    return;
  }
  if (joinsSharedZones(zone, environment))
    new SharedEndpointNames(
      account,
      {
        at: locationOf(zone, account, region),
        vpcId,
        zoneIds: Object.fromEntries(
          taskServices.map(service => [
            service,
            hub.endpointZoneIds.apply(zones => zones[service] as string),
          ]),
        ),
        hub: hubProvider,
      },
      here,
    );
  if (needs.forwarded.length > 0)
    new ForwardingRuleAssociations(
      account,
      {
        vpcId,
        ruleIds: Object.fromEntries(
          needs.forwarded.map(name => [name, hub.forwardingRuleIds.apply(rules => rules[name] as string)]),
        ),
      },
      here,
    );
}
