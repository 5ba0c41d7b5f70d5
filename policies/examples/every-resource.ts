import { type Cases, unknown } from "./example";

const container = { type: "aws:ecs/taskDefinition:TaskDefinition" };
const bucket = { type: "aws:s3/bucket:Bucket" };
const of = (value: string) => ({
  ...container,
  props: { containerDefinitions: [{ environment: { value } }] },
});

export default [
  {
    rule: "no-secret-literals",
    accepts: [
      of("arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders"),
      of(unknown),
      {
        type: "aws:secretsmanager/secretVersion:SecretVersion",
        props: { secretString: "-----BEGIN PRIVATE KEY-----" },
      },
    ],
    refuses: [
      of("AKIAIOSFODNN7EXAMPLE"),
      of("-----BEGIN RSA PRIVATE KEY-----"),
      of("-----BEGIN PRIVATE KEY-----"),
      of(`ghp_${"a".repeat(36)}`),
      of(`glpat-${"a".repeat(20)}`),
      of(`xoxb-${"1".repeat(10)}`),
      { ...container, props: { value: "AKIAIOSFODNN7EXAMPLE", name: unknown } },
      {
        type: "aws:secretsmanager/secretVersion:SecretVersion",
        props: { secretString: "x", name: "AKIAIOSFODNN7EXAMPLE" },
      },
    ],
  },
  {
    rule: "security-props-not-ignored",
    accepts: [{ ...bucket, ignoreChanges: ["tags"] }, { ...bucket, ignoreChanges: ["desiredCount"] }, bucket],
    refuses: [
      { ...bucket, ignoreChanges: ["policy"] },
      { ...bucket, ignoreChanges: ["tags", "serverSideEncryptionConfiguration.rule"] },
      { ...bucket, ignoreChanges: ["*"] },
    ],
  },
] satisfies Cases[];
