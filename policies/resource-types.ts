/**
 * The type tokens that rules are about. Some resources have several: the provider keeps older names, and a
 * program may use any of them.
 */

/** Stands for every resource of the AWS provider. */
export const everyAwsResource = "aws:*";

export const awsProvider = ["pulumi:providers:aws"];

/** `aws.alb` and `aws.lb` are one service. */
const loadBalancing = (name: string) => [`aws:lb/${name}`, `aws:alb/${name}`];
export const loadBalancers = loadBalancing("loadBalancer:LoadBalancer");
export const listeners = loadBalancing("listener:Listener");
export const targetGroups = loadBalancing("targetGroup:TargetGroup");

/** Provider 6 moved buckets to V2 tokens; provider 7 moved them back and kept both. */
export const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
export const bucketEncryptions = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];
export const bucketPolicies = ["aws:s3/bucketPolicy:BucketPolicy"];
export const publicAccessBlocks = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"];

export const vpcs = ["aws:ec2/vpc:Vpc"];
export const subnets = ["aws:ec2/subnet:Subnet"];
export const flowLogs = ["aws:ec2/flowLog:FlowLog"];
export const defaultSecurityGroups = ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];
export const securityGroups = ["aws:ec2/securityGroup:SecurityGroup"];
/** Rules that are resources of their own; a group's own `ingress` is the third way to write them. */
export const securityGroupRules = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

export const roles = ["aws:iam/role:Role"];
export const customerPolicies = ["aws:iam/policy:Policy"];
export const policyAttachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
];

export const taskDefinitions = ["aws:ecs/taskDefinition:TaskDefinition"];
export const keys = ["aws:kms/key:Key"];
export const tables = ["aws:dynamodb/table:Table"];
export const repositories = ["aws:ecr/repository:Repository"];
export const logGroups = ["aws:cloudwatch/logGroup:LogGroup"];
export const distributions = ["aws:cloudfront/distribution:Distribution"];

/** What a company cannot make again once it is deleted. */
export const stateful = [
  ...tables,
  ...buckets,
  ...keys,
  ...repositories,
  "aws:organizations/account:Account",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:efs/fileSystem:FileSystem",
];
