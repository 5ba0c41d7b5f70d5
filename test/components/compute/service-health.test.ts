import assert from "node:assert/strict";
import fc from "fast-check";
import { type HealthRules, healthOf } from "../../../components/compute/service-health";

const where = "routes.internal of orders-api: health";
const health = (rules: HealthRules, protocol: "http1" | "http2" | "grpc" = "http1") =>
  healthOf(where, rules, protocol);

describe("whether a task is well", () => {
  it("is asked as fast as it can sensibly be, where nothing is said", () => {
    assert.deepEqual(health({}), {
      check: {
        protocol: "HTTPS",
        path: "/health",
        matcher: "200",
        interval: 5,
        timeout: 3,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      startSeconds: 60,
    });
  });

  it("is asked as is said, with all words", () => {
    const { check, startSeconds } = health({
      path: "/live?deep=1",
      interval: 30,
      timeout: 29,
      healthy: 10,
      unhealthy: 3,
      startSeconds: 0,
    });
    assert.deepEqual(check, {
      protocol: "HTTPS",
      path: "/live?deep=1",
      matcher: "200",
      interval: 30,
      timeout: 29,
      healthyThreshold: 10,
      unhealthyThreshold: 3,
    });
    assert.equal(startSeconds, 0);
  });

  for (const [protocol, path, matcher] of [
    ["http1", "/health", "200"],
    ["http2", "/health", "200"],
    ["grpc", "/grpc.health.v1.Health/Check", "0"],
  ] as const)
    it(`is asked in ${protocol} at ${path}, where ${matcher} is well`, () => {
      const { check } = health({}, protocol);
      assert.deepEqual([check.path, check.matcher], [path, matcher]);
    });

  const refused: readonly [HealthRules, RegExp][] = [
    [{ interval: 4 }, /health\.interval is 4; it must be a whole number from 5 to 300$/],
    [{ interval: 301 }, /interval is 301/],
    [{ interval: 7.5 }, /interval is 7.5/],
    [{ interval: Number.NaN }, /interval is NaN/],
    [{ timeout: 1 }, /timeout is 1; it must be a whole number from 2 to 120/],
    [{ interval: 300, timeout: 121 }, /timeout is 121/],
    [{ timeout: 5 }, /timeout is 5; it must be less than the interval, 5$/],
    [{ healthy: 1 }, /healthy is 1; it must be a whole number from 2 to 10/],
    [{ unhealthy: 11 }, /unhealthy is 11/],
    [{ startSeconds: -1 }, /startSeconds is -1; it must be a whole number from 0 to 1800/],
    [{ startSeconds: 1_801 }, /startSeconds is 1801/],
    [{ path: "health" }, /path is "health"; it must begin with \//],
    [{ path: "/he alth" }, /path is "\/he alth"/],
    [{ path: `/${"x".repeat(1_024)}` }, /at most 1,024 characters/],
  ];
  for (const [rules, message] of refused)
    it(`is refused with ${JSON.stringify(rules).slice(0, 40)}`, () => {
      assert.throws(() => health(rules), message);
      assert.throws(() => health(rules), /^Error: routes\.internal of orders-api: health\./);
    });

  it("is asked in a way that AWS takes, whatever of it is said", () => {
    const maybe = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined });
    fc.assert(
      fc.property(
        maybe(5, 300),
        maybe(2, 10),
        maybe(2, 10),
        maybe(0, 1_800),
        (interval, healthy, unhealthy, startSeconds) => {
          const { check } = health({ interval, healthy, unhealthy, startSeconds });
          assert.ok(Number(check.timeout) < Number(check.interval) && Number(check.timeout) >= 2);
          assert.equal(check.interval, interval ?? 5);
          assert.equal(check.healthyThreshold, healthy ?? 2);
          assert.equal(check.unhealthyThreshold, unhealthy ?? 2);
        },
      ),
    );
  });
});
