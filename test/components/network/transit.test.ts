import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { AccountZones } from "../../../components/network/account-zones";
import { TransitAttachment } from "../../../components/network/transit-attachment";
import { TransitHub } from "../../../components/network/transit-hub";
import { Vpc } from "../../../components/network/vpc";
import { at, type Planned, planned } from "../planned";

const organizationArn = "arn:aws:organizations::999988887777:organization/o-example";
const hub = (domains: readonly string[]) =>
  planned(() => new TransitHub("hub", { domains, organizationArn }));

describe("a transit hub", () => {
  it("puts nobody together by default and accepts nobody by itself", async () => {
    const { inputs } = (await hub(["dev"])).one("TransitGateway");
    for (const choice of [
      "autoAcceptSharedAttachments",
      "defaultRouteTableAssociation",
      "defaultRouteTablePropagation",
    ])
      assert.equal(inputs[choice], "disable", choice);
  });

  for (const domains of [[], ["dev"], ["dev", "int", "prod"]])
    it(`has a route table for each of ${domains.length} domains and no route between them`, async () => {
      const stack = await hub(domains);
      const tables = stack.all("RouteTable");
      assert.deepEqual(
        tables.map(({ name }) => name),
        domains.map(domain => `hub-${domain}`),
      );
      for (const table of tables) assert.deepEqual(stack.from(table, "transitGatewayId"), ["hub"]);
      for (const type of ["Route", "RouteTableAssociation", "RouteTablePropagation"])
        assert.deepEqual(stack.all(type), []);
    });

  it("is shared with the organization and nobody else", async () => {
    const stack = await hub(["dev"]);
    assert.equal(stack.one("ResourceShare").inputs["allowExternalPrincipals"], false);
    assert.equal(stack.one("PrincipalAssociation").inputs["principal"], organizationArn);
    const shared = stack.one("ResourceAssociation");
    assert.deepEqual(stack.from(shared, "resourceArn"), ["hub"]);
    assert.deepEqual(shared.propertyDependencies["resourceArn"], [stack.one("TransitGateway").urn]);
    for (const association of [shared, stack.one("PrincipalAssociation")])
      assert.deepEqual(association.propertyDependencies["resourceShareArn"], [
        stack.one("ResourceShare").urn,
      ]);
  });
});

describe("a transit attachment", () => {
  const attached = (): Promise<Planned> =>
    planned(() => {
      const provider = new aws.Provider("account", { region: at.region });
      const vpc = new Vpc(
        "net",
        {
          at,
          addresses: "10.16.0.0/16",
          zones: ["euc1-az1", "euc1-az2", "euc1-az3"],
          nat: "per-zone",
          logKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
          logRetentionDays: 30,
        },
        { provider },
      );
      new TransitAttachment(
        "dev",
        {
          vpc,
          transitGatewayId: "tgw-1",
          domainRouteTableId: "tgw-rtb-dev",
          reaches: "10.16.0.0/12",
          hub: new aws.Provider("hub", { region: at.region }),
        },
        { provider },
      );
    });
  it("is made by the account in its transit subnets", async () => {
    const stack = await attached();
    const attachment = stack.one("VpcAttachment");
    assert.equal(stack.provider(attachment), "account");
    assert.equal(attachment.inputs["transitGatewayId"], "tgw-1");
    assert.deepEqual(stack.from(attachment, "subnetIds").sort(), [
      "net-transit-a",
      "net-transit-b",
      "net-transit-c",
    ]);
    // The account may not decide on these, and must not fight the hub over them.
    assert.deepEqual([...attachment.ignoreChanges].sort(), [
      "transitGatewayDefaultRouteTableAssociation",
      "transitGatewayDefaultRouteTablePropagation",
    ]);
  });

  it("is accepted by the hub, into its own domain and no other", async () => {
    const stack = await attached();
    const accepter = stack.one("VpcAttachmentAccepter");
    assert.equal(stack.provider(accepter), "hub");
    assert.deepEqual(accepter.propertyDependencies["transitGatewayAttachmentId"], [
      stack.one("VpcAttachment").urn,
    ]);
    assert.equal(accepter.inputs["transitGatewayDefaultRouteTableAssociation"], false);
    assert.equal(accepter.inputs["transitGatewayDefaultRouteTablePropagation"], false);
    for (const type of [
      "routeTableAssociation:RouteTableAssociation",
      "routeTablePropagation:RouteTablePropagation",
    ]) {
      const membership = stack.one(`aws:ec2transitgateway/${type}`);
      assert.equal(stack.provider(membership), "hub");
      assert.equal(membership.inputs["transitGatewayRouteTableId"], "tgw-rtb-dev");
      assert.deepEqual(membership.propertyDependencies["transitGatewayAttachmentId"], [accepter.urn]);
    }
  });

  it("leads from the private subnets to the environment, when the hub has accepted it", async () => {
    const stack = await attached();
    const routes = stack.all("Route").filter(({ inputs }) => inputs["transitGatewayId"] !== undefined);
    assert.deepEqual(
      routes.map(route => [stack.from(route, "routeTableId"), route.inputs["destinationCidrBlock"]]),
      [[["net-private"], "10.16.0.0/12"]],
    );
    assert.ok(routes[0]?.dependencies.includes(stack.one("VpcAttachmentAccepter").urn));
    assert.equal(routes[0] && stack.provider(routes[0]), "account");
  });
});

describe("an account's zones", () => {
  it("are its domain twice: in public, and inside its VPC", async () => {
    const stack = await planned(
      () => new AccountZones("dev", { domainName: "dev.example.com", vpcId: "vpc-1" }),
    );
    const [open, inside] = ["dev-public", "dev-private"].map(name => stack.one("Zone", name).inputs);
    for (const zone of [open, inside])
      assert.deepEqual([zone?.["name"], zone?.["forceDestroy"]], ["dev.example.com", false]);
    assert.equal(open?.["vpcs"], undefined);
    assert.deepEqual(inside?.["vpcs"], [{ vpcId: "vpc-1" }]);
  });
});
