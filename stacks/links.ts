/**
 * Products that call one another by PrivateLink. The provider's persistent stack offers, and the consumer's service stack
 * asks: so two products may offer themselves to each other, and yet no stack waits for one that waits for it.
 */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { InternalLoadBalancer } from "../components/ingress/internal-load-balancer";
import { NetworkLoadBalancer } from "../components/ingress/network-load-balancer";
import { LinksRole } from "../components/network/links-role";
import { PrivateLinkEndpoint, PrivateLinkService } from "../components/network/private-link";
import type { EnvironmentName, LandingZone, Product } from "./description";
import { linkName, linksIn, offersIn, urlSetting } from "./description/calls";
import type { StackDefinition } from "./names";
import type { PersistentOutputs } from "./persistent";
import { environmentOf } from "./places";
import { deployRole, linksRole, loadBalancerLogBucket } from "./platform-names";
import { accountIdOf, accountProvider, locationOf, ofProduct } from "./providers";
import type { Received, Upstream } from "./references";
import { serviceNames } from "./service-names";
import type { WaysInArgs } from "./ways-in";

/** What consumers ask for. */
export interface OfferedLink {
  readonly serviceId: pulumi.Output<string>;
  readonly serviceName: pulumi.Output<string>;
}

/** Offers a product's internal load balancer to the accounts of its consumers. */
export function offered(args: WaysInArgs, loadBalancer: InternalLoadBalancer): OfferedLink | undefined {
  const { zone, product, environment, account, where, kept } = args;
  const links = linksIn(zone, environment.name).filter(({ provider }) => provider === product);
  const [first, ...others] = links.map(
    ({ consumer }) => `${linkName(product, consumer)}.${zone.network.serviceDomain}`,
  );
  if (first === undefined) return undefined;
  const name = `${product.name}-link`;
  const balancer = new NetworkLoadBalancer(
    name,
    {
      vpcId: account.vpcId,
      subnetIds: account.subnetIds.private,
      domainNames: [first, ...others],
      publicZoneId: account.publicZoneId,
      // Consumers make the names, each of which leads to its own endpoint.
      otherZones: [{ domain: zone.network.serviceDomain, zoneId: account.serviceZoneId }],
      privateZoneId: account.privateZoneId,
      callers: {},
      privateLink: true,
      to: { kind: "loadBalancer", loadBalancer },
      logs: { bucketName: loadBalancerLogBucket(where.at) },
      deletionProtection: environment.deletionProtection,
    },
    kept,
  );
  const { serviceId, serviceName } = new PrivateLinkService(
    name,
    {
      loadBalancerArn: balancer.arn,
      accountIds: [...new Set(links.map(({ consumerAccount }) => accountIdOf(zone, consumerAccount)))].sort(),
    },
    kept,
  );
  return { serviceId, serviceName };
}

export interface LinksArgs {
  readonly zone: LandingZone;
  readonly stack: StackDefinition;
  readonly product: Product;
  readonly environment: { readonly name: EnvironmentName };
  readonly kept: Received<PersistentOutputs>;
  readonly upstream: Upstream;
  readonly provider: aws.Provider;
}

/** What a product's containers are told of the products that it is offered, and the endpoints that they call. */
export interface Linked {
  readonly settings: Readonly<Record<string, string>>;
  readonly calls: Readonly<
    Record<string, { readonly securityGroupId: pulumi.Output<string>; readonly port: number }>
  >;
}

/**
 * Endpoints to what a product is offered. Nobody but the product's tasks may call them: their groups get a rule each,
 * and the VPC gets none.
 */
export function links(args: LinksArgs): Linked {
  const { zone, stack, product, environment, kept, upstream, provider } = args;
  const { serviceDomain } = zone.network;
  const taken = linksIn(zone, environment.name).filter(({ consumer }) => consumer === product);
  const accounts = [...new Set(taken.map(({ providerAccount }) => providerAccount))];
  const owners = new Map(
    accounts.map(account => [
      account,
      accountProvider(zone, account, stack.region, ofProduct(product, environment.name), {
        role: linksRole,
        name: `${account}-links`,
      }),
    ]),
  );
  const endpoints = taken.map(({ provider: { name }, providerAccount }) => {
    const { ways } = upstream.outputsOf<PersistentOutputs>(`${name}-persistent-${environment.name}`);
    const endpoint = new PrivateLinkEndpoint(
      `${name}-link`,
      {
        vpcId: kept.vpcId,
        subnetIds: kept.privateSubnetIds,
        serviceId: ways.apply(its => its?.link?.serviceId as string),
        serviceName: ways.apply(its => its?.link?.serviceName as string),
        privateDns: false,
        owner: owners.get(providerAccount) as aws.Provider,
      },
      { provider },
    );
    return { name, endpoint, label: linkName({ name }, product) };
  });
  serviceNames({
    ...args,
    serviceZoneId: kept.serviceZoneId,
    names: Object.fromEntries(endpoints.map(({ label, endpoint }) => [label, endpoint])),
  });
  return {
    settings: {
      // What is in the same account needs no link, and is told of all the same: no release differs by environment.
      ...Object.fromEntries(
        offersIn(zone, environment.name)
          .filter(offer => offer.consumer === product && offer.providerAccount === offer.consumerAccount)
          .map(({ provider: { name } }) => [urlSetting(name), `https://${name}.${serviceDomain}`]),
      ),
      ...Object.fromEntries(
        endpoints.map(({ name, label }) => [urlSetting(name), `https://${label}.${serviceDomain}`]),
      ),
    },
    calls: Object.fromEntries(
      endpoints.map(({ label, endpoint: { securityGroupId } }) => [label, { securityGroupId, port: 443 }]),
    ),
  };
}

/** In an account whose products are offered to other accounts: the role by which these have their connections accepted. */
export function linksRoleIn(zone: LandingZone, stack: StackDefinition, provider: aws.Provider): void {
  const { name: environment } = environmentOf(zone, stack);
  const consumers = linksIn(zone, environment)
    .filter(({ providerAccount }) => providerAccount === stack.account)
    .map(({ consumerAccount }) => consumerAccount)
    .sort();
  if (consumers.length === 0) return;
  new LinksRole(
    "links",
    {
      at: locationOf(zone, stack.account, stack.region),
      roleName: linksRole,
      accountIds: Object.fromEntries(consumers.map(account => [account, accountIdOf(zone, account)])),
      deployRoleName: deployRole,
      managementAccountId: accountIdOf(zone, zone.organization.roles.management),
    },
    { provider },
  );
}

/** Accounts whose products are offered to those of this one. */
export const providersOf = (
  zone: LandingZone,
  environment: EnvironmentName,
  consumer: string,
): readonly string[] =>
  [
    ...new Set(
      linksIn(zone, environment)
        .filter(({ consumerAccount }) => consumerAccount === consumer)
        .map(({ providerAccount }) => providerAccount),
    ),
  ].sort();
