/** The network that a workload account has of its own, joined to the hub and shared with accounts that have none. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { arn } from "../components/location";
import { QueryLogs } from "../components/names/query-logs";
import { outboundRange, type SubnetRole, zoneName } from "../components/network/address-plan";
import { DnsFirewall } from "../components/network/dns-firewall";
import { InterfaceEndpoints } from "../components/network/endpoints";
import { SharedSubnets } from "../components/network/shared-subnets";
import { TransitAttachment } from "../components/network/transit-attachment";
import { Vpc } from "../components/network/vpc";
import { EncryptionKey } from "../components/security/encryption-key";
import { zonesFor } from "./addresses";
import type { BaselineOutputs } from "./baseline";
import type { LandingZone } from "./description";
import { joinHubNames } from "./hub-names";
import { participantsOf, type StackDefinition } from "./names";
import type { NetworkOutputs } from "./network";
import { chosenNetwork, taskServices } from "./network-profiles";
import { environmentOf } from "./places";
import { flowLogBucket } from "./platform-names";
import { accountIdOf, locationOf } from "./providers";
import type { Received } from "./references";
import { propagationsOf, routedRanges } from "./route-domains";

/** What is shared: where products live. Gateways and attachments are the owner's alone. */
export const sharedRoles: readonly SubnetRole[] = ["private", "outbound", "data"];

export interface AccountNetworkArgs {
  readonly zone: LandingZone;
  readonly stack: StackDefinition;
  /** The VPC's routable range. */
  readonly addresses: string;
  readonly hub: Received<NetworkOutputs>;
  readonly provider: aws.Provider;
  readonly hubProvider: aws.Provider;
}

/** Where an account's products live. */
export interface AccountNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: Readonly<Record<SubnetRole, pulumi.Input<pulumi.Input<string>[]>>>;
}

/** The network of an account that lives in another one's subnets, from what that one's baseline hands over. */
export const networkOf = ({ vpcId, subnetIds }: Received<BaselineOutputs>): AccountNetwork => ({
  vpcId,
  subnetIds: {
    ingress: [],
    private: subnetIds.apply(all => all.private),
    outbound: subnetIds.apply(all => all.outbound),
    data: subnetIds.apply(all => all.data),
    transit: [],
  },
});

export function accountNetwork(args: AccountNetworkArgs): AccountNetwork {
  const { zone, stack, addresses, hub, provider, hubProvider } = args;
  const { organization } = zone;
  const { account, region } = stack;
  const { name: environmentName, ...environment } = environmentOf(zone, stack);
  const { logRetentionDays } = environment;
  const chosen = chosenNetwork(environment.network);
  const at = locationOf(zone, account, region);
  const here = { provider };
  const key = new EncryptionKey(
    "logs",
    {
      alias: "landing-zone/logs",
      description: "Logs of the account",
      at,
      logGroups: ["/landing-zone/flow-logs/*", "/landing-zone/dns-queries/*"],
    },
    { provider, protect: true },
  );

  const routed = routedRanges(zone, environmentName);
  const central = chosen.nat === "central";
  const vpc = new Vpc(
    account,
    {
      at,
      addresses,
      zones: zonesFor(environment),
      nat: chosen.nat === "central" ? "none" : chosen.nat,
      // Tasks' addresses are unknown beyond the VPC: what goes through the hub goes through a private NAT first.
      privateNat: central && chosen.privateNat === "none" ? "single" : chosen.privateNat,
      companyRanges: central ? ["0.0.0.0/0"] : routed,
      ipv6: chosen.ipv6,
      organizationId: organization.ids.organization,
      flowLogs: {
        archiveBucketArn: `arn:aws:s3:::${flowLogBucket(zone)}`,
        ...(chosen.flowLogsInCloudWatch
          ? { cloudWatch: { keyArn: key.arn, retentionDays: logRetentionDays } }
          : {}),
      },
    },
    here,
  );
  new TransitAttachment(
    account,
    {
      vpcId: vpc.id,
      subnetIds: vpc.subnetIds.transit,
      transitGatewayId: hub.transitGatewayId,
      domainRouteTableId: tableOf(hub, environmentName),
      propagatesTo: Object.fromEntries(
        propagationsOf(zone, environmentName).map(other => [other, tableOf(hub, other)]),
      ),
      routes: Object.fromEntries(
        (central ? ["0.0.0.0/0"] : routed).map(destination => [
          destination.replace("/", "-"),
          { routeTableIds: vpc.routeTableIds.private, destination },
        ]),
      ),
      hub: hubProvider,
    },
    here,
  );
  if (chosen.endpoints === "local")
    new InterfaceEndpoints(
      account,
      {
        at,
        vpcId: vpc.id,
        subnetIds: vpc.subnetIds.private,
        fromRanges: [addresses, outboundRange],
        services: taskServices,
        organizationId: organization.ids.organization,
      },
      here,
    );
  if (chosen.blockedNames.length > 0)
    new DnsFirewall(account, { at, vpcId: vpc.id, block: chosen.blockedNames }, here);
  if (chosen.queryLogs)
    new QueryLogs(
      account,
      {
        vpcId: vpc.id,
        at,
        to: { keyArn: key.arn, retentionDays: logRetentionDays },
      },
      here,
    );
  joinHubNames({
    zone,
    stack: { ...stack, environment: environmentName },
    vpcId: vpc.id,
    hub,
    provider,
    hubProvider,
  });
  const participants = participantsOf(zone, environmentName, account);
  if (participants.length > 0)
    new SharedSubnets(
      account,
      {
        subnetArns: Object.fromEntries(
          sharedRoles.flatMap(role =>
            vpc.subnetIds[role].map((subnetId, index): [string, pulumi.Output<string>] => [
              `${role}-${zoneName(index)}`,
              subnetId.apply(id => arn("ec2", at, `subnet/${id}`)),
            ]),
          ),
        ),
        accountIds: participants.map(participant => accountIdOf(zone, participant)),
      },
      here,
    );
  return { vpcId: vpc.id, subnetIds: vpc.subnetIds };
}

const tableOf = (hub: Received<NetworkOutputs>, domain: string): pulumi.Output<string> =>
  hub.routeTableIds.apply(tables => tables[domain] as string);
