import assert from "node:assert/strict";
import { containsCidr, overlapCidr } from "cidr-tools";
import fc from "fast-check";
import { EgressVpc, type EgressVpcArgs, zoneRange } from "../../../components/network/egress-vpc";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/logs";
const args: EgressVpcArgs = {
  at,
  addresses: "10.1.0.0/22",
  zones: ["euc1-az1", "euc1-az2"],
  transitGatewayId: "tgw-1",
  routeTableId: "tgw-rtb-egress",
  flowLogs: { cloudWatch: { keyArn, retentionDays: 30 } },
  serves: {
    dev: { routeTableId: "tgw-rtb-dev", ranges: ["10.16.0.0/12"] },
    prod: { routeTableId: "tgw-rtb-prod", ranges: ["10.48.0.0/12", "10.64.0.0/12"] },
  },
};
const egress = (more: Partial<EgressVpcArgs> = {}): Promise<Planned> =>
  planned(() => new EgressVpc("egress", { ...args, ...more }));

/** The routes of a VPC's table: destination and way. */
const routesOf = (stack: Planned, table: string) =>
  stack
    .all("aws:ec2/route:Route")
    .filter(route => stack.from(route, "routeTableId")[0] === table)
    .map(route => [
      route.inputs["destinationCidrBlock"],
      [...stack.from(route, "gatewayId"), ...stack.from(route, "natGatewayId")][0] ??
        route.inputs["transitGatewayId"],
    ])
    .sort();
/** The routes of the hub's tables: table, destination, and attachment or nothing for a black hole. */
const hubRoutes = (stack: Planned) =>
  stack
    .all("aws:ec2transitgateway/route:Route")
    .map(route => {
      const { inputs } = route;
      const [own] = stack.from(route, "transitGatewayAttachmentId");
      const way =
        inputs["blackhole"] === true
          ? "drop"
          : own === undefined
            ? inputs["transitGatewayAttachmentId"]
            : `of ${own}`;
      return `${inputs["transitGatewayRouteTableId"]} ${inputs["destinationCidrBlock"]} ${way}`;
    })
    .sort();

const regionalZones = ["euc1-az1", "euc1-az2", "euc1-az3", "use1-az4", "use1-az5", "use1-az6"];

describe("a zone's ranges in a hub's VPC", () => {
  it("lie within the VPC and apart, and hold at least a /28", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 23 }), prefix => {
        const whole = `10.16.0.0/${prefix}`;
        const all = [1, 2, 3, 4, 5, 6, 7, 8].flatMap(zone =>
          [0, 1, 2, 3].map(role => zoneRange(whole, `euc1-az${zone}`, role)),
        );
        assert.equal(new Set(all).size, 32);
        all.forEach((range, index) => {
          assert.ok(containsCidr(whole, range));
          assert.ok(Number(range.split("/")[1]) <= 28);
          for (const other of all.slice(0, index)) assert.ok(!overlapCidr(range, other));
        });
      }),
      { numRuns: 8 },
    );
  });
});

describe("an egress VPC", () => {
  it("leads from the hub through the zone's own NAT gateway to the internet, and back to those it serves", async () => {
    const stack = await egress();
    for (const zone of args.zones) {
      assert.deepEqual(routesOf(stack, `egress-transit-${zone}`), [["0.0.0.0/0", `egress-nat-${zone}`]]);
      const nat = stack.one("NatGateway", `egress-nat-${zone}`);
      assert.deepEqual(stack.from(nat, "subnetId"), [`egress-ingress-${zone}`]);
      assert.deepEqual(stack.from(nat, "allocationId"), [`egress-nat-${zone}`]);
      assert.ok(nat.dependencies.includes(stack.one("InternetGateway").urn));
    }
    assert.deepEqual(routesOf(stack, "egress-ingress"), [
      ["0.0.0.0/0", "egress"],
      ["10.16.0.0/12", "tgw-1"],
      ["10.48.0.0/12", "tgw-1"],
      ["10.64.0.0/12", "tgw-1"],
    ]);
    for (const route of stack
      .all("aws:ec2/route:Route")
      .filter(r => r.inputs["transitGatewayId"] === "tgw-1"))
      assert.ok(route.dependencies.includes(stack.one("VpcAttachment").urn));
  });

  it("has every subnet in the one table that its role and zone have", async () => {
    const stack = await egress();
    const tables = Object.fromEntries(
      stack
        .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
        .map(association => [
          stack.from(association, "subnetId")[0],
          stack.from(association, "routeTableId")[0],
        ]),
    );
    assert.deepEqual(tables, {
      "egress-ingress-euc1-az1": "egress-ingress",
      "egress-ingress-euc1-az2": "egress-ingress",
      "egress-transit-euc1-az1": "egress-transit-euc1-az1",
      "egress-transit-euc1-az2": "egress-transit-euc1-az2",
    });
    assert.equal(stack.all("Subnet").length, 4);
    for (const { inputs } of stack.all("Subnet")) assert.equal(inputs["mapPublicIpOnLaunch"], false);
  });

  it("is joined to its own domain and propagated nowhere", async () => {
    const stack = await egress();
    const attachment = stack.one("VpcAttachment");
    assert.deepEqual(stack.from(attachment, "subnetIds").sort(), [
      "egress-transit-euc1-az1",
      "egress-transit-euc1-az2",
    ]);
    assert.equal(attachment.inputs["transitGatewayDefaultRouteTableAssociation"], false);
    assert.equal(attachment.inputs["transitGatewayDefaultRouteTablePropagation"], false);
    const association = stack.one("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation");
    assert.equal(association.inputs["transitGatewayRouteTableId"], "tgw-rtb-egress");
    assert.deepEqual(association.propertyDependencies["transitGatewayAttachmentId"], [attachment.urn]);
    assert.deepEqual(stack.all("RouteTablePropagation"), []);
  });

  it("is the way out of those it serves, who find no private address by it", async () => {
    const drops = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];
    assert.deepEqual(
      hubRoutes(await egress()),
      ["tgw-rtb-dev", "tgw-rtb-prod"]
        .flatMap(table => [`${table} 0.0.0.0/0 of egress`, ...drops.map(range => `${table} ${range} drop`)])
        .sort(),
    );
    assert.deepEqual(hubRoutes(await egress({ neverOut: ["172.16.0.0/12"] })).slice(0, 3), [
      "tgw-rtb-dev 0.0.0.0/0 of egress",
      "tgw-rtb-dev 172.16.0.0/12 drop",
      "tgw-rtb-prod 0.0.0.0/0 of egress",
    ]);
  });

  it("has all pass the firewall, out and back, where there is one", async () => {
    const stack = await egress({
      neverOut: [],
      inspection: { attachmentId: "tgw-attach-fw", routeTableId: "tgw-rtb-inspection" },
    });
    assert.deepEqual(hubRoutes(stack), [
      "tgw-rtb-dev 0.0.0.0/0 tgw-attach-fw",
      "tgw-rtb-egress 10.16.0.0/12 tgw-attach-fw",
      "tgw-rtb-egress 10.48.0.0/12 tgw-attach-fw",
      "tgw-rtb-egress 10.64.0.0/12 tgw-attach-fw",
      "tgw-rtb-inspection 0.0.0.0/0 of egress",
      "tgw-rtb-prod 0.0.0.0/0 tgw-attach-fw",
    ]);
  });

  it("moves and replaces nothing when zones come and go, in whatever order they are named", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(regionalZones, { minLength: 1 }),
        fc.shuffledSubarray(regionalZones, { minLength: 1 }),
        async (some, others) => {
          const [one, other] = [await egress({ zones: some }), await egress({ zones: others })];
          for (const resource of one.resources) {
            const same = other.resources.find(({ urn }) => urn === resource.urn);
            if (same === undefined) {
              const gone = some.filter(zone => !others.includes(zone));
              assert.ok(
                gone.some(zone => resource.name.includes(zone)),
                resource.urn,
              );
            } else if (!resource.type.endsWith(":VpcAttachment"))
              assert.deepEqual(same.inputs, resource.inputs, resource.urn);
          }
          assert.deepEqual(
            one.from(one.one("VpcAttachment"), "subnetIds").sort(),
            some.map(zone => `egress-transit-${zone}`).sort(),
          );
        },
      ),
      { numRuns: 10 },
    );
  });

  it("keeps its public addresses", async () => {
    const stack = await egress();
    assert.deepEqual(
      stack.all("Eip").map(({ protect }) => protect),
      [true, true],
    );
    assert.equal(stack.one("InternetGateway").protect, false);
  });

  it("passes the policies, with its flows in either place", async () => {
    assert.deepEqual(await refusals(await egress()), []);
    assert.deepEqual(
      await refusals(await egress({ flowLogs: { archiveBucketArn: "arn:aws:s3:::flows" } })),
      [],
    );
  });

  it("may be there twice in a stack", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new EgressVpc(name, args);
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("VpcAttachment").length, 2);
  });

  for (const [wrong, message] of [
    [{ addresses: "10.1.0.0/24" }, /addresses is 10\.1\.0\.0\/24; it must be an IPv4 range of \/16 to \/23/],
    [{ addresses: "10.0.0.0/15" }, /must be an IPv4 range/],
    [{ addresses: "fd00::/20" }, /must be an IPv4 range/],
    [{ addresses: "10.1.1.0/22" }, /begins otherwise: 10\.1\.0\.0\/22/],
    [{ zones: [] }, /zones is empty/],
    [{ zones: ["eu-central-1a"] }, /zones holds eu-central-1a, which is no identifier/],
    [{ zones: ["euc1-az1", "euc1-az1"] }, /zones holds euc1-az1 twice/],
    [{ neverOut: ["10/8"] }, /neverOut is 10\/8/],
    [
      {
        serves: {
          dev: { routeTableId: "a", ranges: ["10.16.0.0/12"] },
          prod: { routeTableId: "b", ranges: ["10.16.0.0/16"] },
        },
      },
      /overlaps 10\.16\.0\.0\/12 of dev/,
    ],
  ] as const)
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await planned(() => assert.throws(() => new EgressVpc("egress", { ...args, ...wrong }), message));
    });
});
