/** A plan's judgement as a JUnit report: a suite for each stack, a case for each rule that is about something in it. */
import type { Rule } from "../../policies/rule";
import type { Plan, PolicyPackConfig, StackPlan } from "../planner";
import { type Finding, type RuleVerdict, verdictsOf } from "./verdicts";

/**
 * Only what refuses a deployment fails a case; what is not decided yet is skipped, and advice and exceptions are written
 * as what the case has put out.
 */
export function junitXml(plan: Plan, rules: readonly Rule[], config: PolicyPackConfig): string {
  const suites = plan.stacks.map(stack => suite(stack, verdictsOf(stack, rules, config)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="policies"${counts(suites)}>\n${suites
    .map(({ text }) => text)
    .join("")}</testsuites>\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

const counts = (parts: readonly Counts[]): string => {
  const sum = (count: (part: Counts) => number) => parts.reduce((all, part) => all + count(part), 0);
  return ` tests="${sum(({ tests }) => tests)}" failures="${sum(({ failures }) => failures)}" errors="0" skipped="${sum(({ skipped }) => skipped)}"`;
};

function suite(stack: StackPlan, verdicts: readonly RuleVerdict[]): Counts & { text: string } {
  const asked = verdicts.filter(({ verdict }) => verdict !== "not applicable" && verdict !== "disabled");
  const own = new Set(asked.map(({ rule }) => rule.name));
  // The pack's own policies, such as the one about exceptions, are no rules of the catalogue.
  const others = stack.violations.filter(({ policy, level }) => !own.has(policy) && level === "mandatory");
  const cases = [
    ...asked.map(({ rule, findings }) => testCase(stack.name, rule.name, findings)),
    ...others.map(violation => testCase(stack.name, violation.policy, [{ ...violation, verdict: "failed" }])),
  ];
  const summed = {
    tests: cases.length,
    failures: cases.filter(({ failed }) => failed).length,
    skipped: cases.filter(({ skipped }) => skipped).length,
  };
  return {
    ...summed,
    text: `  <testsuite name="${escaped(stack.name)}"${counts([summed])}>\n${cases.map(({ text }) => text).join("")}  </testsuite>\n`,
  };
}

function testCase(stack: string, name: string, findings: readonly Finding[]) {
  const failed = findings.filter(({ level, verdict }) => level === "mandatory" && verdict !== "excepted");
  const undecided = findings.filter(one => one.verdict === "undecided" && !failed.includes(one));
  const told = findings.filter(one => !failed.includes(one) && !undecided.includes(one));
  const skipped = failed.length === 0 && undecided.length > 0;
  const lines = [
    ...failed.map(
      ({ urn, message }) =>
        `<failure message="${escaped(firstLine(message))}">${escaped(`${urn}\n${message}`)}</failure>`,
    ),
    ...(skipped
      ? [`<skipped message="${escaped(undecided.map(({ message }) => message).join("\n"))}"/>`]
      : []),
    ...(told.length > 0
      ? [
          `<system-out>${escaped(told.map(({ urn, message }) => `${urn}\n${message}`).join("\n\n"))}</system-out>`,
        ]
      : []),
  ].map(line => `      ${line}\n`);
  const opening = `    <testcase classname="${escaped(stack)}" name="${escaped(name)}"`;
  return {
    failed: failed.length > 0,
    skipped,
    text: lines.length === 0 ? `${opening}/>\n` : `${opening}>\n${lines.join("")}    </testcase>\n`,
  };
}

const firstLine = (message: string): string => message.split("\n")[0] ?? "";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** Characters that XML has no place for, whatever way they are written, are left out. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"\n]/g, found => entities[found] ?? found);
