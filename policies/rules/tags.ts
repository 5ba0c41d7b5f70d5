import { providerInput } from "../provider-inputs";
import type { Report } from "../report";
import { dataClasses, exceptionTags, requiredTags } from "../resource-tags";
import { awsProvider, everyAwsResource } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";

export const tags: readonly Rule[] = [
  {
    // Asked of the provider and not of each resource: what it sets is on all that can be tagged.
    name: "tags-required-default-tags",
    theme: "governance-and-cost",
    title: `A provider tags all it makes with ${requiredTags.join(", ")}`,
    why: "Costs, budgets and access are grouped by these tags, and one resource without them falls out of all three",
    fix: "set them in the provider's defaultTags",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: awsProvider,
    check(provider, report) {
      const defaults = providerInput(provider.props, "defaultTags").at("tags");
      report.each(requiredTags, key => {
        if (!defaults.at(key).isSet) report.refuse(`defaultTags has no ${key}`);
      });
      report.attempt(() => refuseUnknownClass(defaults.at("data-class"), report));
      // The engine may show a provider's tags as each resource's own, and so excuse a whole account.
      const excused = exceptionTags.filter(key => defaults.at(key).isSet);
      for (const key of excused) report.refuse(`defaultTags holds ${key}, which is for single resources`);
    },
  },
  {
    name: "tags-required",
    theme: "governance-and-cost",
    title: "A resource's own tags do not undo its provider's",
    why: "An empty or unheard-of value hides the resource from whoever searches by it",
    fix: `leave the tag to the provider, or give it a value; data-class is one of ${dataClasses.join(", ")}`,
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: [everyAwsResource],
    check(resource, report) {
      const own = resource.at("tags");
      report.each(requiredTags, key => {
        if (own.at(key).is("")) report.refuse(`${key} is empty`);
      });
      report.attempt(() => refuseUnknownClass(own.at("data-class"), report));
    },
  },
];

function refuseUnknownClass(dataClass: Value, report: Report): void {
  if (!dataClass.isSet || dataClasses.some(known => dataClass.is(known))) return;
  report.refuse(`data-class is ${dataClass.text() ?? "not text"}`);
}
