/** An account before any product: made safe and watched; a workload account also its network, names and backups. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { PublishedParameters } from "../components/account/published-parameters";
import { ResourceGroups } from "../components/account/resource-groups";
import { BackupVault } from "../components/data/backup-vault";
import { Certificate } from "../components/ingress/certificate";
import { MailDomain } from "../components/mail/mail-domain";
import { Delegation } from "../components/names/delegation";
import { ForwardingRuleAssociations } from "../components/names/forwarding-rule-associations";
import { NamesRole } from "../components/names/names-role";
import { QueryLogs } from "../components/names/query-logs";
import { ServiceNames } from "../components/names/service-names";
import { ServiceNamesMember } from "../components/names/service-names-member";
import { AccountZones } from "../components/network/account-zones";
import { outboundRange, type SubnetRole, subnetRoles } from "../components/network/address-plan";
import { DnsFirewall } from "../components/network/dns-firewall";
import { InterfaceEndpoints } from "../components/network/endpoints";
import { SharedEndpointNames } from "../components/network/shared-endpoints";
import { TransitAttachment } from "../components/network/transit-attachment";
import { Vpc } from "../components/network/vpc";
import { EncryptionKey } from "../components/security/encryption-key";
import { accountBaseline, platformLogRetentionDays } from "./account-baseline";
import { zonesFor } from "./addresses";
import { environmentNames, type LandingZone } from "./description";
import { accountOf, type StackDefinition, workloadAccountsIn } from "./names";
import { type NetworkOutputs, taskServices } from "./network";
import { chosenNetwork } from "./network-profiles";
import { environmentOf, workloadAccount } from "./places";
import { backupRole, backupVault, deployRole, flowLogBucket, namesRole } from "./platform-names";
import { accountIdOf, accountProvider, locationOf, platform } from "./providers";
import type { Handed, Received, Upstream } from "./references";
import { propagationsOf, routedRanges } from "./route-domains";

export interface BaselineOutputs {
  vpcId: string;
  subnetIds: Record<SubnetRole, string[]>;
  publicZoneId: string;
  privateZoneId: string;
  /** The environment's zone of services' names, which are the same in every environment. */
  serviceZoneId: string;
  /** For these names, in this account. */
  serviceCertificateArn: string;
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
  accountBaseline({ zone, account, region, provider, logRetentionDays: platformLogRetentionDays });
  return {};
}

function workloadBaseline(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<BaselineOutputs> {
  const hub = upstream.outputsOf<NetworkOutputs>("network");
  const { organization, network: company } = zone;
  const { account, region } = stack;
  const { name: environmentName, ...environment } = environmentOf(zone, stack);
  const { addresses, domain } = workloadAccount(zone, account);
  const { logRetentionDays, backup } = environment;
  const chosen = chosenNetwork(environment.network);
  const at = locationOf(zone, account, region);
  const subject = platform(zone, environmentName);
  const provider = accountProvider(zone, account, region, subject);
  const hubProvider = accountProvider(zone, organization.roles.network, organization.region, subject);
  const here = { provider };

  accountBaseline({ zone, account, region, provider, logRetentionDays });
  if (backup !== undefined)
    new BackupVault(
      "backups",
      { vaultName: backupVault, roleName: backupRole, at, keepDays: backup.keepDays },
      here,
    );
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

  // The archive's bucket takes what is of its own region.
  const archived = region === organization.region;
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
        ...(archived ? { archiveBucketArn: `arn:aws:s3:::${flowLogBucket(zone)}` } : {}),
        ...(chosen.flowLogsInCloudWatch || !archived
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
  else if (chosen.endpoints === "shared")
    new SharedEndpointNames(
      account,
      {
        at,
        vpcId: vpc.id,
        names:
          company.sharedEndpoints === "profile"
            ? { profileId: hub.endpointProfileId.apply(id => id as string) }
            : {
                zoneIds: Object.fromEntries(
                  taskServices.map(service => [
                    service,
                    hub.endpointZoneIds.apply(zones => zones[service] as string),
                  ]),
                ),
                hub: hubProvider,
              },
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
  if (company.onPremises?.names !== undefined && company.reaches[environmentName]?.includes("on-premises"))
    new ForwardingRuleAssociations(
      account,
      {
        vpcId: vpc.id,
        ruleIds: Object.fromEntries(
          company.onPremises.names.domains.map(name => [
            name,
            hub.forwardingRuleIds.apply(rules => rules[name] as string),
          ]),
        ),
      },
      here,
    );

  const zones = new AccountZones(
    domain,
    { domainName: domain, vpcId: vpc.id, accountId: at.accountId },
    { provider, protect: true },
  );
  new Delegation(
    domain,
    {
      parentZoneId: hub.parentZoneId,
      parentDomain: organization.domain,
      childDomain: domain,
      nameServers: zones.nameServers,
      ...(zones.dsRecord === undefined ? {} : { dsRecord: zones.dsRecord }),
    },
    { provider: hubProvider },
  );
  const serviceZoneId = serviceNames(zone, stack, upstream, vpc, provider);
  const serviceCertificate = new Certificate(
    company.serviceDomain,
    {
      domainNames: [`*.${company.serviceDomain}`],
      publicZoneId: hub.serviceProofZoneId,
      zoneOwner: hubProvider,
    },
    here,
  );
  new MailDomain(
    domain,
    {
      at,
      domainName: domain,
      zoneId: zones.publicZoneId,
      dmarc: { reportsTo: `dmarc@${organization.domain}` },
      events: "eventbridge",
    },
    here,
  );
  new PublishedParameters(
    "network",
    {
      values: {
        "vpc/id": vpc.id,
        ...Object.fromEntries(subnetRoles.map(role => [`subnets/${role}`, vpc.subnetIds[role]])),
        "zones/public": zones.publicZoneId,
        "zones/private": zones.privateZoneId,
        "zones/services": serviceZoneId,
      },
    },
    here,
  );
  new ResourceGroups("groups", { products: productsIn(zone, stack) }, here);

  return {
    vpcId: vpc.id,
    subnetIds: vpc.subnetIds,
    publicZoneId: zones.publicZoneId,
    privateZoneId: zones.privateZoneId,
    serviceZoneId,
    serviceCertificateArn: serviceCertificate.arn,
  };
}

/** The environment's zone of services' names: made with its own account, joined by the others. */
function serviceNames(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
  vpc: Vpc,
  provider: aws.Provider,
): pulumi.Output<string> {
  const { account, region } = stack;
  const { name: environment, account: home } = environmentOf(zone, stack);
  if (account === home) {
    const names = new ServiceNames(
      zone.network.serviceDomain,
      { domainName: zone.network.serviceDomain, environment, vpcId: vpc.id },
      { provider, protect: true },
    );
    const others = workloadAccountsIn(zone, environment).filter(other => other !== home);
    if (others.length > 0)
      new NamesRole(
        "names",
        {
          at: locationOf(zone, account, region),
          roleName: namesRole,
          domainName: zone.network.serviceDomain,
          accountIds: Object.fromEntries(others.map(other => [other, accountIdOf(zone, other)])),
          deployRoleName: deployRole,
          managementAccountId: accountIdOf(zone, zone.organization.roles.management),
        },
        { provider },
      );
    return names.zoneId;
  }
  const { serviceZoneId } = upstream.outputsOf<BaselineOutputs>(`baseline-${home}`);
  new ServiceNamesMember(
    zone.network.serviceDomain,
    {
      names: { zoneId: serviceZoneId, environment },
      environment,
      vpcId: vpc.id,
      owner: accountProvider(zone, home, region, platform(zone, environment)),
    },
    { provider },
  );
  return serviceZoneId;
}

const tableOf = (hub: Received<NetworkOutputs>, domain: string): pulumi.Output<string> =>
  hub.routeTableIds.apply(tables => tables[domain] as string);

const productsIn = (zone: LandingZone, { account, environment }: StackDefinition): string[] =>
  zone.products
    .filter(
      product =>
        environment !== undefined &&
        (product.environments ?? environmentNames).includes(environment) &&
        accountOf(zone, product, environment) === account,
    )
    .map(({ name }) => name);
