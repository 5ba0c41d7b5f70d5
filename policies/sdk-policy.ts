import type {
  EnforcementLevel,
  ReportViolation,
  ResourceRemediation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { controlsOf, reference } from "./controls";
import { covers } from "./covers";
import { excused } from "./exception-register";
import { Resource, Stack } from "./graph";
import { remedied } from "./remedy";
import { type Finding, Report } from "./report";
import { unprotectedReason } from "./resource-tags";
import { everyAwsResource } from "./resource-types";
import type { ResourceRule, Rule, StackRule } from "./rule";
import { levelOf, type RuleSettings, refusalLevelOf, ruleSchema, unknownLevelOf } from "./settings";
import { rememberUndecided } from "./undecided";

export type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** A rule as the SDK runs it by itself. The pack runs all of them over one reading of a resource: see dispatch.ts. */
export function policyOf(rule: Rule): Policy {
  if (rule.scope === "stack") {
    const validate: StackValidationPolicy["validateStack"] = (args, violation) => {
      if (!args.resources.some(({ type }) => covers(rule, type))) return args.notApplicable(scopeOf(rule));
      const stack = new Stack(args.resources);
      tell(rule, judgeStack(rule, stack), args, violation, aboutStack(stack));
    };
    return { ...described(rule), validateStack: onlyFor(rule, validate) };
  }
  const validate: ResourceValidationPolicy["validateResource"] = (args, violation) => {
    if (!covers(rule, args.type)) return args.notApplicable(scopeOf(rule));
    const resource = new Resource(args);
    tell(rule, judgeResource(rule, resource), args, violation, () => resource);
  };
  return { ...described(rule), validateResource: onlyFor(rule, validate), ...remediation(rule) };
}

type Description = ReturnType<typeof describe>;
const descriptions = new WeakMap<Rule, Description>();

/** A rule as the SDK's lists show it. */
export function described(rule: Rule): Description {
  const known = descriptions.get(rule) ?? describe(rule);
  descriptions.set(rule, known);
  return known;
}

function describe(rule: Rule) {
  const [first] = rule.controls;
  return {
    name: rule.name,
    description: rule.title,
    severity: rule.severity,
    enforcementLevel: rule.level,
    remediationSteps: rule.fix,
    tags: [rule.theme, ...controlsOf(rule)],
    configSchema: ruleSchema,
    ...(first && reference(first)),
  };
}

/** What a rule finds on a resource. Never throws: a rule that does has failed, and its failure is a finding. */
export function judgeResource(rule: ResourceRule, resource: Resource): Finding[] {
  return judged(report => rule.check(resource, report));
}

export function judgeStack(rule: StackRule, stack: Stack): Finding[] {
  return judged(report => rule.check(stack, report));
}

function judged(check: (report: Report) => void): Finding[] {
  const findings: Finding[] = [];
  const report = new Report(finding => findings.push(finding));
  try {
    report.attempt(() => check(report));
  } catch (error) {
    findings.push({
      kind: "failure",
      text: error instanceof Error ? error.message : String(error),
      ...placeIn(error),
    });
  }
  return findings;
}

/** The file and line of the rule that failed, and nothing else of the trace. */
function placeIn(error: unknown): Pick<Finding, "place"> {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  for (const line of lines) {
    const place = /\/(policies\/[^():]+:\d+):\d+\)?$/.exec(line)?.[1];
    if (place !== undefined && !line.includes("/node_modules/")) return { place };
  }
  return {};
}

export function scopeOf({ types }: Rule): string {
  return `is about ${types.join(", ")}`;
}

/**
 * The SDK reads this mark to pass over other resources before it unpacks their properties. It knows one type
 * a rule; a rule with several is called for every resource and turns the others away itself.
 */
function onlyFor<Validation extends object>({ types }: Rule, validate: Validation): Validation {
  const [type, ...others] = types;
  return others.length === 0 && type !== everyAwsResource
    ? Object.assign(validate, { __pulumiType: type })
    : validate;
}

/** What `reportViolation` takes at run time beside a text; its published type does not say so. Tests pin it. */
export type ReportAtLevel = (violation: {
  message: string;
  name?: string;
  urn?: string;
  enforcementLevel?: EnforcementLevel;
}) => void;

/**
 * Reports what a rule has found, at the levels of the configuration.
 * @param about the resource that a finding is about, by its URN or, without one, the rule's own.
 */
export function tell(
  rule: Rule,
  findings: readonly Finding[],
  { getConfig }: { getConfig<T extends object>(): T },
  violation: ReportViolation,
  about: (urn: string | undefined) => Resource | undefined,
): void {
  const own = getConfig<RuleSettings>();
  const report = violation as unknown as ReportAtLevel;
  const told = new Set<string>();
  for (const finding of findings) {
    const { kind, urn } = finding;
    const resource = about(urn);
    const level = kind === "failure" ? "mandatory" : levelOf(rule, own, resource);
    if (level === "disabled") continue;
    const unprotected =
      kind === "violation" && rule.yieldsWhereUnprotected && resource && unprotectedReason(resource);
    if (unprotected) {
      report({
        message: `accepted: ${finding.text}, for it is unprotected on purpose: ${unprotected}`,
        enforcementLevel: "advisory",
        ...(urn && { urn }),
      });
      continue;
    }
    const at = kind === "unknown" ? unknownLevelOf(rule, own, level) : kind === "remark" ? "advisory" : level;
    const excuse = excused(
      rule,
      finding,
      urn ?? (rule.scope === "stack" ? stackUrn(resource) : resource?.urn),
    );
    const message = excuse?.message ?? messageOf(rule, finding);
    if (told.has(`${urn} ${message}`)) continue;
    if (kind !== "violation") told.add(`${urn} ${message}`);
    if (kind === "unknown" && rule.scope !== "stack" && resource)
      rememberUndecided(rule, resource, refusalLevelOf(rule, level));
    report({ message, ...(at && { enforcementLevel: at }), ...(urn && { urn }), ...excuse });
  }
}

/** The resources of a stack by their URNs; of the stack as a whole, its first speaks. */
export function aboutStack(stack: Stack): (urn: string | undefined) => Resource | undefined {
  return urn =>
    urn === undefined
      ? stack.resources.find(({ type }) => type.startsWith("aws:"))
      : stack.resources.find(resource => resource.urn === urn);
}

/** Of the stack that a resource is in, as the engine names it. */
function stackUrn(resource: Resource | undefined): string | undefined {
  if (!resource) return undefined;
  const [prefix = "", project = ""] = resource.urn.split("::");
  return `${prefix}::${project}::pulumi:pulumi:Stack::${project}-${resource.stack}`;
}

export function messageOf(rule: Rule, { kind, text, place }: Finding): string {
  switch (kind) {
    case "violation":
      return [rule.title, `${text}. ${rule.why}.`, `Fix: ${rule.fix}.`, ...bracketed(rule)].join("\n");
    case "remark":
      return `accepted: ${text}`;
    case "unknown":
      return [
        `unknown: ${text} cannot be read yet, so this is not decided: ${rule.title}`,
        ...bracketed(rule),
      ].join("\n");
    case "failure":
      return `failed: the rule itself is broken: ${text}${place ? ` (${place})` : ""}; not decided: ${rule.title}`;
  }
}

function bracketed({ controls }: Rule): string[] {
  return controls.length > 0 ? [`[${controls.join(", ")}]`] : [];
}

function remediation(rule: ResourceRule): { remediateResource?: ResourceRemediation } {
  if (!rule.remediate) return {};
  return {
    remediateResource: args => {
      if (!covers(rule, args.type)) return args.notApplicable(scopeOf(rule));
      return remedied(rule, args);
    },
  };
}
