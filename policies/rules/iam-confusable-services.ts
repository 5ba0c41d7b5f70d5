/**
 * Services that say, when they take a role, on behalf of which account or resource they do. Lambda and EC2 do not.
 * Sources: IAM user guide, "The confused deputy problem"; the pages "Cross-service confused deputy prevention" of the
 * services, read on 2026-11-21.
 */
export const confusable: ReadonlySet<string> = new Set(
  [
    "appsync",
    "backup",
    "bedrock",
    "cloudformation",
    "codebuild",
    "config",
    "datasync",
    "ecr",
    "ecs",
    "ecs-tasks",
    "events",
    "firehose",
    "grafana",
    "kinesisanalytics",
    "lex",
    "logs",
    "monitoring.rds",
    "pipes",
    "sagemaker",
    "scheduler",
    "ssm",
    "states",
    "transfer",
    "vpc-flow-logs",
  ].map(service => `${service}.amazonaws.com`),
);
