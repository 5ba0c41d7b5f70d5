import assert from "node:assert/strict";
import { linkStatements, type ResourceLink } from "../../../components/identity/links";
import { at } from "../planned";

const table = "arn:aws:dynamodb:eu-central-1:111122223333:table/orders";
const reading = ["GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem", "DescribeTable"];
const writing = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];

/** What each link lets a role do, and to what. */
const links: readonly [
  ResourceLink,
  readonly (readonly [actions: readonly string[], resources: readonly string[]])[],
][] = [
  [
    { kind: "table", name: "orders", access: "read" },
    [[reading.map(action => `dynamodb:${action}`), [table, `${table}/index/*`]]],
  ],
  [
    { kind: "table", name: "orders", access: "readWrite" },
    [[[...reading, ...writing].map(action => `dynamodb:${action}`), [table, `${table}/index/*`]]],
  ],
  [
    { kind: "bucket", name: "pictures", access: "read" },
    [
      [["s3:ListBucket"], ["arn:aws:s3:::pictures"]],
      [["s3:GetObject"], ["arn:aws:s3:::pictures/*"]],
    ],
  ],
  [
    { kind: "bucket", name: "pictures", access: "readWrite" },
    [
      [["s3:ListBucket"], ["arn:aws:s3:::pictures"]],
      [["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], ["arn:aws:s3:::pictures/*"]],
    ],
  ],
  [
    { kind: "queue", name: "q", access: "send" },
    [[["sqs:SendMessage", "sqs:GetQueueUrl"], ["arn:aws:sqs:eu-central-1:111122223333:q"]]],
  ],
  [
    { kind: "queue", name: "q", access: "consume" },
    [
      [
        [
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:ChangeMessageVisibility",
          "sqs:GetQueueAttributes",
          "sqs:GetQueueUrl",
        ],
        ["arn:aws:sqs:eu-central-1:111122223333:q"],
      ],
    ],
  ],
  [
    { kind: "topic", name: "t", access: "publish" },
    [[["sns:Publish"], ["arn:aws:sns:eu-central-1:111122223333:t"]]],
  ],
];

describe("links", () => {
  for (const [link, expected] of links)
    it(`let a role ${link.access} a ${link.kind}, with its key, and nothing else`, () => {
      const all = linkStatements(at, [link], "orders");
      const key = all.pop();
      assert.deepEqual(
        all.map(({ Action, Resource }) => [Action, Resource]),
        expected,
      );
      assert.ok(all.every(({ Effect }) => Effect === "Allow"));
      assert.deepEqual([key?.Sid, key?.Action], ["Key", ["kms:Decrypt", "kms:GenerateDataKey"]]);
    });

  it("that are not there allow nothing", () => assert.deepEqual(linkStatements(at, [], "orders"), []));

  it("never reach everything, and the key only by its alias", () => {
    const all = linkStatements(
      at,
      links.map(([link]) => link),
      "orders",
    );
    for (const { Action, Resource, Sid, Condition } of all) {
      for (const action of [Action ?? []].flat()) assert.doesNotMatch(action, /\*/);
      for (const resource of [Resource ?? "*"].flat()) assert.doesNotMatch(resource, /^\*$|:\*$/);
      assert.equal(Condition !== undefined, Sid === "Key");
    }
    assert.equal(all.filter(({ Sid }) => Sid === "Key").length, 1);
  });
});
