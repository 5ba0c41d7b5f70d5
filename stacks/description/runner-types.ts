/** A runner of GitLab in an environment's own account. */
import type { TaskSize } from "./workload-types";

export interface GitlabRunner {
  /** GitLab's host, for example `gitlab.com` or `gitlab.example.com`; it is called by HTTPS, port 443. */
  readonly host: string;
  /** The runner's own network, /16 to /22 inside the environment's addresses and no account's. */
  readonly addresses: string;
  readonly workers: SpotWorkers | FargateWorkers;
  /**
   * Where GitLab is: on the internet, the default, by the hub's way out (`network.egress`), or in the company's own
   * network (`network.onPremises`, which `network.reaches.runner` must name).
   */
  readonly through?: "internet" | "on-premises";
  /**
   * AWS's services by interface endpoints in the runner's network, which cost by the hour, or by the hub's way out.
   * Default: `local` where the environment's are, or where the hub has no way out; else `none`.
   */
  readonly endpoints?: "local" | "none";
  /** Of GitLab Runner, not newer than GitLab; default 18.6.6. */
  readonly version?: string;
  /** The manager's instance type; default `t4g.small`, with Fargate `t3.small`. */
  readonly manager?: string;
  /** Minutes that jobs get to end when the manager is replaced, 1 to 110; default 60. */
  readonly jobMinutes?: number;
  /** With pipelines of `tokens: "runner"`: jobs may deploy what the environments share too. Default false. */
  readonly deploysShared?: boolean;
}

/** EC2 Spot instances with Docker, made when there are jobs. */
export interface SpotWorkers {
  readonly kind: "spot";
  /** The dearest to you first; several, so that one of them is to be had. All of one architecture. */
  readonly types: readonly string[];
  /** Workers that wait for a job, 0 to `most`; default 0: a job waits some two minutes for its worker. */
  readonly least?: number;
  /** Workers at most, and so jobs at once, 1 to 100. */
  readonly most: number;
  /** Jobs that a worker does before it goes, 1 to 1,000; default 1: none finds what another has left. */
  readonly jobsEach?: number;
  /** The reason why containers may do all that their worker may, as Docker in Docker needs. Absent: they may not. */
  readonly allowPrivileged?: string;
}

/** Tasks of Fargate, one a job, of an image that you have made for it; see docs/pipelines.md. */
export interface FargateWorkers {
  readonly kind: "fargate";
  /** Jobs at once, 1 to 100. */
  readonly most: number;
  readonly size: TaskSize;
  /** In the registry of the environment's account: repository and tag, or digest: `ci/jobs:1.4.0`. */
  readonly image: string;
  /** GitLab's Fargate driver: its version, for example `v0.5.1`, and the SHA-256 of its program for Linux on x86_64. */
  readonly driver: { readonly version: string; readonly sha256: string };
}

/** A runner of GitLab, which pipelines run on without leaving the company's accounts. */
export const gitlabRunner = (words: GitlabRunner): GitlabRunner => words;

/** What holds where a runner does not say. */
export const runnerDefaults = {
  version: "18.6.6",
  manager: { spot: "t4g.small", fargate: "t3.small" },
  jobMinutes: 60,
} as const;
