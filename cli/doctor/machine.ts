/** Whether this machine has what deploying takes. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse, satisfies } from "semver";
import { type Check, checksOf } from "./check";

/** How a program ends that the doctor runs: what it printed, or `missing` where there is none. */
export type Run = (program: string, words: readonly string[]) => string | "missing" | Error;

interface Package {
  readonly version: string;
  readonly engines?: { readonly node?: string };
}

const packageIn = (folder: string): Package =>
  JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8")) as Package;

const { ok, warn, fail, unknown } = checksOf("this machine");

export function machineChecks(root: string, run: Run, node: string = process.versions.node): Check[] {
  return [nodeCheck(root, node), ...cliChecks(root, run), gitCheck(run)];
}

function nodeCheck(root: string, node: string): Check {
  const wanted = packageIn(root).engines?.node ?? "*";
  return satisfies(node, wanted)
    ? ok(`Node.js ${node}`)
    : fail(`Node.js ${node} is not ${wanted}`, "install one that is; in a pipeline, take another image");
}

const install = "install the Pulumi CLI: https://www.pulumi.com/docs/install/";

function cliChecks(root: string, run: Run): Check[] {
  // The engine must know what the SDK asks of it: not older than the SDK's minor version.
  const sdk = parse(packageIn(resolve(root, "node_modules/@pulumi/pulumi")).version);
  const least = sdk === null ? "3.0.0" : `${sdk.major}.${sdk.minor}.0`;
  const said = run("pulumi", ["version"]);
  if (said === "missing") return [fail("there is no `pulumi` on the PATH", install)];
  if (said instanceof Error) return [fail(`\`pulumi version\` fails: ${said.message}`, install)];
  const version = parse(said.trim());
  if (version === null)
    return [fail(`\`pulumi version\` says ${JSON.stringify(said.trim())}, which is no version`, install)];
  if (version.compare(least) < 0)
    return [fail(`the Pulumi CLI is ${version.version}, older than ${least}`, install)];
  return [ok(`Pulumi CLI ${version.version}`), pluginCheck(root, run)];
}

/** The provider is a program of its own, of the version of the package that the programs use. */
function pluginCheck(root: string, run: Run): Check {
  const wanted = packageIn(resolve(root, "node_modules/@pulumi/aws")).version;
  const fetchIt = `\`pulumi plugin install resource aws ${wanted}\``;
  const said = run("pulumi", ["plugin", "ls", "--json"]);
  if (said === "missing" || said instanceof Error)
    return unknown("which plugins there are, `pulumi plugin ls` does not say", fetchIt);
  const plugins = pluginsIn(said);
  if (plugins.some(({ name, version }) => name === "aws" && version === wanted))
    return ok(`plugin aws ${wanted}`);
  return warn(
    `the plugin aws ${wanted} is not here; the first deployment fetches it from the internet`,
    `${fetchIt} beforehand, or where there is no way out, from where there is one`,
  );
}

function pluginsIn(text: string): readonly { readonly name?: unknown; readonly version?: unknown }[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as { name?: unknown; version?: unknown }[]) : [];
  } catch {
    return [];
  }
}

function gitCheck(run: Run): Check {
  const said = run("git", ["status", "--porcelain"]);
  if (said === "missing" || said instanceof Error)
    return warn("this is no working copy of a git repository", "deploy from one: a stack says what made it");
  const changed = said.split("\n").filter(line => line.trim() !== "").length;
  return changed === 0
    ? ok("nothing is changed that is not committed")
    : warn(
        `${changed} file${changed === 1 ? " is" : "s are"} not committed`,
        "commit first, so that others can see what was deployed",
      );
}
