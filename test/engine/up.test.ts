import assert from "node:assert/strict";
import { deploymentOrder } from "../../cli/deploy/order";
import { stacksOf } from "../../stacks/names";
import company from "./company";
import { wholeCompany, withDeployedCompany } from "./deployed-company";
import { isOfCloud } from "./engine";

const stacks = stacksOf(company).map(({ name }) => name);

describe("lz up and the engine", function () {
  this.timeout(600_000);
  const the = withDeployedCompany("that lz up makes a whole company in order, and changes what has changed");

  it("makes all stacks, each after those it comes after, and independent ones at once", () => {
    const { status, text, calls } = the.first;
    assert.equal(status, 0, text);
    const created = calls.filter(({ operation }) => operation === "create");
    const first = (stack: string) => created.findIndex(call => call.stack === stack);
    const last = (stack: string) => created.findLastIndex(call => call.stack === stack);
    for (const [stack, before] of deploymentOrder(company))
      for (const earlier of before)
        assert.ok(last(earlier) < first(stack), `${stack} began before the end of ${earlier}`);
    for (const stack of stacks) assert.match(text, new RegExp(`^ *${stack} +done`, "m"));
  });

  it("has in its states what was created, each once", () => {
    const made = the.first.calls.filter(
      ({ operation, moment }) => operation === "create" && moment === "done",
    );
    const kept = stacks.flatMap(stack => the.engine.state(stack).resources.filter(isOfCloud));
    assert.deepEqual(kept.map(({ id }) => id).sort(), made.map(({ id }) => id).sort());
    assert.equal(new Set(made.map(({ urn }) => urn)).size, made.length);
  });

  it("changes in a second run what the description says otherwise, and nothing else", async () => {
    const { engine } = the;
    engine.describe(['release: "1.0.0", port', 'release: "1.0.1", port']);
    const { status, text } = await engine.lz("up", ...wholeCompany, "--yes");
    assert.equal(status, 0, text);
    const changed = engine.aws.calls.filter(({ operation }) => operation !== "configure");
    assert.deepEqual(
      [...new Set(changed.map(({ operation, stack }) => `${operation} in ${stack}`))],
      ["update in parcels-service-dev"],
    );
    assert.ok(changed.some(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition"));
  });
});
