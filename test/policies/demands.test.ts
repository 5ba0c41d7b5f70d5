import assert from "node:assert/strict";
import * as demands from "../../policies/demands";
import { type Finding, Report } from "../../policies/report";
import { Value } from "../../policies/value";
import { unknown } from "./judge";

function told(check: demands.Check, props: unknown): string[] {
  const findings: Finding[] = [];
  const report = new Report(finding => findings.push(finding));
  report.attempt(() => check(Value.root(props), report));
  return findings.map(({ kind, text }) => `${kind}: ${text}`);
}

const { all, eachOf, mustBe, mustBeAtLeast, mustBeAtMost, mustBeOneOf, mustBeSet } = demands;
const { mustMatch, mustNotBe, mustNotBeEmpty, mustNotBeSet, where, whereSet } = demands;

const table: readonly (readonly [demands.Check, props: unknown, said: readonly string[]])[] = [
  [mustBe("a.b", true), { a: { b: true } }, []],
  [mustBe("a.b", true), { a: { b: false } }, ["violation: a.b is not true"]],
  [mustBe("a.b", true), { a: { b: "true" } }, ["violation: a.b is not true"]],
  [mustBe("a.b", true), {}, ["violation: a.b is not true"]],
  [mustBe("a.b", true), { a: unknown }, ["unknown: a"]],
  [mustBe("a", true, { otherwise: true }), {}, []],
  [mustBe("a", "x"), { a: "y" }, ["violation: a is y"]],
  [mustBe("a", "x"), {}, ["violation: a is not set"]],
  [mustBeOneOf("a", ["x", "y"]), { a: "y" }, []],
  [mustBeOneOf("a", ["x", "y"], { otherwise: "z" }), {}, ["violation: a is z"]],
  [mustNotBe("a", true), { a: true }, ["violation: a is true"]],
  [mustNotBe("a", true), {}, []],
  [mustNotBe("a", true, { otherwise: true }), {}, ["violation: a is true"]],
  [mustNotBe("a", true), { a: unknown }, ["unknown: a"]],
  [mustBeSet("a"), { a: unknown }, []],
  [mustBeSet("a"), { a: "" }, ["violation: a is not set"]],
  [mustNotBeSet("a"), { a: unknown }, ["violation: a is set"]],
  [mustNotBeSet("a"), {}, []],
  [mustNotBeEmpty("a"), { a: [unknown] }, []],
  [mustNotBeEmpty("a"), { a: [] }, ["violation: a is empty"]],
  [mustNotBeEmpty("a"), { a: unknown }, ["unknown: a"]],
  [mustBeAtLeast("a", 7), { a: 7 }, []],
  [mustBeAtLeast("a", 7), { a: 6 }, ["violation: a is 6, less than 7"]],
  [mustBeAtLeast("a", 7), {}, ["violation: a is not set, less than 7"]],
  [mustBeAtLeast("a", 7, { otherwise: 8 }), {}, []],
  [mustBeAtMost("a", 7), { a: 8 }, ["violation: a is 8, more than 7"]],
  [mustBeAtMost("a", 7), { a: unknown }, ["unknown: a"]],
  [mustMatch("a", /^TLS/), { a: "TLS13" }, []],
  [mustMatch("a", /^TLS/), { a: "SSL" }, ["violation: a is SSL"]],
  [mustMatch("a", /^TLS/), { a: [] }, ["violation: a is not one value"]],
  [
    eachOf("a", mustBe("b", true)),
    { a: [{ b: true }, { b: unknown }, { b: false }] },
    ["unknown: a[1].b", "violation: a[2].b is not true"],
  ],
  [all(mustBe("a", true), mustBe("b", true)), { a: unknown }, ["unknown: a", "violation: b is not true"]],
  [whereSet("a", mustBe("a.b", true)), {}, []],
  [whereSet("a", mustBe("a.b", true)), { a: {} }, ["violation: a.b is not true"]],
  [where("a", ["x"], mustBeSet("b")), { a: "x" }, ["violation: b is not set"]],
  [where("a", ["x"], mustBeSet("b")), { a: "y" }, []],
  [where("a", ["x"], mustBeSet("b")), { a: unknown }, ["unknown: a"]],
  [where("a", ["x"], mustBeSet("b"), { otherwise: "x" }), {}, ["violation: b is not set"]],
];

describe("demands", () => {
  for (const [index, [check, props, said]] of table.entries())
    it(`say of ${JSON.stringify(props).slice(0, 60)}: ${said.join("; ") || "nothing"} (${index})`, () =>
      assert.deepEqual(told(check, props), said));
});
