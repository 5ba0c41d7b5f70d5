import assert from "node:assert/strict";
import fc from "fast-check";
import { isReason } from "../../components/reason";
import { Resource } from "../../policies/graph";
import { declaredReason } from "../../policies/resource-tags";

describe("a reason", () => {
  it("has 20 characters or more, without blanks at its ends", () => {
    assert.equal(isReason("x".repeat(20)), true);
    assert.equal(isReason("x".repeat(19)), false);
    assert.equal(isReason(` ${"x".repeat(19)}\n`), false);
  });

  it("is enough for the policies if it is enough for a component", () => {
    const words = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^ {0,2}[a-z]{17,22} {0,2}$/));
    fc.assert(
      fc.property(words, text => {
        const tagged = new Resource({
          type: "aws:lb/loadBalancer:LoadBalancer",
          name: "public",
          urn: "urn:pulumi:s::p::aws:lb/loadBalancer:LoadBalancer::public",
          props: { tags: { "allow-public": text } },
          opts: {
            protect: false,
            ignoreChanges: [],
            aliases: [],
            additionalSecretOutputs: [],
            customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
          },
          provider: undefined,
        });
        assert.equal(declaredReason(tagged, "allow-public") !== undefined, isReason(text));
      }),
      { numRuns: 500 },
    );
  });
});
