import assert from "node:assert/strict";
import { dispatched } from "../../policies/dispatch";
import { type Exception, ExceptionRegister, useExceptions } from "../../policies/exception-register";
import { exceptions } from "../../policies/exceptions";
import type { ResourceRule, StackRule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { type Given, requestOf, respond, sdk, unknown } from "./judge";

const named: ResourceRule = {
  name: "queue-named",
  theme: "governance-and-cost",
  title: "A queue has a name",
  why: "People look for it",
  fix: "set name",
  severity: "low",
  level: "mandatory",
  controls: ["FSBP SQS.1"],
  types: ["aws:sqs/queue:Queue"],
  check(queue, report) {
    if (!queue.at("name").text()) report.refuse("name is not set");
  },
};
const few: StackRule = {
  ...named,
  name: "queues-few",
  scope: "stack",
  check(stack, report) {
    if (stack.resources.length > 1) report.refuse("there are many");
  },
};
const never: ResourceRule = { ...named, name: "queue-private", neverExcepted: true };

const stack = "shop-persistent-dev";
const exception: Exception = {
  rule: "queue-named",
  resource: { stack, type: "aws:sqs/queue:Queue", name: "orders-*" },
  reason: "The queue of the old shop is taken down in spring",
  owner: "team-shop",
  ticket: "SHOP-17",
  expires: "2027-03-31",
};

const queue = (name: string, props: object = {}): Given => ({ type: "aws:sqs/queue:Queue", name, props });

/** As the engine names it, which `requestOf` shortens. */
const request = (given: Given) => ({
  ...requestOf(given, named),
  getUrn: () => `urn:pulumi:${given.stack ?? stack}::landing-zone::a$${given.type}::${given.name}`,
});

/** What is said of resources and then of their stack. */
async function told(
  entries: readonly Exception[],
  given: readonly Given[],
  today = "2027-03-31",
): Promise<string[]> {
  useExceptions(new ExceptionRegister(entries, [named, few, never], () => today));
  const pack = dispatched([named, few]);
  const requests = given.map(request);
  const answers = await Promise.all(requests.map(one => respond(sdk.makeAnalyzeRpcFun, pack, one)));
  answers.push(await respond(sdk.makeAnalyzeStackRpcFun, pack, { getResourcesList: () => requests }));
  return answers
    .flatMap(answer => answer.getDiagnosticsList())
    .map(
      one =>
        `${one.getEnforcementlevel() === 0 ? "advisory" : "mandatory"} ${one.getPolicyname()} ${one.getMessage()}`,
    );
}

describe("an exception", () => {
  afterEach(() => useExceptions(new ExceptionRegister([], [])));

  it("turns the violation of its rule on its resource into advice that says who answers for it", async () => {
    assert.deepEqual(await told([exception], [queue("orders-old")]), [
      [
        "advisory queue-named excepted: name is not set: A queue has a name",
        "Reason: The queue of the old shop is taken down in spring",
        "Owner: team-shop, ticket: SHOP-17, expires: 2027-03-31",
        "[FSBP SQS.1]",
      ].join("\n"),
    ]);
  });

  it("excuses no other resource, no other stack and no other rule", async () => {
    const others: readonly (readonly [Exception, Given])[] = [
      [exception, queue("returns")],
      [exception, { ...queue("orders-old"), stack: "shop-persistent-prod" }],
      [{ ...exception, rule: "queues-few" }, queue("orders-old")],
      [
        { ...exception, resource: { stack, type: "aws:sqs/queue:Queue", name: "orders.old" } },
        queue("orders-old"),
      ],
      [
        { ...exception, resource: { stack, type: "aws:sns/topic:Topic", name: "orders-old" } },
        queue("orders-old"),
      ],
      [
        { ...exception, resource: `urn:pulumi:${stack}::landing-zone::*aws:sqs/queue:Queue::returns` },
        queue("orders-old"),
      ],
    ];
    for (const [entry, given] of others)
      assert.match((await told([entry], [given])).join("\n"), /^mandatory queue-named A queue has a name$/m);
  });

  it("may name its resource by a URN with wildcards behind the stack", async () => {
    const resource = `urn:pulumi:${stack}::landing-zone::*$aws:sqs/queue:Queue::orders-*`;
    const said = await told([{ ...exception, resource }], [queue("orders-old"), queue("orders-new")]);
    assert.equal(said.filter(one => one.startsWith("advisory queue-named excepted: ")).length, 2);
    assert.equal(said.filter(one => one.startsWith("mandatory queue-named")).length, 0);
  });

  it("excuses what a stack as a whole is refused for by the stack's own URN", async () => {
    const both = [queue("a", { name: "a" }), queue("b", { name: "b" })];
    assert.match((await told([], both)).join("\n"), /^mandatory queues-few/);
    const resource = `urn:pulumi:${stack}::landing-zone::pulumi:pulumi:Stack::landing-zone-${stack}`;
    const [said, ...more] = await told([{ ...exception, rule: "queues-few", resource }], both);
    assert.match(said ?? "", /^advisory queues-few excepted: there are many/);
    assert.deepEqual(more, []);
  });

  it("that is past its day excuses nothing, and refuses the stack", async () => {
    const said = await told([exception], [queue("orders-old")], "2027-04-01");
    assert.equal(said.length, 2);
    assert.match(said[0] ?? "", /^mandatory queue-named A queue has a name/);
    assert.match(
      said[1] ?? "",
      /^mandatory pack-exceptions expired: .*queue-named.*orders-\* in shop-persistent-dev excuses nothing since 2027-03-31\nReason: /,
    );
    const gone = await told([exception], [queue("orders-old", { name: "o" })], "2027-04-01");
    assert.match(gone.join("\n"), /^mandatory pack-exceptions expired: /);
  });

  it("that excuses nothing is advice to take it out, in its stack only", async () => {
    const mended = queue("orders-old", { name: "orders" });
    const said = await told([exception], [mended]);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^advisory pack-exceptions unmatched: the exception from queue-named/);
    assert.deepEqual(await told([exception], [{ ...mended, stack: "shop-persistent-prod" }]), []);
  });

  it("is not idle while its rule cannot decide, and is told anew for every judgement of its stack", async () => {
    const said = await told([exception], [queue("orders-old", { name: unknown })]);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^advisory queue-named unknown: /);
    for (const _ of ["first", "second"])
      assert.equal((await told([exception], [queue("orders-old")])).length, 1);
  });

  it("is idle again once its resource is mended, whatever an earlier judgement of the stack has met", () => {
    const register = new ExceptionRegister([exception], [named], () => "2027-01-01");
    const urn = `urn:pulumi:${stack}::landing-zone::aws:sqs/queue:Queue::orders-old`;
    assert.equal(register.excuse("queue-named", urn), exception);
    assert.deepEqual(register.endOf(stack), { past: [], idle: [] });
    assert.deepEqual(register.endOf(stack), { past: [], idle: [exception] });
  });

  it("excuses what is decided only after the update, too", async () => {
    useExceptions(new ExceptionRegister([exception], [named], () => "2027-01-01"));
    const pack = dispatched([named]);
    const ask = request(queue("orders-old", { name: unknown }));
    await respond(sdk.makeAnalyzeRpcFun, pack, ask);
    const known = request(queue("orders-old", { name: "" }));
    const answer = await respond(sdk.makeAnalyzeStackRpcFun, pack, { getResourcesList: () => [known] });
    const [one, ...more] = answer.getDiagnosticsList();
    assert.equal(one?.getEnforcementlevel(), 0);
    assert.match(one?.getMessage() ?? "", /^excepted: name is not set/);
    assert.deepEqual(more, []);
  });

  const wrong: readonly (readonly [what: string, entry: object, says: RegExp])[] = [
    ["without a reason", { reason: "" }, /exceptions\[0\] \(queue-named\): reason: "" is shorter than 20/],
    ["with a short reason", { reason: "because we want" }, /reason: "because we want" is shorter/],
    ["with a missing reason", { reason: undefined }, /reason: "undefined" is shorter/],
    ["of no rule", { rule: "queue-nmaed" }, /\(queue-nmaed\): rule: "queue-nmaed" is no rule/],
    ["from a rule without exceptions", { rule: "queue-private" }, /rule: nothing is ever excepted/],
    ["until a day that is none", { expires: "2027-02-30" }, /expires: "2027-02-30" is no day/],
    ["until some words", { expires: "spring" }, /expires: "spring" is no day; write it as 2027-03-31/],
    ["without an end", { expires: undefined }, /expires: "undefined" is no day/],
    ["without an owner", { owner: " " }, /owner: it is not said/],
    ["with an owner of two lines", { owner: "a\nb" }, /owner: it is longer than a line/],
    ["without a ticket", { ticket: undefined }, /ticket: it is not said/],
    ["for every stack", { resource: "urn:pulumi:*::landing-zone::a::b" }, /is no URN that names its stack/],
    ["for no URN", { resource: "orders" }, /resource: "orders" is no URN/],
    ["for no name", { resource: { stack, type: "aws:sqs/queue:Queue" } }, /resource: name is not said/],
    [
      "for every type",
      { resource: { stack, type: "*", name: "a" } },
      /resource: type "\*" is not written in full/,
    ],
    ["without a resource", { resource: undefined }, /resource: stack is not said/],
  ];
  for (const [what, entry, says] of wrong)
    it(`${what} is refused`, () => {
      assert.throws(
        () => new ExceptionRegister([{ ...exception, ...entry }], [named, few, never]),
        (error: Error) =>
          says.test(error.message) && error.message.startsWith("policies/exceptions.ts is wrong:"),
      );
    });

  it("that is wrong in several ways, or said twice, is told with every fault", () => {
    assert.throws(
      () => new ExceptionRegister([exception, { ...exception, owner: "", expires: "" }], [named]),
      /exceptions\[1\].*owner: it is not said\n.*expires: "" is no day.*\n.*exceptions\[0\] is about the same/,
    );
  });
});

describe("the exceptions of the pack", () => {
  it("are as they should be", () => {
    assert.doesNotThrow(() => new ExceptionRegister(exceptions, rules));
  });

  it("are none in production", () => {
    const stacks = exceptions.map(({ resource }) =>
      typeof resource === "string" ? (resource.split("::")[0] ?? "") : resource.stack,
    );
    assert.deepEqual(
      stacks.filter(name => name.split("-").includes("prod")),
      [],
    );
  });

  it("can be none from the rules that guard what can never be right", () => {
    const names = rules.filter(({ neverExcepted }) => neverExcepted).map(({ name }) => name);
    for (const name of [
      "iam-policy-no-admin",
      "provider-account-pinned",
      "rds-not-public",
      "resource-policy-not-public",
    ])
      assert.ok(names.includes(name), name);
    assert.ok(names.length >= 10, names.join(", "));
  });
});
