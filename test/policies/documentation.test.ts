import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { themes } from "../../policies/rules";

const file = resolve(__dirname, "../../docs/policies.md");
const heading = "## All rules\n\n";

/** The table of docs/policies.md. */
const table = [
  "| rule | demands | level | severity | controls |",
  "|---|---|---|---|---|",
  ...Object.entries(themes).flatMap(([theme, rules]) => [
    `| **${theme}** | | | | |`,
    ...rules.map(
      ({ name, title, level, severity, controls }) =>
        `| ${name} | ${title} | ${level} | ${severity} | ${controls.join(", ")} |`,
    ),
  ]),
  "",
].join("\n");

describe("the documentation of the policies", () => {
  it("has every rule as it is (UPDATE_SNAPSHOT=1 writes it anew)", () => {
    const [before = ""] = readFileSync(file, "utf8").split(heading);
    if (process.env["UPDATE_SNAPSHOT"]) writeFileSync(file, `${before}${heading}${table}`);
    assert.equal(readFileSync(file, "utf8"), `${before}${heading}${table}`);
  });
});
