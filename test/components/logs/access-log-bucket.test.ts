import assert from "node:assert/strict";
import { AccessLogBucket, accessLogBucketName } from "../../../components/logs/access-log-bucket";
import { at, planned, statements } from "../planned";
import { refusals } from "./judged";
import { organizationId, type Request, verdict } from "./request";

const plan = (keepDays?: number) =>
  planned(
    () =>
      new AccessLogBucket("logs", { at, organizationId, ...(keepDays === undefined ? {} : { keepDays }) }),
  );
const policy = async () => statements((await plan()).one("BucketPolicy"));
const bucket = `arn:aws:s3:::landing-zone-load-balancer-logs-${at.accountId}-${at.region}`;
const object = (prefix: string, account = at.accountId) =>
  `${bucket}/${prefix}/AWSLogs/${account}/elasticloadbalancing/${at.region}/2026/01/31/x.log.gz`;

const application = (more: Partial<Request> = {}): Request => ({
  by: { service: "logdelivery.elasticloadbalancing.amazonaws.com" },
  action: "s3:PutObject",
  resource: object("access"),
  context: {
    "aws:SourceArn": `arn:aws:elasticloadbalancing:${at.region}:${at.accountId}:loadbalancer/app/orders/1`,
  },
  ...more,
});
const network = (more: Partial<Request> = {}): Request => ({
  by: { service: "delivery.logs.amazonaws.com" },
  action: "s3:PutObject",
  resource: object("network"),
  context: {
    "aws:SourceAccount": at.accountId,
    "aws:SourceArn": `arn:aws:logs:${at.region}:${at.accountId}:x`,
  },
  ...more,
});

describe("a bucket for load balancers' and buckets' logs", () => {
  it("takes requests and connections of this account's application load balancers, and nothing else of theirs", async () => {
    const document = await policy();
    for (const prefix of ["access", "connections"])
      assert.equal(verdict(document, application({ resource: object(prefix) })), "allowed", prefix);
    const foreign = (arn: string) => application({ context: { "aws:SourceArn": arn } });
    for (const request of [
      application({ resource: object("network") }),
      application({ resource: object("access", "222233334444") }),
      application({ resource: `${bucket}/x` }),
      application({ action: "s3:GetObject" }),
      application({ action: "s3:DeleteObject" }),
      application({ context: {} }),
      foreign(`arn:aws:elasticloadbalancing:${at.region}:222233334444:loadbalancer/app/orders/1`),
      foreign(`arn:aws:elasticloadbalancing:${at.region}:${at.accountId}:targetgroup/orders/1`),
      foreign(`arn:aws:elasticloadbalancing:us-east-1:${at.accountId}:loadbalancer/app/orders/1`),
      application({ by: { service: "logging.s3.amazonaws.com" } }),
    ])
      assert.equal(verdict(document, request), "silent", JSON.stringify(request));
  });

  it("takes TLS connections of its network load balancers, and nothing else of theirs", async () => {
    const document = await policy();
    assert.equal(verdict(document, network()), "allowed");
    assert.equal(verdict(document, network({ action: "s3:GetBucketAcl", resource: bucket })), "allowed");
    for (const request of [
      network({ resource: object("access") }),
      network({ resource: object("network", "222233334444") }),
      network({ action: "s3:ListBucket", resource: bucket }),
      network({ context: { ...network().context, "aws:SourceAccount": "222233334444" } }),
      network({
        context: { "aws:SourceAccount": at.accountId, "aws:SourceArn": "arn:aws:logs:us-east-1:1:x" },
      }),
    ])
      assert.equal(verdict(document, request), "silent", JSON.stringify(request));
  });

  it("takes requests to this account's buckets, and nothing else of theirs", async () => {
    const document = await policy();
    const buckets = (more: Partial<Request> = {}): Request => ({
      by: { service: "logging.s3.amazonaws.com" },
      action: "s3:PutObject",
      resource: `${bucket}/buckets/shop-pictures/2026/01/31/x`,
      context: { "aws:SourceAccount": at.accountId },
      ...more,
    });
    assert.equal(verdict(document, buckets()), "allowed");
    for (const request of [
      buckets({ resource: `${bucket}/access/x` }),
      buckets({ resource: `${bucket}/buckets-2/x` }),
      buckets({ action: "s3:GetObject" }),
      buckets({ context: {} }),
      buckets({ context: { "aws:SourceAccount": "222233334444" } }),
      buckets({ by: { service: "s3.amazonaws.com" } }),
    ])
      assert.equal(verdict(document, request), "silent", JSON.stringify(request));
  });

  it("refuses plain HTTP and those outside the organization", async () => {
    const document = await policy();
    for (const request of [application(), network()])
      assert.equal(
        verdict(document, { ...request, context: { ...request.context, "aws:SecureTransport": "false" } }),
        "denied",
      );
    const stranger = { by: { account: "222233334444" }, action: "s3:GetObject", resource: object("access") };
    assert.equal(
      verdict(document, { ...stranger, context: { "aws:PrincipalOrgID": "o-other00000" } }),
      "denied",
    );
  });

  it("encrypts as Elastic Load Balancing can, says why, and passes the policies", async () => {
    const stack = await plan();
    const [rule] = stack.one("BucketServerSideEncryptionConfiguration").inputs["rules"] as {
      applyServerSideEncryptionByDefault: unknown;
    }[];
    assert.deepEqual(rule?.applyServerSideEncryptionByDefault, { sseAlgorithm: "AES256" });
    const tags = stack.one("Bucket").inputs["tags"] as Record<string, string>;
    assert.match(tags["allow-aws-key"] ?? "", /S3's own keys/);
    assert.deepEqual(await refusals(stack), []);
  });

  it("is called what is known beforehand, and fits in every region", async () => {
    assert.equal((await plan()).one("Bucket").inputs["bucket"], bucket.replace("arn:aws:s3:::", ""));
    assert.ok(accessLogBucketName({ ...at, region: "ap-southeast-2" }).length <= 63);
  });

  it("keeps logs as long as it is told, a year by default", async () => {
    for (const days of [undefined, 30]) {
      const [rule] = (await plan(days)).one("BucketLifecycleConfiguration").inputs["rules"] as {
        expiration: unknown;
      }[];
      assert.deepEqual(rule?.expiration, { days: days ?? 365 });
    }
    for (const days of [0, -1, 1.5]) await assert.rejects(plan(days), /keepDays is/);
  });

  it("is kept, whatever it is told", async () => {
    assert.equal((await plan()).one("Bucket").protect, true);
  });
});
