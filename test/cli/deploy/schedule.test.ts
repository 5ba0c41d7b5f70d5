import assert from "node:assert/strict";
import fc from "fast-check";
import { allBefore, orderAmong, reversed } from "../../../cli/deploy/order";
import { runInOrder } from "../../../cli/deploy/schedule";

interface Case {
  readonly order: ReadonlyMap<string, readonly string[]>;
  readonly failing: ReadonlySet<string>;
  readonly parallel: number;
  readonly ticks: ReadonlyMap<string, number>;
}

/** Any graph without circles: each comes after some of those before it. */
const cases = fc
  .integer({ min: 1, max: 12 })
  .chain(count =>
    fc.record({
      edges: fc.array(fc.array(fc.boolean(), { minLength: count, maxLength: count }), {
        minLength: count,
        maxLength: count,
      }),
      fails: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: count, maxLength: count }),
      ticks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: count, maxLength: count }),
      parallel: fc.integer({ min: 1, max: 5 }),
    }),
  )
  .map(({ edges, fails, ticks, parallel }): Case => {
    const names = edges.map((_, index) => `s${index}`);
    return {
      order: new Map(
        names.map((name, index) => [
          name,
          names.filter((_, other) => other < index && edges[index]?.[other]),
        ]),
      ),
      failing: new Set(names.filter((_, index) => fails[index] === 0)),
      parallel,
      ticks: new Map(names.map((name, index) => [name, ticks[index] ?? 0])),
    };
  });

async function ran(
  { order, failing, parallel, ticks }: Case,
  goOn: boolean,
  stopAfter = Number.POSITIVE_INFINITY,
) {
  const ended = new Map<string, boolean>();
  let now = 0;
  let most = 0;
  const begun: string[] = [];
  const endings = await runInOrder(order, {
    parallel,
    goOn,
    stopped: () => begun.length >= stopAfter,
    run: async name => {
      begun.push(name);
      for (const before of order.get(name) ?? [])
        assert.equal(ended.get(before), true, `${name} before ${before}`);
      now += 1;
      most = Math.max(most, now);
      for (let tick = 0; tick < (ticks.get(name) ?? 0); tick++)
        await new Promise(resolve => setImmediate(resolve));
      now -= 1;
      ended.set(name, !failing.has(name));
      return !failing.has(name);
    },
  });
  return { endings, begun, most };
}

describe("the order of a deployment", () => {
  it("never begins a stack before those before it have ended well, nor more at once than it may", () =>
    fc.assert(
      fc.asyncProperty(cases, fc.boolean(), async (its, goOn) => {
        const { endings, begun, most } = await ran(its, goOn);
        assert.ok(most <= its.parallel);
        assert.equal(new Set(begun).size, begun.length);
        assert.deepEqual([...endings.keys()].sort(), [...its.order.keys()].sort());
        for (const [name, { kind }] of endings) {
          assert.equal(kind === "done" || kind === "failed", begun.includes(name));
          if (begun.includes(name)) assert.equal(kind, its.failing.has(name) ? "failed" : "done");
        }
      }),
      { numRuns: 500 },
    ));

  it("runs all that can run where it goes on, and says of the rest which failure it waits for", () =>
    fc.assert(
      fc.asyncProperty(cases, async its => {
        const { endings, begun } = await ran(its, true);
        for (const name of its.order.keys()) {
          const stopping = [...allBefore(its.order, name)].filter(before => its.failing.has(before));
          assert.equal(begun.includes(name), stopping.length === 0, name);
          const ending = endings.get(name);
          if (ending?.kind === "waits") assert.ok(stopping.includes(ending.for));
        }
      }),
      { numRuns: 500 },
    ));

  it("begins nothing after a failure where it does not go on, and nothing when it is stopped", () =>
    fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 0, max: 5 }), async (its, stopAfter) => {
        const alone = await ran({ ...its, parallel: 1 }, false);
        const firstFailure = alone.begun.findIndex(name => its.failing.has(name));
        if (firstFailure >= 0) assert.equal(alone.begun.length, firstFailure + 1);
        const stopped = await ran(its, true, stopAfter);
        assert.ok(stopped.begun.length <= stopAfter);
      }),
      { numRuns: 300 },
    ));

  it("fills what may run at once with what is independent", async () => {
    const order = new Map(["a", "b", "c", "d"].map(name => [name, []]));
    const ticks = new Map([...order.keys()].map(name => [name, 3]));
    const { most } = await ran({ order, failing: new Set(), parallel: 3, ticks }, false);
    assert.equal(most, 3);
  });

  it("tells a mistake of its own when what runs has ended", async () => {
    let ended = false;
    const run = async (name: string) => {
      if (name === "a") throw new Error("a mistake");
      await new Promise(resolve => setTimeout(resolve, 20));
      ended = true;
      return true;
    };
    const order = new Map([
      ["a", []],
      ["b", []],
    ]);
    await assert.rejects(
      runInOrder(order, { parallel: 2, goOn: false, run, stopped: () => false }),
      /a mistake/,
    );
    assert.equal(ended, true);
  });

  it("holds over stacks in between that are not asked for", () => {
    const order = new Map([
      ["a", []],
      ["b", ["a"]],
      ["c", ["b"]],
    ]);
    assert.deepEqual(
      [...orderAmong(order, ["c", "a"])],
      [
        ["c", ["a"]],
        ["a", []],
      ],
    );
    assert.deepEqual(
      [...reversed(orderAmong(order, ["a", "c"]))],
      [
        ["a", ["c"]],
        ["c", []],
      ],
    );
  });
});
