/** The parts of a restore: what comes back, and the steps, each a function of the script. */
import type { RestoreRequest } from "./request";

/** Something that is restored, with what it is called at both ends. */
export interface Item {
  /** The short name that the product keeps it under. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface Step {
  /** The function's: letters, digits and underscores. */
  readonly name: string;
  /** What a person reads. */
  readonly title: string;
  /** Bash, without the function around it. */
  readonly body: string;
}

/** What the steps of one kind of thing are. */
export interface Restorer {
  /** In a few words. */
  readonly how: string;
  /** As AWS Backup calls the type. */
  readonly type: string;
  /** What there must be, beyond both accounts' vaults and roles. */
  readonly needs: readonly string[];
  /** Whether AWS Backup copies it to another account and another region at once. */
  readonly acrossRegions: boolean;
  /** Bash that gives the ARN by which the source's backups are found. */
  readonly sourceArn: (item: Item, request: RestoreRequest) => string;
  /** Makes the copied backup what the target's services use. */
  readonly restore: (item: Item, request: RestoreRequest) => readonly Step[];
  /** Fails where the target has nothing that the source has. */
  readonly verify: (item: Item, request: RestoreRequest) => Step;
  /** Takes away what is not needed any more. */
  readonly clean?: (item: Item, request: RestoreRequest) => readonly Step[];
}

/** A function's name. Short names have no underscores, and what all steps share has no two: none is taken for another. */
export const stepName = (verb: string, name: string): string => `${verb}__${name.replaceAll("-", "_")}`;

/** Text as one word of bash, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
