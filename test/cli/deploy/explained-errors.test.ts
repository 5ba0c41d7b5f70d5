import assert from "node:assert/strict";
import { ago, explained } from "../../../cli/deploy/explained-errors";
import example from "../../../stacks/landing-zone";
import { stackNamed } from "../../../stacks/names";

const stack = stackNamed(example, "orders-persistent-dev");
const place = { stack, accountId: "555566667777", engineName: "example/landing-zone/orders-persistent-dev" };

/** As the engine, the backend or the provider says it; what it means; the next step. */
const said: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  s3://landing-zone-state-111122223333/.pulumi/locks/a.json: created by ci@runner (pid 12) at 2020-01-01T08:00:00Z",
    /orders-persistent-dev is locked by ci@runner \(process 12\) since 2020-01-01T08:00:00Z, \d+ days ago/,
    /`pulumi cancel -s example\/landing-zone\/orders-persistent-dev`.*Two runs at once ruin the state/,
  ],
  [
    "error: [409] Conflict: Another update is currently in progress.",
    /another run works on orders-persistent-dev/,
    /pulumi cancel -s/,
  ],
  [
    "error: rpc error: code = Unknown desc = AWS account ID not allowed: 999988887777",
    /the credentials lead to the account 999988887777, and orders-persistent-dev is of the account dev \(555566667777\)/,
    /aws sts get-caller-identity/,
  ],
  [
    "unable to validate AWS credentials. Details: Cannot assume IAM Role. IAM Role (arn:aws:iam::555566667777:role/landing-zone-deploy) cannot be assumed. Error: operation error STS: AssumeRole, StatusCode: 403, AccessDenied: User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: sts:AssumeRole",
    /arn:aws:iam::555566667777:role\/landing-zone-deploy in the account dev \(555566667777\) can not be taken/,
    /`lz up delivery-dev`/,
  ],
  [
    'error: read ".pulumi/meta.yaml": blob (code=NotFound): operation error S3: GetObject, NoSuchBucket',
    /the bucket of the state is not there/,
    /`lz bootstrap`/,
  ],
  [
    'error: read ".pulumi/meta.yaml": blob (code=PermissionDenied): operation error S3: GetObject, AccessDenied',
    /the state may not be read or written/,
    /landing-zone-plan/,
  ],
  [
    "error: ExpiredToken: The security token included in the request is expired",
    /has expired/,
    /aws sso login/,
  ],
  [
    "error: unable to validate AWS credentials. Details: No valid credential sources found",
    /there are no credentials/,
    /AWS_PROFILE/,
  ],
  [
    "error: failed to refresh cached credentials, no EC2 IMDS role found",
    /there are no credentials/,
    /aws sso login/,
  ],
  [
    "error: secrets (code=PermissionDenied): operation error KMS: Decrypt, AccessDeniedException: not authorized to perform: kms:Decrypt",
    /the key of the state's secrets may not be used by these credentials for dev stacks/,
    /landing-zone-apply-dev/,
  ],
  [
    "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    /encrypted with a passphrase, and none is set/,
    /PULUMI_CONFIG_PASSPHRASE/,
  ],
  [
    "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
    /the passphrase is not the one/,
    /PULUMI_CONFIG_PASSPHRASE/,
  ],
  [
    'error: unable to open state directory "file:///nowhere": stat /nowhere: no such file or directory',
    /PULUMI_BACKEND_URL says file:\/\/\/nowhere/,
    /unset PULUMI_BACKEND_URL/,
  ],
  [
    "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
    /Pulumi Cloud does not know who asks/,
    /pulumi login/,
  ],
  [
    "error: no resource plugin 'pulumi-resource-aws' found in the workspace at version v7.48.0",
    /no plugin pulumi-resource-aws/,
    /pulumi install/,
  ],
  [
    'unable to replace resource "urn:pulumi:orders-persistent-dev::landing-zone::aws:rds/cluster:Cluster::orders"\nas it is currently marked for protection.',
    /keeps what is protected: aws:rds\/cluster:Cluster orders/,
    /`pulumi state unprotect 'urn:pulumi:orders-persistent-dev::landing-zone::aws:rds\/cluster:Cluster::orders' -s example/,
  ],
  [
    'the stack "baseline-dev" has no outputs yet: run `lz up baseline-dev` first',
    /reads baseline-dev, which was never deployed/,
    /`lz up baseline-dev orders-persistent-dev`/,
  ],
  [
    "error: no stack named 'orders-persistent-dev' found",
    /was never deployed/,
    /`lz up orders-persistent-dev`/,
  ],
  [
    "creating EC2 VPC: api error VpcLimitExceeded: The maximum number of VPCs has been reached.",
    /a quota of the account dev \(555566667777\) is used up \(VpcLimitExceeded\)/,
    /`lz doctor orders-persistent-dev`/,
  ],
  [
    "dial tcp: lookup sts.eu-central-1.amazonaws.com: no such host",
    /does not let the engine through/,
    /HTTPS_PROXY/,
  ],
];

describe("errors of the engine, explained", () => {
  for (const [raw, what, next] of said)
    it(raw.slice(0, 80), () => {
      const found = explained(raw, place);
      assert.match(found?.what ?? "", what);
      assert.match(found?.next ?? "", next);
    });

  it("are left as they are where nobody knows what they mean", () =>
    assert.equal(explained("error: something unheard of", place), undefined));

  it("say how long ago it was as people do", () => {
    const now = Date.parse("2026-01-02T00:00:00Z");
    const texts = [
      "2026-01-01T23:59:59Z",
      "2026-01-01T23:00:00Z",
      "2026-01-01T04:00:00Z",
      "2025-12-01T00:00:00Z",
      "?",
    ];
    assert.deepEqual(
      texts.map(time => ago(time, now)),
      [", 1 second ago", ", 60 minutes ago", ", 20 hours ago", ", 32 days ago", ""],
    );
  });
});
