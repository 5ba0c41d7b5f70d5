import assert from "node:assert/strict";
import { isEveryAction, isWholeService, needsResource } from "../../iam/actions";
import { readDocument } from "../../iam/document";
import { matches } from "../../iam/wildcard";

describe("an IAM policy document", () => {
  it("is read from text or object, with single values or lists", () => {
    const statement = {
      Sid: "Read",
      Effect: "Allow",
      Principal: { AWS: "111122223333", Service: ["ecs.amazonaws.com", "logs.amazonaws.com"] },
      Action: "s3:GetObject",
      NotResource: ["arn:aws:s3:::pay", "arn:aws:s3:::pay/*"],
      Condition: { Bool: { "aws:SecureTransport": true }, StringLike: { "s3:prefix": ["a/*", "b/*"] } },
    };
    const read = readDocument({ Statement: statement });
    assert.deepEqual(read, readDocument(JSON.stringify({ Statement: [statement] })));
    assert.deepEqual(read.faults, []);
    assert.deepEqual(read.statements, [
      {
        name: "statement 1 (Read)",
        effect: "Allow",
        actions: ["s3:GetObject"],
        notActions: [],
        resources: [],
        notResources: ["arn:aws:s3:::pay", "arn:aws:s3:::pay/*"],
        principals: [
          { kind: "AWS", id: "111122223333" },
          { kind: "Service", id: "ecs.amazonaws.com" },
          { kind: "Service", id: "logs.amazonaws.com" },
        ],
        notPrincipals: [],
        conditions: [
          { operator: "Bool", key: "aws:SecureTransport", values: ["true"] },
          { operator: "StringLike", key: "s3:prefix", values: ["a/*", "b/*"] },
        ],
        hasVariables: false,
      },
    ]);
  });

  it("says what cannot be read and reads the rest", () => {
    const { statements, faults } = readDocument({
      Statement: [
        { Effect: "allow", Action: ["s3:GetObject", 1] },
        { Effect: "Deny", Action: "*" },
        7,
        { Effect: "Allow", Principal: { AWS: ["*", 7] }, Condition: { Bool: { a: "b", c: [{}] } } },
      ],
    });
    assert.deepEqual(
      statements.map(({ name }) => name),
      ["statement 2"],
    );
    assert.deepEqual(faults, [
      "statement 1: Effect is neither Allow nor Deny",
      "statement 1: Action is not text",
      "statement 3: it is not an object",
      "statement 4: Principal cannot be read",
      "statement 4: Condition cannot be read",
    ]);
    for (const broken of ["{", "[]", undefined, null, 7, {}])
      assert.equal(readDocument(broken).faults.length, 1);
  });

  it("matches wildcards as IAM does", () => {
    const matching = [
      ["*", ""],
      ["a*c", "abbc"],
      ["a?c", "abc"],
      ["*a*b*", "xxaxxbxx"],
      ["arn:*:role/lz-*", "arn:x:y:role/lz-a"],
    ];
    const differing = [
      ["a?c", "ac"],
      ["a*c", "abcd"],
      ["", "a"],
      ["a.c", "abc"],
      ["*a", "ab"],
    ];
    for (const [pattern = "", text = ""] of matching) assert.ok(matches(pattern, text), `${pattern} ${text}`);
    for (const [pattern = "", text = ""] of differing)
      assert.ok(!matches(pattern, text), `${pattern} ${text}`);
    assert.equal(matches(`${"*a".repeat(200)}b`, "a".repeat(2000)), false);
  });

  it("tells how far an action reaches", () => {
    assert.deepEqual(["*", "*:*", "s*:Get*", "s3"].map(isEveryAction), [true, true, true, true]);
    assert.deepEqual(["s3:*", "s3:**", "s3:?*", "s3:Get*", "*"].map(isWholeService), [
      true,
      true,
      true,
      false,
      false,
    ]);
    const needing = [
      "s3:PutObject",
      "kms:Decrypt",
      "s3:Get*",
      "secretsmanager:GetSecretValue",
      "sqs:ReceiveMessage",
    ];
    const free = [
      "ec2:Describe*",
      "s3:ListAllMyBuckets",
      "ecr:GetAuthorizationToken",
      "XRAY:puttracesegments",
    ];
    assert.deepEqual([...needing, ...free].filter(needsResource), needing);
  });
});
