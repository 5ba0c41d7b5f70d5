/** The network account: the hub that joins the accounts of one environment and keeps environments apart. */
import { TransitHub } from "../components/network/transit-hub";
import { accountBaseline } from "./account-baseline";
import { environmentNames, type LandingZone } from "./description";
import type { StackDefinition } from "./names";
import { organizationArn } from "./platform-names";
import { accountProvider, platform } from "./providers";
import type { Handed } from "./references";

export interface NetworkOutputs {
  transitGatewayId: string;
  /** The route domain of each environment. */
  routeTableIds: Record<string, string>;
}

export function network(zone: LandingZone, stack: StackDefinition): Handed<NetworkOutputs> {
  const provider = accountProvider(zone, stack.account, stack.region, platform(zone, "shared"));
  accountBaseline({ zone, account: stack.account, region: stack.region, provider, logRetentionDays: 365 });
  const hub = new TransitHub(
    "hub",
    { domains: environmentNames, organizationArn: organizationArn(zone) },
    { provider },
  );
  return {
    transitGatewayId: hub.transitGatewayId,
    routeTableIds: hub.routeTableIds,
  };
}
