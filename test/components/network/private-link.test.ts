import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import {
  PrivateLinkEndpoint,
  type PrivateLinkEndpointArgs,
  PrivateLinkService,
  type PrivateLinkServiceArgs,
} from "../../../components/network/private-link";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const service: PrivateLinkServiceArgs = {
  loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/orders/1",
  accountIds: ["222233334444", "333344445555"],
};
const offered = (more: Partial<PrivateLinkServiceArgs> = {}): Promise<Planned> =>
  planned(() => new PrivateLinkService("orders", { ...service, ...more }));
const privateDns = { name: "orders.example.com", publicZoneId: "Z1" };

describe("a PrivateLink service", () => {
  it("offers the load balancer to the accounts and nobody else, and has each connection accepted", async () => {
    const { inputs } = (await offered()).one("VpcEndpointService");
    assert.deepEqual(inputs["networkLoadBalancerArns"], [service.loadBalancerArn]);
    assert.deepEqual(inputs["allowedPrincipals"], [
      "arn:aws:iam::222233334444:root",
      "arn:aws:iam::333344445555:root",
    ]);
    assert.equal(inputs["acceptanceRequired"], true);
  });

  it("proves its private name in the public zone, where it has one", async () => {
    const stack = await offered({ privateDns });
    const made = stack.one("VpcEndpointService");
    assert.equal(made.inputs["privateDnsName"], "orders.example.com");
    const record = stack.one("Record");
    assert.equal(record.inputs["zoneId"], "Z1");
    assert.equal(record.inputs["type"], "TXT");
    for (const property of ["name", "records"])
      assert.deepEqual(record.propertyDependencies[property], [made.urn], property);
    const proven = stack.one("EndpointServicePrivateDnsVerification");
    assert.equal(proven.inputs["waitForVerification"], true);
    assert.deepEqual(proven.propertyDependencies["serviceId"], [made.urn]);
    assert.ok(proven.dependencies.includes(record.urn));
  });

  it("has nothing to prove without one", async () => {
    const stack = await offered();
    assert.equal(stack.one("VpcEndpointService").inputs["privateDnsName"], undefined);
    assert.deepEqual([...stack.all("Record"), ...stack.all("EndpointServicePrivateDnsVerification")], []);
  });

  it("tells its name only when that is proven", async () => {
    const stack = await planned(() => {
      const made = new PrivateLinkService("orders", { ...service, privateDns });
      new aws.ssm.Parameter("name", { type: "String", value: made.serviceName });
    });
    assert.ok(
      stack.one("Parameter").dependencies.includes(stack.one("EndpointServicePrivateDnsVerification").urn),
    );
  });

  for (const [wrong, message] of [
    [{ accountIds: [] }, /accountIds is empty/],
    [{ accountIds: ["*"] }, /accountIds holds \*; an account has a number of 12 digits/],
    [{ accountIds: ["222233334444", "1"] }, /accountIds holds 1;/],
  ] as const)
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await planned(() =>
        assert.throws(() => new PrivateLinkService("orders", { ...service, ...wrong }), message),
      );
    });

  it("passes the policies", async () => {
    assert.deepEqual(await refusals(await offered({ privateDns })), []);
  });
});

const endpoint = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  serviceId: "vpce-svc-1",
  serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-1",
  from: ["10.16.0.0/16", "100.64.0.0/16"],
};
const used = (more: Partial<PrivateLinkEndpointArgs> = {}, names = ["orders"]): Promise<Planned> =>
  planned(() => {
    const provider = new aws.Provider("consumer", { region: at.region });
    const owner = new aws.Provider("owner", { region: at.region });
    for (const name of names) new PrivateLinkEndpoint(name, { ...endpoint, owner, ...more }, { provider });
  });

describe("a PrivateLink endpoint", () => {
  it("is in the consumer's subnets, and in the product's account accepted", async () => {
    const stack = await used();
    const made = stack.one("VpcEndpoint");
    assert.equal(stack.provider(made), "consumer");
    assert.equal(made.inputs["vpcEndpointType"], "Interface");
    assert.equal(made.inputs["serviceName"], endpoint.serviceName);
    assert.deepEqual(made.inputs["subnetIds"], endpoint.subnetIds);
    const accepter = stack.one("VpcEndpointConnectionAccepter");
    assert.equal(stack.provider(accepter), "owner");
    assert.equal(accepter.inputs["vpcEndpointServiceId"], "vpce-svc-1");
    assert.deepEqual(accepter.propertyDependencies["vpcEndpointId"], [made.urn]);
  });

  it("is called by its private name only when it has been accepted", async () => {
    const stack = await used();
    const made = stack.one("VpcEndpoint");
    assert.equal(made.inputs["privateDnsEnabled"], undefined);
    assert.deepEqual(made.ignoreChanges, ["privateDnsEnabled"]);
    const named = stack.one("EndpointPrivateDns");
    assert.equal(stack.provider(named), "consumer");
    assert.equal(named.inputs["privateDnsEnabled"], true);
    assert.deepEqual(named.propertyDependencies["vpcEndpointId"], [made.urn]);
    assert.ok(named.dependencies.includes(stack.one("VpcEndpointConnectionAccepter").urn));
    assert.deepEqual((await used({ privateDns: false })).all("EndpointPrivateDns"), []);
  });

  it("is called from the given ranges, by the given port, and calls nobody", async () => {
    for (const port of [undefined, 8443]) {
      const stack = await used(port === undefined ? {} : { port });
      const group = stack.one("SecurityGroup");
      assert.deepEqual(stack.one("VpcEndpoint").propertyDependencies["securityGroupIds"], [group.urn]);
      assert.deepEqual([group.inputs["ingress"], group.inputs["egress"]], [undefined, undefined]);
      const rules = stack.all("SecurityGroupIngressRule");
      assert.deepEqual(
        rules.map(({ inputs }) => [inputs["cidrIpv4"], inputs["fromPort"], inputs["toPort"]]),
        endpoint.from.map(range => [range, port ?? 443, port ?? 443]),
      );
      for (const rule of rules) assert.deepEqual(rule.propertyDependencies["securityGroupId"], [group.urn]);
      assert.deepEqual(stack.all("SecurityGroupEgressRule"), []);
    }
  });

  it("is called by nobody where no range is given, until its group gets a rule", async () => {
    const stack = await planned(() => {
      const { from: _, ...alone } = endpoint;
      const owner = new aws.Provider("owner", { region: at.region });
      const made = new PrivateLinkEndpoint("orders", { ...alone, owner });
      new aws.vpc.SecurityGroupIngressRule("task", {
        securityGroupId: made.securityGroupId,
        referencedSecurityGroupId: "sg-task",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    });
    const rule = stack.one("SecurityGroupIngressRule");
    assert.equal(rule.name, "task");
    assert.deepEqual(rule.propertyDependencies["securityGroupId"], [stack.one("SecurityGroup").urn]);
    assert.deepEqual(await refusals(stack), []);
  });

  it("may be there twice in a stack", async () => {
    const stack = await used({}, ["one", "two"]);
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("VpcEndpoint").length, 2);
  });

  for (const [wrong, message] of [
    [{ from: [] }, /from is empty/],
    [{ from: ["10.16.0.0"] }, /from is 10\.16\.0\.0; it has no length/],
    [{ port: 0 }, /port is 0;/],
    [{ port: 65_536 }, /port is 65536;/],
  ] as const)
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await planned(() => {
        const owner = new aws.Provider("owner", {});
        assert.throws(() => new PrivateLinkEndpoint("orders", { ...endpoint, owner, ...wrong }), message);
      });
    });

  it("passes the policies, and is refused by them when all the world may call", async () => {
    assert.deepEqual(await refusals(await used()), []);
    assert.match((await refusals(await used({ from: ["0.0.0.0/0"] }))).join(), /ec2-sg-not-open/);
  });
});
