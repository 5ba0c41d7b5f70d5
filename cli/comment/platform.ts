/** Which code host a pipeline runs on, told by the variables that its runner sets. */
import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../failures";

export type Variables = Readonly<Record<string, string | undefined>>;

interface Runs {
  /** Of the API, without a slash at the end. */
  readonly url: string;
  /** Absent: none is set. */
  readonly token?: string;
  /** Whether the change comes from a fork, whose pipeline gets no token, or one that may not write. */
  readonly fork: boolean;
  /** Where all of a text is that is too long for a comment. */
  readonly elsewhere: string;
}

export interface OnGitlab extends Runs {
  readonly platform: "gitlab";
  readonly project: string;
  /** Absent: the pipeline is of no merge request. */
  readonly request?: string;
}

export interface OnGithub extends Runs {
  readonly platform: "github";
  readonly repository: string;
  readonly request?: string;
  /** Where what could not be posted is shown instead. */
  readonly summary?: string;
}

/** The variable that holds the token, by platform. */
export const tokenVariables = { gitlab: "PLAN_TOKEN", github: "GITHUB_TOKEN" } as const;

/**
 * @param pull the number of a pull request that the pipeline is not of, but about.
 * @returns undefined where no pipeline runs.
 * @throws {UsageError} for a number that is none, and for an event that can not be read.
 */
export function platformOf(variables: Variables, pull?: string): OnGitlab | OnGithub | undefined {
  if (pull !== undefined && !/^[1-9]\d{0,9}$/.test(pull))
    throw new UsageError(`--pull ${pull}: must be the number of a pull or merge request`);
  if (set(variables["GITHUB_REPOSITORY"]) !== undefined) return onGithub(variables, pull);
  if (set(variables["CI_API_V4_URL"]) !== undefined) return onGitlab(variables, pull);
  return undefined;
}

/** Source: GitLab documentation, "Predefined CI/CD variables reference". */
function onGitlab(variables: Variables, pull?: string): OnGitlab {
  const read = (name: string) => set(variables[name]);
  const target = read("CI_MERGE_REQUEST_PROJECT_ID");
  const source = read("CI_MERGE_REQUEST_SOURCE_PROJECT_ID");
  const request = pull ?? read("CI_MERGE_REQUEST_IID");
  const token = read(tokenVariables.gitlab);
  return {
    platform: "gitlab",
    url: withoutSlash(read("CI_API_V4_URL") ?? ""),
    project: target ?? read("CI_PROJECT_ID") ?? "",
    fork: target !== undefined && source !== undefined && target !== source,
    elsewhere: `the artifacts of ${read("CI_PIPELINE_URL") ?? "this pipeline"}`,
    ...(token === undefined ? {} : { token }),
    ...(request === undefined ? {} : { request }),
  };
}

interface GithubEvent {
  readonly pull_request?: {
    readonly number?: number;
    readonly head?: { readonly repo?: { readonly full_name?: string } | null };
  };
  readonly workflow_run?: { readonly html_url?: string };
}

/** Sources: GitHub documentation, "Variables reference", "Webhook events and payloads". */
function onGithub(variables: Variables, pull?: string): OnGithub {
  const read = (name: string) => set(variables[name]);
  const repository = read("GITHUB_REPOSITORY") ?? "";
  const event = eventIn(read("GITHUB_EVENT_PATH"));
  const request = pull ?? event.pull_request?.number?.toString();
  const from = event.pull_request?.head?.repo;
  const token = read(tokenVariables.github);
  const summary = read("GITHUB_STEP_SUMMARY");
  const run = `${read("GITHUB_SERVER_URL") ?? "https://github.com"}/${repository}/actions/runs/${read("GITHUB_RUN_ID") ?? ""}`;
  return {
    platform: "github",
    url: withoutSlash(read("GITHUB_API_URL") ?? "https://api.github.com"),
    repository,
    // A fork that has been deleted is one all the same.
    fork: event.pull_request !== undefined && from?.full_name !== repository,
    elsewhere: `the artifacts of ${event.workflow_run?.html_url ?? run}`,
    ...(token === undefined ? {} : { token }),
    ...(request === undefined ? {} : { request }),
    ...(summary === undefined ? {} : { summary }),
  };
}

function eventIn(file: string | undefined): GithubEvent {
  if (file === undefined || !existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as GithubEvent;
  } catch (error) {
    throw new UsageError(`GITHUB_EVENT_PATH: ${file} can not be read: ${(error as Error).message}`);
  }
}

/** A variable that is empty is as good as none: a secret that there is not comes as one. */
const set = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === "" ? undefined : value.trim();

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");
