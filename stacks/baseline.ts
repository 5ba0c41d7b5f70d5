/** An account before any product: made safe and watched; a workload account also its network, names and backups. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { PublishedParameters } from "../components/account/published-parameters";
import { ResourceGroups } from "../components/account/resource-groups";
import { BackedUpTypes } from "../components/data/backed-up-types";
import { BackupVault } from "../components/data/backup-vault";
import { Certificate } from "../components/ingress/certificate";
import { AccessLogBucket } from "../components/logs/access-log-bucket";
import { DeliveredLogs } from "../components/logs/delivered-logs";
import { LoadBalancerQueries } from "../components/logs/load-balancer-queries";
import { MailDomain } from "../components/mail/mail-domain";
import { Delegation } from "../components/names/delegation";
import { NamesRole } from "../components/names/names-role";
import { ServiceNames } from "../components/names/service-names";
import { ServiceNamesMember } from "../components/names/service-names-member";
import { AccountZones } from "../components/network/account-zones";
import { type SubnetRole, subnetRoles } from "../components/network/address-plan";
import { EncryptionKey } from "../components/security/encryption-key";
import { accountBaseline, platformLogRetentionDays } from "./account-baseline";
import { accountImages } from "./account-images";
import { accountNetwork, networkOf, sharedRoles } from "./account-network";
import { productAudiences } from "./alarm-audiences";
import { accountVault } from "./backup-vaults";
import type { LandingZone, Product } from "./description";
import { accountOf, livesIn } from "./description/product-places";
import { environmentSeen } from "./environment-seen";
import { hubProvider } from "./hub-roles";
import { linksRoleIn } from "./links";
import { lookedAt } from "./looking";
import { type StackDefinition, workloadAccountsIn } from "./names";
import type { NetworkOutputs } from "./network";
import { environmentOf, workloadAccount } from "./places";
import {
  backupRole,
  backupVault,
  deployRole,
  loadBalancerQueriesKey,
  namesRole,
  participantNamesRole,
  platformAlarmTopics,
} from "./platform-names";
import { accountIdOf, accountProvider, locationOf, platform } from "./providers";
import type { Handed, Upstream } from "./references";

export interface BaselineOutputs {
  vpcId: string;
  /** An account that lives in another one's subnets has no ingress and no transit. */
  subnetIds: Record<SubnetRole, string[]>;
  publicZoneId: string;
  /** In the account of the VPC. */
  privateZoneId: string;
  /** The environment's zone of services' names, which are the same in every environment. */
  serviceZoneId: string;
  /** For these names, in this account. */
  serviceCertificateArn: string;
  /** Where the environment's accounts show their metrics, in its own account. */
  metricsSinkArn: string;
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
  lookedAt(zone, account, provider);
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
  const { addresses, subnetsOf, domain } = workloadAccount(zone, account);
  const { logRetentionDays } = environment;
  const at = locationOf(zone, account, region);
  const subject = platform(zone, environmentName);
  const provider = accountProvider(zone, account, region, subject);
  const inHub = hubProvider(zone, environmentName);
  const here = { provider };

  accountBaseline({ zone, account, region, provider, logRetentionDays });
  accountImages(zone, stack, provider);
  new AccessLogBucket(
    "load-balancer-logs",
    { at, organizationId: organization.ids.organization, keepDays: logRetentionDays },
    here,
  );
  const answers = new EncryptionKey(
    "load-balancer-queries",
    { alias: loadBalancerQueriesKey, description: "Answers about load balancers' logs", at },
    { ...here, protect: true },
  );
  new LoadBalancerQueries(
    "load-balancer-queries",
    { at, organizationId: organization.ids.organization, keyArn: answers.arn },
    here,
  );
  new DeliveredLogs("delivered-logs", { at }, here);
  const vault = accountVault(zone, environmentName, account);
  if (vault !== undefined) {
    new BackedUpTypes("backups", { region }, here);
    new BackupVault("backups", { vaultName: backupVault, roleName: backupRole, at, ...vault }, here);
  }
  const network =
    subnetsOf === undefined
      ? accountNetwork({ zone, stack, addresses, hub, provider, hubProvider: inHub })
      : networkOf(upstream.outputsOf<BaselineOutputs>(`baseline-${subnetsOf}`));
  const vpcOwner = subnetsOf === undefined ? undefined : accountProvider(zone, subnetsOf, region, subject);

  const zones = new AccountZones(
    domain,
    {
      domainName: domain,
      vpcId: network.vpcId,
      ...(vpcOwner === undefined ? {} : { vpcOwner }),
      accountId: at.accountId,
      alarmTopics: platformAlarmTopics(zone, "us-east-1"),
    },
    { provider, protect: true },
  );
  if (subnetsOf !== undefined && vpcOwner !== undefined)
    new NamesRole(
      "names",
      {
        at: locationOf(zone, subnetsOf, region),
        roleName: participantNamesRole(account),
        domainName: domain,
        accountIds: { [account]: at.accountId },
        deployRoleName: deployRole,
        managementAccountId: accountIdOf(zone, organization.roles.management),
      },
      { provider: vpcOwner },
    );
  linksRoleIn(zone, stack, provider);
  new Delegation(
    domain,
    {
      parentZoneId: hub.parentZoneId,
      parentDomain: organization.domain,
      childDomain: domain,
      nameServers: zones.nameServers,
      ...(zones.dsRecord === undefined ? {} : { dsRecord: zones.dsRecord }),
    },
    { provider: inHub },
  );
  // A participant's VPC has joined already: it is its owner's.
  const serviceZoneId =
    subnetsOf === undefined
      ? serviceNames(zone, stack, upstream, network.vpcId, provider)
      : upstream.outputsOf<BaselineOutputs>(`baseline-${subnetsOf}`).serviceZoneId;
  const serviceCertificate = new Certificate(
    company.serviceDomain,
    {
      domainNames: [`*.${company.serviceDomain}`],
      publicZoneId: hub.serviceProofZoneId,
      zoneOwner: inHub,
      expiryTopics: platformAlarmTopics(zone, region),
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
        "vpc/id": network.vpcId,
        ...Object.fromEntries(
          (subnetsOf === undefined ? subnetRoles : sharedRoles).map(role => [
            `subnets/${role}`,
            network.subnetIds[role],
          ]),
        ),
        "zones/public": zones.publicZoneId,
        "zones/private": zones.privateZoneId,
        "zones/services": serviceZoneId,
      },
    },
    here,
  );
  const products = productsIn(zone, stack);
  new ResourceGroups("groups", { products: products.map(({ name }) => name) }, here);
  productAudiences(zone, environmentName, at, products, provider);

  return {
    ...network,
    publicZoneId: zones.publicZoneId,
    privateZoneId: zones.privateZoneId,
    serviceZoneId,
    serviceCertificateArn: serviceCertificate.arn,
    metricsSinkArn: environmentSeen(zone, stack, upstream, provider, inHub),
  };
}

/** The environment's zone of services' names: made with its own account, joined by the others. */
function serviceNames(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
  vpcId: pulumi.Input<string>,
  provider: aws.Provider,
): pulumi.Output<string> {
  const { account, region } = stack;
  const { name: environment, account: home } = environmentOf(zone, stack);
  if (account === home) {
    const names = new ServiceNames(
      zone.network.serviceDomain,
      { domainName: zone.network.serviceDomain, environment, vpcId },
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
      vpcId,
      owner: accountProvider(zone, home, region, platform(zone, environment)),
    },
    { provider },
  );
  return serviceZoneId;
}

const productsIn = (zone: LandingZone, { account, environment }: StackDefinition): Product[] =>
  zone.products.filter(
    product =>
      environment !== undefined &&
      livesIn(product, environment) &&
      accountOf(zone, product, environment) === account,
  );
