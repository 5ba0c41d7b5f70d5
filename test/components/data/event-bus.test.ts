import assert from "node:assert/strict";
import fc from "fast-check";
import { EventBus, type EventBusArgs } from "../../../components/data/event-bus";
import { eventRuleArn } from "../../../components/data/event-bus-access";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";
import { alarmTopics, toldOf } from "../told";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const queueArn = "arn:aws:sqs:eu-central-1:111122223333:orders-parcels";
const usual: EventBusArgs = {
  at,
  keyArn,
  deletionProtection: true,
  multiZone: true,
  alarmTopics,
  busName: "orders-events",
  description: "What happens to orders",
  deliversTo: { parcels: { queueArn, pattern: { "detail-type": ["OrderPlaced"] } } },
  logs: { logGroupName: "/landing-zone/orders/events", retentionDays: 30 },
};
const busType = "aws:cloudwatch/eventBus:EventBus";
const made = (args: Partial<EventBusArgs> = {}) =>
  planned(() => new EventBus("events", { ...usual, ...args }, { protect: true }));
const deadLetters = "arn:aws:sqs:eu-central-1:111122223333:orders-events-dead-letters";

describe("an event bus", () => {
  it("is encrypted with the product's key, and so is what it could not decrypt", async () => {
    const stack = await made();
    const { inputs, protect, retainOnDelete } = stack.one(busType);
    assert.deepEqual(
      [inputs["name"], inputs["description"], inputs["kmsKeyIdentifier"]],
      ["orders-events", "What happens to orders", keyArn],
    );
    assert.deepEqual(stack.from(stack.one(busType), "deadLetterConfig"), ["events-dead-letters"]);
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    const queue = stack.one("aws:sqs/queue:Queue", "events-dead-letters").inputs;
    assert.deepEqual([queue["name"], queue["kmsMasterKeyId"]], ["orders-events-dead-letters", keyArn]);
    assert.equal(queue["messageRetentionSeconds"], 14 * 24 * 3_600);
    assert.equal(queue["redriveAllowPolicy"], '{"redrivePermission":"denyAll"}');
  });

  it("knows before anything is made what others must name", async () => {
    await planned(() => {
      const bus = new EventBus("events", usual);
      assert.deepEqual(
        [bus.busName, bus.arn, bus.deadLettersArn, bus.ruleArns],
        [
          "orders-events",
          "arn:aws:events:eu-central-1:111122223333:event-bus/orders-events",
          deadLetters,
          { parcels: "arn:aws:events:eu-central-1:111122223333:rule/orders-events/parcels" },
        ],
      );
    });
  });

  it("keeps each event for a month to be replayed, or as long as it is told, and the archive even longer", async () => {
    const archive = async (args: Partial<EventBusArgs>) => {
      const stack = await made(args);
      const one = stack.one("EventArchive");
      assert.deepEqual(stack.from(one, "eventSourceArn"), ["events"]);
      assert.equal(one.inputs["kmsKeyIdentifier"], keyArn);
      assert.equal(one.inputs["eventPattern"], undefined);
      return [one.inputs["name"], one.inputs["retentionDays"], one.retainOnDelete];
    };
    assert.deepEqual(await archive({}), ["orders-events", 30, true]);
    assert.deepEqual(await archive({ archiveDays: 7, deletionProtection: false }), [
      "orders-events",
      7,
      false,
    ]);
    const [name] = await archive({ busName: "a".repeat(64) });
    assert.match(String(name), /^a{43}-[0-9a-f]{4}$/);
  });

  it("has no schemas discovered", async () => {
    assert.deepEqual((await made()).all("Discoverer"), []);
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      for (const busName of ["one", "two"])
        new EventBus(busName, {
          ...usual,
          busName,
          logs: { logGroupName: `/landing-zone/orders/${busName}`, retentionDays: 30, level: "INFO" },
          publishers: { pay: { roleArn: "arn:aws:iam::444455556666:role/product/pay", source: "pay" } },
        });
    });
    assert.equal(stack.all(busType).length, 2);
    assert.deepEqual(await refusals(stack), []);
  });
});

describe("an event bus's rules", () => {
  it("deliver what matches to their queues, and to the dead letters what they can not deliver", async () => {
    const stack = await made();
    const rule = stack.one("EventRule", "events-parcels");
    assert.equal(rule.inputs["name"], "parcels");
    assert.equal(rule.inputs["eventPattern"], '{"detail-type":["OrderPlaced"]}');
    assert.deepEqual(stack.from(rule, "eventBusName"), ["events"]);
    const target = stack.one("EventTarget", "events-parcels");
    assert.equal(target.inputs["arn"], queueArn);
    assert.deepEqual(stack.from(target, "rule"), ["events-parcels"]);
    assert.deepEqual(stack.from(target, "eventBusName"), ["events"]);
    assert.deepEqual(stack.from(target, "deadLetterConfig"), ["events-dead-letters"]);
  });

  it("are as many as there are deliveries, each with its two alarms", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), { maxLength: 5 }),
        async rules => {
          const pattern = { source: ["orders"] };
          const stack = await made({
            deliversTo: Object.fromEntries(rules.map(rule => [rule, { queueArn, pattern }])),
          });
          const names = stack.all("EventRule").map(({ inputs }) => inputs["name"]);
          assert.deepEqual(names.sort(), [...rules].sort());
          assert.equal(stack.all("EventTarget").length, rules.length);
          assert.equal(stack.all("MetricAlarm").length, 2 * rules.length + 1);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("wake somebody when events are not delivered, when they are lost, and when dead letters wait", async () => {
    const alarms = (await made()).all("MetricAlarm").map(({ inputs }) => inputs);
    for (const alarm of alarms) {
      assert.deepEqual([alarm["threshold"], alarm["comparisonOperator"]], [0, "GreaterThanThreshold"]);
      assert.deepEqual(alarm["alarmActions"], toldOf(alarm));
      assert.equal(alarm["treatMissingData"], "notBreaching");
    }
    const ofRule = { EventBusName: "orders-events", RuleName: "parcels" };
    assert.deepEqual(
      alarms.map(({ namespace, metricName, dimensions }) => [namespace, metricName, dimensions]),
      [
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: "orders-events-dead-letters" }],
        ["AWS/Events", "FailedInvocations", ofRule],
        ["AWS/Events", "InvocationsFailedToBeSentToDlq", ofRule],
      ],
    );
  });
});

describe("an event bus's logs", () => {
  const delivered = async (level?: "ERROR" | "INFO") => {
    const stack = await made({ logs: { ...usual.logs, level } });
    return {
      stack,
      config: stack.one(busType).inputs["logConfig"],
      types: stack.all("LogDeliverySource").map(({ inputs }) => inputs["logType"]),
    };
  };

  it("say what failed, or all that happened, and never the events themselves", async () => {
    const { config, types } = await delivered();
    assert.deepEqual([config, types], [{ level: "ERROR", includeDetail: "NONE" }, ["ERROR_LOGS"]]);
    const more = await delivered("INFO");
    assert.deepEqual(
      [more.config, more.types],
      [{ level: "INFO", includeDetail: "NONE" }, ["ERROR_LOGS", "INFO_LOGS"]],
    );
  });

  it("go from the bus to an encrypted group of their own, one delivery after the other", async () => {
    const { stack } = await delivered("INFO");
    const group = stack.one("aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual(
      [group["name"], group["retentionInDays"], group["kmsKeyId"]],
      ["/landing-zone/orders/events", 30, keyArn],
    );
    const groupArn = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/events";
    const destination = stack.one("LogDeliveryDestination");
    assert.deepEqual(destination.inputs["deliveryDestinationConfiguration"], {
      destinationResourceArn: groupArn,
    });
    assert.ok(destination.dependencies.includes(stack.one("aws:cloudwatch/logGroup:LogGroup").urn));
    const [errors, all] = ["error", "info"].map(level => stack.one("LogDelivery", `events-${level}`));
    assert.ok(errors && all?.dependencies.includes(errors.urn));
    for (const [delivery, level] of [
      [errors, "error"],
      [all, "info"],
    ] as const) {
      assert.ok(delivery);
      assert.deepEqual(stack.from(delivery, "deliverySourceName"), [`events-${level}`]);
      assert.deepEqual(stack.from(delivery, "deliveryDestinationArn"), ["events"]);
      assert.deepEqual(stack.from(stack.one("LogDeliverySource", `events-${level}`), "resourceArn"), [
        "events",
      ]);
    }
  });

  it("have names as short as CloudWatch Logs wants them, which differ", async () => {
    const stack = await made({ busName: "b".repeat(64), logs: { ...usual.logs, level: "INFO" } });
    const names = ["LogDeliverySource", "LogDeliveryDestination"].flatMap(type =>
      stack.all(type).map(({ inputs }) => String(inputs["name"])),
    );
    for (const name of names) assert.match(name, /^[\w-]{1,60}$/);
    assert.equal(new Set(names).size, 3);
  });
});

describe("an event bus refuses", () => {
  const delivery = (more: object) =>
    made({ deliversTo: { parcels: { queueArn, pattern: { source: ["orders"] }, ...more } } });

  it("names that EventBridge or SQS refuses", async () => {
    for (const busName of ["", "default", "a/b", "a.b", "a b", "a".repeat(65)])
      await assert.rejects(made({ busName }), /busName is /, busName);
    for (const rule of ["", "a b", "a/b", "a".repeat(65)])
      await assert.rejects(
        made({ deliversTo: { [rule]: { queueArn, pattern: { source: ["a"] } } } }),
        /deliversTo\..*: a name must be/,
      );
  });

  it("queues that are none, or that keep an order", async () => {
    for (const its of ["", "orders-parcels", `${queueArn}.fifo`, "arn:aws:sns:eu-central-1:111122223333:t"])
      await assert.rejects(delivery({ queueArn: its }), /deliversTo.parcels.queueArn is /, its);
  });

  it("patterns that mean everything, nothing, or what EventBridge does not take", async () => {
    await assert.rejects(delivery({ pattern: {} }), /parcels.pattern is empty/);
    await assert.rejects(delivery({ pattern: { detail: {} } }), /parcels.pattern.detail is empty/);
    await assert.rejects(delivery({ pattern: { source: [] } }), /source is an empty list/);
    await assert.rejects(delivery({ pattern: { source: "orders" } }), /source is orders; it must be a list/);
    await assert.rejects(delivery({ pattern: { source: null } }), /source is null; it must be a list/);
    await assert.rejects(delivery({ pattern: { source: ["a".repeat(2_048)] } }), /has 2063 characters/);
    const nested = { detail: { amount: [{ numeric: [">", 100] }], country: ["DE", null] } };
    assert.ok(await delivery({ pattern: nested }));
  });

  it("days that EventBridge does not take, or that mean forever", async () => {
    for (const archiveDays of [0, -1, 1.5, 3_654])
      await assert.rejects(made({ archiveDays }), /archiveDays is .*from 1 to 3,653/);
  });

  it("publishers that are none, are many, or pretend to be AWS", async () => {
    const roleArn = "arn:aws:iam::444455556666:role/pay";
    const publish = (name: string, its: object) =>
      made({ publishers: { [name]: { roleArn, source: "pay", ...its } } });
    await assert.rejects(publish("a-b", {}), /publishers.a-b: a name must be/);
    for (const its of ["*", "arn:aws:iam::444455556666:root", "arn:aws:iam::444455556666:role/*", ""])
      await assert.rejects(publish("pay", { roleArn: its }), /publishers.pay.roleArn is /);
    for (const source of ["", "aws.ec2", "a b", "pay*"])
      await assert.rejects(publish("pay", { source }), /publishers.pay.source is /);
  });
});

describe("the ARN of a rule", () => {
  it("holds its bus", () =>
    assert.equal(
      eventRuleArn(at, "orders-events", "parcels"),
      "arn:aws:events:eu-central-1:111122223333:rule/orders-events/parcels",
    ));
});
