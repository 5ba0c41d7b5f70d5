/** What a drill restores, and how its steps are called. */
import { type Catcher, errorText, type Json, query, type States } from "./states";

export type DrilledAs = "table" | "bucket" | "cluster" | "instance" | "fileSystem";

/** Something that the source keeps, by its names in AWS. */
export interface DrilledThing {
  /** The short name that the product keeps it under. */
  readonly name: string;
  readonly as: DrilledAs;
  /** In the source's account. */
  readonly from: string;
  /** What the target itself uses, which is only looked at. */
  readonly own: string;
  /** What is restored, and deleted again. */
  readonly to: string;
  /** A database's security group, by its name. */
  readonly securityGroupName?: string;
  /** Which of the drill's jobs are given it. */
  readonly masked: boolean;
  readonly tested: boolean;
}

/** Of one drill. More would not fit into the history of a run whose every wait is as long as may be. */
export const mostThings = 15;

/** Beside what the target has, whatever the kind. */
export const drillName = (physicalName: string): string => `${physicalName}-drill`;

/** Where the host of a restored database is told, below its name, as of any other. */
export const hostNames = (to: string) => ({ host: `/${to}/host`, reader: `/${to}/reader-host` });

/** Minutes that each step may take before the drill gives it up. */
export const limits = { copy: 720, restore: 720, available: 180, delete: 120 } as const;

/** The steps of one thing; no two states of a machine may have one name. */
export const stepOf =
  ({ name }: Pick<DrilledThing, "name">) =>
  (step: string): string =>
    `${name}: ${step}`;

/** Notes what failed in a thing's branch, and where. */
export const givesUp = (thing: Pick<DrilledThing, "name">, failedAt: string): Catcher => ({
  ErrorEquals: ["States.ALL"],
  Assign: { problem: query(errorText), failedAt },
  Next: stepOf(thing)("given up"),
});

/** What a kind of thing's states need of what comes before and after them. */
export interface Place {
  readonly thing: DrilledThing;
  readonly args: DrillArgs;
}

/** What all of a drill's states may need. */
export interface DrillArgs {
  readonly product: string;
  readonly machineName: string;
  readonly from: DrillPlace & {
    /** Which may look for backups there and start copies of them. */
    readonly copyRoleArn: string;
  };
  readonly to: DrillPlace;
  /** Of the vaults and of the role that AWS Backup takes, at both ends. */
  readonly vaultName: string;
  readonly backupRoleName: string;
  /** Days that a copied backup stays in the target's vault, as its lock wants. */
  readonly copyDays: number;
  /** The newest backup must not be older. */
  readonly maxAgeHours: number;
  /** Of the target's key for what the product keeps, without `alias/`. */
  readonly dataKeyAlias: string;
  /** Of the key of the target's vault, without `alias/`. */
  readonly vaultKeyAlias: string;
  readonly things: readonly DrilledThing[];
  readonly notRestored: readonly { readonly name: string; readonly kind: string; readonly why: string }[];
  readonly mask: DrillJob | { readonly withoutMasking: string };
  readonly test: DrillJob;
  readonly evidence: { readonly bucketName: string; readonly keyAlias: string };
  readonly topicName: string;
  readonly lockName: string;
}

export interface DrillPlace {
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
}

/** A job that knows what was restored only, by its state machine. */
export interface DrillJob {
  readonly job: string;
  readonly stateMachineName: string;
  /** For all its tries. */
  readonly minutes: number;
}

/** What both ends of a branch say of a thing. */
export const described = ({ name, as, from, to, masked, tested }: DrilledThing): Record<string, Json> => ({
  name,
  kind: as,
  from,
  to,
  masked,
  tested,
});

export interface Chain {
  readonly first: string;
  readonly states: States;
}
