/** Every alarm of the example company: somebody hears of it, and it says what it asks of them. */
import assert from "node:assert/strict";
import { type Alarms, alarmsOf } from "../../cli/alarms/planned-alarms";
import type { PlannedResource, StackPlan } from "../../cli/planner";
import { type Severity, severities } from "../../components/observability/severity";
import { hearing } from "../../stacks/alarm-audiences";
import example from "../../stacks/landing-zone";
import { zoneWithEveryWord } from "./every-word";
import { planOf } from "./plan-of";

const topicType = "aws:sns/topic:Topic";
const alarmTypes = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"];

/** What each of them measures, whatever it is called, and what that asks. */
const asked: Readonly<Record<string, Severity | "both">> = {
  "AWS/ApiGateway 5xx": "critical",
  "AWS/AppSync 5XXError": "critical",
  "AWS/ApplicationELB UnHealthyHostCount": "critical",
  "AWS/CertificateManager DaysToExpiry": "both",
  "AWS/Cognito SignInThrottles": "critical",
  "AWS/DynamoDB ReadThrottleEvents": "critical",
  "AWS/DynamoDB WriteThrottleEvents": "critical",
  "AWS/ECS CPUUtilization": "warning",
  "AWS/ECS MemoryUtilization": "warning",
  "AWS/Events InvocationsFailedToBeSentToDlq": "critical",
  "AWS/Events FailedInvocations": "warning",
  "AWS/Lambda DestinationDeliveryFailures": "critical",
  "AWS/Lambda Errors": "warning",
  "AWS/RDS DatabaseConnections": "critical",
  "AWS/RDS CPUUtilization": "warning",
  "AWS/Route53 DNSSECInternalFailure": "critical",
  "AWS/Route53 DNSSECKeySigningKeysNeedingAction": "critical",
  "AWS/SNS NumberOfNotificationsFailedToRedriveToDlq": "critical",
  "AWS/SNS NumberOfNotificationsFailed": "warning",
  "AWS/SQS ApproximateAgeOfOldestMessage": "warning",
  "AWS/SQS ApproximateNumberOfMessagesVisible": "warning",
  "AWS/States ExecutionsFailed": "warning",
};

describe("the alarms of the example company", function () {
  this.timeout(180_000);
  let stacks: readonly StackPlan[];
  let alarms: Alarms;
  before(async () => {
    ({ stacks } = await planOf(zoneWithEveryWord));
    alarms = alarmsOf(stacks);
  });
  const everyAlarm = (): [StackPlan, PlannedResource][] =>
    stacks.flatMap(stack =>
      stack.resources.flatMap((made): [StackPlan, PlannedResource][] =>
        alarmTypes.includes(made.type) ? [[stack, made]] : [],
      ),
    );

  it("each have a severity, and tell when they begin and end; or scale, or are parts of one that tells", () => {
    assert.deepEqual(alarms.faulty, []);
    assert.equal(alarms.told.length + alarms.silent.length, everyAlarm().length);
    assert.ok(alarms.told.length > 400, String(alarms.told.length));
  });

  it("tell topics that somebody makes, in the region of the alarm, and of what it asks", () => {
    const topics = new Set(
      stacks.flatMap(({ resources }) =>
        resources.flatMap(({ type, inputs, region, account }) =>
          type === topicType
            ? [`arn:aws:sns:${inputs["region"] ?? region}:${account}:${inputs["name"]}`]
            : [],
        ),
      ),
    );
    for (const { name, stack, tells } of alarms.told)
      for (const topic of tells) assert.ok(topics.has(topic), `${stack} ${name} tells ${topic}`);
    for (const [, { inputs, region, name }] of everyAlarm())
      for (const action of [inputs["alarmActions"] ?? []].flat())
        if (String(action).startsWith("arn:aws:sns:"))
          assert.equal(String(action).split(":")[3], inputs["region"] ?? region, name);
  });

  it("of other accounts are let in by the audit account's topics", () => {
    const policies = stacks.flatMap(({ resources }) =>
      resources.flatMap(({ type, inputs, account, region }) =>
        type === topicType
          ? [
              {
                arn: `arn:aws:sns:${inputs["region"] ?? region}:${account}:${inputs["name"]}`,
                policy: JSON.parse(String(inputs["policy"])) as {
                  Statement: { Condition?: { StringEquals?: Record<string, unknown> } }[];
                },
              },
            ]
          : [],
      ),
    );
    for (const [{ name: stack }, { inputs, account, name }] of everyAlarm())
      for (const action of [inputs["alarmActions"] ?? []].flat().map(String)) {
        if (!action.startsWith("arn:aws:sns:") || action.split(":")[4] === account) continue;
        const topic = policies.find(({ arn }) => arn === action);
        const accounts = topic?.policy.Statement.flatMap(({ Condition }) =>
          [Condition?.StringEquals?.["aws:SourceAccount"] ?? []].flat(),
        );
        assert.ok(accounts?.includes(account ?? ""), `${stack} ${name} tells ${action}`);
      }
  });

  for (const [measured, severity] of Object.entries(asked))
    it(`${measured} asks what it should: ${severity}`, () => {
      const found = everyAlarm()
        .map(([, { inputs }]) => inputs)
        .filter(
          ({ namespace, metricName, alarmActions }) =>
            `${namespace} ${metricName}` === measured &&
            String([alarmActions ?? []].flat()[0]).startsWith("arn:aws:sns"),
        )
        .map(({ alarmDescription }) => String(alarmDescription).split(":")[0]);
      assert.ok(found.length > 0, "there is none in the example");
      assert.deepEqual(
        [...new Set(found)].sort(),
        (severity === "both" ? [...severities] : [severity]).map(its => its.toUpperCase()).sort(),
      );
    });

  it("of each certificate are two, thirty and fourteen days before its end, where it is", () => {
    for (const { resources, name } of stacks) {
      const certificates = resources.filter(({ type }) => type === "aws:acm/certificate:Certificate");
      const days = resources.filter(({ inputs }) => inputs["metricName"] === "DaysToExpiry");
      assert.equal(days.length, 2 * certificates.length, name);
      for (const { urn, inputs, region } of certificates) {
        const its = days.filter(({ propertyDependencies }) =>
          Object.values(propertyDependencies).flat().includes(urn),
        );
        assert.deepEqual(
          its
            .map(day => [day.inputs["threshold"], day.inputs["region"] ?? day.region])
            .sort(([one], [other]) => Number(one) - Number(other)),
          [14, 30].map(left => [left, inputs["region"] ?? region]),
          urn,
        );
      }
    }
  });

  it("wake nobody for dev and int, and somebody for prod and what is shared", () => {
    const woken = stacks
      .filter(({ resources }) =>
        resources.some(
          ({ type, inputs }) =>
            type === "aws:sns/topicSubscription:TopicSubscription" && inputs["protocol"] === "https",
        ),
      )
      .map(({ name }) => name)
      .sort();
    assert.deepEqual(woken, ["baseline-payments-prod", "baseline-prod", "security"]);
  });

  it("find a fault where one tells nobody, or what it does not say", () => {
    const [stack, alarm] = everyAlarm().find(([, { inputs }]) =>
      String(inputs["alarmDescription"]).startsWith("CRITICAL"),
    ) as [StackPlan, PlannedResource];
    for (const [change, problem] of [
      [{ alarmActions: [] }, /nobody is told when it goes off/],
      [{ okActions: [] }, /nobody is told when it is over/],
      [{ alarmDescription: "It is bad" }, /does not begin with a severity/],
      [{ alarmDescription: "WARNING: it is bad" }, /is warning, and tells arn:.*-critical/],
    ] as const) {
      const faulty = { ...alarm, inputs: { ...alarm.inputs, ...change } };
      const [found] = alarmsOf([{ ...stack, resources: [faulty] }]).faulty;
      assert.match(found?.problem ?? "", problem);
    }
  });
});

describe("who hears of alarms", () => {
  const [product] = example.products.filter(({ alerts }) => alerts === undefined);
  assert.ok(product);
  const { organization } = example;
  const zone = (alerts: object | undefined) => ({
    ...example,
    organization: { ...organization, operations: alerts === undefined ? undefined : { alerts } },
  });
  const contact = { mail: [organization.contacts.operations.email] };
  const pager = "https://pager.example.com/1";

  it("is the contact for operations where nothing is said", () => {
    assert.deepEqual(hearing(zone(undefined) as never), { critical: contact, warning: contact });
  });

  it("is who the product says, severity by severity, else who the organization says", () => {
    const said = zone({
      critical: { mail: ["night@example.com"], pager },
      warning: { mail: ["day@example.com"] },
    });
    const own = { ...product, alerts: { warning: { mail: ["team@example.com"] } } };
    assert.deepEqual(hearing(said as never, { product: own, environment: "prod" }), {
      critical: { mail: ["night@example.com"], pager },
      warning: { mail: ["team@example.com"] },
    });
  });

  it("is nobody who sleeps, in dev and int", () => {
    for (const environment of ["dev", "int"] as const) {
      const said = zone({ critical: { mail: ["night@example.com"], pager } });
      assert.deepEqual(hearing(said as never, { product, environment }).critical, {
        mail: ["night@example.com"],
      });
      // Somebody hears of it nevertheless.
      assert.deepEqual(
        hearing(zone({ critical: { pager } }) as never, { product, environment }).critical,
        contact,
      );
    }
  });
});
