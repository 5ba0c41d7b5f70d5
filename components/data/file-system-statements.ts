import { denyWithoutTls, type Statement } from "../identity/policy-document";

const anyClient = "elasticfilesystem:Client*";

/**
 * What a file system refuses, whoever asks and whatever their role allows: what is not encrypted on its way, what does
 * not come through a mount target in the VPC or through an access point, and root. It allows nothing: roles do that.
 *
 * Every resource of such a policy is the file system itself, whose ARN is not known beforehand.
 * Source: Amazon EFS user guide, "Using IAM to control access to file systems", "Resource-based policy examples".
 */
export const fileSystemStatements: readonly Statement[] = [
  denyWithoutTls(anyClient, ["*"]),
  {
    Sid: "MountTargetOnly",
    Effect: "Deny",
    Principal: "*",
    Action: anyClient,
    Resource: ["*"],
    Condition: { BoolIfExists: { "elasticfilesystem:AccessedViaMountTarget": "false" } },
  },
  {
    Sid: "AccessPointOnly",
    Effect: "Deny",
    Principal: "*",
    Action: anyClient,
    Resource: ["*"],
    Condition: { Null: { "elasticfilesystem:AccessPointArn": "true" } },
  },
  {
    Sid: "NotAsRoot",
    Effect: "Deny",
    Principal: "*",
    Action: "elasticfilesystem:ClientRootAccess",
    Resource: ["*"],
  },
];
