import type { Statement } from "../../identity/policy-document";

const all = (service: string, verbs: string) => verbs.split(" ").map(verb => `${service}:${verb}`);

/**
 * Configuration that the provider looks at and that neither SecurityAudit nor ViewOnlyAccess shows.
 *
 * Two of them show more than one would wish, and AWS has no other way to the rest of what they show: `lambda:GetFunction`
 * also the code, and SecurityAudit's `cognito-idp:DescribeUserPoolClient` also the secret of a confidential client.
 */
export const furtherConfiguration = (accountId: string): Statement[] => [
  {
    Sid: "Look",
    Effect: "Allow",
    Action: [
      ...all("application-autoscaling", "ListTagsForResource"),
      ...all("aps", "DescribeLoggingConfiguration DescribeWorkspace DescribeWorkspaceConfiguration"),
      ...all("aps", "ListTagsForResource"),
      ...all("appsync", "GetApiAssociation GetDataSource GetDomainName GetFunction GetGraphqlApi"),
      ...all("appsync", "GetIntrospectionSchema GetResolver GetSchemaCreationStatus"),
      ...all("athena", "GetNamedQuery"),
      ...all("backup", "GetBackupPlan GetBackupSelection"),
      ...all("chatbot", "DescribeSlackChannelConfigurations ListTagsForResource"),
      ...all("codepipeline", "ListTagsForResource"),
      ...all("cognito-idp", "GetUserPoolMfaConfig"),
      ...all("detective", "DescribeOrganizationConfiguration GetMembers ListTagsForResource"),
      ...all("dynamodb", "DescribeContributorInsights"),
      ...all("ec2", "GetIpamPoolCidrs"),
      ...all("ecr", "DescribePullThroughCacheRules DescribeRepositoryCreationTemplates"),
      ...all("elasticfilesystem", "ListTagsForResource"),
      ...all("glue", "GetDatabase GetPartitionIndexes GetTable"),
      ...all("grafana", "DescribeWorkspace DescribeWorkspaceConfiguration ListTagsForResource"),
      ...all("kinesis", "ListTagsForResource"),
      ...all("lambda", "GetEventSourceMapping GetFunction"),
      ...all("logs", "GetDelivery GetDeliveryDestination GetDeliverySource"),
      ...all("macie2", "DescribeOrganizationConfiguration GetMacieSession GetMember"),
      ...all("oam", "GetLink GetSink GetSinkPolicy ListTagsForResource"),
      ...all("ram", "GetResourceShareAssociations"),
      ...all("resource-groups", "GetGroup GetGroupConfiguration GetGroupQuery GetTags"),
      ...all("s3", "ListTagsForResource"),
      ...all("scheduler", "GetSchedule GetScheduleGroup ListTagsForResource"),
      ...all("servicediscovery", "GetNamespace GetService ListTagsForResource"),
      ...all("sns", "GetSubscriptionAttributes"),
      ...all("ssm", "GetDocument"),
      ...all("states", "ListTagsForResource"),
      ...all("wafv2", "GetIPSet"),
    ],
    Resource: "*",
  },
  {
    // What people put there by hand, secrets among it, has no such tag.
    Sid: "LookAtParameters",
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: `arn:aws:ssm:*:${accountId}:parameter/*`,
    Condition: { StringEquals: { "aws:ResourceTag/managed-by": "pulumi" } },
  },
  {
    // Keys of APIs and what clients are sent are elsewhere.
    Sid: "LookAtApis",
    Effect: "Allow",
    Action: "apigateway:GET",
    Resource: ["apis", "domainnames", "tags", "vpclinks"].map(kind => `arn:aws:apigateway:*::/${kind}/*`),
  },
  {
    // Else a function's variables, a rule's targets and a schedule's input would seem to be gone. Sources: AWS Lambda
    // developer guide, "Securing Lambda environment variables"; Amazon EventBridge user guide, "Encrypting EventBridge
    // event buses with AWS KMS keys"; EventBridge Scheduler user guide, "Data encryption at rest".
    Sid: "DecryptConfiguration",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: `arn:aws:kms:*:${accountId}:key/*`,
    Condition: { StringLike: { "kms:ViaService": decryptsConfiguration } },
  },
];

const decryptsConfiguration = ["events", "lambda", "scheduler", "states"].map(
  service => `${service}.*.amazonaws.com`,
);

/** What no policy attached to the role opens: AWS's own grow, and SecurityAudit has some of it. */
export const dataStaysUnread = (): Statement[] => [
  {
    Sid: "NoData",
    Effect: "Deny",
    Action: [
      ...all("athena", "GetQueryResults* StartQueryExecution"),
      ...all("codecommit", "GetBlob GetFile GitPull"),
      ...all("cognito-idp", "AdminGetUser AdminListUserAuthEvents ListDevices ListUsers ListUsersInGroup"),
      ...all("dynamodb", "BatchGetItem GetItem GetRecords PartiQLSelect Query Scan"),
      ...all("ebs", "GetSnapshotBlock"),
      ...all("ecr", "BatchGetImage GetDownloadUrlForLayer"),
      ...all("kinesis", "GetRecords SubscribeToShard"),
      ...all("logs", "FilterLogEvents GetLogEvents GetLogRecord GetQueryResults StartLiveTail"),
      ...all("logs", "StartQuery Unmask"),
      ...all("rds", "DownloadCompleteDBLogFile DownloadDBLogFilePortion"),
      "rds-data:*",
      ...all("s3", "GetObject GetObjectAttributes GetObjectTorrent GetObjectVersion GetObjectVersionTorrent"),
      ...all("secretsmanager", "BatchGetSecretValue GetSecretValue"),
      ...all("sqs", "ReceiveMessage"),
      ...all("ssm", "GetParameterHistory"),
      ...all("states", "DescribeExecution GetExecutionHistory"),
    ],
    Resource: "*",
  },
  {
    // AWS's own key for parameters lets everybody decrypt who may read a parameter.
    Sid: "NoDecryption",
    Effect: "Deny",
    Action: ["kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { StringNotLike: { "kms:ViaService": decryptsConfiguration } },
  },
];
