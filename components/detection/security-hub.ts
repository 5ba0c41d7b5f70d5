import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isReason } from "../reason";
import { regionsBeside } from "./regions";

export interface SecurityHubArgs {
  /** Each once, and home among them. */
  readonly regions: readonly string[];
  /** Where findings come together and all is configured; it can not be changed later without starting over. */
  readonly home: string;
  /** The organization's root, for example `r-ab12`. */
  readonly rootId: pulumi.Input<string>;
  /** Controls that hold nowhere, for example `IAM.6`, and why: at least 20 characters, because others will ask. */
  readonly disabledControls: Readonly<Record<string, string>>;
  /** The version of the CIS AWS Foundations Benchmark; default `5.0.0`. */
  readonly cis?: "3.0.0" | "5.0.0";
  /** What there must be first: Security Hub in the audit account and its delegation to it. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Security Hub for the whole organization, configured at home: findings of all Regions in one place, and one policy
 * on the root that turns on AWS's Foundational Security Best Practices and the CIS benchmark with all controls, those
 * to come included, except the disabled ones.
 *
 * Refused: a home that is none of the Regions; a control without a reason, or that is no control's id.
 *
 * Sources: Security Hub user guide, "Understanding central configuration", "Cross-Region aggregation" and "Standards
 * reference"; FSBP control Config.1 asks for `ConfigurationRecorder`, without which controls find nothing.
 */
export class SecurityHub extends pulumi.ComponentResource {
  readonly policyId: pulumi.Output<string>;

  constructor(name: string, args: SecurityHubArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:SecurityHub", name, {}, opts);
    const here = { parent: this };
    const { home: region, disabledControls, cis = "5.0.0" } = args;
    const linked = regionsBeside(region, args.regions);
    for (const [control, reason] of Object.entries(disabledControls)) {
      if (!/^[A-Za-z0-9]+\.[1-9]\d*$/.test(control))
        throw new Error(`${control} is no id of a control, such as IAM.6`);
      if (!isReason(reason))
        throw new Error(`the control ${control} is disabled without a reason of at least 20 characters`);
    }

    const aggregator = new aws.securityhub.FindingAggregator(
      name,
      linked.length === 0
        ? { linkingMode: "NO_REGIONS", region }
        : { linkingMode: "SPECIFIED_REGIONS", specifiedRegions: linked, region },
      { ...here, dependsOn: [...(args.after ?? [])] },
    );
    const central = new aws.securityhub.OrganizationConfiguration(
      name,
      {
        organizationConfiguration: { configurationType: "CENTRAL" },
        // With central configuration policies decide of new accounts, and the API refuses anything else here.
        autoEnable: false,
        autoEnableStandards: "NONE",
        region,
      },
      { ...here, dependsOn: [aggregator] },
    );
    const standard = (path: string) => `arn:aws:securityhub:${region}::standards/${path}`;
    const policy = new aws.securityhub.ConfigurationPolicy(
      name,
      {
        name,
        description: "What every account of the organization is checked for",
        configurationPolicy: {
          serviceEnabled: true,
          enabledStandardArns: [
            standard("aws-foundational-security-best-practices/v/1.0.0"),
            standard(`cis-aws-foundations-benchmark/v/${cis}`),
          ],
          securityControlsConfiguration: { disabledControlIdentifiers: Object.keys(disabledControls).sort() },
        },
        region,
      },
      { ...here, dependsOn: [central] },
    );
    new aws.securityhub.ConfigurationPolicyAssociation(
      name,
      { policyId: policy.id, targetId: args.rootId, region },
      // The provider waits 90 seconds, and every account of the organization takes part.
      { ...here, customTimeouts: { create: "15m", update: "15m" } },
    );
    this.policyId = policy.id;
    this.registerOutputs({ policyId: this.policyId });
  }
}
