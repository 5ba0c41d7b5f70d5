/** Rules of event buses: what they wait for, and where they hand it. */
import { mustHaveCompanion } from "../demands";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import type { Value } from "../value";

const rules = ["aws:cloudwatch/eventRule:EventRule"];
const targets = ["aws:cloudwatch/eventTarget:EventTarget"];

export const eventbridgeRules: readonly Rule[] = [
  {
    name: "eventrule-target",
    theme: "resilience-and-backup",
    title: "A rule of an event bus hands what it finds to something",
    why: "A rule without a target looks like work that is being done",
    fix: "add an EventTarget that names the rule, or delete the rule",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: rules,
    scope: "stack",
    check: mustHaveCompanion(rules, targets, "rule", "no EventTarget names it"),
  },
  {
    name: "eventrule-pattern",
    theme: "governance-and-cost",
    title: "A rule of an event bus waits for events of a source or a kind",
    why: "A pattern that fits everything starts its target at each event of the account, and is billed so",
    fix: 'name "source" or "detail-type" in eventPattern',
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: rules,
    check(rule, report) {
      const pattern = rule.at("eventPattern");
      if (!pattern.isSet) return;
      const fields = pattern.json();
      const names = ["source", "detail-type", "resources", "detail"];
      if (fields === undefined) report.refuse("eventPattern is not JSON");
      else if (!someFits(names, name => isNarrow(fields.at(name))))
        report.refuse("eventPattern names neither source, detail-type, resources nor detail");
    },
  },
  {
    name: "eventrule-enabled",
    theme: "resilience-and-backup",
    title: "A rule of an event bus is not switched off",
    why: "It is switched off for a night's work and forgotten for a year",
    fix: "leave state out or set it to ENABLED; delete a rule that is not used",
    severity: "low",
    level: "advisory",
    controls: [],
    types: rules,
    check(rule, report) {
      // Both words for the same; the provider's default is ENABLED.
      if (rule.at("state").is("DISABLED")) report.refuse("state is DISABLED");
      if (rule.at("isEnabled").is(false)) report.refuse("isEnabled is false");
    },
  },
  {
    name: "eventrule-dead-letters",
    theme: "resilience-and-backup",
    title: "What a rule of an event bus could not hand over is kept",
    why: "After a day of trying EventBridge drops it without a word",
    fix: "set deadLetterConfig.arn to a queue's",
    severity: "low",
    level: "advisory",
    controls: [],
    types: targets,
    check(target, report) {
      // What tells people is told again by the next event.
      if (target.at("deadLetterConfig", "arn").isSet || isNotice(target.at("arn"))) return;
      report.refuse("deadLetterConfig.arn is not set");
    },
  },
];

function isNotice(arn: Value): boolean {
  return /^arn:aws[a-z-]*:(sns|logs|events):/.test(arn.text() ?? "");
}

/** An empty text as a prefix fits all. */
function isNarrow(field: Value): boolean {
  if (!field.isSet) return false;
  const matchers = field.list();
  return matchers.length > 0 && !someFits(matchers, one => one.at("prefix").is(""));
}
