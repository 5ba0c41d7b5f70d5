import {
  accountId,
  grantThrough,
  inRegion,
  keyThrough,
  ofOrders,
  ofPlatform,
  type Row,
  type RowsByType,
  rows,
  securityGroup,
  serviceLinked,
  tagged,
} from "./rows";

const cache = (actions: string, resource: string): Row[] =>
  rows("elasticache", actions, inRegion("elasticache", resource), ofOrders);
const cacheTags = "AddTagsToResource RemoveTagsFromResource ListTagsForResource";
const encryptedCache: readonly Row[] = [
  ...keyThrough("elasticache"),
  grantThrough("elasticache"),
  ...rows("ec2", "DescribeVpcs DescribeSubnets DescribeSecurityGroups", "*"),
  serviceLinked("elasticache.amazonaws.com"),
];

const files = (actions: string, kind = "file-system/fs-1", context: Row[2] = ofOrders): Row[] =>
  rows("elasticfilesystem", actions, inRegion("elasticfilesystem", kind), context);

const users = (actions: string): Row[] =>
  rows("cognito-idp", actions, inRegion("cognito-idp", "userpool/eu-central-1_1"), ofOrders);

const mail = (actions: string, resource: string): Row[] =>
  rows("ses", actions, inRegion("ses", resource), ofOrders);
const identity = "identity/mail.orders.example.com";
const configurationSet = "configuration-set/mail-orders-example-com";

export const needed: RowsByType = {
  "aws:elasticache/parameterGroup:ParameterGroup": cache(
    `CreateCacheParameterGroup DescribeCacheParameterGroups DescribeCacheParameters ModifyCacheParameterGroup DeleteCacheParameterGroup ${cacheTags}`,
    "parametergroup:orders-sessions-valkey8",
  ),
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    ...[
      "replicationgroup:orders-sessions",
      "parametergroup:orders-sessions-valkey8",
      "subnetgroup:orders-sessions",
      "usergroup:orders-sessions",
    ].flatMap(resource => cache("CreateReplicationGroup ModifyReplicationGroup", resource)),
    ...cache(
      `DescribeReplicationGroups IncreaseReplicaCount DecreaseReplicaCount ModifyReplicationGroupShardConfiguration DeleteReplicationGroup ${cacheTags}`,
      "replicationgroup:orders-sessions",
    ),
    ...cache("DescribeCacheClusters", "cluster:orders-sessions-001"),
    ...cache("DeleteReplicationGroup CreateSnapshot", "snapshot:orders-sessions-final"),
    ...rows(
      "logs",
      "CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries",
      "*",
    ),
    ...encryptedCache,
  ],
  "aws:elasticache/serverlessCache:ServerlessCache": [
    ...cache(
      `CreateServerlessCache DescribeServerlessCaches ModifyServerlessCache DeleteServerlessCache ${cacheTags}`,
      "serverlesscache:orders-sessions",
    ),
    ...cache("CreateServerlessCache ModifyServerlessCache", "usergroup:orders-sessions"),
    ...encryptedCache,
    // It is reached through an endpoint, in the platform's VPC.
    ...[inRegion("ec2", "vpc/vpc-1"), inRegion("ec2", "subnet/subnet-1")].flatMap(resource =>
      rows("ec2", "CreateVpcEndpoint", resource, ofPlatform),
    ),
    ["ec2:CreateVpcEndpoint", securityGroup, ofOrders],
    [
      "ec2:CreateVpcEndpoint",
      inRegion("ec2", "vpc-endpoint/*"),
      { "ec2:VpceServiceName": "com.amazonaws.elasticache.serverless.eu-central-1.vpce-svc-1" },
    ],
    [
      "ec2:CreateTags",
      inRegion("ec2", "vpc-endpoint/vpce-1"),
      { "aws:RequestTag/AmazonElastiCacheManaged": "true", "ec2:CreateAction": "CreateVpcEndpoint" },
    ],
  ],
  "aws:elasticache/subnetGroup:SubnetGroup": cache(
    `CreateCacheSubnetGroup DescribeCacheSubnetGroups ModifyCacheSubnetGroup DeleteCacheSubnetGroup ${cacheTags}`,
    "subnetgroup:orders-sessions",
  ),
  "aws:elasticache/user:User": cache(
    `CreateUser DescribeUsers ModifyUser DeleteUser ${cacheTags}`,
    "user:orders-sessions",
  ),
  "aws:elasticache/userGroup:UserGroup": [
    ...cache(
      `CreateUserGroup DescribeUserGroups ModifyUserGroup DeleteUserGroup ${cacheTags}`,
      "usergroup:orders-sessions",
    ),
    ...cache("CreateUserGroup ModifyUserGroup", "user:orders-sessions"),
  ],
  "aws:opensearch/domain:Domain": [
    ...rows("es", "CreateDomain", inRegion("es", "domain/orders-find"), tagged),
    ...rows(
      "es",
      "DescribeDomain DescribeDomainConfig DescribeDomainChangeProgress DescribeDomainAutoTunes ListTags AddTags RemoveTags GetCompatibleVersions GetUpgradeStatus UpgradeDomain UpdateDomainConfig DeleteDomain",
      inRegion("es", "domain/orders-find"),
      ofOrders,
    ),
    ...keyThrough("es"),
    grantThrough("es"),
    ...rows("ec2", "DescribeVpcs DescribeSubnets DescribeSecurityGroups", "*"),
    ...rows("logs", "DescribeLogGroups DescribeResourcePolicies", "*"),
    serviceLinked("opensearchservice.amazonaws.com"),
  ],
  "aws:efs/accessPoint:AccessPoint": [
    ...files("CreateAccessPoint"),
    ...files(
      "DescribeAccessPoints DeleteAccessPoint TagResource UntagResource ListTagsForResource",
      "access-point/fsap-1",
    ),
  ],
  "aws:efs/backupPolicy:BackupPolicy": files("PutBackupPolicy DescribeBackupPolicy"),
  "aws:efs/fileSystem:FileSystem": [
    ["elasticfilesystem:CreateFileSystem", "*", tagged],
    ...files(
      "DescribeFileSystems DescribeLifecycleConfiguration PutLifecycleConfiguration UpdateFileSystem UpdateFileSystemProtection TagResource UntagResource ListTagsForResource DeleteFileSystem",
    ),
    ...keyThrough("elasticfilesystem", "DescribeKey GenerateDataKeyWithoutPlaintext"),
    grantThrough("elasticfilesystem"),
    serviceLinked("elasticfilesystem.amazonaws.com"),
  ],
  "aws:efs/fileSystemPolicy:FileSystemPolicy": files(
    "PutFileSystemPolicy DescribeFileSystemPolicy DeleteFileSystemPolicy",
  ),
  "aws:efs/mountTarget:MountTarget": [
    ...files(
      "CreateMountTarget DescribeMountTargets DescribeMountTargetSecurityGroups ModifyMountTargetSecurityGroups DeleteMountTarget",
    ),
    ...rows("ec2", "CreateNetworkInterface", inRegion("ec2", "subnet/subnet-1"), ofPlatform),
    ...rows("ec2", "CreateNetworkInterface", securityGroup, ofOrders),
    ...rows(
      "ec2",
      "CreateNetworkInterface DeleteNetworkInterface",
      inRegion("ec2", "network-interface/eni-1"),
    ),
    ...rows("ec2", "DescribeSubnets DescribeNetworkInterfaces", "*"),
  ],
  "aws:cognito/managedLoginBranding:ManagedLoginBranding": users(
    "CreateManagedLoginBranding DescribeManagedLoginBranding DescribeManagedLoginBrandingByClient UpdateManagedLoginBranding DeleteManagedLoginBranding",
  ),
  "aws:cognito/resourceServer:ResourceServer": users(
    "CreateResourceServer DescribeResourceServer UpdateResourceServer DeleteResourceServer",
  ),
  "aws:cognito/userPool:UserPool": [
    ["cognito-idp:CreateUserPool", "*", tagged],
    ...users(
      "DescribeUserPool GetUserPoolMfaConfig SetUserPoolMfaConfig UpdateUserPool AddCustomAttributes TagResource UntagResource ListTagsForResource DeleteUserPool",
    ),
    // Where its mail comes from SES.
    serviceLinked("email.cognito-idp.amazonaws.com"),
  ],
  "aws:cognito/userPoolClient:UserPoolClient": users(
    "CreateUserPoolClient DescribeUserPoolClient UpdateUserPoolClient DeleteUserPoolClient",
  ),
  "aws:cognito/userPoolDomain:UserPoolDomain": [
    ...users("CreateUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain"),
    ["cognito-idp:DescribeUserPoolDomain", "*"],
    ["cloudfront:UpdateDistribution", `arn:aws:cloudfront::${accountId}:distribution/E2`],
  ],
  "aws:sesv2/configurationSet:ConfigurationSet": mail(
    "CreateConfigurationSet GetConfigurationSet PutConfigurationSetDeliveryOptions PutConfigurationSetReputationOptions PutConfigurationSetSendingOptions PutConfigurationSetSuppressionOptions TagResource UntagResource ListTagsForResource DeleteConfigurationSet",
    configurationSet,
  ),
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": mail(
    "CreateConfigurationSetEventDestination GetConfigurationSetEventDestinations UpdateConfigurationSetEventDestination DeleteConfigurationSetEventDestination",
    configurationSet,
  ),
  "aws:sesv2/emailIdentity:EmailIdentity": [
    ...mail(
      "CreateEmailIdentity GetEmailIdentity PutEmailIdentityConfigurationSetAttributes PutEmailIdentityDkimSigningAttributes TagResource UntagResource ListTagsForResource DeleteEmailIdentity",
      identity,
    ),
    ...mail("PutEmailIdentityConfigurationSetAttributes", configurationSet),
  ],
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": mail(
    "GetEmailIdentity PutEmailIdentityMailFromAttributes",
    identity,
  ),
};
