import {
  bucket,
  grantThrough,
  handsOver,
  inRegion,
  keyArn,
  keyThrough,
  ofOrders,
  type RowsByType,
  region,
  rows,
  serviceLinked,
  tagged,
} from "./rows";

const secret = inRegion("secretsmanager", "secret:orders/psp-key-AbCdEf");

const workspace = inRegion("aps", "workspace/ws-1");
const throughGrafana = { "aws:ViaAWSService": "true" };
const grafana = inRegion("grafana", "/workspaces/g-1");

export const needed: RowsByType = {
  "aws:amp/workspace:Workspace": [
    ["aps:CreateWorkspace", "*", tagged],
    ...rows(
      "aps",
      "DescribeWorkspace UpdateWorkspaceAlias CreateLoggingConfiguration DescribeLoggingConfiguration UpdateLoggingConfiguration DeleteLoggingConfiguration TagResource UntagResource ListTagsForResource DeleteWorkspace",
      workspace,
      ofOrders,
    ),
    ...rows(
      "logs",
      "CreateLogDelivery PutResourcePolicy DescribeResourcePolicies DescribeLogGroups DeleteLogDelivery",
      "*",
    ),
    ...keyThrough("aps"),
    grantThrough("aps"),
  ],
  "aws:amp/workspaceConfiguration:WorkspaceConfiguration": rows(
    "aps",
    "DescribeWorkspaceConfiguration UpdateWorkspaceConfiguration",
    workspace,
    ofOrders,
  ),
  "aws:grafana/workspace:Workspace": [
    ["grafana:CreateWorkspace", "*", tagged],
    ...rows(
      "grafana",
      "DescribeWorkspace UpdateWorkspace DescribeWorkspaceConfiguration UpdateWorkspaceConfiguration TagResource UntagResource ListTagsForResource DeleteWorkspace",
      grafana,
      ofOrders,
    ),
    ...rows(
      "sso",
      "CreateManagedApplicationInstance DeleteManagedApplicationInstance GetManagedApplicationInstance DescribeRegisteredRegions GetSharedSsoConfiguration",
      "*",
      throughGrafana,
    ),
    ["organizations:DescribeOrganization", "*", throughGrafana],
    handsOver("orders-metrics-grafana", "grafana.amazonaws.com"),
    serviceLinked("grafana.amazonaws.com"),
    ...keyThrough("grafana"),
    grantThrough("grafana"),
  ],
  "aws:dynamodb/table:Table": [
    ...rows(
      "dynamodb",
      "CreateTable DescribeTable UpdateTable UpdateContinuousBackups DescribeContinuousBackups UpdateTimeToLive DescribeTimeToLive TagResource UntagResource ListTagsOfResource DeleteTable",
      inRegion("dynamodb", "table/orders-orders"),
    ),
    // On behalf of whoever makes the table.
    ...keyThrough(
      "dynamodb",
      "Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey",
    ),
    grantThrough("dynamodb"),
    serviceLinked("replication.dynamodb.amazonaws.com"),
  ],
  "aws:s3/bucket:Bucket": rows(
    "s3",
    "CreateBucket ListBucket GetBucketLocation GetBucketAcl GetBucketPolicy GetBucketCORS GetBucketWebsite GetBucketVersioning GetAccelerateConfiguration GetBucketRequestPayment GetBucketLogging GetLifecycleConfiguration GetReplicationConfiguration GetEncryptionConfiguration GetBucketObjectLockConfiguration GetBucketTagging PutBucketTagging TagResource UntagResource ListTagsForResource DeleteBucket",
    bucket,
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": rows(
    "s3",
    "GetLifecycleConfiguration PutLifecycleConfiguration",
    bucket,
  ),
  "aws:s3/bucketNotification:BucketNotification": rows(
    "s3",
    "GetBucketNotification PutBucketNotification",
    bucket,
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": rows(
    "s3",
    "GetBucketOwnershipControls PutBucketOwnershipControls",
    bucket,
  ),
  "aws:s3/bucketPolicy:BucketPolicy": rows(
    "s3",
    "GetBucketPolicy PutBucketPolicy DeleteBucketPolicy",
    bucket,
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": rows(
    "s3",
    "GetBucketPublicAccessBlock PutBucketPublicAccessBlock",
    bucket,
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": rows(
    "s3",
    "GetEncryptionConfiguration PutEncryptionConfiguration",
    bucket,
  ),
  "aws:s3/bucketVersioning:BucketVersioning": rows("s3", "GetBucketVersioning PutBucketVersioning", bucket),
  "aws:sns/topic:Topic": rows(
    "sns",
    "CreateTopic GetTopicAttributes SetTopicAttributes TagResource UntagResource ListTagsForResource DeleteTopic",
    inRegion("sns", "orders-placed"),
  ),
  "aws:sns/topicSubscription:TopicSubscription": rows(
    "sns",
    "Subscribe GetSubscriptionAttributes SetSubscriptionAttributes ListSubscriptionsByTopic Unsubscribe",
    inRegion("sns", "orders-placed"),
  ),
  "aws:sqs/queue:Queue": rows(
    "sqs",
    "CreateQueue GetQueueAttributes GetQueueUrl SetQueueAttributes TagQueue UntagQueue ListQueueTags DeleteQueue",
    inRegion("sqs", "orders-pending"),
  ),
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": rows("s3", "GetBucketCORS PutBucketCORS", bucket),
  "aws:s3/bucketLogging:BucketLogging": rows("s3", "GetBucketLogging PutBucketLogging", bucket),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": rows(
    "s3",
    "GetBucketObjectLockConfiguration PutBucketObjectLockConfiguration",
    bucket,
  ),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [
    ...rows("s3", "GetReplicationConfiguration PutReplicationConfiguration", bucket),
    handsOver("shop-pictures-copies", "s3.amazonaws.com"),
  ],
  "aws:dynamodb/contributorInsights:ContributorInsights": [
    "table/orders-orders",
    "table/orders-orders/index/by-day",
  ].flatMap(table =>
    rows("dynamodb", "UpdateContributorInsights DescribeContributorInsights", inRegion("dynamodb", table)),
  ),
  "aws:cloudwatch/eventArchive:EventArchive": [
    ...rows(
      "events",
      "CreateArchive DescribeArchive UpdateArchive DeleteArchive",
      inRegion("events", "archive/orders-events"),
    ),
    ...rows("events", "CreateArchive", inRegion("events", "event-bus/orders-events"), ofOrders),
    // EventBridge writes a rule into the bus that brings the archive its events.
    ...rows(
      "events",
      "PutRule PutTargets",
      inRegion("events", "rule/orders-events/Events-Archive-orders-events"),
    ),
    ...keyThrough("events"),
  ],
  "aws:cloudwatch/eventBus:EventBus": [
    ...rows(
      "events",
      "CreateEventBus DescribeEventBus UpdateEventBus DeleteEventBus ListTagsForResource TagResource UntagResource",
      inRegion("events", "event-bus/orders-events"),
    ),
    ...keyThrough("events"),
  ],
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": [
    ...rows("events", "PutPermission RemovePermission", "*"),
    ...rows("events", "DescribeEventBus", inRegion("events", "event-bus/orders-events")),
  ],
  "aws:kinesis/stream:Stream": [
    ...rows(
      "kinesis",
      "CreateStream DescribeStream DescribeStreamSummary DeleteStream IncreaseStreamRetentionPeriod DecreaseStreamRetentionPeriod StartStreamEncryption StopStreamEncryption AddTagsToStream RemoveTagsFromStream ListTagsForStream TagResource UntagResource ListTagsForResource",
      inRegion("kinesis", "stream/orders-clicks"),
    ),
    ...rows(
      "kinesis",
      "UpdateShardCount UpdateStreamMode EnableEnhancedMonitoring DisableEnhancedMonitoring",
      "*",
    ),
    ...rows("kinesis", "StartStreamEncryption StopStreamEncryption", keyArn, ofOrders),
    ...keyThrough("kinesis"),
  ],
  "aws:secretsmanager/secret:Secret": [
    ...rows("secretsmanager", "CreateSecret", secret, tagged),
    ...rows(
      "secretsmanager",
      "DescribeSecret UpdateSecret DeleteSecret GetResourcePolicy TagResource UntagResource",
      secret,
      ofOrders,
    ),
    ...keyThrough("secretsmanager"),
  ],
  "aws:secretsmanager/secretPolicy:SecretPolicy": rows(
    "secretsmanager",
    "PutResourcePolicy GetResourcePolicy DeleteResourcePolicy ValidateResourcePolicy",
    secret,
    ofOrders,
  ),
  "aws:secretsmanager/secretRotation:SecretRotation": [
    ...rows("secretsmanager", "RotateSecret CancelRotateSecret DescribeSecret", secret, ofOrders),
    ["lambda:InvokeFunction", inRegion("lambda", "function:renew-psp-key"), ofOrders],
  ],
  "aws:ssm/parameter:Parameter": [
    ...["parameter/orders/flags", "parameter/orders-ledger/host"].flatMap(parameter =>
      rows(
        "ssm",
        "PutParameter GetParameter GetParameters DeleteParameter AddTagsToResource RemoveTagsFromResource ListTagsForResource",
        inRegion("ssm", parameter),
      ),
    ),
    ...rows("ssm", "DescribeParameters", "*"),
    // The secret of a user pool's client is kept encrypted, for Cognito tells it to nobody else.
    ...rows("kms", "Encrypt Decrypt", keyArn, {
      ...ofOrders,
      "kms:ViaService": `ssm.${region}.amazonaws.com`,
      "kms:EncryptionContext:PARAMETER_ARN": inRegion("ssm", "parameter/shop-users/web-client-secret"),
    }),
  ],
};
