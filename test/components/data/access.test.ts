/** What links to tables, buckets, queues and topics let a role do. */
import assert from "node:assert/strict";
import { bucketAccess } from "../../../components/data/bucket-access";
import { queueAccess } from "../../../components/data/queue-access";
import { tableAccess } from "../../../components/data/table-access";
import { topicAccess } from "../../../components/data/topic-access";
import type { Access } from "../../../components/identity/access";
import { at } from "../planned";
import { elsewhere, mayDo, requireNarrow } from "./narrow";

const here = (service: string, resource: string) =>
  `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const neighbours = (arn: string) => [
  `${arn}-2`,
  arn.slice(0, -1),
  arn.replace(/orders-q/, "x-orders-q"),
  ...elsewhere(arn),
];
/** The statement about one resource, by itself. */
const only = (access: Access, resource: string): Access => ({
  statements: access.statements.filter(({ Resource }) => [Resource].flat().includes(resource)),
});

describe("access to a table", () => {
  const own = here("dynamodb", "table/orders-q");
  const notOn = [...neighbours(own), `${own}/stream/2026-01-31T00:00:00.000`, `${own}/backup/1`];
  const reading = ["BatchGetItem", "ConditionCheckItem", "DescribeTable", "GetItem", "Query", "Scan"];
  const writing = ["BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"];
  const owners = [
    "DeleteTable",
    "UpdateTable",
    "PutResourcePolicy",
    "UpdateTimeToLive",
    "UpdateContinuousBackups",
    "CreateBackup",
    "ExportTableToPointInTime",
    "GetRecords",
    "PartiQLSelect",
  ].map(action => `dynamodb:${action}`);
  const prefixed = (actions: readonly string[]) => actions.map(action => `dynamodb:${action}`);

  it("reads, and can not write", () =>
    requireNarrow(only(tableAccess(at, "orders-q", "read"), own), {
      actions: prefixed(reading),
      on: [own],
      notOn,
      not: [...owners, ...prefixed(writing)],
    }));

  it("reads and writes, and can not administer", () =>
    requireNarrow(only(tableAccess(at, "orders-q", "readWrite"), own), {
      actions: prefixed([...reading, ...writing]),
      on: [own],
      notOn,
      not: owners,
    }));

  it("finds by every index, and does nothing else with it", async () => {
    const index = `${own}/index/byCustomer`;
    for (const access of ["read", "readWrite"] as const) {
      await requireNarrow(only(tableAccess(at, "orders-q", access), `${own}/index/*`), {
        actions: ["dynamodb:Query", "dynamodb:Scan"],
        on: [index],
        notOn: [`${own}-2/index/byCustomer`, ...elsewhere(index)],
        not: [...owners, ...prefixed(writing), "dynamodb:GetItem"],
      });
      assert.equal(tableAccess(at, "orders-q", access).statements.length, 2);
    }
  });

  it("consumes its stream, whenever that began, and neither reads nor writes the table", () =>
    requireNarrow(tableAccess(at, "orders-q", "consume"), {
      actions: prefixed(["DescribeStream", "GetRecords", "GetShardIterator"]),
      on: [`${own}/stream/2026-01-31T00:00:00.000`],
      notOn: [own, `${own}-2/stream/2026-01-31T00:00:00.000`, ...elsewhere(`${own}/stream/1`)],
      not: [
        ...owners.filter(action => action !== "dynamodb:GetRecords"),
        ...prefixed([...reading, ...writing]),
      ],
    }));

  it("tells the container the name, and where the stream's is", () => {
    const { settings, parameters, keyThrough } = tableAccess(at, "orders-q", "consume");
    assert.deepEqual(
      [settings, parameters, keyThrough],
      [{ TABLE: "orders-q" }, { STREAM_ARN: "/orders-q/stream" }, ["dynamodb"]],
    );
    assert.equal(tableAccess(at, "orders-q", "read").parameters, undefined);
  });
});

describe("access to a bucket", () => {
  const own = "arn:aws:s3:::orders-q";
  const writing = ["AbortMultipartUpload", "DeleteObject", "ListMultipartUploadParts", "PutObject"];
  const owners = [
    "DeleteBucket",
    "PutBucketPolicy",
    "PutLifecycleConfiguration",
    "DeleteObjectVersion",
    "GetObjectVersion",
    "PutObjectAcl",
    "PutObjectRetention",
    "BypassGovernanceRetention",
    "PutReplicationConfiguration",
  ].map(action => `s3:${action}`);
  const prefixed = (actions: readonly string[]) => actions.map(action => `s3:${action}`);
  const objects = {
    on: [`${own}/a`, `${own}/a/b`],
    notOn: [own, `${own}-2/a`, "arn:aws:s3:::orders/a", "arn:aws:s3:::x-orders-q/a"],
  };

  it("lists it and no other", () =>
    requireNarrow(only(bucketAccess(at, "orders-q", "read"), own), {
      actions: ["s3:ListBucket"],
      on: [own],
      notOn: [`${own}-2`, "arn:aws:s3:::orders", `${own}/a`],
      not: owners,
    }));

  it("gets what is in it, and can not put", () =>
    requireNarrow(only(bucketAccess(at, "orders-q", "read"), `${own}/*`), {
      actions: ["s3:GetObject"],
      ...objects,
      not: [...owners, ...prefixed(writing)],
    }));

  it("puts and deletes, in parts too, and neither administers nor touches earlier versions", () =>
    requireNarrow(only(bucketAccess(at, "orders-q", "readWrite"), `${own}/*`), {
      actions: prefixed(["GetObject", ...writing]),
      ...objects,
      not: owners,
    }));

  it("is two statements, uses the key through S3, and tells the container the name", () => {
    const { statements, keyThrough, settings } = bucketAccess(at, "orders-q", "readWrite");
    assert.deepEqual([statements.length, keyThrough, settings], [2, ["s3"], { BUCKET: "orders-q" }]);
  });
});

describe("access to a queue", () => {
  const owners = [
    "DeleteQueue",
    "PurgeQueue",
    "SetQueueAttributes",
    "AddPermission",
    "StartMessageMoveTask",
  ].map(action => `sqs:${action}`);
  for (const name of ["orders-q", "orders-q.fifo"]) {
    const own = here("sqs", name);
    const notOn = [...neighbours(own), here("sqs", "orders-q-dead-letters")];

    it(`sends to ${name}, and can not receive`, () =>
      requireNarrow(queueAccess(at, name, "send"), {
        actions: ["sqs:GetQueueUrl", "sqs:SendMessage"],
        on: [own],
        notOn,
        not: [...owners, "sqs:ReceiveMessage", "sqs:DeleteMessage"],
      }));

    it(`consumes ${name}, and can not send`, () =>
      requireNarrow(queueAccess(at, name, "consume"), {
        actions: [
          "sqs:ChangeMessageVisibility",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:GetQueueUrl",
          "sqs:ReceiveMessage",
        ],
        on: [own],
        notOn,
        not: [...owners, "sqs:SendMessage"],
      }));

    it(`tells the container the URL of ${name}`, () => {
      const { keyThrough, settings } = queueAccess(at, name, "send");
      assert.deepEqual(
        [keyThrough, settings],
        [["sqs"], { QUEUE_URL: `https://sqs.eu-central-1.amazonaws.com/111122223333/${name}` }],
      );
    });
  }
});

describe("access to a topic", () => {
  for (const name of ["orders-q", "orders-q.fifo"]) {
    const own = here("sns", name);

    it(`publishes to ${name}, and does nothing else`, () =>
      requireNarrow(topicAccess(at, name, "publish"), {
        actions: ["sns:Publish"],
        on: [own],
        notOn: [...neighbours(own), `${own}:1`],
        not: ["sns:DeleteTopic", "sns:Subscribe", "sns:SetTopicAttributes", "sns:AddPermission"],
      }));
  }

  it("uses the key through SNS, and tells the container the ARN", () => {
    const { statements, keyThrough, settings } = topicAccess(at, "orders-q", "publish");
    assert.deepEqual([keyThrough, settings], [["sns"], { TOPIC_ARN: here("sns", "orders-q") }]);
    assert.equal(mayDo(statements, "sns:Publish", here("sns", "orders-q")), "allowed");
  });
});
