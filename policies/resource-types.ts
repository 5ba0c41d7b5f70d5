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
export const listenerRules = loadBalancing("listenerRule:ListenerRule");
/** The kind before those, which has a service of its own in the provider. */
export const classicLoadBalancers = ["aws:elb/loadBalancer:LoadBalancer"];

/** Provider 6 moved buckets to V2 tokens; provider 7 moved them back and kept both. */
export const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
export const bucketEncryptions = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];
export const bucketPolicies = ["aws:s3/bucketPolicy:BucketPolicy"];
/** The parts of a bucket that are resources of their own; provider 6 knew them under a V2 token too. */
const bucketPart = (name: string) => {
  const token = `aws:s3/bucket${name}:Bucket${name}`;
  return [token, `aws:s3/bucket${name}V2:Bucket${name}V2`];
};
export const bucketAcls = bucketPart("Acl");
export const bucketLifecycles = bucketPart("LifecycleConfiguration");
export const bucketLoggings = bucketPart("Logging");
export const bucketObjectLocks = bucketPart("ObjectLockConfiguration");
export const bucketVersionings = bucketPart("Versioning");
export const bucketWebsites = bucketPart("WebsiteConfiguration");
export const bucketNotifications = ["aws:s3/bucketNotification:BucketNotification"];
export const bucketReplications = ["aws:s3/bucketReplicationConfig:BucketReplicationConfig"];
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
export const securityGroupEgressRules = ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"];
export const defaultVpcs = ["aws:ec2/defaultVpc:DefaultVpc"];
export const vpcRanges = ["aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"];
export const routes = ["aws:ec2/route:Route"];
export const routeTables = ["aws:ec2/routeTable:RouteTable"];
export const defaultRouteTables = ["aws:ec2/defaultRouteTable:DefaultRouteTable"];
export const routeTableAssociations = ["aws:ec2/routeTableAssociation:RouteTableAssociation"];
export const internetGateways = ["aws:ec2/internetGateway:InternetGateway"];
export const natGateways = ["aws:ec2/natGateway:NatGateway"];
export const networkAcls = ["aws:ec2/networkAcl:NetworkAcl"];
export const defaultNetworkAcls = ["aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"];
export const networkAclRules = ["aws:ec2/networkAclRule:NetworkAclRule"];
export const vpcEndpoints = ["aws:ec2/vpcEndpoint:VpcEndpoint"];
export const transitGateways = ["aws:ec2transitgateway/transitGateway:TransitGateway"];
export const instances = ["aws:ec2/instance:Instance"];
export const launchTemplates = ["aws:ec2/launchTemplate:LaunchTemplate"];
export const autoScalingGroups = ["aws:autoscaling/group:Group"];
export const volumes = ["aws:ebs/volume:Volume"];

export const roles = ["aws:iam/role:Role"];
export const customerPolicies = ["aws:iam/policy:Policy"];
export const policyAttachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
];

export const taskDefinitions = ["aws:ecs/taskDefinition:TaskDefinition"];
export const containerServices = ["aws:ecs/service:Service"];
export const taskSets = ["aws:ecs/taskSet:TaskSet"];
export const containerClusters = ["aws:ecs/cluster:Cluster"];
export const functions = ["aws:lambda/function:Function"];
export const stateMachines = ["aws:sfn/stateMachine:StateMachine"];
export const buildProjects = ["aws:codebuild/project:Project"];
export const keys = ["aws:kms/key:Key"];
export const organizationPolicies = ["aws:organizations/policy:Policy"];
export const tables = ["aws:dynamodb/table:Table"];
export const repositories = ["aws:ecr/repository:Repository"];
export const logGroups = ["aws:cloudwatch/logGroup:LogGroup"];
export const distributions = ["aws:cloudfront/distribution:Distribution"];
export const logDeliverySources = ["aws:cloudwatch/logDeliverySource:LogDeliverySource"];

export const webAcls = ["aws:wafv2/webAcl:WebAcl"];
export const webAclAssociations = ["aws:wafv2/webAclAssociation:WebAclAssociation"];
export const webAclLogs = ["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"];
export const firewallRuleGroups = ["aws:wafv2/ruleGroup:RuleGroup"];
/** Rules of a web ACL that are resources of their own; its `rules` and `ruleJson` are the other ways. */
export const webAclRules = ["aws:wafv2/webAclRule:WebAclRule"];
export const webAclGroupAssociations = ["aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation"];

export const certificates = ["aws:acm/certificate:Certificate"];
export const zones = ["aws:route53/zone:Zone"];
export const queues = ["aws:sqs/queue:Queue"];
export const topics = ["aws:sns/topic:Topic"];
export const topicSubscriptions = ["aws:sns/topicSubscription:TopicSubscription"];
export const httpApis = ["aws:apigatewayv2/api:Api"];
export const graphqlApis = ["aws:appsync/graphQLApi:GraphQLApi"];

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
  "aws:docdb/cluster:Cluster",
  "aws:neptune/cluster:Cluster",
];

export const databases = ["aws:rds/instance:Instance"];
export const databaseClusters = ["aws:rds/cluster:Cluster"];
/** The machines of an Aurora cluster. */
export const clusterMembers = ["aws:rds/clusterInstance:ClusterInstance"];
export const caches = ["aws:elasticache/replicationGroup:ReplicationGroup"];
export const serverlessCaches = ["aws:elasticache/serverlessCache:ServerlessCache"];
export const fileSystems = ["aws:efs/fileSystem:FileSystem"];
export const backupVaults = ["aws:backup/vault:Vault"];
export const backupPlans = ["aws:backup/plan:Plan"];
export const backupSelections = ["aws:backup/selection:Selection"];
export const secrets = ["aws:secretsmanager/secret:Secret"];
export const parameters = ["aws:ssm/parameter:Parameter"];
export const userPools = ["aws:cognito/userPool:UserPool"];
export const userPoolClients = ["aws:cognito/userPoolClient:UserPoolClient"];
/** Domains of before the renaming are still made under their old name. */
export const searchDomains = ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"];
export const streams = ["aws:kinesis/stream:Stream"];
export const deliveryStreams = ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"];
export const eventBuses = ["aws:cloudwatch/eventBus:EventBus"];

export const trails = ["aws:cloudtrail/trail:Trail"];
export const metricAlarms = ["aws:cloudwatch/metricAlarm:MetricAlarm"];
export const compositeAlarms = ["aws:cloudwatch/compositeAlarm:CompositeAlarm"];
export const metricFilters = ["aws:cloudwatch/logMetricFilter:LogMetricFilter"];
/** A region with one is a region that the company watches. */
export const detectors = ["aws:guardduty/detector:Detector"];
