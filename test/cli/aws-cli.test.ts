import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { option, shown } from "../../cli/aws-cli";

describe("a call as it is shown", () => {
  it("is what a shell makes of it again", () => {
    const word = fc.string({ unit: "grapheme-ascii" }).filter(text => !text.includes("\0"));
    const calls = fc.array(word, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(calls, words => {
        const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${shown(words)}`], { encoding: "utf8" });
        assert.deepEqual(stdout.split("\0").slice(0, -1), words);
      }),
      { numRuns: 60 },
    );
  });

  it("has no quotes where none are needed", () =>
    assert.equal(
      shown(["aws", "logs", "tail", "/landing-zone/a-b", "x y", ""]),
      "aws logs tail /landing-zone/a-b 'x y' ''",
    ));

  it("joins a value that begins with a hyphen to its option", () => {
    assert.deepEqual(option("--command", "sh"), ["--command", "sh"]);
    assert.deepEqual(option("--command", "-x"), ["--command=-x"]);
  });
});
