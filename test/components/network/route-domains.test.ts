import assert from "node:assert/strict";
import fc from "fast-check";
import {
  blackHoles,
  domainPropagations,
  environmentDomains,
  impliedReaches,
  type Reaches,
  RouteDomains,
  type RouteDomainsArgs,
  requireApart,
} from "../../../components/network/route-domains";
import { refusals } from "../logs/judged";
import { planned } from "../planned";

const domains = [...environmentDomains, "shared", "runner", "on-premises", "egress"];
const anyReaches: fc.Arbitrary<Reaches> = fc
  .uniqueArray(fc.constantFrom(...domains))
  .chain(keys =>
    fc
      .tuple(...keys.map(() => fc.uniqueArray(fc.constantFrom(...domains))))
      .map(lists => Object.fromEntries(keys.map((key, index) => [key, lists[index] ?? []] as const))),
  );
const ways = (reaches: Reaches) =>
  Object.entries(reaches).flatMap(([from, all]) => all.map(to => [from, to] as const));
const isForbidden = ([from, to]: readonly [string, string]) =>
  from !== to && environmentDomains.includes(from) && environmentDomains.includes(to);

describe("the route domains' propagations", () => {
  it("hold what is declared both ways, what is oneself, and nothing else, whatever the intent", () => {
    let refused = 0;
    let made = 0;
    fc.assert(
      fc.property(anyReaches, reaches => {
        const forbidden = ways(reaches).find(isForbidden);
        if (forbidden !== undefined) {
          refused++;
          const [from, to] = forbidden;
          assert.throws(() => domainPropagations(reaches), {
            message: `reaches.${from} holds ${to}; ${from} and ${to} are environments, and these never reach one another`,
          });
          return;
        }
        made++;
        const propagations = domainPropagations(reaches);
        const mentioned = new Set([...Object.keys(reaches), ...ways(reaches).flat()]);
        assert.deepEqual(Object.keys(propagations), [...mentioned].sort());
        for (const one of mentioned)
          for (const other of mentioned)
            assert.equal(
              propagations[one]?.includes(other),
              one === other || reaches[one]?.includes(other) || reaches[other]?.includes(one) || false,
              `${one} from ${other}`,
            );
      }),
      { numRuns: 2_000 },
    );
    assert.ok(refused > 100 && made > 100);
  });

  it("never let one environment into another, whatever the intent", () => {
    fc.assert(
      fc.property(anyReaches, reaches => {
        const allowed = Object.fromEntries(
          Object.entries(reaches).map(([from, all]) => [from, all.filter(to => !isForbidden([from, to]))]),
        );
        const propagations = domainPropagations(allowed);
        for (const one of environmentDomains)
          assert.deepEqual(propagations[one]?.filter(other => environmentDomains.includes(other)) ?? [one], [
            one,
          ]);
      }),
    );
  });

  it("are the same in whatever order they are declared, and when declared twice or both ways", () => {
    const expected = {
      dev: ["dev", "shared"],
      prod: ["prod", "shared"],
      shared: ["dev", "prod", "shared"],
    };
    const alike: Reaches[] = [
      { dev: ["shared"], prod: ["shared"] },
      { prod: ["shared"], dev: ["shared", "shared"] },
      { shared: ["prod", "dev"] },
      { dev: ["dev", "shared"], shared: ["dev", "prod"] },
    ];
    for (const reaches of alike)
      assert.equal(JSON.stringify(domainPropagations(reaches)), JSON.stringify(expected));
  });

  it("say which ways were added for the answers' sake", () => {
    assert.deepEqual(impliedReaches({ dev: ["dev", "shared"], shared: ["runner"], runner: ["shared"] }), [
      "shared reaches dev, because dev reaches shared and must be answered",
    ]);
  });

  it("keep other environments apart, where these are called otherwise", () => {
    assert.throws(
      () => domainPropagations({ test: ["live"] }, ["test", "live"]),
      /test and live are environments/,
    );
    assert.deepEqual(domainPropagations({ dev: ["prod"] }, ["test", "live"]), {
      dev: ["dev", "prod"],
      prod: ["dev", "prod"],
    });
  });

  it("take any name for a domain", () => {
    assert.deepEqual(domainPropagations({ constructor: ["toString"] })["constructor"], [
      "constructor",
      "toString",
    ]);
  });
});

const ranges = {
  dev: ["10.16.0.0/12"],
  int: ["10.32.0.0/12"],
  prod: ["10.48.0.0/12", "10.64.0.0/12"],
  shared: ["10.0.0.0/16"],
};

describe("black holes", () => {
  it("are the other environments and what is not reached, never oneself or what is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...domains), fc.subarray(domains), (domain, reached) => {
        const dropped = new Set(blackHoles(domain, ranges, reached).map(({ of }) => of));
        for (const other of Object.keys(ranges))
          assert.equal(
            dropped.has(other),
            other !== domain && (isForbidden([domain, other]) || !reached.includes(other)),
          );
      }),
    );
  });

  it("hold every range of a domain", () => {
    assert.deepEqual(blackHoles("dev", ranges, ["dev", "shared"]), [
      { range: "10.32.0.0/12", of: "int" },
      { range: "10.48.0.0/12", of: "prod" },
      { range: "10.64.0.0/12", of: "prod" },
    ]);
  });
});

describe("the domains' ranges", () => {
  for (const [wrong, message] of [
    [{ dev: ["10.16.0.0/12"], prod: ["10.20.0.0/16"] }, "10.20.0.0/16, which overlaps 10.16.0.0/12 of dev"],
    [{ shared: ["10.0.0.0/16"], runner: ["10.0.0.0/16"] }, "overlaps 10.0.0.0/16 of shared"],
    [{ dev: ["10.16.0.0"] }, "ranges.dev is 10.16.0.0; it has no length such as /16"],
    [{ dev: ["10.16.1.0/12"] }, "ranges.dev is 10.16.1.0/12; the range begins otherwise: 10.16.0.0/12"],
    [{ dev: ["ten"] }, "ranges.dev is ten; it is no range such as 10.16.0.0/12"],
  ] as const)
    it(`are refused: ${JSON.stringify(wrong)}`, () => {
      assert.throws(
        () => requireApart(wrong),
        (error: Error) => error.message.includes(message),
      );
    });

  it("may hold an environment within a wider network that is none", () => {
    requireApart({ "on-premises": ["10.0.0.0/8"], dev: ["10.16.0.0/12"] });
  });
});

const routeTableIds = { dev: "rtb-dev", int: "rtb-int", prod: "rtb-prod", shared: "rtb-shared" };
const args: RouteDomainsArgs = { reaches: { dev: ["shared"], prod: ["shared"] }, routeTableIds, ranges };

describe("route domains", () => {
  it("drop in each table what its domain does not reach", async () => {
    const stack = await planned(() => new RouteDomains("domains", args));
    const dropped = stack.all("Route").map(({ inputs }) => {
      assert.equal(inputs["blackhole"], true);
      assert.equal(inputs["transitGatewayAttachmentId"], undefined);
      return `${inputs["transitGatewayRouteTableId"]} ${inputs["destinationCidrBlock"]}`;
    });
    const environmentRanges = ["10.16.0.0/12", "10.32.0.0/12", "10.48.0.0/12", "10.64.0.0/12"];
    const except = (...own: string[]) => environmentRanges.filter(range => !own.includes(range));
    assert.deepEqual(
      dropped.sort(),
      [
        ...except("10.16.0.0/12").map(range => `rtb-dev ${range}`),
        // Nobody spoke of int: it reaches nobody.
        ...[...except("10.32.0.0/12"), "10.0.0.0/16"].map(range => `rtb-int ${range}`),
        ...except("10.48.0.0/12", "10.64.0.0/12").map(range => `rtb-prod ${range}`),
        "rtb-shared 10.32.0.0/12",
      ].sort(),
    );
    assert.deepEqual(await refusals(stack), []);
  });

  it("tell whose tables an attachment propagates into, and what was added", async () => {
    await planned(() => {
      const made = new RouteDomains("domains", args);
      assert.deepEqual(made.propagatesTo("dev"), { dev: "rtb-dev", shared: "rtb-shared" });
      assert.deepEqual(Object.keys(made.propagatesTo("shared")), ["dev", "prod", "shared"]);
      assert.deepEqual(made.propagatesTo("int"), { int: "rtb-int" });
      assert.throws(() => made.propagatesTo("runner"), /runner is asked for, which has no route table/);
      assert.equal(made.implied.length, 2);
    });
  });

  it("name a black hole by table and range, so that another one moves none", async () => {
    const names = async (more: Partial<RouteDomainsArgs>) =>
      (await planned(() => new RouteDomains("domains", { ...args, ...more }))).all("Route").map(r => r.name);
    const before = await names({});
    const after = await names({
      ranges: { runner: ["10.1.0.0/16"], ...ranges },
      routeTableIds: { runner: "rtb-runner", ...routeTableIds },
    });
    assert.deepEqual(
      before.filter(name => !after.includes(name)),
      [],
    );
  });

  for (const [wrong, message] of [
    [{ reaches: { dev: ["prod"] } }, /reaches\.dev holds prod; dev and prod are environments/],
    [
      { reaches: { dev: ["shraed"] } },
      /reaches\.dev holds shraed, which has no route table; there are dev, /,
    ],
    [{ reaches: { runner: [], shared: ["runner"] } }, /holds runner, which has no route table/],
    [{ ranges: { runner: ["10.1.0.0/16"] } }, /ranges has runner, which has no route table/],
    [{ ranges: { dev: ["10.16.0.0/12"], prod: ["10.16.0.0/16"] } }, /overlaps 10\.16\.0\.0\/12 of dev/],
  ] as const)
    it(`refuse ${JSON.stringify(wrong)}`, async () => {
      await planned(() => assert.throws(() => new RouteDomains("domains", { ...args, ...wrong }), message));
    });
});
