import {
  accountId,
  balancer,
  boundaryArn,
  bucket,
  inRegion,
  keyArn,
  ofOrders,
  ofPlatform,
  productRole,
  type Row,
  type RowsByType,
  region,
  roleArn,
  rows,
  securityGroup,
  withBoundary,
  zone,
} from "./rows";

const trailBucket = `arn:aws:s3:::landing-zone-trail-888899990000-${region}`;
const platformBucket = `arn:aws:s3:::landing-zone-access-logs-${accountId}-${region}`;
const landingZoneRole = roleArn("landing-zone-backup");
const vpc = inRegion("ec2", "vpc/vpc-1");

/** What a pipeline has no business with, by why. */
export const forbidden: RowsByType = {
  "the network": [
    ...rows("ec2", "CreateVpc DeleteVpc ModifyVpcAttribute", vpc),
    ...rows("ec2", "CreateInternetGateway AttachInternetGateway", inRegion("ec2", "internet-gateway/igw-1")),
    ...rows("ec2", "CreateRoute ReplaceRoute DeleteRoute", inRegion("ec2", "route-table/rtb-1")),
    ...rows("ec2", "CreateSubnet", inRegion("ec2", "subnet/subnet-1")),
    ...rows("ec2", "CreateVpcPeeringConnection", inRegion("ec2", "vpc-peering-connection/pcx-1")),
    ...rows("ec2", "DeleteFlowLogs", inRegion("ec2", "vpc-flow-log/fl-1")),
    ...rows("ec2", "CreateTags DeleteTags", vpc, ofPlatform),
    // Not but by a template, and that of this account.
    ...rows("ec2", "RunInstances", inRegion("ec2", "instance/i-1")),
    [
      "ec2:RunInstances",
      inRegion("ec2", "instance/i-1"),
      { "ec2:LaunchTemplate": `arn:aws:ec2:${region}:999988887777:launch-template/lt-1` },
    ],
    ...rows("ec2", "StartInstances StopInstances TerminateInstances", inRegion("ec2", "instance/i-1")),
    ...rows("ec2", "CreateImage ModifyInstanceAttribute", inRegion("ec2", "instance/i-1")),
    ...rows(
      "ec2",
      "CreateLaunchTemplateVersion DeleteLaunchTemplate",
      inRegion("ec2", "launch-template/lt-1"),
      ofPlatform,
    ),
    [
      "autoscaling:UpdateAutoScalingGroup",
      inRegion("autoscaling", "autoScalingGroup:1:autoScalingGroupName/runners"),
      ofPlatform,
    ],
    ...rows(
      "ec2",
      "AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress DeleteSecurityGroup DeleteTags",
      securityGroup,
      ofPlatform,
    ),
    ...rows("route53", "CreateHostedZone", "*"),
    ...rows("route53", "DeleteHostedZone", zone),
    ...rows("ram", "CreateResourceShare", "*"),
  ],
  "people and roles of the platform": [
    ...rows("iam", "CreateUser CreateAccessKey CreateLoginProfile", `arn:aws:iam::${accountId}:user/bob`),
    ...rows("iam", "CreatePolicy CreatePolicyVersion DeletePolicy", boundaryArn),
    ...rows("iam", "CreatePolicyVersion", `arn:aws:iam::${accountId}:policy/landing-zone-deploy`),
    ["iam:CreateRole", productRole],
    [
      "iam:CreateRole",
      productRole,
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    [
      "iam:CreateRole",
      productRole,
      { "iam:PermissionsBoundary": "arn:aws:iam::999988887777:policy/landing-zone-product-boundary" },
    ],
    ["iam:CreateRole", roleArn("orders-api-task"), withBoundary],
    ["iam:CreateRole", roleArn("other/product/orders"), withBoundary],
    ["iam:PutRolePolicy", productRole],
    ["iam:AttachRolePolicy", productRole, { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" }],
    ["iam:DeleteRolePermissionsBoundary", productRole, withBoundary],
    ["iam:PutRolePermissionsBoundary", productRole, withBoundary],
    ...rows(
      "iam",
      "PutRolePolicy AttachRolePolicy DeleteRole UpdateAssumeRolePolicy DeleteRolePermissionsBoundary PutRolePermissionsBoundary",
      landingZoneRole,
      withBoundary,
    ),
    ...rows(
      "iam",
      "PutRolePolicy AttachRolePolicy DetachRolePolicy UpdateAssumeRolePolicy DeleteRolePermissionsBoundary",
      roleArn("landing-zone-deploy"),
    ),
    ...rows(
      "iam",
      "CreateOpenIDConnectProvider DeleteOpenIDConnectProvider AddClientIDToOpenIDConnectProvider",
      `arn:aws:iam::${accountId}:oidc-provider/gitlab.com`,
    ),
    ["iam:PassRole", landingZoneRole, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
    ...["ec2", "ecs", "grafana", "lambda", "scheduler", "states"].map(
      (service): Row => [
        "iam:PassRole",
        landingZoneRole,
        { "iam:PassedToService": `${service}.amazonaws.com` },
      ],
    ),
    ...["cloudformation", "codebuild", "glue", "sagemaker", "ssm", "transfer"].map(
      (service): Row => ["iam:PassRole", productRole, { "iam:PassedToService": `${service}.amazonaws.com` }],
    ),
    ...rows(
      "iam",
      "AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile RemoveRoleFromInstanceProfile",
      `arn:aws:iam::${accountId}:instance-profile/landing-zone-bastion`,
    ),
    ...rows("sso", "CreateAccountAssignment CreatePermissionSet", "arn:aws:sso:::instance/ssoins-1"),
    ...rows("sso", "UpdateManagedApplicationInstanceStatus AssociateProfile", "*"),
    [
      "iam:CreateServiceLinkedRole",
      roleArn("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"),
      { "iam:AWSServiceName": "config.amazonaws.com" },
    ],
  ],
  "other accounts": [
    ["sts:AssumeRole", roleArn("landing-zone-deploy", "999988887777")],
    ["sts:AssumeRole", roleArn("OrganizationAccountAccessRole", "999988887777")],
    ["sts:AssumeRole", roleArn("OrganizationAccountAccessRole")],
    ["sts:AssumeRole", productRole],
    ...rows("organizations", "LeaveOrganization ListAccounts DetachPolicy", "*"),
    ["dynamodb:DeleteTable", `arn:aws:dynamodb:${region}:999988887777:table/orders-orders`],
    ["ecs:UpdateService", `arn:aws:ecs:${region}:999988887777:service/orders/orders-api`],
  ],
  "logs and what is found": [
    ...rows(
      "cloudtrail",
      "StopLogging DeleteTrail UpdateTrail",
      inRegion("cloudtrail", "trail/landing-zone"),
    ),
    ...rows("s3", "PutBucketPolicy DeleteBucketPolicy PutLifecycleConfiguration DeleteBucket", trailBucket),
    ...rows("s3", "PutBucketPolicy PutLifecycleConfiguration DeleteBucket", platformBucket),
    ...rows("guardduty", "DeleteDetector UpdateDetector", inRegion("guardduty", "detector/1")),
    ...rows("config", "StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel", "*"),
    ...rows("securityhub", "DisableSecurityHub", "*"),
    ...rows(
      "logs",
      "DeleteLogGroup PutRetentionPolicy DisassociateKmsKey UntagResource",
      inRegion("logs", "log-group:/landing-zone/flow-logs/vpc"),
      ofPlatform,
    ),
    ...rows("logs", "DeleteLogGroup", inRegion("logs", "log-group:/landing-zone/sessions"), ofPlatform),
    ...rows("logs", "DeleteLogGroup", inRegion("logs", "log-group:/aws/other"), ofOrders),
    ...rows(
      "backup",
      "DeleteBackupVault DeleteBackupVaultLockConfiguration",
      inRegion("backup", "backup-vault:x"),
    ),
  ],
  data: [
    ...rows("s3", "GetObject PutObject DeleteObject PutObjectAcl", `${bucket}/1.jpg`),
    ...rows("dynamodb", "GetItem Query Scan PutItem DeleteItem", inRegion("dynamodb", "table/orders-orders")),
    ...rows("sqs", "ReceiveMessage SendMessage DeleteMessage", inRegion("sqs", "orders-pending")),
    ...rows("sns", "Publish", inRegion("sns", "orders-placed")),
    ...rows("logs", "GetLogEvents FilterLogEvents", inRegion("logs", "log-group:/landing-zone/orders/api")),
    ...rows("logs", "StartQuery", inRegion("logs", "log-group:/landing-zone/orders/api")),
    ...rows("secretsmanager", "GetSecretValue", inRegion("secretsmanager", "secret:orders-1")),
    ...rows("ecs", "ExecuteCommand", inRegion("ecs", "task/orders/1")),
    ...rows("appsync", "GraphQL", inRegion("appsync", "apis/abc/types/Query/fields/order")),
    ...rows(
      "cognito-idp",
      "ListUsers AdminGetUser AdminCreateUser AdminSetUserPassword",
      inRegion("cognito-idp", "userpool/eu-central-1_1"),
      ofOrders,
    ),
    // Where images come from elsewhere.
    ...rows(
      "ecr",
      "PutImage InitiateLayerUpload UploadLayerPart CompleteLayerUpload",
      inRegion("ecr", "repository/orders/api"),
      ofOrders,
    ),
    ...rows("aps", "QueryMetrics RemoteWrite GetLabels", inRegion("aps", "workspace/ws-1"), ofOrders),
    ...rows("states", "StartExecution", inRegion("states", "stateMachine:orders-close"), ofOrders),
    ...rows(
      "states",
      "DescribeExecution GetExecutionHistory",
      inRegion("states", "execution:orders-close:1"),
    ),
    ...rows("ecs", "RunTask", inRegion("ecs", "task-definition/orders-close:7"), ofOrders),
    ...rows("xray", "BatchGetTraces", "*"),
    ...rows("ssm", "StartSession", inRegion("ec2", "instance/i-1"), ofOrders),
    ...rows("elasticache", "Connect", inRegion("elasticache", "user:orders-sessions"), ofOrders),
    ...rows(
      "elasticfilesystem",
      "ClientMount ClientWrite ClientRootAccess",
      inRegion("elasticfilesystem", "file-system/fs-1"),
      ofOrders,
    ),
    ...rows("es", "ESHttpGet ESHttpPut", inRegion("es", "domain/orders-find"), ofOrders),
    ...rows("events", "PutEvents", inRegion("events", "event-bus/orders-events"), ofOrders),
    ...rows("kinesis", "GetRecords PutRecord", inRegion("kinesis", "stream/orders-clicks"), ofOrders),
    ...rows("kms", "Decrypt Encrypt GenerateDataKey CreateGrant", keyArn, ofOrders),
    ...rows("rds-db", "connect", inRegion("rds-db", "dbuser:*/orders_ledger")),
    ...rows("ses", "SendEmail SendRawEmail", inRegion("ses", "identity/mail.orders.example.com"), ofOrders),
    ...rows("sqs", "PurgeQueue", inRegion("sqs", "orders-pending"), ofOrders),
    ...rows("wafv2", "GetSampledRequests", inRegion("wafv2", "regional/webacl/orders/1"), ofOrders),
  ],
  "the platform's keys": [
    ...rows(
      "kms",
      "ScheduleKeyDeletion PutKeyPolicy DisableKeyRotation CreateGrant Decrypt UntagResource TagResource",
      keyArn,
      ofPlatform,
    ),
    ...rows("kms", "Decrypt GenerateDataKey", keyArn, {
      ...ofPlatform,
      "kms:ViaService": `rds.${region}.amazonaws.com`,
    }),
    ["kms:CreateKey", "*"],
    ["kms:ScheduleKeyDeletion", `arn:aws:kms:${region}:999988887777:key/1`, ofOrders],
  ],
  "what else carries the platform's name": [
    ...rows(
      "sns",
      "DeleteTopic SetTopicAttributes",
      inRegion("sns", "landing-zone-signing-alerts"),
      ofPlatform,
    ),
    ...rows(
      "events",
      "DeleteRule RemoveTargets",
      inRegion("events", "rule/landing-zone-findings"),
      ofPlatform,
    ),
    ...rows("cloudwatch", "DeleteAlarms", inRegion("cloudwatch", "alarm:landing-zone-root"), ofPlatform),
    ...rows("ssm", "PutParameter DeleteParameter", inRegion("ssm", "parameter/landing-zone/x"), ofPlatform),
    ...rows(
      "secretsmanager",
      "PutResourcePolicy",
      inRegion("secretsmanager", "secret:landing-zone-x"),
      ofPlatform,
    ),
    ...rows(
      "lambda",
      "InvokeFunction UpdateFunctionCode GetFunction DeleteFunction",
      inRegion("lambda", "function:landing-zone-x"),
      ofPlatform,
    ),
    ...rows(
      "states",
      "UpdateStateMachine DeleteStateMachine",
      inRegion("states", "stateMachine:landing-zone-restore"),
      ofPlatform,
    ),
    ...rows(
      "scheduler",
      "UpdateSchedule DeleteSchedule",
      inRegion("scheduler", "schedule/landing-zone/x"),
      ofPlatform,
    ),
    ...rows("ecs", "PutAccountSetting PutAccountSettingDefault", "*"),
    ...rows(
      "lambda",
      "UpdateFunctionConfiguration",
      `arn:aws:lambda:${region}:999988887777:function:orders-verify`,
      ofOrders,
    ),
    ...rows(
      "ec2",
      "DeleteVpcEndpoints ModifyVpcEndpoint",
      inRegion("ec2", "vpc-endpoint/vpce-1"),
      ofPlatform,
    ),
    ...rows("ecr", "DeleteRepository SetRepositoryPolicy", inRegion("ecr", "repository/bases/x"), ofPlatform),
    ...rows("ecr", "PutRegistryPolicy PutReplicationConfiguration CreatePullThroughCacheRule", "*"),
    ...rows("ses", "PutAccountSuppressionAttributes PutAccountSendingAttributes", "*"),
  ],
  "another Region": [
    ["dynamodb:CreateTable", inRegion("dynamodb", "table/orders-orders", "us-west-2")],
    ["ecs:CreateService", inRegion("ecs", "service/orders/orders-api", "us-west-2")],
    ["rds:CreateDBInstance", inRegion("rds", "db:orders-ledger", "us-west-2")],
    ["wafv2:DeleteWebACL", inRegion("wafv2", "regional/webacl/orders/1", "us-west-2")],
    [
      "elasticloadbalancing:AddListenerCertificates",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`, "us-west-2"),
    ],
    ["s3:CreateBucket", `arn:aws:s3:::shop-pictures-${accountId}-us-west-2`],
  ],
};

/** What the boundary is too coarse to keep from, and no permission lets in. */
export const notGranted: RowsByType = {
  "giving data away": [
    ...rows(
      "rds",
      "ModifyDBSnapshotAttribute CopyDBSnapshot",
      inRegion("rds", "snapshot:orders-ledger-final"),
      ofOrders,
    ),
    ...rows("dynamodb", "ImportTable", inRegion("dynamodb", "table/orders-orders"), ofOrders),
    ...rows("appsync", "CreateApiKey", "*"),
    ...rows("kms", "CreateGrant", keyArn, {
      ...ofOrders,
      "kms:ViaService": `rds.${region}.amazonaws.com`,
    }),
    // A secret parameter that is not a client's of a user pool.
    ...rows("kms", "Decrypt", keyArn, {
      ...ofOrders,
      "kms:ViaService": `ssm.${region}.amazonaws.com`,
      "kms:EncryptionContext:PARAMETER_ARN": inRegion("ssm", "parameter/orders/psp-key"),
    }),
    ...rows("kms", "Decrypt", keyArn, { ...ofOrders, "kms:ViaService": `s3.${region}.amazonaws.com` }),
  ],
  "who else may call functions": [
    ...["*", "999988887777", "lambda.amazonaws.com", "s3.amazonaws.com"].map(
      (principal): Row => [
        "lambda:AddPermission",
        inRegion("lambda", "function:orders-verify"),
        { ...ofOrders, "lambda:Principal": principal },
      ],
    ),
    ...rows("lambda", "AddPermission", inRegion("lambda", "function:orders-verify"), ofOrders),
    ...rows(
      "lambda",
      "CreateFunctionUrlConfig UpdateFunctionUrlConfig",
      inRegion("lambda", "function:orders-verify"),
      ofOrders,
    ),
    [
      "lambda:CreateEventSourceMapping",
      "*",
      { "lambda:FunctionArn": `arn:aws:lambda:${region}:999988887777:function:orders-verify` },
    ],
    ["lambda:CreateEventSourceMapping", "*"],
  ],
  "who gets into Grafana": [
    ...rows(
      "grafana",
      "CreateWorkspaceApiKey CreateWorkspaceServiceAccountToken UpdatePermissions",
      inRegion("grafana", "/workspaces/g-1"),
      ofOrders,
    ),
    ...rows("sso", "CreateManagedApplicationInstance DeleteManagedApplicationInstance", "*"),
  ],
  "instances by hand": [
    ...rows(
      "autoscaling",
      "TerminateInstanceInAutoScalingGroup SetDesiredCapacity",
      inRegion("autoscaling", "autoScalingGroup:1:autoScalingGroupName/instances-orders"),
      ofOrders,
    ),
    ["ec2:CreateTags", inRegion("ec2", "instance/i-1"), ofOrders],
    ["ssm:GetParameters", `arn:aws:ssm:${region}::parameter/aws/service/datasync/ami`],
    ["ssm:GetParameters", `arn:aws:ssm:${region}:999988887777:parameter/payments/psp-key`],
  ],
  "ways into VPCs": [
    ["ec2:CreateVpcEndpoint", inRegion("ec2", "vpc-endpoint/*"), { "ec2:VpceServiceName": "com.example.x" }],
    ["ec2:CreateTags", inRegion("ec2", "vpc-endpoint/vpce-1"), ofPlatform],
    ["ec2:AttachNetworkInterface", inRegion("ec2", "network-interface/eni-1")],
  ],
};
