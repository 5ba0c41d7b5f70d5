import assert from "node:assert/strict";
import type { LogRouting } from "../../../../components/compute/sidecars/log-router";
import { readDocument } from "../../../../iam/document";
import { evaluate } from "../../../../iam/evaluate";
import { role } from "../../../iam/requests";
import { refusals } from "../../logs/judged";
import { statements } from "../../planned";
import { container, containersOf, definition } from "../tasks";

const cloudwatch: LogRouting = { kind: "cloudwatch" };
const bucket: LogRouting = { kind: "bucket", bucketName: "orders-logs", keyAlias: "orders/data" };
const search: LogRouting = { kind: "search", domainName: "orders-catalog" };

const main = async (logs: LogRouting) =>
  (await container({ logs }))["logConfiguration"] as {
    logDriver: string;
    options: Record<string, string>;
    secretOptions?: unknown;
  };
const may = async (logs: LogRouting, action: string, resource: string) => {
  const text = (await definition({ logs })).one("RolePolicy", "api-task").inputs["policy"];
  return evaluate(
    { principal: role, action, resource, context: {} },
    { identity: [readDocument(JSON.parse(String(text)))] },
  ).outcome;
};

describe("a router of logs", () => {
  for (const logs of [cloudwatch, bucket, search]) {
    it(`to ${logs.kind} is FireLens, for the main container only, and logs itself to the group`, async () => {
      const all = containersOf(await definition({ logs, telemetry: {} }));
      assert.deepEqual(
        Object.entries(all).map(([name, its]) => [
          name,
          (its["logConfiguration"] as { logDriver: string }).logDriver,
          its["firelensConfiguration"] !== undefined,
        ]),
        [
          ["api", "awsfirelens", false],
          ["log-router", "awslogs", true],
          ["telemetry", "awslogs", false],
        ],
      );
      assert.equal(all["log-router"]?.["essential"], true);
      assert.equal(all["log-router"]?.["user"], "65532:65532");
    });

    it(`to ${logs.kind} breaks no policy`, async () =>
      assert.deepEqual(await refusals(await definition({ logs })), []));
  }

  it("writes to the workload's group", async () => {
    const { options } = await main(cloudwatch);
    assert.equal(options["Name"], "cloudwatch_logs");
    assert.equal(options["log_group_name"], "/landing-zone/orders/api");
    assert.equal(options["auto_create_group"], "Off");
    const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/api";
    assert.equal(await may(cloudwatch, "logs:PutLogEvents", `${group}:log-stream:x`), "allowed");
    assert.equal(await may(cloudwatch, "logs:PutLogEvents", `${group}-2:log-stream:x`), "denied");
    assert.equal(await may(cloudwatch, "logs:CreateLogGroup", group), "denied");
  });

  it("puts objects below the workload's own prefix, and does nothing else to the bucket", async () => {
    const { options } = await main(bucket);
    assert.deepEqual([options["Name"], options["bucket"]], ["s3", "orders-logs"]);
    assert.match(options["s3_key_format"] ?? "", /^\/logs\/orders\/api\/.*\$UUID\.gz$/);
    const key = "arn:aws:s3:::orders-logs/logs/orders/api/2026/01/01/00/1.gz";
    assert.equal(await may(bucket, "s3:PutObject", key), "allowed");
    for (const [action, resource] of [
      ["s3:PutObject", "arn:aws:s3:::orders-logs/logs/orders/api-2/1.gz"],
      ["s3:PutObject", "arn:aws:s3:::orders-logs-2/logs/orders/api/1.gz"],
      ["s3:GetObject", key],
      ["s3:DeleteObject", key],
    ] as const)
      assert.equal(await may(bucket, action, resource), "denied", resource);
  });

  it("uses the bucket's key through S3 only, and no key where the bucket has none of its own", async () => {
    const sids = async (logs: LogRouting) =>
      statements((await definition({ logs })).one("RolePolicy", "api-task")).map(({ Sid, Condition }) => [
        Sid,
        Condition?.["StringEquals"]?.["kms:ViaService"],
      ]);
    assert.deepEqual(await sids(bucket), [
      ["RouteLogs", undefined],
      ["RouteLogsKey", ["s3.eu-central-1.amazonaws.com"]],
    ]);
    assert.deepEqual(await sids({ kind: "bucket", bucketName: "b" }), [["RouteLogs", undefined]]);
  });

  it("sends to a domain whose host it is told when it starts, and may do nothing else there", async () => {
    const { options, secretOptions } = await main(search);
    assert.deepEqual(
      [options["Name"], options["AWS_Auth"], options["tls"], options["Logstash_Prefix"]],
      ["opensearch", "On", "On", "orders-api"],
    );
    const host = "arn:aws:ssm:eu-central-1:111122223333:parameter/orders-catalog/host";
    assert.deepEqual(secretOptions, [{ name: "Host", valueFrom: host }]);
    const starts = statements((await definition({ logs: search })).one("RolePolicy", "api-execution"));
    assert.deepEqual(starts.find(({ Sid }) => Sid === "Parameters")?.Resource, [host]);
    const domain = "arn:aws:es:eu-central-1:111122223333:domain/orders-catalog";
    assert.equal(await may(search, "es:ESHttpPost", `${domain}/_bulk`), "allowed");
    for (const path of [`${domain}/_search`, `${domain}-2/_bulk`, `${domain}/index/_bulk`])
      assert.equal(await may(search, "es:ESHttpPost", path), "denied", path);
    assert.equal(await may(search, "es:ESHttpPut", `${domain}/_bulk`), "denied");
  });

  it("has room for what is on its way to a bucket", async () => {
    const { options } = await main(bucket);
    const { tmpfs } = (await container({ logs: bucket }, "log-router"))["linuxParameters"] as {
      tmpfs: { size: number }[];
    };
    assert.ok(Number.parseInt(options["store_dir_limit_size"] ?? "", 10) < (tmpfs[0]?.size ?? 0));
    assert.match(options["store_dir"] ?? "", /^\/tmp\//);
  });
});
