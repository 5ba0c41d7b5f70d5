import { relative } from "node:path";
import pc from "picocolors";
import { DescriptionError, type LandingZone } from "../stacks/description";
import { UsageError } from "./failures";
import { loadDescription, policyFlags, projectRoot } from "./project";
import { confirm } from "./promote/confirmation";
import { type Difference, differences } from "./promote/differences";
import { type Edit, editFor, write } from "./promote/edit";
import { type PlannedChange, plannedChange } from "./promote/plans";
import { reloaded } from "./promote/reloaded";
import { nameOf, type PromoteOptions, type Promotion, promotion } from "./promote/request";

export interface PromoteCommandOptions extends PromoteOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
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
  const edit = editFor(asked);
  const after = loadedWith(edit, asked, before);
  const change = await plannedChange({ before, after }, asked);
  console.log(changeText(asked, edit, change));
  if (options.dryRun === true) return console.log("Nothing is written: --dry-run");
  if (asked.to === "prod" && options.yes !== true)
    await confirm(nameOf(asked), `promoting ${nameOf(asked)} ${asked.after} to prod`);
  write(edit, asked);
  console.log(
    `Written to ${relative(projectRoot, edit.file)}; it takes effect with \`pulumi up -s ${asked.product.name}-service-${asked.to} ${policyFlags}\``,
  );
}

/** @throws {UsageError} where the description would have a fault, or anything else in it would be another. */
function loadedWith(edit: Edit, asked: Promotion, before: LandingZone): LandingZone {
  const wanted = `products.${asked.product.name}.${asked.workload.group}.${asked.workload.name}.release.${asked.to}`;
  const after = (() => {
    try {
      return reloaded(edit.file, edit.after);
    } catch (error) {
      if (!(error instanceof DescriptionError)) throw error;
      throw new UsageError(`nothing is written, for with "${asked.after}" ${error.message}`);
    }
  })();
  const found = differences(before, after);
  const others = found.filter(({ path }) => path !== wanted);
  if (others.length > 0)
    throw new UsageError(
      `nothing is written: ${edit.place} is read by others, too, and would change:\n\n${others.map(other => `  ${differenceText(other)}`).join("\n")}\n\nGive ${wanted} a literal of its own`,
    );
  if (found.length !== 1 || found[0]?.after !== asked.after)
    throw new UsageError(
      `nothing is written: ${edit.place} says ${wanted}, but the description does not read it there; change it by hand`,
    );
  return after;
}

function changeText(asked: Promotion, edit: Edit, change: PlannedChange | string): string {
  const { from, to, before, after } = asked;
  return [
    `${pc.bold(nameOf(asked))} from ${from} to ${to}: ${before} becomes ${after}`,
    "",
    edit.place,
    pc.red(`- ${edit.lines[0].trim()}`),
    pc.green(`+ ${edit.lines[1].trim()}`),
    "",
    ...(typeof change === "string" ? [change] : planLines(change)),
    "",
  ].join("\n");
}

function planLines({ changed, following }: PlannedChange): string[] {
  if (changed.length === 0) return ["The plans do not change"];
  return [
    "The plans change:",
    ...changed.flatMap(({ stack, resource, inputs }) => [
      `  ~ ${stack}  ${resource.type} ${resource.name}`,
      ...inputs.map(input => `    ${differenceText(input)}`),
    ]),
    ...(following.length === 0 ? [] : ["and what refers to it follows:"]),
    ...following.map(({ resource, inputs }) => `  ~ ${resource.type} ${resource.name}: ${inputs.join(", ")}`),
  ];
}

const differenceText = ({ path, before, after }: Difference): string =>
  `${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
