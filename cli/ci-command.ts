import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { differenceText } from "./ci/difference-text";
import { type Difference, differencesIn, lacking, platformsOf } from "./ci/files";
import { type Platform, platforms } from "./ci/setting";
import { UsageError } from "./failures";
import { loadDescription, projectRoot } from "./project";
import { allWhole } from "./write-whole";

export interface CiOptions {
  readonly check?: boolean;
}

/**
 * Writes the pipelines' files from the description, all of them or none; or says whether they are as it has them.
 *
 * @throws {UsageError} for a platform that there is not, and where no platform is meant.
 */
export function ciCommand(name: string | undefined, { check }: CiOptions): void {
  const zone = loadDescription("unasked");
  const chosen = name === undefined ? platformsOf(zone, projectRoot) : [platformNamed(name)];
  if (chosen.length === 0)
    throw new UsageError(
      "organization.pipelines names neither gitlab(...) nor github(...); say which: lz ci gitlab, or lz ci github",
    );
  for (const platform of chosen)
    for (const line of lacking(zone, platform)) console.error(`${platform}: ${line}`);
  const found = differencesIn(zone, chosen, projectRoot);
  if (found.length === 0) {
    console.log(`The pipelines of ${chosen.join(" and ")} are as the description has them`);
    return;
  }
  if (check === true) {
    console.log(found.map(differenceText).join("\n"));
    console.error(
      `The pipelines are not as the description has them: run \`npx lz ci${name === undefined ? "" : ` ${name}`}\``,
    );
    process.exitCode = 1;
    return;
  }
  write(found);
  for (const { path, must } of found) console.log(`${must === undefined ? "Removed" : "Written"}: ${path}`);
}

function platformNamed(name: string): Platform {
  const platform = platforms.find(known => known === name);
  if (platform === undefined)
    throw new UsageError(`there is no platform "${name}"; there are: ${platforms.join(", ")}`);
  return platform;
}

function write(found: readonly Difference[]): void {
  const texts = found.flatMap(({ path, must }) =>
    must === undefined ? [] : [[join(projectRoot, path), must] as const],
  );
  for (const [file] of texts) mkdirSync(dirname(file), { recursive: true });
  allWhole(new Map(texts));
  for (const { path, must } of found) if (must === undefined) rmSync(join(projectRoot, path));
}
