/** What AWS knows a stack's resources by, where the description decides that. */
import type { PlannedResource, StackPlan } from "../../cli/planner";
import { cloud, shortType } from "./workload-zones";

/**
 * The longest names that AWS takes. Where no name is given Pulumi adds a hyphen and seven digits to its own. Sources: API
 * references of Elastic Load Balancing, IAM, Step Functions, EventBridge, EventBridge Scheduler, Lambda, ECS, SQS, SNS,
 * S3, ECR, CloudWatch, CloudWatch Logs and Application Auto Scaling.
 */
const longest: Readonly<Record<string, number>> = {
  "aws:appautoscaling/policy:Policy": 256,
  "aws:appautoscaling/scheduledAction:ScheduledAction": 256,
  "aws:autoscaling/group:Group": 255,
  "aws:cloudwatch/dashboard:Dashboard": 255,
  "aws:cloudwatch/eventRule:EventRule": 64,
  "aws:cloudwatch/logGroup:LogGroup": 512,
  "aws:cloudwatch/metricAlarm:MetricAlarm": 255,
  "aws:dynamodb/table:Table": 255,
  "aws:ec2/launchTemplate:LaunchTemplate": 128,
  "aws:ec2/securityGroup:SecurityGroup": 255,
  "aws:ecr/repository:Repository": 256,
  "aws:ecs/capacityProvider:CapacityProvider": 255,
  "aws:ecs/cluster:Cluster": 255,
  "aws:ecs/service:Service": 255,
  "aws:ecs/taskDefinition:TaskDefinition": 255,
  "aws:iam/instanceProfile:InstanceProfile": 128,
  "aws:iam/role:Role": 64,
  "aws:kms/alias:Alias": 256,
  "aws:lambda/function:Function": 64,
  "aws:lb/loadBalancer:LoadBalancer": 32,
  "aws:lb/targetGroup:TargetGroup": 32,
  "aws:s3/bucket:Bucket": 63,
  "aws:scheduler/schedule:Schedule": 64,
  "aws:scheduler/scheduleGroup:ScheduleGroup": 64,
  "aws:sfn/stateMachine:StateMachine": 80,
  "aws:sns/topic:Topic": 256,
  "aws:sqs/queue:Queue": 80,
  "aws:wafv2/webAcl:WebAcl": 128,
};

/** The input that a type is named by, if it is not `name`. */
const named: Readonly<Record<string, string>> = {
  "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
  "aws:ecs/taskDefinition:TaskDefinition": "family",
  "aws:s3/bucket:Bucket": "bucket",
};

const nameOf = ({ type, inputs }: PlannedResource): string | undefined => {
  const name = inputs[named[type] ?? "name"];
  return typeof name === "string" ? name : undefined;
};

/** Names that AWS would refuse for their length. */
export const tooLong = ({ resources }: StackPlan): string[] =>
  cloud(resources).flatMap(resource => {
    const most = longest[resource.type];
    const name = nameOf(resource) ?? `${resource.name}-0123456`;
    return most === undefined || name.length <= most
      ? []
      : [`${shortType(resource.type)} ${name}: ${name.length} characters, and AWS takes ${most}`];
  });

/** Names that two resources of a type have in one account and region. */
export function nameClashes(stacks: readonly StackPlan[]): string[] {
  const first = new Map<string, string>();
  return stacks.flatMap(({ resources }) =>
    cloud(resources).flatMap(resource => {
      const { type, account, region, urn } = resource;
      const name = nameOf(resource);
      if (name === undefined || longest[type] === undefined) return [];
      const key = `${type} ${name} in ${account} ${type.startsWith("aws:iam/") ? "" : region}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, urn);
      return earlier === undefined ? [] : [`${key}: ${earlier} and ${urn}`];
    }),
  );
}
