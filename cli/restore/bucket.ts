import type { Restorer } from "./step";
import { stepName } from "./step";

/**
 * Objects come back into the bucket that is there, encrypted with its key: "original" would ask for the source's.
 * Source: AWS Backup developer guide, "Restoring Amazon S3 data".
 */
export const bucket: Restorer = {
  how: "empty the bucket, restore into it with the target's key",
  type: "S3",
  needs: ["the bucket, made by its stack"],
  acrossRegions: true,
  sourceArn: ({ from }) => `arn:aws:s3:::${from}`,
  restore: ({ name, to }) => [
    {
      name: stepName("empty", name),
      title: `Put delete markers on what is in ${to}; versions stay for 90 days`,
      body: `to s3 rm s3://${to} --recursive --only-show-errors`,
    },
    {
      name: stepName("restore", name),
      title: `Restore objects into ${to}`,
      body: `restore_job ${name} S3 "{\\"DestinationBucketName\\":\\"${to}\\",\\"NewBucket\\":\\"false\\",\\"Encrypted\\":\\"true\\",\\"EncryptionType\\":\\"SSE-KMS\\",\\"KMSKey\\":\\"$(kept key)\\",\\"CreationToken\\":\\"$(token ${name}-restore)\\"}"`,
    },
  ],
  verify: ({ name, from, to }) => ({
    name: stepName("verify", name),
    title: `See that ${to} has objects, where ${from} has`,
    body: `local there here
there="$(from s3api list-objects-v2 --bucket ${from} --max-keys 1 --no-paginate --query KeyCount | text)"
here="$(to s3api list-objects-v2 --bucket ${to} --max-keys 1 --no-paginate --query KeyCount | text)"
printf '%s: %s\\n' ${to} "$([[ "$here" == 0 ]] && echo empty || echo 'has objects')"
if [[ "$there" != 0 && "$here" == 0 ]]; then fail "${to} is empty"; fi`,
  }),
};
