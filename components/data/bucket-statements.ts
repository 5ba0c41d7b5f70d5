import { denyWithoutTls, type Statement } from "../identity/policy-document";

/**
 * What a product's bucket refuses, whoever asks: plain HTTP, TLS before 1.2, and objects under another key than the
 * bucket's own.
 *
 * The key's ARN is not known before it is made, so a write that names any key is refused, be it the right one: what
 * names none gets the bucket's. SDKs name none unless they are told to.
 *
 * Sources: Amazon S3 user guide, "Security best practices for Amazon S3", "Bucket policy examples using condition keys"
 * (s3:TlsVersion), "Using server-side encryption with AWS KMS keys".
 */
export function bucketStatements(bucketArn: string): Statement[] {
  const whole = [bucketArn, `${bucketArn}/*`];
  const deny = (Sid: string, Action: string, Resource: Statement["Resource"], Condition: Conditions) =>
    ({ Sid, Effect: "Deny", Principal: "*", Action, Resource, Condition }) as const;
  return [
    denyWithoutTls("s3:*", whole),
    deny("NewTlsOnly", "s3:*", whole, { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    // StringNotEquals alone would hold for the absent header, too.
    deny("KmsOnly", "s3:PutObject", `${bucketArn}/*`, {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    }),
    deny("OwnKeyOnly", "s3:PutObject", `${bucketArn}/*`, {
      Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
    }),
    deny("NoKeyOfTheCallers", "s3:PutObject", `${bucketArn}/*`, {
      Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" },
    }),
  ];
}

type Conditions = NonNullable<Statement["Condition"]>;
