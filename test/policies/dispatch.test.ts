import assert from "node:assert/strict";
import { dispatched } from "../../policies/dispatch";
import { cases } from "../../policies/examples";
import type { Given } from "../../policies/examples/example";
import type { ResourceRule, Rule, StackRule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { type Policy, policyOf } from "../../policies/sdk-policy";
import { judge, requestOf, respond, sdk } from "./judge";

const ofQueues: ResourceRule = {
  name: "queue-named",
  theme: "governance-and-cost",
  title: "A queue or topic has a name",
  why: "People look for it",
  fix: "set name",
  severity: "low",
  level: "mandatory",
  controls: [],
  types: ["aws:sqs/queue:Queue", "aws:sns/topic:Topic"],
  check(queue, report) {
    if (!queue.at("name").text()) report.refuse("name is not set");
  },
};
const ofKeys: ResourceRule = {
  ...ofQueues,
  name: "key-named",
  types: ["aws:kms/key:Key"],
  level: "advisory",
};
const ofStacks: StackRule = {
  ...ofQueues,
  name: "queues-few",
  scope: "stack",
  check(stack, report) {
    const queues = stack.ofType(ofQueues.types);
    if (queues.length > 1) report.each(queues, (_queue, report) => report.refuse("there are others"));
  },
};
const few: readonly Rule[] = [ofQueues, ofKeys, ofStacks];

const queue = { type: "aws:sqs/queue:Queue", props: {} };

async function told(policies: readonly Policy[], given: Given) {
  const answer = await respond(sdk.makeAnalyzeRpcFun, policies, requestOf(given, ofQueues));
  return {
    found: answer
      .getDiagnosticsList()
      .map(one => [one.getPolicyname(), one.getEnforcementlevel(), one.getMessage(), one.getUrn()]),
    passedOver: answer
      .getNotApplicableList()
      .map(one => (one as { getPolicyName(): string }).getPolicyName())
      .sort(),
  };
}

describe("the dispatch of the rules", () => {
  it("lists every rule between the pack's own policies, to who walks through and to who counts", () => {
    const names = [...dispatched(few)].map(({ name }) => name);
    assert.deepEqual(names, [
      "pack-settings",
      "pack-undecided",
      "queue-named",
      "key-named",
      "queues-few",
      "pack-exceptions",
    ]);
    assert.equal(dispatched(few).length, names.length);
  });

  it("says the same as the rules one by one, in their names and at their levels", async () => {
    const own = dispatched(few);
    for (const given of [queue, { ...queue, props: { name: "orders" } }, { type: "aws:kms/key:Key" }])
      assert.deepEqual(await told(own, given), await told(few.map(policyOf), given));
  });

  it("notes no rule as not applicable where it is to say its findings only", async () => {
    const { found, passedOver } = await told(dispatched(few, "findings"), queue);
    assert.deepEqual(passedOver, []);
    assert.deepEqual(found, (await told(dispatched(few), queue)).found);
  });

  it("reads a resource once for all rules that accept it", async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ ...ofQueues, name: `queue-named-${index}` }));
    let unpacked = 0;
    const request = {
      ...requestOf(queue, ofQueues),
      getProperties: () => ({
        toJavaScript: () => {
          unpacked++;
          return { name: "orders" };
        },
      }),
    };
    await respond(sdk.makeAnalyzeRpcFun, dispatched(many), request);
    assert.equal(unpacked, 1);
  });

  it("keeps resources that are asked for at the same time apart", async () => {
    const own = dispatched(few);
    const [first, second, third] = await Promise.all([
      told(own, queue),
      told(own, { type: "aws:kms/key:Key" }),
      told(own, { type: "aws:s3/bucket:Bucket" }),
    ]);
    assert.deepEqual(
      first?.found.map(([name]) => name),
      ["queue-named"],
    );
    assert.deepEqual(
      second?.found.map(([name]) => name),
      ["key-named"],
    );
    assert.deepEqual(third?.found, []);
    assert.deepEqual(third?.passedOver, ["key-named", "queue-named"]);
  });

  it("still asks every rule where nobody asks the pack's own policies first", async () => {
    const [settings, undecided, ...others] = [...dispatched(few)];
    assert.ok(settings && undecided);
    assert.deepEqual((await told(others, queue)).found, (await told(dispatched(few), queue)).found);
  });

  it("lets stack rules judge a stack that is read once", async () => {
    let unpacked = 0;
    const resource = (name: string) => ({
      ...requestOf({ ...queue, name }, ofQueues),
      getProperties: () => ({
        toJavaScript: () => {
          unpacked++;
          return {};
        },
      }),
    });
    const many = Array.from({ length: 20 }, (_, index) => ({ ...ofStacks, name: `queues-few-${index}` }));
    const ask = (resources: object[]) =>
      respond(sdk.makeAnalyzeStackRpcFun, dispatched(many), { getResourcesList: () => resources });
    assert.deepEqual((await ask([resource("one")])).getDiagnosticsList(), []);
    // Once for the rules, once for what is told of exceptions.
    assert.ok(unpacked <= 2, String(unpacked));
    const both = (await ask([resource("one"), resource("two")])).getDiagnosticsList();
    assert.equal(both.length, 40);
    assert.ok(both[0]?.getUrn().endsWith("::one"));
  });

  it("says of every example what its rule says by itself", async () => {
    const own = dispatched(rules);
    for (const { rule: name, accepts, refuses, unknown = [] } of cases) {
      const rule = rules.find(one => one.name === name);
      if (rule === undefined || rule.scope === "stack") continue;
      for (const one of [accepts[0], refuses[0], unknown[0]]) {
        if (one === undefined || "length" in one) continue;
        const given: Given = { name: "example", ...one };
        const alone: string[] = (await judge(rule, [given])).map(({ message }) => message);
        const answer = await respond(sdk.makeAnalyzeRpcFun, own, requestOf(given, rule));
        const among = answer.getDiagnosticsList().filter(found => found.getPolicyname() === name);
        assert.deepEqual(
          among.map(found => found.getMessage()),
          alone,
          name,
        );
      }
    }
  });
});

describe("a rule that throws", () => {
  const broken: ResourceRule = {
    ...ofQueues,
    name: "queue-broken",
    level: "advisory",
    check() {
      throw new TypeError("oops");
    },
  };

  it("is told as a failure of that rule on that resource, which refuses it, and the others judge on", async () => {
    const { found } = await told(dispatched([broken, ofQueues]), queue);
    assert.deepEqual(
      found.map(([name, level]) => [name, level]),
      [
        ["queue-broken", 1],
        ["queue-named", 1],
      ],
    );
    assert.match(
      String(found[0]?.[2]),
      /^failed: the rule itself is broken: oops \(policies\/[\w.]+:\d+\); not decided: A queue or topic has a name$/,
    );
  });

  it("is told so in a stack, too", async () => {
    const whole: StackRule = {
      ...ofStacks,
      check() {
        throw new TypeError("oops");
      },
    };
    const [verdict] = await judge(whole, [queue]);
    assert.match(verdict?.message ?? "", /^failed: the rule itself is broken: oops/);
    assert.equal(verdict?.level, "mandatory");
  });
});

describe("what a rule could not decide", () => {
  const unknownName = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const again = async (props: object) => {
    const own = dispatched(few);
    const first = await told(own, { ...queue, props: { name: unknownName } });
    assert.match(String(first.found[0]?.[2]), /^unknown: name /);
    const whole = { getResourcesList: () => [requestOf({ ...queue, props }, ofQueues)] };
    const answer = await respond(sdk.makeAnalyzeStackRpcFun, own, whole);
    const more = await respond(sdk.makeAnalyzeStackRpcFun, own, whole);
    assert.deepEqual(more.getDiagnosticsList(), []);
    return answer
      .getDiagnosticsList()
      .map(one => [one.getPolicyname(), one.getEnforcementlevel(), one.getUrn()]);
  };

  it("is decided once the stack is known, under the rule's name and once", async () => {
    assert.deepEqual(await again({ name: "" }), [
      ["queue-named", 1, "urn:pulumi:shop-persistent-dev::landing-zone::it"],
    ]);
    assert.deepEqual(await again({ name: "orders" }), []);
  });

  it("is not told twice while it stays unknown", async () => {
    assert.deepEqual(await again({ name: unknownName }), []);
  });
});
