/** A release that is about to be written: the edit, held against the description and the plans. */
import pc from "picocolors";
import { DescriptionError, type LandingZone } from "../../stacks/description";
import { type Difference, differences } from "../diff/differences";
import { UsageError } from "../failures";
import { type Edit, editFor } from "../promote/edit";
import { type PlannedChange, plannedChange } from "../promote/plans";
import { reloaded } from "../promote/reloaded";
import { nameOf, type Release } from "../promote/request";

export interface Prepared {
  readonly edit: Edit;
  /** Or why it is not planned. */
  readonly change: PlannedChange | string;
}

/**
 * @throws {UsageError} where the literal is not the release's own, the description would have a fault or anything else
 *   in it would be another, or the plans would change more than what runs the image.
 */
export async function prepared(before: LandingZone, asked: Release): Promise<Prepared> {
  const edit = editFor(asked);
  const after = loadedWith(edit, asked, before);
  return { edit, change: await plannedChange({ before, after }, asked) };
}

/** @throws {UsageError} where the description would have a fault, or anything else in it would be another. */
function loadedWith(edit: Edit, asked: Release, before: LandingZone): LandingZone {
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

/** @param where for example `from dev to int`. */
export function changeText(where: string, asked: Release, { edit, change }: Prepared): string {
  const { before, after } = asked;
  return [
    `${pc.bold(nameOf(asked))} ${where}: ${before} becomes ${after}`,
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
