import type {
  EnforcementLevel,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { reference } from "./controls";
import { Resource, Stack } from "./graph";
import { type Finding, Report } from "./report";
import { everyAwsResource } from "./resource-types";
import type { ResourceRule, Rule, StackRule } from "./rule";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** A rule as the SDK runs it. */
export function policyOf(rule: Rule, theme: string): Policy {
  const [first] = rule.controls;
  const described = {
    name: rule.name,
    description: rule.title,
    severity: rule.severity,
    enforcementLevel: rule.level,
    remediationSteps: rule.fix,
    tags: [theme, ...rule.controls],
    ...(first && reference(first)),
  };
  return rule.scope === "stack"
    ? { ...described, validateStack: onlyFor(rule, stackValidation(rule)) }
    : { ...described, validateResource: onlyFor(rule, resourceValidation(rule)) };
}

function resourceValidation(rule: ResourceRule) {
  const [covers, scope] = [coverage(rule), scopeOf(rule)];
  return (args: ResourceValidationArgs, violation: ReportViolation) => {
    if (!covers(args)) return args.notApplicable(scope);
    const report = new Report(reporter(rule, violation));
    report.attempt(() => rule.check(new Resource(args), report));
  };
}

function stackValidation(rule: StackRule) {
  const [covers, scope] = [coverage(rule), scopeOf(rule)];
  return (args: StackValidationArgs, violation: ReportViolation) => {
    if (!args.resources.some(covers)) return args.notApplicable(scope);
    const report = new Report(reporter(rule, violation));
    report.attempt(() => rule.check(new Stack(args.resources), report));
  };
}

function coverage(rule: Rule): (resource: Pick<PolicyResource, "type">) => boolean {
  if (rule.types.includes(everyAwsResource)) return ({ type }) => type.startsWith("aws:");
  const types = new Set(rule.types);
  return ({ type }) => types.has(type);
}

function scopeOf({ types }: Rule): string {
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
type ReportAtLevel = (violation: {
  message: string;
  urn?: string;
  enforcementLevel: EnforcementLevel;
}) => void;

function reporter(rule: Rule, violation: ReportViolation): (finding: Finding) => void {
  const atLevel = violation as unknown as ReportAtLevel;
  const undecided = new Set<string>();
  return ({ kind, text, urn }) => {
    if (kind === "violation") return violation(refusal(rule, text), urn);
    const message = kind === "unknown" ? undecidedMessage(rule, text) : `accepted: ${text}`;
    if (undecided.has(`${urn} ${message}`)) return;
    undecided.add(`${urn} ${message}`);
    atLevel({ message, enforcementLevel: "advisory", ...(urn && { urn }) });
  };
}

/** The SDK puts the rule's title on a line above. */
function refusal({ why, fix, controls }: Rule, problem: string): string {
  return [`${problem}. ${why}.`, `Fix: ${fix}.`, ...bracketed(controls)].join("\n");
}

function undecidedMessage({ title, controls }: Rule, path: string): string {
  return [
    `unknown: ${path} cannot be read yet, so this is not decided: ${title}`,
    ...bracketed(controls),
  ].join("\n");
}

function bracketed(controls: Rule["controls"]): string[] {
  return controls.length > 0 ? [`[${controls.join(", ")}]`] : [];
}
