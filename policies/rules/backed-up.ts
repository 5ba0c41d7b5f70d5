/** Whether a backup takes in a resource, as far as a stack says. */
import { matches } from "../../iam/wildcard";
import type { Stack, StackResource } from "../graph";
import type { Report } from "../report";
import { tag } from "../resource-tags";
import { backupSelections } from "../resource-types";
import type { Value } from "../value";

/**
 * The landing zone's plans, of the organization or of an account, select by the tag `environment`, so that what carries
 * it is backed up without being named. Else a selection of the stack must name the resource or its tags.
 */
export function isBackedUp(resource: StackResource, stack: Stack): boolean {
  if (tag(resource, "environment").isSet) return true;
  return stack.ofType(backupSelections).some(selection => takesIn(selection, resource));
}

export function mustBeBackedUp(types: readonly string[]) {
  return (stack: Stack, report: Report): void =>
    report.each(stack.ofType(types), (resource, report) => {
      if (!isBackedUp(resource, stack)) report.refuse(notBackedUp);
    });
}

export const notBackedUp = "it has no tag environment, and no selection of the stack names it";

function takesIn(selection: StackResource, resource: StackResource): boolean {
  if (selection.madeFrom("resources").includes(resource)) return true;
  const arn = resource.at("arn");
  const named = selection
    .at("resources")
    .list()
    .some(pattern => pattern.is("*") || (!arn.isUnknown && fits(pattern, arn.text() ?? "")));
  const tagged = selection.at("selectionTags").list();
  return (
    named || tagged.some(one => tag(resource, one.at("key").text() ?? "").is(one.at("value").text() ?? ""))
  );
}

function fits(pattern: Value, arn: string): boolean {
  return arn !== "" && matches(pattern.text() ?? "", arn);
}
