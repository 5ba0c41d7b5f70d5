import { type Cases, unknown } from "./example";

const job = (name: unknown, glueVersion?: string) => ({
  props: { command: { name }, ...(glueVersion && { glueVersion }) },
});
const s3 = { s3EncryptionMode: "SSE-KMS", kmsKeyArn: unknown };
const logs = { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: unknown };
const bookmarks = { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: unknown };
const encrypting = (s3Encryption: object, cloudwatchEncryption: object, jobBookmarksEncryption: object) => ({
  props: { encryptionConfiguration: { s3Encryption, cloudwatchEncryption, jobBookmarksEncryption } },
});
const atRest = { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: unknown };
const passwords = { returnConnectionPasswordEncrypted: true, awsKmsKeyId: unknown };
const catalog = (encryptionAtRest: object, connectionPasswordEncryption: object) => ({
  props: { dataCatalogEncryptionSettings: { encryptionAtRest, connectionPasswordEncryption } },
});
const connection = (connectionProperties: object, connectionType?: string) => ({
  props: { connectionProperties, ...(connectionType && { connectionType }) },
});
const logging = (value: unknown) => ({
  props: { defaultArguments: { "--enable-continuous-cloudwatch-log": value } },
});

export default [
  {
    rule: "glue-job-version",
    accepts: [job("glueetl", "4.0"), job("gluestreaming", "3.0"), job("pythonshell", "1.0")],
    refuses: [
      job("glueetl", "2.0"),
      job("glueetl"),
      job("gluestreaming", "0.9"),
      { props: { glueVersion: "2.0" } },
    ],
    unknown: [job("glueetl", unknown), job(unknown, "2.0")],
  },
  {
    rule: "glue-security-configuration-named",
    accepts: [{ props: { securityConfiguration: unknown } }],
    refuses: [{}],
  },
  {
    rule: "glue-security-configuration-encrypts",
    accepts: [encrypting(s3, logs, bookmarks)],
    refuses: [
      {},
      encrypting({ ...s3, s3EncryptionMode: "SSE-S3" }, logs, bookmarks),
      encrypting(s3, { ...logs, cloudwatchEncryptionMode: "DISABLED" }, bookmarks),
      encrypting(s3, logs, { ...bookmarks, jobBookmarksEncryptionMode: "DISABLED" }),
      encrypting({ s3EncryptionMode: "SSE-KMS" }, logs, bookmarks),
      encrypting(s3, { cloudwatchEncryptionMode: "SSE-KMS" }, bookmarks),
      encrypting(s3, logs, { jobBookmarksEncryptionMode: "CSE-KMS" }),
    ],
    unknown: [encrypting({ ...s3, s3EncryptionMode: unknown }, logs, bookmarks)],
  },
  {
    rule: "glue-catalog-encrypted",
    accepts: [
      catalog(atRest, passwords),
      catalog({ ...atRest, catalogEncryptionMode: "SSE-KMS-WITH-SERVICE-ROLE" }, passwords),
    ],
    refuses: [
      {},
      catalog({ ...atRest, catalogEncryptionMode: "DISABLED" }, passwords),
      catalog({ catalogEncryptionMode: "SSE-KMS" }, passwords),
      catalog(atRest, { ...passwords, returnConnectionPasswordEncrypted: false }),
      catalog(atRest, { returnConnectionPasswordEncrypted: true }),
    ],
    unknown: [catalog({ ...atRest, catalogEncryptionMode: unknown }, passwords)],
  },
  {
    rule: "glue-connection-tls",
    accepts: [connection({ JDBC_ENFORCE_SSL: "true" }, "JDBC"), connection({}, "NETWORK")],
    refuses: [connection({}), connection({ JDBC_ENFORCE_SSL: "false" }, "JDBC")],
    unknown: [connection({ JDBC_ENFORCE_SSL: unknown }), connection({}, unknown)],
  },
  {
    rule: "glue-connection-no-password",
    accepts: [connection({ SECRET_ID: "orders" }), {}],
    refuses: [connection({ USERNAME: "orders", PASSWORD: unknown })],
    unknown: [{ props: { connectionProperties: unknown } }],
  },
  {
    rule: "glue-job-logs",
    accepts: [logging("true")],
    refuses: [logging("false"), {}],
    unknown: [logging(unknown)],
  },
] satisfies Cases[];
