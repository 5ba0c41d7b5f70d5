import assert from "node:assert/strict";
import { withDeployedCompany } from "./deployed-company";
import { isOfCloud } from "./engine";
import { toGoOn } from "./said";

const never = new Promise<void>(() => {});
const ecsService = "aws:ecs/service:Service";

describe("an interrupted lz up and the engine", function () {
  this.timeout(600_000);
  const the = withDeployedCompany("what Ctrl-C, a killed machine and another run do to lz up");

  /** A user pool is to be changed; a call for that stack is not answered before `answer` is called. */
  function slow(operation: "configure" | "update") {
    const { engine } = the;
    engine.describe(["confidential: true } }", "confidential: true } }, passwordLength: 20"]);
    let answer = () => {};
    const until = new Promise<void>(resolve => {
      answer = resolve;
    });
    const call = { operation, stack: "parcels-persistent-dev" };
    engine.aws.faults = [{ ...call, until }];
    return { answer, begun: engine.aws.called({ ...call, moment: "begun" }) };
  }

  it("lets what runs end after one Ctrl-C, and begins nothing more", async () => {
    const { engine } = the;
    const { answer, begun } = slow("update");
    const run = engine.begin("up", "parcels-persistent-dev", "parcels-service-dev", "--yes");
    await begun;
    run.interrupt();
    await run.says(/^Interrupted: .*parcels-persistent-dev is let end/m);
    answer();
    const { status, text } = await run.ended;
    assert.equal(status, 1, text);
    assert.match(text, /parcels-persistent-dev +done/);
    assert.match(text, /parcels-service-dev +not begun/);
    assert.deepEqual(toGoOn(text), [["up", "parcels-service-dev"]]);
    assert.equal(engine.aws.done("update").length, 1);
    assert.deepEqual(engine.state("parcels-persistent-dev").pending_operations, []);
  });

  it("tells a second run who holds the lock, and the first ends well", async () => {
    const { engine } = the;
    const { answer, begun } = slow("configure");
    const run = engine.begin("up", "parcels-persistent-dev", "--yes");
    await begun;
    const second = await engine.lz("up", "parcels-persistent-dev", "--yes");
    assert.equal(second.status, 1, second.text);
    assert.match(second.text, /parcels-persistent-dev is locked by \S+ \(process \d+\) since /);
    assert.match(second.text, /pulumi cancel -s parcels-persistent-dev/);
    answer();
    const { status, text } = await run.ended;
    assert.equal(status, 0, text);
  });

  it("cancels what runs after two, loses nothing, and is resumed as it says", async () => {
    const { engine } = the;
    const stack = "parcels-service-dev";
    engine.forget(stack);
    engine.aws.faults = [{ operation: "create", type: ecsService, until: never }];
    const run = engine.begin("up", stack, "--yes");
    await engine.aws.called({ operation: "create", moment: "begun", type: ecsService });
    run.interrupt();
    await run.says(/Ctrl-C again/);
    run.interrupt();
    const { status, text } = await run.ended;
    assert.equal(status, 1, text);
    assert.match(text, new RegExp(`${stack} +cancelled`));
    const { resources, pending_operations } = engine.state(stack);
    assert.deepEqual(pending_operations, []);
    const ids = () => engine.aws.done("create").map(({ id }) => id);
    assert.deepEqual(
      resources
        .filter(isOfCloud)
        .map(({ id }) => id)
        .sort(),
      ids().sort(),
    );

    engine.aws.faults = [];
    const commands = toGoOn(text);
    assert.deepEqual(commands.at(-1), ["up", stack]);
    for (const command of commands) {
      const resumed = await engine.lz(...command, "--yes");
      assert.equal(resumed.status, 0, resumed.text);
    }
    const made = engine.aws.done("create").map(({ urn }) => urn);
    assert.equal(new Set(made).size, made.length, "something was created twice");
    assert.deepEqual(
      engine
        .state(stack)
        .resources.filter(isOfCloud)
        .map(({ id }) => id)
        .sort(),
      ids().sort(),
    );
  });

  it("explains what a killed run has left half done, and goes on after the steps it says", async () => {
    const { engine } = the;
    const stack = "scans-service-dev";
    engine.forget(stack);
    engine.aws.faults = [{ operation: "create", type: ecsService, until: never, deaf: true }];
    const run = engine.begin("up", stack, "--yes");
    await engine.aws.called({ operation: "create", moment: "begun", type: ecsService });
    run.killAll();
    await run.ended;
    engine.aws.faults = [];
    const [pending] = engine.state(stack).pending_operations;
    assert.equal(pending?.resource.type, ecsService);

    const refused = await engine.lz("up", stack, "--yes");
    assert.equal(refused.status, 1, refused.text);
    assert.ok(refused.text.includes(pending?.resource.urn ?? "?"), refused.text);
    assert.match(refused.text, new RegExp(`\`lz refresh ${stack}\``));

    const locked = await engine.lz("refresh", stack, "--yes");
    assert.equal(locked.status, 1, locked.text);
    assert.doesNotMatch(locked.text, /Forgotten/);
    assert.match(locked.text, new RegExp(`${stack} is locked by .*\n.*\`pulumi cancel -s ${stack}\``));
    const cancelled = await engine.pulumi("cancel", "-s", stack, "--yes");
    assert.equal(cancelled.status, 0, cancelled.text);

    const refreshed = await engine.lz("refresh", stack, "--yes");
    assert.equal(refreshed.status, 0, refreshed.text);
    assert.match(refreshed.text, /^Forgotten/m);
    assert.deepEqual(engine.state(stack).pending_operations, []);
    const resumed = await engine.lz("up", stack, "--yes");
    assert.equal(resumed.status, 0, resumed.text);
    assert.ok(engine.state(stack).resources.some(({ type }) => type === ecsService));
  });
});
