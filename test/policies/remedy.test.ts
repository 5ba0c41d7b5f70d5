import assert from "node:assert/strict";
import * as server from "@pulumi/policy/server";
import type * as wire from "@pulumi/pulumi/proto/analyzer_pb";
import type { ResourceRule } from "../../policies/rule";
import { policyOf } from "../../policies/sdk-policy";
import { requestOf, unknown } from "./judge";

const rule: ResourceRule = {
  name: "queue-retention",
  theme: "logging-and-detection",
  title: "A queue keeps messages for a day",
  why: "A fault lasts a night",
  fix: "set messageRetentionSeconds",
  severity: "low",
  level: "mandatory",
  controls: [],
  types: ["aws:sqs/queue:Queue", "aws:sns/topic:Topic"],
  check(queue, report) {
    if ((queue.at("messageRetentionSeconds").number() ?? 0) < 86_400) report.refuse("it is less");
  },
  remediate: () => ({ messageRetentionSeconds: 86_400 }),
};

type Answer = (error: Error | null, response: wire.RemediateResponse) => void;
const { makeRemediateRpcFun } = server as unknown as {
  makeRemediateRpcFun: (
    pack: string,
    version: string,
    level: string,
    policies: readonly object[],
  ) => (call: { request: object }, done: Answer) => void;
};

/** Through the SDK's own handler; undefined where nothing was mended. */
async function mended(props: object, { level = "remediate", type = rule.types[0] } = {}): Promise<unknown> {
  const policies = [{ ...policyOf(rule), enforcementLevel: level }];
  const answer = await new Promise<wire.RemediateResponse>((resolve, reject) =>
    makeRemediateRpcFun(
      "landing-zone",
      "0.0.0",
      "advisory",
      policies,
    )({ request: requestOf({ ...(type && { type }), props }, rule) }, (error, response) =>
      error ? reject(error) : resolve(response),
    ),
  );
  return answer.getRemediationsList()[0]?.getProperties()?.toJavaScript();
}

const signature = "4dabf18193072939515e22adb298388d";
const secret = { [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };

describe("a rule that mends", () => {
  it("sets what it says, and leaves all else as it was: unknowns and secrets too", async () => {
    const others = { name: unknown, kmsMasterKeyId: secret, tags: { team: "web", id: unknown } };
    assert.deepEqual(await mended({ ...others, messageRetentionSeconds: 60 }), {
      ...others,
      messageRetentionSeconds: 86_400,
    });
    assert.deepEqual(await mended({}), { messageRetentionSeconds: 86_400 });
  });

  it("changes nothing where nothing is refused, or not known", async () => {
    assert.equal(await mended({ messageRetentionSeconds: 90_000 }), undefined);
    assert.equal(await mended({ messageRetentionSeconds: unknown }), undefined);
    assert.equal(await mended({ messageRetentionSeconds: { ...secret, value: 90_000 } }), undefined);
  });

  it("changes nothing at another level, and nothing of another type", async () => {
    assert.equal(await mended({}, { level: "mandatory" }), undefined);
    assert.equal(await mended({}, { type: "aws:kms/key:Key" }), undefined);
  });
});
