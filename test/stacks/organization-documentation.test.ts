import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accountStates, guardrailNames } from "../../stacks/description";

const page = readFileSync(join(__dirname, "../../docs/organization.md"), "utf8");

describe("the page on the organization", () => {
  it("has a line on every guardrail and every state, and on none that there is not", () => {
    const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(match => match[1]);
    assert.deepEqual(rows.sort(), [...guardrailNames, ...Object.keys(accountStates)].sort());
  });
});
