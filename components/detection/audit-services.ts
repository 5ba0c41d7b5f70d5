import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { regionsBeside } from "./regions";

export interface AuditServicesArgs {
  /** Where GuardDuty and Macie watch, for example `eu-central-1`; each once, and home among them. */
  readonly regions: readonly string[];
  /** Where Security Hub is configured for the whole organization. */
  readonly home: string;
  readonly macie: boolean;
}

/**
 * What the audit account runs itself, before the organization is entrusted to it: GuardDuty in every Region, Security
 * Hub at home, Macie in every Region if it is wanted. It goes before `DetectionDelegations`: to delegate a service
 * turns it on where it is off, and what AWS has turned on this program could no longer create. All of it is
 * protected, because findings go with the service that found them.
 *
 * Security Hub has no standards of its own here, they come from `SecurityHub` for all accounts alike, and reports a
 * control once however many standards ask for it.
 *
 * Sources: GuardDuty user guide, "Permissions required to designate a delegated GuardDuty administrator account";
 * Security Hub user guide, "Consolidated control findings"; FSBP controls GuardDuty.1, Macie.1.
 */
export class AuditServices extends pulumi.ComponentResource {
  /** By Region. */
  readonly detectorIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AuditServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:AuditServices", name, {}, opts);
    const kept = { parent: this, protect: true };
    const { home, regions } = args;
    regionsBeside(home, regions);

    const detectors = regions.map(region => {
      const detector = new aws.guardduty.Detector(
        `${name}-${region}`,
        { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", region },
        kept,
      );
      return [region, detector.id] as const;
    });
    new aws.securityhub.Account(
      `${name}-${home}`,
      { enableDefaultStandards: false, controlFindingGenerator: "SECURITY_CONTROL", region: home },
      kept,
    );
    if (args.macie)
      for (const region of regions)
        new aws.macie2.Account(
          `${name}-${region}`,
          { status: "ENABLED", findingPublishingFrequency: "FIFTEEN_MINUTES", region },
          kept,
        );

    this.detectorIds = Object.fromEntries(detectors);
    this.registerOutputs({ detectorIds: this.detectorIds });
  }
}
