/** Documents of IAM's language, as examples write them: the effect is Allow where a statement does not say. */
export const account = "111122223333";
export const root = `arn:aws:iam::${account}:root`;
export const table = `arn:aws:dynamodb:eu-central-1:${account}:table/orders`;
export const inOrganization = { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } };

export const document = (...statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map(one => ({ Effect: "Allow", ...one })) });
export const policy = (...statements: object[]) => ({ props: { policy: document(...statements) } });
export const ofType = (type: string, ...statements: object[]) => ({ type, ...policy(...statements) });
export const inline = (...statements: object[]) => ({
  type: "aws:iam/role:Role",
  props: { inlinePolicies: [{ name: "use", policy: document(...statements) }] },
});
export const trust = (...statements: object[]) => ({
  type: "aws:iam/role:Role",
  props: { assumeRolePolicy: document(...statements) },
});
export const keyPolicy = (...statements: object[]) => ofType("aws:kms/key:Key", ...statements);
export const bucketPolicy = (...statements: object[]) =>
  ofType("aws:s3/bucketPolicy:BucketPolicy", ...statements);
