import assert from "node:assert/strict";
import fc from "fast-check";
import { actionsMatching, isService } from "../../iam/action-data";

const names = (pattern: string) => actionsMatching(pattern).map(({ name }) => name);

describe("what AWS says of actions", () => {
  it("knows services by their prefix, in any case", () => {
    assert.deepEqual(["s3", "S3", "kms", "s4", "", "../s3"].map(isService), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("finds one action by its name, in any case", () => {
    assert.deepEqual(names("S3:putbucketpolicy"), ["s3:PutBucketPolicy"]);
    assert.deepEqual(names("s3:PutBucketPolice"), []);
  });

  it("finds all actions that a pattern of one service stands for, and none of one that spans services", () => {
    assert.deepEqual(names("kms:ReEncrypt*").sort(), ["kms:ReEncryptFrom", "kms:ReEncryptTo"]);
    assert.deepEqual(["*", "*:*", "s3*:Get*", "s3"].flatMap(names), []);
  });

  it("says of an action whether it manages permissions and whether it takes a resource", () => {
    const [putPolicy] = actionsMatching("s3:PutBucketPolicy");
    const [authorize] = actionsMatching("ecr:GetAuthorizationToken");
    assert.deepEqual(
      [putPolicy, authorize].map(one => [one?.managesPermissions, one?.takesResource]),
      [
        [true, true],
        [false, false],
      ],
    );
  });

  it("answers to any text", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (service, name) => {
        assert.ok(Array.isArray(actionsMatching(`${service}:${name}`)));
      }),
    );
  });

  it("knows what the reference leaves out and a service asks for", () => {
    assert.deepEqual(
      actionsMatching("logs:PutLogEventsBatch").map(({ name }) => name),
      ["logs:PutLogEventsBatch"],
    );
  });
});
