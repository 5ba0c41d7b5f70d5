import {
  accountId,
  handsOver,
  inRegion,
  ofOrders,
  ofPlatform,
  type RowsByType,
  region,
  rows,
  securityGroup,
  serviceLinked,
  tagged,
} from "./rows";

const group = inRegion("autoscaling", "autoScalingGroup:1:autoScalingGroupName/instances-orders");
const template = inRegion("ec2", "launch-template/lt-1");
const byTemplate = { "ec2:LaunchTemplate": template };
const profile = `arn:aws:iam::${accountId}:instance-profile/product/orders-instances`;
const provider = inRegion("ecs", "capacity-provider/instances-orders");
const started = ["instance/*", "network-interface/*", "volume/*"].map(kind => inRegion("ec2", kind));

export const needed: RowsByType = {
  "aws:autoscaling/group:Group": [
    ...rows(
      "autoscaling",
      "CreateAutoScalingGroup UpdateAutoScalingGroup CreateOrUpdateTags DeleteTags StartInstanceRefresh CancelInstanceRefresh DeleteAutoScalingGroup",
      group,
      ofOrders,
    ),
    ...rows(
      "autoscaling",
      "DescribeAutoScalingGroups DescribeScalingActivities DescribeInstanceRefreshes DescribeLifecycleHooks DescribePolicies DescribeTags DescribeWarmPool",
      "*",
    ),
    // Whether its template may be started from is asked of whoever makes or changes the group.
    ...[...started, template, `arn:aws:ec2:${region}::image/ami-1`].flatMap(resource =>
      rows("ec2", "RunInstances", resource, byTemplate),
    ),
    ["ec2:RunInstances", securityGroup, { ...byTemplate, ...ofOrders }],
    ["ec2:RunInstances", inRegion("ec2", "subnet/subnet-1"), { ...byTemplate, ...ofPlatform }],
    ...started.flatMap(resource =>
      rows("ec2", "CreateTags", resource, { "ec2:CreateAction": "RunInstances" }),
    ),
    ...[
      "bottlerocket/aws-ecs-3/arm64/latest/image_id",
      "ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
    ].flatMap(images =>
      rows("ssm", "GetParameters", `arn:aws:ssm:${region}::parameter/aws/service/${images}`),
    ),
    ...rows("ec2", "DescribeSubnets DescribeLaunchTemplates DescribeLaunchTemplateVersions", "*"),
    handsOver("orders-instances", "ec2.amazonaws.com"),
    serviceLinked("autoscaling.amazonaws.com"),
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    ...rows("ec2", "CreateLaunchTemplate CreateTags", template, tagged),
    ...rows(
      "ec2",
      "CreateLaunchTemplateVersion ModifyLaunchTemplate CreateTags DeleteTags DeleteLaunchTemplate",
      template,
      ofOrders,
    ),
    ...rows("ec2", "DescribeLaunchTemplates DescribeLaunchTemplateVersions", "*"),
  ],
  "aws:ecs/capacityProvider:CapacityProvider": [
    ...rows("ecs", "CreateCapacityProvider TagResource", provider, tagged),
    ...rows(
      "ecs",
      "DescribeCapacityProviders UpdateCapacityProvider TagResource UntagResource ListTagsForResource DeleteCapacityProvider",
      provider,
      ofOrders,
    ),
    // ECS marks the group as its own.
    ...rows("autoscaling", "CreateOrUpdateTags", group, ofOrders),
    serviceLinked("ecs.amazonaws.com"),
  ],
  "aws:iam/instanceProfile:InstanceProfile": [
    ...rows(
      "iam",
      "CreateInstanceProfile GetInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile ListInstanceProfileTags DeleteInstanceProfile",
      profile,
    ),
    handsOver("orders-instances", "ec2.amazonaws.com"),
  ],
};
