import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { cataloguePage, coveragePage } from "../../cli/policies/pages";

const docs = resolve(__dirname, "../../docs");
const heading = "## All rules\n\n";

describe("the documentation of the policies", () => {
  function holds(file: string, pageOf: (before: string) => string): void {
    const path = resolve(docs, file);
    if (process.env["UPDATE_SNAPSHOT"]) writeFileSync(path, pageOf(readOr(path)));
    assert.equal(readFileSync(path, "utf8"), pageOf(readOr(path)), `UPDATE_SNAPSHOT=1 writes ${file} anew`);
  }

  it("has every rule as it is", () =>
    holds("policies.md", before => `${before.split(heading)[0]}${heading}${cataloguePage()}`));

  it("says what covers each control", () => holds("policies-coverage.md", coveragePage));
});

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
