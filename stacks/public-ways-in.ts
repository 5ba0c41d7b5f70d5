/** How the internet calls a product: CloudFront, its APIs and its public load balancer. */
import type { UserPool } from "../components/data/user-pool";
import { ContentDelivery } from "../components/ingress/content-delivery";
import type { ContentOrigin } from "../components/ingress/content-origins";
import type { FirewallChoices } from "../components/ingress/firewall-rules";
import { GraphqlApi } from "../components/ingress/graphql-api";
import { HttpApi } from "../components/ingress/http-api";
import type { InternalLoadBalancer } from "../components/ingress/internal-load-balancer";
import { PublicLoadBalancer } from "../components/ingress/public-load-balancer";
import { edgeRegion, WebFirewall } from "../components/ingress/web-firewall";
import type { Firewall, Product, Resource } from "./description";
import { shortNameOf } from "./description/kept";
import { resourceName } from "./kinds";
import { platformAlarmTopics } from "./platform-names";
import { keyAlias } from "./product-names";
import { type Balancing, domainNames, type WaysInArgs } from "./ways-in";

/** @returns the public load balancer, which services add rules to. */
export function publicWaysIn(
  args: WaysInArgs,
  own: InternalLoadBalancer | undefined,
  balancing: Balancing,
): PublicLoadBalancer | undefined {
  contentDelivery(args, own);
  httpApi(args, own);
  graphqlApi(args);
  return publicLoadBalancer(args, balancing);
}

const domainOf = ({ product, where }: WaysInArgs): string => `${product.name}.${where.domain}`;

const choices = (firewall: Firewall = {}): FirewallChoices => ({ rateLimit: 2_000, ...firewall });

const nameOf = ({ product, where }: WaysInArgs, resource: Resource): string => {
  const name = shortNameOf(product, resource);
  if (name === undefined) throw new Error(`the product ${product.name} does not keep the ${resource.kind}`);
  return resourceName(product, name, resource, where);
};

const madeOf = ({ product, data }: WaysInArgs, resource: Resource) =>
  data[shortNameOf(product, resource) ?? ""]?.component;

function contentDelivery(args: WaysInArgs, own: InternalLoadBalancer | undefined): void {
  const { product, environment, account, where, kept } = args;
  const { cdn } = product;
  if (cdn === undefined) return;
  const origins: Record<string, ContentOrigin> = {
    ...(own === undefined
      ? {}
      : { "load-balancer": { kind: "loadBalancer", arn: own.arn, dnsName: own.dnsName } }),
    ...(cdn.files === undefined
      ? {}
      : {
          files: { kind: "bucket", bucketName: nameOf(args, cdn.files.bucket), region: where.at.region },
        }),
  };
  new ContentDelivery(
    product.name,
    {
      at: where.at,
      siteName: product.name,
      domainNames: [domainOf(args)],
      publicZoneId: account.publicZoneId,
      expiryTopics: platformAlarmTopics(args.zone, edgeRegion),
      origins,
      otherwise: own === undefined ? "files" : "load-balancer",
      ...(cdn.files?.path === undefined ? {} : { paths: { [cdn.files.path]: "files" } }),
      firewall: choices(cdn.firewall),
      logRetentionDays: environment.logRetentionDays,
      allowPublic: cdn.allowPublic,
    },
    kept,
  );
}

function httpApi(args: WaysInArgs, own: InternalLoadBalancer | undefined): void {
  const { product, environment, account, where, kept } = args;
  const { api } = product;
  if (api === undefined || own === undefined) return;
  const users = madeOf(args, api.users) as UserPool;
  new HttpApi(
    product.name,
    {
      at: where.at,
      apiName: product.name,
      domainName: `api.${domainOf(args)}`,
      publicZoneId: account.publicZoneId,
      vpcId: account.vpcId,
      subnetIds: account.subnetIds.private,
      loadBalancer: {
        listenerArn: own.listenerArn,
        securityGroupId: own.securityGroupId,
        serverName: domainOf(args),
      },
      tokens: { issuer: users.issuer, audiences: Object.values(users.clientIds) },
      routes: api.routes,
      throttling: api.throttling ?? { rate: 100, burst: 200 },
      allowPublic: api.allowPublic,
      logGroupName: `/landing-zone/${product.name}/api-calls`,
      logRetentionDays: environment.logRetentionDays,
      keyArn: args.logKeyArn,
      alarmTopics: args.alarmTopics,
    },
    kept,
  );
}

function graphqlApi(args: WaysInArgs): void {
  const { product, environment, account, where, kept } = args;
  const described = product.graphql;
  if (described === undefined) return;
  const users = madeOf(args, described.users) as UserPool;
  new GraphqlApi(
    product.name,
    {
      at: where.at,
      apiName: product.name,
      schema: described.schema,
      callers: {
        kind: "users",
        userPoolId: users.userPoolId,
        clientIds: Object.values(users.clientIds),
      },
      sources: Object.fromEntries(
        Object.entries(described.sources).map(([source, { table, access }]) => [
          source,
          { kind: "table", tableName: nameOf(args, table), access, keyAlias: keyAlias(product, "data") },
        ]),
      ),
      resolvers: described.resolvers,
      introspection: environment.name === "dev",
      domain: {
        name: `graphql.${domainOf(args)}`,
        publicZoneId: account.publicZoneId,
        expiryTopics: platformAlarmTopics(args.zone, edgeRegion),
      },
      firewall: choices(described.firewall),
      keyArn: args.logKeyArn,
      logRetentionDays: environment.logRetentionDays,
      alarmTopics: args.alarmTopics,
    },
    kept,
  );
}

/** Of a product, the services that the internet calls. */
const publicPart = (product: Product): Product => ({
  ...product,
  services: Object.fromEntries(
    Object.entries(product.services ?? {}).filter(([, service]) => service.public === true),
  ),
});

function publicLoadBalancer(args: WaysInArgs, balancing: Balancing): PublicLoadBalancer | undefined {
  const { product, environment, account, where, kept } = args;
  const described = product.publicLoadBalancer;
  if (described === undefined) return undefined;
  const firewall = new WebFirewall(
    `${product.name}-public`,
    {
      ...choices(described.firewall),
      firewallName: `${product.name}-public`,
      scope: "REGIONAL",
      at: where.at,
      keyArn: args.logKeyArn,
      logRetentionDays: environment.logRetentionDays,
    },
    kept,
  );
  return new PublicLoadBalancer(
    `${product.name}-public`,
    {
      ...balancing,
      subnetIds: account.subnetIds.ingress,
      domainNames: domainNames(publicPart(product), where),
      allowPublic: described.allowPublic,
      webAclArn: firewall.arn,
      callers: "internet",
    },
    kept,
  );
}
