/**
 * A plan's judgement in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), which code hosts show
 * beside the lines of a merge request.
 */
import { controlsOf, reference } from "../../policies/controls";
import type { Rule } from "../../policies/rule";
import { exceptionIn, type Plan, type PlannedResource, type StackPlan, type Violation } from "../planner";
import { toJson } from "../planner/json";
import { verdictOf } from "./verdicts";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const base = "%SRCROOT%";

/** Where nothing tells which line registered a resource, the project's own file stands for it. */
const project = "Pulumi.yaml:1";

/** What code hosts order findings by, from 0 to 10. */
const scores = { low: "3.0", medium: "5.5", high: "8.0", critical: "9.5" } as const;

/** @param plan made with places. */
export function sarifJson(plan: Plan, rules: readonly Rule[], version: string): string {
  const index = new Map(rules.map(({ name }, at) => [name, at]));
  const results = plan.stacks.flatMap(stack => {
    const resources = new Map(stack.resources.map(resource => [resource.urn, resource]));
    return stack.violations.map(violation => result(stack, violation, resources, index));
  });
  return toJson({
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "landing-zone policies", version, rules: rules.map(ruleOf) } },
        originalUriBaseIds: { [base]: { description: { text: "The folder of the project." } } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  });
}

function ruleOf(rule: Rule) {
  const { name, title, why, fix, level, theme, severity, controls } = rule;
  const [first] = controls;
  const url = first && reference(first).url;
  const named = controls.length > 0 ? `\n\nControls: ${controls.join(", ")}` : "";
  return {
    id: name,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${title}. ${why}.` },
    help: {
      text: `${why}.\n\nFix: ${fix}.${named}`,
      markdown: `${why}.\n\n**Fix:** ${fix}.${named}`,
    },
    ...(url && { helpUri: url }),
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: {
      tags: [theme, ...controlsOf(rule)],
      precision: "very-high",
      "problem.severity": level === "mandatory" ? "error" : "warning",
      "security-severity": scores[severity as keyof typeof scores] ?? scores.medium,
    },
  };
}

function result(
  stack: StackPlan,
  violation: Violation,
  resources: ReadonlyMap<string, PlannedResource>,
  index: ReadonlyMap<string, number>,
) {
  const { policy, level, urn, message } = violation;
  const verdict = verdictOf(violation);
  const exception = verdict === "excepted" ? exceptionIn(violation) : undefined;
  const ruleIndex = index.get(policy);
  const subject = resources.get(urn);
  const [place = project, ...further] = placesOf(subject, resources);
  return {
    ruleId: policy,
    ...(ruleIndex !== undefined && { ruleIndex }),
    ...kindOf(verdict, level),
    message: { text: `${stack.name}: ${subject ? `${subject.type} ${subject.name}: ` : ""}${message}` },
    locations: [
      {
        ...physical(place),
        logicalLocations: [
          {
            name: subject?.name ?? stack.name,
            fullyQualifiedName: urn || `the stack ${stack.name}`,
            kind: "resource",
          },
        ],
      },
    ],
    ...(further.length > 0 && {
      relatedLocations: further.map((one, id) => ({
        id,
        ...physical(one),
        message: { text: "called from here" },
      })),
    }),
    // Lines move; what a rule says of a resource is the same finding wherever it is written.
    partialFingerprints: { "ruleAndResource/v1": `${policy} ${urn || stack.name}` },
    ...(exception && {
      suppressions: [
        {
          kind: "external",
          status: "accepted",
          justification: `${exception.reason} (${exception.owner}, ${exception.ticket}, until ${exception.expires})`,
        },
      ],
    }),
  };
}

/** Only what fails has a level: of anything else the format wants none. */
function kindOf(verdict: ReturnType<typeof verdictOf>, level: Violation["level"]) {
  if (verdict === "undecided" && level !== "mandatory") return { kind: "open", level: "none" };
  if (verdict === "passed") return { kind: "review", level: "none" };
  return { kind: "fail", level: level === "mandatory" ? "error" : "warning" };
}

/** Its own, or those of the nearest component around it that has some. */
function placesOf(
  resource: PlannedResource | undefined,
  resources: ReadonlyMap<string, PlannedResource>,
): readonly string[] {
  if (resource === undefined) return [];
  if (resource.places && resource.places.length > 0) return resource.places;
  return placesOf(resources.get(resource.parent ?? ""), resources);
}

function physical(place: string) {
  const [, file = place, line = "1"] = /^(.*):(\d+)$/.exec(place) ?? [];
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file), uriBaseId: base },
      region: { startLine: Number(line) },
    },
  };
}
