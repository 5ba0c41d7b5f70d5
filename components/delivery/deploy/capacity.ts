import type { Statement } from "../../identity/policy-document";
import { productRolePath } from "../../identity/product-role";
import { arn, iamArn } from "../../location";
import { type DeployRole, fromTemplates, notThePlatforms, placeOf } from "./place";

/** Instances for clusters: launch templates, groups that start from them, and what instances are and may be. */
export const capacity = (role: DeployRole): Statement[] => {
  const { at, vpcAccountId } = role;
  const { here } = placeOf(role);
  const owners = [...new Set([at.accountId, vpcAccountId ?? at.accountId])];
  return [
    {
      Sid: "Templates",
      Effect: "Allow",
      Action: [
        "ec2:CreateLaunchTemplate*",
        "ec2:CreateTags",
        "ec2:DeleteLaunchTemplate*",
        "ec2:DeleteTags",
        "ec2:ModifyLaunchTemplate",
      ],
      Resource: here("ec2", "launch-template/*"),
      Condition: notThePlatforms,
    },
    {
      // EC2 Auto Scaling asks it of whoever tells a group to start from a template. Source: EC2 Auto Scaling user guide,
      // "Control Amazon EC2 launch template usage in Auto Scaling groups".
      Sid: "StartFromTemplates",
      Effect: "Allow",
      Action: "ec2:RunInstances",
      Resource: [
        `arn:aws:ec2:${at.region}::image/*`,
        ...["instance", "launch-template", "network-interface", "security-group", "volume"].map(kind =>
          here("ec2", `${kind}/*`),
        ),
        ...owners.map(accountId => arn("ec2", { ...at, accountId }, "subnet/*")),
      ],
      Condition: fromTemplates(role),
    },
    {
      Sid: "TagWhatStarts",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ["instance", "network-interface", "volume"].map(kind => here("ec2", `${kind}/*`)),
      Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
    },
    {
      // AWS's own parameters, which templates name in place of images.
      Sid: "NewestImages",
      Effect: "Allow",
      Action: "ssm:GetParameters",
      Resource: ["bottlerocket", "ecs/optimized-ami"].map(
        images => `arn:aws:ssm:${at.region}::parameter/aws/service/${images}/*`,
      ),
    },
    {
      Sid: "Groups",
      Effect: "Allow",
      Action: [
        "autoscaling:*InstanceRefresh",
        "autoscaling:CreateAutoScalingGroup",
        "autoscaling:CreateOrUpdateTags",
        "autoscaling:DeleteAutoScalingGroup",
        "autoscaling:DeleteTags",
        "autoscaling:UpdateAutoScalingGroup",
      ],
      Resource: here("autoscaling", "autoScalingGroup:*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "CapacityProviders",
      Effect: "Allow",
      Action: "ecs:*CapacityProvider",
      Resource: here("ecs", "capacity-provider/*"),
      Condition: notThePlatforms,
    },
    {
      // Only roles that may be handed to EC2 can be put into one.
      Sid: "InstanceProfiles",
      Effect: "Allow",
      Action: [
        "iam:*agInstanceProfile",
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
      ],
      Resource: iamArn(at.accountId, `instance-profile${productRolePath}*`),
    },
  ];
};
