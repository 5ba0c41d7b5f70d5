import { relative } from "node:path";
import type { LandingZone } from "../stacks/description";
import { loadDescription, projectRoot } from "./project";
import { confirm } from "./promote/confirmation";
import { write } from "./promote/edit";
import { nameOf, type Release } from "./promote/request";
import { carry } from "./release/carry";
import { remember } from "./release/former";
import { changeText, prepared } from "./release/prepared";
import { type ReleaseOptions, releaseRequest } from "./release/request";

export interface ReleaseCommandOptions extends ReleaseOptions {
  readonly push?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/**
 * Writes an image's digest into an environment's place in the description, as `lz promote` writes another
 * environment's release; and carries it to the branches that deploy, where it is told to.
 */
export async function releaseCommand(
  product: string,
  workload: string,
  options: ReleaseCommandOptions,
): Promise<void> {
  const zone = loadDescription();
  const asked = releaseRequest(zone, product, workload, options);
  if (typeof asked === "string") return console.log(asked);
  const ready = await prepared(zone, asked);
  console.log(changeText(`in ${asked.to}`, asked, ready));
  if (options.dryRun === true) return console.log("Nothing is written: --dry-run");
  if (asked.to === "prod" && options.yes !== true)
    await confirm(nameOf(asked), `releasing ${nameOf(asked)} ${asked.after} in prod`);
  write(ready.edit, asked);
  if (options.back !== true) remember(asked);
  console.log(
    `Written to ${relative(projectRoot, ready.edit.file)}; it takes effect with \`lz up ${asked.product.name}-service-${asked.to}\``,
  );
  if (options.push === true) console.log(pushed(zone, asked));
}

/** Commits and pushes it, and says where it went. */
export const pushed = (zone: LandingZone, release: Release): string =>
  carry(zone, release)
    .map(({ branch, commit, why }) =>
      commit === undefined ? `${branch} ${why}` : `Pushed to ${branch}: ${commit.slice(0, 10)}`,
    )
    .join("\n");
