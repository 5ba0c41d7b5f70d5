import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { rules } from "../../policies/rules";

const pack = join(__dirname, "../../policies");
const runner = join(dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd/run-policy-pack/index.js");

describe("the pack", () => {
  let started: ChildProcess | undefined;
  afterEach(() => started?.kill());

  it("starts as the engine starts it and tells of its rules", async () => {
    started = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
      cwd: pack,
      stdio: ["ignore", "pipe", "inherit"],
    });
    assert.ok(started.stdout);
    const [port] = await once(started.stdout, "data");
    const client = new AnalyzerClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
    const info = await new Promise<AnalyzerInfo>((resolve, reject) => {
      const { requestType: Empty } = AnalyzerService.getAnalyzerInfo as unknown as {
        requestType: new () => never;
      };
      client.getAnalyzerInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    client.close();
    assert.equal(info.getName(), "landing-zone");
    assert.equal(info.getVersion(), "0.1.0");
    assert.deepEqual(
      info
        .getPoliciesList()
        .map(policy => [policy.getName(), policy.getDescription(), policy.getRemediationSteps()]),
      rules.map(({ name, title, fix }) => [name, title, fix]),
    );
    const tls = info.getPoliciesList().find(policy => policy.getName() === "s3-bucket-policy-tls-only");
    assert.deepEqual(tls?.getTagsList(), ["encryption", "FSBP S3.5", "CIS 3.0 2.1.1", "CIS 5.0 2.1.1"]);
    assert.equal(
      tls?.getUrl(),
      "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
    );
  });
});
