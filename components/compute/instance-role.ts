import { recordSessions } from "../hardening/session-manager";
import type { Statement } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";

/**
 * What an instance of a cluster may do: join this cluster and no other, say how its tasks are, and answer Session
 * Manager, with a record of the session. It reads no image, no secret and no log: tasks' own roles do.
 *
 * Sources: AWS managed policy reference, "AmazonEC2ContainerServiceforEC2Role", "AmazonSSMManagedInstanceCore"; service
 * authorization reference, "Actions, resources, and condition keys for Amazon Elastic Container Service".
 */
export const instanceStatements = (at: Location, clusterName: string): Statement[] => [
  {
    Sid: "Join",
    Effect: "Allow",
    Action: [
      "ecs:DeregisterContainerInstance",
      "ecs:RegisterContainerInstance",
      "ecs:SubmitAttachmentStateChanges",
      "ecs:SubmitContainerStateChange",
      "ecs:SubmitTaskStateChange",
    ],
    Resource: arn("ecs", at, `cluster/${clusterName}`),
  },
  {
    Sid: "Work",
    Effect: "Allow",
    Action: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
    Resource: arn("ecs", at, `container-instance/${clusterName}/*`),
  },
  {
    Sid: "BeManaged",
    Effect: "Allow",
    Action: "ssm:UpdateInstanceInformation",
    Resource: arn("ec2", at, "instance/*"),
  },
  {
    // These have no resource that could be named.
    Sid: "Listen",
    Effect: "Allow",
    Action: [
      "ecs:DiscoverPollEndpoint",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    Resource: "*",
  },
  ...recordSessions([at]),
];

/**
 * What the policy of a key must say for instances to have volumes that are encrypted with it: EC2 Auto Scaling may use it
 * through EC2, by its service-linked role of this account. The role need not be there yet.
 *
 * Source: EC2 Auto Scaling user guide, "Required AWS KMS key policy for use with encrypted volumes".
 */
export const instanceVolumeStatements = ({ accountId, region }: Location): Statement[] => {
  const scaler = {
    "kms:CallerAccount": accountId,
    "kms:ViaService": `ec2.${region}.amazonaws.com`,
    "aws:PrincipalArn": iamArn(
      accountId,
      "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    ),
  };
  const anyone = { Effect: "Allow", Principal: { AWS: "*" }, Resource: "*" } as const;
  return [
    {
      ...anyone,
      Sid: "VolumesOfInstances",
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Condition: { StringEquals: scaler },
    },
    {
      ...anyone,
      Sid: "GrantsForInstances",
      Action: "kms:CreateGrant",
      Condition: { StringEquals: scaler, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
};
