import assert from "node:assert/strict";
import { checkScaling } from "../../../components/compute/scaling-checks";
import type { ScalingRules } from "../../../components/compute/scaling-rules";
import { scheduleFault, timezoneFault } from "../../../components/compute/scaling-schedule";

const backlog = { queueName: "orders-incoming", perTask: 20 };
const asleep = { from: "20:00", until: "06:30" };
const plan = (more: object) => ({
  planned: { morning: { at: "cron(0 7 * * ? *)", min: 1, max: 2, ...more } },
});

describe("scaling rules", () => {
  for (const rules of [
    {},
    { min: 6 },
    { min: 0, backlog },
    { steps: { above: 100, below: 0, by: 5 } },
    { steps: { above: 60, below: 20 }, targets: { memory: 70 } },
    { targets: { cpu: 1, memory: 100, requests: 1 } },
    { ...plan({}), asleep },
    { backlog, ...plan({ min: 0 }) },
    { asleep: { from: "00:00", until: "06:30", timezone: "America/Sao_Paulo" } },
  ] satisfies Partial<ScalingRules>[])
    it(`take ${JSON.stringify(rules)}`, () => {
      checkScaling({ min: 1, max: 6, ...rules }, "orders-api", true);
    });

  for (const [rules, error] of [
    [{ min: 7 }, /scaling\.min of orders-api is 7: it is at most max, which is 6/],
    [{ min: 0 }, /scaling\.min of orders-api is 0: nothing would wake it; .*backlog/],
    [{ min: 0, max: 0, backlog }, /scaling\.max .* is 0: .*from 1 to 5000/],
    [{ min: -1 }, /scaling\.min .*from 0 to 5000/],
    [{ min: 1.5 }, /scaling\.min .* is 1\.5: it is a whole number/],
    [{ max: 5_001 }, /scaling\.max .* is 5001/],
    [{ max: Number.NaN }, /scaling\.max/],
    [{ steps: { above: 0, below: 0 } }, /scaling\.steps\.above .* above 0 and at most 100/],
    [{ steps: { above: 101, below: 5 } }, /scaling\.steps\.above .* is 101/],
    [{ steps: { above: 30, below: -1 } }, /scaling\.steps\.below .* is -1/],
    [{ steps: { above: 30, below: 30 } }, /scaling\.steps\.below .* is 30: it is less than steps\.above/],
    [{ steps: { above: 30, below: 5, by: 0 } }, /scaling\.steps\.by .* is 0/],
    [{ steps: { above: 30, below: 5 }, targets: { cpu: 50 } }, /targets\.cpu .*CPU has steps already/],
    [{ targets: {} }, /scaling\.targets .*one of cpu, memory and requests/],
    [{ targets: { cpu: 0 } }, /scaling\.targets\.cpu .* is 0: it is from 1 to 100 per cent/],
    [{ targets: { memory: 101 } }, /scaling\.targets\.memory .* is 101/],
    [{ targets: { requests: 0 } }, /scaling\.targets\.requests .* 1 or more/],
    [{ backlog: { ...backlog, perTask: 0 } }, /scaling\.backlog\.perTask .* is 0/],
    [plan({ at: "cron(0 7 * * *)" }), /scaling\.planned\.morning\.at .*cron has six fields.*here are 5/],
    [plan({ timezone: "Berlin" }), /scaling\.planned\.morning\.timezone .*"Berlin": .*Europe\/Berlin/],
    [
      plan({ min: 3 }),
      /scaling\.planned\.morning\.min .* is 3: it is at most planned\.morning\.max, which is 2/,
    ],
    [plan({ min: 0 }), /scaling\.planned\.morning\.min .* is 0: nothing would wake it/],
    [
      { planned: { "Early bird": { at: "at(2030-01-01T00:00:00)", min: 1, max: 1 } } },
      /small letters, digits/,
    ],
    [{ asleep, planned: { awake: { at: "rate(1 day)", min: 1, max: 1 } } }, /take another/],
    [{ asleep: { ...asleep, from: "8pm" } }, /scaling\.asleep .*from is "8pm"; it is a time as 20:00/],
    [{ asleep: { ...asleep, until: "24:00" } }, /until is "24:00"/],
    [
      { asleep: { from: "09:00", until: "17:00" } },
      /from 09:00 until 17:00; a night begins at noon or later/,
    ],
    [{ asleep: { from: "06:00", until: "06:00" } }, /a night begins/],
    [{ asleep: { from: "08:00", until: "06:00" } }, /a night begins/],
    [{ asleep: { ...asleep, timezone: "Europe/Bonn" } }, /scaling\.asleep\.timezone .*"Europe\/Bonn"/],
  ] satisfies [Partial<ScalingRules>, RegExp][])
    it(`refuse ${JSON.stringify(rules)}`, () => {
      assert.throws(() => checkScaling({ min: 1, max: 6, ...rules }, "orders-api", true), error);
    });

  it("refuse to follow requests of a service that no load balancer calls", () => {
    assert.throws(
      () => checkScaling({ min: 1, max: 6, targets: { requests: 100 } }, "orders-api", false),
      /scaling\.targets\.requests of orders-api is 100: no Application Load Balancer calls it/,
    );
  });
});

describe("a schedule of Application Auto Scaling", () => {
  for (const right of [
    ...["cron(30 6 ? * MON *)", "cron(0/15 8-18 ? * MON-FRI *)", "cron(0 0 1 1,7 ? 2030-2032)"],
    ...["cron(0 8 L * ? *)", "cron(0 8 15W * ? *)", "cron(0 8 ? * FRI#2 *)", "cron(0 8 ? * 6L *)"],
    ...["cron(*/5 * * JAN-MAR ? *)", "at(2030-12-24T07:00:00)", "at(2028-02-29T00:00:00)"],
    ...["rate(1 minute)", "rate(5 minutes)", "rate(1 day)"],
  ])
    it(`is ${right}`, () => assert.equal(scheduleFault(right), undefined));

  for (const [wrong, fault] of [
    ["", /it is cron\(minutes/],
    ["0 7 * * *", /it is cron\(minutes/],
    ["cron(0 7 * * * *)", /one of day of the month and day of the week is \?/],
    ["cron(0 7 ? * ? *)", /one of day of the month/],
    ["cron(60 7 * * ? *)", /60 are no minutes; these are from 0 to 59/],
    ["cron(0 24 * * ? *)", /24 are no hours/],
    ["cron(0 7 0 * ? *)", /0 are no days of the month/],
    ["cron(0 7 32W * ? *)", /32W are no days of the month/],
    ["cron(0 7 * 13 ? *)", /13 are no months; .*JAN to DEC/],
    ["cron(0 7 ? * MO *)", /MO are no days of the week; .*SUN to SAT/],
    ["cron(0 7 ? * 8 *)", /8 are no days of the week/],
    ["cron(0 7 ? * mon *)", /mon are no days of the week/],
    ["cron(0 7 * * ? 1969)", /1969 are no years/],
    ["cron(0 7/0 * * ? *)", /7\/0 are no hours/],
    ["cron(0 1-2-3 * * ? *)", /1-2-3 are no hours/],
    ["cron(0 ? * * ? *)", /\? are no hours/],
    ["cron(0  7 * * ? *)", /six fields/],
    ["at(2030-02-30T07:00:00)", /a moment that there is/],
    ["at(2030-12-24 07:00)", /a moment that there is/],
    ["at(2030-12-24T07:00:00Z)", /a moment that there is/],
    ["rate(1 minutes)", /a whole number and a unit that fits it/],
    ["rate(5 minute)", /a whole number and a unit that fits it/],
    ["rate(0 minutes)", /a whole number/],
    ["rate(5 weeks)", /a whole number/],
  ] as const)
    it(`is not ${JSON.stringify(wrong)}`, () => assert.match(scheduleFault(wrong) ?? "", fault));
});

describe("a time zone", () => {
  for (const right of ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Etc/GMT+9"])
    it(`is ${right}`, () => assert.equal(timezoneFault(right), undefined));
  for (const wrong of ["", "Berlin", "+02:00", "Europe/Bonn", "CEST "])
    it(`is not ${JSON.stringify(wrong)}`, () =>
      assert.match(timezoneFault(wrong) ?? "", /as Europe\/Berlin or UTC/));
  it("is written as it is known", () =>
    assert.equal(timezoneFault("europe/berlin"), "it is written Europe/Berlin"));
});
