import {
  accountId,
  grantThrough,
  handsOver,
  inRegion,
  keyThrough,
  ofOrders,
  productRole,
  type Row,
  type RowsByType,
  roleArn,
  rows,
  serviceLinked,
  tagged,
} from "./rows";

const target = inRegion("application-autoscaling", "scalable-target/1");

const groupRows = (group: string): Row[] => [
  ...rows("logs", "CreateLogGroup", group, tagged),
  ...rows(
    "logs",
    "PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey TagResource UntagResource DeleteLogGroup",
    group,
    ofOrders,
  ),
  ...rows("logs", "ListTagsForResource", group),
];

export const needed: RowsByType = {
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
    serviceLinked("dynamodb.application-autoscaling.amazonaws.com"),
  ],
  "aws:cloudwatch/eventRule:EventRule": ["rule/statements-close", "rule/orders-events/placed"].flatMap(rule =>
    rows(
      "events",
      "PutRule DescribeRule EnableRule DisableRule TagResource UntagResource ListTagsForResource DeleteRule",
      inRegion("events", rule),
    ),
  ),
  "aws:cloudwatch/eventTarget:EventTarget": [
    ...["rule/statements-close", "rule/orders-events/placed"].flatMap(rule =>
      rows("events", "PutTargets ListTargetsByRule RemoveTargets", inRegion("events", rule)),
    ),
    handsOver("statements-close-events", "events.amazonaws.com"),
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    ...[
      "/landing-zone/orders/api",
      "/aws/rds/cluster/orders-ledger/postgresql",
      "/aws/appsync/apis/abc",
      "/aws/vendedlogs/states/orders-close",
      "aws-waf-logs-orders",
    ].flatMap(group => groupRows(inRegion("logs", `log-group:${group}`))),
    // Of what is at the edge.
    ...["/landing-zone/shop/edge", "aws-waf-logs-shop"].flatMap(group =>
      groupRows(inRegion("logs", `log-group:${group}`, "us-east-1")),
    ),
    ...rows("logs", "DescribeLogGroups", "*"),
  ],
  "aws:appautoscaling/scheduledAction:ScheduledAction": [
    ...rows("application-autoscaling", "PutScheduledAction DeleteScheduledAction", target),
    ...rows("application-autoscaling", "DescribeScheduledActions", "*"),
  ],
  // Whoever makes one may put any.
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": [
    ...[inRegion("cloudwatch", "alarm:orders-api-burning-fast"), inRegion("cloudwatch", "alarm:*")].flatMap(
      alarm => rows("cloudwatch", "PutCompositeAlarm", alarm),
    ),
    ...rows(
      "cloudwatch",
      "DescribeAlarms TagResource UntagResource ListTagsForResource DeleteAlarms",
      inRegion("cloudwatch", "alarm:orders-api-burning-fast"),
    ),
  ],
  "aws:cloudwatch/dashboard:Dashboard": rows(
    "cloudwatch",
    "PutDashboard GetDashboard DeleteDashboards",
    `arn:aws:cloudwatch::${accountId}:dashboard/orders-dev`,
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": rows(
    "cloudwatch",
    "PutMetricAlarm DescribeAlarms TagResource UntagResource ListTagsForResource DeleteAlarms",
    inRegion("cloudwatch", "alarm:orders-api-cpu-high"),
  ),
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
    ...keyThrough("ecr", "DescribeKey RetireGrant"),
    grantThrough("ecr"),
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
  "aws:ecs/service:Service": [
    ...rows(
      "ecs",
      "CreateService DescribeServices UpdateService ListServiceDeployments TagResource UntagResource ListTagsForResource DeleteService",
      inRegion("ecs", "service/orders/orders-api"),
    ),
    ...rows("ecs", "DescribeServiceDeployments", inRegion("ecs", "service-deployment/orders/orders-api/1")),
    // By which ECS shifts requests to another release, and asks functions whether it may.
    handsOver("orders-api-deployment", "ecs.amazonaws.com"),
  ],
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
  "aws:ecr/repositoryPolicy:RepositoryPolicy": rows(
    "ecr",
    "SetRepositoryPolicy GetRepositoryPolicy DeleteRepositoryPolicy",
    inRegion("ecr", "repository/orders/api"),
  ),
  "aws:cloudwatch/logDelivery:LogDelivery": ["eu-central-1", "us-east-1"].flatMap(where => [
    ...["delivery:1", "delivery-source:shop", "delivery-destination:shop"].flatMap(resource =>
      rows("logs", "CreateDelivery UpdateDeliveryConfiguration", inRegion("logs", resource, where)),
    ),
    ...rows(
      "logs",
      "GetDelivery DeleteDelivery TagResource UntagResource ListTagsForResource",
      inRegion("logs", "delivery:1", where),
    ),
    ...rows("logs", "DescribeLogGroups DescribeResourcePolicies", "*"),
  ]),
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ["eu-central-1", "us-east-1"].flatMap(
    where =>
      rows(
        "logs",
        "PutDeliveryDestination GetDeliveryDestination DeleteDeliveryDestination TagResource UntagResource ListTagsForResource",
        inRegion("logs", "delivery-destination:shop", where),
      ),
  ),
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": [
    ...["eu-central-1", "us-east-1"].flatMap(where => [
      ...rows(
        "logs",
        "PutDeliverySource GetDeliverySource DeleteDeliverySource TagResource UntagResource ListTagsForResource",
        inRegion("logs", "delivery-source:orders-events-error", where),
      ),
      // The service authorization reference has it about a destination.
      ...rows(
        "logs",
        "DeleteDeliverySource",
        inRegion("logs", "delivery-destination:orders-events-error", where),
      ),
    ]),
    ["events:AllowVendedLogDeliveryForResource", inRegion("events", "event-bus/orders-events"), ofOrders],
    [
      "cloudfront:AllowVendedLogDeliveryForResource",
      `arn:aws:cloudfront::${accountId}:distribution/E1`,
      ofOrders,
    ],
  ],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": rows(
    "logs",
    "PutResourcePolicy DescribeResourcePolicies DeleteResourcePolicy",
    "*",
  ),
};
