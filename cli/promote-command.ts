import { relative } from "node:path";
import { loadDescription, projectRoot } from "./project";
import { confirm } from "./promote/confirmation";
import { write } from "./promote/edit";
import { nameOf, type PromoteOptions, promotion } from "./promote/request";
import { remember } from "./release/former";
import { changeText, prepared } from "./release/prepared";
import { pushed } from "./release-command";

export interface PromoteCommandOptions extends PromoteOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly push?: boolean;
}

/**
 * Writes the release of one environment into the next one's place, in the product's own file, when the description has
 * been loaded with it and nothing else of it is another, and the plans change nothing but what runs the image.
 */
export async function promoteCommand(
  product: string,
  workload: string,
  options: PromoteCommandOptions,
): Promise<void> {
  const before = loadDescription();
  const asked = promotion(before, product, workload, options);
  if (typeof asked === "string") return console.log(asked);
  const ready = await prepared(before, asked);
  console.log(changeText(`from ${asked.from} to ${asked.to}`, asked, ready));
  if (options.dryRun === true) return console.log("Nothing is written: --dry-run");
  if (asked.to === "prod" && options.yes !== true)
    await confirm(nameOf(asked), `promoting ${nameOf(asked)} ${asked.after} to prod`);
  write(ready.edit, asked);
  remember(asked);
  console.log(
    `Written to ${relative(projectRoot, ready.edit.file)}; it takes effect with \`lz up ${asked.product.name}-service-${asked.to}\``,
  );
  if (options.push === true) console.log(pushed(before, asked));
}
