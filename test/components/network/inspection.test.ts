import assert from "node:assert/strict";
import fc from "fast-check";
import { endpointIn, Inspection, type InspectionArgs } from "../../../components/network/inspection";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/firewall";
const args: InspectionArgs = {
  at,
  addresses: "10.1.4.0/22",
  zones: ["euc1-az1", "euc1-az2"],
  transitGatewayId: "tgw-1",
  routeTableId: "tgw-rtb-inspection",
  flowLogs: { cloudWatch: { keyArn, retentionDays: 30 } },
  ranges: ["10.16.0.0/12", "10.48.0.0/12"],
  allow: ["api.example.com", ".example.org"],
  keyArn,
  logs: { bucketName: "firewall-logs" },
};
const inspection = (more: Partial<InspectionArgs> = {}): Promise<Planned> =>
  planned(() => new Inspection("inspection", { ...args, ...more }));
const ownKey = { type: "CUSTOMER_KMS", keyId: keyArn };

describe("an inspection", () => {
  it("lets pass what is allowed by name over TLS and HTTP, whosever of the ranges it comes from", async () => {
    const { inputs } = (await inspection()).one("RuleGroup");
    assert.equal(inputs["type"], "STATEFUL");
    assert.deepEqual(inputs["ruleGroup"], {
      statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      ruleVariables: {
        ipSets: [{ key: "HOME_NET", ipSet: { definitions: ["10.16.0.0/12", "10.48.0.0/12"] } }],
      },
      rulesSource: {
        rulesSourceList: {
          generatedRulesType: "ALLOWLIST",
          targetTypes: ["TLS_SNI", "HTTP_HOST"],
          targets: ["api.example.com", ".example.org"],
        },
      },
    });
  });

  it("drops all else, and says so", async () => {
    const stack = await inspection();
    const policy = stack.one("FirewallPolicy");
    const said = policy.inputs["firewallPolicy"] as Record<string, unknown>;
    assert.deepEqual(said["statelessDefaultActions"], ["aws:forward_to_sfe"]);
    assert.deepEqual(said["statelessFragmentDefaultActions"], ["aws:forward_to_sfe"]);
    assert.deepEqual(said["statefulEngineOptions"], { ruleOrder: "STRICT_ORDER" });
    assert.deepEqual(said["statefulDefaultActions"], ["aws:drop_established", "aws:alert_established"]);
    assert.deepEqual(policy.propertyDependencies["firewallPolicy"], [stack.one("RuleGroup").urn]);
  });

  it("is encrypted with the company's key, and keeps itself from being deleted", async () => {
    const stack = await inspection();
    for (const type of ["RuleGroup", "FirewallPolicy", "Firewall"])
      assert.deepEqual(stack.one(type).inputs["encryptionConfiguration"], ownKey, type);
    const { inputs } = stack.one("Firewall");
    assert.equal(inputs["deleteProtection"], true);
    assert.equal(inputs["subnetChangeProtection"], true);
    const open = await inspection({ subnetChangeProtection: false });
    assert.equal(open.one("Firewall").inputs["subnetChangeProtection"], false);
    assert.equal(open.one("Firewall").inputs["deleteProtection"], true);
  });

  it("has an endpoint in each zone, which the zone's traffic passes before it goes on", async () => {
    const stack = await inspection();
    const firewall = stack.one("Firewall");
    assert.deepEqual(stack.from(firewall, "subnetMappings").sort(), [
      "inspection-firewall-euc1-az1",
      "inspection-firewall-euc1-az2",
    ]);
    const tables = Object.fromEntries(
      stack
        .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
        .map(association => [
          stack.from(association, "subnetId")[0],
          stack.from(association, "routeTableId")[0],
        ]),
    );
    for (const zone of args.zones) {
      assert.equal(tables[`inspection-transit-${zone}`], `inspection-transit-${zone}`);
      assert.equal(tables[`inspection-firewall-${zone}`], "inspection-firewall");
      const route = stack.one("aws:ec2/route:Route", `inspection-transit-${zone}`);
      assert.deepEqual(stack.from(route, "routeTableId"), [`inspection-transit-${zone}`]);
      assert.equal(route.inputs["destinationCidrBlock"], "0.0.0.0/0");
      const made = [firewall, stack.one("Subnet", `inspection-firewall-${zone}`)].map(({ urn }) => urn);
      assert.deepEqual([...(route.propertyDependencies["vpcEndpointId"] ?? [])].sort(), made.sort());
    }
    const on = stack.one("aws:ec2/route:Route", "inspection-firewall");
    assert.deepEqual(on.inputs["transitGatewayId"], "tgw-1");
    assert.ok(on.dependencies.includes(stack.one("VpcAttachment").urn));
  });

  it("keeps a connection in its zone", async () => {
    assert.equal((await inspection()).one("VpcAttachment").inputs["applianceModeSupport"], "enable");
  });

  it("is joined to its own domain and propagated nowhere", async () => {
    const stack = await inspection();
    const association = stack.one("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation");
    assert.equal(association.inputs["transitGatewayRouteTableId"], "tgw-rtb-inspection");
    assert.deepEqual(stack.all("RouteTablePropagation"), []);
    assert.deepEqual(stack.all("aws:ec2transitgateway/route:Route"), []);
  });

  for (const [logs, expected] of [
    [
      { bucketName: "firewall-logs" },
      {
        logDestinationType: "S3",
        logDestination: { bucketName: "firewall-logs", prefix: "inspection" },
      },
    ],
    [
      { logGroupName: "/landing-zone/firewall" },
      { logDestinationType: "CloudWatchLogs", logDestination: { logGroup: "/landing-zone/firewall" } },
    ],
  ] as const)
    it(`writes down alerts and flows in ${Object.keys(logs).join()}`, async () => {
      const { inputs } = (await inspection({ logs })).one("LoggingConfiguration");
      assert.deepEqual(inputs["loggingConfiguration"], {
        logDestinationConfigs: ["ALERT", "FLOW"].map(logType => ({ logType, ...expected })),
      });
    });

  it("reserves the same for every list, so that a longer one replaces nothing", async () => {
    for (const length of [1, 2, 999, 1_000]) {
      const allow = Array.from({ length }, (_, index) => `host${index}.example.com`);
      assert.equal((await inspection({ allow })).one("RuleGroup").inputs["capacity"], 2_000);
    }
    assert.equal((await inspection({ mostNames: 15_000 })).one("RuleGroup").inputs["capacity"], 30_000);
  });

  it("takes every domain name, with a dot before it or not", async () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
    const name = fc
      .tuple(
        fc.constantFrom("", "."),
        fc.array(label, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("com", "xn--p1ai"),
      )
      .map(([dot, labels, top]) => `${dot}${labels.join(".")}.${top}`);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 20 }), async allow => {
        const group = (await inspection({ allow })).one("RuleGroup").inputs["ruleGroup"];
        assert.ok(JSON.stringify(group).includes(JSON.stringify(allow)));
      }),
      { numRuns: 10 },
    );
  });

  for (const entry of [
    ...[
      "",
      ".",
      "com",
      ".com",
      "localhost",
      "*.example.com",
      "..example.com",
      "example..com",
      "example.com.",
    ],
    ...["https://example.com", "example.com/path", "example.com:443", "API.example.com", "-a.example.com"],
    ...[
      "a-.example.com",
      "a_b.example.com",
      "203.0.113.10",
      "exämple.com",
      " example.com",
      `${"a".repeat(64)}.com`,
    ],
    `${"a.".repeat(126)}com`,
  ])
    it(`refuses to allow ${JSON.stringify(entry).slice(0, 40)}, and says so`, async () => {
      await planned(() =>
        assert.throws(
          () => new Inspection("inspection", { ...args, allow: ["example.com", entry] }),
          (error: Error) =>
            error.message.startsWith(`allow holds ${JSON.stringify(entry)}, which is no domain name`),
        ),
      );
    });

  for (const [wrong, message] of [
    [{ allow: [] }, /allow is empty/],
    [{ allow: ["example.com", "example.com"] }, /allow holds example\.com twice/],
    [{ allow: ["a.com", "b.com"], mostNames: 1 }, /allow holds 2 names; mostNames is 1/],
    [{ mostNames: 15_001 }, /mostNames is 15001/],
    [{ zones: ["euc1-az1"] }, /zones holds 1;/],
    [{ ranges: [] }, /ranges is empty/],
    [{ ranges: ["10.16.0.0"] }, /ranges is 10\.16\.0\.0; it has no length/],
    [{ addresses: "10.1.4.0/25" }, /must be an IPv4 range/],
  ] as const)
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await planned(() => assert.throws(() => new Inspection("inspection", { ...args, ...wrong }), message));
    });

  it("may be there twice in a stack", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new Inspection(name, args);
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(
      stack.all("Firewall").map(({ inputs }) => inputs["name"]),
      ["one", "two"],
    );
  });

  it("passes the policies", async () => {
    assert.deepEqual(await refusals(await inspection()), []);
  });
});

describe("a firewall's endpoint", () => {
  const statuses = [
    {
      syncStates: [
        { attachments: [{ endpointId: "vpce-a", subnetId: "subnet-a" }] },
        { attachments: [{ endpointId: "vpce-b", subnetId: "subnet-b" }] },
      ],
    },
  ];
  it("is the one in the subnet", () => {
    assert.equal(endpointIn(statuses, "subnet-b"), "vpce-b");
  });
  it("is missed by name", () => {
    for (const known of [statuses, []])
      assert.throws(() => endpointIn(known, "subnet-c"), /no endpoint in the subnet subnet-c/);
  });
});
