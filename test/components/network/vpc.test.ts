import assert from "node:assert/strict";
import fc from "fast-check";
import { addressPlan } from "../../../components/network/address-plan";
import { Vpc, type VpcArgs } from "../../../components/network/vpc";
import { at, type Planned, planned } from "../planned";

const vpc = (args: Partial<VpcArgs> = {}): Promise<Planned> =>
  planned(
    () =>
      new Vpc("net", {
        at,
        addresses: "10.16.0.0/16",
        zones: ["euc1-az1", "euc1-az2", "euc1-az3"],
        nat: "per-zone",
        logKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
        logRetentionDays: 30,
        ...args,
      }),
  );

const roles = ["ingress", "private", "outbound", "data", "transit"] as const;

describe("a VPC", () => {
  it("has a subnet for each role in each zone, with the plan's range and without public addresses", async () => {
    const net = await vpc();
    const plan = addressPlan("10.16.0.0/16");
    assert.equal(net.all("Subnet").length, 15);
    for (const role of roles)
      for (const [index, zone] of ["a", "b", "c"].entries()) {
        const { inputs } = net.one("Subnet", `net-${role}-${zone}`);
        assert.equal(inputs["cidrBlock"], plan[role][index]);
        assert.equal(inputs["availabilityZoneId"], `euc1-az${index + 1}`);
        assert.equal(inputs["mapPublicIpOnLaunch"], false);
      }
  });

  it("makes outbound subnets when their range has been added", async () => {
    const net = await vpc();
    const { urn, inputs } = net.one("VpcIpv4CidrBlockAssociation");
    assert.equal(inputs["cidrBlock"], "100.64.0.0/16");
    for (const subnet of net.all("Subnet"))
      assert.equal(subnet.dependencies.includes(urn), subnet.name.includes("outbound"), subnet.name);
  });

  it("leads ingress to the internet, and private, data and transit nowhere, whatever is chosen", async () => {
    const choice = fc.record({
      prefix: fc.integer({ min: 16, max: 20 }),
      nat: fc.constantFrom("per-zone" as const, "single" as const, "none" as const),
    });
    await fc.assert(
      fc.asyncProperty(choice, async ({ prefix, nat }) => {
        const net = await vpc({ addresses: `10.16.0.0/${prefix}`, nat });
        const tables = net.all("RouteTableAssociation").map(association => ({
          subnet: net.from(association, "subnetId")[0] ?? "",
          table: net.from(association, "routeTableId")[0] ?? "",
        }));
        assert.deepEqual(
          tables.map(({ subnet }) => subnet).sort(),
          net
            .all("Subnet")
            .map(({ name }) => name)
            .sort(),
        );
        const routes = net.all("Route").map(route => ({
          table: net.from(route, "routeTableId")[0] ?? "",
          way: [...net.from(route, "gatewayId"), ...net.from(route, "natGatewayId")].join(),
        }));
        for (const { subnet, table } of tables) {
          const ways = routes.filter(route => route.table === table).map(({ way }) => way);
          const zone = subnet.at(-1);
          const expected = subnet.includes("ingress")
            ? ["net"]
            : subnet.includes("outbound") && nat !== "none"
              ? [nat === "single" ? "net-nat-a" : `net-nat-${zone}`]
              : [];
          assert.deepEqual(ways, expected, `${subnet} with ${nat}`);
        }
        const gateways = { "per-zone": 3, single: 1, none: 0 }[nat];
        assert.equal(net.all("NatGateway").length, gateways);
        assert.equal(net.all("Eip").length, gateways);
        for (const gateway of net.all("NatGateway"))
          assert.match(net.from(gateway, "subnetId")[0] ?? "", /ingress/);
      }),
      { numRuns: 12 },
    );
  });

  it("empties the default security group", async () => {
    const { inputs } = (await vpc()).one("DefaultSecurityGroup");
    assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
  });

  it("reaches S3 and DynamoDB from the outbound subnets through gateway endpoints", async () => {
    const net = await vpc();
    for (const service of ["s3", "dynamodb"]) {
      const endpoint = net.one("VpcEndpoint", `net-${service}`);
      assert.equal(endpoint.inputs["vpcEndpointType"], "Gateway");
      assert.equal(endpoint.inputs["serviceName"], `com.amazonaws.eu-central-1.${service}`);
      assert.deepEqual(net.from(endpoint, "routeTableIds").sort(), [
        "net-outbound-a",
        "net-outbound-b",
        "net-outbound-c",
      ]);
    }
  });

  it("logs all its traffic, encrypted", async () => {
    const net = await vpc({ logRetentionDays: 365 });
    const { inputs } = net.one("FlowLog");
    const group = "/landing-zone/flow-logs/net";
    assert.equal(inputs["trafficType"], "ALL");
    assert.equal(inputs["logDestination"], `arn:aws:logs:eu-central-1:111122223333:log-group:${group}`);
    const logGroup = net.resources.find(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(logGroup?.inputs, {
      kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/logs",
      name: group,
      retentionInDays: 365,
    });
  });

  it("takes its subnets' ranges from the plan of whatever range it has", async () => {
    const range = fc
      .record({ prefix: fc.integer({ min: 16, max: 20 }), block: fc.nat(4095) })
      .map(({ prefix, block }) => {
        const start = (block >> (20 - prefix)) << (20 - prefix);
        return `10.${(start >> 4) & 255}.${(start & 15) << 4}.0/${prefix}`;
      });
    await fc.assert(
      fc.asyncProperty(range, async addresses => {
        const net = await vpc({ addresses });
        assert.equal(net.one("aws:ec2/vpc:Vpc").inputs["cidrBlock"], addresses);
        assert.deepEqual(
          net
            .all("Subnet")
            .map(({ inputs }) => inputs["cidrBlock"])
            .sort(),
          Object.values(addressPlan(addresses)).flat().sort(),
        );
      }),
      { numRuns: 12 },
    );
  });

  it("waits with NAT gateways for the internet gateway", async () => {
    const net = await vpc();
    const { urn } = net.one("InternetGateway");
    for (const gateway of net.all("NatGateway")) {
      assert.ok(gateway.dependencies.includes(urn), gateway.name);
      assert.deepEqual(net.from(gateway, "allocationId"), [gateway.name]);
    }
  });

  it("keeps the endpoints of its outbound subnets where these have no other way out", async () => {
    const net = await vpc({ nat: "none" });
    assert.deepEqual(
      net.all("VpcEndpoint").map(endpoint => net.from(endpoint, "routeTableIds").length),
      [3, 3],
    );
    assert.deepEqual(
      net.all("Route").map(({ name }) => name),
      ["net-internet"],
    );
  });
});
