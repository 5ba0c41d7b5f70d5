import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { select } from "../../cli/selection";
import zone from "../../stacks/landing-zone";
import { commandsOf, isAwsCall, isPulumiCommand, understood, wordsOf } from "./written-commands";

const root = join(__dirname, "../..");
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter(file => file.endsWith(".md"))
    .map(file => join("docs", file)),
];

/** Commands whose arguments are stacks and environments. */
const ofStacks = new Set(["plan", "up", "preview", "refresh", "destroy", "doctor"]);

/** Stacks that recipes bring into being, or move aside. */
const notYet = /^(?:shared|.*-(?:before|moved)|.*(?:parcels|analytics|catalogue).*)$/;

describe("commands in the documentation", () => {
  for (const page of pages) {
    const lines = commandsOf(readFileSync(join(root, page), "utf8"));
    for (const line of new Set(lines)) {
      const words = wordsOf(line);
      const [program, ...rest] = words[0] === "npx" ? words.slice(1) : words;
      if (program === "lz")
        it(`${page}: ${line}`, () => {
          const { command, args } = understood(rest);
          if (ofStacks.has(command))
            select(
              zone,
              args.filter(name => !notYet.test(name)),
            );
        });
      else if (program === "aws")
        it(`${page}: ${line}`, () =>
          assert.ok(isAwsCall(rest), `the AWS CLI has no ${rest.slice(0, 2).join(" ")}`));
      else if (program === "pulumi")
        it(`${page}: ${line}`, () =>
          assert.ok(isPulumiCommand(rest), `Pulumi has no ${rest.slice(0, 2).join(" ")}`));
    }
  }

  it("are found in every runbook, of lz at least one", () => {
    for (const page of pages.filter(name => /runbooks\/(?!README)/.test(name))) {
      const lines = commandsOf(readFileSync(join(root, page), "utf8"));
      assert.ok(
        lines.some(line => line.startsWith("npx lz ")),
        page,
      );
    }
  });

  it("are refused where there are none such", () => {
    assert.throws(() => understood(["plan", "--nonsense"]), /unknown option/);
    assert.throws(() => understood(["upp", "dev"]), /unknown command|too many arguments/);
    assert.throws(() => understood(["promote", "shop", "api", "--from", "dev"]), /required option/);
    assert.equal(isAwsCall(["ecs", "stop-everything"]), false);
    assert.equal(isAwsCall(["esc", "list-clusters"]), false);
    assert.equal(isPulumiCommand(["stack", "forget"]), false);
    assert.equal(isPulumiCommand(["upp", "--yes"]), false);
  });

  it("are split as a shell does", () => {
    assert.deepEqual(wordsOf(`aws ecs run 'a b' --x="c d" plain | jq .`), [
      "aws",
      "ecs",
      "run",
      "a b",
      "--x=c d",
      "plain",
    ]);
  });
});
