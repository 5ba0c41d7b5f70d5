/** The plan that today's is held against: a file that `lz plan --json` wrote, or what another commit plans. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../failures";
import type { Plan, StackPlan } from "../planner";
import { projectRoot } from "../project";

/** It is there: it can be planned, if its description is right. */
export type BasePlan = (names: readonly string[]) => Promise<readonly StackPlan[]>;

/**
 * @param base a file of JSON, or a branch, tag or commit.
 * @throws {UsageError} where it is neither; when it is planned, where it can not be.
 */
export function basePlan(base: string): BasePlan {
  if (base.endsWith(".json") || existsSync(base)) {
    const plan = planIn(base);
    return names => Promise.resolve(ofNames(plan, names));
  }
  const tree = treeOf(base);
  return names => ofCommit(base, tree, names);
}

function planIn(file: string): readonly StackPlan[] {
  let plan: Partial<Plan>;
  try {
    plan = JSON.parse(readFileSync(file, "utf8")) as Partial<Plan>;
  } catch (error) {
    throw new UsageError(`${file} can not be read as a plan: ${(error as Error).message}`);
  }
  if (!Array.isArray(plan?.stacks))
    throw new UsageError(`${file} is no plan: it has no "stacks"; \`lz plan --json ${file}\` writes one`);
  return plan.stacks;
}

const ofNames = (stacks: readonly StackPlan[], names: readonly string[]): readonly StackPlan[] =>
  stacks.filter(
    ({ name, environment }) =>
      names.length === 0 || names.includes(name) || names.includes(environment ?? ""),
  );

/** Runs that commit's own lz on that commit's own description, from a copy that leaves no trace in the repository. */
async function ofCommit(
  commit: string,
  tree: string,
  names: readonly string[],
): Promise<readonly StackPlan[]> {
  const scratch = mkdtempSync(join(tmpdir(), "landing-zone-diff-"));
  try {
    const folder = checkedOut(commit, tree, scratch);
    symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
    const there = await lz(commit, folder, ["stacks", "--json"]);
    const known = (JSON.parse(there) as { name: string; environment: string | null }[]).flatMap(
      ({ name, environment }) => [name, environment ?? name],
    );
    const asked = names.filter(name => known.includes(name));
    if (names.length > 0 && asked.length === 0) return [];
    const file = join(scratch, "plan.json");
    await lz(commit, folder, ["plan", ...asked, "--json", file]);
    return planIn(file);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The folder of the project in a copy of a commit. */
function checkedOut(commit: string, tree: string, scratch: string): string {
  const copy = join(scratch, "commit");
  const own = { GIT_INDEX_FILE: join(scratch, "index") };
  // The project may be a folder of a larger repository.
  const prefix = git(commit, ["rev-parse", "--show-prefix"]);
  const root = git(commit, ["rev-parse", "--show-toplevel"]);
  git(commit, ["-C", root, "read-tree", tree], own);
  git(commit, ["-C", root, "checkout-index", "--all", "--quiet", `--prefix=${copy}/`], own);
  const folder = join(copy, prefix);
  if (!existsSync(join(folder, "cli/lz.js")))
    throw new UsageError(`${commit} has no landing-zone in ${prefix || "/"}`);
  return folder;
}

const treeOf = (commit: string): string =>
  git(commit, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}^{tree}`]);

function git(commit: string, words: readonly string[], own: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync("git", words, {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, ...own },
  });
  if (error !== undefined) throw new UsageError(`git can not be run: ${error.message}`);
  if (status !== 0) throw new UsageError(refused(commit, stderr));
  return stdout.trim();
}

const refused = (commit: string, stderr: string): string =>
  /not a git repository/i.test(stderr)
    ? `this is no git repository, so that there is no ${commit}; compare with a file of \`lz plan --json\` instead`
    : stderr.trim() === ""
      ? `git knows no branch, tag or commit "${commit}", and there is no file of that name; \`git fetch\` may bring it`
      : `git fails on ${commit}: ${stderr.trim()}`;

/** Exit code 1 says that policies were violated then: that is still a plan. */
function lz(commit: string, folder: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, "cli/lz.js"), ...words], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    let [said, failed] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      failed += text;
    });
    child.on("error", reject);
    child.on("close", status => {
      if (status === 0 || status === 1) resolve(said);
      else
        reject(
          new UsageError(
            `${commit} can not be planned: ${/error: ([\s\S]*)/.exec(failed)?.[1]?.trim() ?? failed.trim()}`,
          ),
        );
    });
  });
}
