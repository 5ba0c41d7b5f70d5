import assert from "node:assert/strict";
import fc from "fast-check";
import { DnsFirewall, type DnsFirewallArgs } from "../../../components/network/dns-firewall";
import { refusals } from "../logs/judged";
import { verdict } from "../logs/request";
import { at, type Planned, planned, statements } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const bucketArn = "arn:aws:s3:::landing-zone-flow-logs-444455556666-eu-central-1";
const firewall = (args: Partial<DnsFirewallArgs>) =>
  planned(() => new DnsFirewall("net", { at, vpcId: "vpc-1", ...args }));
const block = ["bad.example.com", "*.evil.example"];
const allow = ["*.example.com", "*.amazonaws.com"];

/** What a query for a name is answered with, as AWS does it: the rule of the lowest number that holds the name. */
function answer(stack: Planned, name: string): string {
  const rules = stack
    .all("ResolverFirewallRule")
    .sort((a, b) => Number(a.inputs["priority"]) - Number(b.inputs["priority"]));
  const found = rules.find(rule => {
    const [list = ""] = stack.from(rule, "firewallDomainListId");
    const domains = stack.one("ResolverFirewallDomainList", list).inputs["domains"] as string[];
    return domains.some(domain =>
      domain.startsWith("*") ? name.endsWith(domain.slice(1)) : domain === name,
    );
  });
  return String(found?.inputs["action"] ?? "ALLOW");
}

describe("a DNS firewall", () => {
  it("with a list to block blocks that and nothing else", async () => {
    const stack = await firewall({ block });
    const answers = ["bad.example.com", "a.evil.example", "www.example.com", "example.org"].map(name =>
      answer(stack, name),
    );
    assert.deepEqual(answers, ["BLOCK", "BLOCK", "ALLOW", "ALLOW"]);
  });

  it("with a list to allow allows that and nothing else", async () => {
    const stack = await firewall({ allow });
    const answers = ["bad.example.com", "kms.eu-central-1.amazonaws.com", "example.org"].map(name =>
      answer(stack, name),
    );
    assert.deepEqual(answers, ["ALLOW", "ALLOW", "BLOCK"]);
  });

  it("with both blocks below what it allows", async () => {
    const stack = await firewall({ allow, block });
    const answers = ["bad.example.com", "www.example.com", "example.org"].map(name => answer(stack, name));
    assert.deepEqual(answers, ["BLOCK", "ALLOW", "BLOCK"]);
  });

  it("says that a blocked name does not exist, also behind an alias", async () => {
    const stack = await firewall({ allow, block });
    const how = (name: string) => {
      const { inputs } = stack.one("ResolverFirewallRule", name);
      return [inputs["blockResponse"], inputs["firewallDomainRedirectionAction"]];
    };
    assert.deepEqual(how("net-blocked"), ["NXDOMAIN", "INSPECT_REDIRECTION_DOMAIN"]);
    assert.deepEqual(how("net-allowed"), [undefined, "TRUST_REDIRECTION_DOMAIN"]);
    assert.deepEqual(how("net-others"), ["NXDOMAIN", undefined]);
  });

  it("is put before the VPC when all of its rules are there, and stays there", async () => {
    const stack = await firewall({ allow, block });
    const before = stack.one("ResolverFirewallRuleGroupAssociation");
    for (const rule of stack.all("ResolverFirewallRule")) {
      assert.ok(before.dependencies.includes(rule.urn), rule.name);
      assert.deepEqual(stack.from(rule, "firewallRuleGroupId"), ["net"]);
    }
    const { vpcId, priority, mutationProtection } = before.inputs;
    assert.deepEqual([vpcId, priority, mutationProtection], ["vpc-1", 101, "ENABLED"]);
    const open = await firewall({ block, mutationProtection: false, priority: 200 });
    const { inputs } = open.one("ResolverFirewallRuleGroupAssociation");
    assert.deepEqual([inputs["priority"], inputs["mutationProtection"]], [200, "DISABLED"]);
  });

  it("closes when it fails, unless it is told otherwise", async () => {
    const config = async (failOpen?: boolean) => {
      const { inputs } = (await firewall({ block, failOpen })).one("ResolverFirewallConfig");
      return [inputs["resourceId"], inputs["firewallFailOpen"]];
    };
    assert.deepEqual(await config(), ["vpc-1", "DISABLED"]);
    assert.deepEqual(await config(false), ["vpc-1", "DISABLED"]);
    assert.deepEqual(await config(true), ["vpc-1", "ENABLED"]);
  });

  it("records no queries unless it is told to", async () => {
    const stack = await firewall({ block });
    for (const type of ["ResolverQueryLogConfig", "LogResourcePolicy", "aws:cloudwatch/logGroup:LogGroup"])
      assert.deepEqual(stack.all(type), [], type);
  });

  it("records queries in a log group that AWS's delivery may write to, for this account", async () => {
    const stack = await firewall({ block, queryLogs: { keyArn, retentionDays: 90 } });
    const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/dns-queries/net";
    const made = stack.one("aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual([made.inputs["kmsKeyId"], made.inputs["retentionInDays"]], [keyArn, 90]);
    const config = stack.one("ResolverQueryLogConfig");
    assert.equal(config.inputs["destinationArn"], group);
    for (const needed of [made, stack.one("LogResourcePolicy")])
      assert.ok(config.dependencies.includes(needed.urn), needed.type);
    const association = stack.one("ResolverQueryLogConfigAssociation");
    assert.equal(association.inputs["resourceId"], "vpc-1");
    assert.deepEqual(association.propertyDependencies["resolverQueryLogConfigId"], [config.urn]);

    const policy = statements(stack.one("LogResourcePolicy"), "policyDocument");
    const write = {
      by: { service: "delivery.logs.amazonaws.com" },
      action: "logs:PutLogEvents",
      resource: `${group}:log-stream:vpc-1`,
      context: {
        "aws:SourceAccount": at.accountId,
        "aws:SourceArn": "arn:aws:logs:eu-central-1:111122223333:x",
      },
    };
    assert.equal(verdict(policy, write), "allowed");
    const others = [
      { by: { service: "ec2.amazonaws.com" } },
      { action: "logs:DeleteLogStream" },
      { resource: `${group}-other:log-stream:a` },
      { context: { ...write.context, "aws:SourceAccount": "999988887777" } },
      { context: { ...write.context, "aws:SourceArn": "arn:aws:logs:eu-central-1:999988887777:x" } },
      { context: {} },
    ];
    for (const other of others)
      assert.equal(verdict(policy, { ...write, ...other }), "silent", JSON.stringify(other));
  });

  it("records queries in a bucket, and then needs no log group", async () => {
    const stack = await firewall({ allow, queryLogs: { bucketArn } });
    assert.equal(stack.one("ResolverQueryLogConfig").inputs["destinationArn"], bucketArn);
    assert.deepEqual(stack.all("LogResourcePolicy"), []);
  });

  const wrong: Readonly<Record<string, [Partial<DnsFirewallArgs>, RegExp]>> = {
    "no list": [{}, /neither block nor allow is given/],
    "an empty list to block": [{ block: [] }, /block is empty; leave it out/],
    "an empty list to allow": [{ block, allow: [] }, /allow is empty; leave it out/],
    "a name twice": [{ block: ["a.example", "a.example"] }, /block holds a.example twice/],
    "a priority that AWS keeps": [{ block, priority: 100 }, /priority is 100; .* 101 to 9899/],
    "a priority that is not whole": [{ block, priority: 101.5 }, /priority is 101.5/],
    "a priority that is too high": [{ block, priority: 9900 }, /priority is 9900/],
  };
  for (const [what, [change, message]] of Object.entries(wrong))
    it(`refuses ${what}`, async () => {
      await assert.rejects(firewall(change), message);
    });

  for (const name of [
    "*",
    "",
    "a..b",
    "Example.com",
    "a.*.example",
    "example.com.",
    "https://a.example",
    "-a.example",
    "a b",
  ])
    it(`refuses the name "${name}"`, async () => {
      await assert.rejects(firewall({ allow: [name] }), /allow holds .*; it must be a name in lower case/);
      await assert.rejects(firewall({ block: [name] }), /block holds .*; it must be a name in lower case/);
    });

  it("takes every name there is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.domain(), async name => {
        const stack = await firewall({ allow: [name.toLowerCase(), `*.${name.toLowerCase()}`] });
        assert.equal(answer(stack, name.toLowerCase()), "ALLOW");
        assert.equal(answer(stack, `a.${name.toLowerCase()}`), "ALLOW");
      }),
      { numRuns: 10 },
    );
  });

  it("stands with another one in a stack and passes every rule of the policy pack", async () => {
    const stack = await planned(() => {
      const queryLogs = { keyArn, retentionDays: 90 };
      for (const vpcId of ["a", "b"]) new DnsFirewall(vpcId, { at, vpcId, allow, block, queryLogs });
    });
    assert.equal(stack.all("ResolverFirewallRule").length, 6);
    assert.deepEqual(await refusals(stack), []);
  });
});
