import { mustBe, mustBeAtLeast, mustBeSet } from "../demands";
import { deliveryStreams, streams } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const consumersOfKinesis = "kinesisSourceConfiguration";

/** Streams of records, and what delivers them. */
export const kinesis: readonly Rule[] = [
  {
    name: "kinesis-encrypted",
    theme: "encryption-at-rest",
    title: "A stream is encrypted",
    why: "It keeps what passes through it for days",
    fix: "set encryptionType: KMS and a kmsKeyId",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Kinesis.1"],
    types: streams,
    // The provider's default is NONE.
    check: mustBe("encryptionType", "KMS"),
  },
  {
    name: "kinesis-cmk",
    theme: "encryption-at-rest",
    title: "A stream is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId to the product's key",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: streams,
    check(stream, report) {
      mustBeSet("kmsKeyId")(stream, report);
      const key = stream.at("kmsKeyId");
      if (key.isSet && !key.isUnknown && key.is("alias/aws/kinesis"))
        report.refuse("kmsKeyId is alias/aws/kinesis, AWS's own");
    },
  },
  {
    name: "kinesis-retention",
    theme: "resilience-and-backup",
    title: "A stream keeps records for a week",
    why: "A consumer that broke on Friday evening is mended on Monday",
    fix: "set retentionPeriod to 168 hours or more",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP Kinesis.3"],
    types: streams,
    // The provider's default is 24.
    check: mustBeAtLeast("retentionPeriod", 168, { otherwise: 24 }),
  },
  {
    name: "firehose-encrypted",
    theme: "encryption-at-rest",
    title: "A delivery stream is encrypted",
    why: "It keeps records until they are delivered, and for a day when they cannot be",
    fix: "set serverSideEncryption.enabled: true; one that reads a Kinesis stream has that stream's encryption",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP DataFirehose.1"],
    types: deliveryStreams,
    check(delivery, report) {
      if (!delivery.at(consumersOfKinesis).isSet)
        mustBe("serverSideEncryption.enabled", true)(delivery, report);
    },
  },
  {
    name: "firehose-cmk",
    theme: "encryption-at-rest",
    title: "A delivery stream is encrypted with a key of the company's",
    why: ownKey,
    fix: "set serverSideEncryption with keyType CUSTOMER_MANAGED_CMK and a keyArn",
    severity: "low",
    level: "advisory",
    controls: [],
    types: deliveryStreams,
    check(delivery, report) {
      if (delivery.at(consumersOfKinesis).isSet) return;
      // The provider's default is AWS_OWNED_CMK.
      mustBe("serverSideEncryption.keyType", "CUSTOMER_MANAGED_CMK")(delivery, report);
    },
  },
];
