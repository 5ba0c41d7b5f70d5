import type { Statement } from "../../identity/policy-document";
import { arn } from "../../location";
import { type DeployRole, newAndTagged, notThePlatforms, placeOf } from "./place";

const verbs = (service: string, kinds: readonly string[], ...of: string[]) =>
  of.flatMap(verb => kinds.map(kind => `${service}:${verb}${kind}`));

/** What products have kept by servers of AWS's: databases, caches, search, files, users, and who sends mail. */
export const stores = (role: DeployRole): Statement[] => {
  const { at, vpcAccountId } = role;
  const { here } = placeOf(role);
  const owners = [...new Set([at.accountId, vpcAccountId ?? at.accountId])];
  return [
    {
      Sid: "NewStores",
      Effect: "Allow",
      Action: ["cognito-idp:CreateUserPool", "elasticfilesystem:CreateFileSystem", "rds:CreateDBProxy"],
      Resource: "*",
      Condition: newAndTagged,
    },
    {
      Sid: "Databases",
      Effect: "Allow",
      Action: [
        ...verbs(
          "rds",
          [
            "DBCluster",
            "DBClusterParameterGroup",
            "DBInstance",
            "DBParameterGroup",
            "DBProxyEndpoint",
            "DBSubnetGroup",
          ],
          "Create",
          "Delete",
          "Modify",
        ),
        // The last one, before a database is deleted.
        "rds:CreateDBClusterSnapshot",
        "rds:CreateDBSnapshot",
        "rds:DeleteDBProxy",
        "rds:*DBProxyTarget*",
        "rds:ModifyDBProxy",
        "rds:RebootDBInstance",
        "rds:ResetDB*ParameterGroup",
        "rds:*TagsToResource",
        "rds:*TagsFromResource",
      ],
      Resource: here("rds"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Caches",
      Effect: "Allow",
      Action: [
        ...verbs(
          "elasticache",
          ["Cache*Group", "ReplicationGroup", "ServerlessCache", "User", "UserGroup"],
          "Create",
          "Delete",
          "Modify",
        ),
        "elasticache:CreateSnapshot",
        "elasticache:*creaseReplicaCount",
        "elasticache:ModifyReplicationGroupShardConfiguration",
        "elasticache:*TagsToResource",
        "elasticache:*TagsFromResource",
      ],
      Resource: here("elasticache"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Search",
      Effect: "Allow",
      Action: ["es:*Tags", "es:CreateDomain", "es:DeleteDomain", "es:UpdateDomainConfig", "es:UpgradeDomain"],
      Resource: here("es", "domain/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Files",
      Effect: "Allow",
      Action: [
        "elasticfilesystem:*agResource",
        "elasticfilesystem:*AccessPoint",
        "elasticfilesystem:*MountTarget",
        "elasticfilesystem:ModifyMountTargetSecurityGroups",
        "elasticfilesystem:DeleteFileSystem*",
        "elasticfilesystem:PutBackupPolicy",
        "elasticfilesystem:PutFileSystemPolicy",
        "elasticfilesystem:PutLifecycleConfiguration",
        "elasticfilesystem:UpdateFileSystem*",
      ],
      Resource: here("elasticfilesystem"),
      Condition: notThePlatforms,
    },
    {
      // EFS and ElastiCache ask it of whoever has them put something into a VPC, which may be another account's; PrivateLink
      // too. Sources: Amazon EFS API reference, "CreateMountTarget"; AWS managed policy reference,
      // "AmazonElastiCacheFullAccess".
      Sid: "IntoVpcs",
      Effect: "Allow",
      Action: ["ec2:CreateNetworkInterface", "ec2:CreateVpcEndpoint"],
      Resource: [
        here("ec2", "security-group/*"),
        ...owners.flatMap(accountId =>
          ["subnet/*", "vpc/*"].map(kind => arn("ec2", { ...at, accountId }, kind)),
        ),
      ],
    },
    {
      Sid: "MountTargets",
      Effect: "Allow",
      Action: ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"],
      Resource: here("ec2", "network-interface/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "CacheEndpoints",
      Effect: "Allow",
      Action: "ec2:CreateVpcEndpoint",
      Resource: here("ec2", "vpc-endpoint/*"),
      Condition: { StringLike: { "ec2:VpceServiceName": "com.amazonaws.elasticache.serverless.*" } },
    },
    {
      Sid: "TagCacheEndpoints",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: here("ec2", "vpc-endpoint/*"),
      Condition: {
        StringEquals: {
          "aws:RequestTag/AmazonElastiCacheManaged": "true",
          "ec2:CreateAction": "CreateVpcEndpoint",
        },
      },
    },
    {
      Sid: "Users",
      Effect: "Allow",
      Action: [
        ...verbs(
          "cognito-idp",
          ["ManagedLoginBranding", "ResourceServer", "UserPoolClient", "UserPoolDomain"],
          "Create",
          "Delete",
          "Update",
        ),
        "cognito-idp:AddCustomAttributes",
        "cognito-idp:DeleteUserPool",
        // With a client's secret, where it has one: AWS has no other way to look at a client.
        "cognito-idp:DescribeUserPoolClient",
        "cognito-idp:SetUserPoolMfaConfig",
        "cognito-idp:UpdateUserPool",
        "cognito-idp:*agResource",
      ],
      Resource: here("cognito-idp", "userpool/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Mail",
      Effect: "Allow",
      Action: [
        "ses:CreateEmailIdentity",
        "ses:DeleteEmailIdentity",
        "ses:PutEmailIdentity*Attributes",
        "ses:CreateConfigurationSet*",
        "ses:DeleteConfigurationSet*",
        "ses:PutConfigurationSet*Options",
        "ses:UpdateConfigurationSet*",
        "ses:*agResource",
      ],
      Resource: [here("ses", "identity/*"), here("ses", "configuration-set/*")],
      Condition: notThePlatforms,
    },
  ];
};
