import { type Cases, unknown } from "./example";

const bucket = "aws:s3/bucket:Bucket";
const role = (account: string) => `arn:aws:iam::${account}:role/deploy`;

export default [
  {
    rule: "provider-no-default-aws",
    accepts: [{ type: bucket, provider: { name: "dev" } }, { type: "random:index/randomId:RandomId" }],
    refuses: [{ type: bucket, provider: { name: "default_7_48_0" } }, { type: bucket }],
  },
  {
    rule: "provider-account-pinned",
    accepts: [
      { props: { allowedAccountIds: ["111122223333"] } },
      { props: { allowedAccountIds: ["111122223333"], assumeRoles: [{ roleArn: role("111122223333") }] } },
      {
        props: {
          allowedAccountIds: '["111122223333"]',
          assumeRoles: JSON.stringify([{ roleArn: role("444455556666") }, { roleArn: role("111122223333") }]),
        },
      },
    ],
    refuses: [
      {},
      { props: { allowedAccountIds: "[" } },
      { props: { allowedAccountIds: '["111122223333","444455556666"]' } },
      { props: { allowedAccountIds: ["the-account"] } },
      {
        props: {
          allowedAccountIds: '["111122223333"]',
          assumeRoles: JSON.stringify([{ roleArn: role("444455556666") }]),
        },
      },
      { props: { allowedAccountIds: '["111122223333"]', assumeRoles: [{ roleArn: "deploy" }] } },
    ],
    unknown: [
      { props: { allowedAccountIds: unknown } },
      { props: { allowedAccountIds: `["${unknown}"]` } },
      { props: { allowedAccountIds: '["111122223333"]', assumeRoles: unknown } },
    ],
  },
  {
    rule: "provider-region-set",
    accepts: [{ props: { region: "eu-central-1" } }],
    refuses: [{}, { props: { region: "" } }],
    unknown: [{ props: { region: unknown } }],
  },
  {
    rule: "provider-no-static-keys",
    accepts: [{ props: { region: "eu-central-1" } }],
    refuses: [
      { props: { accessKey: "AKIAIOSFODNN7EXAMPLE" } },
      { props: { secretKey: unknown } },
      { props: { token: "t" } },
    ],
  },
] satisfies Cases[];
