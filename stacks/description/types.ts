/**
 * The words of the description. An editor completes them and the compiler refuses what they do not allow;
 * what types cannot say is checked on load (see faults.ts).
 */
import type { Network, NetworkChoices } from "./network-types";
import type { Organization } from "./organization-types";
import type { Region } from "./regions";
import type { Bucket, Link, Resource } from "./resources";

export const environmentNames = ["dev", "int", "prod"] as const;
/** In the order a release travels. */
export type EnvironmentName = (typeof environmentNames)[number];

export type DataClass = "public" | "internal" | "confidential" | "restricted";

/** A company: its organization, its environments and its products. `A` is the union of its accounts' names. */
export interface LandingZone<A extends string = string> {
  readonly organization: Organization<A>;
  readonly environments: Environments<A>;
  readonly network: Network;
  readonly products: readonly Product<A>[];
}

export type Environments<A extends string = string> = Readonly<Record<EnvironmentName, Environment<A>>>;

export interface Environment<A extends string = string> {
  /** Where products live that bring no account of their own. */
  readonly account: A;
  readonly region: Region;
  /**
   * Availability zones, one to six: how many, or which, by identifier. Default: three. Add new ones at the end.
   */
  readonly zones?: number | readonly string[];
  /** The routable range that all accounts of the environment share out, for example `10.16.0.0/12`. */
  readonly addresses: string;
  readonly network: NetworkChoices;
  /** Days that CloudWatch keeps logs; one of the periods CloudWatch Logs offers. */
  readonly logRetentionDays: LogRetentionDays;
  /** AWS's own protection against deletion, on everything that outlives a release. */
  readonly deletionProtection: boolean;
  /** AWS Backup copies what products keep, once a day; absent: it does not. */
  readonly backup?: {
    /** Days that a day's copy is kept, 1 to 3,650. */
    readonly keepDays: number;
    /** Days that a month's copy is kept; absent: there is none. */
    readonly keepMonthlyDays?: number;
    /** Copy each to the log-archive account too, where who takes over an account does not reach it. Default false. */
    readonly copies?: boolean;
  };
  /** What a service gets that does not say. */
  readonly service: ServiceSize;
}

export interface ServiceSize {
  readonly size: TaskSize;
  readonly scaling: Scaling;
}

/** Source: AWS API reference, PutRetentionPolicy. */
export type LogRetentionDays =
  | 1
  | 3
  | 5
  | 7
  | 14
  | 30
  | 60
  | 90
  | 120
  | 150
  | 180
  | 365
  | 400
  | 545
  | 731
  | 1096
  | 1827
  | 2192
  | 2557
  | 2922
  | 3288
  | 3653;

export interface Product<A extends string = string> {
  /** Lower-case letters, digits and hyphens; at most 20, for the sake of names with a 32-character limit. */
  readonly name: string;
  readonly team: string;
  readonly costCentre: string;
  readonly dataClass: DataClass;
  /** US dollars a month, all environments together; default: the organization's `costs.productBudget`. */
  readonly monthlyBudget?: number;
  /** Default: all of them. */
  readonly environments?: readonly EnvironmentName[];
  /** Accounts of the product's own, by environment; elsewhere it lives in the environment's. */
  readonly accounts?: Readonly<Partial<Record<EnvironmentName, A>>>;
  /** What the product keeps, by a short name. */
  readonly data?: Readonly<Record<string, Resource>>;
  /** Put a content delivery network with a web application firewall before the load balancer. */
  readonly cdn?: Cdn;
  readonly services?: Readonly<Record<string, Service>>;
  readonly tasks?: Readonly<Record<string, Task>>;
}

export interface Cdn {
  /** The public internet may call this product: say why. At least 20 characters. */
  readonly allowPublic: string;
  /** Requests that one address may send in five minutes; 10 to 2,000,000,000; default 2,000. */
  readonly rateLimit?: number;
}

/** An image's tag in the product's repository: one for all environments, or one for each. */
export type Release = string | Readonly<Record<EnvironmentName, string>>;

export interface Container {
  /** The repository, below the product's; default: the service's own name. */
  readonly image?: string;
  readonly release: Release;
  /** Default: the environment's. */
  readonly size?: TaskSize;
  /** Plain settings. Secrets do not belong here. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The product's resources it may use; it can reach no other. */
  readonly uses?: readonly Link[];
}

/** Runs all the time. With a `path` it is called through the load balancer; without, it is a worker. */
export interface Service extends Container {
  /** Where it listens, with TLS; needed with `path`. */
  readonly port?: number;
  /** What it answers: `/orders` and everything below as `/orders/*`. `*` and `?` are wildcards. */
  readonly path?: string;
  /** HTTP version from the load balancer to the task; default `http1`. */
  readonly protocol?: "http1" | "http2" | "grpc";
  /** What the load balancer asks to learn whether a task is well; default `/health`, for gRPC the health service. */
  readonly health?: string;
  readonly scaling?: Scaling;
}

/** Runs and ends: on a schedule, or when an object arrives. */
export interface Task extends Container {
  readonly on: { readonly schedule: string } | { readonly objectCreated: Bucket; readonly prefix?: string };
  /** Replaces the image's command. */
  readonly command?: readonly string[];
}

/** Fargate's sizes. CPU in units of a 1,024th vCPU, memory in MiB. */
export interface TaskSize {
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096 | 8192 | 16384;
  readonly memory: number;
}

export interface Scaling {
  readonly min: number;
  readonly max: number;
}
