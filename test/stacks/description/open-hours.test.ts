import assert from "node:assert/strict";
import fc from "fast-check";
import { fallsWithin, offset } from "../../../stacks/description/open-hours";

const hours = { start: "07:00", stop: "19:00", timezone: "Europe/Berlin" };
const within = (schedule: string, timezone = "Europe/Berlin", minutes = 60, its: object = {}) =>
  fallsWithin({ schedule, timezone, minutes }, { ...hours, ...its });

describe("a schedule and the hours of an environment", () => {
  for (const [schedule, is] of [
    ["cron(0 7 ? * MON-FRI *)", true],
    ["cron(59 6 ? * MON-FRI *)", false],
    ["cron(0 18 ? * MON-FRI *)", true],
    ["cron(1 18 ? * MON-FRI *)", false],
    ["cron(0 8,17 ? * 2-6 *)", true],
    ["cron(0 8/4 ? * TUE *)", false],
    ["cron(0 8-16/4 ? * TUE *)", true],
    ["cron(*/15 9-16 ? * WED,THU *)", true],
    ["cron(0 * ? * WED *)", false],
    ["cron(0 12 ? * SUN *)", false],
    ["cron(0 12 ? * SAT-MON *)", false],
    ["cron(0 12 ? * 2#1 *)", true],
    ["cron(0 12 ? * 7#1 *)", false],
    ["cron(0 12 ? * 6L *)", true],
    ["cron(0 12 ? * FRIL *)", true],
    ["cron(0 12 ? * L *)", false],
    ["cron(0 12 * * ? *)", false],
    ["cron(0 12 1 * ? *)", false],
    ["rate(1 hour)", false],
    ["rate(7 days)", false],
  ] as const)
    it(`${schedule} ${is ? "is" : "is not"} within`, () => assert.equal(within(schedule), is));

  it("counts weekends in where they are worked", () => {
    assert.ok(within("cron(0 12 * * ? *)", "Europe/Berlin", 60, { days: "MON-SUN" }));
    assert.ok(!within("cron(0 3 * * ? *)", "Europe/Berlin", 60, { days: "MON-SUN" }));
  });

  it("counts how long a run takes", () => {
    assert.ok(within("cron(0 18 ? * MON *)", "Europe/Berlin", 60));
    assert.ok(!within("cron(0 18 ? * MON *)", "Europe/Berlin", 61));
  });

  for (const [schedule, timezone, is] of [
    ["cron(0 6 ? * MON-FRI *)", "UTC", true],
    // In summer it is seven in Berlin when it is five in UTC, in winter six.
    ["cron(30 5 ? * MON-FRI *)", "UTC", false],
    ["cron(30 16 ? * MON-FRI *)", "UTC", false],
    ["cron(0 16 ? * MON-FRI *)", "UTC", true],
    // Sunday evening in Los Angeles is Monday morning in Berlin, or nearly.
    ["cron(30 23 ? * SUN-THU *)", "America/Los_Angeles", true],
    ["cron(30 23 ? * MON-FRI *)", "America/Los_Angeles", false],
    ["cron(0 17 ? * MON-FRI *)", "Asia/Kolkata", true],
  ] as const)
    it(`${schedule} of ${timezone} ${is ? "is" : "is not"} within those of Berlin`, () =>
      assert.equal(within(schedule, timezone), is));

  it("knows what a clock is before UTC's, half hours too", () => {
    const at = (timezone: string, month: number) => offset(timezone, new Date(Date.UTC(2030, month, 15)));
    assert.deepEqual(
      [at("UTC", 0), at("Europe/Berlin", 0), at("Europe/Berlin", 6), at("Asia/Kolkata", 0)],
      [0, 60, 120, 330],
    );
    assert.equal(at("America/New_York", 0), -300);
  });

  it("agrees with the clock for any time of any day, in the same time zone", () => {
    const names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    fc.assert(
      fc.property(
        fc.nat(6),
        fc.nat(23),
        fc.nat(59),
        fc.integer({ min: 1, max: 300 }),
        (day, hour, minute, takes) => {
          const begins = hour * 60 + minute;
          const is = day >= 1 && day <= 5 && begins >= 7 * 60 && begins + takes <= 19 * 60;
          assert.equal(within(`cron(${minute} ${hour} ? * ${names[day]} *)`, "Europe/Berlin", takes), is);
        },
      ),
      { numRuns: 500 },
    );
  });
});
