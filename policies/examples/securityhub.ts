import { type Cases, unknown } from "./example";

const hub = { name: "hub", props: { enableDefaultStandards: false } };
const standard = (path: string) => `arn:aws:securityhub:eu-central-1::standards/${path}`;
const bestPractices = standard("aws-foundational-security-best-practices/v/1.0.0");
const cis = (edition: string) => standard(`cis-aws-foundations-benchmark/v/${edition}`);
const subscription = (standardsArn: unknown) => ({
  type: "aws:securityhub/standardsSubscription:StandardsSubscription",
  name: "subscription",
  props: { standardsArn },
});
const policy = (enabledStandardArns?: unknown) => ({
  type: "aws:securityhub/configurationPolicy:ConfigurationPolicy",
  name: "policy",
  props: {
    configurationPolicy: {
      serviceEnabled: true,
      ...(enabledStandardArns !== undefined && { enabledStandardArns }),
    },
  },
});

const detector = (region: unknown) => ({
  type: "aws:guardduty/detector:Detector",
  name: `detector-${String(region)}`,
  props: { region },
});
const aggregator = (linkingMode: unknown, specifiedRegions?: unknown) => ({
  type: "aws:securityhub/findingAggregator:FindingAggregator",
  name: "aggregator",
  props: { linkingMode, region: "eu-central-1", ...(specifiedRegions !== undefined && { specifiedRegions }) },
});
const home = detector("eu-central-1");
const ireland = detector("eu-west-1");

export default [
  {
    rule: "securityhub-enabled",
    accepts: [{ props: { controlFindingGenerator: "SECURITY_CONTROL" } }, {}],
    refuses: [{ props: { controlFindingGenerator: "STANDARD_CONTROL" } }],
    unknown: [{ props: { controlFindingGenerator: unknown } }],
  },
  {
    rule: "securityhub-new-controls",
    accepts: [{}, { props: { autoEnableControls: true } }],
    refuses: [{ props: { autoEnableControls: false } }],
    unknown: [{ props: { autoEnableControls: unknown } }],
  },
  {
    rule: "securityhub-fsbp-subscribed",
    accepts: [
      [hub, subscription(bestPractices)],
      [hub, policy([bestPractices])],
      [{ name: "hub" }],
      [{ name: "hub" }, subscription(unknown)],
    ],
    refuses: [[hub], [hub, subscription(cis("5.0.0"))], [hub, policy([cis("5.0.0")])], [hub, policy()]],
    unknown: [
      [hub, subscription(unknown)],
      [hub, policy(unknown)],
      [{ name: "hub", props: { enableDefaultStandards: unknown } }],
    ],
  },
  {
    rule: "securityhub-cis-subscribed",
    accepts: [
      [hub, subscription(cis("5.0.0"))],
      [hub, policy([bestPractices, cis("3.0.0")])],
    ],
    refuses: [[hub], [hub, subscription(cis("1.4.0"))], [hub, subscription(bestPractices)]],
    unknown: [[hub, subscription(unknown)]],
  },
  {
    rule: "securityhub-aggregation",
    accepts: [
      [aggregator("ALL_REGIONS"), home, ireland],
      [aggregator("SPECIFIED_REGIONS", ["eu-west-1"]), home, ireland],
      [aggregator("ALL_REGIONS_EXCEPT_SPECIFIED", ["us-east-1"]), home, ireland],
      [aggregator("NO_REGIONS"), home],
    ],
    refuses: [
      [aggregator("NO_REGIONS"), home, ireland],
      [aggregator("NO_REGIONS", ["eu-west-1"]), home, ireland],
      [aggregator("SPECIFIED_REGIONS", ["us-east-1"]), home, ireland],
      [aggregator("ALL_REGIONS_EXCEPT_SPECIFIED", ["eu-west-1"]), home, ireland],
    ],
    unknown: [
      [aggregator(unknown), home, ireland],
      [aggregator("SPECIFIED_REGIONS", unknown), home, ireland],
      [aggregator("SPECIFIED_REGIONS", ["us-east-1"]), detector(unknown)],
    ],
  },
  {
    rule: "securityhub-policy-on",
    accepts: [{ props: { configurationPolicy: { serviceEnabled: true } } }],
    refuses: [{ props: { configurationPolicy: { serviceEnabled: false } } }, {}],
    unknown: [{ props: { configurationPolicy: { serviceEnabled: unknown } } }],
  },
] satisfies Cases[];
