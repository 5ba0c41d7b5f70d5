// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are variables of policies.

import assert from "node:assert/strict";
import { readDocument } from "../../iam/document";
import type { Request } from "../../iam/request";
import { statementHolds } from "../../iam/statement";
import type { Holds } from "../../iam/three-valued";
import { allow, request } from "./requests";

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Context = Request["context"];

/** What the rule is, the condition, the condition keys of the request, and whether the statement holds. */
type Row = readonly [rule: string, condition: Condition, context: Context, holds: Holds];

const holds = (
  condition: Condition,
  context: Context,
  more: Partial<Request> = {},
  version = "2012-10-17",
) => {
  const { statements } = readDocument({ Version: version, Statement: allow({ Condition: condition }) });
  assert.ok(statements[0]);
  return statementHolds(statements[0], request({ context, ...more }));
};

const instance = "arn:aws:ec2:eu-west-1:111122223333:instance/i-1";

const rows: readonly Row[] = [
  ["StringEquals is exact", { StringEquals: { k: "Bob" } }, { k: "Bob" }, "yes"],
  ["StringEquals minds case", { StringEquals: { k: "Bob" } }, { k: "bob" }, "no"],
  ["StringEquals takes a star for a star", { StringEquals: { k: "B*" } }, { k: "Bob" }, "no"],
  ["the values of one key are alternatives", { StringEquals: { k: ["a", "b"] } }, { k: "b" }, "yes"],
  ["the keys of one operator must all hold", { StringEquals: { k: "a", l: "b" } }, { k: "a", l: "c" }, "no"],
  [
    "operators must all hold",
    { StringEquals: { k: "a" }, Bool: { b: "true" } },
    { k: "a", b: "false" },
    "no",
  ],
  [
    "the names of keys are in any case",
    { StringEquals: { "AWS:SourceVpc": "v" } },
    { "aws:sourcevpc": "v" },
    "yes",
  ],
  [
    "StringNotEquals holds where no value is equal",
    { StringNotEquals: { k: ["a", "b"] } },
    { k: "c" },
    "yes",
  ],
  ["StringNotEquals fails on one equal value", { StringNotEquals: { k: ["a", "b"] } }, { k: "b" }, "no"],
  ["StringEqualsIgnoreCase ignores case", { StringEqualsIgnoreCase: { k: "Bob" } }, { k: "bOB" }, "yes"],
  ["StringNotEqualsIgnoreCase ignores case", { StringNotEqualsIgnoreCase: { k: "Bob" } }, { k: "bOB" }, "no"],
  ["StringLike takes wildcards", { StringLike: { k: "a*c?" } }, { k: "abbcd" }, "yes"],
  ["StringLike minds case", { StringLike: { k: "A*" } }, { k: "ab" }, "no"],
  ["StringNotLike is its opposite", { StringNotLike: { k: "a*" } }, { k: "ab" }, "no"],

  ["a missing key fails", { StringEquals: { k: "a" } }, {}, "no"],
  ["a missing key fulfils a negated operator", { StringNotEquals: { k: "a" } }, {}, "yes"],
  ["a missing key fulfils ArnNotLike", { ArnNotLike: { k: "arn:aws:iam::*:role/a" } }, {}, "yes"],
  ["a missing key fulfils NotIpAddress", { NotIpAddress: { k: "10.0.0.0/8" } }, {}, "yes"],
  ["a missing key fulfils IfExists", { StringEqualsIfExists: { k: "a" } }, {}, "yes"],
  ["IfExists compares a key that is there", { StringEqualsIfExists: { k: "a" } }, { k: "b" }, "no"],
  ["Null true wants the key missing", { Null: { k: "true" } }, {}, "yes"],
  ["Null true fails on the key", { Null: { k: true } }, { k: "a" }, "no"],
  ["Null false wants the key", { Null: { k: "false" } }, { k: "a" }, "yes"],
  ["Null false fails without the key", { Null: { k: "false" } }, { k: [] }, "no"],

  ["NumericEquals compares numbers", { NumericEquals: { k: "10" } }, { k: "10.0" }, "yes"],
  ["NumericNotEquals is its opposite", { NumericNotEquals: { k: 10 } }, { k: "10" }, "no"],
  ["NumericLessThan is of the request's value", { NumericLessThan: { k: "10" } }, { k: "9" }, "yes"],
  ["NumericLessThan leaves out the bound", { NumericLessThan: { k: "10" } }, { k: "10" }, "no"],
  ["NumericLessThanEquals takes the bound", { NumericLessThanEquals: { k: "10" } }, { k: "10" }, "yes"],
  ["NumericGreaterThan is not of text", { NumericGreaterThan: { k: "9" } }, { k: "10" }, "yes"],
  ["NumericGreaterThanEquals", { NumericGreaterThanEquals: { k: "10" } }, { k: "9" }, "no"],
  ["what is no number cannot be compared", { NumericLessThan: { k: "10" } }, { k: "many" }, "unknown"],

  [
    "DateLessThan compares instants over time zones",
    { DateLessThan: { k: "2026-01-01T00:00:00Z" } },
    { k: "2026-01-01T00:30:00+01:00" },
    "yes",
  ],
  ["DateGreaterThan", { DateGreaterThan: { k: "2026-01-01" } }, { k: "2025-12-31" }, "no"],
  ["dates may be seconds", { DateEquals: { k: "1767225600" } }, { k: "2026-01-01T00:00:00Z" }, "yes"],
  ["DateNotEquals", { DateNotEquals: { k: "2026-01-01" } }, { k: "2026-01-02" }, "yes"],
  [
    "DateLessThanEquals takes the bound",
    { DateLessThanEquals: { k: "2026-01-01" } },
    { k: "2026-01-01" },
    "yes",
  ],
  ["DateGreaterThanEquals", { DateGreaterThanEquals: { k: "2026-01-01" } }, { k: "2026-01-01" }, "yes"],
  [
    "a time without a zone is no date",
    { DateLessThan: { k: "2026-01-01T00:00:00" } },
    { k: "2025-01-01" },
    "unknown",
  ],

  ["Bool", { Bool: { "aws:SecureTransport": false } }, { "aws:SecureTransport": "false" }, "yes"],
  ["Bool is false without the key", { Bool: { "aws:SecureTransport": "false" } }, {}, "no"],
  ["BinaryEquals compares bytes", { BinaryEquals: { k: "QmluYXJ5" } }, { k: "QmluYXJ5" }, "yes"],
  ["BinaryEquals of other bytes", { BinaryEquals: { k: "QmluYXJ5" } }, { k: "QmluYXJ6" }, "no"],

  ["IpAddress takes a range", { IpAddress: { k: "203.0.113.0/24" } }, { k: "203.0.113.7" }, "yes"],
  ["IpAddress takes one address", { IpAddress: { k: "203.0.113.7" } }, { k: "203.0.113.8" }, "no"],
  [
    "IpAddress takes IPv6",
    { IpAddress: { k: "2001:DB8:1234:5678::/64" } },
    { k: "2001:db8:1234:5678::1" },
    "yes",
  ],
  ["an IPv4 range has no IPv6 address", { IpAddress: { k: "0.0.0.0/0" } }, { k: "2001:db8::1" }, "no"],
  ["NotIpAddress", { NotIpAddress: { k: ["10.0.0.0/8", "192.0.2.0/24"] } }, { k: "192.0.2.9" }, "no"],
  ["a bad range cannot be compared", { NotIpAddress: { k: "10.0.0.0/40" } }, { k: "10.0.0.1" }, "unknown"],

  [
    "ArnLike takes wildcards in each part",
    { ArnLike: { k: "arn:aws:ec2:*:*:instance/*" } },
    { k: instance },
    "yes",
  ],
  [
    "ArnEquals takes wildcards too",
    { ArnEquals: { k: "arn:aws:ec2:eu-*:*:instance/i-?" } },
    { k: instance },
    "yes",
  ],
  [
    "a star of ArnLike stays within its part",
    { ArnLike: { k: "arn:aws:*:instance/*:x:y" } },
    { k: instance },
    "no",
  ],
  [
    "the last part of an ARN may hold colons",
    { ArnLike: { k: "arn:aws:logs:*:*:group:*" } },
    { k: "arn:aws:logs:a:1:group:b:c" },
    "yes",
  ],
  ["ArnNotEquals", { ArnNotEquals: { k: "arn:aws:ec2:*:*:instance/*" } }, { k: instance }, "no"],
  ["ArnNotLike", { ArnNotLike: { k: "arn:aws:ec2:*:*:volume/*" } }, { k: instance }, "yes"],
  ["what is no ARN matches none", { ArnLike: { k: "arn:aws:ec2:*:*:*" } }, { k: "i-1" }, "no"],

  [
    "ForAllValues wants every value of the request",
    { "ForAllValues:StringEquals": { k: ["a", "b"] } },
    { k: ["a", "b"] },
    "yes",
  ],
  [
    "ForAllValues fails on one other value",
    { "ForAllValues:StringEquals": { k: ["a", "b"] } },
    { k: ["a", "c"] },
    "no",
  ],
  ["ForAllValues holds without the key", { "ForAllValues:StringEquals": { k: "a" } }, {}, "yes"],
  ["ForAllValues holds of the empty text", { "ForAllValues:StringEquals": { k: "a" } }, { k: "" }, "yes"],
  [
    "ForAllValues of a negated operator wants none equal",
    { "ForAllValues:StringNotEquals": { k: "a" } },
    { k: ["b", "a"] },
    "no",
  ],
  [
    "ForAnyValue wants one value of the request",
    { "ForAnyValue:StringEquals": { k: ["a", "b"] } },
    { k: ["c", "b"] },
    "yes",
  ],
  ["ForAnyValue fails without the key", { "ForAnyValue:StringEquals": { k: "a" } }, {}, "no"],
  [
    "ForAnyValue of a negated operator fails without the key",
    { "ForAnyValue:StringNotEquals": { k: "a" } },
    {},
    "no",
  ],
  [
    "ForAnyValue of a negated operator wants one that differs",
    { "ForAnyValue:StringNotLike": { k: "a*" } },
    { k: ["a", "b"] },
    "yes",
  ],
  [
    "ForAnyValue with IfExists holds without the key",
    { "ForAnyValue:StringLikeIfExists": { k: "a" } },
    {},
    "yes",
  ],
  [
    "several values need a set operator where they differ",
    { StringEquals: { k: "a" } },
    { k: ["a", "b"] },
    "unknown",
  ],

  [
    "a variable takes the value of its key",
    { StringEquals: { k: "${aws:PrincipalAccount}" } },
    { k: "111122223333" },
    "yes",
  ],
  [
    "a variable may be a part",
    { StringLike: { k: "home/${aws:username}/*" } },
    { k: "home/bob/x", "aws:username": "bob" },
    "yes",
  ],
  [
    "a variable in an ARN",
    { ArnLike: { k: "arn:aws:iam::${aws:PrincipalAccount}:role/*" } },
    { k: "arn:aws:iam::111122223333:role/a" },
    "yes",
  ],
  [
    "a variable's default",
    { StringEquals: { k: "${aws:PrincipalTag/team, 'it''s none'}" } },
    { k: "it's none" },
    "yes",
  ],
  [
    "a value goes before the default",
    { StringEquals: { k: "${l, 'none'}" } },
    { k: "none", l: "some" },
    "no",
  ],
  ["${*} is a star", { StringLike: { k: "a${*}" } }, { k: "ab" }, "no"],
  ["${*} matches a star", { StringLike: { k: "a${*}${?}${$}" } }, { k: "a*?$" }, "yes"],
  ["a value's own star is no wildcard", { StringLike: { k: "${l}" } }, { k: "ab", l: "a*" }, "no"],
  ["a variable without a value equals nothing", { StringEquals: { k: "${l}" } }, { k: "${l}" }, "no"],
  ["a variable without a value differs from all", { StringNotEquals: { k: "${l}" } }, { k: "a" }, "yes"],
  ["numbers take no variables", { NumericEquals: { k: "${l}" } }, { k: "1", l: "1" }, "unknown"],
  ["an unknown operator is undecided", { StringAlmost: { k: "a" } }, { k: "a" }, "unknown"],
  ["Null takes no IfExists", { NullIfExists: { k: "true" } }, {}, "unknown"],
  ["no name of JavaScript's is an operator", { constructor: { k: "a" } }, { k: "a" }, "unknown"],
];

describe("a condition of an IAM policy", () => {
  for (const [rule, condition, context, expected] of rows) {
    it(rule, () => assert.equal(holds(condition, context), expected));
  }

  it("has no variables before Version 2012-10-17", () => {
    const condition = { StringEquals: { k: "${l}" } };
    assert.equal(holds(condition, { k: "a", l: "a" }, {}, "2008-10-17"), "no");
    assert.equal(holds(condition, { k: "${l}" }, {}, "2008-10-17"), "yes");
  });

  it("is undecided on keys that are not known, under every operator that asks for them", () => {
    const asking = ["StringNotEquals", "StringEqualsIfExists", "Null", "ForAllValues:StringLike", "Bool"];
    for (const operator of asking) {
      assert.equal(holds({ [operator]: { k: "true" } }, {}, { absentKeys: "unknown" }), "unknown", operator);
    }
    const isNamed = { StringEquals: { k: "${l}" } };
    assert.equal(holds(isNamed, { k: "a" }, { absentKeys: "unknown" }), "unknown");
    assert.equal(holds({ Null: { k: "true" } }, { k: [] }, { absentKeys: "unknown" }), "yes");
  });
});
