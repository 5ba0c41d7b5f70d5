/** A rule that AWS manages. */
export interface ConformanceRule {
  /** As AWS Config knows it. */
  readonly identifier: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Controls of FSBP, or of Security Hub where FSBP has none, that it answers; of what only costs, none. */
  readonly controls: readonly string[];
  /** It is about the account as a whole or about IAM, and would find the same in every Region. */
  readonly once?: boolean;
}

/**
 * What holds in every account, whatever it is for. Security Hub checks most of it too, but with rules that belong to
 * Security Hub; these stay where an account or a control is taken out of it, and are seen in AWS Config.
 *
 * Source: Config developer guide, "List of AWS Config Managed Rules", and of each rule its page; Security Hub user
 * guide, "Control reference".
 */
export const conformanceRules: Readonly<Record<string, ConformanceRule>> = {
  "root-mfa": { identifier: "ROOT_ACCOUNT_MFA_ENABLED", controls: ["IAM.9"], once: true },
  "root-access-key": { identifier: "IAM_ROOT_ACCESS_KEY_CHECK", controls: ["IAM.4"], once: true },
  "access-key-age": {
    identifier: "ACCESS_KEYS_ROTATED",
    parameters: { maxAccessKeyAge: "90" },
    controls: ["IAM.3"],
    once: true,
  },
  "no-admin-policies": {
    identifier: "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
    controls: ["IAM.1"],
    once: true,
  },
  "cloudtrail-everywhere": {
    identifier: "MULTI_REGION_CLOUD_TRAIL_ENABLED",
    controls: ["CloudTrail.1"],
    once: true,
  },
  "s3-account-public-access": {
    identifier: "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
    controls: ["S3.1"],
    once: true,
  },
  "s3-bucket-public-access": {
    identifier: "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
    controls: ["S3.8"],
  },
  "s3-tls-only": { identifier: "S3_BUCKET_SSL_REQUESTS_ONLY", controls: ["S3.5"] },
  "ebs-encryption": { identifier: "EC2_EBS_ENCRYPTION_BY_DEFAULT", controls: ["EC2.7"] },
  "ebs-snapshots-private": { identifier: "EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK", controls: ["EC2.1"] },
  "ec2-imdsv2": { identifier: "EC2_IMDSV2_CHECK", controls: ["EC2.8"] },
  "vpc-default-group-closed": { identifier: "VPC_DEFAULT_SECURITY_GROUP_CLOSED", controls: ["EC2.2"] },
  "vpc-flow-logs": {
    identifier: "VPC_FLOW_LOGS_ENABLED",
    // The landing zone records accepted traffic as well as rejected.
    parameters: { trafficType: "ALL" },
    controls: ["EC2.6"],
  },
  "ssh-closed": { identifier: "INCOMING_SSH_DISABLED", controls: ["EC2.13"] },
  "rds-private": { identifier: "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", controls: ["RDS.2"] },
  "rds-encrypted": { identifier: "RDS_STORAGE_ENCRYPTED", controls: ["RDS.3"] },
  "kms-rotation": { identifier: "CMK_BACKING_KEY_ROTATION_ENABLED", controls: ["KMS.4"] },
  "lambda-private": { identifier: "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED", controls: ["Lambda.1"] },
};

/**
 * What nobody uses any more, and somebody should give up: it costs, or it is one door more. It is no fault of security
 * by itself, so that it has a pack of its own, which is looked at now and then.
 *
 * Source: as of the rules above.
 */
export const unusedRules: Readonly<Record<string, ConformanceRule>> = {
  "unused-volumes": { identifier: "EC2_VOLUME_INUSE_CHECK", controls: [] },
  "unused-addresses": { identifier: "EIP_ATTACHED", controls: ["EC2.12"] },
  "unused-instances": {
    identifier: "EC2_STOPPED_INSTANCE",
    parameters: { AllowedDays: "30" },
    controls: ["EC2.4"],
  },
  "unused-security-groups": {
    identifier: "EC2_SECURITY_GROUP_ATTACHED_TO_ENI_PERIODIC",
    controls: ["EC2.22"],
  },
  "unused-network-acls": { identifier: "VPC_NETWORK_ACL_UNUSED_CHECK", controls: ["EC2.16"] },
  "unused-secrets": {
    identifier: "SECRETSMANAGER_SECRET_UNUSED",
    parameters: { unusedForDays: "90" },
    controls: ["SecretsManager.3"],
  },
  "unused-credentials": {
    identifier: "IAM_USER_UNUSED_CREDENTIALS_CHECK",
    parameters: { maxCredentialUsageAge: "45" },
    controls: ["IAM.8", "IAM.22"],
    once: true,
  },
};
