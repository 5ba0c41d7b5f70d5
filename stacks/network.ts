/** The network account: the hub that joins what may be joined, and keeps environments apart. */
import { containsCidr } from "cidr-tools";
import { ForwardingRules } from "../components/names/forwarding-rules";
import { ParentZone } from "../components/names/parent-zone";
import { ResolverEndpoints } from "../components/names/resolver-endpoints";
import { AddressPools } from "../components/network/address-pools";
import { EgressVpc } from "../components/network/egress-vpc";
import { Inspection } from "../components/network/inspection";
import { OnPremises } from "../components/network/on-premises";
import { RouteDomains } from "../components/network/route-domains";
import { SharedEndpoints } from "../components/network/shared-endpoints";
import { TransitAttachment } from "../components/network/transit-attachment";
import { TransitHub } from "../components/network/transit-hub";
import { Vpc } from "../components/network/vpc";
import { EncryptionKey } from "../components/security/encryption-key";
import { accountBaseline, platformLogRetentionDays as logRetentionDays } from "./account-baseline";
import { hubRanges, zonesFor } from "./addresses";
import { environmentNames, type LandingZone } from "./description";
import { namesProfiles } from "./hub-names";
import { hubRoles } from "./hub-roles";
import { lookedAt } from "./looking";
import type { StackDefinition } from "./names";
import { vpcAccountsIn } from "./names";
import { taskServices } from "./network-profiles";
import { flowLogBucket, organizationArn, platformAlarmTopics } from "./platform-names";
import { accountIdOf, accountProvider, locationOf, platform } from "./providers";
import type { Handed } from "./references";
import {
  centralDomains,
  domainsOf,
  rangesOf,
  reachesOf,
  routedRanges,
  runnersAskCompany,
  wayOut,
} from "./route-domains";

export interface NetworkOutputs {
  transitGatewayId: string;
  /** By route domain. */
  routeTableIds: Record<string, string>;
  /** The public zone of the organization's domain. */
  parentZoneId: string;
  /** What the registrars of the organization's domain and of the services' must delegate to. */
  nameServers: Record<"organization" | "services", string[]>;
  /** The public zone of the services' domain: nothing but proofs that it is the company's. */
  serviceProofZoneId: string;
  /** The zones of the hub's endpoints, by service. */
  endpointZoneIds: Record<string, string>;
  /** Rules for names that the company's own servers answer, by domain. */
  forwardingRuleIds: Record<string, string>;
  /** The profiles that bring both, by environment; none where associations do. */
  namesProfileIds: Record<string, string>;
}

/** Source: RFC 1918. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

export function network(zone: LandingZone, stack: StackDefinition): Handed<NetworkOutputs> {
  const { organization, network: described } = zone;
  const { account, region } = stack;
  const at = locationOf(zone, account, region);
  const provider = accountProvider(zone, account, region, platform(zone, "shared"));
  const here = { provider };
  const zones = zonesFor({ region: organization.region });
  const hubOf = hubRanges(described.addresses);
  const archiveBucketArn = `arn:aws:s3:::${flowLogBucket(zone)}`;
  accountBaseline({ zone, account, region, provider, logRetentionDays });
  lookedAt(zone, account, provider);
  hubRoles(zone, at, provider);
  const key = new EncryptionKey(
    "network",
    {
      alias: "landing-zone/network",
      description: "Logs and firewall of the network",
      at,
      logGroups: ["/landing-zone/*"],
    },
    { provider, protect: true },
  );

  const hub = new TransitHub(
    "hub",
    {
      domains: domainsOf(zone),
      organizationArn: organizationArn(zone),
      flowLogBucketArn: archiveBucketArn,
      ...(described.asn === undefined ? {} : { amazonSideAsn: described.asn }),
    },
    here,
  );
  const domains = new RouteDomains(
    "domains",
    { reaches: reachesOf(zone), routeTableIds: hub.routeTableIds, ranges: rangesOf(zone) },
    here,
  );
  const tableOf = (domain: string) => {
    const table = hub.routeTableIds[domain];
    if (table === undefined) throw new Error(`there is no route domain ${domain}`);
    return table;
  };

  const shared = new Vpc(
    "shared",
    {
      at,
      addresses: hubOf.shared,
      zones,
      nat: "none",
      privateNat: "none",
      companyRanges: [],
      organizationId: organization.ids.organization,
      flowLogs: { archiveBucketArn },
    },
    here,
  );
  new TransitAttachment(
    "shared",
    {
      vpcId: shared.id,
      subnetIds: shared.subnetIds.transit,
      transitGatewayId: hub.transitGatewayId,
      domainRouteTableId: tableOf("shared"),
      propagatesTo: domains.propagatesTo("shared"),
      routes: Object.fromEntries(
        routedRanges(zone, "shared").map(destination => [
          destination.replace("/", "-"),
          { routeTableIds: shared.routeTableIds.private, destination },
        ]),
      ),
      hub: provider,
    },
    here,
  );
  const endpoints =
    described.sharedEndpoints === true
      ? new SharedEndpoints(
          "endpoints",
          {
            at,
            vpcId: shared.id,
            subnetIds: shared.subnetIds.private,
            fromRanges: [hubOf.shared, ...environmentNames.map(name => zone.environments[name].addresses)],
            services: taskServices,
            organizationId: organization.ids.organization,
          },
          here,
        )
      : undefined;

  const way = wayOut(zone);
  const leaving = centralDomains(zone);
  if (way !== undefined) {
    const inspection =
      described.egress?.allow === undefined
        ? undefined
        : new Inspection(
            "inspection",
            {
              at,
              addresses: hubOf.inspection,
              zones,
              transitGatewayId: hub.transitGatewayId,
              routeTableId: tableOf("inspection"),
              flowLogs: { archiveBucketArn },
              ranges: Object.values(leaving).flat(),
              allow: described.egress.allow,
              keyArn: key.arn,
              logs: { bucketName: flowLogBucket(zone) },
            },
            here,
          );
    new EgressVpc(
      "egress",
      {
        at,
        addresses: hubOf.egress,
        zones,
        transitGatewayId: hub.transitGatewayId,
        routeTableId: tableOf("egress"),
        flowLogs: { archiveBucketArn },
        serves: Object.fromEntries(
          Object.entries(leaving).map(([domain, ranges]) => [
            domain,
            { routeTableId: tableOf(domain), ranges },
          ]),
        ),
        ...(inspection === undefined
          ? {}
          : {
              inspection: {
                attachmentId: inspection.attachmentId,
                routeTableId: tableOf("inspection"),
              },
            }),
      },
      here,
    );
  }

  const company = described.onPremises;
  let rules: ForwardingRules | undefined;
  if (company !== undefined) {
    const { connection, names } = company;
    new OnPremises(
      "on-premises",
      {
        at,
        transitGatewayId: hub.transitGatewayId,
        routeTableId: tableOf("on-premises"),
        propagatesTo: domains.propagatesTo("on-premises"),
        connection:
          "vpn" in connection
            ? { kind: "vpn", ...connection.vpn, logKeyArn: key.arn, logRetentionDays }
            : {
                kind: "direct-connect",
                gatewayId: connection.directConnectGatewayId,
                allowedPrefixes: routedRanges(zone, "on-premises").filter(
                  range => !company.ranges.includes(range),
                ),
              },
      },
      here,
    );
    if (names !== undefined) {
      const servers = Object.fromEntries(
        names.servers.map(server => [server.replaceAll(".", "-"), `${server}/32`]),
      );
      const ends = { subnetIds: shared.subnetIds.private, servers };
      const resolver = new ResolverEndpoints(
        "resolver",
        { vpcId: shared.id, inbound: ends, outbound: ends },
        here,
      );
      if (resolver.outboundEndpointId === undefined) throw new Error("the resolver has no outbound endpoint");
      rules = new ForwardingRules(
        "forwarding",
        {
          outboundEndpointId: resolver.outboundEndpointId,
          domains: Object.fromEntries(names.domains.map(domain => [domain, names.servers])),
          // A runner's network is in no environment's profile.
          ...(described.namesProfile === true && !runnersAskCompany(zone)
            ? {}
            : { organizationArn: organizationArn(zone) }),
        },
        here,
      );
    }
  }
  if (described.addressPools === true)
    new AddressPools(
      "addresses",
      {
        at,
        addresses: privateRanges.filter(range =>
          environmentNames.some(name => containsCidr(range, zone.environments[name].addresses)),
        ),
        environments: Object.fromEntries(
          environmentNames.map(name => [
            name,
            {
              addresses: zone.environments[name].addresses,
              region: zone.environments[name].region,
              accountIds: vpcAccountsIn(zone, name).map(workload => accountIdOf(zone, workload)),
            },
          ]),
        ),
      },
      here,
    );
  const parent = new ParentZone(
    organization.domain,
    {
      domainName: organization.domain,
      accountId: at.accountId,
      alarmTopics: platformAlarmTopics(zone, "us-east-1"),
    },
    here,
  );
  const services = new ParentZone(
    described.serviceDomain,
    {
      domainName: described.serviceDomain,
      accountId: at.accountId,
      alarmTopics: platformAlarmTopics(zone, "us-east-1"),
    },
    here,
  );
  return {
    transitGatewayId: hub.transitGatewayId,
    routeTableIds: hub.routeTableIds,
    parentZoneId: parent.zoneId,
    nameServers: { organization: parent.nameServers, services: services.nameServers },
    serviceProofZoneId: services.zoneId,
    endpointZoneIds: (endpoints?.zoneIds ?? {}) as Handed<NetworkOutputs>["endpointZoneIds"],
    forwardingRuleIds: rules?.ruleIds ?? {},
    namesProfileIds: described.namesProfile === true ? namesProfiles(zone, endpoints, rules, here) : {},
  };
}
