import assert from "node:assert/strict";
import fc from "fast-check";
import { drillDefinition } from "../../../../components/delivery/restore-drill/definition";
import type { States } from "../../../../components/delivery/restore-drill/states";
import type { DrillArgs, DrilledAs, DrilledThing } from "../../../../components/delivery/restore-drill/thing";
import { args } from "./cloud";

const kinds: readonly DrilledAs[] = ["table", "bucket", "cluster", "instance", "fileSystem"];

/** Any drill that could be: one thing or many, of any kinds, masked or not. */
const anyDrill: fc.Arbitrary<DrillArgs> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 8 }),
    masked: fc.boolean(),
  })
  .map(({ kinds: its, masked }) => ({
    ...args,
    things: its.map((as, index): DrilledThing => {
      const name = `thing-${index}`;
      const physical = `shop-${name}`;
      return {
        ...(args.things[0] as DrilledThing),
        name,
        as,
        from: physical,
        own: physical,
        to: `${physical}-drill`,
      };
    }),
    mask: masked ? args.mask : { withoutMasking: "Made-up customers only, as agreed" },
  }));

/** The machine's states and those of each branch, apart. */
function* scopes(
  states: States,
  start: string,
): Generator<{ readonly states: States; readonly start: string }> {
  yield { states, start };
  for (const state of Object.values(states))
    if (state.Type === "Parallel")
      for (const branch of state.Branches) yield* scopes(branch.States, branch.StartAt);
}

const nextOf = (state: States[string]): string[] => {
  const caught = "Catch" in state ? state.Catch.map(({ Next }) => Next) : [];
  switch (state.Type) {
    case "Choice":
      return [...state.Choices.map(({ Next }) => Next), state.Default];
    case "Succeed":
    case "Fail":
      return [];
    default:
      return [...caught, ...(state.Next === undefined ? [] : [state.Next])];
  }
};

describe("the definition of a restore drill", () => {
  const each = (holds: (definition: ReturnType<typeof drillDefinition>, its: DrillArgs) => void) =>
    fc.assert(
      fc.property(anyDrill, its => holds(drillDefinition(its), its)),
      { numRuns: 40 },
    );

  it("reaches every state from its start, and leads nowhere else", () =>
    each(({ States, StartAt }) => {
      for (const { states, start } of scopes(States, StartAt)) {
        const reached = new Set([start]);
        for (const name of reached) {
          assert.ok(states[name], `there is a state ${name}`);
          for (const next of nextOf(states[name])) reached.add(next);
        }
        assert.deepEqual(
          Object.keys(states).filter(name => !reached.has(name)),
          [],
        );
      }
    }));

  it("names no two states alike, nor longer than Step Functions takes", () =>
    each(({ States, StartAt }) => {
      const names = [...scopes(States, StartAt)].flatMap(({ states }) => Object.keys(states));
      assert.equal(new Set(names).size, names.length);
      assert.ok(names.every(name => name.length <= 80));
    }));

  it("tries again, catches and limits the time of every call", () =>
    each(({ States, StartAt }) => {
      for (const { states } of scopes(States, StartAt))
        for (const [name, state] of Object.entries(states)) {
          if (state.Type === "Parallel") assert.ok(state.Catch.length > 0, name);
          if (state.Type !== "Task") continue;
          assert.ok(state.TimeoutSeconds > 0, name);
          assert.ok(state.Retry.length > 0, name);
          // What catches all stands last, alone, as the language has it.
          for (const list of [state.Catch, state.Retry])
            assert.deepEqual(list.at(-1)?.ErrorEquals, ["States.ALL"], name);
          assert.match(state.Resource, /^arn:aws:states:::(aws-sdk:\w+:\w+|states:startExecution\.sync:2)$/);
        }
    }));

  /** Everything that `from` can lead to without entering one of `through`. */
  const without = (states: States, from: string, through: readonly string[]): Set<string> => {
    const reached = new Set([from]);
    for (const name of reached)
      if (!through.includes(name))
        for (const next of nextOf(states[name] as States[string])) reached.add(next);
    return reached;
  };

  it("cleans before it ends, once it has begun to restore", () =>
    each(({ States }) => {
      const reached = without(States, "Restore", ["Clean"]);
      for (const name of reached)
        assert.ok(
          !["Succeed", "Fail"].includes(States[name]?.Type ?? ""),
          `${name} ends it without cleaning`,
        );
      assert.ok(reached.has("Clean"));
    }));

  it("reports before it ends, once it has begun to tidy up", () =>
    each(({ States }) => {
      const reached = without(States, "Tidy", ["Keep"]);
      for (const name of reached) assert.ok(!["Succeed", "Fail"].includes(States[name]?.Type ?? ""), name);
    }));

  it("unlocks, or tries to, before it ends, once it has the lock", () =>
    each(({ States }) => {
      const reached = without(States, "Tidy", ["Unlock"]);
      for (const name of reached) assert.ok(!["Succeed", "Fail"].includes(States[name]?.Type ?? ""), name);
    }));

  it("tests nothing that it should have masked and has not", () =>
    each(({ States, StartAt }, { mask }) => {
      if (!("job" in mask)) return assert.ok(!("Mask" in States));
      assert.ok(!without(States, StartAt, ["Mask ended"]).has("Test"));
      assert.ok(!without(States, StartAt, ["Restored?"]).has("Mask"));
    }));

  it("has room for all of its waits before its own time is over", () =>
    each(({ TimeoutSeconds }) => assert.ok(TimeoutSeconds > 24 * 3600 && TimeoutSeconds < 5 * 24 * 3600)));

  it("fits into what Step Functions takes", () =>
    each(definition => assert.ok(JSON.stringify(definition).length < 1_048_576)));
});
