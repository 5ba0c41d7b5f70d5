import assert from "node:assert/strict";
import fc from "fast-check";
import { capacityOf } from "../../../components/compute/capacity";

interface Strategy {
  readonly capacityProvider: string;
  readonly base?: number;
  readonly weight?: number;
}
const strategies = (rules: Parameters<typeof capacityOf>[0]) =>
  capacityOf(rules).capacityProviderStrategies as readonly Strategy[];

/** Where ECS puts tasks, by its rule: the base first, the rest so that the parts fit the weights best. */
function placed(count: number, given: readonly Strategy[]): Record<string, number> {
  const on = Object.fromEntries(
    given.map(({ capacityProvider, base = 0 }) => [capacityProvider, Math.min(base, count)]),
  );
  const above = Object.fromEntries(given.map(({ capacityProvider }) => [capacityProvider, 0]));
  const rest = count - Object.values(on).reduce((sum, some) => sum + some, 0);
  for (let task = 0; task < rest; task++) {
    const [next] = given
      .filter(({ weight = 0 }) => weight > 0)
      .map(({ capacityProvider: its, weight = 0 }) => ({ its, share: ((above[its] ?? 0) + 1) / weight }))
      .sort((one, other) => one.share - other.share);
    assert.ok(next);
    above[next.its] = (above[next.its] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(on).map(([its, some]) => [its, some + (above[its] ?? 0)]));
}

const rules = fc.record({
  spot: fc.integer({ min: 0, max: 100 }),
  min: fc.integer({ min: 0, max: 40 }),
});

describe("what a service's tasks run on", () => {
  it("is a strategy, never a launch type, so that it can be another one later", () => {
    fc.assert(
      fc.property(rules, fc.boolean(), (given, onInstances) => {
        const instances = onInstances ? { capacityProviderName: "instances-orders" } : undefined;
        const { launchType, capacityProviderStrategies, forceNewDeployment } = capacityOf({
          ...given,
          instances,
        });
        assert.equal(launchType, undefined);
        assert.ok(Array.isArray(capacityProviderStrategies) && capacityProviderStrategies.length > 0);
        assert.equal(forceNewDeployment, true);
      }),
    );
  });

  it("is taken by ECS: weights of at most 1,000 that are not all 0, one base at most, nothing twice", () => {
    fc.assert(
      fc.property(rules, given => {
        const all = strategies(given);
        assert.ok(all.some(({ weight = 0 }) => weight > 0));
        assert.ok(all.every(({ weight = 0, base = 0 }) => weight <= 1_000 && base <= 100_000));
        assert.ok(all.filter(({ base = 0 }) => base > 0).length <= 1);
        assert.equal(new Set(all.map(({ capacityProvider }) => capacityProvider)).size, all.length);
      }),
    );
  });

  it("is never Spot for the least of the tasks, whatever the share", () => {
    fc.assert(
      fc.property(rules, fc.nat(60), (given, above) => {
        const { FARGATE = 0 } = placed(given.min + above, strategies(given));
        assert.ok(FARGATE >= given.min);
      }),
    );
  });

  it("is Spot for that share of what is above the least, to the task", () => {
    fc.assert(
      fc.property(rules, fc.nat(200), ({ spot, min }, above) => {
        const { FARGATE_SPOT = 0 } = placed(min + above, strategies({ spot, min }));
        assert.ok(
          Math.abs(FARGATE_SPOT - (above * spot) / 100) <= 1,
          `${FARGATE_SPOT} of ${above}, ${spot} %`,
        );
      }),
    );
  });

  for (const [spot, expected] of [
    [undefined, [{ capacityProvider: "FARGATE", weight: 1 }]],
    [0, [{ capacityProvider: "FARGATE", weight: 1 }]],
    [
      70,
      [
        { capacityProvider: "FARGATE", base: 2, weight: 30 },
        { capacityProvider: "FARGATE_SPOT", weight: 70 },
      ],
    ],
    [
      100,
      [
        { capacityProvider: "FARGATE", base: 2, weight: 0 },
        { capacityProvider: "FARGATE_SPOT", weight: 100 },
      ],
    ],
  ] as const)
    it(`with ${spot} % of Spot is ${expected.map(({ capacityProvider }) => capacityProvider)}`, () => {
      const { capacityProviderStrategies, platformVersion } = capacityOf({ spot, min: 2 });
      assert.deepEqual(capacityProviderStrategies, expected);
      assert.equal(platformVersion, "LATEST");
    });

  it("is the product's instances alone, which have no platform version and no Spot", () => {
    const instances = { capacityProviderName: "instances-orders" };
    for (const spot of [undefined, 0, 50])
      assert.deepEqual(capacityOf({ spot, min: 2, instances }), {
        capacityProviderStrategies: [{ capacityProvider: "instances-orders", weight: 1 }],
        forceNewDeployment: true,
      });
  });

  for (const spot of [-1, 101, 33.3, Number.NaN])
    it(`can not be ${spot} % of Spot`, () => {
      assert.throws(() => capacityOf({ spot, min: 1 }), new RegExp(`spot is ${spot}: .*from 0 to 100`));
    });
});
