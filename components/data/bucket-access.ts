import type { Access, Offer } from "../identity/access";

/** Large objects are put in parts, which are listed to go on with an upload, and dropped when one fails. */
const writing = ["PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"];

/**
 * `read`: list what there is, and get it as it is now. `readWrite`: put and delete it too; earlier versions are nobody's
 * to read or delete.
 *
 * Source: Amazon S3 user guide, "Uploading and copying objects using multipart upload", section on permissions.
 */
export const bucketAccess: Offer<"read" | "readWrite"> = (_, bucketName, access): Access => {
  const bucket = `arn:aws:s3:::${bucketName}`;
  const actions = access === "read" ? ["GetObject"] : ["GetObject", ...writing];
  return {
    statements: [
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucket] },
      { Effect: "Allow", Action: actions.map(action => `s3:${action}`), Resource: [`${bucket}/*`] },
    ],
    keyThrough: ["s3"],
    settings: { BUCKET: bucketName },
  };
};
