import type { Offer } from "../identity/access";
import { arn } from "../location";

/** NFS. */
export const fileSystemPort = 2049;

/** Where the ids that a mount needs are kept. */
export const fileSystemParameters = (fileSystemName: string) => ({
  FILE_SYSTEM_ID: `/${fileSystemName}/file-system-id`,
  ACCESS_POINT_ID: `/${fileSystemName}/access-point-id`,
});

const actions = {
  read: ["ClientMount"],
  readWrite: ["ClientMount", "ClientWrite"],
};

/**
 * `read`: mount the file system and read. `readWrite`: also write. Neither as root, and only through an access point.
 *
 * Which file system of the account it is, IAM can not say beforehand: AWS makes its id up, NFS clients are judged by no
 * tags, and a policy of the file system's own can not name roles that do not exist yet. So the statement takes any in
 * the account and region that lets itself be mounted through an access point, and what tells them apart is the network:
 * each has a security group of its own, and a rule lets in those alone that are linked to it.
 * Source: Amazon EFS user guide, "Using IAM to control access to file systems", with the only condition keys there are.
 */
export const fileSystemAccess: Offer<"read" | "readWrite"> = (at, fileSystemName, access) => ({
  statements: [
    {
      Effect: "Allow",
      Action: actions[access].map(action => `elasticfilesystem:${action}`),
      Resource: [arn("elasticfilesystem", at, "file-system/*")],
      Condition: {
        StringLike: {
          "elasticfilesystem:AccessPointArn": arn("elasticfilesystem", at, "access-point/*"),
        },
        Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
      },
    },
  ],
  parameters: fileSystemParameters(fileSystemName),
  port: fileSystemPort,
});
