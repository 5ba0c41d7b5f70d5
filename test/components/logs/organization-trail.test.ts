import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { OrganizationTrail, type OrganizationTrailArgs } from "../../../components/logs/organization-trail";
import { at, planned } from "../planned";
import { refusals } from "./judged";

const args = {
  trailName: "organization",
  managementAccountId: "222233334444",
  at,
  bucketName: "archive-trail",
  keyArn: "arn:aws:kms:eu-central-1:444455556666:key/1",
};
const trail = async (more: Partial<OrganizationTrailArgs> = {}) =>
  (await planned(() => new OrganizationTrail("trail", { ...args, ...more }))).one("Trail");

const selectors = async (more: Partial<OrganizationTrailArgs> = {}) =>
  (await trail(more)).inputs["advancedEventSelectors"] as { fieldSelectors: unknown[] }[];

describe("the organization's trail", () => {
  it("is of all accounts and regions, encrypted, validated and protected", async () => {
    const { inputs, protect } = await trail();
    const { advancedEventSelectors: _, ...others } = inputs;
    assert.deepEqual(others, {
      name: "organization",
      s3BucketName: "archive-trail",
      kmsKeyId: args.keyArn,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
    });
    assert.equal(protect, true);
    assert.deepEqual(await refusals(await planned(() => new OrganizationTrail("trail", args))), []);
  });

  it("logs management events, reads and writes, whatever else it logs", async () => {
    for (const dataEvents of [undefined, "none", "writes", "all"] as const) {
      const [management] = await selectors({ dataEvents });
      assert.deepEqual(management?.fieldSelectors, [{ field: "eventCategory", equals: ["Management"] }]);
    }
    assert.equal((await selectors()).length, 1);
    assert.equal((await selectors({ dataEvents: "none" })).length, 1);
  });

  it("logs objects in S3 on demand, but not those of its own bucket and others that it is told", async () => {
    const [, all, ...others] = await selectors({ dataEvents: "all", unlogged: ["access", "archive-trail"] });
    assert.deepEqual(others, []);
    const ofObjects = [
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
    ];
    const leftOut = (...buckets: string[]) => ({
      field: "resources.ARN",
      notStartsWiths: buckets.map(bucket => `arn:aws:s3:::${bucket}/`),
    });
    assert.deepEqual(all?.fieldSelectors, [...ofObjects, leftOut("archive-trail", "access")]);
    const [, writes] = await selectors({ dataEvents: "writes" });
    assert.deepEqual(writes?.fieldSelectors, [
      ...ofObjects,
      { field: "readOnly", equals: ["false"] },
      leftOut("archive-trail"),
    ]);
  });

  it("watches for unusual activity on demand", async () => {
    const insights = async (more: Partial<OrganizationTrailArgs>) =>
      (await trail(more)).inputs["insightSelectors"];
    assert.equal(await insights({ insights: [] }), undefined);
    assert.deepEqual(await insights({ insights: ["ApiCallRateInsight", "ApiErrorRateInsight"] }), [
      { insightType: "ApiCallRateInsight" },
      { insightType: "ApiErrorRateInsight" },
    ]);
  });

  it("is the management account's, whoever makes it", async () => {
    let arn: string | undefined;
    await planned(() => {
      ({ arn } = new OrganizationTrail("trail", args));
    });
    assert.equal(arn, "arn:aws:cloudtrail:eu-central-1:222233334444:trail/organization");
  });

  it("waits for what it is told to wait for", async () => {
    const stack = await planned(() => {
      const first = new aws.s3.BucketPolicy("first", { bucket: "archive-trail", policy: "{}" });
      new OrganizationTrail("trail", args, { dependsOn: [first] });
    });
    assert.ok(stack.one("Trail").dependencies.includes(stack.one("BucketPolicy").urn));
  });

  it("refuses a name that CloudTrail would refuse", async () => {
    for (const trailName of ["ab", "a--b", "-ab", "ab.", "a b", "a".repeat(129)])
      await assert.rejects(trail({ trailName }), /trailName is .*3 to 128/, trailName);
    for (const trailName of ["abc", "a.b_c-d", "a".repeat(128)]) await trail({ trailName });
  });
});
