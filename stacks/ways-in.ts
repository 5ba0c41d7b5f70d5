/** How a product is called: its load balancers and names inside the company, and what the internet calls. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { InternalLoadBalancer } from "../components/ingress/internal-load-balancer";
import { LentLoadBalancer } from "../components/ingress/lent-load-balancer";
import { NetworkLoadBalancer } from "../components/ingress/network-load-balancer";
import type { PublicLoadBalancer } from "../components/ingress/public-load-balancer";
import { outboundRange } from "../components/network/address-plan";
import type { AlarmTopics } from "../components/observability/severity";
import type { BaselineOutputs } from "./baseline";
import type { Environment, EnvironmentName, LandingZone, Product } from "./description";
import { lenderOf } from "./description/listeners";
import { hostsOf } from "./description/routes";
import type { Where } from "./kinds";
import type { Made } from "./kinds/kind";
import { offered } from "./links";
import type { StackDefinition } from "./names";
import type { PersistentOutputs } from "./persistent";
import { loadBalancerLogBucket, participantNamesRole } from "./platform-names";
import { accountProvider, ofProduct } from "./providers";
import { publicWaysIn } from "./public-ways-in";
import type { Handed, Received, Upstream } from "./references";
import { callersOf } from "./route-domains";
import { serviceNames } from "./service-names";
import { isTested } from "./tested-releases";

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
  readonly alarmTopics: AlarmTopics;
  /** What the product keeps, by short name. */
  readonly data: Readonly<Record<string, Made>>;
}

/** An Application Load Balancer, for services to add their rules to. */
export interface Listening {
  listenerArn: string;
  /** Where releases are tried before callers get to them; null where no service asks for that. */
  testListenerArn: string | null;
  securityGroupId: string;
  /** As CloudWatch knows it: `app/orders/0123456789abcdef`. */
  fullName: string;
}

/** What the rules and targets of services are added to. */
export interface WaysIn {
  internal: (Listening & { dnsName: string; zoneId: string }) | null;
  public: Listening | null;
  network: {
    targetGroupArn: string;
    securityGroupId: string;
    fullName: string;
    targetGroupName: string;
  } | null;
  /** What products of other accounts call. */
  link: { serviceId: string; serviceName: string } | null;
}

export function waysIn(args: WaysInArgs): Handed<WaysIn> {
  const { product, account, kept } = args;
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
  const publicBalancer = publicWaysIn(args, own, balancing(args));
  const network = networkLoadBalancer(args);
  return {
    internal:
      balancer === undefined
        ? null
        : {
            ...listening(balancer),
            dnsName: balancer.dnsName,
            zoneId: balancer.zoneId,
          },
    public: publicBalancer === undefined ? null : listening(publicBalancer),
    network:
      network === undefined
        ? null
        : {
            targetGroupArn: network.targetGroupArn,
            securityGroupId: network.securityGroupId,
            fullName: network.fullName,
            targetGroupName: network.targetGroupName,
          },
    link: (own && offered(args, own)) ?? null,
  };
}

const listening = (
  balancer: InternalLoadBalancer | LentLoadBalancer | PublicLoadBalancer,
): Handed<Listening> => ({
  listenerArn: balancer.listenerArn,
  testListenerArn: balancer.testListenerArn ?? null,
  securityGroupId: balancer.securityGroupId,
  fullName: balancer.fullName,
});

/** The product's own name first, and those of its services that have some below it. */
export const domainNames = (product: Product, { domain }: Where): [string, ...string[]] => [
  `${product.name}.${domain}`,
  ...hostsOf(product).map(host => `${host}.${product.name}.${domain}`),
];

const answers = ({ services }: Product): boolean =>
  Object.values(services ?? {}).some(({ path }) => path !== undefined);

/** Who inside the company may call: the environment, its tasks, and who the description lets in from beyond. */
const callers = ({ zone, environment }: WaysInArgs) => ({
  [environment.name]: environment.addresses,
  tasks: outboundRange,
  ...callersOf(zone, environment.name),
});

/** What load balancers of the product have in common. */
const balancing = ({ account, where, environment, alarmTopics }: WaysInArgs) => ({
  vpcId: account.vpcId,
  publicZoneId: account.publicZoneId,
  logs: { bucketName: loadBalancerLogBucket(where.at) },
  deletionProtection: environment.deletionProtection,
  expiryTopics: alarmTopics,
});

export type Balancing = ReturnType<typeof balancing>;

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
  const { product, environment, account, where, kept } = args;
  if (!answers(product) || product.loadBalancerOf !== undefined) return undefined;
  return new InternalLoadBalancer(
    product.name,
    {
      ...balancing(args),
      ...privately(args),
      subnetIds: account.subnetIds.private,
      domainNames: domainNames(product, where),
      callers: callers(args),
      alsoCertificateArn: account.serviceCertificateArn,
      ...(isTested(args.zone, product, environment.name) ? { testListener: { callers: callers(args) } } : {}),
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
  const its = (key: "listenerArn" | "securityGroupId" | "dnsName" | "zoneId" | "fullName") =>
    lender.apply(({ internal }) => internal?.[key] as string);
  return new LentLoadBalancer(
    product.name,
    {
      ...privately(args),
      domainNames: domainNames(product, where),
      publicZoneId: account.publicZoneId,
      expiryTopics: args.alarmTopics,
      lender: {
        listenerArn: its("listenerArn"),
        securityGroupId: its("securityGroupId"),
        dnsName: its("dnsName"),
        zoneId: its("zoneId"),
        fullName: its("fullName"),
        ...(isTested(zone, lenderOf(zone, product), environment.name)
          ? { testListenerArn: lender.apply(({ internal }) => internal?.testListenerArn as string) }
          : {}),
      },
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
        : { path: typeof health === "string" ? health : (health.path ?? "/health") },
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
