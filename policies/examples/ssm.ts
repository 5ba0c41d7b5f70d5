import { type Cases, unknown } from "./example";

const parameter = { type: "aws:ssm/parameter:Parameter", name: "parameter" };
const shown = (insecureValue: string, madeFrom: string[] = []) => ({
  ...parameter,
  props: { type: "String", insecureValue },
  madeFrom: { insecureValue: madeFrom },
});
const session = (inputs: object, more: object = {}) => ({
  props: {
    documentType: "Session",
    content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs, ...more }),
  },
});
const toLogs = { cloudWatchLogGroupName: "/landing-zone/sessions", cloudWatchEncryptionEnabled: true };
const toBucket = { s3BucketName: "sessions", s3EncryptionEnabled: true };
const setting = (settingId: string, settingValue: string) => ({ props: { settingId, settingValue } });
const logs = "/ssm/automation/customer-script-log-destination";
const sharing = "/ssm/documents/console/public-sharing-permission";

export default [
  {
    rule: "ssm-secure-string",
    accepts: [
      { props: { name: "/shop/bank-password", type: "SecureString" } },
      { props: { name: "/shop/colour", type: "String" } },
      { props: { name: "/shop/bank-secret-arn", type: "String" } },
      { props: { name: unknown, type: "SecureString" } },
    ],
    refuses: [
      { props: { name: "/shop/bank-password", type: "String" } },
      { props: { name: "/shop/api-key" } },
      { props: { name: "/shop/tokens", type: "StringList" } },
    ],
    unknown: [
      { props: { name: unknown, type: "String" } },
      { props: { name: "/shop/api-key", type: unknown } },
    ],
  },
  {
    rule: "ssm-cmk",
    accepts: [
      { props: { type: "SecureString", keyId: unknown } },
      { props: { type: "String" } },
      { props: { type: unknown, insecureValue: unknown } },
    ],
    refuses: [{ props: { type: "SecureString" } }],
    unknown: [{ props: { type: unknown } }],
  },
  {
    rule: "ssm-no-insecure-value",
    accepts: [
      shown("eu-central-1"),
      [shown(unknown, ["subnet"]), { type: "aws:ec2/subnet:Subnet", name: "subnet" }],
      { ...parameter, props: { type: "SecureString", valueWo: unknown } },
      shown("https://shop.example.com/signed-in"),
    ],
    refuses: [
      shown("password=correct-horse-battery"),
      shown("-----BEGIN RSA PRIVATE KEY-----"),
      shown("AKIAIOSFODNN7EXAMPLE"),
      shown(`ghp_${"0".repeat(36)}`),
      shown("postgres://orders:hunter2@db.example.com/orders"),
      [
        shown(unknown, ["version"]),
        { type: "aws:secretsmanager/secretVersion:SecretVersion", name: "version" },
      ],
      [shown(unknown, ["made-up"]), { type: "random:index/randomPassword:RandomPassword", name: "made-up" }],
    ],
    unknown: [shown(unknown)],
  },
  {
    rule: "ssm-document-not-public",
    accepts: [{ props: { permissions: { type: "Share", accountIds: "111122223333" } } }, {}],
    refuses: [
      { props: { permissions: { type: "Share", accountIds: "All" } } },
      { props: { permissions: { type: "Share", accountIds: "111122223333,all" } } },
    ],
    unknown: [{ props: { permissions: { type: "Share", accountIds: unknown } } }],
  },
  {
    rule: "ssm-session-encrypted",
    accepts: [
      session({ kmsKeyId: "alias/sessions", ...toLogs }),
      session({ kmsKeyId: unknown, ...toBucket }),
      session({}, { sessionType: "Port" }),
      { props: { documentType: "Command", content: "{}" } },
      { props: { documentType: "Session", documentFormat: "YAML", content: "schemaVersion: '1.0'" } },
    ],
    refuses: [
      session({ kmsKeyId: "alias/sessions" }),
      session(toLogs),
      session({ kmsKeyId: "alias/sessions", ...toLogs, cloudWatchEncryptionEnabled: false }),
      session({ kmsKeyId: "alias/sessions", ...toBucket, s3EncryptionEnabled: false }),
      { props: { documentType: "Session", content: "not JSON" } },
    ],
    unknown: [{ props: { documentType: "Session", content: unknown } }, { props: { documentType: unknown } }],
  },
  {
    rule: "ssm-automation-logging",
    accepts: [setting(logs, "CloudWatch"), setting(sharing, "Disable")],
    refuses: [
      setting(logs, "None"),
      setting(`arn:aws:ssm:eu-central-1:111122223333:servicesetting${logs}`, "None"),
    ],
    unknown: [setting(logs, unknown), setting(unknown, "CloudWatch")],
  },
  {
    rule: "ssm-document-public-sharing-blocked",
    accepts: [setting(sharing, "Disable"), setting(logs, "CloudWatch")],
    refuses: [setting(sharing, "Enable")],
    unknown: [setting(sharing, unknown)],
  },
] satisfies Cases[];
