/** Which violations are excused, by what, and which entries of exceptions.ts are past their day or excuse nothing. */
import type { StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import type { Finding } from "./report";
import type { Rule } from "./rule";

export interface Exception {
  /** The rule's name. */
  readonly rule: string;
  /** A URN; after its stack `*` stands for any text. Or the same in parts, where only the name may hold `*`. */
  readonly resource: string | { readonly stack: string; readonly type: string; readonly name: string };
  /** At least 20 characters. */
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  /** The last day, of UTC: `2027-03-31`. */
  readonly expires: string;
}

export class ExceptionError extends Error {
  override readonly name = "ExceptionError";
}

export const exceptionsName = "pack-exceptions";

const leastReason = 20;

interface Entry {
  readonly exception: Exception;
  readonly stack: string;
  readonly covers: (urn: string) => boolean;
}

interface End {
  /** Past their day. */
  readonly past: readonly Exception[];
  /** Those that excused nothing. */
  readonly idle: readonly Exception[];
}

export class ExceptionRegister {
  readonly #entries: readonly Entry[];
  /** The entries that met something they are about, since their stacks were last looked at as a whole. */
  readonly #met = new Set<Entry>();

  /**
   * @param today as `2027-03-31`.
   * @throws {ExceptionError} naming every entry and field that is wrong.
   */
  constructor(
    exceptions: readonly Exception[],
    rules: readonly Pick<Rule, "name" | "neverExcepted">[],
    private readonly today = () => new Date().toISOString().slice(0, 10),
  ) {
    const faults = exceptions.flatMap((exception, index) => faultsIn(exception, index, exceptions, rules));
    if (faults.length > 0)
      throw new ExceptionError(`policies/exceptions.ts is wrong:\n  ${faults.join("\n  ")}`);
    this.#entries = exceptions.map(entryOf);
  }

  /** The exception that excuses what a rule found on a resource: none that is past its day. */
  excuse(rule: string, urn: string): Exception | undefined {
    const entries = this.#entries.filter(({ exception, covers }) => exception.rule === rule && covers(urn));
    for (const entry of entries) this.#met.add(entry);
    return entries.find(entry => !this.#isPast(entry))?.exception;
  }

  /** What is to be said of the entries for a stack, once all in it has been judged. */
  endOf(stack: string): End {
    const own = this.#entries.filter(entry => entry.stack === stack);
    const past = own.filter(entry => this.#isPast(entry));
    const idle = own.filter(entry => !this.#isPast(entry) && !this.#met.has(entry));
    for (const entry of own) this.#met.delete(entry);
    const exceptions = (entries: readonly Entry[]) => entries.map(({ exception }) => exception);
    return { past: exceptions(past), idle: exceptions(idle) };
  }

  #isPast({ exception }: Entry): boolean {
    return exception.expires < this.today();
  }
}

/** What the pack was loaded with. */
let current = new ExceptionRegister([], []);

export const exceptionRegister = (): ExceptionRegister => current;

export function useExceptions(register: ExceptionRegister): void {
  current = register;
}

/**
 * What is said in place of a violation that an exception excuses. Of a finding of another kind that the register knows
 * an entry for, nothing is said, but the entry is not idle either.
 */
export function excused(
  { name, title, controls }: Pick<Rule, "name" | "title" | "controls">,
  { kind, text }: Pick<Finding, "kind" | "text">,
  urn: string | undefined,
): { message: string; enforcementLevel: "advisory" } | undefined {
  if (urn === undefined || kind === "remark") return undefined;
  const exception = current.excuse(name, urn);
  if (exception === undefined || kind !== "violation") return undefined;
  return {
    message: [
      `excepted: ${text}: ${title}`,
      ...exceptionLines(exception),
      ...(controls.length > 0 ? [`[${controls.join(", ")}]`] : []),
    ].join("\n"),
    enforcementLevel: "advisory",
  };
}

/** The lines that say who answers for an exception, as readers of a plan's JSON find them. */
export const exceptionLines = ({ reason, owner, ticket, expires }: Exception): string[] => [
  `Reason: ${reason}`,
  `Owner: ${owner}, ticket: ${ticket}, expires: ${expires}`,
];

/** What exceptions are about, as they stand in the list. */
export const resourceText = ({ resource }: Exception): string =>
  typeof resource === "string" ? resource : `${resource.type} ${resource.name} in ${resource.stack}`;

/** Asked of a stack after all rules. */
export const exceptionsPolicy: StackValidationPolicy = endPolicy(({ resources }) =>
  current.endOf(stackIn(resources[0]?.urn ?? "")),
);

/** The same for who knows the stack already: nothing where there is nothing to say, which spares the SDK reading it all. */
export function exceptionsPolicyOf({ resources }: StackValidationArgs): StackValidationPolicy | undefined {
  const end = current.endOf(stackIn(resources[0]?.urn ?? ""));
  return end.past.length + end.idle.length > 0 ? endPolicy(() => end) : undefined;
}

function endPolicy(endOf: (args: StackValidationArgs) => End): StackValidationPolicy {
  return {
    name: exceptionsName,
    description: "An exception excuses something, and is not past its day",
    enforcementLevel: "mandatory",
    severity: "high",
    remediationSteps: "renew the exception in policies/exceptions.ts, or take it out",
    tags: ["governance-and-cost"],
    validateStack: (args, violation) => {
      const report = violation as unknown as (told: {
        message: string;
        enforcementLevel: "advisory" | "mandatory";
      }) => void;
      const { past, idle } = endOf(args);
      for (const exception of past)
        report({ message: endText("expired", exception), enforcementLevel: "mandatory" });
      for (const exception of idle)
        report({ message: endText("unmatched", exception), enforcementLevel: "advisory" });
    },
  };
}

const endText = (state: "expired" | "unmatched", exception: Exception): string =>
  [
    `${state}: the exception from ${exception.rule} for ${resourceText(exception)} ${
      state === "expired" ? `excuses nothing since ${exception.expires}` : "excuses nothing that is there"
    }`,
    ...exceptionLines(exception),
    `Fix: ${state === "expired" ? "mend the resource and take the exception out, or renew it with its ticket" : "take it out of policies/exceptions.ts"}.`,
  ].join("\n");

function entryOf(exception: Exception): Entry {
  const { resource } = exception;
  if (typeof resource === "string") {
    const pattern = patternOf(resource);
    return { exception, stack: stackIn(resource), covers: urn => pattern.test(urn) };
  }
  const name = patternOf(resource.name);
  return {
    exception,
    stack: resource.stack,
    covers: urn => {
      const [prefix, , types = "", ...names] = urn.split("::");
      return (
        prefix === `urn:pulumi:${resource.stack}` &&
        types.split("$").at(-1) === resource.type &&
        name.test(names.join("::"))
      );
    },
  };
}

const stackIn = (urn: string): string => urn.split("::")[0]?.replace(/^urn:pulumi:/, "") ?? "";

const patternOf = (text: string): RegExp => new RegExp(`^${text.split("*").map(escaped).join(".*")}$`, "s");

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function faultsIn(
  exception: Exception,
  index: number,
  all: readonly Exception[],
  rules: readonly Pick<Rule, "name" | "neverExcepted">[],
): string[] {
  const { rule, resource, reason, owner, ticket, expires } = exception;
  const at = `exceptions[${index}] (${rule})`;
  const known = rules.find(({ name }) => name === rule);
  const faults: string[] = [];
  const refuse = (field: string, problem: string) => faults.push(`${at}: ${field}: ${problem}`);
  if (known === undefined) refuse("rule", `"${rule}" is no rule; \`lz policies\` lists them`);
  else if (known.neverExcepted) refuse("rule", "nothing is ever excepted from this rule");
  const fault = faultInResource(resource);
  if (fault !== undefined) refuse("resource", fault);
  if (typeof reason !== "string" || reason.trim().length < leastReason)
    refuse("reason", `"${reason}" is shorter than ${leastReason} characters; say why this is right here`);
  for (const [field, said] of Object.entries({ reason, owner, ticket }))
    if (typeof said !== "string" || said.trim() === "") {
      if (field !== "reason") refuse(field, "it is not said");
    } else if (/[\r\n]/.test(said)) refuse(field, "it is longer than a line");
  if (!isDay(expires)) refuse("expires", `"${expires}" is no day; write it as 2027-03-31`);
  const same = all.findIndex(
    other => other.rule === rule && JSON.stringify(other.resource) === JSON.stringify(resource),
  );
  if (same < index) refuse("resource", `exceptions[${same}] is about the same`);
  return faults;
}

function faultInResource(resource: Exception["resource"]): string | undefined {
  if (typeof resource === "string")
    return /^urn:pulumi:[^:*]+::[^:*]+::.+::.+$/s.test(resource)
      ? undefined
      : `"${resource}" is no URN that names its stack and project in full`;
  for (const part of ["stack", "type", "name"] as const) {
    const said: unknown = resource?.[part];
    if (typeof said !== "string" || said === "") return `${part} is not said`;
    if (part !== "name" && said.includes("*")) return `${part} "${said}" is not written in full`;
  }
  return undefined;
}

function isDay(text: unknown): boolean {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
