import type { Statement } from "../../identity/policy-document";
import type { Location } from "../../location";
import type { ContainerArgs, LogConfiguration, Tmp } from "../container";

/** What the containers beside the main one are told of the task that they are in. */
export interface Beside {
  readonly at: Location;
  readonly product: string;
  readonly workload: string;
  readonly mainContainer: string;
  /** Where they log themselves: to the workload's group of CloudWatch Logs. */
  readonly logs: LogConfiguration;
  readonly logGroupName: string;
  readonly stopTimeout: number;
  readonly restart: boolean;
}

/** A container beside the main one, and what comes with it. */
export interface SidecarParts {
  readonly container: ContainerArgs;
  /** What the task's role needs for it. */
  readonly statements?: readonly Statement[];
  /** What the main container is told of it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the main container logs, in place of the workload's group. */
  readonly mainLogs?: LogConfiguration;
  /** Ports of the task, which all containers of it share, that it listens on. */
  readonly ports?: readonly number[];
}

/** Little, and only for files: nothing there can be run. */
export const smallTmp = (memoryMib: number): Tmp => ({ memoryMib, programs: false });
