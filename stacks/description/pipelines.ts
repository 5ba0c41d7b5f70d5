/** Pipelines come in with a token of the platform they run on, or run in AWS with a role; nothing is stored. */
import type { ByEnvironment } from "./by-environment";
import type { EnvironmentName } from "./types";

interface Deploying {
  /**
   * The environments that these pipelines deploy; what all share goes with prod. Absent: all of them. `[]`: none, they
   * only look. No environment is deployed by two.
   */
  readonly deploys?: readonly EnvironmentName[];
}

export interface Pipelines extends Deploying {
  /** Whose pipelines they are, for which `lz ci` writes files. */
  readonly platform: "gitlab" | "github";
  /** The repository of the landing zone, for example `example/landing-zone`. */
  readonly repository: string;
  /** A merge to one of these deploys to the environment; they may be one and the same. */
  readonly branches: Readonly<Record<EnvironmentName, string>>;
  /** The host that issues the tokens: `gitlab.com`, your GitLab's, or `token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /**
   * How pipelines prove who they are. `oidc`, the default: by tokens, whose keys AWS fetches from the issuer. `runner`:
   * AWS can not reach the issuer, and what runs on the runner of an environment (environments.<name>.runner) may deploy
   * to it; keep that runner to protected branches.
   */
  readonly tokens?: "oidc" | "runner";
  /** The tokens' `aud`. */
  readonly audience: string;
  /** The `sub` of pipelines that may look: merge requests. `*` and `?` are wildcards. */
  readonly preview: readonly string[];
  /** The `sub` of pipelines that may deploy to an environment: those that only reviewed changes reach. */
  readonly deploy: Readonly<Record<EnvironmentName, readonly string[]>> & {
    /** To what the environments share: organization, security, network. Absent: those that deploy to prod. */
    readonly shared?: readonly string[];
  };
}

/** Whether pipelines deploy an environment, or what the environments share, which goes with prod. */
export const deploysTo = ({ deploys }: Deploying, to: EnvironmentName | "shared"): boolean =>
  deploys === undefined || deploys.includes(to === "shared" ? "prod" : to);

/** The `sub` of pipelines that may deploy to an environment, or to what the environments share; there may be none. */
export const deploySubjects = (pipelines: Pipelines, to: EnvironmentName | "shared"): readonly string[] =>
  deploysTo(pipelines, to) ? (pipelines.deploy[to] ?? pipelines.deploy.prod) : [];

/**
 * Pipelines of one project on GitLab: any branch may preview, one branch an environment deploys to it. Protect these
 * branches in GitLab: whoever may push to one may deploy.
 *
 * Source: GitLab documentation, "Configure OpenID Connect in AWS to retrieve temporary credentials".
 *
 * @param project its path, for example `example/landing-zone`.
 * @param branches which branch deploys to which environment.
 * @param host your own GitLab's host; default `gitlab.com`.
 * @param tokens how pipelines prove who they are; default `oidc`.
 */
export const gitlab = (
  project: string,
  branches: Readonly<Record<EnvironmentName, string>>,
  host = "gitlab.com",
  tokens?: Pipelines["tokens"],
): Pipelines => {
  const from = (branch: string) => [`project_path:${project}:ref_type:branch:ref:${branch}`];
  return {
    platform: "gitlab",
    repository: project,
    branches,
    issuer: host,
    ...(tokens === undefined ? {} : { tokens }),
    audience: `https://${host}`,
    preview: from("*"),
    deploy: { dev: from(branches.dev), int: from(branches.int), prod: from(branches.prod) },
  };
};

/**
 * Pipelines of one repository on GitHub: pull requests and branches may preview, jobs of the GitHub environments `dev`,
 * `int` and `prod` deploy. Say in GitHub which branches may use an environment, and who approves.
 *
 * Source: GitHub documentation, "Configuring OpenID Connect in Amazon Web Services".
 *
 * @param repository for example `example/landing-zone`.
 * @param branches which branch deploys to which environment.
 */
export const github = (
  repository: string,
  branches: Readonly<Record<EnvironmentName, string>> = {
    dev: "main",
    int: "release",
    prod: "production",
  },
): Pipelines => {
  const of = (environment: EnvironmentName) => [`repo:${repository}:environment:${environment}`];
  return {
    platform: "github",
    repository,
    branches,
    issuer: "token.actions.githubusercontent.com",
    audience: "sts.amazonaws.com",
    // Whoever pushes a branch may as well ask for its pull request; what looks for drift at night runs on one.
    preview: [`repo:${repository}:pull_request`, `repo:${repository}:ref:refs/heads/*`],
    deploy: { dev: of("dev"), int: of("int"), prod: of("prod") },
  };
};

/** Pipelines of AWS's own, in each environment's account. */
export interface CodePipelines extends Deploying {
  readonly platform: "codePipeline";
  /**
   * The ARN of the connection to where the repository is, made and confirmed once by hand, in the environment's region:
   * one that is shared with the environments' accounts, or one an environment.
   */
  readonly connection: ByEnvironment<string>;
  /** For example `example/landing-zone`. */
  readonly repository: string;
  /** A merge to one of these deploys to the environment; they may be one and the same. */
  readonly branches: Readonly<Record<EnvironmentName, string>>;
}

/**
 * Pipelines in AWS CodePipeline: a push to a branch has its environment's planned and deployed, prod's once somebody has
 * approved, and every night drift is looked for. It trusts no token. Merge requests are planned where the repository is,
 * by files that `lz ci gitlab` or `lz ci github` writes. With gitlab() or github() beside this one of them says `deploys`,
 * because an environment is deployed by one only.
 *
 * Source: Developer Tools console user guide, "Create a connection", and how it is shared with other accounts.
 */
export const codePipeline = (words: Omit<CodePipelines, "platform">): CodePipelines => ({
  platform: "codePipeline",
  ...words,
});

/** Those that come in with a token. */
export const tokenPlatforms = (pipelines: readonly (Pipelines | CodePipelines)[]): Pipelines[] =>
  pipelines.filter(one => one.platform !== "codePipeline" && one.tokens !== "runner") as Pipelines[];

/** Those that deploy by what runs on an environment's own runner. */
export const runnerPipelines = (pipelines: readonly (Pipelines | CodePipelines)[]): Pipelines | undefined =>
  pipelines.find((one): one is Pipelines => one.platform !== "codePipeline" && one.tokens === "runner");

/** Those of AWS's own, of which there is at most one. */
export const codePipelines = (pipelines: readonly (Pipelines | CodePipelines)[]): CodePipelines | undefined =>
  pipelines.find(one => one.platform === "codePipeline");
