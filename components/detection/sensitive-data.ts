import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Member } from "./member";

export interface SensitiveDataArgs {
  readonly regions: readonly string[];
  readonly members?: readonly Member[];
  /** What there must be first: Macie in the audit account and its delegation to it. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Macie for the older members of the organization and all accounts to come. It costs by bucket and by gigabyte read,
 * hence by choice only.
 *
 * Source: Macie user guide, "Managing multiple accounts with AWS Organizations"; FSBP controls Macie.1, Macie.2.
 */
export class SensitiveData extends pulumi.ComponentResource {
  constructor(name: string, args: SensitiveDataArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:SensitiveData", name, {}, opts);
    for (const region of args.regions) {
      const organization = new aws.macie2.OrganizationConfiguration(
        `${name}-${region}`,
        { autoEnable: true, region },
        { parent: this, dependsOn: [...(args.after ?? [])] },
      );
      for (const { accountId, email } of args.members ?? [])
        new aws.macie2.Member(
          `${name}-${region}-${accountId}`,
          { accountId, email, status: "ENABLED", region },
          { parent: this, dependsOn: [organization] },
        );
    }
    this.registerOutputs({});
  }
}
