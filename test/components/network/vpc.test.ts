import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { addressPlan } from "../../../components/network/address-plan";
import { Vpc, type VpcArgs } from "../../../components/network/vpc";
import { refusals } from "../logs/judged";
import { organizationId, verdict } from "../logs/request";
import { at, type Planned, planned, statements } from "../planned";

const cloudWatch = { keyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs", retentionDays: 30 };
const archiveBucketArn = "arn:aws:s3:::landing-zone-flow-logs-444455556666-eu-central-1";
const usual: VpcArgs = {
  at,
  addresses: "10.16.0.0/16",
  zones: ["euc1-az1", "euc1-az2", "euc1-az3"],
  nat: "per-zone",
  privateNat: "none",
  companyRanges: [],
  organizationId,
  flowLogs: { cloudWatch },
};
const vpc = (args: Partial<VpcArgs> = {}): Promise<Planned> =>
  planned(() => new Vpc("net", { ...usual, ...args }));

const roles = ["ingress", "private", "outbound", "data", "transit"] as const;

describe("a VPC", () => {
  it("has a subnet for each role in each zone, with the plan's range and without public addresses", async () => {
    const net = await vpc();
    const plan = addressPlan("10.16.0.0/16", 3);
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

  it("lets nobody else's credentials or buckets through the endpoints", async () => {
    const others = "o-fffff99999";
    for (const [own, foreign] of [
      [organizationId, others],
      [others, organizationId],
    ] as const) {
      const net = await vpc({ organizationId: own });
      for (const [service, action] of [
        ["s3", "s3:PutObject"],
        ["dynamodb", "dynamodb:PutItem"],
      ] as const) {
        const policy = statements(net.one("VpcEndpoint", `net-${service}`));
        const ask = (principal: string, resource: string) =>
          verdict(policy, {
            by: { account: "444455556666" },
            action,
            context: { "aws:PrincipalOrgID": principal, "aws:ResourceOrgID": resource },
          });
        assert.equal(ask(own, own), "allowed", service);
        for (const [principal, resource] of [
          [foreign, own],
          [own, foreign],
          [foreign, foreign],
        ] as const)
          assert.notEqual(ask(principal, resource), "allowed", service);
      }
    }
    await assert.rejects(vpc({ organizationId: "example" }), /organizationId/);
  });

  it("has lists of its own for all subnets of ingress and data, and for no others", async () => {
    for (const zones of [["euc1-az1"], usual.zones]) {
      const net = await vpc({ zones });
      assert.deepEqual(
        net.all("NetworkAcl").map(list => [list.name, net.from(list, "subnetIds").sort()]),
        ["data", "ingress"].map(role => [
          `net-${role}`,
          ["a", "b", "c"].slice(0, zones.length).map(zone => `net-${role}-${zone}`),
        ]),
      );
      for (const list of net.all("NetworkAcl"))
        assert.deepEqual(list.propertyDependencies["vpcId"], [net.one("aws:ec2/vpc:Vpc").urn]);
    }
  });

  it("lets data talk to the VPC's own subnets and tasks, whatever range it has, and to nobody else", async () => {
    const choice = fc
      .record({ prefix: fc.integer({ min: 16, max: 20 }), second: fc.nat(255) })
      .map(({ prefix, second }) => `10.${second}.0.0/${prefix}`);
    await fc.assert(
      fc.asyncProperty(choice, async addresses => {
        const { inputs } = (await vpc({ addresses })).one("NetworkAcl", "net-data");
        for (const direction of ["ingress", "egress"]) {
          const rules = inputs[direction] as Record<string, unknown>[];
          assert.deepEqual(
            rules.map(({ action, protocol, cidrBlock }) => [action, protocol, cidrBlock]),
            [
              ["allow", "-1", addresses],
              ["allow", "-1", "100.64.0.0/16"],
            ],
            direction,
          );
        }
      }),
      { numRuns: 8 },
    );
  });

  it("logs all its traffic to an encrypted group, to the archive, or to both", async () => {
    const group = "/landing-zone/flow-logs/net";
    const toGroup = ["net", "cloud-watch-logs", `arn:aws:logs:eu-central-1:111122223333:log-group:${group}`];
    const toArchive = ["net-archive", "s3", archiveBucketArn];
    for (const [flowLogs, expected] of [
      [{ cloudWatch }, [toGroup]],
      [{ archiveBucketArn }, [toArchive]],
      [{ archiveBucketArn, cloudWatch }, [toGroup, toArchive]],
    ] as const) {
      const net = await vpc({ flowLogs });
      const flows = net.all("FlowLog");
      assert.deepEqual(
        flows.map(({ name, inputs }) => [name, inputs["logDestinationType"], inputs["logDestination"]]),
        expected,
      );
      for (const flow of flows) {
        assert.equal(flow.inputs["trafficType"], "ALL");
        assert.deepEqual(flow.propertyDependencies["vpcId"], [net.one("aws:ec2/vpc:Vpc").urn]);
      }
      assert.deepEqual(
        net.all("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs),
        "cloudWatch" in flowLogs
          ? [{ kmsKeyId: cloudWatch.keyArn, name: group, retentionInDays: cloudWatch.retentionDays }]
          : [],
      );
      assert.equal(net.all("Role").length, "cloudWatch" in flowLogs ? 1 : 0);
    }
    await assert.rejects(vpc({ flowLogs: {} }), /neither archiveBucketArn nor cloudWatch/);
  });

  it("tells the route tables of each role: of outbound one a zone, of the others one", async () => {
    const net = await planned(() => {
      const { routeTableIds } = new Vpc("net", usual);
      for (const [role, ids] of Object.entries(routeTableIds))
        ids.forEach((routeTableId, index) => {
          new aws.ec2.Route(`to-${role}-${index}`, {
            routeTableId,
            destinationCidrBlock: "10.0.0.0/8",
            transitGatewayId: "tgw-1",
          });
        });
    });
    const told = net.all("Route").filter(({ name }) => name.startsWith("to-"));
    assert.deepEqual(Object.fromEntries(told.map(route => [route.name, net.from(route, "routeTableId")])), {
      "to-ingress-0": ["net-ingress"],
      "to-private-0": ["net-private"],
      "to-outbound-0": ["net-outbound-a"],
      "to-outbound-1": ["net-outbound-b"],
      "to-outbound-2": ["net-outbound-c"],
      "to-data-0": ["net-data"],
      "to-transit-0": ["net-transit"],
    });
  });

  it("passes every rule of the policy pack, with all that it can be asked for, and twice in a stack", async () => {
    const stack = await planned(() => {
      for (const [name, addresses] of [
        ["one", "10.16.0.0/16"],
        ["two", "10.17.0.0/16"],
      ] as const)
        new Vpc(name, {
          ...usual,
          addresses,
          privateNat: "per-zone",
          companyRanges: ["10.0.0.0/16"],
          ipv6: true,
          flowLogs: { archiveBucketArn, cloudWatch },
        });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("NetworkAcl").length, 4);
    assert.deepEqual(await refusals(stack), []);
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
          Object.values(addressPlan(addresses, 3)).flat().sort(),
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

  it("has as many zones as it is told of, and no subnet moves when one is added", async () => {
    const zones = [1, 2, 3, 4, 5, 6].map(number => `use1-az${number}`);
    const ranges = async (count: number) => {
      const net = await vpc({ zones: zones.slice(0, count) });
      return new Map(net.all("Subnet").map(({ name, inputs }) => [name, inputs["cidrBlock"]]));
    };
    let fewer = new Map<string, unknown>();
    for (const count of [1, 2, 4, 6]) {
      const more = await ranges(count);
      assert.equal(more.size, 5 * count);
      for (const [name, range] of fewer) assert.equal(more.get(name), range, name);
      fewer = more;
    }
    await assert.rejects(ranges(0), /1 to 6/);
  });

  it("lets tasks call the company through private NAT gateways, without an address of the internet", async () => {
    const companyRanges = ["10.0.0.0/16", "172.16.0.0/12"];
    for (const [privateNat, gateways] of [
      ["per-zone", ["net-private-nat-a", "net-private-nat-b", "net-private-nat-c"]],
      ["single", ["net-private-nat-a"]],
      ["none", []],
    ] as const) {
      const net = await vpc({ nat: "none", privateNat, companyRanges });
      assert.deepEqual(
        net.all("NatGateway").map(({ name }) => name),
        gateways,
      );
      assert.deepEqual(net.all("Eip"), []);
      for (const gateway of net.all("NatGateway")) {
        assert.equal(gateway.inputs["connectivityType"], "private");
        assert.match(net.from(gateway, "subnetId")[0] ?? "", /^net-private-[abc]$/);
      }
      const routes = net.all("Route").filter(({ name }) => name !== "net-internet");
      assert.equal(routes.length, gateways.length === 0 ? 0 : 3 * companyRanges.length);
      for (const route of routes) {
        assert.match(net.from(route, "routeTableId")[0] ?? "", /outbound/);
        assert.ok(companyRanges.includes(String(route.inputs["destinationCidrBlock"])));
      }
    }
  });

  it("has IPv6 by choice: in for ingress alone, and out only for tasks", async () => {
    const net = await vpc({ ipv6: true });
    assert.equal(net.one("aws:ec2/vpc:Vpc").inputs["assignGeneratedIpv6CidrBlock"], true);
    for (const { name, inputs } of net.all("Subnet"))
      assert.equal(inputs["assignIpv6AddressOnCreation"], name.includes("outbound"), name);
    const ways = net
      .all("Route")
      .filter(({ inputs }) => inputs["destinationIpv6CidrBlock"] !== undefined)
      .map(route => [
        net.from(route, "routeTableId")[0],
        [...net.from(route, "gatewayId"), ...net.from(route, "egressOnlyGatewayId")].length,
        route.propertyDependencies["egressOnlyGatewayId"] !== undefined,
      ]);
    assert.deepEqual(ways.sort(), [
      ["net-ingress", 1, false],
      ["net-outbound-a", 1, true],
      ["net-outbound-b", 1, true],
      ["net-outbound-c", 1, true],
    ]);
    const without = await vpc();
    assert.deepEqual(without.all("EgressOnlyInternetGateway"), []);
    assert.equal(without.one("aws:ec2/vpc:Vpc").inputs["assignGeneratedIpv6CidrBlock"], undefined);
  });
});
