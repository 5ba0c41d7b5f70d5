/** What the provider asks of AWS when it makes, changes and deletes what products' stacks are made of. */
import type { Statement } from "../../../components/identity/policy-document";
import { type PolicyDocument, readDocument } from "../../../iam/document";
import type { Caller } from "../../../iam/request";
import { at } from "../planned";

export type Row = readonly [action: string, resource: string, context?: Readonly<Record<string, string>>];

const { accountId, region } = at;

export const documentOf = (statements: readonly Statement[]): PolicyDocument =>
  readDocument({ Version: "2012-10-17", Statement: statements });

export const roleArn = (name: string, account = accountId) => `arn:aws:iam::${account}:role/${name}`;
export const deployer: Caller = {
  kind: "role",
  arn: roleArn("landing-zone-deploy"),
  account: accountId,
  sessionName: "landing-zone",
};

export const keyArn = `arn:aws:kms:${region}:${accountId}:key/1`;
export const boundaryArn = `arn:aws:iam::${accountId}:policy/landing-zone-product-boundary`;
export const tagged = { "aws:RequestTag/managed-by": "pulumi", "aws:RequestTag/product": "orders" };
export const ofOrders = { "aws:ResourceTag/product": "orders" };
export const ofPlatform = { "aws:ResourceTag/product": "landing-zone" };
const withBoundary = { "iam:PermissionsBoundary": boundaryArn };

const rows = (
  service: string,
  actions: string,
  resource: string,
  context?: Readonly<Record<string, string>>,
): Row[] => actions.split(" ").map(action => [`${service}:${action}`, resource, context]);
const inRegion = (service: string, resource: string, where = region) =>
  `arn:aws:${service}:${where}:${accountId}:${resource}`;

const balancer = "app/orders/50dc6c495c0c9188";
const zone = "arn:aws:route53:::hostedzone/Z1";
const bucket = `arn:aws:s3:::shop-pictures-${accountId}-${region}`;
const securityGroup = inRegion("ec2", "security-group/sg-1");
const rule = inRegion("ec2", "security-group-rule/sgr-1");
const webAcl = inRegion("wafv2", "global/webacl/shop/1", "us-east-1");
const productRole = roleArn("product/orders-api-task");
const target = inRegion("application-autoscaling", "scalable-target/1");

const securityGroupRule = (direction: string): Row[] => [
  ...rows(
    "ec2",
    `AuthorizeSecurityGroup${direction} RevokeSecurityGroup${direction}`,
    securityGroup,
    ofOrders,
  ),
  ...rows("ec2", `AuthorizeSecurityGroup${direction} ModifySecurityGroupRules CreateTags DeleteTags`, rule),
  ...rows("ec2", "ModifySecurityGroupRules", securityGroup, ofOrders),
  ...rows("ec2", "DescribeSecurityGroupRules", "*"),
];
const serviceLinked = (service: string): Row => [
  "iam:CreateServiceLinkedRole",
  roleArn(`aws-service-role/${service}/AWSServiceRoleForIt`),
  { "iam:AWSServiceName": service },
];

/** By the type of the resource; `*` is the resource where AWS knows none. */
export const needed: Readonly<Record<string, readonly Row[]>> = {
  "aws:acm/certificate:Certificate": [
    ...rows("acm", "RequestCertificate", "*", tagged),
    ...["eu-central-1", "us-east-1"].flatMap(where =>
      rows(
        "acm",
        "AddTagsToCertificate DescribeCertificate ListTagsForCertificate RemoveTagsFromCertificate DeleteCertificate",
        inRegion("acm", "certificate/1", where),
      ),
    ),
  ],
  "aws:acm/certificateValidation:CertificateValidation": rows(
    "acm",
    "DescribeCertificate",
    inRegion("acm", "certificate/1"),
  ),
  "aws:appautoscaling/policy:Policy": [
    ...rows("application-autoscaling", "PutScalingPolicy DeleteScalingPolicy", target),
    ...rows("application-autoscaling", "DescribeScalingPolicies", "*"),
  ],
  "aws:appautoscaling/target:Target": [
    ...rows(
      "application-autoscaling",
      "RegisterScalableTarget TagResource UntagResource ListTagsForResource DeregisterScalableTarget",
      target,
    ),
    ...rows("application-autoscaling", "DescribeScalableTargets", "*"),
    serviceLinked("ecs.application-autoscaling.amazonaws.com"),
  ],
  "aws:cloudfront/distribution:Distribution": [
    ...rows("cloudfront", "CreateDistribution", "*", tagged),
    ...rows(
      "cloudfront",
      "GetDistribution UpdateDistribution TagResource UntagResource ListTagsForResource DeleteDistribution",
      `arn:aws:cloudfront::${accountId}:distribution/E1`,
    ),
    ...rows("wafv2", "GetWebACL", webAcl),
  ],
  "aws:cloudfront/vpcOrigin:VpcOrigin": [
    ...rows("cloudfront", "CreateVpcOrigin", "*", tagged),
    ...rows(
      "cloudfront",
      "GetVpcOrigin UpdateVpcOrigin TagResource UntagResource ListTagsForResource DeleteVpcOrigin",
      `arn:aws:cloudfront::${accountId}:vpcorigin/vo_1`,
    ),
    ...rows("elasticloadbalancing", "DescribeLoadBalancers DescribeListeners", "*"),
    ...rows("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs DescribeInternetGateways", "*"),
    serviceLinked("vpcorigin.cloudfront.amazonaws.com"),
  ],
  "aws:cloudwatch/eventRule:EventRule": rows(
    "events",
    "PutRule DescribeRule EnableRule DisableRule TagResource UntagResource ListTagsForResource DeleteRule",
    inRegion("events", "rule/statements-close"),
  ),
  "aws:cloudwatch/eventTarget:EventTarget": [
    ...rows(
      "events",
      "PutTargets ListTargetsByRule RemoveTargets",
      inRegion("events", "rule/statements-close"),
    ),
    [
      "iam:PassRole",
      roleArn("product/statements-close-events"),
      { "iam:PassedToService": "events.amazonaws.com" },
    ],
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    ...rows("logs", "CreateLogGroup", inRegion("logs", "log-group:/landing-zone/orders/api"), tagged),
    ...rows(
      "logs",
      "PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey TagResource UntagResource DeleteLogGroup",
      inRegion("logs", "log-group:/landing-zone/orders/api"),
      ofOrders,
    ),
    ...rows("logs", "ListTagsForResource", inRegion("logs", "log-group:/landing-zone/orders/api")),
    ...rows("logs", "DescribeLogGroups", "*"),
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": rows(
    "cloudwatch",
    "PutMetricAlarm DescribeAlarms TagResource UntagResource ListTagsForResource DeleteAlarms",
    inRegion("cloudwatch", "alarm:orders-api-cpu-high"),
  ),
  "aws:dynamodb/table:Table": [
    ...rows(
      "dynamodb",
      "CreateTable DescribeTable UpdateTable UpdateContinuousBackups DescribeContinuousBackups UpdateTimeToLive DescribeTimeToLive TagResource UntagResource ListTagsOfResource DeleteTable",
      inRegion("dynamodb", "table/orders-orders"),
    ),
    // On behalf of whoever makes the table.
    ...rows(
      "kms",
      "Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant",
      keyArn,
      ofOrders,
    ),
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    ...rows("ec2", "CreateSecurityGroup", securityGroup, tagged),
    // The VPC is the platform's.
    ...rows("ec2", "CreateSecurityGroup", inRegion("ec2", "vpc/vpc-1"), ofPlatform),
    ...rows("ec2", "CreateTags", securityGroup, tagged),
    ...rows("ec2", "RevokeSecurityGroupEgress DeleteTags DeleteSecurityGroup", securityGroup, ofOrders),
    ...rows("ec2", "DescribeSecurityGroups DescribeNetworkInterfaces", "*"),
  ],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": rows(
    "ecr",
    "PutLifecyclePolicy GetLifecyclePolicy DeleteLifecyclePolicy",
    inRegion("ecr", "repository/orders/api"),
  ),
  "aws:ecr/repository:Repository": [
    ...rows(
      "ecr",
      "CreateRepository DescribeRepositories PutImageTagMutability PutImageScanningConfiguration TagResource UntagResource ListTagsForResource DeleteRepository",
      inRegion("ecr", "repository/orders/api"),
    ),
    // On behalf of whoever makes or deletes the repository.
    ...rows("kms", "DescribeKey CreateGrant RetireGrant", keyArn, ofOrders),
  ],
  "aws:ecs/cluster:Cluster": [
    ...rows(
      "ecs",
      "CreateCluster DescribeClusters UpdateCluster UpdateClusterSettings TagResource UntagResource ListTagsForResource DeleteCluster",
      inRegion("ecs", "cluster/orders"),
    ),
    serviceLinked("ecs.amazonaws.com"),
  ],
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": rows(
    "ecs",
    "PutClusterCapacityProviders DescribeClusters",
    inRegion("ecs", "cluster/orders"),
  ),
  "aws:ecs/service:Service": rows(
    "ecs",
    "CreateService DescribeServices UpdateService ListServiceDeployments TagResource UntagResource ListTagsForResource DeleteService",
    inRegion("ecs", "service/orders/orders-api"),
  ),
  "aws:ecs/taskDefinition:TaskDefinition": [
    ...rows(
      "ecs",
      "RegisterTaskDefinition TagResource UntagResource ListTagsForResource",
      inRegion("ecs", "task-definition/orders-api:7"),
    ),
    ...rows("ecs", "DescribeTaskDefinition DeregisterTaskDefinition", "*"),
    ["iam:PassRole", productRole, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
    [
      "iam:PassRole",
      roleArn("product/orders-api-execution"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    ],
  ],
  "aws:iam/role:Role": [
    ["iam:CreateRole", productRole, { ...withBoundary, ...tagged }],
    ...rows(
      "iam",
      "GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole ListRoleTags ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole DeleteRole",
      productRole,
      withBoundary,
    ),
  ],
  "aws:iam/rolePolicy:RolePolicy": rows(
    "iam",
    "PutRolePolicy GetRolePolicy DeleteRolePolicy",
    productRole,
    withBoundary,
  ),
  "aws:kms/alias:Alias": [
    ...rows("kms", "CreateAlias UpdateAlias DeleteAlias", inRegion("kms", "alias/orders")),
    ...rows("kms", "CreateAlias UpdateAlias DeleteAlias", keyArn, ofOrders),
    ...rows("kms", "ListAliases", "*"),
  ],
  "aws:kms/key:Key": [
    ...rows("kms", "CreateKey", "*", tagged),
    ...rows("kms", "TagResource", keyArn, tagged),
    ...rows(
      "kms",
      "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags PutKeyPolicy EnableKeyRotation UpdateKeyDescription UntagResource ScheduleKeyDeletion",
      keyArn,
      ofOrders,
    ),
  ],
  "aws:lb/listener:Listener": [
    ...rows(
      "elasticloadbalancing",
      "CreateListener",
      inRegion("elasticloadbalancing", `loadbalancer/${balancer}`),
    ),
    ...rows(
      "elasticloadbalancing",
      "AddTags RemoveTags ModifyListener ModifyListenerAttributes DeleteListener",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`),
    ),
    ...rows("elasticloadbalancing", "DescribeListeners DescribeListenerAttributes DescribeTags", "*"),
  ],
  "aws:lb/listenerCertificate:ListenerCertificate": [
    ...rows(
      "elasticloadbalancing",
      "AddListenerCertificates RemoveListenerCertificates",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`),
    ),
    ...rows("elasticloadbalancing", "DescribeListenerCertificates", "*"),
  ],
  "aws:lb/listenerRule:ListenerRule": [
    ...rows(
      "elasticloadbalancing",
      "CreateRule",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`),
    ),
    ...rows(
      "elasticloadbalancing",
      "AddTags ModifyRule SetRulePriorities DeleteRule",
      inRegion("elasticloadbalancing", `listener-rule/${balancer}/f2/9`),
    ),
    ...rows("elasticloadbalancing", "DescribeRules DescribeTags", "*"),
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    ...rows(
      "elasticloadbalancing",
      "CreateLoadBalancer AddTags RemoveTags ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets SetIpAddressType DeleteLoadBalancer",
      inRegion("elasticloadbalancing", `loadbalancer/${balancer}`),
    ),
    ...rows(
      "elasticloadbalancing",
      "DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeCapacityReservation DescribeTags",
      "*",
    ),
    ...rows(
      "ec2",
      "DescribeSubnets DescribeSecurityGroups DescribeInternetGateways DescribeNetworkInterfaces",
      "*",
    ),
    ...rows("ec2", "GetSecurityGroupsForVpc", inRegion("ec2", "vpc/vpc-1"), ofPlatform),
    serviceLinked("elasticloadbalancing.amazonaws.com"),
  ],
  "aws:lb/targetGroup:TargetGroup": [
    ...rows(
      "elasticloadbalancing",
      "CreateTargetGroup AddTags ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup",
      inRegion("elasticloadbalancing", "targetgroup/orders-api/1"),
    ),
    ...rows("elasticloadbalancing", "DescribeTargetGroups DescribeTargetGroupAttributes DescribeTags", "*"),
  ],
  "aws:route53/record:Record": [
    ...rows("route53", "GetHostedZone ChangeResourceRecordSets ListResourceRecordSets", zone),
    ...rows("route53", "GetChange", "arn:aws:route53:::change/C1"),
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
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("Egress"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("Ingress"),
  "aws:wafv2/webAcl:WebAcl": [
    ...rows(
      "wafv2",
      "CreateWebACL GetWebACL UpdateWebACL TagResource UntagResource ListTagsForResource DeleteWebACL",
      webAcl,
    ),
    ...rows(
      "wafv2",
      "CreateWebACL UpdateWebACL",
      inRegion("wafv2", "global/managedruleset/1/1", "us-east-1"),
    ),
  ],
  // The provider takes the role, also where the pipeline has it already.
  "pulumi:providers:aws": [["sts:AssumeRole", roleArn("landing-zone-deploy")]],
};

const trailBucket = `arn:aws:s3:::landing-zone-trail-888899990000-${region}`;
const landingZoneRole = roleArn("landing-zone-backup");
const vpc = inRegion("ec2", "vpc/vpc-1");

/** What a pipeline has no business with, by why. */
export const forbidden: Readonly<Record<string, readonly Row[]>> = {
  "the network": [
    ...rows("ec2", "CreateVpc DeleteVpc ModifyVpcAttribute", vpc),
    ...rows("ec2", "CreateInternetGateway AttachInternetGateway", inRegion("ec2", "internet-gateway/igw-1")),
    ...rows("ec2", "CreateRoute ReplaceRoute DeleteRoute", inRegion("ec2", "route-table/rtb-1")),
    ...rows("ec2", "CreateSubnet", inRegion("ec2", "subnet/subnet-1")),
    ...rows("ec2", "CreateVpcPeeringConnection", inRegion("ec2", "vpc-peering-connection/pcx-1")),
    ...rows("ec2", "DeleteFlowLogs", inRegion("ec2", "vpc-flow-log/fl-1")),
    ...rows("ec2", "CreateTags DeleteTags", vpc, ofPlatform),
    ...rows("ec2", "RunInstances", inRegion("ec2", "instance/i-1")),
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
    ["iam:PassRole", productRole, { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["iam:PassRole", productRole, { "iam:PassedToService": "lambda.amazonaws.com" }],
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
  ],
  "the platform's keys": [
    ...rows(
      "kms",
      "ScheduleKeyDeletion PutKeyPolicy DisableKeyRotation CreateGrant Decrypt UntagResource TagResource",
      keyArn,
      ofPlatform,
    ),
    ["kms:CreateKey", "*"],
    ["kms:ScheduleKeyDeletion", `arn:aws:kms:${region}:999988887777:key/1`, ofOrders],
  ],
  "another Region": [
    ["dynamodb:CreateTable", inRegion("dynamodb", "table/orders-orders", "us-west-2")],
    ["ecs:CreateService", inRegion("ecs", "service/orders/orders-api", "us-west-2")],
    [
      "elasticloadbalancing:AddListenerCertificates",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`, "us-west-2"),
    ],
    ["s3:CreateBucket", `arn:aws:s3:::shop-pictures-${accountId}-us-west-2`],
  ],
};
