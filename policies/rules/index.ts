/** Every rule of the pack, one file a service of AWS's. */
import { reachability } from "../reachability";
import type { Rule } from "../rule";
import { accessAnalyzer } from "./accessanalyzer";
import { account } from "./account";
import { acm } from "./acm";
import { alarmCalls } from "./alarm-calls";
import { alarms } from "./alarms";
import { apigatewayv2 } from "./apigatewayv2";
import { appsync } from "./appsync";
import { athena } from "./athena";
import { autoscaling } from "./autoscaling";
import { backup } from "./backup";
import { budgets } from "./budgets";
import { cfg } from "./cfg";
import { cloudfrontOrigins } from "./cloudfront-origins";
import { cloudfrontViewers } from "./cloudfront-viewers";
import { cloudtrail } from "./cloudtrail";
import { cloudtrailBucket } from "./cloudtrail-bucket";
import { codebuild } from "./codebuild";
import { codepipeline } from "./codepipeline";
import { cognito } from "./cognito";
import { delegatedAdmins } from "./delegated-admins";
import { docdb } from "./docdb";
import { dynamodb } from "./dynamodb";
import { ebs } from "./ebs";
import { ec2Account } from "./ec2-account";
import { ec2Endpoints } from "./ec2-endpoints";
import { ec2Gateways } from "./ec2-gateways";
import { ec2InstanceVolumes } from "./ec2-instance-volumes";
import { ec2Instances } from "./ec2-instances";
import { ec2NetworkAcls } from "./ec2-network-acls";
import { ec2SecurityGroupUse } from "./ec2-security-group-use";
import { ec2SecurityGroups } from "./ec2-security-groups";
import { ec2Subnets } from "./ec2-subnets";
import { ec2Vpcs } from "./ec2-vpcs";
import { ecr } from "./ecr";
import { ecsClusters } from "./ecs-clusters";
import { ecsContainers } from "./ecs-containers";
import { ecsRuns } from "./ecs-runs";
import { ecsServices } from "./ecs-services";
import { ecsTasks } from "./ecs-tasks";
import { efs } from "./efs";
import { elasticache } from "./elasticache";
import { eventbridge } from "./eventbridge";
import { eventbridgeRules } from "./eventbridge-rules";
import { everyResource } from "./every-resource";
import { glue } from "./glue";
import { grafana } from "./grafana";
import { guardduty } from "./guardduty";
import { guarddutyPlans } from "./guardduty-plans";
import { iamDocuments } from "./iam-documents";
import { iamPolicies } from "./iam-policies";
import { iamRoles } from "./iam-roles";
import { iamTrust } from "./iam-trust";
import { iamUsers } from "./iam-users";
import { inspector2 } from "./inspector2";
import { kinesis } from "./kinesis";
import { kms } from "./kms";
import { lambdaAccess } from "./lambda-access";
import { lambdaFunctions } from "./lambda-functions";
import { lambdaSources } from "./lambda-sources";
import { layerRules } from "./layers";
import { lbListeners } from "./lb-listeners";
import { lbLoadBalancers } from "./lb-load-balancers";
import { logs } from "./logs";
import { macie2 } from "./macie2";
import { neptune } from "./neptune";
import { opensearch } from "./opensearch";
import { organizations } from "./organizations";
import { prometheus } from "./prometheus";
import { providers } from "./providers";
import { rdsClusters } from "./rds-clusters";
import { rdsDatabases } from "./rds-databases";
import { rdsInstances } from "./rds-instances";
import { rdsParameters } from "./rds-parameters";
import { resourcePolicies } from "./resource-policies";
import { route53 } from "./route53";
import { s3BucketParts } from "./s3-bucket-parts";
import { s3Buckets } from "./s3-buckets";
import { s3Policies } from "./s3-policies";
import { secretsmanager } from "./secretsmanager";
import { securityhub } from "./securityhub";
import { sesv2 } from "./sesv2";
import { sfn } from "./sfn";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { ssm } from "./ssm";
import { statefulRules } from "./stateful";
import { tags } from "./tags";
import { wafv2 } from "./wafv2";

export const rules: readonly Rule[] = [
  ...reachability,
  ...autoscaling,
  ...ebs,
  ...ec2Account,
  ...ec2Endpoints,
  ...ec2Gateways,
  ...ec2InstanceVolumes,
  ...ec2Instances,
  ...ec2NetworkAcls,
  ...ec2SecurityGroupUse,
  ...ec2SecurityGroups,
  ...ec2Subnets,
  ...ec2Vpcs,
  ...apigatewayv2,
  ...appsync,
  ...acm,
  ...cloudfrontOrigins,
  ...cloudfrontViewers,
  ...lbListeners,
  ...lbLoadBalancers,
  ...route53,
  ...sesv2,
  ...sns,
  ...sqs,
  ...wafv2,
  ...accessAnalyzer,
  ...account,
  ...iamDocuments,
  ...iamPolicies,
  ...iamRoles,
  ...iamTrust,
  ...iamUsers,
  ...kms,
  ...organizations,
  ...resourcePolicies,
  ...s3BucketParts,
  ...s3Buckets,
  ...s3Policies,
  ...backup,
  ...cognito,
  ...docdb,
  ...dynamodb,
  ...efs,
  ...elasticache,
  ...eventbridge,
  ...kinesis,
  ...neptune,
  ...opensearch,
  ...rdsClusters,
  ...rdsDatabases,
  ...rdsInstances,
  ...rdsParameters,
  ...secretsmanager,
  ...ssm,
  ...ecr,
  ...ecsClusters,
  ...ecsContainers,
  ...ecsRuns,
  ...ecsServices,
  ...ecsTasks,
  ...lambdaAccess,
  ...lambdaFunctions,
  ...lambdaSources,
  ...codebuild,
  ...codepipeline,
  ...sfn,
  ...prometheus,
  ...grafana,
  ...alarmCalls,
  ...alarms,
  ...athena,
  ...budgets,
  ...cfg,
  ...cloudtrail,
  ...cloudtrailBucket,
  ...delegatedAdmins,
  ...eventbridgeRules,
  ...everyResource,
  ...glue,
  ...guardduty,
  ...guarddutyPlans,
  ...inspector2,
  ...layerRules,
  ...logs,
  ...macie2,
  ...providers,
  ...securityhub,
  ...statefulRules,
  ...tags,
];
