import assert from "node:assert/strict";
import fc from "fast-check";
import { Table, type TableArgs } from "../../../components/data/table";
import { refusals } from "../logs/judged";
import { planned } from "../planned";
import { toldOf } from "../told";
import { kept, keyArn } from "./kept";

const tableType = "aws:dynamodb/table:Table";
const made = (args: Partial<TableArgs> = {}) =>
  planned(
    () =>
      new Table(
        "orders",
        { ...kept, tableName: "orders-orders", partitionKey: "id", ...args },
        { protect: true },
      ),
  );
const table = async (args: Partial<TableArgs> = {}) => (await made(args)).one(tableType).inputs;

describe("a table", () => {
  it("is encrypted with a key of the company's, restorable, protected and left behind", async () => {
    const { inputs, protect, retainOnDelete } = (await made()).one(tableType);
    assert.deepEqual(inputs["serverSideEncryption"], { enabled: true, kmsKeyArn: keyArn });
    assert.deepEqual(inputs["pointInTimeRecovery"], { enabled: true, recoveryPeriodInDays: 35 });
    assert.deepEqual([inputs["deletionProtectionEnabled"], protect, retainOnDelete], [true, true, true]);
    const loose = (await made({ deletionProtection: false, recoveryDays: 7 })).one(tableType);
    assert.deepEqual([loose.inputs["deletionProtectionEnabled"], loose.retainOnDelete], [false, false]);
    assert.deepEqual(loose.inputs["pointInTimeRecovery"], { enabled: true, recoveryPeriodInDays: 7 });
  });

  it("is paid by request, has no stream, no replicas and no indexes, unless it is told", async () => {
    const inputs = await table();
    assert.deepEqual([inputs["name"], inputs["billingMode"]], ["orders-orders", "PAY_PER_REQUEST"]);
    for (const absent of [
      "rangeKey",
      "ttl",
      "streamEnabled",
      "replicas",
      "globalSecondaryIndexes",
      "readCapacity",
      "writeCapacity",
    ])
      assert.equal(inputs[absent], undefined, absent);
  });

  it("declares each attribute that is a key of something once, and no other", async () => {
    assert.deepEqual((await table())["attributes"], [{ name: "id", type: "S" }]);
    const inputs = await table({
      sortKey: { name: "at", type: "number" },
      expiresAt: "until",
      indexes: {
        byCustomer: { partitionKey: "customer", sortKey: { name: "at", type: "number" } },
        byHash: { partitionKey: { name: "hash", type: "binary" }, holds: ["total"] },
        byIdOnly: { partitionKey: "id", holds: [] },
      },
    });
    assert.deepEqual(inputs["attributes"], [
      { name: "id", type: "S" },
      { name: "at", type: "N" },
      { name: "customer", type: "S" },
      { name: "hash", type: "B" },
    ]);
    assert.deepEqual([inputs["hashKey"], inputs["rangeKey"]], ["id", "at"]);
    assert.deepEqual(inputs["ttl"], { attributeName: "until", enabled: true });
    assert.deepEqual(inputs["globalSecondaryIndexes"], [
      { name: "byCustomer", hashKey: "customer", rangeKey: "at", projectionType: "ALL" },
      { name: "byHash", hashKey: "hash", projectionType: "INCLUDE", nonKeyAttributes: ["total"] },
      { name: "byIdOnly", hashKey: "id", projectionType: "KEYS_ONLY" },
    ]);
  });

  it("with a capacity begins with the least and is scaled, it and its indexes, to 70 % of what is there", async () => {
    const capacity = { read: { min: 5, max: 50 }, write: { min: 2, max: 20 } };
    const stack = await made({ capacity, indexes: { byCustomer: { partitionKey: "customer" } } });
    const { inputs } = stack.one(tableType);
    assert.deepEqual(
      [inputs["billingMode"], inputs["readCapacity"], inputs["writeCapacity"]],
      ["PROVISIONED", 5, 2],
    );
    const [index] = inputs["globalSecondaryIndexes"] as Record<string, unknown>[];
    assert.deepEqual([index?.["readCapacity"], index?.["writeCapacity"]], [5, 2]);
    assert.deepEqual(
      stack
        .all("aws:appautoscaling/target:Target")
        .map(({ inputs: its }) => [its["scalableDimension"], its["minCapacity"], its["maxCapacity"]])
        .sort(),
      [
        ["dynamodb:index:ReadCapacityUnits", 5, 50],
        ["dynamodb:index:WriteCapacityUnits", 2, 20],
        ["dynamodb:table:ReadCapacityUnits", 5, 50],
        ["dynamodb:table:WriteCapacityUnits", 2, 20],
      ],
    );
    const policies = stack.all("aws:appautoscaling/policy:Policy");
    assert.equal(policies.length, 4);
    for (const policy of policies) {
      const { targetValue } = policy.inputs["targetTrackingScalingPolicyConfiguration"] as {
        targetValue: number;
      };
      assert.equal(targetValue, 70);
      assert.deepEqual(stack.from(policy, "resourceId"), [policy.name]);
    }
  });

  it("without one is not scaled", async () => {
    assert.deepEqual((await made()).all("aws:appautoscaling/target:Target"), []);
  });

  it("writes its stream down where consumers find it", async () => {
    const stack = await made({ stream: true });
    const { inputs } = stack.one(tableType);
    assert.deepEqual([inputs["streamEnabled"], inputs["streamViewType"]], [true, "NEW_AND_OLD_IMAGES"]);
    const parameter = stack.one("Parameter");
    assert.deepEqual(
      [parameter.inputs["name"], parameter.inputs["type"]],
      ["/orders-orders/stream", "String"],
    );
    assert.deepEqual(stack.from(parameter, "value"), ["orders"]);
    assert.deepEqual((await made()).all("Parameter"), []);
  });

  it("has copies elsewhere, each with a key of that region, restorable and protected as it is", async () => {
    const there = "arn:aws:kms:eu-west-1:111122223333:key/2";
    const inputs = await table({ replicas: [{ region: "eu-west-1", keyArn: there }] });
    assert.deepEqual(inputs["replicas"], [
      {
        regionName: "eu-west-1",
        kmsKeyArn: there,
        pointInTimeRecovery: true,
        propagateTags: true,
        deletionProtectionEnabled: true,
      },
    ]);
    assert.deepEqual([inputs["streamEnabled"], inputs["streamViewType"]], [true, "NEW_AND_OLD_IMAGES"]);
  });

  it("wakes somebody when it refuses for a while, by itself and by each index, or when a replica is late", async () => {
    const stack = await made({
      indexes: { byCustomer: { partitionKey: "customer" } },
      replicas: [{ region: "eu-west-1", keyArn }],
    });
    const alarms = stack.all("MetricAlarm").map(({ inputs }) => inputs);
    for (const alarm of alarms) {
      assert.equal(alarm["namespace"], "AWS/DynamoDB");
      assert.deepEqual(alarm["alarmActions"], toldOf(alarm));
      assert.equal(Number(alarm["evaluationPeriods"]) * Number(alarm["period"]), 900);
    }
    const own = { TableName: "orders-orders" };
    const index = { ...own, GlobalSecondaryIndexName: "byCustomer" };
    assert.deepEqual(
      alarms.map(({ metricName, dimensions, threshold }) => [metricName, dimensions, threshold]),
      [
        ["ReadThrottleEvents", index, 0],
        ["WriteThrottleEvents", index, 0],
        ["ReplicationLatency", { ...own, ReceivingRegion: "eu-west-1" }, 60_000],
        ["ReadThrottleEvents", own, 0],
        ["WriteThrottleEvents", own, 0],
      ],
    );
  });

  it("counts refused keys where it is told to, of its indexes too", async () => {
    const indexes = { byCustomer: { partitionKey: "customer" } };
    const insights = (await made({ contributorInsights: true, indexes })).all("ContributorInsights");
    assert.deepEqual(
      insights.map(({ inputs }) => [inputs["indexName"], inputs["mode"]]),
      [
        [undefined, "THROTTLED_KEYS"],
        ["byCustomer", "THROTTLED_KEYS"],
      ],
    );
    assert.deepEqual((await made({ indexes })).all("ContributorInsights"), []);
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const indexes = { byCustomer: { partitionKey: "customer" } };
    const capacity = { read: { min: 1, max: 2 }, write: { min: 1, max: 2 } };
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new Table(
          name,
          { ...kept, tableName: name, partitionKey: "id", indexes, capacity, stream: true },
          { protect: true },
        );
    });
    assert.equal(stack.all(tableType).length, 2);
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses what DynamoDB refuses", async () => {
    const units = { min: 1, max: 2 };
    const replica = { region: "eu-west-1", keyArn };
    const rows: readonly (readonly [Partial<TableArgs>, RegExp])[] = [
      [{ tableName: "ab" }, /tableName is ab; it must be 3 to 255/],
      [{ tableName: "a b c" }, /tableName is a b c/],
      [{ partitionKey: "" }, /a key is ; it must be 1 to 255/],
      [{ sortKey: "x".repeat(256) }, /a key is x+; it must be/],
      [
        { indexes: { id: { partitionKey: { name: "id", type: "number" } } } },
        /id is to be of the types S and N/,
      ],
      [{ indexes: { x: { partitionKey: "y" } } }, /indexes is x; it must be 3 to 255/],
      [
        {
          indexes: Object.fromEntries(
            Array.from({ length: 21 }, (_, n) => [`index-${n}`, { partitionKey: "y" }]),
          ),
        },
        /indexes are 21; a table has at most 20/,
      ],
      [{ expiresAt: "id" }, /expiresAt is id, a key that is no number/],
      [{ recoveryDays: 0 }, /recoveryDays is 0; .*from 1 to 35/],
      [{ recoveryDays: 36 }, /recoveryDays is 36/],
      [{ capacity: { read: { min: 0, max: 2 }, write: units } }, /capacity\.read\.min is 0/],
      [{ capacity: { read: units, write: { min: 1, max: 40_001 } } }, /capacity\.write\.max is 40001/],
      [{ capacity: { read: { min: 3, max: 2 }, write: units } }, /read\.min is 3; it must be at most max, 2/],
      [
        { capacity: { read: units, write: units }, replicas: [replica] },
        /replicas need a table that is paid/,
      ],
      [{ replicas: [replica, replica] }, /replicas name eu-west-1/],
      [{ replicas: [{ ...replica, region: "eu-central-1" }] }, /replicas name eu-central-1/],
    ];
    for (const [args, says] of rows) await assert.rejects(made(args), says);
  });

  it("takes all days and units that DynamoDB does", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 35 }),
        fc.tuple(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: 1, max: 40_000 })),
        async (recoveryDays, pair) => {
          const [min, max] = [Math.min(...pair), Math.max(...pair)];
          const inputs = await table({
            recoveryDays,
            capacity: { read: { min, max }, write: { min, max } },
          });
          assert.deepEqual(inputs["pointInTimeRecovery"], {
            enabled: true,
            recoveryPeriodInDays: recoveryDays,
          });
          assert.equal(inputs["readCapacity"], min);
        },
      ),
      { numRuns: 10 },
    );
  });
});
