import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { oneByOne } from "./one-by-one";

export interface ThreatDetectionArgs {
  /** The audit account's detectors, by Region; see `AuditServices`. */
  readonly detectorIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** What there must be first: the delegation to the audit account. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * GuardDuty's protection plans, and the agents it may install for one. `EKS_RUNTIME_MONITORING` is missing because
 * `RUNTIME_MONITORING` includes it, and GuardDuty refuses both.
 */
const plans: readonly { readonly plan: string; readonly agents?: readonly string[] }[] = [
  { plan: "S3_DATA_EVENTS" },
  { plan: "EKS_AUDIT_LOGS" },
  { plan: "EBS_MALWARE_PROTECTION" },
  { plan: "RDS_LOGIN_EVENTS" },
  { plan: "LAMBDA_NETWORK_LOGS" },
  {
    plan: "RUNTIME_MONITORING",
    agents: ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"],
  },
];

/**
 * GuardDuty with all protection plans, in all Regions, for all accounts there are and will be. What the organization
 * is told reaches members only, so the audit account's own detectors are told the same.
 *
 * To take a plan away, it is not enough to leave it out: the provider then forgets it and AWS goes on.
 *
 * Sources: GuardDuty user guide, "Setting organization auto-enable preferences" and "Runtime Monitoring"; FSBP
 * controls GuardDuty.1, GuardDuty.5 to GuardDuty.13.
 */
export class ThreatDetection extends pulumi.ComponentResource {
  constructor(name: string, args: ThreatDetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:ThreatDetection", name, {}, opts);
    const here = { parent: this };
    for (const [region, detectorId] of Object.entries(args.detectorIds)) {
      const child = (plan: string) => `${name}-${region}-${plan.toLowerCase().replaceAll("_", "-")}`;
      // Two changes to one detector at once overwrite each other, hence one after the other.
      const own = oneByOne(
        plans,
        [],
        ({ plan, agents }, dependsOn) =>
          new aws.guardduty.DetectorFeature(
            child(plan),
            {
              detectorId,
              name: plan,
              status: "ENABLED",
              additionalConfigurations: agents?.map(agent => ({ name: agent, status: "ENABLED" })),
              region,
            },
            { ...here, dependsOn },
          ),
      );
      const organization = new aws.guardduty.OrganizationConfiguration(
        `${name}-${region}`,
        { detectorId, autoEnableOrganizationMembers: "ALL", region },
        { ...here, dependsOn: [...(args.after ?? []), ...own.slice(-1)] },
      );
      oneByOne(
        plans,
        [organization],
        ({ plan, agents }, dependsOn) =>
          new aws.guardduty.OrganizationConfigurationFeature(
            child(plan),
            {
              detectorId,
              name: plan,
              autoEnable: "ALL",
              additionalConfigurations: agents?.map(agent => ({ name: agent, autoEnable: "ALL" })),
              region,
            },
            { ...here, dependsOn },
          ),
      );
    }
    this.registerOutputs({});
  }
}
