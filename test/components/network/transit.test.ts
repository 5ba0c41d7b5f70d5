import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import {
  TransitAttachment,
  type TransitAttachmentArgs,
} from "../../../components/network/transit-attachment";
import { TransitHub, type TransitHubArgs } from "../../../components/network/transit-hub";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const organizationArn = "arn:aws:organizations::999988887777:organization/o-example";
const hub = (domains: readonly string[], more: Partial<TransitHubArgs> = {}) =>
  planned(() => new TransitHub("hub", { domains, organizationArn, ...more }));

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

  for (const domains of [[], ["dev"], ["dev", "int", "prod", "shared", "runner", "on-premises"]])
    it(`has a route table for each of ${domains.length} domains and no route between them`, async () => {
      const stack = await hub(domains);
      const tables = stack.all("RouteTable");
      assert.deepEqual(tables.map(({ name }) => name).sort(), domains.map(domain => `hub-${domain}`).sort());
      for (const table of tables) {
        assert.deepEqual(stack.from(table, "transitGatewayId"), ["hub"]);
        // By which HubRole knows it.
        const tags = table.inputs["tags"] as Record<string, string>;
        assert.equal(`hub-${tags["route-domain"]}`, table.name);
      }
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

  it("writes down what passes only where it is told to, as AWS takes it for a transit gateway", async () => {
    assert.deepEqual((await hub(["dev"])).all("FlowLog"), []);
    const stack = await hub(["dev"], { flowLogBucketArn: "arn:aws:s3:::flows" });
    const { inputs, propertyDependencies } = stack.one("FlowLog");
    assert.deepEqual(propertyDependencies["transitGatewayId"], [stack.one("TransitGateway").urn]);
    assert.equal(inputs["logDestination"], "arn:aws:s3:::flows");
    assert.equal(inputs["logDestinationType"], "s3");
    assert.equal(inputs["maxAggregationInterval"], 60);
    assert.equal(inputs["trafficType"], undefined);
    assert.equal((inputs["destinationOptions"] as { fileFormat: string }).fileFormat, "parquet");
  });

  for (const asn of [undefined, 64512, 65534, 4_200_000_000, 4_294_967_294])
    it(`has the number ${asn ?? "64512 by default"}`, async () => {
      const stack = await hub([], asn === undefined ? {} : { amazonSideAsn: asn });
      assert.equal(stack.one("TransitGateway").inputs["amazonSideAsn"], asn ?? 64512);
    });

  for (const asn of [0, 64511, 65535, 4_199_999_999, 4_294_967_295, 64512.5, Number.NaN])
    it(`refuses the number ${asn}`, async () => {
      await planned(() =>
        assert.throws(
          () => new TransitHub("hub", { domains: [], organizationArn, amazonSideAsn: asn }),
          new RegExp(`amazonSideAsn is ${asn}; it must be from 64512`),
        ),
      );
    });

  it("refuses a domain that is named twice", async () => {
    await planned(() =>
      assert.throws(
        () => new TransitHub("hub", { domains: ["dev", "int", "dev"], organizationArn }),
        /domains holds dev twice/,
      ),
    );
  });

  it("passes the policies", async () => {
    assert.deepEqual(await refusals(await hub(["dev"], { flowLogBucketArn: "arn:aws:s3:::flows" })), []);
  });
});

const attached = (more: Partial<TransitAttachmentArgs> = {}, names = ["dev"]): Promise<Planned> =>
  planned(() => {
    const provider = new aws.Provider("account", { region: at.region });
    const inHub = new aws.Provider("hub", { region: at.region });
    for (const name of names)
      new TransitAttachment(
        name,
        {
          vpcId: "vpc-1",
          subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
          transitGatewayId: "tgw-1",
          domainRouteTableId: "tgw-rtb-dev",
          propagatesTo: { dev: "tgw-rtb-dev", shared: "tgw-rtb-shared" },
          routes: { environment: { routeTableIds: ["rtb-private"], destination: "10.16.0.0/12" } },
          hub: inHub,
          ...more,
        },
        { provider },
      );
  });

describe("a transit attachment", () => {
  it("is made by the account in its transit subnets", async () => {
    const stack = await attached();
    const attachment = stack.one("VpcAttachment");
    assert.equal(stack.provider(attachment), "account");
    assert.equal(attachment.inputs["transitGatewayId"], "tgw-1");
    assert.equal(attachment.inputs["vpcId"], "vpc-1");
    assert.deepEqual(attachment.inputs["subnetIds"], ["subnet-a", "subnet-b", "subnet-c"]);
    // The account may not decide on these, and must not fight the hub over them.
    assert.deepEqual([...attachment.ignoreChanges].sort(), [
      "transitGatewayDefaultRouteTableAssociation",
      "transitGatewayDefaultRouteTablePropagation",
    ]);
  });

  it("is accepted by the hub, where it is associated with its own domain and no other", async () => {
    const stack = await attached();
    const accepter = stack.one("VpcAttachmentAccepter");
    assert.equal(stack.provider(accepter), "hub");
    assert.deepEqual(accepter.propertyDependencies["transitGatewayAttachmentId"], [
      stack.one("VpcAttachment").urn,
    ]);
    assert.equal(accepter.inputs["transitGatewayDefaultRouteTableAssociation"], false);
    assert.equal(accepter.inputs["transitGatewayDefaultRouteTablePropagation"], false);
    const association = stack.one("RouteTableAssociation");
    assert.equal(stack.provider(association), "hub");
    assert.equal(association.inputs["transitGatewayRouteTableId"], "tgw-rtb-dev");
    assert.deepEqual(association.propertyDependencies["transitGatewayAttachmentId"], [accepter.urn]);
  });

  it("is known in the tables of those who may reach it and in no other", async () => {
    const choices: TransitAttachmentArgs["propagatesTo"][] = [
      {},
      { dev: "rtb-1" },
      { dev: "rtb-1", runner: "rtb-2", shared: "rtb-3" },
    ];
    for (const propagatesTo of choices) {
      const stack = await attached({ propagatesTo });
      const propagations = stack.all("RouteTablePropagation");
      assert.deepEqual(
        propagations.map(({ name, inputs }) => [name, inputs["transitGatewayRouteTableId"]]),
        Object.entries(propagatesTo).map(([domain, table]) => [`dev-${domain}`, table]),
      );
      for (const propagation of propagations) {
        assert.equal(stack.provider(propagation), "hub");
        assert.deepEqual(propagation.propertyDependencies["transitGatewayAttachmentId"], [
          stack.one("VpcAttachmentAccepter").urn,
        ]);
      }
    }
  });

  it("leads from the given tables to the given ranges, when the hub has accepted it", async () => {
    const stack = await attached({
      routes: {
        environment: { routeTableIds: ["rtb-private"], destination: "10.16.0.0/12" },
        internet: { routeTableIds: ["rtb-a", "rtb-b"], destination: "0.0.0.0/0" },
      },
    });
    const routes = stack.all("Route");
    assert.deepEqual(
      routes.map(({ name, inputs }) => [name, inputs["routeTableId"], inputs["destinationCidrBlock"]]),
      [
        ["dev-environment", "rtb-private", "10.16.0.0/12"],
        ["dev-internet", "rtb-a", "0.0.0.0/0"],
        ["dev-internet-2", "rtb-b", "0.0.0.0/0"],
      ],
    );
    for (const route of routes) {
      assert.equal(route.inputs["transitGatewayId"], "tgw-1");
      assert.ok(route.dependencies.includes(stack.one("VpcAttachmentAccepter").urn));
      assert.equal(stack.provider(route), "account");
    }
  });

  it("stays the same resources when a subnet, table or domain is added, and changes in place", async () => {
    const before = await attached();
    const after = await attached({
      subnetIds: ["subnet-new", "subnet-a", "subnet-b", "subnet-c"],
      propagatesTo: { runner: "tgw-rtb-runner", dev: "tgw-rtb-dev", shared: "tgw-rtb-shared" },
      routes: {
        first: { routeTableIds: ["rtb-d"], destination: "10.0.0.0/16" },
        environment: { routeTableIds: ["rtb-private", "rtb-more"], destination: "10.16.0.0/12" },
      },
    });
    for (const resource of before.resources) {
      const same = after.resources.find(({ urn }) => urn === resource.urn);
      assert.ok(same, resource.urn);
      const inputs = { ...resource.inputs };
      // The provider takes a change of these without another attachment.
      if (same.type.endsWith(":VpcAttachment")) inputs["subnetIds"] = same.inputs["subnetIds"] ?? "";
      assert.deepEqual(same.inputs, inputs, resource.urn);
    }
  });

  it("keeps connections in one zone only where it is told to", async () => {
    for (const [applianceModeSupport, expected] of [
      [undefined, "disable"],
      [false, "disable"],
      [true, "enable"],
    ] as const)
      assert.equal(
        (await attached({ applianceModeSupport })).one("VpcAttachment").inputs["applianceModeSupport"],
        expected,
      );
  });

  it("may be there twice in a stack", async () => {
    const stack = await attached({}, ["one", "two"]);
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("VpcAttachment").length, 2);
  });

  it("refuses a destination that is no range", async () => {
    await planned(() =>
      assert.throws(
        () =>
          new TransitAttachment("dev", {
            vpcId: "vpc-1",
            subnetIds: [],
            transitGatewayId: "tgw-1",
            domainRouteTableId: "rtb",
            propagatesTo: {},
            routes: { shared: { routeTableIds: [], destination: "10.0.0.1/16" } },
            hub: new aws.Provider("hub", {}),
          }),
        /routes\.shared\.destination is 10\.0\.0\.1\/16; the range begins otherwise/,
      ),
    );
  });

  it("passes the policies", async () => {
    assert.deepEqual(await refusals(await attached()), []);
  });
});
