import { type Cases, unknown } from "./example";

const metrics = (cloudwatchMetricsEnabled: unknown) => ({ visibilityConfig: { cloudwatchMetricsEnabled } });
const managed = (name: string, overrideAction: object = { none: {} }) => ({
  name,
  overrideAction,
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
});
const limit = { name: "limit", action: { block: {} }, statement: { rateBasedStatement: { limit: 2000 } } };
const common = managed("AWSManagedRulesCommonRuleSet");
const badInputs = managed("AWSManagedRulesKnownBadInputsRuleSet");

const acl = (...rules: unknown[]) => ({ type: "aws:wafv2/webAcl:WebAcl", name: "shop", props: { rules } });
const written = (...rules: unknown[]) => ({ ...acl(), props: { ruleJson: JSON.stringify(rules) } });
const group = (...rules: unknown[]) => ({
  type: "aws:wafv2/ruleGroup:RuleGroup",
  name: "group",
  props: { rules },
});
const added = (rule: object, of = "shop") => ({
  type: "aws:wafv2/webAclRule:WebAclRule",
  name: "added",
  props: { webAclArn: unknown, ...rule },
  madeFrom: { webAclArn: [of] },
});
const association = (props: object) => ({
  ...added(props),
  type: "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
  name: "association",
});
const logging = (...madeFrom: string[]) => ({
  type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  name: "logging",
  props: { resourceArn: unknown },
  madeFrom: { resourceArn: madeFrom },
});

export default [
  {
    rule: "waf-not-empty",
    accepts: [
      [acl(limit)],
      [acl(common, limit)],
      [acl(), added(limit)],
      [acl(), association({ managedRuleGroup: { name: unknown, vendorName: "AWS" } })],
      [acl(), association({ ruleGroupReference: { arn: unknown } })],
      [written({ Name: "limit", Action: { Block: {} } })],
      [written({ Name: "common", OverrideAction: { None: {} } })],
      [group(limit)],
    ],
    refuses: [
      [acl()],
      [acl({ name: "limit", action: {} })],
      [acl(limit, { name: "nothing" })],
      [acl({ name: "limit", action: "block" })],
      [acl(), { ...acl(limit), name: "other" }, added(limit, "other")],
      [written({ Name: "limit" })],
      [{ ...acl(), props: { ruleJson: "not JSON" } }],
      [group()],
    ],
    unknown: [
      [{ ...acl(), props: { rules: unknown } }],
      [acl({ action: unknown })],
      [acl(), { ...added(limit), madeFrom: {} }],
      [{ ...group(), props: { rulesJson: unknown } }],
    ],
  },
  {
    rule: "waf-managed-rules",
    accepts: [
      [acl(common, badInputs)],
      [acl(common), added(badInputs)],
      [acl(common, badInputs, managed(badInputs.name, { count: {} }))],
      [acl(common), association({ managedRuleGroup: { name: "AWSManagedRulesKnownBadInputsRuleSet" } })],
      [
        written(
          ...[common, badInputs].map(({ name }) => ({
            OverrideAction: { None: {} },
            Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: name } },
          })),
        ),
      ],
    ],
    refuses: [
      [acl(common)],
      [acl(badInputs)],
      [acl(limit)],
      [acl(common, managed(badInputs.name, { count: {} }))],
      [
        acl(common),
        association({
          overrideAction: "count",
          managedRuleGroup: { name: "AWSManagedRulesKnownBadInputsRuleSet" },
        }),
      ],
    ],
    unknown: [
      [acl(common, managed(unknown))],
      [acl(common, { ...badInputs, overrideAction: unknown })],
      [{ ...acl(), props: { rules: unknown } }],
    ],
  },
  {
    rule: "waf-rate-limit",
    accepts: [
      [acl(limit)],
      [acl(common), added(limit)],
      [written({ Statement: { RateBasedStatement: {} } })],
    ],
    refuses: [[acl(common)], [acl()], [acl({ ...limit, action: { count: {} } })]],
    unknown: [[acl({ statement: unknown })], [{ ...acl(), props: { ruleJson: unknown } }]],
  },
  {
    rule: "waf-metrics",
    accepts: [
      { props: { ...metrics(true), rules: [metrics(true)] } },
      { type: "aws:wafv2/ruleGroup:RuleGroup", props: metrics(true) },
      {
        props: {
          ...metrics(true),
          ruleJson: '[{"VisibilityConfig":{"CloudWatchMetricsEnabled":true}}]',
        },
      },
    ],
    refuses: [
      { props: { ...metrics(false), rules: [metrics(true)] } },
      { props: { ...metrics(true), rules: [metrics(true), metrics(false)] } },
      { props: { ...metrics(true), ruleJson: '[{"VisibilityConfig":{"CloudWatchMetricsEnabled":false}}]' } },
      { type: "aws:wafv2/webAclRule:WebAclRule", props: metrics(false) },
      {},
    ],
    unknown: [
      { props: { ...metrics(unknown), rules: [metrics(true)] } },
      { props: { ...metrics(true), rules: [metrics(unknown)] } },
    ],
  },
  {
    rule: "waf-logging",
    accepts: [
      [acl(), logging("shop")],
      [
        { ...acl(), props: { arn: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/1" } },
        {
          ...logging(),
          props: { resourceArn: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/1" },
        },
      ],
    ],
    refuses: [[acl()], [acl(), { ...acl(), name: "other" }, logging("other")]],
    unknown: [[acl(), logging()]],
  },
  {
    rule: "waf-no-classic",
    accepts: [{ type: "aws:wafv2/webAcl:WebAcl" }],
    refuses: [
      { type: "aws:waf/webAcl:WebAcl" },
      { type: "aws:wafregional/webAcl:WebAcl" },
      { type: "aws:wafregional/rateBasedRule:RateBasedRule" },
      { type: "aws:waf/rule:Rule" },
      { type: "aws:waf/ruleGroup:RuleGroup" },
    ],
  },
] satisfies Cases[];
