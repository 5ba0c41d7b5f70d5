import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import {
  PublishedParameters,
  type PublishedParametersArgs,
  readPublished,
} from "../../../components/account/published-parameters";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

type Values = PublishedParametersArgs["values"];
const published = (values: Values) => planned(() => new PublishedParameters("account", { values }));

async function parameter(value: Values[string]) {
  const { type, insecureValue: its } = (await published({ it: value })).one("Parameter", "account-it").inputs;
  return [type, its];
}

describe("published parameters", () => {
  it("are below one path, in the tier that costs nothing", async () => {
    const stack = await published({ "vpc-id": "vpc-1", "subnets/private": ["subnet-1", "subnet-2"] });
    const made = stack
      .all("Parameter")
      .map(({ inputs }) => [inputs["name"], inputs["type"], inputs["tier"], inputs["insecureValue"]]);
    assert.deepEqual(made.sort(), [
      ["/landing-zone/subnets/private", "StringList", "Standard", "subnet-1,subnet-2"],
      ["/landing-zone/vpc-id", "String", "Standard", "vpc-1"],
    ]);
  });

  it("take what is known only later, and tell one from several when it is", async () => {
    assert.deepEqual(await parameter(pulumi.output("vpc-1")), ["String", "vpc-1"]);
    assert.deepEqual(await parameter(pulumi.output(["a", "b"])), ["StringList", "a,b"]);
    assert.deepEqual(await parameter([pulumi.output("a"), "b"]), ["StringList", "a,b"]);
    assert.deepEqual(await parameter(Promise.resolve("vpc-1")), ["String", "vpc-1"]);
    // One of several is several.
    assert.deepEqual(await parameter(["a"]), ["StringList", "a"]);
    // One value may have a comma.
    assert.deepEqual(await parameter("a,b"), ["String", "a,b"]);
  });

  it("come from what the stack makes", async () => {
    const stack = await planned(() => {
      const group = new aws.ec2.SecurityGroup("web", {});
      new PublishedParameters("account", { values: { one: group.id, several: [group.id, "sg-2"] } });
    });
    for (const name of ["account-one", "account-several"])
      assert.deepEqual(stack.from(stack.one("Parameter", name), "insecureValue"), ["web"]);
    assert.equal(stack.one("Parameter", "account-several").inputs["type"], "StringList");
  });

  it("say what they are called, are there twice in a stack, and are as the policy pack wants them", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) {
        const values = { [`${name}/vpc-id`]: "vpc-1" };
        const { parameterNames } = new PublishedParameters(name, { values });
        assert.deepEqual(parameterNames, { [`${name}/vpc-id`]: `/landing-zone/${name}/vpc-id` });
      }
    });
    assert.equal(stack.all("Parameter").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });
});

describe("published parameters refuse", () => {
  it("names that SSM refuses", async () => {
    for (const what of ["", "/vpc", "vpc/", "a//b", "a b", "vpc:id", "größe", "a,b", "a*"])
      await assert.rejects(published({ [what]: "v" }), /a name must be of letters/, what);
    await assert.rejects(
      published({ [Array(15).fill("a").join("/")]: "v" }),
      /has 15 levels, and SSM takes 14/,
    );
    await published({ [Array(14).fill("a").join("/")]: "v" });
    await assert.rejects(published({ ["a".repeat(949)]: "v" }), /has 963 characters, and SSM takes 962/);
    await published({ ["a".repeat(948)]: "v" });
  });

  it("no name that SSM takes", async () => {
    const level = fc.stringMatching(/^[a-zA-Z0-9_.-]{1,30}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(level, { minLength: 1, maxLength: 14 }), async levels => {
        const what = levels.join("/");
        const { inputs } = (await published({ [what]: "v" })).one("Parameter");
        assert.equal(inputs["name"], `/landing-zone/${what}`);
      }),
      { numRuns: 25 },
    );
  });

  it("values that SSM refuses or would understand otherwise, now or when they are known", async () => {
    const later = (value: string | string[]): Values[string] =>
      typeof value === "string" ? pulumi.output(value) : pulumi.output(value);
    for (const [value, message] of [
      ["", /values.it is empty/],
      [[], /values.it is empty/],
      [["a", ""], /holds an empty value/],
      [["a", "b,c"], /values.it holds b,c; a comma/],
      ["{{ssm:other}}", /has \{\{ in it/],
      ["a".repeat(4_097), /has 4097 bytes/],
      ["ä".repeat(2_049), /has 4098 bytes/],
    ] as [string | string[], RegExp][]) {
      await assert.rejects(published({ it: value }), message);
      await assert.rejects(published({ it: later(value) }), message);
    }
    await published({ it: "ä".repeat(2_048) });
  });

  it("to publish nothing", async () => {
    await assert.rejects(published({}), /values is empty/);
  });
});

describe("who may read what is published", () => {
  it("reads that, one by one or all, and no other parameter", () => {
    const identity = [readDocument({ Statement: readPublished(at) })];
    const asked = (action: string, name: string) =>
      evaluate(
        {
          principal: {
            kind: "role",
            arn: "arn:aws:iam::111122223333:role/orders-api",
            account: at.accountId,
          },
          action: `ssm:${action}`,
          resource: `arn:aws:ssm:eu-central-1:111122223333:parameter/${name}`,
          context: {},
        },
        { identity },
      ).outcome;
    assert.equal(asked("GetParameter", "landing-zone/subnets/private"), "allowed");
    assert.equal(asked("GetParameters", "landing-zone/vpc-id"), "allowed");
    assert.equal(asked("GetParametersByPath", "landing-zone"), "allowed");
    assert.equal(asked("GetParameter", "landing-zone-secrets/x"), "denied");
    assert.equal(asked("GetParameter", "orders/password"), "denied");
    assert.equal(asked("PutParameter", "landing-zone/vpc-id"), "denied");
  });
});
