import assert from "node:assert/strict";
import fc from "fast-check";
import reachCases from "../../policies/examples/reachability";
import {
  changed,
  fromAnywhere,
  good,
  group,
  hub,
  type Part,
  part,
  propagation,
  reason,
  route,
} from "../../policies/examples/small-network";
import { rules } from "../../policies/rules";
import { type Given, judge, unknown, type Verdict } from "./judge";

const ofReach = rules.filter(({ name }) => name.startsWith("reach-"));

async function verdictsOf(given: readonly Given[], name?: string): Promise<Verdict[]> {
  const asked = ofReach.filter(rule => name === undefined || rule.name === name);
  assert.ok(asked.length > 0, name);
  return (await Promise.all(asked.map(rule => judge(rule, given)))).flat();
}

const told = (verdicts: readonly Verdict[]) =>
  verdicts.map(({ rule, level, message, urn }) => `${rule} ${level} ${urn.split("::").at(-1)}: ${message}`);

/** Without the title that the SDK puts above, and the words that are the rule's. */
const problems = (verdicts: readonly Verdict[]) =>
  verdicts.map(
    ({ rule, message, urn }) =>
      `${rule} ${urn.split("::").at(-1)}: ${/^(.*)\. \S.*\.$/m.exec(message.split("\n")[1] ?? "")?.[1] ?? message}`,
  );

/** As it is after a deployment: everything has an id, and what is named is named by it. */
function deployed(parts: readonly Given[]): Given[] {
  const idOf = (name: string) => `real-${name}`;
  return parts.map(one => {
    const props = Object.fromEntries(
      Object.entries((one.props ?? {}) as Record<string, unknown>).map(([property, value]) => {
        const names = [...(one.madeFrom?.[property] ?? [])];
        const known = (its: unknown): unknown => {
          if (its === unknown) return names.length > 0 ? idOf(names.shift() as string) : its;
          if (typeof its === "string" && its.startsWith("{")) return JSON.stringify(known(JSON.parse(its)));
          if (Array.isArray(its)) return its.map(known);
          if (typeof its !== "object" || its === null) return its;
          return Object.fromEntries(Object.entries(its).map(([key, inner]) => [key, known(inner)]));
        };
        return [property, known(value)] as const;
      }),
    );
    return { ...one, props: { ...props, id: idOf(one.name ?? "") }, madeFrom: {} };
  });
}

describe("the rules about ways", () => {
  it("say nothing of a good network, before its deployment and after", async () => {
    for (const parts of [good, hub]) {
      assert.deepEqual(told(await verdictsOf(parts)), []);
      assert.deepEqual(told(await verdictsOf(deployed(parts))), []);
    }
  });

  it("say what is wrong, where, the way hop by hop, and how to mend it", async () => {
    const [only, ...others] = await verdictsOf([...good, route("data", { natGatewayId: "@nat" })]);
    assert.ok(only);
    assert.deepEqual(others, []);
    assert.equal(only.level, "mandatory");
    assert.equal(only.urn.split("::").at(-1), "data");
    assert.equal(
      only.message,
      [
        "No data subnet has a way to the internet or from it",
        "what is in it calls the internet (anything): something in data: a packet from 10.16.48.0 to 1.0.0.0, anything; subnet data: data-table: 0.0.0.0/0 → NAT gateway nat; NAT gateway nat: sends it on as its own, from ingress; subnet ingress: ingress-table: 0.0.0.0/0 → internet gateway gateway; internet: anything, and the answer comes back. What holds data is not to be called from outside, and is not to send data there.",
        "Fix: take the route out of the subnet's route table; what needs the way belongs in a subnet of another role.",
      ].join("\n"),
    );
  });

  const task = (groups: string, props: object = {}) =>
    part("ecs/service:Service", "task", {
      networkConfiguration: {
        assignPublicIp: true,
        subnets: ["@ingress"],
        securityGroups: [groups],
        ...props,
      },
    });
  const single: readonly (readonly [what: string, parts: readonly Part[], said: readonly RegExp[]])[] = [
    [
      "a data subnet routed to the internet gateway",
      [...good, route("data", { gatewayId: "@gateway" })],
      [
        /^reach-data-subnet-closed data: the internet calls what is in it \(anything\): internet: .*; internet gateway gateway: to vpc; something in data: /,
        /^reach-data-subnet-closed data: what is in it calls the internet \(anything\): .*data-table: 0.0.0.0\/0 → internet gateway gateway/,
      ],
    ],
    [
      "a private subnet routed to the internet gateway",
      [...good, route("private", { gatewayId: "@gateway" })],
      [
        /^reach-subnet-not-public private: the internet calls what has a public address in it \(anything\): .*; something in private: anything, and the answer comes back$/,
      ],
    ],
    [
      "a task behind the load balancer's open group",
      changed(good, task("@balancer-group")),
      [
        /^reach-only-load-balancers task: the internet calls it \(tcp 443\): .*internet gateway gateway: to vpc; task: tcp 443, and the answer comes back$/,
      ],
    ],
    [
      "a task whose own group is open, for a reason",
      changed(
        good,
        group("task-group", [fromAnywhere(8443)], { "allow-public": reason }),
        task("@task-group"),
      ),
      [/^reach-only-load-balancers task: the internet calls it \(tcp 8443\): /],
    ],
    [
      "an environment's attachment in the table of another",
      [...hub, propagation("int", "dev")],
      [
        /^reach-environments-apart int-into-dev: dev reaches int: a packet of dev; transit gateway, table hub-dev: all its ranges → attachment attached-int of int$/,
      ],
    ],
  ];
  for (const [what, parts, said] of single)
    it(`refuse ${what}, before its deployment and after`, async () => {
      for (const given of [parts, deployed(parts)]) {
        const found = problems(await verdictsOf(given));
        assert.equal(found.length, said.length, found.join("\n"));
        for (const pattern of said)
          assert.ok(
            found.some(problem => pattern.test(problem)),
            `${pattern}\n${found.join("\n")}`,
          );
      }
    });

  it("decide the same of what is deployed as of what was to be", async () => {
    for (const { rule, accepts, refuses } of reachCases) {
      for (const one of accepts)
        assert.deepEqual(
          (await verdictsOf(deployed(one), rule)).filter(({ level }) => level === "mandatory"),
          [],
        );
      for (const one of refuses) {
        const before = problems(await verdictsOf(one, rule));
        assert.deepEqual(problems(await verdictsOf(deployed(one), rule)), before);
      }
    }
  });

  it("tell a doubt once, and of every subnet that is wrong", async () => {
    const twice = [
      ...good,
      part("ec2/subnet:Subnet", "more", {
        vpcId: "@vpc",
        cidrBlock: "10.16.64.0/20",
        tags: { "subnet-role": "data" },
      }),
      part("ec2/routeTableAssociation:RouteTableAssociation", "more-association", {
        routeTableId: "@data-table",
        subnetId: "@more",
      }),
    ];
    const open = await verdictsOf([...twice, route("data", { transitGatewayId: "@of-another-stack" })]);
    assert.equal(open.length, 1, told(open).join("\n"));
    assert.match(
      open[0]?.message ?? "",
      /unknown: the way on which subnet data sends it to transitGatewayId of another stack/,
    );
    const wrong = problems(await verdictsOf([...twice, route("data", { natGatewayId: "@nat" })]));
    assert.deepEqual(
      wrong.map(problem => problem.split(":")[0]),
      ["reach-data-subnet-closed data", "reach-data-subnet-closed more"],
    );
  });

  it("judge nothing by the order in which resources are registered", async () => {
    const wrong = [
      ...good,
      route("data", { gatewayId: "@gateway" }),
      route("private", { gatewayId: "@gateway" }),
    ];
    const expected = problems(await verdictsOf(wrong)).sort();
    assert.equal(expected.length, 3);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(wrong, { minLength: wrong.length }), async shuffled => {
        assert.deepEqual(problems(await verdictsOf(shuffled)).sort(), expected);
      }),
      { numRuns: 25 },
    );
  });

  it("never fail, and never pass in silence, where an input is missing or not known", async () => {
    const wrong = [
      ...changed(good, task("@balancer-group")),
      route("data", { gatewayId: "@gateway" }),
      route("private", { gatewayId: "@gateway" }),
    ];
    const hideable = wrong.flatMap(({ props, name }) => Object.keys(props).map(key => ({ name, key })));
    const before = await verdictsOf(wrong);
    const refusing = new Set(before.map(({ rule }) => rule));
    assert.deepEqual(refusing.size, 3);
    for (const { name, key } of hideable)
      for (const instead of [unknown, null, undefined, [unknown], [], {}, "", 0]) {
        const given = wrong.map(one =>
          one.name === name
            ? { ...one, props: { ...one.props, [key]: instead }, madeFrom: { ...one.madeFrom, [key]: [] } }
            : one,
        );
        const after = await verdictsOf(given);
        assert.ok(!after.some(({ message }) => message.startsWith("can't run")), `${name}.${key}`);
        if (instead !== unknown) continue;
        // Whatever is hidden, a rule that refused before refuses still or says that it cannot tell.
        for (const rule of refusing)
          assert.ok(
            after.some(verdict => verdict.rule === rule),
            `${rule} is silent where ${name}.${key} is not known`,
          );
      }
  });
});
