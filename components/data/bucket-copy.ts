import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import type { Location } from "../location";
import { useOfKey } from "../security/encryption-key";

export interface CopyRoleArgs {
  readonly at: Location;
  readonly bucketName: string;
  /** The alias of the bucket's key, and of the copy's, without `alias/`. */
  readonly keyAlias: string;
  readonly copy: { readonly region: string; readonly bucketName: string; readonly keyAlias: string };
  readonly roleName: string;
}

/** The role by which S3 copies a bucket's objects into another region, with the keys of both through S3 only. */
export const copyRole = (name: string, args: CopyRoleArgs, opts: pulumi.CustomResourceOptions) => {
  const role = new aws.iam.Role(
    `${name}-copies`,
    {
      name: args.roleName,
      ...productRole(args.at.accountId),
      description: `S3 copies ${args.bucketName} into ${args.copy.region} with this role`,
      assumeRolePolicy: trustService("s3.amazonaws.com", args.at.accountId),
    },
    opts,
  );
  new aws.iam.RolePolicy(
    `${name}-copies`,
    { role: role.name, name: "copies", policy: policyDocument(copyStatements(args)) },
    opts,
  );
  return role;
};

/** Source: Amazon S3 user guide, "Setting up permissions for live replication", "Replicating encrypted objects". */
export function copyStatements({ at, bucketName, keyAlias, copy }: CopyRoleArgs): Statement[] {
  const from = `arn:aws:s3:::${bucketName}`;
  const there = { ...at, region: copy.region };
  return [
    {
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: from,
    },
    {
      Effect: "Allow",
      Action: [
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
        "s3:GetObjectRetention",
        "s3:GetObjectLegalHold",
      ],
      Resource: `${from}/*`,
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      Resource: `arn:aws:s3:::${copy.bucketName}/*`,
    },
    { ...useOfKey(at, keyAlias, ["s3"]), Sid: "Read", Action: "kms:Decrypt" },
    {
      ...useOfKey(there, copy.keyAlias, ["s3"]),
      Sid: "Write",
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
    },
  ];
}
