import assert from "node:assert/strict";
import fc from "fast-check";
import { Parameter, type ParameterArgs } from "../../../components/data/parameter";
import { parameterAccess } from "../../../components/data/parameter-access";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";
import { alarmTopics } from "../told";
import { elsewhere, requireNarrow } from "./narrow";

const usual: ParameterArgs = {
  at,
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  deletionProtection: true,
  multiZone: true,
  alarmTopics,
  parameterName: "/orders/largest-cart",
  description: "How many things one cart holds",
  value: "50",
};
const ssmType = "aws:ssm/parameter:Parameter";
const made = (args: Partial<ParameterArgs> = {}) =>
  planned(() => new Parameter("cart", { ...usual, ...args }));

describe("a parameter", () => {
  it("shows what it is, in the plan too", async () => {
    assert.deepEqual((await made({ allowedPattern: "^\\d+$" })).one(ssmType).inputs, {
      name: "/orders/largest-cart",
      description: "How many things one cart holds",
      type: "String",
      tier: "Standard",
      insecureValue: "50",
      allowedPattern: "^\\d+$",
    });
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      new Parameter("one", { ...usual, parameterName: "/one" });
      new Parameter("two", { ...usual, parameterName: "/two" });
    });
    assert.equal(stack.all(ssmType).length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses names that SSM refuses", async () => {
    for (const parameterName of [
      "",
      "/",
      "orders/x",
      "/orders/",
      "/orders//x",
      "/aws/x",
      "/AWSome",
      "/ssm-x",
      "/a b",
      "/a".repeat(16),
      `/${"a".repeat(1_011)}`,
    ])
      await assert.rejects(made({ parameterName }), /parameterName is /, parameterName);
    assert.ok(await made({ parameterName: "/a".repeat(15) }));
  });

  it("refuses values that SSM refuses, counting bytes", async () => {
    for (const value of ["", "a".repeat(4_097), "ü".repeat(2_049)])
      await assert.rejects(made({ value }), /value has \d+ bytes/);
    assert.ok(await made({ value: "ü".repeat(2_048) }));
    await assert.rejects(made({ value: "{{ other }}" }), /another parameter's name/);
    await assert.rejects(made({ value: "many", allowedPattern: "^\\d+$" }), /does not match allowedPattern/);
    for (const description of ["", " ", "a".repeat(1_025)])
      await assert.rejects(made({ description }), /description has \d+ characters/);
  });

  it("holds every other value as it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 500 }), async value => {
        fc.pre(!value.includes("{{"));
        assert.equal((await made({ value })).one(ssmType).inputs["insecureValue"], value);
      }),
      { numRuns: 15 },
    );
  });
});

describe("access to a parameter", () => {
  const own = "arn:aws:ssm:eu-central-1:111122223333:parameter/orders/largest-cart";
  for (const access of ["read", "readSecure"] as const)
    it(`to ${access} reads this one as it is now, and no other`, () =>
      requireNarrow(parameterAccess(at, "/orders/largest-cart", access), {
        actions: ["ssm:GetParameter", "ssm:GetParameters"],
        on: [own],
        notOn: [
          `${own}-2`,
          `${own}/x`,
          own.slice(0, -1),
          own.replace("orders", "payments"),
          ...elsewhere(own),
        ],
        not: [
          "ssm:PutParameter",
          "ssm:DeleteParameter",
          "ssm:GetParametersByPath",
          "ssm:GetParameterHistory",
          "ssm:PutResourcePolicy",
        ],
      }));

  it("uses the key only for what is encrypted with it, and through SSM", () => {
    assert.equal(parameterAccess(at, "/a", "read").keyThrough, undefined);
    assert.deepEqual(parameterAccess(at, "/a", "readSecure").keyThrough, ["ssm"]);
  });

  it("tells the container the value that was, and where the value is", () => {
    const { settings, parameters } = parameterAccess(at, "/a/b", "read");
    assert.deepEqual([settings, parameters], [{ PARAMETER: "/a/b" }, { VALUE: "/a/b" }]);
  });
});
