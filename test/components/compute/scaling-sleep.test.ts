import assert from "node:assert/strict";
import fc from "fast-check";
import type { Planned } from "../planned";
import { scaled } from "./scaling-planned";

const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Whether a cron expression of Application Auto Scaling falls on a minute; knows what the component uses. */
function falls(expression: string, day: number, minuteOfDay: number): boolean {
  const [minute, hour, dayOfMonth, month, weekdays = "", year] = expression.slice(5, -1).split(" ");
  assert.deepEqual([month, year], ["*", "*"]);
  assert.notEqual(dayOfMonth === "?", weekdays === "?");
  if (Number(hour) * 60 + Number(minute) !== minuteOfDay) return false;
  if (weekdays === "?") return dayOfMonth === "*";
  const [from = "", to = from] = weekdays.split("-");
  return day >= days.indexOf(from) && day <= days.indexOf(to);
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const clock = (hour: number, minute: number) =>
  `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

describe("a service that sleeps", () => {
  const actions = (stack: Planned) =>
    Object.fromEntries(
      stack.all("ScheduledAction").map(({ name, inputs }) => [
        name,
        inputs as {
          schedule: string;
          timezone: string;
          scalableTargetAction: { minCapacity: number; maxCapacity: number };
        },
      ]),
    );
  /** For each minute of a week, of which the first half of a second one has settled what came before. */
  const awake = (stack: Planned) => {
    const all = Object.values(actions(stack));
    const most: number[] = [];
    let now = Number.NaN;
    for (let minute = 0; minute < 2 * 7 * 1_440; minute++) {
      const [day, ofDay] = [Math.floor(minute / 1_440) % 7, minute % 1_440];
      const [action] = all.filter(({ schedule }) => falls(schedule, day, ofDay));
      now = action?.scalableTargetAction.maxCapacity ?? now;
      if (minute >= 7 * 1_440) most.push(now);
    }
    return (day: number, ofDay: number) => Number(most[day * 1_440 + ofDay]) > 0;
  };

  for (const [asleep, schedules] of [
    [{ from: "20:00", until: "06:30" }, ["cron(0 20 ? * MON-FRI *)", "cron(30 6 ? * MON-FRI *)"]],
    [{ from: "20:00", until: "06:30", weekends: false }, ["cron(0 20 * * ? *)", "cron(30 6 * * ? *)"]],
    [{ from: "00:30", until: "06:05" }, ["cron(30 0 ? * TUE-SAT *)", "cron(5 6 ? * MON-FRI *)"]],
  ] as const)
    it(`${JSON.stringify(asleep)} goes and comes by ${schedules.join(" and ")}`, async () => {
      const its = actions(await scaled({ min: 2, max: 6, asleep: { ...asleep, timezone: "Europe/Berlin" } }));
      assert.deepEqual([its["api-asleep"]?.schedule, its["api-awake"]?.schedule], schedules);
      assert.deepEqual(its["api-asleep"]?.scalableTargetAction, { minCapacity: 0, maxCapacity: 0 });
      assert.deepEqual(its["api-awake"]?.scalableTargetAction, { minCapacity: 2, maxCapacity: 6 });
      assert.deepEqual(
        [its["api-asleep"]?.timezone, its["api-awake"]?.timezone],
        ["Europe/Berlin", "Europe/Berlin"],
      );
    });

  it("takes the clock of UTC where none is said", async () => {
    const its = actions(await scaled({ min: 2, max: 6, asleep: { from: "20:00", until: "06:30" } }));
    assert.equal(its["api-awake"]?.timezone, "UTC");
  });

  const night = fc
    .record({
      from: fc.integer({ min: 12, max: 23 + 6 }),
      length: fc.integer({ min: 1, max: 11 }),
      minute: fc.nat(59),
    })
    .map(({ from, length, minute }) => ({ from, minute, until: Math.min(from + length, 35) }))
    .map(({ from, minute, until }) => ({ from: clock(from % 24, minute), until: clock(until % 24, 0) }))
    .filter(({ from, until }) => until <= "12:00" && (from >= "12:00" || from < until));

  it("sleeps from each evening until the next morning, and over the weekend, at any minute", async () => {
    await fc.assert(
      fc.asyncProperty(night, fc.boolean(), async ({ from, until }, weekends) => {
        const is = awake(await scaled({ min: 1, max: 3, asleep: { from, until, weekends } }));
        const [begin, end] = [minutesOf(from), minutesOf(until)];
        const lateNight = begin < end;
        for (let day = 0; day < 7; day++)
          for (let minute = 0; minute < 1_440; minute += 5) {
            const inNight = lateNight ? minute >= begin && minute < end : minute >= begin || minute < end;
            const saturday = day === 6 && (lateNight ? minute >= begin : true);
            const monday = day === 1 && minute < end;
            const expected = weekends ? inNight || saturday || day === 0 || monday : inNight;
            assert.equal(
              is(day, minute),
              !expected,
              `${days[day]} ${clock(Math.floor(minute / 60), minute % 60)} of ${from}-${until}`,
            );
          }
      }),
      { numRuns: 40 },
    );
  });
});
