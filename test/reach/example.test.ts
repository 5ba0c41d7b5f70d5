import assert from "node:assert/strict";
import { decide, overviewOf, partiesOf } from "../../reach";
import type { Resource, StackOfResources } from "../../reach/resource";
import { changed, exampleStacks, held, networkIn, withInputs } from "./example";

const short = (resource: Resource) => resource.type.split(":").at(-1);

/** One resource of a kind, by its name. */
function one(
  stacks: readonly StackOfResources[],
  kind: string,
  name: string,
): Resource & { readonly id: string } {
  const found = stacks
    .flatMap(({ resources }) => resources)
    .filter(its => its.custom && short(its) === kind && its.name === name);
  const [only] = found;
  assert.ok(only?.id !== undefined && found.length === 1, `${found.length} ${kind} ${name}`);
  return { ...only, id: only.id };
}

interface Mutation {
  readonly hole: string;
  /** What is no longer held. */
  readonly breaks: RegExp;
  readonly of: (stacks: readonly StackOfResources[]) => readonly StackOfResources[];
}

const same = (resource: Resource) => resource;
const route = (name: string, routeTableId: string, destinationCidrBlock: string, target: object) => ({
  type: "aws:ec2/route:Route",
  name,
  id: name,
  inputs: { routeTableId, destinationCidrBlock, ...target },
});
const change =
  (kind: string, name: string, inputs: Resource["inputs"]): Mutation["of"] =>
  stacks => {
    const { urn } = one(stacks, kind, name);
    return changed(stacks, resource => (resource.urn === urn ? withInputs(resource, inputs) : resource));
  };

/** Ways out for a whole subnet: everything in it becomes public. */
const toInternet =
  (name: string, account: string): Mutation["of"] =>
  stacks =>
    changed(stacks, same, [
      {
        label: account,
        resource: route("hole", one(stacks, "RouteTable", name).id, "0.0.0.0/0", {
          gatewayId: one(stacks, "InternetGateway", account).id,
        }),
      },
    ]);

const both =
  (...mutations: readonly Mutation["of"][]): Mutation["of"] =>
  stacks =>
    mutations.reduce((changedSoFar, mutation) => mutation(changedSoFar), stacks);

const hubMember =
  (type: string, attachment: string, domain: string): Mutation["of"] =>
  stacks =>
    changed(stacks, same, [
      {
        label: attachment,
        resource: {
          type: `aws:ec2transitgateway/${type}`,
          name: `hole-${attachment}-${domain}`,
          id: `hole-${attachment}-${domain}`,
          inputs: {
            transitGatewayAttachmentId: one(stacks, "VpcAttachment", attachment).id,
            transitGatewayRouteTableId: one(stacks, "RouteTable", `hub-${domain}`).id,
          },
        },
      },
    ]);
const propagated = (attachment: string, domain: string) =>
  hubMember("routeTablePropagation:RouteTablePropagation", attachment, domain);

/** From the private subnets of an account to a range, by the transit gateway. */
const towardsHub =
  (account: string, range: string): Mutation["of"] =>
  stacks =>
    changed(stacks, same, [
      {
        label: account,
        resource: route(`towards-${account}`, one(stacks, "RouteTable", `${account}-private`).id, range, {
          transitGatewayId: one(stacks, "TransitGateway", "hub").id,
        }),
      },
    ]);

const peering =
  (from: string, fromRange: string, to: string, toRange: string): Mutation["of"] =>
  stacks => {
    const via = { vpcPeeringConnectionId: "hole-peering" };
    const table = (account: string) => one(stacks, "RouteTable", `${account}-private`).id;
    return changed(stacks, same, [
      {
        label: from,
        resource: {
          type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
          name: "hole-peering",
          id: "hole-peering",
          inputs: { vpcId: one(stacks, "Vpc", from).id, peerVpcId: one(stacks, "Vpc", to).id },
        },
      },
      { label: from, resource: route("there", table(from), toRange, via) },
      { label: to, resource: route("back", table(to), fromRange, via) },
    ]);
  };

const groupRule =
  (group: string, inputs: Resource["inputs"]): Mutation["of"] =>
  stacks => {
    const [stack] = stacks.filter(({ resources }) =>
      resources.some(its => short(its) === "SecurityGroup" && its.name === group),
    );
    assert.ok(stack);
    const id = stack.resources.find(its => short(its) === "SecurityGroup" && its.name === group)?.id;
    assert.ok(id);
    return changed(stacks, same, [
      {
        label: stack.label,
        resource: {
          type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          name: "hole",
          id: "hole",
          inputs: { securityGroupId: id, ...inputs },
        },
      },
    ]);
  };

const mutations: readonly Mutation[] = [
  {
    hole: "a data table routes to an internet gateway",
    breaks: /route tables alone keep data/,
    of: toInternet("dev-data", "dev"),
  },
  {
    hole: "a data table routes to a NAT gateway",
    breaks: /route tables alone keep data/,
    of: stacks =>
      changed(stacks, same, [
        {
          label: "dev",
          resource: route("hole", one(stacks, "RouteTable", "dev-data").id, "0.0.0.0/0", {
            natGatewayId: one(stacks, "NatGateway", "dev-nat-a").id,
          }),
        },
      ]),
  },
  {
    hole: "a data table routes to a NAT gateway, and no access list denies it",
    breaks: /data subnets do not reach the internet/,
    of: stacks =>
      changed(stacks, its => (its.type === "aws:ec2/networkAcl:NetworkAcl" ? undefined : its), [
        {
          label: "dev",
          resource: route("hole", one(stacks, "RouteTable", "dev-data").id, "0.0.0.0/0", {
            natGatewayId: one(stacks, "NatGateway", "dev-nat-a").id,
          }),
        },
      ]),
  },
  {
    hole: "a load balancer's security group is open to everyone",
    breaks: /security groups alone keep the internet from load balancers/,
    of: groupRule("pricing", { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 443, toPort: 443 }),
  },
  {
    hole: "an attachment of dev is propagated to prod's table",
    breaks: /the hub alone keeps environments apart/,
    of: propagated("dev", "prod"),
  },
  {
    hole: "a subnet with an internet gateway gives out public addresses",
    breaks: /the internet reaches nothing but/,
    of: change("Subnet", "dev-ingress-a", { mapPublicIpOnLaunch: true }),
  },
  {
    hole: "an attachment of dev is propagated to prod, and prod's to dev, with routes",
    breaks: /environments do not reach each other/,
    of: both(
      propagated("dev", "prod"),
      propagated("prod", "dev"),
      towardsHub("dev", "10.48.0.0/12"),
      towardsHub("prod", "10.16.0.0/12"),
    ),
  },
  {
    hole: "an attachment of int is associated with prod's table and propagated there, with routes",
    breaks: /environments do not reach each other/,
    of: both(
      stacks => {
        const { urn } = one(stacks, "RouteTableAssociation", "int");
        const id = one(stacks, "RouteTable", "hub-prod").id;
        return changed(stacks, its =>
          its.urn === urn ? withInputs(its, { transitGatewayRouteTableId: id }) : its,
        );
      },
      propagated("int", "prod"),
      towardsHub("int", "10.48.0.0/12"),
      towardsHub("prod", "10.32.0.0/12"),
    ),
  },
  {
    hole: "a peering of dev and prod, with routes",
    breaks: /environments do not reach each other/,
    of: peering("dev", "10.16.0.0/16", "prod", "10.48.0.0/16"),
  },
  {
    hole: "a kind that is not understood joins dev and prod",
    breaks: /environments do not reach each other/,
    of: stacks =>
      changed(stacks, same, [
        {
          label: "dev",
          resource: {
            type: "aws:networkmanager/vpcAttachment:VpcAttachment",
            name: "wan",
            id: "wan",
            inputs: { vpcArn: `arn:aws:ec2:eu-central-1:1:vpc/${one(stacks, "Vpc", "dev").id}` },
          },
        },
      ]),
  },
  {
    hole: "tasks are let in from everywhere",
    breaks: /tasks are called by/,
    of: groupRule("fulfilment", { cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" }),
  },
  {
    hole: "a load balancer behind CloudFront becomes public, in subnets that are, and its group is open",
    breaks: /by CloudFront alone/,
    of: both(
      groupRule("shop", { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 443, toPort: 443 }),
      stacks => {
        const balancer = stacks
          .find(({ label }) => label === "shop-dev")
          ?.resources.find(its => short(its) === "LoadBalancer");
        const subnets = [one(stacks, "Subnet", "dev-ingress-a").id];
        return changed(stacks, its =>
          its.urn === balancer?.urn ? withInputs(its, { internal: false, subnets }) : its,
        );
      },
    ),
  },
  {
    hole: "tasks get public addresses in subnets that are routed to the internet, and their group is open",
    breaks: /the internet reaches nothing but/,
    of: both(
      groupRule("fulfilment", { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 8443, toPort: 8443 }),
      stacks => {
        const service = stacks
          .flatMap(({ label, resources }) => (label === "orders-dev" ? resources : []))
          .find(its => its.type === "aws:ecs/service:Service" && its.name === "fulfilment");
        assert.ok(service);
        const configuration = service.inputs["networkConfiguration"] as Resource["inputs"];
        const subnets = [one(stacks, "Subnet", "dev-ingress-a").id];
        return changed(stacks, its =>
          its.urn === service.urn
            ? withInputs(its, { networkConfiguration: { ...configuration, subnets, assignPublicIp: true } })
            : its,
        );
      },
    ),
  },
];

const broken = (stacks: readonly StackOfResources[]) =>
  held.flatMap(({ statement, against }) => {
    const found = against(stacks);
    return found.length === 0 ? [] : [`${statement}: ${found.slice(0, 5).join(", ")}`];
  });

describe("the example's networks", () => {
  let stacks: readonly StackOfResources[];
  before(async () => {
    stacks = await exampleStacks();
  });

  for (const { statement, against } of held)
    it(`hold: ${statement}`, () => {
      assert.deepEqual(against(stacks), []);
    });

  for (const { hole, breaks, of } of mutations)
    it(`are found out where ${hole}`, () => {
      assert.match(broken(of(stacks)).join("\n"), breaks);
    });

  it("let through what they are for", () => {
    const network = networkIn(stacks);
    const parties = partiesOf(network);
    const reaches = (from: string, to: string) => {
      const [a, b] = [parties.get(from), parties.get(to)];
      assert.ok(a && b, `${from} ${to}`);
      return decide(network, a, b).reaches;
    };
    for (const environment of ["dev", "int", "prod"]) {
      assert.equal(reaches(`orders-${environment}/lb`, `orders-${environment}/api`), true);
      assert.equal(reaches(`orders-${environment}/api`, `orders-${environment}/lb`), true);
      assert.equal(reaches(`orders-${environment}/api`, "internet"), true);
      assert.equal(reaches(`orders-${environment}/api`, `${environment}/s3`), true);
      assert.equal(reaches(`payments-${environment}/private`, `orders-${environment}/lb`), true);
    }
    assert.equal(reaches("internet", "shop-prod/lb"), true);
  });

  it("are decided all", () => {
    const { cells, notUnderstood } = overviewOf(networkIn(stacks));
    const undecided = cells.filter(({ decision }) => decision.reaches === "undecided");
    assert.deepEqual(
      undecided.map(({ from, to }) => `${from} to ${to}`),
      [],
    );
    assert.deepEqual(notUnderstood, []);
  });
});
