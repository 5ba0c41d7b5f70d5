/** Pipelines come in with a token of the platform they run on; nothing is stored. */
import type { EnvironmentName } from "./types";

export interface Pipelines {
  /** The host that issues the tokens: `gitlab.com`, your GitLab's, or `token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** The tokens' `aud`. */
  readonly audience: string;
  /** The `sub` of pipelines that may look: merge requests. `*` and `?` are wildcards. */
  readonly preview: readonly string[];
  /** The `sub` of pipelines that may deploy to an environment: those that only reviewed changes reach. */
  readonly deploy: Readonly<Record<EnvironmentName, readonly string[]>>;
}

/**
 * Pipelines of one project on GitLab: any branch may preview, one branch an environment deploys to it. Protect these
 * branches in GitLab: whoever may push to one may deploy.
 *
 * Source: GitLab documentation, "Configure OpenID Connect in AWS to retrieve temporary credentials".
 *
 * @param project its path, for example `example/landing-zone`.
 * @param branches which branch deploys to which environment.
 * @param host your own GitLab's host; default `gitlab.com`.
 */
export const gitlab = (
  project: string,
  branches: Readonly<Record<EnvironmentName, string>>,
  host = "gitlab.com",
): Pipelines => {
  const from = (branch: string) => [`project_path:${project}:ref_type:branch:ref:${branch}`];
  return {
    issuer: host,
    audience: `https://${host}`,
    preview: from("*"),
    deploy: { dev: from(branches.dev), int: from(branches.int), prod: from(branches.prod) },
  };
};

/**
 * Pipelines of one repository on GitHub: pull requests may preview, jobs of the GitHub environments `dev`, `int` and
 * `prod` deploy. Say in GitHub which branches may use an environment, and who approves.
 *
 * Source: GitHub documentation, "Configuring OpenID Connect in Amazon Web Services".
 *
 * @param repository for example `example/landing-zone`.
 */
export const github = (repository: string): Pipelines => {
  const of = (environment: EnvironmentName) => [`repo:${repository}:environment:${environment}`];
  return {
    issuer: "token.actions.githubusercontent.com",
    audience: "sts.amazonaws.com",
    preview: [`repo:${repository}:pull_request`],
    deploy: { dev: of("dev"), int: of("int"), prod: of("prod") },
  };
};
