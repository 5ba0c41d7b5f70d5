/**
 * Checks of uniform demands, to be read in a rule as its sentence: `check: mustBe("storageEncrypted", true)`.
 * A path is of properties with dots between. What is unknown is left to the value: reading it ends the check as
 * undecided. Only presence is told of an unknown, because whatever it becomes it will be there.
 */
import type { Resource, StackResource } from "./graph";
import type { Finding, Report } from "./report";
import { isProduction } from "./resource-tags";
import type { StackRule } from "./rule";
import type { Value } from "./value";

/** A resource, or a part of one. */
interface Readable {
  at(...keys: (string | number)[]): Value;
}

/** Judges a resource or, inside `eachOf`, a part of one. */
export type Check = (of: Readable, report: Report) => void;

type Scalar = string | number | boolean;

/** What the provider or AWS takes where a property is left out. */
interface Default<T = Scalar> {
  readonly otherwise?: T;
}

const read = (of: Readable, path: string): Value => of.at(...path.split("."));

export function mustBe(path: string, expected: Scalar, { otherwise }: Default = {}): Check {
  return mustBeOneOf(path, [expected], { ...(otherwise !== undefined && { otherwise }) });
}

export function mustBeOneOf(path: string, expected: readonly Scalar[], { otherwise }: Default = {}): Check {
  return (of, report) => {
    const value = read(of, path);
    const content = value.content() ?? otherwise;
    if (expected.some(one => one === content)) return;
    const [only] = expected;
    if (expected.length === 1 && typeof only === "boolean") report.refuse(`${value.path} is not ${only}`);
    else report.refuse(said(value, content));
  };
}

export function mustNotBe(path: string, refused: Scalar, { otherwise }: Default = {}): Check {
  return (of, report) => {
    const value = read(of, path);
    const content = value.content() ?? otherwise;
    if (content === refused) report.refuse(said(value, content));
  };
}

export function mustBeSet(path: string): Check {
  return (of, report) => {
    const value = read(of, path);
    if (!value.isSet) report.refuse(`${value.path} is not set`);
  };
}

export function mustNotBeSet(path: string): Check {
  return (of, report) => {
    const value = read(of, path);
    if (value.isSet) report.refuse(`${value.path} is set`);
  };
}

/** A list with something in it; what it holds may be unknown. */
export function mustNotBeEmpty(path: string): Check {
  return (of, report) => {
    const value = read(of, path);
    if (value.list().length === 0) report.refuse(`${value.path} is empty`);
  };
}

export function mustBeAtLeast(path: string, least: number, { otherwise }: Default<number> = {}): Check {
  return (of, report) => {
    const value = read(of, path);
    const content = numberOf(value) ?? otherwise;
    if (content === undefined || content < least)
      report.refuse(`${said(value, content)}, less than ${least}`);
  };
}

export function mustBeAtMost(path: string, most: number, { otherwise }: Default<number> = {}): Check {
  return (of, report) => {
    const value = read(of, path);
    const content = numberOf(value) ?? otherwise;
    if (content === undefined || content > most) report.refuse(`${said(value, content)}, more than ${most}`);
  };
}

export function mustMatch(path: string, pattern: RegExp, { otherwise }: Default<string> = {}): Check {
  return (of, report) => {
    const value = read(of, path);
    const content = value.text() ?? otherwise;
    if (content === undefined || !pattern.test(content))
      report.refuse(said(value, value.content() ?? content));
  };
}

/** Each part of a list by itself; an absent list has none. */
export function eachOf(path: string, check: Check): Check {
  return (of, report) => report.each(read(of, path).list(), check);
}

/** All demands are told, also when one of them cannot be decided. */
export function all(...checks: readonly Check[]): Check {
  return (of, report) => {
    for (const check of checks) report.attempt(() => check(of, report));
  };
}

/** Only where a part is there: the demand is about how it is set. */
export function whereSet(path: string, check: Check): Check {
  return (of, report) => {
    if (read(of, path).isSet) check(of, report);
  };
}

/** Only where a property has one of some values. */
export function where(
  path: string,
  values: readonly Scalar[],
  check: Check,
  { otherwise }: Default = {},
): Check {
  return (of, report) => {
    const content = read(of, path).content() ?? otherwise;
    if (values.some(one => one === content)) check(of, report);
  };
}

/** Only of resources in production. What is well is not asked for its environment, which may be unknown. */
export function inProduction(check: Check): (resource: Resource, report: Report) => void {
  return (resource, report) => {
    const findings: Finding[] = [];
    const trial = report.collecting(findings);
    trial.attempt(() => check(resource, trial));
    if (findings.length > 0 && isProduction(resource)) for (const finding of findings) report.add(finding);
  };
}

/**
 * A resource has another that names it, somewhere in the stack.
 * @param property of the companion, that names the resource.
 * @param lacking the sentence when there is none that is good.
 */
export function mustHaveCompanion(
  types: readonly string[],
  companions: readonly string[],
  property: string,
  lacking: string,
  isGood: (companion: StackResource) => boolean = () => true,
): StackRule["check"] {
  return (stack, report) =>
    report.each(stack.ofType(types), (resource, report) => {
      const found = stack.companions(resource, companions, property);
      if (!found.some(isGood)) report.refuse(lacking);
    });
}

function numberOf(value: Value): number | undefined {
  const content = value.content();
  return typeof content === "number" ? content : undefined;
}

function said({ path }: Value, content: unknown): string {
  if (content === undefined || content === null || content === "") return `${path} is not set`;
  return typeof content === "object" ? `${path} is not one value` : `${path} is ${String(content)}`;
}
