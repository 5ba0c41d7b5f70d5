/** The words that describe the company's network: who may talk to whom, and by which ways. */

/** What is attached to one of these reaches what its domain reaches, and nothing else. */
export const routeDomains = ["dev", "int", "prod", "shared", "runner", "on-premises"] as const;
export type RouteDomain = (typeof routeDomains)[number];

export interface Network {
  /** The hub's own routable range, /16 to /20: shared services, central egress, inspection. */
  readonly addresses: string;
  /**
   * The private domain that services are called by, the same in every environment: `orders.example.services` leads
   * to the load balancer of the environment it is asked in.
   */
  readonly serviceDomain: string;
  /** Who may talk to whom; answers always come back. Environments never reach one another. */
  readonly reaches: Readonly<Partial<Record<RouteDomain, readonly RouteDomain[]>>>;
  /** The transit gateway's number at its side of BGP; default 64512. */
  readonly asn?: number;
  /** One way out of the hub for environments whose `nat` is `central`; absent: there is none. */
  readonly egress?: {
    /** A firewall stands before it and lets through these domains only; `.example.com` means all below. */
    readonly allow?: readonly string[];
  };
  readonly onPremises?: OnPremises;
  /** Interface endpoints once in the hub, for environments whose `endpoints` are `shared`. Default false. */
  readonly sharedEndpoints?: boolean;
  /**
   * The hub's names (of shared endpoints, and of on-premises for those who reach it) come to an environment's VPCs
   * by one Route 53 Profile, where each costs a VPC one association otherwise. It costs by the hour. Default false.
   */
  readonly namesProfile?: boolean;
  /**
   * Amazon VPC IPAM, which the network account administers for the organization, keeps pools with the same numbers,
   * and shows what is used. Default false.
   */
  readonly addressPools?: boolean;
}

export interface OnPremises {
  /** The company's own ranges beyond AWS. */
  readonly ranges: readonly string[];
  readonly connection:
    | { readonly vpn: { readonly address: string; readonly asn: number } }
    | { readonly directConnectGatewayId: string };
  /** Domains that the company's own name servers answer, and these servers' addresses. */
  readonly names?: { readonly domains: readonly string[]; readonly servers: readonly string[] };
}

export const networkProfiles = ["economy", "standard", "strict"] as const;
export type NetworkProfile = (typeof networkProfiles)[number];

/** An environment's network: a profile, and what is to be otherwise; see stacks/network-profiles.ts. */
export interface NetworkChoices {
  readonly profile: NetworkProfile;
  /**
   * The way of tasks to the internet. `per-zone` survives the loss of a zone; `single` saves two NAT gateways and is
   * down with its zone; `central` goes through the hub; `none` leaves VPC endpoints only.
   */
  readonly nat?: "per-zone" | "single" | "central" | "none";
  /** The way of tasks to other networks of the company. */
  readonly privateNat?: "per-zone" | "single" | "none";
  /** Interface endpoints: in each account, in the hub, or none. */
  readonly endpoints?: "local" | "shared" | "none";
  /** Flow logs go to the log archive; also to CloudWatch Logs? */
  readonly flowLogsInCloudWatch?: boolean;
  /** Record which names are asked for. */
  readonly queryLogs?: boolean;
  /** Names that are not answered, for example `bad.example.com`. */
  readonly blockedNames?: readonly string[];
  readonly ipv6?: boolean;
}
