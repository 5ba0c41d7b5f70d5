import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { regionsBeside } from "./regions";

export interface AccessAnalyzersArgs {
  /** Each once, and home among them. */
  readonly regions: readonly string[];
  readonly home: string;
  /** Days, 1 to 365, after which access that nobody took is reported; `never` costs nothing; default 90. */
  readonly unusedAccessDays?: number | "never";
  /** What there must be first: the delegation to the audit account. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Finds what is open to the world outside the organization, in every Region, because resources are of a Region; and
 * the access that roles and users have and do not take, at home only: IAM has no Region, a second analyzer would find
 * the same, and each is paid for by role and user and month.
 *
 * Refused: days out of range; a home that is none of the Regions.
 *
 * Source: IAM user guide, "Using AWS Identity and Access Management Access Analyzer"; FSBP control IAM.28.
 */
export class AccessAnalyzers extends pulumi.ComponentResource {
  constructor(name: string, args: AccessAnalyzersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:AccessAnalyzers", name, {}, opts);
    const { home, regions, unusedAccessDays = 90 } = args;
    const options = { parent: this, dependsOn: [...(args.after ?? [])] };
    regionsBeside(home, regions);
    if (
      unusedAccessDays !== "never" &&
      (!Number.isInteger(unusedAccessDays) || unusedAccessDays < 1 || unusedAccessDays > 365)
    )
      throw new Error(`access is unused after 1 to 365 days, not ${unusedAccessDays}`);

    for (const region of regions)
      new aws.accessanalyzer.Analyzer(
        `${name}-${region}`,
        { analyzerName: `${name}-external-access`, type: "ORGANIZATION", region },
        options,
      );
    if (unusedAccessDays !== "never")
      new aws.accessanalyzer.Analyzer(
        `${name}-unused`,
        {
          analyzerName: `${name}-unused-access`,
          type: "ORGANIZATION_UNUSED_ACCESS",
          configuration: { unusedAccess: { unusedAccessAge: unusedAccessDays } },
          region: home,
        },
        options,
      );
    this.registerOutputs({});
  }
}
