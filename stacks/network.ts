/** The network account: the hub that joins the accounts of one environment and keeps environments apart. */
import { TransitHub } from "../components/network/transit-hub";
import { environmentNames, type LandingZone } from "./description";
import type { StackDefinition } from "./names";
import type { OrganizationOutputs } from "./organization";
import { accountProvider, platform } from "./providers";
import type { Handed, Upstream } from "./references";

export interface NetworkOutputs {
  transitGatewayId: string;
  /** The route domain of each environment. */
  routeTableIds: Record<string, string>;
}

export function network(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<NetworkOutputs> {
  const { organizationArn } = upstream.outputsOf<OrganizationOutputs>("organization");
  const provider = accountProvider(zone, stack.account, stack.region, platform(zone, "shared"));
  const hub = new TransitHub("hub", { domains: environmentNames, organizationArn }, { provider });
  return {
    transitGatewayId: hub.transitGatewayId,
    routeTableIds: hub.routeTableIds,
  };
}
