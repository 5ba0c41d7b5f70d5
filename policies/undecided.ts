/**
 * What a resource rule could not decide is decided again when the whole stack is known: in a preview that is still not
 * the case, and nothing more is said; after an update the final values are there.
 */
import type { StackValidationPolicy } from "@pulumi/policy";
import { excused } from "./exception-register";
import { Resource } from "./graph";
import { type Finding, Report } from "./report";
import type { ResourceRule } from "./rule";
import type { Level } from "./settings";

interface Undecided {
  readonly rule: ResourceRule;
  readonly level: Level;
}

const undecided = new Map<string, Map<string, Undecided>>();

export function rememberUndecided(rule: ResourceRule, { urn }: Resource, level: Level): void {
  const ofResource = undecided.get(urn) ?? new Map<string, Undecided>();
  undecided.set(urn, ofResource.set(rule.name, { rule, level }));
}

/** Reports under the names of the rules. */
type ReportAs = (violation: { name: string; message: string; urn: string; enforcementLevel: Level }) => void;

/** @param messageOf the text of a finding. */
export function undecidedPolicy(
  messageOf: (rule: ResourceRule, finding: Finding) => string,
): StackValidationPolicy {
  return {
    name: "pack-undecided",
    description: "What was not known is decided once it is",
    enforcementLevel: "mandatory",
    severity: "high",
    remediationSteps: "see the rule that is named",
    tags: ["governance-and-cost"],
    validateStack: ({ resources }, violation) => {
      const report = violation as unknown as ReportAs;
      for (const registered of resources) {
        const rules = undecided.get(registered.urn);
        if (!rules) continue;
        undecided.delete(registered.urn);
        const resource = new Resource(registered);
        for (const { rule, level } of rules.values()) {
          const { urn } = resource;
          const findings: Finding[] = [];
          const again = new Report(finding => findings.push(finding));
          again.attempt(() => rule.check(resource, again));
          for (const finding of findings)
            if (finding.kind === "violation")
              report({
                name: rule.name,
                urn,
                ...(excused(rule, finding, urn) ?? {
                  message: messageOf(rule, finding),
                  enforcementLevel: level,
                }),
              });
        }
      }
    },
  };
}
