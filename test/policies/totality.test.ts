import assert from "node:assert/strict";
import fc from "fast-check";
import { cases } from "../../policies/examples";
import { rules } from "../../policies/rules";
import { type Given, judge, unknown } from "./judge";
import { spoiltOnce } from "./spoilt";

/** More of them by night: TOTALITY_RUNS=200. */
const numRuns = Number(process.env["TOTALITY_RUNS"] ?? 12);

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
    const { accepts = [], refuses = [] } = cases.find(one => one.rule === rule.name) ?? {};
    const examples = [...accepts, ...refuses, {}];
    const stacks = examples.map((one): readonly Given[] => ("length" in one ? one : [one]));

    async function judged(resources: readonly Given[]): Promise<void> {
      const verdicts = await judge(rule, resources);
      const failure = verdicts.find(({ message }) => /^(can't run|failed:)/.test(message));
      assert.ok(!failure, `${failure?.message}\n${JSON.stringify(resources)}`);
    }

    it(`${rule.name} judges each property missing, null, unknown, secret, empty, too large or of another kind`, async () => {
      for (const resources of [stacks[0], stacks[accepts.length]])
        for (const spoilt of spoiltOnce(resources ?? [])) await judged(spoilt);
    });

    it(`${rule.name} judges properties of any shape`, async () => {
      const shapes = fc.oneof(
        ...stacks.map(resources =>
          fc.tuple(
            ...resources.map(one => spoilt(one.props).map(props => ({ ...one, props: asObject(props) }))),
          ),
        ),
      );
      await fc.assert(
        fc.asyncProperty(shapes, fc.constantFrom(...rule.types), async (resources, type) => {
          const [first, ...others] = resources;
          await judged(resources);
          await judged([{ ...first, type }, ...others]);
        }),
        { numRuns },
      );
    });
  }
});

/** The engine sends properties as an object. */
function asObject(props: unknown): object {
  return typeof props === "object" && props !== null && !Array.isArray(props) ? props : { props };
}
