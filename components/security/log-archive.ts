import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "../data/bucket";
import type { Location } from "../location";
import { EncryptionKey } from "./encryption-key";

export interface LogArchiveArgs {
  readonly at: Location;
}

/** Where the organization's logs end up: a bucket of their own with a key of its own, in an account of its own. */
export class LogArchive extends pulumi.ComponentResource {
  readonly bucketName: string;
  readonly bucketArn: string;

  constructor(name: string, args: LogArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:security:LogArchive", name, {}, opts);
    const kept = { parent: this, protect: true };
    const key = new EncryptionKey(
      name,
      { alias: "landing-zone/log-archive", description: "Logs of the organization", at: args.at },
      kept,
    );
    const bucket = new Bucket(
      name,
      { bucketName: `landing-zone-logs-${args.at.accountId}-${args.at.region}`, keyArn: key.arn },
      kept,
    );
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketArn: this.bucketArn });
  }
}
