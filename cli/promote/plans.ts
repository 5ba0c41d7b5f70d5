/** What a release changes in the plans of the product's stacks. */
import type { LandingZone } from "../../stacks/description";
import { stackNamed, waitingStacksOf } from "../../stacks/names";
import { type ChangedResource, changesOf } from "../diff/changes";
import { UsageError } from "../failures";
import { type PlannedResource, planStacks, type StackPlan } from "../planner";
import { progress } from "../progress";
import { projectName, projectRoot } from "../project";
import { stacksToPlan } from "../pulumi-program";
import { select } from "../selection";
import { nameOf, type Release } from "./request";

export interface PlannedChange {
  readonly changed: readonly ChangedResource[];
  /** What gets a changed resource's outputs, and by which inputs. */
  readonly following: readonly { readonly resource: PlannedResource; readonly inputs: readonly string[] }[];
}

/** What runs an image: a new release changes these, and nothing else itself. */
const runsImage: ReadonlySet<string> = new Set([
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:lambda/function:Function",
]);

/**
 * Plans the product's stacks of the target environment from both descriptions.
 *
 * @returns why they are not planned, where an account is not far enough in its life.
 * @throws {UsageError} where anything changes but what runs the image.
 */
export async function plannedChange(
  zones: { readonly before: LandingZone; readonly after: LandingZone },
  promotion: Release,
): Promise<PlannedChange | string> {
  const { product, to } = promotion;
  const names = [`${product.name}-persistent-${to}`, `${product.name}-service-${to}`];
  const waiting = waitingStacksOf(zones.before).find(({ name }) => names.includes(name));
  if (waiting !== undefined) return `${waiting.name} is not planned: ${waiting.because}`;
  const { needed } = select(zones.before, names);
  const again = names.map(name => stackNamed(zones.after, name));
  const show = progress(needed.length + again.length);
  const { stacks } = await planStacks(
    [...stacksToPlan(zones.before, needed), ...stacksToPlan(zones.after, again)],
    {
      project: projectName,
      root: projectRoot,
      ...show.hooks,
    },
  ).finally(show.end);
  const plans = names.map(name => {
    const [before, after] = stacks.filter(stack => stack.name === name) as [StackPlan, StackPlan];
    return { before, after };
  });
  const changed = plans.flatMap(({ before, after }) => changesOf(before, after));
  const others = changed.filter(change => change.how !== "changed" || !runsImage.has(change.resource.type));
  if (others.length > 0)
    throw new UsageError(
      `nothing is written: a release of ${nameOf(promotion)} must change what runs its image and nothing else, and the plans of ${to} change:\n\n${others.map(line).join("\n")}`,
    );
  const urns = new Set(changed.map(({ resource }) => resource.urn));
  return { changed, following: plans.flatMap(({ after }) => following(after, urns)) };
}

const line = ({ stack, how, resource: { type, name } }: ChangedResource): string =>
  `  ${{ new: "+", changed: "~", gone: "-" }[how]} ${stack}  ${type} ${name}`;

const following = ({ resources }: StackPlan, urns: ReadonlySet<string>): PlannedChange["following"] =>
  resources.flatMap(resource => {
    const inputs = Object.entries(resource.propertyDependencies)
      .filter(([, its]) => its.some(urn => urns.has(urn)))
      .map(([input]) => input);
    return inputs.length === 0 ? [] : [{ resource, inputs }];
  });
