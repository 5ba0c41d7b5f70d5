import assert from "node:assert/strict";
import { cases } from "../../policies/examples";
import type { Case } from "../../policies/examples/example";
import { rules } from "../../policies/rules";
import { judge, type Verdict } from "./judge";

describe("the table of rules", () => {
  it("names each rule once, in kebab-case", () => {
    const names = rules.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index || !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name)),
      [],
    );
  });

  it("has a case that is accepted and one that is refused for each rule, and none for others", () => {
    const covered = cases.filter(({ accepts, refuses }) => accepts.length > 0 && refuses.length > 0);
    assert.deepEqual(covered.map(({ rule }) => rule).sort(), rules.map(({ name }) => name).sort());
  });

  it("says in a line each what is demanded, why and how, without a full stop", () => {
    const lines = rules.flatMap(({ title, why, fix }) => [title, why, fix]);
    assert.deepEqual(
      lines.filter(line => line.trim() !== line || line === "" || /\n|\.$/.test(line)),
      [],
    );
  });
});

for (const { rule: name, accepts, refuses, unknown = [] } of cases) {
  describe(`rule ${name}`, () => {
    it("accepts", () => eachOf(accepts, verdicts => !verdicts.some(isRefusal) && !verdicts.some(isOpen)));
    it("refuses", () => eachOf(refuses, verdicts => verdicts.some(isRefusal)));
    if (unknown.length > 0) {
      it("leaves open", () =>
        eachOf(unknown, verdicts => verdicts.some(isOpen) && !verdicts.some(isRefusal)));
    }
  });

  async function eachOf(given: readonly Case[], isRight: (verdicts: Verdict[]) => boolean): Promise<void> {
    const rule = rules.find(candidate => candidate.name === name);
    assert.ok(rule);
    for (const one of given) {
      const verdicts = await judge(rule, "length" in one ? one : [one]);
      const told = verdicts.map(({ level, message }) => `${level}: ${message}`).join("\n") || "nothing";
      assert.ok(isRight(verdicts), `${JSON.stringify(one, null, 2)}\nwas told\n${told}`);
    }
  }
}

/** Of an advisory rule, too. What is accepted for a declared reason is none. */
function isRefusal({ message }: Verdict): boolean {
  return !/^(unknown|accepted|failed): /.test(message);
}

function isOpen({ level, message }: Verdict): boolean {
  return level === "advisory" && message.startsWith("unknown: ");
}
