import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { iamArn } from "../location";
import { regionsBeside } from "./regions";

export interface ConfigurationRecorderArgs {
  /** Twelve digits. */
  readonly accountId: string;
  /** Each once, and home among them. */
  readonly regions: readonly string[];
  /** Where IAM is recorded. One that was there before February 2022: newer Regions do not record IAM. */
  readonly home: string;
  /** A bucket of any account, whose policy lets `config.amazonaws.com` write for this one. */
  readonly bucketName: string;
  /** Objects are called `<keyPrefix>/AWSLogs/<account>/Config/…`; absent: without a prefix. */
  readonly keyPrefix?: string;
  /** A key in the bucket's Region, whose policy lets `config.amazonaws.com` use it; absent: the bucket's own. */
  readonly keyArn?: pulumi.Input<string>;
  /** Default `CONTINUOUS`. `DAILY` costs less, and controls then hear of a change a day later. */
  readonly frequency?: "CONTINUOUS" | "DAILY";
  /** False where AWS Config's service-linked role is there already: it can not be made twice. Default true. */
  readonly makesRole?: boolean;
  /** What there must be first: the bucket and its policy, where the same stack makes them. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * AWS Config in one account, over all its Regions: every supported kind of resource, in a bucket of the log archive.
 * IAM is recorded at home only, else it would be recorded and paid for in each Region.
 *
 * Recorder and channel are called `default`, because an account has at most one of each in a Region. Recorders are
 * protected: without them Security Hub's controls and all rules go blind.
 *
 * Sources: Config developer guide, "Recording AWS Resources", "Using Service-Linked Roles for AWS Config" and
 * "Permissions for the Amazon S3 Bucket"; FSBP control Config.1.
 */
export class ConfigurationRecorder extends pulumi.ComponentResource {
  constructor(name: string, args: ConfigurationRecorderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:ConfigurationRecorder", name, {}, opts);
    const here = { parent: this };
    const { accountId, home, regions } = args;
    regionsBeside(home, regions);

    const role =
      args.makesRole === false
        ? []
        : [new aws.iam.ServiceLinkedRole(name, { awsServiceName: "config.amazonaws.com" }, here)];
    for (const region of regions) {
      const recorder = new aws.cfg.Recorder(
        `${name}-${region}`,
        {
          name: "default",
          roleArn: iamArn(accountId, "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"),
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: region === home },
          recordingMode: { recordingFrequency: args.frequency ?? "CONTINUOUS" },
          region,
        },
        { ...here, protect: true, dependsOn: role },
      );
      const channel = new aws.cfg.DeliveryChannel(
        `${name}-${region}`,
        {
          name: "default",
          s3BucketName: args.bucketName,
          s3KeyPrefix: args.keyPrefix,
          s3KmsKeyArn: args.keyArn,
          snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
          region,
        },
        { ...here, dependsOn: [recorder, ...(args.after ?? [])] },
      );
      new aws.cfg.RecorderStatus(
        `${name}-${region}`,
        { name: recorder.name, isEnabled: true, region },
        { ...here, dependsOn: [channel] },
      );
    }
    this.registerOutputs({});
  }
}
