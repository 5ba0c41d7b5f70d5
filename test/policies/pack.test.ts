import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzerInfo,
  type ConfigureAnalyzerRequest,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { rules } from "../../policies/rules";

const pack = join(__dirname, "../../policies");
const runner = join(dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd/run-policy-pack/index.js");

describe("the pack", () => {
  let started: ChildProcess | undefined;
  afterEach(() => started?.kill());

  async function start(): Promise<AnalyzerClient> {
    started = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
      cwd: pack,
      stdio: ["ignore", "pipe", "inherit"],
    });
    assert.ok(started.stdout);
    const [port] = await once(started.stdout, "data");
    return new AnalyzerClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
  }

  it("refuses a configuration that names no rule of its", async () => {
    const client = await start();
    const { requestType: Request } = AnalyzerService.configure as unknown as {
      requestType: new () => ConfigureAnalyzerRequest;
    };
    const configured = (name: string) =>
      new Promise<string>(resolve => {
        const request = new Request();
        const choice = new PolicyConfig();
        choice.setProperties(new Struct());
        request.getPolicyconfigMap().set(name, choice);
        client.configure(request, error => resolve(error?.details ?? "taken"));
      });
    assert.equal(await configured("provider-region-set"), "taken");
    assert.equal(await configured("all"), "taken");
    assert.equal(
      await configured("provider-regoin-set"),
      "the configuration names provider-regoin-set (is it provider-region-set?): no rule of this pack is called so",
    );
    client.close();
  });

  it("starts as the engine starts it and tells of its rules", async () => {
    const client = await start();
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
        .slice(2, -1)
        .map(policy => [policy.getName(), policy.getDescription(), policy.getRemediationSteps()]),
      rules.map(({ name, title, fix }) => [name, title, fix]),
    );
    assert.deepEqual(
      info
        .getPoliciesList()
        .slice(0, 2)
        .map(policy => policy.getName()),
      ["pack-settings", "pack-undecided"],
    );
    assert.equal(info.getPoliciesList().at(-1)?.getName(), "pack-exceptions");
    const tls = info.getPoliciesList().find(policy => policy.getName() === "s3-bucket-policy-tls-only");
    assert.deepEqual(tls?.getTagsList().slice(0, 5), [
      "encryption-in-transit",
      "FSBP S3.5",
      "CIS 3.0 2.1.1",
      "CIS 5.0 2.1.1",
      "NIST 800-53 AC-4",
    ]);
    assert.equal(
      tls?.getUrl(),
      "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
    );
  });
});
