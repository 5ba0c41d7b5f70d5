import assert from "node:assert/strict";
import fc from "fast-check";
import { ForwardingRuleAssociations } from "../../../components/names/forwarding-rule-associations";
import { ForwardingRules } from "../../../components/names/forwarding-rules";
import { NamesProfile } from "../../../components/names/names-profile";
import { NamesProfileMember } from "../../../components/names/names-profile-member";
import { QueryLogs } from "../../../components/names/query-logs";
import { type ResolverEndpointEnd, ResolverEndpoints } from "../../../components/names/resolver-endpoints";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const organizationArn = "arn:aws:organizations::111122223333:organization/o-1";
const takenName = /^(?!^[0-9]+$)[a-zA-Z0-9\-_ ]{1,64}$/;

describe("resolver endpoints", () => {
  const end: ResolverEndpointEnd = {
    subnetIds: ["subnet-1", "subnet-2"],
    servers: { berlin: "10.200.0.0/24", munich: "10.201.0.2/32" },
  };
  const both = () =>
    planned(() => {
      for (const name of ["hub", "second"])
        new ResolverEndpoints(name, {
          vpcId: "vpc-1",
          inbound: end,
          outbound: { ...end, servers: { berlin: "10.200.0.0/24" } },
        });
    });

  it("let DNS in from the named servers and nothing out, or out to them and nothing in", async () => {
    const stack = await both();
    const rules = (type: string) =>
      stack.all(type).map(rule => {
        const { cidrIpv4, ipProtocol, fromPort, toPort } = rule.inputs;
        return [...stack.from(rule, "securityGroupId"), cidrIpv4, ipProtocol, fromPort, toPort];
      });
    const hub = (all: unknown[][]) => all.filter(([group]) => String(group).startsWith("hub"));
    assert.deepEqual(hub(rules("SecurityGroupIngressRule")), [
      ["hub-inbound", "10.200.0.0/24", "tcp", 53, 53],
      ["hub-inbound", "10.200.0.0/24", "udp", 53, 53],
      ["hub-inbound", "10.201.0.2/32", "tcp", 53, 53],
      ["hub-inbound", "10.201.0.2/32", "udp", 53, 53],
    ]);
    assert.deepEqual(hub(rules("SecurityGroupEgressRule")), [
      ["hub-outbound", "10.200.0.0/24", "tcp", 53, 53],
      ["hub-outbound", "10.200.0.0/24", "udp", 53, 53],
    ]);
    for (const group of stack.all("aws:ec2/securityGroup:SecurityGroup"))
      assert.deepEqual([group.inputs["ingress"], group.inputs["egress"]], [undefined, undefined]);
    assert.deepEqual(await refusals(stack), []);
  });

  it("have an address in each subnet and a group of their own", async () => {
    const stack = await both();
    for (const [name, direction] of [
      ["hub-inbound", "INBOUND"],
      ["hub-outbound", "OUTBOUND"],
    ] as const) {
      const endpoint = stack.one("ResolverEndpoint", name);
      assert.equal(endpoint.inputs["direction"], direction);
      assert.deepEqual(endpoint.inputs["ipAddresses"], [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }]);
      assert.deepEqual(stack.from(endpoint, "securityGroupIds"), [name]);
      assert.deepEqual(
        [endpoint.inputs["resolverEndpointType"], endpoint.inputs["protocols"]],
        ["IPV4", ["Do53"]],
      );
      assert.match(String(endpoint.inputs["name"]), takenName);
    }
    assert.equal(stack.all("ResolverEndpoint").length, 4);
  });

  it("keep the addresses that servers outside were told", async () => {
    const stack = await both();
    assert.equal(stack.one("ResolverEndpoint", "hub-inbound").protect, true);
    assert.notEqual(stack.one("ResolverEndpoint", "hub-outbound").protect, true);
  });

  it("may be one only", async () => {
    const stack = await planned(() => {
      const made = new ResolverEndpoints("hub", { vpcId: "vpc-1", outbound: end });
      assert.ok(made.outboundEndpointId !== undefined);
      assert.deepEqual([made.inboundEndpointId, made.inboundAddresses], [undefined, undefined]);
    });
    assert.equal(stack.one("ResolverEndpoint").name, "hub-outbound");
    assert.equal(stack.all("SecurityGroupIngressRule").length, 0);
  });

  const wrong: Record<string, [ResolverEndpointEnd, RegExp]> = {
    "one subnet": [
      { ...end, subnetIds: ["subnet-1"] },
      /hub-inbound has 1 subnets; an endpoint needs two to six/,
    ],
    "seven subnets": [{ ...end, subnetIds: Array<string>(7).fill("s") }, /hub-inbound has 7 subnets/],
    "no servers": [{ ...end, servers: {} }, /hub-inbound has no servers/],
    "the internet": [{ ...end, servers: { all: "0.0.0.0/0" } }, /0.0.0.0\/0 is wider than/],
    "no range": [{ ...end, servers: { berlin: "10.200.0.1" } }, /"10.200.0.1" is no IPv4 range/],
  };
  for (const [what, [inbound, message]] of Object.entries(wrong))
    it(`are refused with ${what}`, async () => {
      await assert.rejects(
        planned(() => new ResolverEndpoints("hub", { vpcId: "vpc-1", inbound })),
        message,
      );
    });

  it("are at least one", async () => {
    await assert.rejects(
      planned(() => new ResolverEndpoints("hub", { vpcId: "vpc-1" })),
      /hub has no endpoint to make/,
    );
  });
});

describe("forwarding rules", () => {
  const rules = (domains: Record<string, string[]>) =>
    planned(
      () => new ForwardingRules("hub", { outboundEndpointId: "rslvr-out-1", domains, organizationArn }),
    );
  const domains = { "200.10.in-addr.arpa": ["10.200.0.2"], "corp.example.com": ["10.200.0.2", "10.201.0.2"] };

  it("forward each domain to its servers by way of the endpoint", async () => {
    const stack = await rules(domains);
    for (const [domainName, servers] of Object.entries(domains)) {
      const { inputs } = stack.one("ResolverRule", `hub-${domainName}`);
      assert.deepEqual(
        ["domainName", "ruleType", "resolverEndpointId", "targetIps"].map(name => inputs[name]),
        [domainName, "FORWARD", "rslvr-out-1", servers.map(ip => ({ ip, port: 53, protocol: "Do53" }))],
      );
      assert.match(String(inputs["name"]), takenName);
    }
    assert.equal(stack.all("ResolverRule").length, 2);
  });

  it("are shared with the organization and nobody outside, every one", async () => {
    const stack = await rules(domains);
    assert.equal(stack.one("ResourceShare").inputs["allowExternalPrincipals"], false);
    const principal = stack.one("PrincipalAssociation");
    assert.equal(principal.inputs["principal"], organizationArn);
    assert.deepEqual(stack.from(principal, "resourceShareArn"), ["hub"]);
    const shared = stack.all("ResourceAssociation").map(one => stack.from(one, "resourceArn"));
    assert.deepEqual(
      shared,
      Object.keys(domains).map(domain => [`hub-${domain}`]),
    );
    assert.deepEqual(await refusals(stack), []);
  });

  it("are told by domain", async () => {
    await planned(() => {
      const made = new ForwardingRules("hub", {
        outboundEndpointId: "rslvr-out-1",
        domains,
        organizationArn,
      });
      assert.deepEqual(Object.keys(made.ruleIds), Object.keys(domains));
      assert.deepEqual(Object.keys(made.ruleArns), Object.keys(domains));
    });
  });

  it("are shared with nobody where a profile brings them", async () => {
    const stack = await planned(
      () => new ForwardingRules("hub", { outboundEndpointId: "rslvr-out-1", domains }),
    );
    assert.equal(stack.all("ResolverRule").length, Object.keys(domains).length);
    for (const type of ["ResourceShare", "ResourceAssociation", "PrincipalAssociation"])
      assert.deepEqual(stack.all(type), [], type);
  });

  const wrong: Record<string, [Record<string, string[]>, RegExp]> = {
    "a domain that is none": [{ corp_example: ["10.200.0.2"] }, /"corp_example" is no domain name/],
    "all domains": [{ ".": ["10.200.0.2"] }, /"." is no domain name/],
    "an address that is none": [{ "corp.example.com": ["10.200.0"] }, /"10.200.0" is no IPv4 address/],
    "an IPv6 address": [{ "corp.example.com": ["2001:db8::1"] }, /"2001:db8::1" is no IPv4 address/],
    "no servers": [{ "corp.example.com": [] }, /corp.example.com has 0 DNS servers/],
    "seven servers": [
      { "corp.example.com": [1, 2, 3, 4, 5, 6, 7].map(n => `10.200.0.${n}`) },
      /corp.example.com has 7 DNS servers/,
    ],
    "a server twice": [
      { "corp.example.com": ["10.200.0.2", "10.200.0.2"] },
      /10.200.0.2 is a DNS server of corp.example.com twice/,
    ],
  };
  for (const [what, [which, message]] of Object.entries(wrong))
    it(`are refused with ${what}`, async () => {
      await assert.rejects(rules(which), message);
    });

  it("are followed by a VPC that says so, several by several", async () => {
    const stack = await planned(() => {
      for (const vpcId of ["vpc-1", "vpc-2"])
        new ForwardingRuleAssociations(vpcId, {
          ruleIds: { "corp.example.com": "rslvr-rr-1", "200.10.in-addr.arpa": "rslvr-rr-2" },
          vpcId,
        });
    });
    assert.deepEqual(
      stack
        .all("ResolverRuleAssociation")
        .map(({ name, inputs }) => [name, inputs["resolverRuleId"], inputs["vpcId"]]),
      ["vpc-1", "vpc-2"].flatMap(vpcId => [
        [`${vpcId}-200.10.in-addr.arpa`, "rslvr-rr-2", vpcId],
        [`${vpcId}-corp.example.com`, "rslvr-rr-1", vpcId],
      ]),
    );
    for (const { inputs } of stack.all("ResolverRuleAssociation"))
      assert.match(String(inputs["name"]), takenName);
  });

  it("are followed for domains only", async () => {
    await assert.rejects(
      planned(
        () => new ForwardingRuleAssociations("a", { ruleIds: { "a b": "rslvr-rr-1" }, vpcId: "vpc-1" }),
      ),
      /"a b" is no domain name/,
    );
  });
});

describe("logs of a VPC's queries", () => {
  const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/dns-queries/net";
  const toGroup = () =>
    planned(() => new QueryLogs("net", { vpcId: "vpc-1", at, to: { keyArn: "arn:key", retentionDays: 30 } }));

  it("go to an encrypted group of their own, when it may be written to", async () => {
    const stack = await toGroup();
    const config = stack.one("ResolverQueryLogConfig");
    assert.equal(config.inputs["destinationArn"], group);
    assert.match(String(config.inputs["name"]), takenName);
    assert.deepEqual(stack.one("aws:cloudwatch/logGroup:LogGroup").inputs, {
      name: "/landing-zone/dns-queries/net",
      retentionInDays: 30,
      kmsKeyId: "arn:key",
    });
    const permission = stack.one("LogResourcePolicy");
    for (const needed of [permission, stack.one("aws:cloudwatch/logGroup:LogGroup")])
      assert.ok(config.dependencies.includes(needed.urn), needed.type);
    assert.ok(permission.dependencies.includes(stack.one("aws:cloudwatch/logGroup:LogGroup").urn));
    assert.deepEqual(await refusals(stack), []);
  });

  it("are delivered for this account, to this group only", async () => {
    const permission = (await toGroup()).one("LogResourcePolicy");
    assert.match(String(permission.inputs["policyName"]), /^landing-zone-dns-queries-/);
    assert.deepEqual(statements(permission, "policyDocument"), [
      {
        Sid: "WriteQueries",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${group}:log-stream:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": at.accountId },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-central-1:111122223333:*" },
        },
      },
    ]);
  });

  it("go to a bucket, and need nothing else then", async () => {
    const bucketArn = "arn:aws:s3:::example-queries/dev";
    const stack = await planned(() => new QueryLogs("net", { vpcId: "vpc-1", at, to: { bucketArn } }));
    assert.equal(stack.one("ResolverQueryLogConfig").inputs["destinationArn"], bucketArn);
    for (const type of ["aws:cloudwatch/logGroup:LogGroup", "LogResourcePolicy"])
      assert.equal(stack.all(type).length, 0);
  });

  it("are of the VPC, and of several in a stack", async () => {
    const stack = await planned(() => {
      for (const vpcId of ["vpc-1", "vpc-2"])
        new QueryLogs(vpcId, { vpcId, at, to: { keyArn: "arn:key", retentionDays: 30 } });
    });
    const associations = stack.all("ResolverQueryLogConfigAssociation");
    assert.deepEqual(
      associations.map(one => [one.inputs["resourceId"], stack.from(one, "resolverQueryLogConfigId")]),
      [
        ["vpc-1", ["vpc-1"]],
        ["vpc-2", ["vpc-2"]],
      ],
    );
  });

  for (const bucketArn of [
    "example-queries",
    "arn:aws:s3:::A",
    "arn:aws:sqs:eu-central-1:111122223333:queries",
  ])
    it(`do not go to ${bucketArn}`, async () => {
      await assert.rejects(
        planned(() => new QueryLogs("net", { vpcId: "vpc-1", at, to: { bucketArn } })),
        { message: new RegExp(`"${bucketArn}" is no bucket's ARN`) },
      );
    });
});

describe("a names profile", () => {
  const sharedWith = { dev: "arn:aws:organizations::111122223333:ou/o-1/ou-1" };
  const full = {
    privateZones: { services: "arn:aws:route53:::hostedzone/Z1" },
    rules: {
      "corp.example.com": "arn:aws:route53resolver:eu-central-1:111122223333:resolver-rule/rslvr-rr-1",
    },
    firewalls: { malware: { arn: "arn:firewall", priority: 101 } },
    sharedWith,
  };

  it("holds zones, rules, and firewalls in their order", async () => {
    const stack = await planned(() => new NamesProfile("dev", full));
    assert.deepEqual(
      stack
        .all("ProfilesResourceAssociation")
        .map(one => [
          one.name,
          one.inputs["resourceArn"],
          one.inputs["resourceProperties"],
          stack.from(one, "profileId"),
        ]),
      [
        ["dev-firewall-malware", "arn:firewall", '{"priority":101}', ["dev"]],
        ["dev-rule-corp.example.com", full.rules["corp.example.com"], undefined, ["dev"]],
        ["dev-zone-services", full.privateZones.services, undefined, ["dev"]],
      ],
    );
    for (const type of ["ProfilesProfile", "ProfilesResourceAssociation"])
      for (const { inputs } of stack.all(type)) assert.match(String(inputs["name"]), takenName);
    assert.deepEqual(await refusals(stack), []);
  });

  it("is shared with those named and nobody outside", async () => {
    const stack = await planned(() => new NamesProfile("dev", full));
    assert.equal(stack.one("ResourceShare").inputs["allowExternalPrincipals"], false);
    assert.deepEqual(stack.from(stack.one("ResourceAssociation"), "resourceArn"), ["dev"]);
    assert.equal(stack.one("PrincipalAssociation").inputs["principal"], sharedWith.dev);
  });

  it("is one an environment, and joined by its VPCs", async () => {
    const stack = await planned(() => {
      for (const environment of ["dev", "prod"]) {
        const { profileId } = new NamesProfile(environment, full);
        new NamesProfileMember(`vpc-${environment}`, { profileId, vpcId: `vpc-${environment}` });
      }
    });
    assert.deepEqual(
      stack
        .all("ProfilesAssociation")
        .map(one => [stack.from(one, "profileId"), one.inputs["resourceId"], one.inputs["name"]]),
      [
        [["dev"], "vpc-dev", "landing-zone-vpc-dev"],
        [["prod"], "vpc-prod", "landing-zone-vpc-prod"],
      ],
    );
  });

  it("is neither empty nor for nobody", async () => {
    await assert.rejects(
      planned(() => new NamesProfile("dev", { sharedWith })),
      /the profile dev is empty/,
    );
    await assert.rejects(
      planned(() => new NamesProfile("dev", { ...full, sharedWith: {} })),
      /the profile dev is shared with nobody/,
    );
  });

  it("has firewalls in an order that is clear", async () => {
    const of = (...priorities: number[]) =>
      planned(
        () =>
          new NamesProfile("dev", {
            sharedWith,
            firewalls: Object.fromEntries(
              priorities.map((priority, index) => [`f${index}`, { arn: "arn:firewall", priority }]),
            ),
          }),
      );
    await of(100, 9_900);
    await assert.rejects(of(200, 200), /two firewalls have the priority 200/);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ max: 99 }), fc.integer({ min: 9_901 }), fc.constantFrom(101.5, Number.NaN)),
        priority => assert.rejects(of(priority), /is no priority of a firewall/),
      ),
      { numRuns: 20 },
    );
  });
});
