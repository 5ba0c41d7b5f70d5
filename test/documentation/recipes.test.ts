import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { patched, RecipeCopy, type Step, stepsOf } from "./recipe";

const folder = join(__dirname, "../../docs/day-two");
const pages = readdirSync(folder).filter(file => file !== "README.md");
const update = process.env["UPDATE_SNAPSHOT"] === "1";

describe("recipes", () => {
  for (const file of pages)
    describe(file, function () {
      this.timeout(300_000);
      const page = readFileSync(join(folder, file), "utf8");
      const steps = stepsOf(page);
      const said = new Map<Step, string>();
      let copy: RecipeCopy;
      before(() => {
        copy = new RecipeCopy();
      });
      after(() => {
        copy.remove();
        if (update) writeFileSync(join(folder, file), shownAnew(page, said));
      });

      // One after the other: a step builds on those before it.
      for (const step of steps)
        it(`${step.kind} ${step.subject}`, () => {
          const heard = copy.take(step);
          if (heard === undefined) return;
          said.set(step, heard);
          if (!update) assert.equal(timeless(heard), timeless(step.text));
        });

      it("shows what follows from it", () => {
        assert.ok(steps.some(({ kind }) => kind === "show"));
      });
    });

  it("are listed in the overview, and nothing else is", () => {
    const overview = readFileSync(join(folder, "README.md"), "utf8");
    assert.deepEqual(
      [...overview.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name]) => name).sort(),
      [...pages].sort(),
    );
  });

  it("can fail", () => {
    assert.equal(patched("a\nb\nc\n", " a\n-b\n+d\n"), "a\nd\nc\n");
    assert.throws(() => patched("a\n", "-b\n+c\n"), /stands there 0 times/);
    assert.throws(() => patched("a\na\n", "-a\n+c\n"), /stands there 2 times/);
    const [change, write, show, run] = stepsOf(
      "```diff a.ts\n+x\n```\n\n```ts b.ts\ny\n```\n\n```\n$ npx lz plan dev\nsaid\n```\n\n```sh\nnpx lz up dev\nnpx lz plan int\n```\n",
    );
    assert.deepEqual(
      [change, write, show, run].map(step => [step?.kind, step?.subject, step?.text]),
      [
        ["change", "a.ts", "+x\n"],
        ["write", "b.ts", "y\n"],
        ["show", "plan dev", "said\n"],
        ["run", "plan int", ""],
      ],
    );
  });
});

/** How long a plan has taken stands at the end of its table's lines. */
const timeless = (text: string): string => text.replaceAll(/ +\d+\.\d$/gm, "");

/** From the end, so that places do not move. */
function shownAnew(page: string, said: ReadonlyMap<Step, string>): string {
  return [...said]
    .sort(([one], [other]) => other.from - one.from)
    .reduce((text, [{ subject, from, to }, heard]) => {
      const indent = /^ */.exec(text.slice(from))?.[0] ?? "";
      const lines = `$ npx lz ${subject}\n${heard}`.trimEnd().split("\n");
      const body = lines.map(line => (line === "" ? "" : `${indent}${line}`)).join("\n");
      return `${text.slice(0, from)}${body}\n${text.slice(to)}`;
    }, page);
}
