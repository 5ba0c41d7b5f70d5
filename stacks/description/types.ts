/**
 * The words of the description. An editor completes them and the compiler refuses what they do not allow;
 * what types cannot say is checked on load (see faults.ts).
 */
import type { Alerts } from "./alert-types";
import type { EnvironmentName } from "./by-environment";
import type { Network, NetworkChoices } from "./network-types";
import type { Organization } from "./organization-types";
import type { Region } from "./regions";
import type { Resource } from "./resources";
import type { RestoreDrill } from "./restore-drill-types";
import type { GitlabRunner } from "./runner-types";
import type { Cdn, GraphqlApi, HttpApi, PublicBalancer } from "./ways-types";
import type {
  Deployment,
  Instances,
  Job,
  LambdaFunction,
  Scaling,
  Service,
  TaskSize,
} from "./workload-types";

export { type ByEnvironment, type EnvironmentName, environmentNames, inEnvironment } from "./by-environment";
export type * from "./restore-drill-types";
export type * from "./workload-types";

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
  /** What products keep has a second in another zone, where AWS does not see to that by itself. */
  readonly multiZone: boolean;
  /** AWS Backup copies what products keep, once a day; absent: it does not. */
  readonly backup?: {
    /** Days that a day's copy is kept, 1 to 3,650. */
    readonly keepDays: number;
    /** Days that a month's copy is kept, at least as many as a day's; absent: there is none. */
    readonly keepMonthlyDays?: number;
    /** Copy each to the log-archive account too, where who takes over an account does not reach it. Default false. */
    readonly copies?: boolean;
    /**
     * Who may lift the lock of the vaults in the environment's accounts. `governance`, the default: who may by IAM
     * and guardrails. `compliance`: nobody, AWS included, once `changeableForDays` are over; copies then stay, and are
     * paid for, until their time is over, and these numbers can not be changed any more.
     */
    readonly lock?: "governance" | "compliance";
    /** With `compliance`, and needed there: days in which the lock can still be lifted, 3 to 36,500. */
    readonly changeableForDays?: number;
    /** Days before which nobody deletes a copy, and for less than which none may be kept; default: `keepDays`. */
    readonly minKeepDays?: number;
    /** Days for more than which no copy may be kept, so that nobody fills a locked vault for ever; default: 36,500. */
    readonly maxKeepDays?: number;
  };
  /**
   * Backups of this environment may be restored here by `lz restore`: accounts of its products are let into the vaults
   * of the same products' accounts here. Not for an environment with deletionProtection. Absent: from none.
   */
  readonly restoresFrom?: EnvironmentName;
  /**
   * Who gets a shell in a running container, by ECS Exec. `breakGlass`, the default: who breaks the glass, and nobody
   * else. `allowed`: who has the right by IAM.
   */
  readonly shell?: "allowed" | "breakGlass";
  /** A runner of GitLab in the environment's own account, which its pipelines run on. Absent: there is none. */
  readonly runner?: GitlabRunner;
  /**
   * `advisory`: policies that allow it (what makes things last, or cheap; never what keeps them closed) are only advice
   * here. Not for prod. Reaches the policies by `lz policies --config`. Absent: every policy at its own level.
   */
  readonly policies?: "advisory";
  /**
   * When it is worked with: outside these hours services have no tasks and databases are stopped, but for what says
   * `alwaysOn` and services that say `asleep` themselves. Not for prod. Absent: it runs day and night.
   */
  readonly hours?: Hours;
  /** What services get that do not say; jobs, too, their size. */
  readonly service: ServiceDefaults;
}

export interface Hours {
  /** `"07:00"`, from `"01:00"` to `"12:00"`; databases begin to start half an hour before. */
  readonly start: string;
  /** `"19:00"`, from `"12:00"` to `"23:00"`, and six hours after `start` at least. */
  readonly stop: string;
  /** `MON-FRI`, the default: nothing runs on Saturday and Sunday; `MON-SUN`: nights only. */
  readonly days?: "MON-FRI" | "MON-SUN";
  /** As in the IANA database; default `UTC`. */
  readonly timezone?: string;
}

export interface ServiceDefaults {
  readonly size: TaskSize;
  /** What a service says of its scaling is laid over this. */
  readonly scaling: Scaling;
  /** Per cent of the tasks above the least that run on Fargate Spot; default 0. */
  readonly spot?: number;
  /** Of services with a `path`, without `hooks`; default: rolling. */
  readonly deployment?: Deployment;
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

export interface Move<A extends string = string> {
  readonly from: A;
  readonly to: A;
}

export interface Product<A extends string = string> {
  /** Lower-case letters, digits and hyphens; at most 20, for the sake of names with a 32-character limit. */
  readonly name: string;
  readonly team: string;
  readonly costCentre: string;
  /** Where its code is, for example `example/orders`: pipelines of its branch `main` may push the product's images. */
  readonly repository?: string;
  readonly dataClass: DataClass;
  /** US dollars a month, all environments together; default: the organization's `costs.productBudget`. */
  readonly monthlyBudget?: number;
  /** Default: all of them. */
  readonly environments?: readonly EnvironmentName[];
  /** Accounts of the product's own, by environment; elsewhere it lives in the environment's. */
  readonly accounts?: Readonly<Partial<Record<EnvironmentName, A>>>;
  /** Who hears of its alarms; what it does not say is as `organization.operations.alerts` says. */
  readonly alerts?: Alerts;
  /**
   * While it moves from one account to another within an environment: both. The one lets its backups be copied, and the
   * other takes them, for `lz restore --from prod --to prod`. One of the two is where it lives: the old one before, the
   * new one after.
   */
  readonly moving?: Readonly<Partial<Record<EnvironmentName, Move<A>>>>;
  /**
   * For as long as it is on its way in or out: the reason, in 20 to 256 characters. Nothing of it is protected against
   * deletion, and what it keeps may be destroyed with its contents; policies that ask for protection say so as advice.
   * Back it up before (`lz backup`).
   */
  readonly unprotected?: string;
  /** Why nothing of it stops outside the environments' `hours`, in at least 20 characters. */
  readonly alwaysOn?: string;
  /** How many images of each repository are kept, the newest, 1 to 1,000; default 50. */
  readonly keepReleases?: number;
  /** What the product keeps, by a short name. */
  readonly data?: Readonly<Record<string, Resource>>;
  /** Restores the backups of another environment again and again, to prove that it can be done. Default: none. */
  readonly restoreDrill?: RestoreDrill;
  /** What of it other products may use, by the same name: the products. */
  readonly shares?: Readonly<Record<string, readonly string[]>>;
  /** Put a content delivery network with a web application firewall before the load balancer. */
  readonly cdn?: Cdn;
  readonly publicLoadBalancer?: PublicBalancer;
  readonly api?: HttpApi;
  readonly graphql?: GraphqlApi;
  /** Another product of the same accounts, whose internal load balancer serves this one too, told apart by name. */
  readonly loadBalancerOf?: string;
  /**
   * Products of other accounts of the environment that may call this one by PrivateLink, without any route between
   * their networks. Their containers get `<THIS>_URL`.
   */
  readonly offersTo?: readonly string[];
  readonly services?: Readonly<Record<string, Service>>;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly functions?: Readonly<Record<string, LambdaFunction>>;
  /** One cluster of ECS for all of them, or one for each service. Default `product`. */
  readonly cluster?: "product" | "service";
  /** EC2 instances beside Fargate, for services with `capacity: "instances"`. */
  readonly instances?: Instances;
}
