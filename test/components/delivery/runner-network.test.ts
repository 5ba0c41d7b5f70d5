import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { containsCidr, overlapCidr, parseCidr } from "cidr-tools";
import fc from "fast-check";
import {
  RunnerNetwork,
  type RunnerNetworkArgs,
  runnerAddresses,
} from "../../../components/delivery/runner-network";
import { at, type Planned, planned } from "../planned";
import { transit } from "./runner-arguments";

const network = (more: Partial<RunnerNetworkArgs> = {}): Promise<Planned> =>
  planned(() => {
    const hub = new aws.Provider("hub", { region: at.region });
    new RunnerNetwork("runner", {
      at,
      addresses: "10.18.0.0/22",
      zones: ["euc1-az1", "euc1-az2", "euc1-az3"],
      organizationId: "o-abcde12345",
      flowLogs: { archiveBucketArn: "arn:aws:s3:::landing-zone-flow-logs-444455556666-eu-central-1" },
      transit: transit(hub),
      endpoints: [],
      ...more,
    });
  });

describe("the addresses of a runner", () => {
  it("lie within its range and apart, whatever its size and zones, and no zone moves another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 22 }), fc.integer({ min: 1, max: 6 }), (prefix, zones) => {
        const whole = `10.18.0.0/${prefix}`;
        const plan = runnerAddresses(whole, zones);
        const all = [...plan.jobs, ...plan.transit];
        assert.equal(all.length, 2 * zones);
        for (const [index, range] of all.entries()) {
          assert.ok(containsCidr(whole, range));
          assert.ok(all.slice(0, index).every(other => !overlapCidr(other, range)));
        }
        for (const range of plan.transit) assert.equal(Number(parseCidr(range).prefix), 28);
        for (const range of plan.jobs) assert.equal(Number(parseCidr(range).prefix), prefix + 3);
        const six = runnerAddresses(whole, 6);
        assert.deepEqual(plan.jobs, six.jobs.slice(0, zones));
        assert.deepEqual(plan.transit, six.transit.slice(0, zones));
      }),
    );
  });

  for (const [addresses, zones, message] of [
    ["10.18.0.0/23", 3, /must be an IPv4 range of \/16 to \/22/],
    ["10.0.0.0/15", 3, /must be an IPv4 range of \/16 to \/22/],
    ["10.18.0.1/22", 3, /the range begins otherwise/],
    ["fd00::/22", 3, /must be an IPv4 range/],
    ["10.18.0.0/22", 7, /7 zones; a runner has 1 to 6/],
    ["10.18.0.0/22", 0, /0 zones; a runner has 1 to 6/],
  ] as const)
    it(`are not made of ${addresses} in ${zones} zones`, () => {
      assert.throws(() => runnerAddresses(addresses, zones), message);
    });
});

describe("the network of a runner", () => {
  it("sends all it does not hold to the hub, and has no other way", async () => {
    const stack = await network();
    const routes = stack.all("aws:ec2/route:Route");
    assert.deepEqual(
      routes.map(route => [
        stack.from(route, "routeTableId"),
        route.inputs["destinationCidrBlock"],
        route.inputs["transitGatewayId"],
      ]),
      [[["runner-jobs"], "0.0.0.0/0", "tgw-1"]],
    );
    const { inputs } = stack.one("VpcAttachment");
    assert.equal((inputs["subnetIds"] as unknown[]).length, 3);
    const association = stack.one("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation");
    assert.equal(association.inputs["transitGatewayRouteTableId"], "tgw-rtb-runner");
    assert.equal(stack.provider(association), "hub");
    assert.deepEqual(
      stack.all("RouteTablePropagation").map(its => its.inputs["transitGatewayRouteTableId"]),
      ["tgw-rtb-egress"],
    );
  });

  it("is logged to the archive, and closes its default security group", async () => {
    const stack = await network();
    assert.deepEqual(stack.from(stack.one("FlowLog"), "vpcId"), ["runner"]);
    assert.match(
      String(stack.one("FlowLog").inputs["logDestination"]),
      /^arn:aws:s3:::landing-zone-flow-logs/,
    );
    const { inputs } = stack.one("DefaultSecurityGroup");
    assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
  });

  it("reaches S3 by a gateway endpoint, and other services by endpoints of its own where it is said", async () => {
    const types = (stack: Planned) =>
      stack
        .all("VpcEndpoint")
        .map(({ inputs }) => [inputs["vpcEndpointType"], inputs["serviceName"]])
        .sort();
    const gateways = ["dynamodb", "s3"].map(name => ["Gateway", `com.amazonaws.${at.region}.${name}`]);
    assert.deepEqual(types(await network()), gateways);
    assert.deepEqual(types(await network({ endpoints: ["sts", "autoscaling"] })), [
      ...gateways,
      ...["autoscaling", "sts"].map(name => ["Interface", `com.amazonaws.${at.region}.${name}`]),
    ]);
  });

  it("asks the company's own name servers where it is told of rules", async () => {
    assert.equal((await network()).all("ResolverRuleAssociation").length, 0);
    const stack = await network({ forwardingRuleIds: { "corp.example.com": "rslvr-rr-1" } });
    assert.equal(stack.one("ResolverRuleAssociation").inputs["resolverRuleId"], "rslvr-rr-1");
  });
});
