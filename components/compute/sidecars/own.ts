import type { Beside, SidecarParts } from "./sidecar";

/** A container of the product's own choice beside the main one. It has the task's role and its network. */
export interface SidecarArgs {
  /** The whole reference of an image in the account's registry; see imageReference. */
  readonly image: string;
  /** Replaces the image's command. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the task's CPU units and MiB; default: what is left. */
  readonly cpu?: number;
  readonly memory?: number;
  /** The task ends when it ends. Default true. */
  readonly essential?: boolean;
}

/** MiB of `/tmp`. */
const tmpMib = 64;

/** It is held as the main container is, and given none of its secrets. */
export const ownSidecar = (beside: Beside, name: string, args: SidecarArgs): SidecarParts => ({
  container: {
    name,
    image: args.image,
    essential: args.essential ?? true,
    command: args.command,
    environment: args.environment ?? {},
    tmp: { memoryMib: tmpMib, programs: true },
    logs: beside.logs,
    stopTimeout: beside.stopTimeout,
    restart: beside.restart,
    cpu: args.cpu,
    memory: args.memory,
  },
});
