/** What holds for every component of the example, whoever wrote it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { shortName } from "../../components/short-name";

const folder = resolve(__dirname, "../../components");

const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter(file => file.endsWith(".ts"))
  .map(file => ({ file, text: readFileSync(join(folder, file), "utf8") }))
  .filter(({ text }) => text.includes("extends pulumi.ComponentResource"));

describe("every component", () => {
  for (const { file, text } of sources) {
    const field = file.split("/")[0];
    const name = /export class (\w+) extends pulumi\.ComponentResource/.exec(text)?.[1];

    it(`${name} has the type token of its field and name, and registers its outputs`, () => {
      assert.match(text, new RegExp(`super\\("landing-zone:${field}:${name}", name, \\{\\}, opts\\)`));
      assert.match(text, /this\.registerOutputs\(/);
      assert.doesNotMatch(text, /pulumi\.Config|\.\.\/stacks|description"/);
    });

    it(`${name} gives its children names of its own, so that a stack may have two`, () => {
      // A URN says the types of the parents but not their names.
      const fixed = [...text.matchAll(/new (?:aws\.\w+\.)?\w+\(\s*"([^"]+)",/g)].map(match => match[1]);
      assert.deepEqual(fixed, []);
    });
  }
});

describe("a short name", () => {
  it("is the name itself where it fits, else unlike any other and never too long", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}[a-z0-9]$/);
    fc.assert(
      fc.property(name, name, fc.integer({ min: 12, max: 32 }), (a, b, longest) => {
        const short = shortName(a, longest);
        assert.ok(short.length <= longest);
        assert.equal(shortName(a, longest), short);
        if (a.length <= longest) assert.equal(short, a);
        if (a !== b && a.length > longest && b.length > longest)
          assert.notEqual(shortName(b, longest), short);
      }),
    );
  });

  it("tells apart the long names of one product", () => {
    const names = Array.from({ length: 20 }, (_, index) => `a-product-of-20-chars-with-service-${index}`);
    assert.equal(new Set(names.map(name => shortName(name, 24))).size, names.length);
  });

  it("has no two hyphens in a row and none at its end, wherever the name is cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 12, max: 32 }), (before, longest) => {
        const short = shortName(`${"a".repeat(before)}-${"b".repeat(40)}`, longest);
        assert.doesNotMatch(short, /--|-$|^-/);
      }),
    );
  });
});
