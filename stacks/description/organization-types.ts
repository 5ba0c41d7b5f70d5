/** The words that describe a company's organization: its accounts, what they may not do, and who may come in. */
import type { AccountState } from "./account-states";
import type { Alerts, SlackChannel } from "./alert-types";
import type { CodePipelines, Pipelines } from "./pipelines";
import type { Region } from "./regions";
import type { State } from "./state";

/** A path of organizational units below the root, for example `Workloads/prod`. */
export type UnitPath = string;

export interface Organization<A extends string = string> {
  /** What AWS has numbered: the organization stack's output `ids`, kept in the file ids.json. */
  readonly ids: Ids;
  /** The public domain that accounts' domains are below, for example `example.com`. */
  readonly domain: string;
  /** Where the organization's own resources live: trail, keys, logs, the network hub. */
  readonly region: Region;
  /**
   * The regions that may be used and that detection watches. `region` and the environments' are among them, and
   * `us-east-1`, where AWS keeps what is global.
   */
  readonly regions: readonly Region[];
  /** Every unit; a unit's parent must be listed too. */
  readonly units: readonly UnitPath[];
  /** The unit where accounts wait that nobody may use: those just vended, and those suspended. */
  readonly quarantine: UnitPath;
  /** Who answers for the platform's own resources; the `team` and `cost-centre` tags of its stacks. */
  readonly team: string;
  readonly costCentre: string;
  /** Which accounts play the four roles that every landing zone has. */
  readonly roles: {
    readonly management: NoInfer<A>;
    readonly logArchive: NoInfer<A>;
    readonly audit: NoInfer<A>;
    readonly network: NoInfer<A>;
  };
  /**
   * The role in every account but the management account that the platform's stacks take. A vended account is born
   * with `OrganizationAccountAccessRole`, which the management account may take.
   */
  readonly accessRole: string;
  /**
   * Which pipelines may preview and deploy: by the tokens that their platforms issue, gitlab() and github(), or in AWS
   * itself, codePipeline(), of which there is at most one.
   */
  readonly pipelines: readonly (Pipelines | CodePipelines)[];
  /** Where the engine keeps its state; default `s3State()`: a bucket of the management account's. */
  readonly state?: State;
  readonly accounts: Readonly<Record<A, Account<NoInfer<A>>>>;
  /** What the organization has beside what the landing zone needs. It is switched off unless it is named. */
  readonly alsoEnabled?: {
    /** Services that may act in all accounts, for example `controltower.amazonaws.com`. */
    readonly trustedServices?: readonly string[];
    /** For example `CHATBOT_POLICY`. */
    readonly policyTypes?: readonly string[];
  };
  /** Whom AWS writes to, beside the root users' addresses. */
  readonly contacts: Contacts;
  readonly guardrails: Guardrails;
  readonly people: People<NoInfer<A>>;
  readonly trail?: Trail;
  readonly detection: Detection<NoInfer<A>>;
  readonly operations?: Operations;
  readonly costs: Costs;
  /** Quotas that new accounts ask AWS for at once, because their defaults are tiny. At most ten. */
  readonly quotas?: readonly Quota[];
  readonly images?: {
    /**
     * Images that builds may begin with, cached in the registries where products are built: one,
     * `public.ecr.aws/nginx/nginx`, or all below a path, `public.ecr.aws/docker/library/*`. From public.ecr.aws,
     * registry.k8s.io and quay.io, which need no credentials.
     */
    readonly approvedBases: readonly string[];
  };
}

export interface Ids {
  /** `o-` and ten to thirty-two letters and digits. */
  readonly organization: string;
  /** Twelve digits, by the account's name. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** The names of an organization's accounts. */
export type AccountName<O extends Organization> = Extract<keyof O["accounts"], string>;

export interface Account<A extends string = string> {
  readonly state: AccountState;
  /** The root user's address; no two accounts may share one. */
  readonly email: string;
  /** Where it belongs when it is in use. Moving it changes it in place. */
  readonly unit: UnitPath;
  /** Workload accounts only: what its names end in, below the organization's domain. */
  readonly domain?: string;
  /**
   * Workload accounts only: the VPC's routable IPv4 range, /16 to /20, inside its environment's. Tasks do not
   * use it up: they live in 100.64.0.0/16, which every account repeats.
   */
  readonly addresses?: string;
  /**
   * Instead of `addresses`, for a small account: it has no VPC and lives in the subnets of this account of its
   * environment, with that one's ways, endpoints and names. No product in it can have a `cdn`.
   */
  readonly subnetsOf?: A;
  /** US dollars a month; default: `costs.monthlyBudget`. */
  readonly monthlyBudget?: number;
  /**
   * The default VPCs that AWS puts into a new account are kept, emptied of rules, so that none can be made anew.
   * Say `absent` where they have been deleted; else they would come back.
   */
  readonly defaultVpcs?: "emptied" | "absent";
}

export type Contacts = Readonly<Record<"billing" | "operations" | "security", Contact>>;

export interface Contact {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  /** In international form, for example `+49 30 901820`. */
  readonly phone: string;
}

export interface Guardrails {
  /** The EC2 instance families that may be started, for example `t4g`. */
  readonly instanceFamilies: readonly string[];
  /** Guardrails of the landing zone's that shall not hold, each with the reason, of at least 20 characters. */
  readonly without?: Readonly<Partial<Record<GuardrailName, string>>>;
  /** Your own, by name. */
  readonly more?: Readonly<Record<string, OwnGuardrail>>;
  /** Accounts of others that may use resources of this organization, by number, each with the reason. */
  readonly trustedAccounts?: Readonly<Record<string, string>>;
  /** Control Tower manages the organization beside the landing zone: its role is let through, its policies have room. */
  readonly controlTower?: ControlTower;
  /** Where AWS has given the organization other limits than the table in components/organization/limits.ts. */
  readonly limits?: Readonly<Partial<Record<PolicyType, Partial<PolicyLimits>>>>;
}

export interface ControlTower {
  /** How many service control policies at each unit are Control Tower's. */
  readonly reservedPolicies: number;
}

export const guardrailNames = [
  "stay-in-organization",
  "regions",
  "no-root-user",
  "no-iam-users",
  "keep-detection",
  "keep-logs",
  "keep-roles",
  "no-default-vpc",
  "no-internet-gateway",
  "no-public-sharing",
  "imdsv2-only",
  "encryption-on-create",
  "instance-families",
  "no-share-outside",
  "no-ssh",
  "organization-only",
  "tls-only",
  "no-confused-deputy",
  "no-customer-provided-keys",
  "no-shell-in-prod",
] as const;
export type GuardrailName = (typeof guardrailNames)[number];

export const policyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const;
export type PolicyType = (typeof policyTypes)[number];

export interface PolicyLimits {
  /** Policies of the type that may be attached to the root, a unit or an account, AWS's own included. */
  readonly perNode: number;
  /** Of a policy's text. */
  readonly characters: number;
}

export interface OwnGuardrail {
  /** What it is for; at least 20 characters. */
  readonly why: string;
  readonly type: PolicyType;
  /** Units it holds for, and all below; `root` is the organization as a whole. */
  readonly units: readonly UnitPath[];
  readonly statements: readonly PolicyStatement[];
}

/** A statement of an IAM policy, as AWS writes it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Who may come in: IAM Identity Center. There are no IAM users. */
export interface People<A extends string = string> {
  /** Of the organization's instance, which is switched on once by hand: `arn:aws:sso:::instance/ssoins-...`. */
  readonly instanceArn: string;
  /** `d-` and ten letters or digits. */
  readonly identityStoreId: string;
  /** Where Identity Center was switched on; default: the organization's region. */
  readonly region?: Region;
  /** Groups by name: made here, or, where an identity provider brings them, known by their id. */
  readonly groups: Readonly<Record<string, Group>>;
  /** Beside the standard ones (standardPermissionSets), by name. */
  readonly permissionSets?: Readonly<Record<string, PermissionSet>>;
  readonly assignments: readonly Assignment<A>[];
}

export type Group = { readonly description: string } | { readonly id: string };

export interface PermissionSet {
  readonly description: string;
  /** Hours that a session lasts, 1 to 12. */
  readonly sessionHours: number;
  /** AWS managed policies, by name: `SecurityAudit`, `job-function/Billing`. */
  readonly managedPolicies?: readonly string[];
  /** At most 10,240 characters together. */
  readonly statements?: readonly PolicyStatement[];
  /** It holds AdministratorAccess: say why. At least 20 characters. */
  readonly allowAdministrator?: string;
}

/** A group gets a permission set in accounts, named one by one or by the units they are in. */
export interface Assignment<A extends string = string> {
  readonly group: string;
  readonly permissionSet: string;
  readonly units?: readonly UnitPath[];
  readonly accounts?: readonly A[];
}

/** The organization's trail records all management events of all accounts and regions; more costs more. */
export interface Trail {
  /** Which S3 data events it records too; default `none`. */
  readonly dataEvents?: "none" | "writes" | "all";
  /** CloudTrail Insights on unusual call and error rates; default false. */
  readonly insights?: boolean;
  /** Days for which nobody may delete a log; default 365. */
  readonly lockDays?: number;
  /**
   * `governance`: the log-archive account's administrator can still lift the lock. `compliance`: nobody can, AWS
   * included, and neither can the bucket be deleted. Default `governance`.
   */
  readonly lock?: "governance" | "compliance";
  /** Default 7. */
  readonly keepYears?: number;
}

export interface Detection<A extends string = string> {
  /**
   * The accounts that were there when the security stack was first put up. Inspector, Macie and Detective are told of
   * them by name, and take in the others by themselves.
   */
  readonly olderAccounts: readonly A[];
  /** Addresses that hear of findings; each confirms the subscription once. */
  readonly notify: readonly string[];
  /** The least severity that is reported; default `high`. */
  readonly from?: "low" | "medium" | "high" | "critical";
  /** A Slack channel that hears of them too. The workspace is authorized once by hand. */
  readonly slack?: SlackChannel;
  /** Amazon Macie looks for personal data in buckets; default false. */
  readonly macie?: boolean;
  /** Amazon Detective keeps a year of behaviour to investigate findings; default false. */
  readonly detective?: boolean;
  /**
   * Days, 1 to 365, after which access that a role or user has and did not take is reported; AWS asks money for each
   * role and user a month. `never`: it is not looked for. Default 90.
   */
  readonly unusedAccessDays?: number | "never";
  /** How often AWS Config records a change; `daily` is cheaper where much changes. Default `continuous`. */
  readonly recording?: "continuous" | "daily";
  /** Security Hub controls that shall not count, each with the reason, of at least 20 characters. */
  readonly disabledControls?: Readonly<Record<string, string>>;
}

export interface Operations {
  /** Who hears of alarms of the platform, and of products that do not say. */
  readonly alerts?: Alerts;
}

export interface Costs {
  /** US dollars a month for an account that says nothing. */
  readonly monthlyBudget: number;
  /** The same for a product, in all its accounts and environments. */
  readonly productBudget: number;
  /** Addresses that hear of budgets and anomalies; at most ten. */
  readonly notify: readonly string[];
  /** US dollars above the expected from which an anomaly is reported; default 100. */
  readonly anomalyUsd?: number;
  /**
   * Tags that reports of cost group by. AWS knows a tag a day after the first resource carries it, and refuses it
   * before: leave the list out in the first days.
   */
  readonly allocationTags?: readonly ("environment" | "product" | "service" | "team" | "cost-centre")[];
}

export interface Quota {
  /** For example `lambda`. */
  readonly service: string;
  /** For example `L-B99A9384`. */
  readonly quota: string;
  readonly region: Region;
  readonly value: number;
}
