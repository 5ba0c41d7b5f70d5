/** How a product is called: its load balancers, its names, and what stands before them. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { UserPool } from "../components/data/user-pool";
import { ContentDelivery } from "../components/ingress/content-delivery";
import type { ContentOrigin } from "../components/ingress/content-origins";
import type { FirewallChoices } from "../components/ingress/firewall-rules";
import { GraphqlApi } from "../components/ingress/graphql-api";
import { HttpApi } from "../components/ingress/http-api";
import { InternalLoadBalancer } from "../components/ingress/internal-load-balancer";
import { LentLoadBalancer } from "../components/ingress/lent-load-balancer";
import { NetworkLoadBalancer } from "../components/ingress/network-load-balancer";
import { PublicLoadBalancer } from "../components/ingress/public-load-balancer";
import { WebFirewall } from "../components/ingress/web-firewall";
import { outboundRange } from "../components/network/address-plan";
import type { BaselineOutputs } from "./baseline";
import type { Environment, EnvironmentName, Firewall, LandingZone, Product, Resource } from "./description";
import { resourceName, shortNameOf, type Where } from "./kinds";
import type { Made } from "./kinds/kind";
import { offered } from "./links";
import { lenderOf } from "./listener-rules";
import type { StackDefinition } from "./names";
import type { PersistentOutputs } from "./persistent";
import { loadBalancerLogBucket, participantNamesRole } from "./platform-names";
import { keyAlias } from "./product-names";
import { accountProvider, ofProduct } from "./providers";
import type { Handed, Received, Upstream } from "./references";
import { callersOf } from "./route-domains";
import { serviceNames } from "./service-names";

export interface WaysInArgs {
  readonly zone: LandingZone;
  readonly stack: StackDefinition;
  readonly product: Product;
  readonly environment: Environment & { readonly name: EnvironmentName };
  readonly where: Where;
  readonly account: Received<BaselineOutputs>;
  readonly upstream: Upstream;
  readonly kept: { readonly provider: aws.Provider; readonly protect: boolean };
  /** Whose VPC it is, where another account shares it. */
  readonly vpcOwner: string | undefined;
  /** The key of logs. */
  readonly logKeyArn: pulumi.Output<string>;
  readonly alarmTopicArn: string;
  /** What the product keeps, by short name. */
  readonly data: Readonly<Record<string, Made>>;
}

/** What the rules and targets of services are added to. */
export interface WaysIn {
  internal: { listenerArn: string; securityGroupId: string; dnsName: string; zoneId: string } | null;
  public: { listenerArn: string; securityGroupId: string } | null;
  network: { targetGroupArn: string; securityGroupId: string } | null;
  /** What products of other accounts call. */
  link: { serviceId: string; serviceName: string } | null;
}

export function waysIn(args: WaysInArgs): Handed<WaysIn> {
  const { product, environment, account, where, kept } = args;
  const own = internalLoadBalancer(args);
  const lent = own === undefined ? lentLoadBalancer(args) : undefined;
  const balancer = own ?? lent;
  if (balancer !== undefined)
    serviceNames({
      ...args,
      provider: kept.provider,
      serviceZoneId: account.serviceZoneId,
      names: { [product.name]: balancer },
    });
  const { cdn, api } = product;
  const domainName = `${product.name}.${where.domain}`;

  if (cdn !== undefined) {
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
        domainNames: [domainName],
        publicZoneId: account.publicZoneId,
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
  if (api !== undefined && own !== undefined) {
    const users = madeOf(args, api.users) as UserPool;
    new HttpApi(
      product.name,
      {
        at: where.at,
        apiName: product.name,
        domainName: `api.${domainName}`,
        publicZoneId: account.publicZoneId,
        vpcId: account.vpcId,
        subnetIds: account.subnetIds.private,
        loadBalancer: {
          listenerArn: own.listenerArn,
          securityGroupId: own.securityGroupId,
          serverName: domainName,
        },
        tokens: { issuer: users.issuer, audiences: Object.values(users.clientIds) },
        routes: api.routes,
        throttling: api.throttling ?? { rate: 100, burst: 200 },
        allowPublic: api.allowPublic,
        logGroupName: `/landing-zone/${product.name}/api-calls`,
        logRetentionDays: environment.logRetentionDays,
        keyArn: args.logKeyArn,
        alarmTopicArn: args.alarmTopicArn,
      },
      kept,
    );
  }
  graphqlApi(args);
  const publicBalancer = publicLoadBalancer(args);
  const network = networkLoadBalancer(args);
  return {
    internal:
      balancer === undefined
        ? null
        : {
            listenerArn: balancer.listenerArn,
            securityGroupId: balancer.securityGroupId,
            dnsName: balancer.dnsName,
            zoneId: balancer.zoneId,
          },
    public:
      publicBalancer === undefined
        ? null
        : { listenerArn: publicBalancer.listenerArn, securityGroupId: publicBalancer.securityGroupId },
    network:
      network === undefined
        ? null
        : { targetGroupArn: network.targetGroupArn, securityGroupId: network.securityGroupId },
    link: (own && offered(args, own)) ?? null,
  };
}

const choices = (firewall: Firewall = {}): FirewallChoices => ({ rateLimit: 2_000, ...firewall });

const nameOf = ({ product, where }: WaysInArgs, resource: Resource): string => {
  const name = shortNameOf(product, resource);
  if (name === undefined) throw new Error(`the product ${product.name} does not keep the ${resource.kind}`);
  return resourceName(product, name, resource, where);
};

const madeOf = ({ product, data }: WaysInArgs, resource: Resource) =>
  data[shortNameOf(product, resource) ?? ""]?.component;

const answers = ({ services }: Product): boolean =>
  Object.values(services ?? {}).some(({ path }) => path !== undefined);

/** Who inside the company may call: the environment, its tasks, and who the description lets in from beyond. */
const callers = ({ zone, environment }: WaysInArgs) => ({
  [environment.name]: environment.addresses,
  tasks: outboundRange,
  ...callersOf(zone, environment.name),
});

/** What load balancers of the product have in common. */
const balancing = ({ account, where, environment }: WaysInArgs) => ({
  vpcId: account.vpcId,
  publicZoneId: account.publicZoneId,
  logs: { bucketName: loadBalancerLogBucket(where.at) },
  deletionProtection: environment.deletionProtection,
});

/** Where names are resolved inside the company, and who may write there. */
const privately = ({ zone, stack, product, environment, account, vpcOwner }: WaysInArgs) => ({
  privateZoneId: account.privateZoneId,
  ...(vpcOwner === undefined
    ? {}
    : {
        privateZoneOwner: accountProvider(
          zone,
          vpcOwner,
          stack.region,
          ofProduct(product, environment.name),
          {
            role: participantNamesRole(stack.account),
            name: `${vpcOwner}-names`,
          },
        ),
      }),
});

function internalLoadBalancer(args: WaysInArgs): InternalLoadBalancer | undefined {
  const { product, account, where, kept } = args;
  if (!answers(product) || product.loadBalancerOf !== undefined) return undefined;
  return new InternalLoadBalancer(
    product.name,
    {
      ...balancing(args),
      ...privately(args),
      subnetIds: account.subnetIds.private,
      domainNames: [`${product.name}.${where.domain}`],
      callers: callers(args),
      alsoCertificateArn: account.serviceCertificateArn,
    },
    kept,
  );
}

function lentLoadBalancer(args: WaysInArgs): LentLoadBalancer | undefined {
  const { zone, product, environment, account, where, upstream, kept } = args;
  if (!answers(product) || product.loadBalancerOf === undefined) return undefined;
  const lender = upstream.outputsOf<PersistentOutputs>(
    `${lenderOf(zone, product).name}-persistent-${environment.name}`,
  ).ways;
  const its = (key: "listenerArn" | "securityGroupId" | "dnsName" | "zoneId") =>
    lender.apply(({ internal }) => internal?.[key] as string);
  return new LentLoadBalancer(
    product.name,
    {
      ...privately(args),
      domainName: `${product.name}.${where.domain}`,
      publicZoneId: account.publicZoneId,
      lender: {
        listenerArn: its("listenerArn"),
        securityGroupId: its("securityGroupId"),
        dnsName: its("dnsName"),
        zoneId: its("zoneId"),
      },
    },
    kept,
  );
}

function publicLoadBalancer(args: WaysInArgs): PublicLoadBalancer | undefined {
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
      ...balancing(args),
      subnetIds: account.subnetIds.ingress,
      domainNames: [`${product.name}.${where.domain}`],
      allowPublic: described.allowPublic,
      webAclArn: firewall.arn,
      callers: "internet",
    },
    kept,
  );
}

function networkLoadBalancer(args: WaysInArgs): NetworkLoadBalancer | undefined {
  const { product, account, where, kept } = args;
  const [service] = Object.entries(product.services ?? {}).filter(([, { network }]) => network !== undefined);
  if (service === undefined) return undefined;
  const [name, { network, port, health }] = service;
  if (network === undefined || port === undefined) return undefined;
  const tasks = {
    port,
    health:
      health === undefined
        ? { connectBecause: "Not every protocol has a path to ask; what is no HTTP answers a connection" }
        : { path: health },
  };
  return new NetworkLoadBalancer(
    `${product.name}-network`,
    {
      ...balancing(args),
      ...privately(args),
      subnetIds: account.subnetIds.private,
      domainNames: [`${name}.${product.name}.${where.domain}`],
      callers: callers(args),
      to:
        network === "tls"
          ? { kind: "tls", tasks }
          : { kind: "passthrough", because: network.passthrough, tasks },
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
      domain: { name: `graphql.${product.name}.${where.domain}`, publicZoneId: account.publicZoneId },
      firewall: choices(described.firewall),
      keyArn: args.logKeyArn,
      logRetentionDays: environment.logRetentionDays,
      alarmTopicArn: args.alarmTopicArn,
    },
    kept,
  );
}
