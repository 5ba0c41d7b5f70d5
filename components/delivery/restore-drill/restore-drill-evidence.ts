import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "../../data/bucket";
import { Queue } from "../../data/queue";
import type { Location } from "../../location";
import type { AlarmTopics } from "../../observability/severity";
import { EncryptionKey } from "../../security/encryption-key";

export interface RestoreDrillEvidenceArgs {
  readonly at: Location;
  /** Unique in all of AWS: include the account's number. */
  readonly bucketName: string;
  /** Without `alias/`. */
  readonly keyAlias: string;
  /** Days for which Object Lock keeps a report as it is, in governance mode, and after which it goes; 1 to 36,000. */
  readonly keepDays: number;
  /** Starts by the clock that were not taken wait here. */
  readonly missedName: string;
  /** The log groups of drills, by a pattern. */
  readonly logGroups: string;
  /** Where requests to the bucket are recorded, by the bucket's name. */
  readonly accessLogs: string;
  readonly alarmTopics: AlarmTopics;
}

/**
 * What the restore drills of an account share: the bucket of their reports, which nobody changes, or deletes before their
 * time who may not bypass governance, the key of all that they write, and the queue of starts that were missed. Protected, whatever the component
 * is told.
 *
 * Refused: what Bucket refuses, days above all.
 * Sources: Amazon S3 user guide, "Locking objects with Object Lock"; Step Functions developer guide, "Data at rest
 * encryption in Step Functions".
 */
export class RestoreDrillEvidence extends pulumi.ComponentResource {
  readonly bucketName: string;
  readonly keyArn: pulumi.Output<string>;
  readonly keyAlias: string;

  constructor(name: string, args: RestoreDrillEvidenceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RestoreDrillEvidence", name, {}, opts);
    const { at, bucketName, keyAlias, keepDays } = args;
    const kept = { parent: this, protect: true };
    const key = new EncryptionKey(
      name,
      {
        alias: keyAlias,
        description: "Restore drills: reports, messages and what runs hand from step to step",
        at,
        logGroups: [args.logGroups],
        statements: [
          {
            // The machines that it encrypts have their logs delivered.
            Sid: "DeliveryOfLogs",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "kms:Decrypt",
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
          },
        ],
      },
      kept,
    );
    const keeping = {
      at,
      keyArn: key.arn,
      deletionProtection: true,
      multiZone: true,
      alarmTopics: args.alarmTopics,
    };
    new Bucket(
      name,
      {
        ...keeping,
        bucketName,
        lockDays: keepDays,
        expireAfterDays: keepDays + 1,
        accessLogs: { bucketName: args.accessLogs },
      },
      kept,
    );
    new Queue(
      `${name}-missed`,
      {
        ...keeping,
        queueName: args.missedName,
        visibilityTimeout: 60,
        maxReceives: 5,
        topics: [],
        retentionHours: 312,
      },
      kept,
    );
    this.bucketName = bucketName;
    this.keyArn = key.arn;
    this.keyAlias = keyAlias;
    this.registerOutputs({ keyArn: this.keyArn });
  }
}
