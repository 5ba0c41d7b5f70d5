import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { trailArn } from "./archive-policies";

export type Insight = "ApiCallRateInsight" | "ApiErrorRateInsight";

export interface OrganizationTrailArgs {
  /**
   * 3 to 128 letters, digits, dots, underscores or hyphens. The archive lets in the trail of this name only.
   */
  readonly trailName: string;
  /** Twelve digits: the account that the trail belongs to, whichever account makes it. */
  readonly managementAccountId: string;
  /**
   * Where it is made: the management account, or CloudTrail's delegated administrator; in the archive's
   * region.
   */
  readonly at: Location;
  /** The archive's bucket for trails, of another account. */
  readonly bucketName: string;
  /** The archive's key, of the same region. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * Whether reads and writes of objects in S3 are logged, in every account; default: `none`. They are billed
   * by event and can be many times the management events.
   */
  readonly dataEvents?: "none" | "writes" | "all";
  /**
   * Buckets, by name, whose objects' events are left out beside the trail's own: else each log would log
   * another.
   */
  readonly unlogged?: readonly string[];
  /** Kinds of unusual activity to watch for, billed by event analysed; default: none. */
  readonly insights?: readonly Insight[];
}

/**
 * The one trail of all accounts and regions, to the log archive. Management events are always logged, reads
 * and writes; so is a digest of every file, by which a change to it shows. Protected, whatever the component
 * is told.
 *
 * Name in `dependsOn` what the trail needs first: CloudTrail refuses a bucket or a key whose policy does not
 * let it in yet, and a delegated administrator that is not registered yet.
 *
 * Refused: a name that CloudTrail would refuse.
 *
 * Sources: FSBP CloudTrail.1, CloudTrail.2, CloudTrail.4; CIS 3.0 3.1, 3.2, 3.5, 3.8, 3.9; AWS CloudTrail
 * user guide, "Creating a trail for an organization" and "Organization delegated administrator";
 * terraform-provider-aws pull request 30758, for the delegated administrator.
 */
export class OrganizationTrail extends pulumi.ComponentResource {
  /** Of the management account. */
  readonly arn: string;
  readonly trailName: string;

  constructor(name: string, args: OrganizationTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:OrganizationTrail", name, {}, opts);
    requireTrailName(args.trailName);
    const { dataEvents = "none", unlogged = [], insights = [] } = args;
    const leftOut = [...new Set([args.bucketName, ...unlogged])];

    new aws.cloudtrail.Trail(
      name,
      {
        name: args.trailName,
        s3BucketName: args.bucketName,
        kmsKeyId: args.keyArn,
        isOrganizationTrail: true,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        enableLogging: true,
        advancedEventSelectors: [
          managementEvents,
          ...(dataEvents === "none" ? [] : [objectEvents(dataEvents, leftOut)]),
        ],
        ...(insights.length === 0
          ? {}
          : { insightSelectors: insights.map(insightType => ({ insightType })) }),
      },
      { parent: this, protect: true, dependsOn: opts?.dependsOn },
    );

    this.arn = trailArn({ ...args });
    this.trailName = args.trailName;
    this.registerOutputs({ arn: this.arn });
  }
}

const managementEvents = {
  name: "Management events, reads and writes",
  fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
};

const objectEvents = (which: "writes" | "all", leftOut: readonly string[]) => ({
  name: `Objects in S3, ${which}`,
  fieldSelectors: [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::S3::Object"] },
    ...(which === "writes" ? [{ field: "readOnly", equals: ["false"] }] : []),
    // With the slash, so that a bucket whose name only begins the same stays logged.
    { field: "resources.ARN", notStartsWiths: leftOut.map(bucket => `arn:aws:s3:::${bucket}/`) },
  ],
});

/**
 * Source: AWS CloudTrail user guide, "Naming requirements for CloudTrail resources, Amazon S3 buckets, and
 * KMS keys".
 */
function requireTrailName(trailName: string): void {
  if (!/^(?=.{3,128}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/.test(trailName))
    throw new Error(
      `trailName is ${trailName}; it must be 3 to 128 letters and digits, with single . _ or - between them`,
    );
}
