import assert from "node:assert/strict";
import fc from "fast-check";
import { DatabaseHours, type DatabaseHoursArgs } from "../../../components/data/database-hours";
import { startsAndStops } from "../../../components/data/database-hours-times";
import { refusals } from "../logs/judged";
import { type Planned, planned, statements } from "../planned";

const at = { accountId: "111122223333", region: "eu-central-1" };
const topic = (name: string) => `arn:aws:sns:eu-central-1:111122223333:${name}`;
const args: DatabaseHoursArgs = {
  at,
  hoursName: "landing-zone-database-hours",
  hours: { start: "07:00", stop: "19:00", timezone: "Europe/Berlin" },
  databases: [
    { kind: "cluster", name: "payments-accounts" },
    { kind: "instance", name: "orders-archive" },
  ],
  alarmTopics: { critical: topic("critical"), warning: topic("warning") },
};
const made = (its: Partial<DatabaseHoursArgs> = {}) =>
  planned(() => new DatabaseHours("hours", { ...args, ...its }));

interface Schedule {
  readonly groupName: string;
  readonly scheduleExpression: string;
  readonly scheduleExpressionTimezone: string;
  readonly flexibleTimeWindow: object;
  readonly kmsKeyArn: unknown;
  readonly target: Readonly<Record<string, unknown>>;
}
const schedules = (stack: Planned) =>
  Object.fromEntries(
    stack.all("Schedule").map(({ inputs }) => [String(inputs["name"]), inputs as unknown as Schedule]),
  );
const statementsOf = (stack: Planned) => statements(stack.one("RolePolicy", "hours"));

describe("hours of databases", () => {
  it("start before the work and stop after it, by the clock of the place", async () => {
    const its = schedules(await made());
    assert.deepEqual(
      Object.entries(its).map(([name, { scheduleExpression, scheduleExpressionTimezone }]) => [
        name,
        scheduleExpression,
        scheduleExpressionTimezone,
      ]),
      [
        ["orders-archive-start", "cron(30 6 ? * MON-FRI *)", "Europe/Berlin"],
        ["orders-archive-stop", "cron(15 19 ? * MON-FRI *)", "Europe/Berlin"],
        ["payments-accounts-start", "cron(30 6 ? * MON-FRI *)", "Europe/Berlin"],
        ["payments-accounts-stop", "cron(15 19 ? * MON-FRI *)", "Europe/Berlin"],
      ],
    );
    for (const { flexibleTimeWindow } of Object.values(its))
      assert.deepEqual(flexibleTimeWindow, { mode: "OFF" });
  });

  for (const [schedule, call, input] of [
    ["payments-accounts-start", "startDBCluster", { DbClusterIdentifier: "payments-accounts" }],
    ["payments-accounts-stop", "stopDBCluster", { DbClusterIdentifier: "payments-accounts" }],
    ["orders-archive-start", "startDBInstance", { DbInstanceIdentifier: "orders-archive" }],
    ["orders-archive-stop", "stopDBInstance", { DbInstanceIdentifier: "orders-archive" }],
  ] as const)
    it(`${schedule} calls ${call} of one database, tries for an hour, and keeps what was not taken`, async () => {
      const target = schedules(await made())[schedule]?.target;
      assert.equal(target?.["arn"], `arn:aws:scheduler:::aws-sdk:rds:${call}`);
      assert.deepEqual(JSON.parse(String(target?.["input"])), input);
      assert.deepEqual(target?.["retryPolicy"], {
        maximumEventAgeInSeconds: 3_600,
        maximumRetryAttempts: 20,
      });
      assert.deepEqual(target?.["deadLetterConfig"], {
        arn: "arn:aws:sqs:eu-central-1:111122223333:landing-zone-database-hours-missed",
      });
    });

  it("may start and stop these databases, and no other", async () => {
    const [clusters, instances, missed, key, ...more] = statementsOf(await made());
    assert.deepEqual(
      [clusters?.Action, clusters?.Resource],
      [
        ["rds:StartDBCluster", "rds:StopDBCluster"],
        ["arn:aws:rds:eu-central-1:111122223333:cluster:payments-accounts"],
      ],
    );
    assert.deepEqual(
      [instances?.Action, instances?.Resource],
      [
        ["rds:StartDBInstance", "rds:StopDBInstance"],
        ["arn:aws:rds:eu-central-1:111122223333:db:orders-archive"],
      ],
    );
    assert.deepEqual(
      [missed?.Action, missed?.Resource],
      ["sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:landing-zone-database-hours-missed"],
    );
    assert.ok(key);
    assert.deepEqual(more, []);
  });

  it("has no right to a kind that it has none of", async () => {
    const sids = statementsOf(await made({ databases: args.databases.slice(0, 1) })).map(({ Sid }) => Sid);
    assert.ok(sids.includes("StartAndStopDBCluster"));
    assert.ok(!sids.includes("StartAndStopDBInstance"));
  });

  it("is taken by the scheduler of this account only", async () => {
    const [trust] = statements((await made()).one("Role", "hours"), "assumeRolePolicy");
    assert.deepEqual(trust, {
      ...trust,
      Effect: "Allow",
      Principal: { Service: "scheduler.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });

  it("tells of a start that was missed, and not of a stop", async () => {
    const stack = await made();
    const alarms = stack
      .all("MetricAlarm")
      .map(({ inputs }) => inputs)
      .filter(({ namespace }) => namespace === "AWS/Scheduler");
    assert.deepEqual(
      alarms.map(({ metricName, dimensions, threshold, alarmActions }) => [
        metricName,
        dimensions,
        threshold,
        alarmActions,
      ]),
      [
        [
          "InvocationDroppedCount",
          { ScheduleGroup: "landing-zone-database-hours-start" },
          0,
          [topic("warning")],
        ],
      ],
    );
    assert.equal(schedules(stack)["payments-accounts-start"]?.groupName, "landing-zone-database-hours-start");
  });

  it("waits with its schedules for the role's rights", async () => {
    const stack = await made();
    const permission = stack.one("RolePolicy", "hours").urn;
    for (const { dependencies } of stack.all("Schedule")) assert.ok(dependencies.includes(permission));
  });

  it("is refused by no policy", async () => {
    assert.deepEqual(await refusals(await made(), "dev"), []);
    assert.deepEqual(await refusals(await made(), "prod"), []);
  });

  it("is there twice in a stack", async () => {
    const stack = await planned(() => {
      new DatabaseHours("one", args);
      new DatabaseHours("two", { ...args, hoursName: "other", databases: [{ kind: "cluster", name: "x" }] });
    });
    assert.equal(stack.all("Schedule").length, 6);
  });

  for (const [what, its, says] of [
    ["no database", { databases: [] }, /databases of landing-zone-database-hours is empty/],
    ["one twice", { databases: [...args.databases, ...args.databases] }, /names payments-accounts twice/],
    ["no time", { hours: { start: "7", stop: "19:00" } }, /start is "7"; it is a time as 07:00/],
    [
      "too early",
      { hours: { start: "00:10", stop: "19:00" } },
      /from 00:10 to 19:00; start is 00:30 or later/,
    ],
    ["too late", { hours: { start: "07:00", stop: "23:50" } }, /before 23:45/],
    ["in no order", { hours: { start: "19:00", stop: "07:00" } }, /from 19:00 to 07:00/],
  ] as const)
    it(`refuses ${what}`, async () => {
      await assert.rejects(async () => made(its as Partial<DatabaseHoursArgs>), says);
    });

  it("has expressions of the same day around any hours", () => {
    const time = (least: number, most: number) =>
      fc
        .integer({ min: least, max: most })
        .map(
          minutes =>
            [
              minutes,
              [Math.floor(minutes / 60), minutes % 60].map(its => String(its).padStart(2, "0")).join(":"),
            ] as const,
        );
    fc.assert(
      fc.property(time(60, 720), time(721, 1_380), fc.boolean(), ([from, start], [to, stop], nights) => {
        const its = startsAndStops({ start, stop, ...(nights ? { days: "MON-SUN" as const } : {}) });
        const days = nights ? "* * ?" : "? * MON-FRI";
        assert.equal(its.start, `cron(${(from - 30) % 60} ${Math.floor((from - 30) / 60)} ${days} *)`);
        assert.equal(its.stop, `cron(${(to + 15) % 60} ${Math.floor((to + 15) / 60)} ${days} *)`);
      }),
    );
  });
});
