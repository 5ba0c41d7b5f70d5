import assert from "node:assert/strict";
import fc from "fast-check";
import {
  groupsInForce,
  type ManagedGroup,
  managedGroups,
  type OptionalGroup,
  usualGroups,
} from "../../../components/ingress/firewall-rules";
import { WebFirewall, type WebFirewallArgs } from "../../../components/ingress/web-firewall";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const args: WebFirewallArgs = {
  firewallName: "shop",
  scope: "REGIONAL",
  at,
  rateLimit: 2_000,
  keyArn,
  logRetentionDays: 90,
};
const edge = { accountId: at.accountId, region: "us-east-1" };
const firewall = (more: Partial<WebFirewallArgs> = {}) =>
  planned(() => new WebFirewall("shop", { ...args, ...more }));

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: object;
  readonly overrideAction?: object;
  readonly statement: {
    readonly rateBasedStatement?: object;
    readonly managedRuleGroupStatement?: { readonly name: string; readonly ruleActionOverrides?: unknown };
  };
  readonly visibilityConfig: object;
}
const rulesOf = (stack: Planned) => stack.one("WebAcl").inputs["rules"] as unknown as Rule[];
const optional = Object.keys(managedGroups).filter(
  (group): group is OptionalGroup => !(usualGroups as readonly string[]).includes(group),
);

describe("a web firewall", () => {
  it("limits each address and asks AWS's usual rules, and lets in what meets none", async () => {
    const stack = await firewall();
    const rules = rulesOf(stack);
    assert.deepEqual(
      rules.map(({ name }) => name),
      [
        "rate-limit",
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
      ],
    );
    assert.deepEqual(rules[0]?.statement, {
      rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit: 2_000 },
    });
    assert.deepEqual(rules[0]?.action, { block: {} });
    for (const { overrideAction } of rules.slice(1)) assert.deepEqual(overrideAction, { none: {} });
    const { inputs } = stack.one("WebAcl");
    assert.deepEqual([inputs["name"], inputs["scope"]], ["shop", "REGIONAL"]);
    assert.deepEqual(inputs["defaultAction"], { allow: {} });
  });

  it("has the groups that are asked for, each once, and only those that count do not block", () => {
    const groups = fc.subarray(optional);
    const counting = fc.subarray(Object.keys(managedGroups) as ManagedGroup[]);
    return fc.assert(
      fc.asyncProperty(groups, counting, fc.boolean(), async (asked, wished, largeBodies) => {
        const inForce = groupsInForce({ rateLimit: 10, groups: asked });
        assert.deepEqual([...inForce].sort(), [...usualGroups, ...asked].sort());
        const counts = wished.filter(group => inForce.includes(group));
        const rules = rulesOf(await firewall({ groups: asked, counting: counts, largeBodies }));
        assert.equal(new Set(rules.map(({ priority }) => priority)).size, rules.length);
        const byName = new Map(rules.map(rule => [rule.name, rule]));
        assert.equal(byName.size, inForce.length + 1);
        for (const group of inForce) {
          const rule = byName.get(managedGroups[group]);
          assert.deepEqual(rule?.overrideAction, counts.includes(group) ? { count: {} } : { none: {} });
          assert.deepEqual(
            rule?.statement.managedRuleGroupStatement?.ruleActionOverrides,
            group === "common" && largeBodies
              ? [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }]
              : undefined,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("turns ranges away before it lets ranges in, before all else, by version of IP", async () => {
    const stack = await firewall({
      deny: ["203.0.113.0/24", "2001:db8::/32"],
      allow: ["192.0.2.0/24", "192.0.2.7/32"],
    });
    const rules = [...rulesOf(stack)].sort((a, b) => a.priority - b.priority);
    assert.deepEqual(
      rules.slice(0, 4).map(({ name, action }) => [name, action]),
      [
        ["deny-ipv4", { block: {} }],
        ["deny-ipv6", { block: {} }],
        ["allow-ipv4", { allow: {} }],
        ["rate-limit", { block: {} }],
      ],
    );
    const sets = stack
      .all("IpSet")
      .map(({ name, inputs }) => [
        name,
        inputs["ipAddressVersion"],
        inputs["addresses"],
        inputs["scope"],
        inputs["region"],
      ]);
    assert.deepEqual(sets, [
      ["shop-allow-ipv4", "IPV4", ["192.0.2.0/24", "192.0.2.7/32"], "REGIONAL", at.region],
      ["shop-deny-ipv4", "IPV4", ["203.0.113.0/24"], "REGIONAL", at.region],
      ["shop-deny-ipv6", "IPV6", ["2001:db8::/32"], "REGIONAL", at.region],
    ]);
    assert.deepEqual(stack.from(stack.one("WebAcl"), "rules").sort(), [
      "shop-allow-ipv4",
      "shop-deny-ipv4",
      "shop-deny-ipv6",
    ]);
  });

  it("moves no rule when a list comes", async () => {
    const priorities = async (more: Partial<WebFirewallArgs>) =>
      Object.fromEntries(rulesOf(await firewall(more)).map(({ name, priority }) => [name, priority]));
    const before = await priorities({});
    const after = await priorities({ deny: ["203.0.113.0/24", "2001:db8::/32"], allow: ["192.0.2.0/24"] });
    for (const [name, priority] of Object.entries(before)) assert.equal(after[name], priority, name);
  });

  it("logs what it saw, encrypted and for a time, without what lets one be someone else", async () => {
    const stack = await firewall();
    const { inputs } = stack.one("LogGroup");
    assert.deepEqual(
      [inputs["name"], inputs["retentionInDays"], inputs["kmsKeyId"]],
      ["aws-waf-logs-shop", 90, keyArn],
    );
    const logging = stack.one("WebAclLoggingConfiguration");
    assert.deepEqual(stack.from(logging, "resourceArn"), ["shop"]);
    assert.deepEqual(stack.from(logging, "logDestinationConfigs"), ["shop"]);
    const redacted = logging.inputs["redactedFields"] as { singleHeader: { name: string } }[];
    const headers = redacted.map(({ singleHeader }) => singleHeader.name);
    for (const header of ["authorization", "cookie", "x-api-key"])
      assert.ok(headers.includes(header), header);
    assert.equal(logging.inputs["loggingFilter"], undefined);
  });

  it("is of one region in all its parts, for CloudFront us-east-1", async () => {
    for (const [scope, place] of [
      ["REGIONAL", at],
      ["CLOUDFRONT", edge],
    ] as const) {
      const stack = await firewall({ scope, at: place, deny: ["203.0.113.0/24"] });
      const parts = stack.resources.filter(({ type }) => type.startsWith("aws:"));
      assert.equal(parts.length, 4);
      for (const { inputs, urn } of parts) assert.equal(inputs["region"], place.region, urn);
      for (const type of ["WebAcl", "IpSet"]) assert.equal(stack.one(type).inputs["scope"], scope);
    }
  });

  it("protects what it is told, and twice in a stack passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new WebFirewall(name, {
          ...args,
          firewallName: name,
          protects: { api: `arn:${name}:api`, balancer: `arn:${name}:balancer` },
        });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(
      stack.all("WebAclAssociation").map(it => [it.inputs["resourceArn"], stack.from(it, "webAclArn")]),
      ["one", "two"].flatMap(name => [
        [`arn:${name}:api`, [name]],
        [`arn:${name}:balancer`, [name]],
      ]),
    );
    assert.deepEqual(await refusals(stack), []);
  });

  const wrong: readonly [Partial<WebFirewallArgs>, RegExp][] = [
    [{ firewallName: "" }, /firewallName is ""/],
    [{ firewallName: "a b" }, /firewallName is "a b"/],
    [{ firewallName: "a".repeat(101) }, /1 to 100/],
    [{ rateLimit: 9 }, /rateLimit is 9; 10 to/],
    [{ rateLimit: 10.5 }, /rateLimit is 10.5/],
    [{ rateLimit: 2_000_000_001 }, /rateLimit is 2000000001/],
    [{ allow: ["0.0.0.0/0"] }, /allow\[0\] is "0.0.0.0\/0"/],
    [{ deny: ["192.0.2.0/24", "::/0"] }, /deny\[1\] is "::\/0"/],
    [{ deny: ["192.0.2.0"] }, /deny\[0\] is "192.0.2.0"/],
    [{ deny: ["192.0.2.0/33"] }, /deny\[0\]/],
    [{ deny: ["2001:db8::/129"] }, /deny\[0\]/],
    [{ deny: ["shop.example.com/24"] }, /deny\[0\]/],
    [{ deny: ["192.0.2.0/24/24"] }, /deny\[0\]/],
    [{ counting: ["sql"] }, /counting has "sql", which is not in force; reputation, common, bad-inputs are/],
    [{ scope: "CLOUDFRONT" }, /at.region is eu-central-1; .*always in us-east-1/],
    [{ scope: "CLOUDFRONT", at: edge, protects: { a: "arn:a" } }, /protects is for scope REGIONAL/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(firewall(more), message));

  for (const rateLimit of [10, 2_000_000_000])
    it(`takes a rate of ${rateLimit}`, async () => {
      await firewall({ rateLimit });
    });
});
