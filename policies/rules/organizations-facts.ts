/** Facts of AWS Organizations that rules compare with. */

/** Of the types, those without which the landing zone's guardrails and tags hold nowhere. */
export const neededPolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"] as const;

/**
 * A policy's longest text, in characters. Source: AWS Organizations user guide, "Quotas and service limits", read on
 * 2026-11-21.
 */
export const mostCharacters: Readonly<Record<string, number>> = {
  AISERVICES_OPT_OUT_POLICY: 2_500,
  BACKUP_POLICY: 10_000,
  BEDROCK_POLICY: 10_000,
  CHATBOT_POLICY: 10_000,
  DECLARATIVE_POLICY_EC2: 10_000,
  INSPECTOR_POLICY: 10_000,
  RESOURCE_CONTROL_POLICY: 5_120,
  S3_POLICY: 10_000,
  SECURITYHUB_POLICY: 10_000,
  SERVICE_CONTROL_POLICY: 10_240,
  TAG_POLICY: 10_000,
  UPGRADE_ROLLOUT_POLICY: 10_000,
};

/** What serves callers or keeps their data. */
export const workloadTypes = [
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:apigatewayv2/api:Api",
  "aws:autoscaling/group:Group",
  "aws:dynamodb/table:Table",
  "aws:ec2/instance:Instance",
  "aws:ecs/cluster:Cluster",
  "aws:ecs/service:Service",
  "aws:efs/fileSystem:FileSystem",
  "aws:eks/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:lambda/function:Function",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:opensearch/domain:Domain",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
];
