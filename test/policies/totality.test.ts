import assert from "node:assert/strict";
import fc from "fast-check";
import { rules } from "../../policies/rules";
import { cases } from "./cases";
import { type Given, judge, unknown } from "./judge";

const junk = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(unknown, "{", "[]", "*", "", -1));

/** A value in whose place, or somewhere inside which, is something else. Looks into JSON texts too. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === "string" && /^[[{]./.test(value)) {
    const parsed: unknown = parsedOr(value);
    if (parsed !== value)
      return fc.oneof({ weight: 4, arbitrary: spoilt(parsed).map(one => JSON.stringify(one)) }, junk);
  }
  if (typeof value !== "object" || value === null)
    return fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, junk);
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spoilt(part)]));
  const whole = Array.isArray(value)
    ? fc.tuple(...Object.values(parts))
    : fc.record(parts, { requiredKeys: [] });
  return fc.oneof({ weight: 8, arbitrary: whole }, junk);
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

describe("every rule", () => {
  for (const rule of rules) {
    it(`${rule.name} judges properties of any shape`, async () => {
      const { accepts = [], refuses = [] } = cases.find(one => one.rule === rule.name) ?? {};
      const given = [...accepts, ...refuses].map((one): readonly Given[] => ("length" in one ? one : [one]));
      const shapes = fc.oneof(
        ...given.map(resources =>
          fc.tuple(
            ...resources.map(one => spoilt(one.props).map(props => ({ ...one, props: asObject(props) }))),
          ),
        ),
      );
      await fc.assert(
        fc.asyncProperty(shapes, fc.constantFrom(...rule.types), async (resources, type) => {
          const [first, ...others] = resources;
          for (const judged of [resources, [{ ...first, type }, ...others]]) {
            const verdicts = await judge(rule, judged);
            assert.ok(!verdicts.some(({ message }) => message.startsWith("can't run")));
          }
        }),
        { numRuns: 60 },
      );
    });
  }
});

/** The engine sends properties as an object. */
function asObject(props: unknown): object {
  return typeof props === "object" && props !== null && !Array.isArray(props) ? props : { props };
}
