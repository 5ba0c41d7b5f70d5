import assert from "node:assert/strict";
import { resolve } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlannedResource, planStacks, type StackPlan } from "../../../cli/planner";

const root = resolve(__dirname, "../../..");

/** Plans programs as stacks `a`, `b`, ... in this order. */
async function plans(
  programs: readonly (() => unknown)[],
  ids?: "unknown" | "made-up",
): Promise<readonly StackPlan[]> {
  const stacks = programs.map((program, index) => ({ name: "abc".charAt(index), program }));
  return (await planStacks(stacks, { project: "test", root, ids })).stacks;
}

function named(stacks: readonly StackPlan[], name: string): PlannedResource {
  const found = stacks.flatMap(({ resources }) => resources).filter(resource => resource.name === name);
  const [only] = found;
  assert.ok(only && found.length === 1, `${found.length} resources are called ${name}`);
  return only;
}

const hub = () => {
  const gateway = new aws.ec2transitgateway.TransitGateway("hub");
  const table = new aws.ec2transitgateway.RouteTable("domain", { transitGatewayId: gateway.id });
  return { gateway: gateway.id, tables: { dev: table.id } };
};

const spoke = () => {
  const upstream = new pulumi.StackReference("organization/test/a");
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
  const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  const attachment = new aws.ec2transitgateway.VpcAttachment("attachment", {
    transitGatewayId: upstream.requireOutput("gateway"),
    vpcId: vpc.id,
    subnetIds: [subnet.id],
  });
  const accepted = new aws.ec2transitgateway.VpcAttachmentAccepter("accepter", {
    transitGatewayAttachmentId: attachment.id,
  });
  new aws.ec2transitgateway.RouteTableAssociation("association", {
    transitGatewayAttachmentId: accepted.id,
    transitGatewayRouteTableId: upstream
      .requireOutput("tables")
      .apply(tables => (tables as { dev: string }).dev),
  });
};

describe("made-up ids", () => {
  it("lead from what refers to what is referred to, through other stacks and accepters too", async () => {
    const stacks = await plans([hub, spoke], "made-up");
    const id = (name: string) => named(stacks, name).id;
    assert.equal(named(stacks, "subnet").inputs["vpcId"], id("vpc"));
    assert.deepEqual(named(stacks, "attachment").inputs["subnetIds"], [id("subnet")]);
    assert.equal(named(stacks, "attachment").inputs["transitGatewayId"], id("hub"));
    assert.equal(named(stacks, "association").inputs["transitGatewayRouteTableId"], id("domain"));
    assert.equal(id("accepter"), id("attachment"));
    assert.equal(named(stacks, "association").inputs["transitGatewayAttachmentId"], id("attachment"));
  });

  it("are the same whenever the same is planned, and no two resources'", async () => {
    const idsOf = (stacks: readonly StackPlan[]) =>
      stacks.flatMap(({ resources }) => resources.map(({ urn, id }) => [urn, id] as const));
    const [first, second] = [await plans([hub, spoke], "made-up"), await plans([hub, spoke], "made-up")];
    assert.deepEqual(idsOf(first), idsOf(second));
    const own = idsOf(first).filter(([urn, id]) => id !== undefined && !urn.endsWith("::accepter"));
    assert.equal(new Set(own.map(([, id]) => id)).size, own.length);
    assert.match(named(first, "vpc").id ?? "", /^vpc-[0-9a-f]{17}$/);
  });

  it("are in no plan that does not ask for them", async () => {
    for (const ids of [undefined, "unknown"] as const) {
      const stacks = await plans([hub, spoke], ids);
      assert.ok(stacks.every(({ resources }) => resources.every(resource => !("id" in resource))));
      assert.equal(named(stacks, "subnet").inputs["vpcId"], "[unknown]");
      assert.equal(named(stacks, "association").inputs["transitGatewayRouteTableId"], "[unknown]");
    }
  });

  it("change nothing else: what is made, what it is given and what it depends on", async () => {
    const [unknown, madeUp] = [await plans([hub, spoke]), await plans([hub, spoke], "made-up")];
    const shape = (stacks: readonly StackPlan[]) =>
      stacks.map(({ resources }) =>
        resources.map(({ urn, inputs, dependencies, propertyDependencies }) => ({
          urn,
          inputs: Object.keys(inputs),
          dependencies,
          propertyDependencies,
        })),
      );
    assert.deepEqual(shape(madeUp), shape(unknown));
  });

  it("come with the ARNs of networks, in the account of their provider, and with no others", async () => {
    const seen: Record<string, string> = {};
    const stacks = await plans(
      [
        () => {
          const provider = new aws.Provider("there", {
            region: "eu-central-1",
            allowedAccountIds: ["111122223333"],
          });
          const balancer = new aws.lb.LoadBalancer("balancer", { internal: true }, { provider });
          const queue = new aws.sqs.Queue("queue", {}, { provider });
          const note = (name: string) => (value: string) => {
            seen[name] = value;
          };
          balancer.arn.apply(note("balancer"));
          queue.arn.apply(note("queue"));
          queue.id.apply(note("id"));
        },
      ],
      "made-up",
    );
    const id = named(stacks, "balancer").id;
    assert.deepEqual(seen, {
      balancer: `arn:aws:lb::111122223333:load-balancer/${id}`,
      id: named(stacks, "queue").id,
    });
  });

  it("come with what AWS gives a VPC and a firewall beside", async () => {
    const stacks = await plans(
      [
        () => {
          const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
          new aws.ec2.DefaultSecurityGroup("group", { vpcId: vpc.id });
          new aws.ec2.DefaultNetworkAcl("list", { defaultNetworkAclId: vpc.defaultNetworkAclId });
          const subnet = new aws.ec2.Subnet("subnet", {
            vpcId: vpc.id,
            cidrBlock: "10.0.0.0/24",
            availabilityZone: "eu-central-1a",
          });
          const firewall = new aws.networkfirewall.Firewall("firewall", {
            firewallPolicyArn: "arn",
            vpcId: vpc.id,
            subnetMappings: [{ subnetId: subnet.id }],
          });
          const states = firewall.firewallStatuses.apply(([status]) => status?.syncStates ?? []);
          new aws.ec2.Route("route", {
            routeTableId: vpc.mainRouteTableId,
            destinationCidrBlock: "0.0.0.0/0",
            vpcEndpointId: states.apply(
              all =>
                all.find(({ availabilityZone }) => availabilityZone === "eu-central-1a")?.attachments[0]
                  ?.endpointId ?? "",
            ),
          });
        },
      ],
      "made-up",
    );
    const id = (name: string) => named(stacks, name).id;
    assert.equal(id("group"), `${id("vpc")}-default-group`);
    assert.equal(id("list"), `${id("vpc")}-default-acl`);
    assert.equal(named(stacks, "route").inputs["routeTableId"], `${id("vpc")}-main`);
    assert.equal(named(stacks, "route").inputs["vpcEndpointId"], `${id("firewall")}-in-${id("subnet")}`);
  });

  it("of what is only looked up are the ones it is looked up by", async () => {
    const stacks = await plans([() => void aws.ec2.Vpc.get("theirs", "vpc-0123")], "made-up");
    assert.equal(named(stacks, "theirs").id, "vpc-0123");
  });
});
