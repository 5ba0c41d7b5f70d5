/** Hours of an environment in whole stacks: what stops is what there is, and nobody is told of it at night. */
import assert from "node:assert/strict";
import type { Plan, PlannedResource } from "../../cli/planner";
import { checked, type Product, queue } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { planOfStacks, refusalsOf } from "./plan-of";

const work = queue();
const slow = queue({ lateAfter: { dev: 3_600, int: 600, prod: 600 }, retentionHours: 200 });
const kept = queue({ retentionHours: 312 });
const late: Product = {
  name: "late",
  team: "checkout",
  costCentre: "cc-2001",
  dataClass: "internal",
  data: { work, slow, kept },
  instances: { instanceType: "m7g.large" },
  services: {
    worker: { release: "1.0.0", uses: [work.consume, slow.consume] },
    heavy: { release: "1.0.0", capacity: "instances" },
    night: { release: "1.0.0", uses: [kept.consume], alwaysOn: "Files of partners arrive at night" },
  },
};
const hours = { start: "07:00", stop: "19:00", timezone: "Europe/Berlin" } as const;
const zone = checked({
  ...example,
  environments: { ...example.environments, dev: { ...example.environments.dev, hours } },
  products: [...example.products, late],
});

describe("hours of dev in a landing zone", function () {
  this.timeout(240_000);
  let plan: Plan;
  before(async () => {
    plan = await planOfStacks(zone, [
      ...[
        "delivery-payments-dev",
        "delivery-payments-int",
        "payments-service-dev",
        "payments-persistent-int",
      ],
      ...["late-service-dev", "late-persistent-int"],
    ]);
  });
  const all = (stack: string, type: string): PlannedResource[] =>
    (plan.stacks.find(({ name }) => name === stack)?.resources ?? []).filter(
      ({ type: its, custom }) => custom && its.split(":").at(-1) === type,
    );

  it("are refused by no policy", () =>
    assert.deepEqual(
      refusalsOf(plan).filter(refusal => /^(organization|delivery|payments|late)/.test(refusal)),
      [],
    ));

  it("stop the database that the product's stack makes, in its account of dev only", () => {
    const inputs = all("delivery-payments-dev", "Schedule").map(
      ({ inputs }) => (inputs["target"] as { input: string }).input,
    );
    const [cluster] = all("payments-persistent-dev", "Cluster").filter(({ type }) =>
      type.startsWith("aws:rds"),
    );
    const input = JSON.stringify({ DbClusterIdentifier: cluster?.inputs["clusterIdentifier"] });
    assert.deepEqual(inputs, [input, input]);
    assert.deepEqual(all("delivery-payments-int", "Schedule"), []);
  });

  it("keep its backups and maintenance within them, and leave those of int as they are", () => {
    const windows = (stack: string) =>
      all(stack, "Cluster")
        .filter(({ type }) => type.startsWith("aws:rds"))
        .map(({ inputs }) => [inputs["preferredBackupWindow"], inputs["preferredMaintenanceWindow"]]);
    assert.deepEqual(windows("payments-persistent-dev"), [["06:00-06:30", "tue:07:15-tue:08:15"]]);
    assert.deepEqual(windows("payments-persistent-int"), [["01:00-01:30", "sun:06:30-sun:07:30"]]);
  });

  it("move the environment's copies into them, in the policy of the whole organization", () => {
    const [policy] = all("organization", "Policy").filter(({ inputs }) => inputs["type"] === "BACKUP_POLICY");
    const { plans } = JSON.parse(String(policy?.inputs["content"])) as {
      plans: Record<string, { rules: Record<string, { schedule_expression: { "@@assign": string } }> }>;
    };
    const begins = (environment: string) =>
      plans[`landing-zone-${environment}`]?.rules["daily"]?.schedule_expression["@@assign"];
    assert.equal(begins("dev"), "cron(0 10 ? * MON-FRI *)");
    assert.equal(begins("prod"), "cron(0 3 ? * * *)");
  });

  const actions = (stack: string) =>
    Object.fromEntries(
      all(stack, "ScheduledAction").map(({ name, inputs }) => [
        name,
        [inputs["schedule"], inputs["timezone"], inputs["scalableTargetAction"]],
      ]),
    );

  it("take the tasks of services on Fargate and on instances, and not of one that is always on", () => {
    const its = actions("late-service-dev");
    for (const service of ["worker", "heavy"])
      assert.deepEqual(
        [its[`${service}-asleep`], its[`${service}-awake`]],
        [
          ["cron(0 19 ? * MON-FRI *)", "Europe/Berlin", { minCapacity: 0, maxCapacity: 0 }],
          ["cron(0 7 ? * MON-FRI *)", "Europe/Berlin", { minCapacity: 1, maxCapacity: 2 }],
        ],
      );
    assert.deepEqual(
      Object.keys(its).filter(name => name.startsWith("night")),
      [],
    );
  });

  it("let the instances follow the tasks, down to none", () => {
    const [group] = all("late-service-dev", "Group").filter(({ type }) => type.startsWith("aws:autoscaling"));
    assert.equal(group?.inputs["minSize"], 0);
    const [provider] = all("late-service-dev", "CapacityProvider");
    const its = provider?.inputs["autoScalingGroupProvider"] as
      | { managedScaling: { status: string } }
      | undefined;
    assert.equal(its?.managedScaling.status, "ENABLED");
  });

  it("are no drift: what the clock sets is not compared", () => {
    const ignored = Object.fromEntries(
      all("late-service-dev", "Target")
        .filter(({ type }) => type.startsWith("aws:appautoscaling"))
        .map(({ name, ignoreChanges }) => [name, ignoreChanges]),
    );
    assert.deepEqual(ignored, {
      worker: ["minCapacity", "maxCapacity"],
      heavy: ["minCapacity", "maxCapacity"],
      night: [],
    });
  });

  it("tell nobody of messages that wait over a weekend for who sleeps", () => {
    const lateness = (stack: string) =>
      Object.fromEntries(
        all(stack, "MetricAlarm")
          .filter(({ inputs }) => inputs["metricName"] === "ApproximateAgeOfOldestMessage")
          .map(({ name, inputs }) => [name, inputs["threshold"]]),
      );
    const hour = 3_600;
    assert.deepEqual(lateness("late-persistent-dev"), {
      "work-late": 95 * hour,
      "slow-late": 61 * hour,
      "kept-late": 156 * hour,
    });
    assert.deepEqual(lateness("late-persistent-int"), {
      "work-late": 48 * hour,
      "slow-late": 600,
      "kept-late": 156 * hour,
    });
  });

  it("set off no alarm because nothing is measured at night, or nothing runs", () => {
    for (const stack of ["late-service-dev", "payments-service-dev", "payments-persistent-dev"])
      for (const { name, inputs } of all(stack, "MetricAlarm")) {
        assert.notEqual(inputs["treatMissingData"] ?? "missing", "breaching", `${stack} ${name}`);
        // Of what runs, too little is only too little of CPU, which takes tasks away.
        const runs = /^(AWS\/(ECS|ApplicationELB|SQS)|ECS\/ContainerInsights)$/.test(
          String(inputs["namespace"]),
        );
        if (runs && String(inputs["comparisonOperator"]).startsWith("LessThan"))
          assert.ok(name.endsWith("-take"), `${stack} ${name}`);
      }
  });
});
