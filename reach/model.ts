/** A network as a plan makes it: what packets meet on their way, and where they can begin and end. */
import type { Boundaries, Range } from "./ranges";

export interface Network {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  /** Where something answers: load balancers, services, databases, endpoints. */
  readonly places: readonly Place[];
  readonly attachments: readonly Attachment[];
  readonly relays: readonly Relay[];
  /** What may open a way and is not understood: no wall is trusted where it could. */
  readonly notUnderstood: readonly NotUnderstood[];
  readonly boundaries: Boundaries;
  /** Whether any subnet has an access control list: without, ports matter to security groups alone. */
  readonly accessLists: readonly AccessList[];
}

/** Whose it is. */
export interface Owner {
  /** The account's number. */
  readonly account: string | null;
  readonly environment: string | null;
  /** What it is called by: a product in an environment, or an account. */
  readonly label: string;
}

export interface Vpc {
  readonly id: string;
  readonly name: string;
  readonly owner: Owner;
  /** In the order they were given: the first is the primary one. */
  readonly ranges: readonly Range[];
  /** Its name, where it has one. */
  readonly internetGateway: string | undefined;
  /** What comes in by the internet gateway is routed by this, where there is one. */
  readonly edgeTable: RouteTable | undefined;
  readonly vpnGateway: VpnGateway | undefined;
  readonly subnets: readonly Subnet[];
  /** Those that are, or are to be, peered with it. */
  readonly peers: ReadonlySet<string>;
}

export interface VpnGateway {
  readonly id: string;
  readonly name: string;
  /** A connection to a place outside belongs to it. */
  readonly connected: boolean;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  /** Of its tag `subnet-role`. */
  readonly role: string | null;
  readonly zone: string | null;
  readonly range: Range;
  readonly vpc: Vpc;
  readonly table: RouteTable;
  /** Absent: the default one, which lets everything through. */
  readonly accessList: AccessList | undefined;
  readonly givesPublicAddresses: boolean;
  readonly publicAccess: PublicAccess;
}

/**
 * What VPC Block Public Access leaves of an internet gateway: both directions, calls outwards, calls outwards by a NAT
 * gateway, or nothing.
 */
export type PublicAccess = "open" | "outward" | "by-nat" | "none";

export interface RouteTable {
  readonly id: string;
  readonly name: string;
  readonly routes: readonly Route[];
}

export interface Route {
  /** Undefined: not known, so it may be any. */
  readonly destination: Range | undefined;
  readonly target: Target;
  /** Routes that someone wrote come before those that were learned, where both are as specific. */
  readonly learned: boolean;
}

export type Target =
  | { readonly kind: "local" }
  | { readonly kind: "internet-gateway"; readonly name: string; readonly vpc: string | undefined }
  | { readonly kind: "nat"; readonly gateway: NatGateway }
  | { readonly kind: "transit"; readonly gateway: TransitGateway }
  | { readonly kind: "peering"; readonly peering: Peering }
  | { readonly kind: "vpn-gateway"; readonly gateway: VpnGateway }
  | { readonly kind: "firewall"; readonly name: string; readonly subnet: Subnet | undefined }
  /** For AWS's services: it leads nowhere else. */
  | { readonly kind: "service-endpoint" }
  | { readonly kind: "not-understood"; readonly what: string };

export interface NatGateway {
  readonly name: string;
  readonly public: boolean;
  /** In the order they are tried. A regional one is in all subnets of its VPC's zones. */
  readonly subnet: Subnet | undefined;
}

export interface Peering {
  readonly name: string;
  /** The VPCs at its ends; undefined where one is in no plan. */
  readonly ends: readonly (Vpc | undefined)[];
}

export interface TransitGateway {
  readonly id: string;
  readonly name: string;
  /** Security groups may name those of other VPCs that are attached. */
  readonly namesGroups: boolean;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly gateway: TransitGateway;
  readonly end:
    | {
        readonly kind: "vpc";
        readonly vpc: Vpc;
        readonly subnets: readonly Subnet[];
        readonly namesGroups: boolean;
      }
    | { readonly kind: "on-premises"; readonly announces: boolean }
    | { readonly kind: "firewall"; readonly name: string }
    | { readonly kind: "not-understood"; readonly what: string };
  /** What is sent in here is routed by this one; absent: by none. */
  readonly table: TransitTable | undefined;
}

export interface TransitTable {
  readonly id: string;
  readonly name: string;
  readonly routes: readonly TransitRoute[];
}

export interface TransitRoute {
  /** Undefined: not known beforehand, such as what is announced by BGP. */
  readonly destination: Range | undefined;
  /** Undefined: a black hole. */
  readonly to: Attachment | undefined;
  readonly learned: boolean;
}

export interface AccessList {
  readonly id: string;
  readonly name: string;
  /** By their numbers. The first that fits decides; where none does, nothing passes. */
  readonly inward: readonly AccessRule[];
  readonly outward: readonly AccessRule[];
}

export interface AccessRule extends Traffic {
  readonly number: number;
  readonly allows: boolean;
  /** Undefined: not known. */
  readonly range: Range | undefined;
}

/** Protocols are named: `tcp`, `udp`, `icmp`, `all`; others are by number. ICMP has its type where others have ports. */
export interface Traffic {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly inward: readonly GroupRule[];
  readonly outward: readonly GroupRule[];
}

export interface GroupRule extends Traffic {
  readonly peer:
    | { readonly kind: "range"; readonly range: Range }
    | { readonly kind: "group"; readonly id: string }
    /** CloudFront's own list of where it calls from, or the group it puts before VPC origins. */
    | { readonly kind: "cloudfront" }
    /** The addresses of an AWS service that a gateway endpoint leads to. */
    | { readonly kind: "service"; readonly list: string }
    | { readonly kind: "not-known"; readonly what: string };
}

/** Something with network interfaces that are alike. */
export interface Place {
  readonly kind: "load-balancer" | "service" | "database" | "endpoint" | "gateway-endpoint";
  readonly name: string;
  readonly urn: string;
  readonly owner: Owner;
  readonly interfaces: readonly Interface[];
  /** CloudFront distributions that call it. */
  readonly distributions: readonly Distribution[];
  /** Of a gateway endpoint: who is routed by these reaches it. */
  readonly tables: ReadonlySet<string>;
  /** Of a gateway endpoint: the list of its service's addresses. */
  readonly list: string | undefined;
}

export interface Interface {
  readonly subnet: Subnet;
  /**
   * Any of them must admit a packet. Absent: a stranger, which filters nothing, and which no group's rule means. A
   * load balancer without groups is one, too.
   */
  readonly groups: readonly SecurityGroup[] | undefined;
  readonly public: boolean;
  /** The only ports it answers at, by TCP; absent: any that its groups let in. */
  readonly listens?: readonly number[] | undefined;
}

/** What hands on whatever it is called with; an Application Load Balancer does not, it calls for itself. */
export interface Relay {
  readonly by: "NLB" | "PrivateLink" | "API gateway";
  readonly name: string;
  /** Who is called. Absent: anyone on the internet has it call. */
  readonly called: { readonly place: Place; readonly protocol: string; readonly port: number } | undefined;
  /** Who is on the line to the other end; absent: AWS itself. */
  readonly caller: Place | undefined;
  readonly to: Place;
  readonly protocol: string;
  /** At which the other end is called. */
  readonly port: number;
  /** The other end may see the address of whoever called first, and ask its security groups about that. */
  readonly keepsSender: boolean;
  /** The security groups of the other end are asked. */
  readonly filtered: boolean;
}

export interface Distribution {
  readonly name: string;
  /** By a VPC origin, inside the VPC; otherwise it calls a public address. */
  readonly inside: boolean;
  readonly ports: readonly number[];
}

export interface NotUnderstood {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** What it is, or what of it is not understood. */
  readonly because: string;
  /** The VPCs and transit gateways it belongs to or refers to, by id; undefined: it may be any. */
  readonly touches: readonly string[] | undefined;
}
