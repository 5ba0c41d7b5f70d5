import assert from "node:assert/strict";
import fc from "fast-check";
import { Stream, type StreamArgs } from "../../../components/data/stream";
import { streamAccess } from "../../../components/data/stream-access";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";
import { alarmTopics, toldOf } from "../told";
import { elsewhere, requireNarrow } from "./narrow";

const usual: StreamArgs = {
  at,
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  deletionProtection: true,
  multiZone: true,
  alarmTopics,
  streamName: "orders-clicks",
};
const streamType = "aws:kinesis/stream:Stream";
const made = (args: Partial<StreamArgs> = {}) =>
  planned(() => new Stream("clicks", { ...usual, ...args }, { protect: true }));

describe("a stream", () => {
  it("is encrypted with the product's key and kept for a week", async () => {
    const { inputs, protect } = (await made()).one(streamType);
    assert.equal(inputs["name"], "orders-clicks");
    assert.deepEqual([inputs["encryptionType"], inputs["kmsKeyId"]], ["KMS", usual.keyArn]);
    assert.equal(inputs["retentionPeriod"], 168);
    assert.equal(inputs["enforceConsumerDeletion"], false);
    assert.equal(protect, true);
  });

  it("grows by itself, or has the shards that it is given", async () => {
    const sized = async (shards?: number) => {
      const { inputs } = (await made({ shards })).one(streamType);
      return [inputs["streamModeDetails"], inputs["shardCount"]];
    };
    assert.deepEqual(await sized(), [{ streamMode: "ON_DEMAND" }, undefined]);
    assert.deepEqual(await sized(3), [{ streamMode: "PROVISIONED" }, 3]);
  });

  it("is left behind where it must not be deleted, since AWS would delete it", async () => {
    assert.equal((await made()).one(streamType).retainOnDelete, true);
    assert.equal((await made({ deletionProtection: false })).one(streamType).retainOnDelete, false);
  });

  it("shows by shard which of them is hot", async () => {
    const metrics = (await made()).one(streamType).inputs["shardLevelMetrics"] as string[];
    for (const metric of ["WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded"])
      assert.ok(metrics.includes(metric), metric);
    assert.ok(!metrics.includes("ALL"));
  });

  it("wakes somebody when it refuses for a while, or when a consumer has lost half of its time", async () => {
    const stack = await made({ retentionHours: 48 });
    const alarms = stack.all("MetricAlarm").map(({ inputs }) => inputs);
    for (const alarm of alarms) {
      assert.equal(alarm["namespace"], "AWS/Kinesis");
      assert.deepEqual(alarm["dimensions"], { StreamName: "orders-clicks" });
      assert.deepEqual(alarm["alarmActions"], toldOf(alarm));
    }
    assert.deepEqual(
      alarms.map(({ metricName, statistic, threshold, evaluationPeriods, period }) => [
        metricName,
        statistic,
        threshold,
        Number(evaluationPeriods) * Number(period),
      ]),
      [
        ["GetRecords.IteratorAgeMilliseconds", "Maximum", 24 * 3_600_000, 300],
        ["ReadProvisionedThroughputExceeded", "Sum", 0, 900],
        ["WriteProvisionedThroughputExceeded", "Sum", 0, 900],
      ],
    );
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      new Stream("one", { ...usual, streamName: "one" });
      new Stream("two", { ...usual, streamName: "two", shards: 2 });
    });
    assert.equal(stack.all(streamType).length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  it("takes all hours and shards that Kinesis does, and no others", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 24, max: 8_760 }),
        fc.integer({ min: 1, max: 200 }),
        async (retentionHours, shards) => {
          const { inputs } = (await made({ retentionHours, shards })).one(streamType);
          assert.deepEqual([inputs["retentionPeriod"], inputs["shardCount"]], [retentionHours, shards]);
        },
      ),
      { numRuns: 10 },
    );
    for (const retentionHours of [0, 23, 8_761, 24.5, Number.NaN])
      await assert.rejects(made({ retentionHours }), /retentionHours is .*from 24 to 8,760/);
    for (const shards of [0, -1, 201, 1.5]) await assert.rejects(made({ shards }), /shards is .*1 to 200/);
    for (const streamName of ["", "a b", "a/b", "a".repeat(129)])
      await assert.rejects(made({ streamName }), /streamName is /);
  });
});

describe("access to a stream", () => {
  const own = "arn:aws:kinesis:eu-central-1:111122223333:stream/orders-clicks";
  const notOn = [
    `${own}-2`,
    own.slice(0, -1),
    `${own}/consumer/c:1`,
    ...elsewhere(own),
    own.replace("stream/", "stream/x-"),
  ];
  const owners = [
    "kinesis:DeleteStream",
    "kinesis:PutResourcePolicy",
    "kinesis:StopStreamEncryption",
    "kinesis:DecreaseStreamRetentionPeriod",
    "kinesis:RegisterStreamConsumer",
  ];

  it("publishes, and can not read", () =>
    requireNarrow(streamAccess(at, "orders-clicks", "publish"), {
      actions: ["kinesis:PutRecord", "kinesis:PutRecords"],
      on: [own],
      notOn,
      not: [...owners, "kinesis:GetRecords", "kinesis:GetShardIterator"],
    }));

  it("consumes, and can not publish", () =>
    requireNarrow(streamAccess(at, "orders-clicks", "consume"), {
      actions: [
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:DescribeStreamSummary",
      ],
      on: [own],
      notOn,
      not: [...owners, "kinesis:PutRecord", "kinesis:PutRecords"],
    }));

  it("uses the key through Kinesis, and tells the container the name", () => {
    const { keyThrough, settings } = streamAccess(at, "orders-clicks", "consume");
    assert.deepEqual([keyThrough, settings], [["kinesis"], { STREAM: "orders-clicks" }]);
  });
});
