import { butThePlatform, type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/** What records and watches is not to be stopped. Sources: AWS Organizations user guide, "Example SCPs"; CIS 3.0 3.x. */
export const keepDetection = (settings: GuardrailSettings): Guardrail =>
  serviceControl({
    Sid: "KeepDetection",
    Effect: "Deny",
    Action: [
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:PutInsightSelectors",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
      "config:DeleteConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:PutConfigurationRecorder",
      "config:PutDeliveryChannel",
      "config:StopConfigurationRecorder",
      "guardduty:CreateFilter",
      "guardduty:DeleteDetector",
      "guardduty:DeletePublishingDestination",
      "guardduty:DisassociateFromAdministratorAccount",
      "guardduty:DisassociateMembers",
      "guardduty:StopMonitoringMembers",
      "guardduty:UpdateDetector",
      "guardduty:UpdateFilter",
      "securityhub:DeleteConfigurationPolicy",
      "securityhub:DisableSecurityHub",
      "securityhub:DisassociateFromAdministratorAccount",
      "securityhub:DisassociateMembers",
      "inspector2:Disable",
      "inspector2:DisassociateMember",
      "macie2:DisableMacie",
      "macie2:DisassociateFromAdministratorAccount",
      "access-analyzer:DeleteAnalyzer",
      "detective:DeleteGraph",
      "detective:DisassociateMembership",
    ],
    Resource: "*",
    Condition: butThePlatform(settings),
  });

/** What has been recorded is not to be deleted, and the buckets that keep it are not to be opened. */
export const keepLogs = (settings: GuardrailSettings): Guardrail =>
  serviceControl(
    {
      Sid: "KeepLogBuckets",
      Effect: "Deny",
      Action: [
        "s3:BypassGovernanceRetention",
        "s3:DeleteBucket*",
        "s3:DeleteObject*",
        "s3:PutAccelerateConfiguration",
        "s3:PutBucket*",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutObject*",
        "s3:PutReplicationConfiguration",
      ],
      Resource: settings.logBuckets.flatMap(bucket => [bucket, `${bucket}/*`]),
      Condition: butThePlatform(settings),
    },
    {
      Sid: "KeepLogGroups",
      Effect: "Deny",
      Action: [
        "logs:DeleteLogGroup",
        "logs:DeleteLogStream",
        "logs:DeleteRetentionPolicy",
        "logs:DisassociateKmsKey",
        "logs:PutRetentionPolicy",
      ],
      Resource: ["flow-logs/*", "sessions*"].map(
        group => `arn:aws:logs:*:*:log-group:/landing-zone/${group}`,
      ),
      Condition: butThePlatform(settings),
    },
  );
