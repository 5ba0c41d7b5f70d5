/**
 * GuardDuty's protection plans, and the agents that it may install for one.
 * Source: GuardDuty user guide, "GuardDuty features" and "Runtime Monitoring".
 */
import type { Stack, StackResource } from "../graph";
import type { Report } from "../report";
import { detectors } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";

const features = ["aws:guardduty/detectorFeature:DetectorFeature"];
const organizations = ["aws:guardduty/organizationConfiguration:OrganizationConfiguration"];
const organizationFeatures = [
  "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature",
];

interface Protection {
  readonly rule: string;
  readonly plan: string;
  readonly agent?: string;
  readonly control: `FSBP ${string}`;
  readonly level: Rule["level"];
  readonly title: string;
  readonly why: string;
}

const protections: readonly Protection[] = [
  {
    rule: "guardduty-s3-protection",
    plan: "S3_DATA_EVENTS",
    control: "FSBP GuardDuty.10",
    level: "mandatory",
    title: "GuardDuty looks at calls to buckets' objects",
    why: "A thief of data calls nothing else",
  },
  {
    rule: "guardduty-eks-audit",
    plan: "EKS_AUDIT_LOGS",
    control: "FSBP GuardDuty.5",
    level: "advisory",
    title: "GuardDuty looks at the audit logs of Kubernetes clusters",
    why: "A cluster has users and rights of its own, which CloudTrail does not see",
  },
  {
    rule: "guardduty-lambda",
    plan: "LAMBDA_NETWORK_LOGS",
    control: "FSBP GuardDuty.6",
    level: "mandatory",
    title: "GuardDuty looks at what functions connect to",
    why: "A function with a poisoned library calls home, and no flow log of yours shows it",
  },
  {
    rule: "guardduty-malware",
    plan: "EBS_MALWARE_PROTECTION",
    control: "FSBP GuardDuty.8",
    level: "mandatory",
    title: "GuardDuty scans the volumes of a machine that acts oddly",
    why: "It says what runs there without anyone logging in",
  },
  {
    rule: "guardduty-rds",
    plan: "RDS_LOGIN_EVENTS",
    control: "FSBP GuardDuty.9",
    level: "mandatory",
    title: "GuardDuty looks at sign-ins to databases",
    why: "Guessed passwords of a database are in no other log that anyone reads",
  },
  {
    rule: "guardduty-runtime",
    plan: "RUNTIME_MONITORING",
    control: "FSBP GuardDuty.11",
    level: "mandatory",
    title: "GuardDuty looks into what runs",
    why: "What a process does inside a task or a machine shows in no log of AWS's",
  },
  {
    rule: "guardduty-ecs-runtime",
    plan: "RUNTIME_MONITORING",
    agent: "ECS_FARGATE_AGENT_MANAGEMENT",
    control: "FSBP GuardDuty.12",
    level: "mandatory",
    title: "GuardDuty brings its agent into Fargate tasks",
    why: "Runtime monitoring without an agent sees nothing, and nobody can install one on Fargate",
  },
  {
    rule: "guardduty-ec2-runtime",
    plan: "RUNTIME_MONITORING",
    agent: "EC2_AGENT_MANAGEMENT",
    control: "FSBP GuardDuty.13",
    level: "advisory",
    title: "GuardDuty brings its agent onto machines",
    why: "Runtime monitoring without an agent sees nothing",
  },
  {
    rule: "guardduty-eks-runtime",
    plan: "RUNTIME_MONITORING",
    agent: "EKS_ADDON_MANAGEMENT",
    control: "FSBP GuardDuty.7",
    level: "advisory",
    title: "GuardDuty brings its agent into Kubernetes clusters",
    why: "Runtime monitoring without an agent sees nothing",
  },
];

/** How a detector, or an organization, says that a plan or an agent is on. */
interface Switch {
  readonly types: readonly string[];
  readonly property: "status" | "autoEnable";
  readonly on: string;
}

const own: Switch = { types: features, property: "status", on: "ENABLED" };
/** `NEW` leaves out the accounts that are there already. */
const ofMembers: Switch = { types: organizationFeatures, property: "autoEnable", on: "ALL" };

export const guarddutyPlans: readonly Rule[] = protections.map(protection => ({
  name: protection.rule,
  theme: "logging-and-detection",
  title: protection.title,
  why: protection.why,
  fix: `add a DetectorFeature ${wordsOf(protection)} with status ENABLED, and for an organization an OrganizationConfigurationFeature with autoEnable ALL`,
  severity: protection.level === "mandatory" ? "medium" : "low",
  level: protection.level,
  controls: [protection.control],
  types: [...detectors, ...organizations],
  scope: "stack",
  check(stack, report) {
    report.each(stack.ofType(detectors), (detector, report) => {
      refuseWithout(protection, own, stack, detector, report);
      report.attempt(() => {
        const [organization] = stack.companions(detector, organizations, "detectorId");
        if (organization) refuseWithout(protection, ofMembers, stack, detector, report);
      });
    });
  },
}));

function refuseWithout(
  protection: Protection,
  { types, property, on }: Switch,
  stack: Stack,
  detector: StackResource,
  report: Report,
): void {
  report.attempt(() => {
    const { plan, agent } = protection;
    const isOn = someFits(stack.companions(detector, types, "detectorId"), feature => {
      if (!feature.at("name").is(plan) || !feature.at(property).is(on)) return false;
      const agents = feature.at("additionalConfigurations").list();
      return (
        agent === undefined || someFits(agents, one => one.at("name").is(agent) && one.at(property).is(on))
      );
    });
    const kind = property === "status" ? "DetectorFeature" : "OrganizationConfigurationFeature";
    if (!isOn) report.refuse(`no ${kind} has ${wordsOf(protection)} with ${property} ${on}`);
  });
}

function wordsOf({ plan, agent }: Protection): string {
  return agent === undefined ? plan : `${plan} and its ${agent}`;
}
