import { type Cases, unknown } from "./example";
import { part } from "./small-network";

const key = part("kms/key:Key", "key");
const choice = (keyArn: unknown) => part("ebs/defaultKmsKey:DefaultKmsKey", "choice", { keyArn });
const volume = (tags: Readonly<Record<string, unknown>> = {}) =>
  part("ebs/volume:Volume", "volume", { tags });
const selection = (props: Readonly<Record<string, unknown>>) =>
  part("backup/selection:Selection", "selection", props);
const daily = [{ type: "STRINGEQUALS", key: "backup", value: "daily" }];

export default [
  {
    rule: "ebs-volume-encrypted",
    accepts: [{ props: { encrypted: true } }],
    refuses: [{}, { props: { encrypted: false } }],
    unknown: [{ props: { encrypted: unknown } }],
  },
  {
    rule: "ebs-volume-cmk",
    accepts: [{ props: { encrypted: true, kmsKeyId: unknown } }],
    refuses: [{ props: { encrypted: true } }],
  },
  {
    rule: "ebs-default-encryption",
    accepts: [{ props: { enabled: true } }, {}],
    refuses: [{ props: { enabled: false } }],
    unknown: [{ props: { enabled: unknown } }],
  },
  {
    rule: "ebs-default-key-cmk",
    accepts: [[key, choice("@key")], [choice("arn:aws:kms:eu-central-1:111122223333:key/volumes")]],
    refuses: [[choice("arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs")], [choice(undefined)]],
    unknown: [[choice(unknown)], [part("ssm/parameter:Parameter", "told"), choice("@told")]],
  },
  {
    rule: "ebs-snapshot-block-public",
    accepts: [{ props: { state: "block-all-sharing" } }],
    refuses: [{ props: { state: "unblocked" } }, { props: { state: "block-new-sharing" } }, {}],
    unknown: [{ props: { state: unknown } }],
  },
  {
    rule: "ebs-snapshot-copy-encrypted",
    accepts: [{ props: { encrypted: true, kmsKeyId: unknown } }],
    refuses: [{ props: { encrypted: true } }, { props: { encrypted: false, kmsKeyId: unknown } }],
    unknown: [{ props: { encrypted: unknown, kmsKeyId: unknown } }],
  },
  {
    rule: "ebs-volume-in-backup-plan",
    accepts: [
      [volume({ environment: "prod" })],
      [volume(), selection({ resources: ["@volume"] })],
      [volume({ backup: "daily" }), selection({ selectionTags: daily })],
      [volume({ backup: "daily" }), selection({ selectionTags: [{ key: "other", value: "x" }, ...daily] })],
    ],
    refuses: [
      [volume()],
      [volume({ backup: "weekly" }), selection({ selectionTags: daily })],
      [volume(), selection({ selectionTags: [{ type: "STRINGEQUALS" }] })],
    ],
    unknown: [[volume({ backup: unknown }), selection({ selectionTags: daily })]],
  },
] satisfies Cases[];
