import assert from "node:assert/strict";
import {
  type DirectConnectConnection,
  OnPremises,
  type OnPremisesArgs,
  type VpnConnection,
} from "../../../components/network/on-premises";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const vpn: VpnConnection = {
  kind: "vpn",
  address: "203.0.113.10",
  asn: 65010,
  logKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
  logRetentionDays: 90,
};
const direct: DirectConnectConnection = {
  kind: "direct-connect",
  gatewayId: "dxgw-1",
  allowedPrefixes: ["10.16.0.0/12", "10.48.0.0/12"],
};
const args = {
  at,
  transitGatewayId: "tgw-1",
  routeTableId: "tgw-rtb-on-premises",
  propagatesTo: { shared: "tgw-rtb-shared", prod: "tgw-rtb-prod" },
};
const joined = (
  connection: OnPremisesArgs["connection"],
  more: Partial<OnPremisesArgs> = {},
  names = ["office"],
): Promise<Planned> =>
  planned(() => {
    for (const name of names) new OnPremises(name, { ...args, connection, ...more });
  });

describe("on-premises", () => {
  for (const [connection, type] of [
    [vpn, "aws:ec2/vpnConnection:VpnConnection"],
    [direct, "aws:directconnect/gatewayAssociation:GatewayAssociation"],
  ] as const) {
    it(`is joined by ${connection.kind} to its domain, and known to those who reach it and nobody else`, async () => {
      const choices: OnPremisesArgs["propagatesTo"][] = [{}, args.propagatesTo];
      for (const propagatesTo of choices) {
        const stack = await joined(connection, { propagatesTo });
        const made = stack.one(type);
        const association = stack.one("RouteTableAssociation");
        assert.equal(association.inputs["transitGatewayRouteTableId"], "tgw-rtb-on-premises");
        const propagations = stack.all("RouteTablePropagation");
        assert.deepEqual(
          propagations.map(({ inputs }) => inputs["transitGatewayRouteTableId"]).sort(),
          Object.values(propagatesTo).sort(),
        );
        for (const one of [association, ...propagations])
          assert.deepEqual(one.propertyDependencies["transitGatewayAttachmentId"], [made.urn]);
      }
    });

    it(`is nobody's to take with ${connection.kind}: its attachment says whose it is`, async () => {
      const stack = await joined(connection);
      const tag = stack.one("Tag");
      assert.deepEqual([tag.inputs["key"], tag.inputs["value"]], ["route-domain", "office"]);
      assert.deepEqual(tag.propertyDependencies["resourceId"], [stack.one(type).urn]);
    });

    it(`passes the policies with ${connection.kind}`, async () => {
      assert.deepEqual(await refusals(await joined(connection)), []);
    });

    it(`may be there twice in a stack with ${connection.kind}`, async () => {
      const stack = await joined(connection, {}, ["one", "two"]);
      assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
      assert.equal(stack.all(type).length, 2);
    });
  }

  it("makes of a VPN nothing for Direct Connect, and the other way round", async () => {
    assert.deepEqual((await joined(vpn)).all("GatewayAssociation"), []);
    const stack = await joined(direct);
    for (const type of ["VpnConnection", "CustomerGateway", "LogGroup"])
      assert.deepEqual(stack.all(type), []);
  });

  it("has two tunnels alike, with nothing weak in them, that say what they do", async () => {
    const stack = await joined(vpn);
    const { inputs } = stack.one("aws:ec2/vpnConnection:VpnConnection");
    assert.equal(inputs["transitGatewayId"], "tgw-1");
    assert.equal(inputs["staticRoutesOnly"], false);
    const tunnel = (number: number) =>
      Object.fromEntries(
        Object.entries(inputs)
          .filter(([key]) => key.startsWith(`tunnel${number}`))
          .map(([key, value]) => [key.slice("tunnel1".length), value]),
      );
    assert.deepEqual(tunnel(1), tunnel(2));
    const log = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/vpn/office";
    assert.deepEqual(tunnel(1), {
      IkeVersions: ["ikev2"],
      Phase1EncryptionAlgorithms: ["AES256-GCM-16"],
      Phase1IntegrityAlgorithms: ["SHA2-256", "SHA2-384", "SHA2-512"],
      Phase1DhGroupNumbers: [19, 20, 21],
      Phase2EncryptionAlgorithms: ["AES256-GCM-16"],
      Phase2IntegrityAlgorithms: ["SHA2-256", "SHA2-384", "SHA2-512"],
      Phase2DhGroupNumbers: [19, 20, 21],
      DpdTimeoutAction: "restart",
      LogOptions: {
        cloudwatchLogOptions: {
          logEnabled: true,
          logGroupArn: log,
          logOutputFormat: "json",
          bgpLogEnabled: true,
          bgpLogGroupArn: log,
          bgpLogOutputFormat: "json",
        },
      },
    });
    const group = stack.one("aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(group.inputs, {
      name: "/landing-zone/vpn/office",
      retentionInDays: 90,
      kmsKeyId: vpn.logKeyArn,
    });
    assert.ok(stack.one("aws:ec2/vpnConnection:VpnConnection").dependencies.includes(group.urn));
  });

  it("keeps the tunnels' keys out of Pulumi's state", async () => {
    const { inputs } = (await joined(vpn)).one("aws:ec2/vpnConnection:VpnConnection");
    assert.equal(inputs["presharedKeyStorage"], "SecretsManager");
    assert.equal(inputs["tunnel1PresharedKey"], undefined);
    assert.equal(inputs["tunnel2PresharedKey"], undefined);
  });

  for (const [asn, field] of [
    [1, "bgpAsn"],
    [2_147_483_647, "bgpAsn"],
    [2_147_483_648, "bgpAsnExtended"],
    [4_294_967_295, "bgpAsnExtended"],
  ] as const)
    it(`calls the device ${asn} in ${field}`, async () => {
      const { inputs, protect } = (await joined({ ...vpn, asn })).one("CustomerGateway");
      assert.deepEqual(inputs, {
        type: "ipsec.1",
        ipAddress: "203.0.113.10",
        [field]: String(asn),
        tags: { Name: "office" },
      });
      assert.equal(protect, true);
    });

  it("keeps the connection that the company's device knows", async () => {
    assert.equal((await joined(vpn)).one("aws:ec2/vpnConnection:VpnConnection").protect, true);
  });

  it("announces to Direct Connect what is allowed", async () => {
    assert.deepEqual((await joined(direct)).one("GatewayAssociation").inputs, {
      dxGatewayId: "dxgw-1",
      associatedGatewayId: "tgw-1",
      allowedPrefixes: ["10.16.0.0/12", "10.48.0.0/12"],
    });
  });

  const many = Array.from({ length: 201 }, (_, index) => `10.${index}.0.0/16`);
  for (const [wrong, message] of [
    [{ ...vpn, address: "10.0.0.1" }, /connection\.address is 10\.0\.0\.1; it must be a public IPv4 address/],
    [{ ...vpn, address: "100.64.0.1" }, /must be a public IPv4 address/],
    [{ ...vpn, address: "vpn.example.com" }, /must be a public IPv4 address/],
    [{ ...vpn, address: "203.0.113.0/24" }, /must be a public IPv4 address/],
    [{ ...vpn, asn: 0 }, /connection\.asn is 0;/],
    [{ ...vpn, asn: 4_294_967_296 }, /connection\.asn is 4294967296;/],
    [{ ...vpn, asn: 1.5 }, /connection\.asn is 1\.5;/],
    [{ ...direct, allowedPrefixes: [] }, /allowedPrefixes holds 0;/],
    [{ ...direct, allowedPrefixes: many }, /allowedPrefixes holds 201;/],
    [{ ...direct, allowedPrefixes: ["10.16.0.1/12"] }, /connection\.allowedPrefixes is 10\.16\.0\.1\/12;/],
  ] as const)
    it(`refuses ${message.source}`, async () => {
      await planned(() =>
        assert.throws(() => new OnPremises("office", { ...args, connection: wrong }), message),
      );
    });
});
