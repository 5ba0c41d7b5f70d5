/**
 * A release is written into every branch that deploys, and only there where its literal is. Each of them then says the
 * same of all environments: a merge from one to the next has nothing to decide, and a promotion knows on any branch what
 * the environment before has.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { LandingZone } from "../../stacks/description";
import { UsageError } from "../failures";
import { projectRoot } from "../project";
import { withLiteral } from "../promote/edit";
import { nameOf, type Release } from "../promote/request";
import { descriptionFolder, textOf, WrittenDescription } from "../promote/written";
import { git, tryGit } from "./git";

export interface Carried {
  readonly branch: string;
  /** Absent: the branch says so already, or does not know it. */
  readonly commit?: string;
  readonly why?: string;
}

/** Times that branches are fetched anew, where somebody else has pushed in between. */
const tries = 5;

/** Those that deploy, by the description; on the platform that this runs on, if it tells. */
export function branchesOf({ organization }: LandingZone, variables = process.env): string[] {
  const platform = variables["GITHUB_ACTIONS"] === "true" ? "github" : "gitlab";
  const own = organization.pipelines.filter(pipelines => pipelines.platform === platform);
  const all = own.length > 0 ? own : organization.pipelines;
  return [...new Set(all.flatMap(({ branches }) => Object.values<string>(branches)))];
}

/**
 * Commits the release on each branch of `origin`, and pushes all of them at once or none.
 *
 * @throws {UsageError} where git refuses, or the branch that deploys to the environment can not say it.
 */
export function carry(zone: LandingZone, release: Release): Carried[] {
  const wanted = branchesOf(zone);
  const there = new Set(
    git(["ls-remote", "--heads", "origin", ...wanted.map(branch => `refs/heads/${branch}`)])
      .split("\n")
      .map(line => line.split("\trefs/heads/")[1]),
  );
  const branches = wanted.filter(branch => there.has(branch));
  if (branches.length === 0)
    throw new UsageError(
      `--push: origin has none of the branches that deploy: ${wanted.join(", ") || "none"}`,
    );
  for (let attempt = 1; ; attempt++) {
    const carried = committed(zone, release, branches);
    const moved = carried.filter(({ commit }) => commit !== undefined);
    if (moved.length === 0) return carried;
    const { ok, said } = tryGit([
      ...["push", "--quiet", "--atomic", "origin"],
      ...moved.map(({ branch, commit }) => `${commit}:refs/heads/${branch}`),
    ]);
    if (ok) return carried;
    const outrun = /fetch first|non-fast-forward|cannot lock ref|stale info/.test(said);
    if (!outrun || attempt === tries)
      throw new UsageError(
        `--push: origin does not take the release: ${said}; whoever pushes it must be allowed to push to ${branches.join(", ")}`,
      );
  }
}

function committed(zone: LandingZone, release: Release, branches: readonly string[]): Carried[] {
  const shallow = git(["rev-parse", "--is-shallow-repository"]) === "true";
  git([
    ...["fetch", "--quiet", "--no-tags", ...(shallow ? ["--depth=1"] : []), "origin"],
    ...branches.map(branch => `+refs/heads/${branch}:refs/remotes/origin/${branch}`),
  ]);
  const folder = mkdtempSync(join(tmpdir(), "lz-release-"));
  try {
    return branches.map((branch, index) => {
      const tree = join(folder, String(index));
      git(["worktree", "add", "--quiet", "--detach", tree, `refs/remotes/origin/${branch}`]);
      try {
        return { branch, ...commitIn(tree, zone, release, branch) };
      } finally {
        tryGit(["worktree", "remove", "--force", tree]);
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The project may lie in a folder of the repository. */
const inRepository = (): string => git(["rev-parse", "--show-prefix"]);

function commitIn(
  tree: string,
  zone: LandingZone,
  release: Release,
  branch: string,
): Pick<Carried, "commit" | "why"> {
  const { product, workload, to, before, after } = release;
  const words = [workload.group, workload.name, "release", to];
  const folder = join(tree, inRepository(), relative(projectRoot, descriptionFolder));
  const found = new WrittenDescription(folder).inProduct(product.name, words);
  const said = found !== undefined && found.words === words.length ? textOf(found.node) : undefined;
  if (found === undefined || said === undefined) {
    const own = zone.organization.pipelines.some(({ branches }) => branches[to] === branch);
    if (own)
      throw new UsageError(
        `--push: the branch ${branch}, which deploys to ${to}, does not say ${workload.at}.release.${to} in a literal of its own; merge there what describes it first`,
      );
    return { why: `does not know ${nameOf(release)} yet` };
  }
  if (said === after) return { why: "says so already" };
  const { fileName } = found.node.getSourceFile();
  writeFileSync(fileName, withLiteral(found.node, after));
  git(
    [
      ...author(zone, tree),
      ...["commit", "--quiet", "--no-verify", "--message"],
      // Whoever releases also deploys: no pipeline of the branch has anything to add.
      `Release ${nameOf(release)} ${after} to ${to} [skip ci]`,
      ...["--message", `It was ${before}.`, "--", fileName],
    ],
    tree,
  );
  return { commit: git(["rev-parse", "HEAD"], tree) };
}

/** A runner is nobody; a person is who they are. */
const author = ({ organization: { domain } }: LandingZone, tree: string): string[] =>
  tryGit(["config", "user.email"], tree).ok
    ? []
    : ["-c", "user.name=landing-zone", "-c", `user.email=landing-zone@${domain}`];
