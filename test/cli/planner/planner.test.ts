import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import {
  type PlannedResource,
  PolicyPackError,
  ProgramError,
  planStacks,
  type StackPlan,
} from "../../../cli/planner";
import { toJson } from "../../../cli/planner/json";

const root = resolve(__dirname, "../../..");
const pack = join(__dirname, "pack");
const options = { project: "test", root, idleMs: 300 };

/** Plans programs as stacks `a`, `b`, ... in this order. */
const plans = async (
  programs: readonly (() => unknown)[],
  policyPack?: string,
): Promise<readonly StackPlan[]> => {
  const stacks = programs.map((program, index) => ({ name: "abc".charAt(index), program }));
  return (await planStacks(stacks, { ...options, policyPack })).stacks;
};

async function planned(program: () => unknown, policyPack?: string): Promise<StackPlan> {
  const [stack] = await plans([program], policyPack);
  assert.ok(stack);
  return stack;
}

function named(stack: StackPlan | undefined, name: string): PlannedResource {
  const found = stack?.resources.find(resource => resource.name === name);
  assert.ok(found, `there is no ${name} among ${stack?.resources.map(resource => resource.name).join(", ")}`);
  return found;
}

const topic = (name: string, args: aws.sns.TopicArgs = {}, opts?: pulumi.CustomResourceOptions) =>
  new aws.sns.Topic(name, { displayName: "d", ...args }, opts);

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Group", name, {}, opts);
    topic(`${name}-inner`, {}, { parent: this });
    this.registerOutputs({});
  }
}

async function failure(program: () => unknown, policyPack?: string): Promise<Error> {
  try {
    await planned(program, policyPack);
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
  assert.fail("it was planned");
}

describe("the plan of a program", () => {
  it("knows what a resource is given and nothing that AWS decides", async () => {
    const stack = await planned(() => {
      const first = topic("first", { displayName: "known" });
      topic("second", {
        displayName: first.displayName.apply(name => name ?? ""),
        policy: first.arn,
        fifoTopic: true,
      });
    });
    assert.deepEqual(named(stack, "second").inputs, {
      displayName: "known",
      fifoTopic: true,
      policy: "[unknown]",
    });
  });

  it("never calls back with what is unknown", async () => {
    let called = 0;
    await planned(() => {
      const { id, displayName } = topic("first");
      id.apply(() => called++);
      displayName.apply(() => called++);
    });
    assert.equal(called, 1);
  });

  it("says through which inputs a resource depends on which", async () => {
    const stack = await planned(() => {
      const first = topic("first");
      const second = topic("second");
      topic("third", { displayName: first.arn }, { dependsOn: [second] });
    });
    const [first, second] = [named(stack, "first").urn, named(stack, "second").urn];
    const third = named(stack, "third");
    assert.deepEqual(third.propertyDependencies, { displayName: [first] });
    assert.deepEqual(third.dependencies, [first, second].sort());
  });

  it("keeps a resource's options", async () => {
    const stack = await planned(() => {
      topic(
        "kept",
        {},
        { protect: true, retainOnDelete: true, ignoreChanges: ["displayName"], aliases: [{ name: "old" }] },
      );
      topic("plain");
    });
    const { protect, retainOnDelete, ignoreChanges, aliases } = named(stack, "kept");
    assert.deepEqual(
      { protect, retainOnDelete, ignoreChanges },
      { protect: true, retainOnDelete: true, ignoreChanges: ["displayName"] },
    );
    assert.match(aliases[0] ?? "", /old/);
    const plain = named(stack, "plain");
    assert.deepEqual(
      [plain.protect, plain.retainOnDelete, plain.ignoreChanges, plain.aliases],
      [false, false, [], []],
    );
  });

  it("is a tree, whose URNs say the types of the parents", async () => {
    const stack = await planned(() => new Group("outer", {}));
    const inner = named(stack, "outer-inner");
    assert.equal(inner.urn, "urn:pulumi:a::test::test:index:Group$aws:sns/topic:Topic::outer-inner");
    assert.equal(inner.parent, named(stack, "outer").urn);
    assert.equal(named(stack, "outer").custom, false);
    assert.equal(named(stack, "outer").parent, named(stack, "test-a").urn);
    const order = stack.resources.map(({ name }) => name).filter(name => name.startsWith("outer"));
    assert.deepEqual(order, ["outer", "outer-inner"]);
  });

  it("says account and region of a resource by its provider, or by itself", async () => {
    const stack = await planned(() => {
      const provider = new aws.Provider("door", { region: "eu-west-1", allowedAccountIds: ["111122223333"] });
      const byRole = new aws.Provider("role", {
        assumeRoles: [{ roleArn: "arn:aws:iam::444455556666:role/r" }],
      });
      topic("there", {}, { provider });
      topic("edge", { region: "us-east-1" }, { provider });
      topic("other", {}, { provider: byRole });
    });
    const places = ["there", "edge", "other"].map(name => {
      const { account, region } = named(stack, name);
      return [account, region];
    });
    assert.deepEqual(places, [
      ["111122223333", "eu-west-1"],
      ["111122223333", "us-east-1"],
      ["444455556666", null],
    ]);
    assert.equal(named(stack, "there").provider, named(stack, "door").urn);
  });

  it("makes the default provider for a resource that names none, as the engine does", async () => {
    const stack = await planned(() => topic("first") && undefined);
    const { version } = require("@pulumi/aws/package.json") as { version: string };
    const name = `default_${version.replaceAll(".", "_")}`;
    assert.equal(named(stack, "first").provider, `urn:pulumi:a::test::pulumi:providers:aws::${name}`);
    assert.equal(named(stack, name).type, "pulumi:providers:aws");
  });

  it("applies the transforms of a resource and of the stack", async () => {
    const stack = await planned(() => {
      pulumi.runtime.registerResourceTransform(({ props, opts }) => ({
        props: { ...props, policy: `${props["policy"] ?? ""}stack` },
        opts,
      }));
      topic(
        "changed",
        {},
        {
          transforms: [
            ({ props, opts }) => ({
              props: { ...props, policy: "own, " },
              opts: { ...opts, protect: true },
            }),
          ],
        },
      );
    });
    assert.equal(named(stack, "changed").inputs["policy"], "own, stack");
    assert.equal(named(stack, "changed").protect, true);
  });

  it("never shows a secret, nor lets a policy's message show it", async () => {
    const stack = await planned(() => {
      topic("hidden", { displayName: pulumi.secret("bad-password") });
      return { password: pulumi.secret("bad-password") };
    }, pack);
    assert.equal(named(stack, "hidden").inputs["displayName"], "[secret]");
    assert.deepEqual(stack.outputs, { password: "[secret]" });
    assert.ok(stack.violations.some(({ message }) => message.includes("the name is [secret]")));
    assert.ok(!toJson({ stacks: [stack], ms: 0 }).includes("bad-password"));
  });

  it("is the same bytes, in whatever order promises come", async () => {
    const program = (delays: readonly number[]) => async () => {
      const made = await Promise.all(
        delays.map(async (ms, index) => {
          await new Promise(done => setTimeout(done, ms));
          return topic(`p${index}`, { displayName: index % 3 === 0 ? "bad" : "good" });
        }),
      );
      topic("all", { displayName: pulumi.interpolate`${made[0]?.arn}${made[1]?.arn}` });
      return { b: 1, a: made[0]?.arn };
    };
    const bytes = async (delays: readonly number[]) =>
      toJson({ stacks: [{ ...(await planned(program(delays), pack)), ms: 0 }], ms: 0 });
    const expected = await bytes([0, 0, 0, 0, 0, 0]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(15), { minLength: 6, maxLength: 6 }), async delays => {
        assert.equal(await bytes(delays), expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a reference to another stack", () => {
  const upstream = () => {
    const { arn } = topic("up");
    return { known: "k", list: ["x", arn], secret: pulumi.secret("hush-hush"), unknown: arn };
  };
  const reference = () => new pulumi.StackReference("up", { name: "organization/test/a" });

  it("yields the outputs it is planned to have: known, unknown and secret", async () => {
    const [, below] = await plans([
      upstream,
      () => {
        const { outputs } = reference();
        topic("known", { displayName: outputs["known"] as unknown as pulumi.Output<string> });
        topic("unknown", { displayName: outputs["unknown"] as unknown as pulumi.Output<string> });
        topic("secret", { displayName: outputs["secret"] as unknown as pulumi.Output<string> });
      },
    ]);
    assert.deepEqual(
      ["known", "unknown", "secret"].map(name => named(below, name).inputs["displayName"]),
      // The SDK takes all outputs of a stack for secret as soon as one is.
      ["[secret]", "[unknown]", "[secret]"],
    );
    assert.deepEqual(below?.references, ["a"]);
  });

  it("yields what is known beside what is not", async () => {
    const [, below] = await plans([
      () => ({ known: "k", unknown: topic("up").arn }),
      () => {
        const { outputs } = reference();
        topic("known", { displayName: outputs["known"] as unknown as pulumi.Output<string> });
        topic("unknown", { displayName: outputs["unknown"] as unknown as pulumi.Output<string> });
      },
    ]);
    assert.deepEqual(
      ["known", "unknown"].map(name => named(below, name).inputs["displayName"]),
      ["k", "[unknown]"],
    );
  });

  it("fails where that stack is not planned before", async () => {
    const error = await failure(() => {
      reference();
    });
    assert.match(error.message, /the stack "a", whose outputs are read, is not planned before "a"/);
  });
});

describe("a program that fails", () => {
  const cases: readonly [what: string, program: () => unknown, says: RegExp][] = [
    [
      "by an error",
      () => {
        throw new Error("broken here");
      },
      /the program of a failed: broken here \(test\/cli\/planner\/planner\.test\.ts:\d+\)/,
    ],
    [
      "in an apply",
      () => {
        topic("first").displayName.apply(() => {
          throw new Error("broken there");
        });
      },
      /broken there \(test\/cli\/planner\/planner\.test\.ts:\d+\)/,
    ],
    [
      "by one URN for two resources",
      () => {
        topic("twice");
        topic("twice");
      },
      /Duplicate resource URN '.*::twice'; try giving it a unique name \(test\/cli\/planner\/planner\.test\.ts:\d+\)/,
    ],
    [
      "by asking AWS",
      () => aws.ec2.getVpc({ default: true }).then(({ id }) => ({ id })),
      /aws:ec2\/getVpc:getVpc asks AWS, and a plan is made without it/,
    ],
    [
      "by a promise that stays open",
      async () => {
        topic("last");
        await new Promise(() => {});
      },
      /it does not settle: for 0\.3 s .* the last resource was aws:sns\/topic:Topic "last"/,
    ],
    [
      "by an input that stays open",
      () => {
        topic("open", { displayName: new Promise<string>(() => {}) });
      },
      /it does not settle/,
    ],
    [
      "by an error that it logs",
      async () => {
        await pulumi.log.error("this stack can not be");
      },
      /it logged errors/,
    ],
  ];
  for (const [what, program, says] of cases)
    it(`${what} ends the plan with its name and place`, async () => {
      const before = console.error;
      console.error = () => {};
      try {
        const error = await failure(program);
        assert.ok(error instanceof ProgramError, String(error));
        assert.match(error.message, says);
      } finally {
        console.error = before;
      }
    });

  it("leaves the process as it was", async () => {
    const listeners = process.listenerCount("unhandledRejection");
    await failure(() => {
      throw new Error("broken");
    });
    assert.equal(process.listenerCount("unhandledRejection"), listeners);
    await planned(() => topic("works") && undefined);
  });
});

describe("the policy pack in a plan", () => {
  it("judges each resource and the whole stack", async () => {
    const { violations } = await planned(() => {
      const provider = new aws.Provider("door", {});
      const first = topic("first", { displayName: "bad" }, { provider });
      topic("second", { displayName: first.arn }, { provider });
      topic("third");
    }, pack);
    assert.deepEqual(
      violations.map(({ policy, level, urn }) => [policy, level, urn.split("::").at(-1)]),
      [
        ["no-bad-name", "mandatory", "first"],
        ["no-bad-name", "advisory", "second"],
        ["pairs", "advisory", "second"],
        // It reads what is unknown of the second before it can fail on it.
        ["throws", "advisory", "second"],
        ["explicit-provider", "advisory", "third"],
      ],
    );
  });

  it("sees in a stack how resources hang together and whose they are", async () => {
    const { violations } = await planned(() => {
      const provider = new aws.Provider("door", {});
      topic("second", { displayName: topic("first", {}, { provider }).arn }, { provider });
    }, pack);
    const found = violations.find(({ policy }) => policy === "pairs");
    assert.match(found?.message ?? "", /second of door is made of first/);
  });

  it("has rules that see nothing of what another has done to a resource", async () => {
    const stack = await planned(() => {
      topic("meddled", { displayName: "good" }, { provider: new aws.Provider("door", {}) });
    }, pack);
    assert.deepEqual(stack.violations, []);
    assert.equal(named(stack, "meddled").inputs["displayName"], "good");
  });

  it("that can not read an unknown value advises, as under the engine", async () => {
    const { violations } = await planned(() => {
      const provider = new aws.Provider("door", {});
      topic("second", { displayName: topic("first", {}, { provider }).arn }, { provider });
    }, pack);
    const advice = violations.find(({ policy }) => policy === "no-bad-name");
    assert.equal(advice?.level, "advisory");
    assert.match(advice?.message ?? "", /can't be known during preview/);
  });

  it("whose rule throws ends the plan with the rule's and the resource's name", async () => {
    const error = await failure(() => topic("first", { displayName: "throw" }) && undefined, pack);
    assert.ok(error instanceof PolicyPackError, String(error));
    assert.match(error.message, /fails on urn:.*::first: .*policy 'throws'.*this rule is broken/);
    assert.doesNotMatch(error.message, /\n\s+at /);
  });

  it("mends what it is set to, and the plan shows what was and what is", async () => {
    const { stacks } = await planStacks(
      [{ name: "dev", program: () => topic("first", { displayName: "it" }) && undefined }],
      {
        ...options,
        policyPack: pack,
        policyConfig: { mends: { enforcementLevel: "remediate", key: "alias/topics" } },
      },
    );
    const [stack] = stacks;
    assert.ok(stack);
    const { urn, inputs } = named(stack, "first");
    assert.equal(inputs["kmsMasterKeyId"], "alias/topics");
    assert.deepEqual(stack.remediations, [
      {
        policy: "mends",
        urn,
        changes: [{ property: "kmsMasterKeyId", before: null, after: "alias/topics" }],
      },
    ]);
  });

  it("mends nothing, and takes its own levels again, where it is not configured", async () => {
    const stack = await planned(() => topic("first") && undefined, pack);
    assert.equal(named(stack, "first").inputs["kmsMasterKeyId"], undefined);
    assert.equal(stack.remediations, undefined);
  });

  it("takes the levels that it is configured with", async () => {
    const { stacks } = await planStacks(
      [{ name: "dev", program: () => topic("first", { displayName: "bad" }) && undefined }],
      {
        ...options,
        policyPack: pack,
        policyConfig: { all: "disabled", "no-bad-name": "advisory" },
      },
    );
    assert.deepEqual(
      stacks[0]?.violations.map(({ policy, level }) => [policy, level]),
      [["no-bad-name", "advisory"]],
    );
  });

  it("refuses a configuration that is wrong, and names each fault", async () => {
    const config = {
      "no-bad-nmae": "advisory",
      throws: "mandatroy",
      mends: { strict: "maybe", kee: "x" },
      pairs: 7,
    };
    const error = await planStacks([], { ...options, policyPack: pack, policyConfig: config as never }).then(
      () => assert.fail("it was taken"),
      (error: Error) => error,
    );
    assert.equal(error.name, "PolicyConfigError");
    for (const fault of [
      /no-bad-nmae: the pack has no rule of this name/,
      /throws: "mandatroy" is no level; one is advisory, mandatory, disabled, remediate/,
      /mends\.strict: "maybe" is none of yes, no/,
      /mends\.kee: there is no such property; there are key, strict/,
      /pairs: it is neither a level nor an object/,
    ])
      assert.match(error.message, fault);
  });

  it("that does not load ends the plan with the reason", async () => {
    const error = await failure(() => undefined, join(__dirname, "no-such-pack"));
    assert.ok(error instanceof PolicyPackError, String(error));
    assert.match(error.message, /does not load/);
  });
});
