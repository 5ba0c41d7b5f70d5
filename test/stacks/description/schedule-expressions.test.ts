import assert from "node:assert/strict";
import fc from "fast-check";
import { scheduleFault, timezoneFault } from "../../../stacks/description/schedule-expressions";

const any = ["rate", "cron", "at"] as const;

const sound = [
  "rate(1 minute)",
  "rate(1 hour)",
  "rate(5 minutes)",
  "rate(10 days)",
  "cron(0 7 * * ? *)",
  "cron(0/15 8-18 ? * MON-FRI *)",
  "cron(*/5 * * * ? *)",
  "cron(15 10 ? * 6L 2027-2028)",
  "cron(0 9 ? * 2#1 *)",
  "cron(0 9 ? * MON#1 *)",
  "cron(0 9 ? * FRIL *)",
  "cron(0 9 L * ? *)",
  "cron(0 9 3W * ? *)",
  "cron(0 9 1,15 JAN,JUL ? *)",
  "cron(0,30 0-4/2 ? JAN-MAR SUN,WED 1970/2)",
  "cron(0 18 ? * L *)",
  "at(2027-01-31T07:00:00)",
  "at(2028-02-29T23:59:59)",
];

const refused: readonly [expression: string, says: RegExp][] = [
  ["daily", /must be rate\(1 hour\), or cron\(0 7 \? \* MON-FRI \*\), or at\(/],
  ["", /must be rate/],
  ["0 7 * * ? *", /for this one cron\(0 7 \* \* \? \*\)/],
  ["every(1 hour)", /must be rate/],
  [" rate(1 hour)", /spaces around it; write rate\(1 hour\)/],
  ["rate(1 hours)", /must be rate\(1 hour\)/],
  ["rate(5 minute)", /must be rate\(5 minutes\)/],
  ["rate(0 minutes)", /the number 0, and must have a whole one from 1/],
  ["rate(-1 days)", /the number -1/],
  ["rate(1.5 hours)", /the number 1\.5/],
  ["rate(30 seconds)", /the unit seconds; there are minutes, hours and days/],
  ["rate(2 weeks)", /write rate\(14 days\)/],
  ["rate(5minutes)", /a number and a unit with a space between/],
  ["rate()", /a number and a unit/],
  ["cron()", /one field, and needs six/],
  ["cron(0 7 * * *)", /5 fields, and needs six: .*; did you mean cron\(0 7 \* \* \? \*\)\?/],
  ["cron(0 7 * * MON-FRI)", /did you mean cron\(0 7 \? \* MON-FRI \*\)\?/],
  ["cron(0 7 * * 1-5)", /days of the week by name/],
  ["cron(0 7 1 * MON)", /needs six: .*; for example/],
  ["cron(0 7 * * * *)", /two kinds of days, \* and \*: .* one is `\?`; write cron\(0 7 \* \* \? \*\)/],
  ["cron(0 7 * * MON *)", /write cron\(0 7 \? \* MON \*\)/],
  ["cron(0 7 1 * * *)", /write cron\(0 7 1 \* \? \*\)/],
  ["cron(0 7 1 * MON *)", /write cron\(0 7 1 \* \? \*\) or cron\(0 7 \? \* MON \*\)/],
  ["cron(0 7 ? * ? *)", /says no day: .* cron\(0 7 \* \* \? \*\)/],
  ["cron(60 7 * * ? *)", /the minutes 60, and must be 0 to 59/],
  ["cron(0 24 * * ? *)", /the hours 24, and must be 0 to 23/],
  ["cron(0 7 0 * ? *)", /the day of month 0, and must be 1 to 31/],
  ["cron(0 7 32 * ? *)", /the day of month 32/],
  ["cron(0 7 * 13 ? *)", /the month 13, and must be 1 to 12, or JAN to DEC/],
  ["cron(0 7 * MAI ? *)", /the month MAI/],
  ["cron(0 7 ? * 0 *)", /the day of week 0, and must be 1 to 7, or SUN to SAT/],
  ["cron(0 7 ? * 8 *)", /the day of week 8/],
  ["cron(0 7 * * ? 1969)", /the year 1969, and must be 1970 to 2199/],
  ["cron(0 7 * * ? 2200)", /the year 2200/],
  ["cron(? 7 * * ? *)", /the minutes \?, and `\?` is only for days; write \*/],
  ["cron(0 7 ?,1 * ? *)", /`\?` stands alone/],
  ["cron(0 7 ? * MON/2 *)", /no steps; name the days, such as MON,WED,FRI/],
  ["cron(0/0 7 * * ? *)", /a step must be a number from 1, such as 0\/15/],
  ["cron(0/5/5 7 * * ? *)", /a step must be/],
  ["cron(0 7-9-11 * * ? *)", /a range has two ends/],
  ["cron(0 18-8 * * ? *)", /ends before it begins; write two with a comma/],
  ["cron(0 7 ? * FRI-MON *)", /ends before it begins/],
  ["cron(0, 7 * * ? *)", /a comma has nothing beside it/],
  ["cron(0 7 5L * ? *)", /L stands alone, for the last day of the month/],
  ["cron(0 7 W * ? *)", /the day of month W, and must be 1 to 31/],
  ["cron(0 7 40W * ? *)", /must be 1 to 31/],
  ["cron(0 7 ? * MON#6 *)", /followed by 1 to 5/],
  ["cron(0 7 ? * MON# *)", /followed by 1 to 5/],
  ["cron(0 7 ? * MON#1,FRI#3 *)", /one day only, such as MON#1/],
  ["cron(0 7L * * ? *)", /the hours 7L/],
  ["cron(0 7 ? * mon *)", /the day of week mon/],
  ["at(2027-01-31)", /a day and a time without a zone/],
  ["at(2027-01-31T07:00:00Z)", /without a zone/],
  ["at(2027-02-29T07:00:00)", /no day and time that the calendar has/],
  ["at(2027-01-31T24:00:00)", /no day and time/],
];

describe("a schedule's expression", () => {
  for (const expression of sound)
    it(`may be ${expression}`, () => assert.equal(scheduleFault(expression, any), undefined));

  for (const [expression, says] of refused)
    it(`may not be ${JSON.stringify(expression)}`, () =>
      assert.match(scheduleFault(expression, any) ?? "(taken)", says));

  it("is of a kind that is asked for", () => {
    assert.match(scheduleFault("rate(1 hour)", ["cron", "at"]) ?? "", /^must be cron\(.*\), or at\(.*\)$/);
    assert.equal(scheduleFault("cron(0 7 * * ? *)", ["cron", "at"]), undefined);
  });

  it("has, where it is one of cron's, each field within its bounds", () => {
    const bounds = [
      [0, 59],
      [0, 23],
      [1, 31],
      [1, 12],
      [1, 7],
      [1970, 2199],
    ] as const;
    fc.assert(
      fc.property(fc.nat(5), fc.integer({ min: -3, max: 2_300 }), (field, value) => {
        const values: (string | number)[] =
          field === 4 ? [0, 0, "?", "*", "*", "*"] : [0, 0, 1, "*", "?", "*"];
        values[field] = value;
        const [min, max] = bounds[field] ?? [0, 0];
        const fault = scheduleFault(`cron(${values.join(" ")})`, any);
        assert.equal(fault === undefined, value >= min && value <= max, `${values.join(" ")}: ${fault}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it("has a rate of one unit without an s, and of more with it", () => {
    const units = fc.constantFrom("minute", "hour", "day");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), units, fc.boolean(), (value, unit, plural) => {
        const fault = scheduleFault(`rate(${value} ${unit}${plural ? "s" : ""})`, any);
        assert.equal(fault === undefined, plural === value > 1);
        // What is said to be right is right.
        const [right] = /rate\([^)]+\)/.exec(fault ?? "") ?? [];
        if (right !== undefined) assert.equal(scheduleFault(right, any), undefined);
      }),
    );
  });

  it("is judged, whatever it is, and what is suggested for it is sound", () => {
    const piece = fc.constantFrom(
      "*",
      "?",
      "0",
      "7",
      "1-5",
      "MON",
      "MON-FRI",
      "L",
      "3W",
      "2#1",
      "0/5",
      "JUL",
      ",",
      "x",
    );
    const crons = fc.array(piece, { minLength: 0, maxLength: 7 }).map(pieces => `cron(${pieces.join(" ")})`);
    fc.assert(
      fc.property(fc.oneof(crons, fc.string()), expression => {
        const fault = scheduleFault(expression, any) ?? "";
        for (const [suggested] of fault.matchAll(/cron\([^)]+\)/g))
          if (!fault.includes("if it has six fields") && !/says two kinds/.test(fault))
            assert.equal(scheduleFault(suggested, any), undefined, `${expression}: ${suggested}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a time zone", () => {
  for (const name of ["UTC", "Europe/Berlin", "America/New_York", "Asia/Calcutta", "Etc/GMT+9"])
    it(`may be ${name}`, () => assert.equal(timezoneFault(name), undefined));

  for (const [name, says] of [
    ["Berlin", /did you mean Europe\/Berlin\?/],
    ["europe/berlin", /did you mean Europe\/Berlin\?/],
    ["New York", /did you mean America\/New_York\?/],
    ["utc", /did you mean UTC\?/],
    ["+01:00", /for example Europe\/Berlin/],
    ["", /for example Europe\/Berlin/],
    ["Europe/Atlantis", /for example Europe\/Berlin/],
  ] as const)
    it(`may not be ${JSON.stringify(name)}`, () => assert.match(timezoneFault(name) ?? "(taken)", says));
});
