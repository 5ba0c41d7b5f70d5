import assert from "node:assert/strict";
import fc from "fast-check";
import { Cluster } from "../../../components/compute/cluster";
import { Job, type JobArgs, runsInParallel } from "../../../components/compute/job";
import { jobDefinition } from "../../../components/compute/job-definition";
import { missedRunsKey, objectRuleArn } from "../../../components/compute/job-object-rule";
import { queueFromRules } from "../../../components/data/event-bus-access";
import { mayDo } from "../data/narrow";
import { refusals } from "../logs/judged";
import { at, type Planned, planned, statements } from "../planned";
import { alarmTopics } from "../told";
import { clusterArgs } from "./service-planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/orders";
const queueArn = "arn:aws:sqs:eu-central-1:111122223333:orders-missed-runs";
const machineArn = "arn:aws:states:eu-central-1:111122223333:stateMachine:orders-import";

const make = (workload: string, cluster: Cluster, more: Partial<JobArgs> = {}) =>
  new Job(workload, {
    cluster,
    product: "orders",
    workload,
    at,
    vpcId: "vpc-1",
    subnetIds: ["subnet-a", "subnet-b"],
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/import:1.2.3",
    repositories: ["orders/import"],
    cpu: 256,
    memory: 512,
    environment: {},
    statements: [],
    logGroup: { name: `/landing-zone/orders/${workload}` },
    runsLogGroup: { name: `/aws/vendedlogs/states/orders-${workload}` },
    missedRunsQueueName: "orders-missed-runs",
    keyArn,
    keyAlias: "orders-data",
    alarmTopics,
    ...more,
  });
const clusterOf = () => new Cluster("orders", clusterArgs);
const job = (more: Partial<JobArgs> = {}): Promise<Planned> =>
  planned(() => make("import", clusterOf(), more));

const daily = { schedule: { expression: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Berlin" } };
const incoming = { on: { bucketName: "incoming", prefix: "camt/" } };

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly Choices?: readonly { readonly Next: string; readonly Condition: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Arguments?: Record<string, unknown>;
  readonly [field: string]: unknown;
}
const steps = (more: Partial<Parameters<typeof jobDefinition>[0]> = {}) =>
  JSON.parse(
    JSON.stringify(
      jobDefinition({
        clusterArn: "arn:cluster",
        family: "orders-import",
        taskDefinition: "arn:revision:7",
        containerName: "import",
        subnetIds: ["subnet-a"],
        securityGroupId: "sg-1",
        timeoutMinutes: 60,
        retries: 2,
        parallel: false,
        ...more,
      }),
    ),
  ) as { StartAt: string; QueryLanguage: string; States: Record<string, State> };
const followers = ({ Next, Default, Choices = [], Catch = [] }: State): string[] =>
  [Next, Default, ...Choices.map(({ Next }) => Next), ...Catch.map(({ Next }) => Next)].flatMap(
    its => its ?? [],
  );

describe("a job's steps", () => {
  it("lead somewhere, are all used and come to an end, whatever is asked for", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: 1, max: 10_080 }),
        (parallel, retries, timeoutMinutes) => {
          const { StartAt, States } = steps({ parallel, retries, timeoutMinutes });
          const reached = new Set([StartAt]);
          for (const name of reached)
            for (const next of followers(States[name] ?? assert.fail(`no state ${name}`))) reached.add(next);
          assert.deepEqual([...reached].sort(), Object.keys(States).sort());
          const ends = new Set(
            Object.keys(States).filter(name => ["Succeed", "Fail"].includes(States[name]?.Type ?? "")),
          );
          for (let before = -1; before !== ends.size; ) {
            before = ends.size;
            for (const [name, state] of Object.entries(States))
              if (followers(state).some(next => ends.has(next))) ends.add(name);
          }
          assert.deepEqual([...ends].sort(), Object.keys(States).sort());
          assert.equal(States["Run"]?.["TimeoutSeconds"], timeoutMinutes * 60);
        },
      ),
    );
  });

  it("ask before each try whether the job runs, by its family in its cluster, and leave it out then", () => {
    const { StartAt, States } = steps();
    assert.deepEqual([StartAt, States["Begin"]?.Next, States["Pause"]?.Next], ["Begin", "Ask", "Ask"]);
    assert.equal(States["Ask"]?.["Resource"], "arn:aws:states:::aws-sdk:ecs:listTasks");
    assert.deepEqual(States["Ask"]?.Arguments, {
      Cluster: "arn:cluster",
      Family: "orders-import",
      DesiredStatus: "RUNNING",
    });
    assert.deepEqual(
      [States["RunsAlready"]?.Choices, States["RunsAlready"]?.Default],
      [[{ Condition: "{% $others > 0 %}", Next: "Skipped" }], "Run"],
    );
    assert.deepEqual(States["Skipped"], { Type: "Succeed", Output: { skipped: true } });
  });

  it("do not ask where runs may be parallel", () => {
    const { States } = steps({ parallel: true });
    assert.deepEqual([States["Begin"]?.Next, States["Pause"]?.Next], ["Run", "Run"]);
    assert.equal(States["Ask"], undefined);
  });

  it("run the revision that is said, in its subnets, without a public address, and wait for its end", () => {
    const run = steps().States["Run"];
    assert.equal(run?.["Resource"], "arn:aws:states:::ecs:runTask.sync");
    const { Overrides, ...rest } = run?.Arguments ?? {};
    assert.deepEqual(rest, {
      Cluster: "arn:cluster",
      TaskDefinition: "arn:revision:7",
      LaunchType: "FARGATE",
      PlatformVersion: "LATEST",
      PropagateTags: "TASK_DEFINITION",
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: ["subnet-a"],
          SecurityGroups: ["sg-1"],
          AssignPublicIp: "DISABLED",
        },
      },
    });
    assert.deepEqual(Overrides, { ContainerOverrides: ["{% $overrides %}"] });
  });

  it("take a command and settings from their input, and tell the container which run it is of", () => {
    const { overrides = "" } = (steps().States["Begin"]?.["Assign"] ?? {}) as { overrides?: string };
    assert.match(overrides, /^\{% \$merge\(\[\{"Name": "import"\}, .*\]\) %\}$/);
    assert.match(
      overrides,
      /\$exists\(\$states\.input\.command\) \? \{"Command": \[\$states\.input\.command\]\}/,
    );
    assert.match(overrides, /"JOB_RUN", "Value": \$states\.context\.Execution\.Name/);
    assert.match(overrides, /\$states\.input\.environment\.\{"Name": name, "Value": value\}/);
  });

  for (const retries of [0, 1, 2, 10])
    it(`try ${retries + 1} times in all, after growing pauses`, () => {
      const { States } = steps({ retries });
      assert.deepEqual(States["TriedEnough"]?.Choices, [
        { Condition: `{% $failures > ${retries} %}`, Next: "Failed" },
      ]);
      assert.equal(States["TriedEnough"]?.Default, "Pause");
      assert.equal(States["Pause"]?.["Seconds"], "{% $min([30 * $power(2, $failures - 1), 600]) %}");
      assert.equal(States["Failed"]?.Type, "Fail");
    });

  it("stop what takes too long, of their own run only, and fail", () => {
    const { States } = steps();
    assert.deepEqual(States["Run"]?.Catch?.[0], { ErrorEquals: ["States.Timeout"], Next: "FindLate" });
    assert.match(String(JSON.stringify(States["KnowLate"]?.["Output"])), /Execution\.Name/);
    assert.match(JSON.stringify(States["StopLate"]), /aws-sdk:ecs:stopTask/);
    assert.equal(States["StopLate"]?.Next, "TimedOut");
    assert.deepEqual([States["TimedOut"]?.Type, States["TimedOut"]?.["Error"]], ["Fail", "Job.TimedOut"]);
  });
});

describe("a job", () => {
  it("has a state machine that is logged without what it is told, and traced", async () => {
    const stack = await job();
    const machine = stack.one("StateMachine");
    assert.deepEqual([machine.inputs["name"], machine.inputs["type"]], ["orders-import", "STANDARD"]);
    assert.deepEqual(machine.inputs["tracingConfiguration"], { enabled: true });
    assert.deepEqual(machine.inputs["loggingConfiguration"], {
      level: "ALL",
      includeExecutionData: false,
      logDestination:
        "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/vendedlogs/states/orders-import:*",
    });
    assert.deepEqual(
      new Set(stack.from(machine, "definition")),
      new Set([stack.one("aws:ecs/taskDefinition:TaskDefinition").name, stack.one("SecurityGroup").name]),
    );
    assert.ok(machine.dependencies.includes(stack.one("RolePolicy", "import-states").urn));
    assert.deepEqual(stack.all("SecurityGroupIngressRule"), []);
  });

  it("without a schedule or objects is started by hand only", async () => {
    const stack = await job();
    for (const type of ["aws:scheduler/schedule:Schedule", "ScheduleGroup", "EventRule"])
      assert.deepEqual(stack.all(type), [], type);
  });

  it("on a schedule is started at that time, there, by a role that can start nothing else", async () => {
    const stack = await job(daily);
    const schedule = stack.one("aws:scheduler/schedule:Schedule");
    assert.deepEqual(
      [
        schedule.inputs["scheduleExpression"],
        schedule.inputs["scheduleExpressionTimezone"],
        schedule.inputs["flexibleTimeWindow"],
        schedule.inputs["kmsKeyArn"],
      ],
      ["cron(0 7 ? * MON-FRI *)", "Europe/Berlin", { mode: "OFF" }, keyArn],
    );
    const { arn, input, deadLetterConfig, retryPolicy } = schedule.inputs["target"] as Record<
      string,
      unknown
    >;
    assert.deepEqual([arn, input, deadLetterConfig], [machineArn, "{}", { arn: queueArn }]);
    assert.ok(retryPolicy);
    assert.deepEqual(stack.from(schedule, "groupName"), [stack.one("ScheduleGroup").name]);
    assert.ok(schedule.dependencies.includes(stack.one("StateMachine").urn));
    const granted = statements(stack.one("RolePolicy", "import-schedule"));
    assert.deepEqual(granted.flatMap(({ Action, Resource }) => [Action, Resource]).slice(0, 4), [
      "states:StartExecution",
      machineArn,
      "sqs:SendMessage",
      queueArn,
    ]);
    const [trust] = statements(stack.one("Role", "import-schedule"), "assumeRolePolicy");
    assert.deepEqual(trust?.Principal, { Service: "scheduler.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
  });

  it("runs in UTC where nothing else is said", async () => {
    const stack = await job({ schedule: { expression: "rate(1 hour)" } });
    assert.equal(stack.one("aws:scheduler/schedule:Schedule").inputs["scheduleExpressionTimezone"], "UTC");
  });

  it("on an object's arrival is told which, and missed events are kept", async () => {
    const stack = await job(incoming);
    assert.deepEqual(JSON.parse(String(stack.one("EventRule").inputs["eventPattern"])), {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["incoming"] }, object: { key: [{ prefix: "camt/" }] } },
    });
    const target = stack.one("EventTarget");
    assert.equal(target.inputs["arn"], machineArn);
    assert.deepEqual(target.inputs["deadLetterConfig"], { arn: queueArn });
    assert.deepEqual(stack.from(target, "roleArn"), ["import-events"]);
    const { inputPaths, inputTemplate } = target.inputs["inputTransformer"] as {
      inputPaths: Record<string, string>;
      inputTemplate: string;
    };
    assert.deepEqual(inputPaths, { bucket: "$.detail.bucket.name", key: "$.detail.object.key" });
    // As EventBridge fills it in.
    const filled = inputTemplate.replace("<bucket>", '"incoming"').replace("<key>", '"camt/a \\"b\\".xml"');
    assert.deepEqual(JSON.parse(filled), {
      environment: [
        { name: "OBJECT_BUCKET", value: "incoming" },
        { name: "OBJECT_KEY", value: 'camt/a "b".xml' },
      ],
    });
    assert.deepEqual(
      statements(stack.one("RolePolicy", "import-events")).map(({ Action, Resource }) => [Action, Resource]),
      [["states:StartExecution", machineArn]],
    );
  });

  it("runs for any object where no prefix is said", async () => {
    const stack = await job({ on: { bucketName: "incoming", prefix: "" } });
    const { detail } = JSON.parse(String(stack.one("EventRule").inputs["eventPattern"])) as {
      detail: object;
    };
    assert.deepEqual(detail, { bucket: { name: ["incoming"] } });
  });

  it("runs one at a time unless it runs for objects, or says otherwise", () => {
    const cases: readonly (readonly [Parameters<typeof runsInParallel>[0], boolean])[] = [
      [{}, false],
      [incoming, true],
      [{ parallel: true }, true],
      [{ ...incoming, parallel: false }, false],
    ];
    for (const [more, parallel] of cases) assert.equal(runsInParallel(more), parallel, JSON.stringify(more));
  });

  it("has roles below the products' path, each within the products' boundary", async () => {
    for (const [more, purpose] of [
      [daily, "schedule"],
      [incoming, "events"],
    ] as const) {
      const roles = (await job(more)).all("aws:iam/role:Role");
      assert.deepEqual(
        roles.map(({ inputs }) => inputs["name"]).sort(),
        ["execution", "states", "task", purpose].map(its => `orders-import-${its}`).sort(),
      );
      for (const { inputs } of roles)
        assert.deepEqual(
          [inputs["path"], inputs["permissionsBoundary"]],
          ["/product/", "arn:aws:iam::111122223333:policy/landing-zone-product-boundary"],
        );
    }
  });

  it("tells somebody when a run fails in the end, or is not started", async () => {
    const alarms = async (more: Partial<JobArgs>) =>
      (await job(more))
        .all("MetricAlarm")
        .map(({ inputs }) => [inputs["metricName"], inputs["dimensions"], inputs["alarmActions"]]);
    const failed = ["ExecutionsFailed", { StateMachineArn: machineArn }, [alarmTopics.warning]];
    assert.deepEqual(await alarms({}), [failed]);
    assert.deepEqual(await alarms(daily), [
      ["InvocationDroppedCount", { ScheduleGroup: "orders-import" }, [alarmTopics.warning]],
      failed,
    ]);
    assert.deepEqual(await alarms(incoming), [
      ["FailedInvocations", { RuleName: "orders-import" }, [alarmTopics.warning]],
      failed,
    ]);
  });

  it("lives beside another in one stack, with names that AWS takes however long they are", async () => {
    const long = "a-very-long-name-of-a-job-that-imports-statements-of-accounts-every-night";
    const stack = await planned(() => {
      const cluster = clusterOf();
      make("import", cluster, daily);
      make("export", cluster, incoming);
      make(long, cluster, daily);
    });
    const urns = stack.resources.map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length);
    const nameOf = (type: string) => stack.one(type, long).inputs["name"];
    assert.ok(String(nameOf("StateMachine")).length <= 80);
    assert.ok(String(nameOf("aws:scheduler/schedule:Schedule")).length <= 64);
    for (const purpose of ["states", "schedule"])
      assert.ok(String(stack.one("Role", `${long}-${purpose}`).inputs["name"]).length <= 64);
  });

  it("breaks no rule of the policy pack", async () => {
    for (const more of [{}, daily, incoming]) assert.deepEqual(await refusals(await job(more)), []);
  });

  for (const [why, more, message] of [
    ["both starts", { ...daily, ...incoming }, /orders-import has a schedule and objects/],
    ["no retries", { retries: -1 }, /retries of the job orders-import is -1; .* from 0 to 10/],
    ["many retries", { retries: 11 }, /retries .* is 11/],
    ["half a retry", { retries: 0.5 }, /retries .* is 0\.5/],
    ["no time", { timeoutMinutes: 0 }, /timeoutMinutes .* is 0; .* from 1 to 10,080/],
    ["too much time", { timeoutMinutes: 10_081 }, /timeoutMinutes .* is 10081/],
    ...[
      "rate(0 hours)",
      "rate(1 week)",
      "rate(1.5 hours)",
      "rate(hour)",
      "cron(0 7 * * ?)",
      "cron(0  7 ? * MON-FRI *)",
      "at(2026-01-01T00:00:00)",
      "0 7 * * *",
      "",
    ].map(
      expression =>
        [
          expression,
          { schedule: { expression } },
          /the schedule of orders-import is .*; it must be rate/,
        ] as const,
    ),
  ] as const)
    it(`is refused with ${why || "an empty schedule"}`, async () => {
      await assert.rejects(job(more), message);
    });
});

describe("the role of a job's state machine", () => {
  const cluster = "arn:aws:ecs:eu-central-1:111122223333:cluster/orders";
  const other = "arn:aws:ecs:eu-central-1:111122223333:cluster/shop";
  const here = { "ecs:cluster": cluster };
  const task = "arn:aws:ecs:eu-central-1:111122223333:task/orders/1";
  const roleOf = (name: string) => `arn:aws:iam::111122223333:role/product/${name}`;
  const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
  const revision = (family: string) => `arn:aws:ecs:eu-central-1:111122223333:task-definition/${family}:7`;
  const rule = (name: string) => `arn:aws:events:eu-central-1:111122223333:rule/${name}`;
  let granted: Parameters<typeof mayDo>[0];

  before(async () => {
    granted = statements((await job()).one("RolePolicy", "import-states")) as typeof granted;
  });

  for (const [outcome, action, resource, context] of [
    ["allowed", "ecs:RunTask", revision("orders-import"), here],
    ["denied", "ecs:RunTask", revision("orders-importer"), here],
    ["denied", "ecs:RunTask", revision("orders-export"), here],
    ["denied", "ecs:RunTask", revision("orders"), here],
    ["denied", "ecs:RunTask", revision("orders-import"), { "ecs:cluster": other }],
    ["allowed", "iam:PassRole", roleOf("orders-import-task"), toTasks],
    ["allowed", "iam:PassRole", roleOf("orders-import-execution"), toTasks],
    ["denied", "iam:PassRole", roleOf("orders-export-task"), toTasks],
    ["denied", "iam:PassRole", roleOf("orders-import-states"), toTasks],
    [
      "denied",
      "iam:PassRole",
      roleOf("orders-import-task"),
      { "iam:PassedToService": "lambda.amazonaws.com" },
    ],
    ["allowed", "ecs:StopTask", task, { ...here, "aws:ResourceTag/service": "import" }],
    ["denied", "ecs:StopTask", task, { ...here, "aws:ResourceTag/service": "export" }],
    ["denied", "ecs:StopTask", task, here],
    ["denied", "ecs:StopTask", task.replace("orders", "shop"), { "aws:ResourceTag/service": "import" }],
    ["allowed", "ecs:DescribeTasks", task, here],
    ["denied", "ecs:DescribeTasks", task.replace("orders", "shop"), { "ecs:cluster": other }],
    ["allowed", "ecs:ListTasks", "*", here],
    ["denied", "ecs:ListTasks", "*", { "ecs:cluster": other }],
    ["allowed", "ecs:TagResource", task, { "ecs:CreateAction": "RunTask" }],
    ["denied", "ecs:TagResource", task, {}],
    ["denied", "ecs:TagResource", cluster, { "ecs:CreateAction": "RunTask" }],
    ["allowed", "events:PutRule", rule("StepFunctionsGetEventsForECSTaskRule"), {}],
    ["allowed", "events:PutTargets", rule("StepFunctionsGetEventsForECSTaskRule"), {}],
    ["denied", "events:PutRule", rule("orders-import"), {}],
    ["denied", "ecs:ExecuteCommand", task, here],
    ["denied", "ecs:UpdateService", "arn:aws:ecs:eu-central-1:111122223333:service/orders/orders-api", here],
    ["denied", "states:StartExecution", machineArn, {}],
    ["allowed", "xray:PutTraceSegments", "*", {}],
    ["allowed", "logs:CreateLogDelivery", "*", {}],
  ] as const)
    it(`is ${outcome} ${action} on ${resource.split(":").slice(5).join(":") || resource} ${JSON.stringify(context)}`, () => {
      assert.equal(mayDo(granted, action, resource, context as Readonly<Record<string, string>>), outcome);
    });

  it("names what the job has: its family, its roles, its tasks' tag", async () => {
    const stack = await job();
    const definition = stack.one("aws:ecs/taskDefinition:TaskDefinition");
    assert.equal(definition.inputs["family"], "orders-import");
    assert.equal((definition.inputs["tags"] as Record<string, string>)["service"], "import");
    const names = stack.all("aws:iam/role:Role").map(({ inputs }) => inputs["name"]);
    assert.ok(names.includes("orders-import-task") && names.includes("orders-import-execution"));
  });
});

describe("the queue of missed runs", () => {
  it("takes from the rules of what starts on objects, and from no other", () => {
    const statement = queueFromRules(queueArn, [objectRuleArn(at, "orders-import")]);
    assert.deepEqual([statement.Action, statement.Resource], ["sqs:SendMessage", queueArn]);
    assert.deepEqual(statement.Condition, {
      ArnEquals: { "aws:SourceArn": ["arn:aws:events:eu-central-1:111122223333:rule/orders-import"] },
    });
  });

  it("knows a rule by the name it has, however long", async () => {
    const long = "a-very-long-name-of-a-job-that-imports-statements-of-accounts-every-night";
    const stack = await planned(() => make(long, clusterOf(), incoming));
    assert.equal(
      objectRuleArn(at, `orders-${long}`),
      `arn:aws:events:eu-central-1:111122223333:rule/${stack.one("EventRule").inputs["name"]}`,
    );
  });

  it("has a key that EventBridge may use for this account", () => {
    const { Action, Condition } = missedRunsKey(at);
    assert.deepEqual(Action, ["kms:GenerateDataKey", "kms:Decrypt"]);
    assert.deepEqual(Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
  });
});
