import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StubbedAws } from "./stubbed-aws";

const page = readFileSync(join(__dirname, "../../docs/operate.md"), "utf8");

describe("the page on operating", function () {
  this.timeout(60_000);

  for (const [, line = "", said = ""] of page.matchAll(/^```\n\$ npx lz (.*)\n([\s\S]*?)^```$/gm))
    it(`shows what lz ${line} says`, () => {
      const aws = new StubbedAws();
      try {
        const { stdout, stderr } = aws.lz(line.split(" "), {}, []);
        // How long a plan took is not what is shown.
        assert.equal(stdout + stderr.replace(/^\s*\d+\/\d+ planned .*\n/gm, ""), said);
      } finally {
        aws.remove();
      }
    });

  it("shows each of the commands", () => {
    for (const command of ["shell", "logs", "forward", "run", "wake"])
      assert.match(page, new RegExp(`^\\$ npx lz ${command} .* --dry-run$`, "m"));
  });
});
