/** A plan as a person reads it: a tree a stack, what violates the policies, and a table of the whole. */
import { stripVTControlCharacters } from "node:util";
import treeify from "object-treeify";
import pc from "picocolors";
import type { LandingZone } from "../stacks/description";
import { guardrailPolicies } from "../stacks/guardrails";
import type { StackDefinition, WaitingStack } from "../stacks/names";
import { packingText } from "./guardrails/texts";
import {
  exceptionIn,
  isUndecided,
  type Plan,
  type PlannedResource,
  type StackPlan,
  type Violation,
} from "./planner";
import { remediationTexts } from "./remediation-text";
import { plainTable } from "./table";

export interface PlanTextOptions {
  readonly zone: LandingZone;
  readonly stacks: readonly StackDefinition[];
  /** Stacks there would be if their accounts were live. */
  readonly waiting: readonly WaitingStack[];
  /** Show every resource, not only those right below the stack. */
  readonly full: boolean;
}

export function planText(plan: Plan, options: PlanTextOptions): string {
  const accountNames = new Map(
    Object.entries(options.zone.organization.ids.accounts).map(([name, id]) => [id, name]),
  );
  return [
    ...plan.stacks.map(stack => stackText(stack, accountNames, options.full)),
    ...(plan.stacks.some(({ name }) => name === "organization")
      ? [packingText(guardrailPolicies(options.zone))]
      : []),
    ...remediationTexts(plan),
    ...violationTexts(plan),
    ...waitingText(options.waiting),
    summary(plan, options.stacks),
  ].join("\n\n");
}

/** What is not planned because an account is not far enough in its life, or beyond it. */
function waitingText(waiting: readonly WaitingStack[]): string[] {
  if (waiting.length === 0) return [];
  return [
    [pc.bold("Not planned"), ...waiting.map(({ name, because }) => `  ${name}: ${because}`)].join("\n"),
  ];
}

/** What a merge request is answered with. */
export function planMarkdown(plan: Plan, stacks: readonly StackDefinition[]): string {
  const mandatory = count(plan.stacks, "mandatory");
  const verdict = mandatory === 0 ? "The policies accept it." : `${mandatory} violations refuse it.`;
  const body = stripVTControlCharacters(verdictText(plan, stacks));
  return `### Plan of the landing zone\n\n${verdict}\n\n\`\`\`text\n${body}\n\`\`\`\n`;
}

/** What the policies say of a plan, and the table of the whole, without what there would be. */
export const verdictText = (plan: Plan, stacks: readonly StackDefinition[]): string =>
  [...remediationTexts(plan), ...violationTexts(plan), summary(plan, stacks)].join("\n\n");

/** What is made in the cloud: neither the stack, nor providers, nor components, which only group. */
const isCloud = ({ custom, type }: PlannedResource): boolean => custom && !type.startsWith("pulumi:");

const counted = (count: number): string => `${count} ${count === 1 ? "resource" : "resources"}`;

function stackText(stack: StackPlan, accountNames: ReadonlyMap<string, string>, full: boolean): string {
  const children = new Map<string, PlannedResource[]>();
  for (const resource of stack.resources)
    if (resource.parent) children.set(resource.parent, [...(children.get(resource.parent) ?? []), resource]);
  const below = (urn: string): PlannedResource[] =>
    (children.get(urn) ?? []).flatMap(child => [child, ...below(child.urn)]);
  const label = (resource: PlannedResource) => {
    const count = below(resource.urn).filter(isCloud).length;
    return [
      resource.type,
      resource.name,
      count > 0 ? counted(count) : "",
      resource.protect ? "protected" : "",
    ].join("\t");
  };
  type Tree = { [label: string]: Tree | null };
  const tree = (urn: string): Tree | null => {
    const own = (children.get(urn) ?? []).filter(({ type }) => full || !type.startsWith("pulumi:"));
    if (own.length === 0) return null;
    return Object.fromEntries(own.map(child => [label(child), full ? tree(child.urn) : null]));
  };
  const root = stack.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const lines = treeify(tree(root?.urn ?? "") ?? {}, { joined: false }).map(line => line.split("\t"));
  const where = [accountNames.get(stack.account ?? ""), stack.account, stack.region]
    .filter(Boolean)
    .join(" ");
  const many = counted(stack.resources.filter(isCloud).length);
  return `${pc.bold(stack.name)}  ${pc.dim(where)}  ${many}\n${plainTable([], lines)}`;
}

const sections = [
  ["mandatory", "Violations: these refuse a deployment", pc.red],
  ["advisory", "Advice", pc.yellow],
  ["exceptions", "Exceptions: let be for a time, see policies/exceptions.ts", pc.yellow],
  ["undecided", "Undecided: what is not known yet can not be judged", pc.yellow],
] as const;

type Section = (typeof sections)[number][0];

const sectionOf = (violation: Violation): Section =>
  violation.level === "mandatory"
    ? "mandatory"
    : isUndecided(violation)
      ? "undecided"
      : exceptionIn(violation)
        ? "exceptions"
        : "advisory";

/** Mandatory ones first; one that a rule finds again and again, in many stacks, is explained once. */
function violationTexts(plan: Plan): string[] {
  const found = plan.stacks.flatMap(stack =>
    stack.violations.map(violation => ({ stack: stack.name, ...violation })),
  );
  return sections.flatMap(([section, title, paint]) => {
    const ofSection = found.filter(violation => sectionOf(violation) === section);
    if (ofSection.length === 0) return [];
    return [[paint(pc.bold(title)), ...ofSection.map(violationText)].join("\n")];
  });
}

function violationText({ stack, policy, urn, message }: Violation & { stack: string }): string {
  const [, , types = "", name = ""] = urn.split("::");
  const subject = urn === "" ? "" : `  ${types.split("$").at(-1)} ${name}`;
  const body = message.split("\n").map(line => `      ${line}`);
  return [`  ${pc.bold(policy)}  ${stack}${subject}`, ...body].join("\n");
}

function summary(plan: Plan, definitions: readonly StackDefinition[]): string {
  const definitionOf = new Map(definitions.map(definition => [definition.name, definition]));
  const row = (title: string, stacks: readonly StackPlan[]) => [
    title,
    new Set(stacks.map(({ name }) => definitionOf.get(name)?.account)).size,
    stacks.length,
    stacks.flatMap(stack => stack.resources).filter(isCloud).length,
    count(stacks, "mandatory"),
    count(stacks, "advisory"),
    count(stacks, "exceptions"),
    count(stacks, "undecided"),
    seconds(stacks.reduce((sum, { ms }) => sum + ms, 0)),
  ];
  const environments = [...new Set(plan.stacks.map(stack => stack.environment))];
  return plainTable(
    [
      "Environment",
      "Accounts",
      "Stacks",
      "Resources",
      "Mandatory",
      "Advisory",
      "Excepted",
      "Undecided",
      "Seconds",
    ],
    [
      ...environments.map(environment =>
        row(
          environment ?? "shared",
          plan.stacks.filter(stack => stack.environment === environment),
        ),
      ),
      [...row("all", plan.stacks).slice(0, -1), seconds(plan.ms)] as (string | number)[],
    ],
  );
}

const count = (stacks: readonly StackPlan[], section: Section): number =>
  stacks.flatMap(stack => stack.violations).filter(violation => sectionOf(violation) === section).length;

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
