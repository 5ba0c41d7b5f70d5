import { type Cases, unknown } from "./example";

const detector = { type: "aws:guardduty/detector:Detector", name: "detector" };
const ofDetector = { detectorId: ["detector"] };
const feature = (name: unknown, status: unknown = "ENABLED", agents?: unknown) => ({
  type: "aws:guardduty/detectorFeature:DetectorFeature",
  name: "feature",
  props: {
    detectorId: unknown,
    name,
    status,
    ...(agents !== undefined && { additionalConfigurations: agents }),
  },
  madeFrom: ofDetector,
});
const organization = {
  type: "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
  name: "organization",
  props: { detectorId: unknown },
  madeFrom: ofDetector,
};
const ofMembers = (name: unknown, autoEnable: unknown = "ALL", agents?: unknown) => ({
  type: "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature",
  name: "members",
  props: {
    detectorId: unknown,
    name,
    autoEnable,
    ...(agents !== undefined && { additionalConfigurations: agents }),
  },
  madeFrom: ofDetector,
});

const ofPlan = (rule: string, plan: string): Cases => ({
  rule,
  accepts: [
    [detector, feature(plan)],
    [detector, feature(plan), organization, ofMembers(plan)],
    [organization],
  ],
  refuses: [
    [detector],
    [detector, feature(plan, "DISABLED")],
    [detector, feature("ANOTHER_PLAN")],
    [detector, feature(plan), organization],
    [detector, feature(plan), organization, ofMembers(plan, "NEW")],
    [detector, feature(plan), organization, ofMembers("ANOTHER_PLAN")],
    [detector, { ...detector, name: "other" }, feature(plan)],
  ],
  unknown: [
    [detector, feature(plan, unknown)],
    [detector, feature(unknown)],
    [detector, { ...feature(plan), madeFrom: {} }],
    [detector, feature(plan), organization, ofMembers(plan, unknown)],
  ],
});

const runtime = "RUNTIME_MONITORING";
const ofAgent = (rule: string, agent: string): Cases => {
  const on = [{ name: agent, status: "ENABLED" }];
  const onForAll = [{ name: agent, autoEnable: "ALL" }];
  return {
    rule,
    accepts: [
      [detector, feature(runtime, "ENABLED", on)],
      [detector, feature(runtime, "ENABLED", on), organization, ofMembers(runtime, "ALL", onForAll)],
    ],
    refuses: [
      [detector],
      [detector, feature(runtime)],
      [detector, feature(runtime, "DISABLED", on)],
      [detector, feature("ANOTHER_PLAN", "ENABLED", on)],
      [detector, feature(runtime, "ENABLED", [{ name: agent, status: "DISABLED" }])],
      [detector, feature(runtime, "ENABLED", [{ name: "ANOTHER_AGENT", status: "ENABLED" }])],
      [detector, feature(runtime, "ENABLED", on), organization, ofMembers(runtime)],
    ],
    unknown: [
      [detector, feature(runtime, "ENABLED", unknown)],
      [detector, feature(runtime, "ENABLED", [{ name: agent, status: unknown }])],
    ],
  };
};

export default [
  {
    rule: "guardduty-enabled",
    accepts: [{}, { props: { enable: true } }],
    refuses: [{ props: { enable: false } }],
    unknown: [{ props: { enable: unknown } }],
  },
  {
    rule: "guardduty-findings-frequency",
    accepts: [{ props: { findingPublishingFrequency: "FIFTEEN_MINUTES" } }],
    refuses: [{}, { props: { findingPublishingFrequency: "SIX_HOURS" } }],
    unknown: [{ props: { findingPublishingFrequency: unknown } }],
  },
  {
    rule: "guardduty-org-auto-enable",
    accepts: [{ props: { autoEnableOrganizationMembers: "ALL" } }],
    refuses: [{}, { props: { autoEnableOrganizationMembers: "NEW" } }],
    unknown: [{ props: { autoEnableOrganizationMembers: unknown } }],
  },
  {
    rule: "guardduty-filter-no-archive",
    accepts: [{ props: { action: "NOOP" } }],
    refuses: [{ props: { action: "ARCHIVE" } }],
    unknown: [{ props: { action: unknown } }],
  },
  ofPlan("guardduty-s3-protection", "S3_DATA_EVENTS"),
  ofPlan("guardduty-eks-audit", "EKS_AUDIT_LOGS"),
  ofPlan("guardduty-lambda", "LAMBDA_NETWORK_LOGS"),
  ofPlan("guardduty-malware", "EBS_MALWARE_PROTECTION"),
  ofPlan("guardduty-rds", "RDS_LOGIN_EVENTS"),
  ofPlan("guardduty-runtime", runtime),
  ofAgent("guardduty-ecs-runtime", "ECS_FARGATE_AGENT_MANAGEMENT"),
  ofAgent("guardduty-ec2-runtime", "EC2_AGENT_MANAGEMENT"),
  ofAgent("guardduty-eks-runtime", "EKS_ADDON_MANAGEMENT"),
] satisfies Cases[];
