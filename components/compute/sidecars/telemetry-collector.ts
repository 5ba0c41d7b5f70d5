import { prometheusAccess } from "../../data/prometheus-access";
import type { Statement } from "../../identity/policy-document";
import { arn } from "../../location";
import { type Beside, type SidecarParts, smallTmp } from "./sidecar";

export interface TelemetryArgs {
  /** To AWS X-Ray. Default true. */
  readonly traces?: boolean;
  /**
   * To a workspace of Amazon Managed Service for Prometheus of this account and region, by the name it is kept under; or
   * to another Prometheus, by the `https://` address where it takes remote writes, whatever its certificate.
   */
  readonly metrics?: { readonly workspaceName: string } | { readonly url: string };
}

export const telemetryName = "telemetry";

const otlp = { grpc: 4317, http: 4318 };
/** The collector's own metrics, on localhost. */
const ownMetricsPort = 8888;
const remoteWriteUrl = "REMOTE_WRITE_URL";

/**
 * The collector of AWS Distro for OpenTelemetry: takes OTLP from the main container on localhost, says of all in which
 * task it was, and sends traces to X-Ray and metrics to Prometheus, signed as the task's role. The main container is told
 * by the variables that OpenTelemetry's libraries read. It may end without the task ending.
 *
 * The workspace's URL holds an id of AWS's making, so that ECS reads it from a parameter when the task starts. Another
 * Prometheus is asked for no certificate that anybody else has signed, as load balancers ask for none: it is the network
 * that lets the task through to this one.
 *
 * Refused: neither traces nor metrics; an address without TLS.
 * Sources: AWS Distro for OpenTelemetry documentation, "Setting up AWS Distro for OpenTelemetry Collector in Amazon Elastic
 * Container Service", "Adding the Sigv4 Extension to the AWS Distro for OpenTelemetry Collector"; OpenTelemetry
 * specification, "OpenTelemetry Protocol Exporter".
 */
export function telemetryCollector(beside: Beside, image: string, args: TelemetryArgs): SidecarParts {
  const { at, product, workload } = beside;
  const { traces = true, metrics } = args;
  if (!traces && metrics === undefined)
    throw new Error("telemetry has neither traces nor metrics; leave it out");
  if (metrics !== undefined && "url" in metrics && !/^https:\/\/[^/]+\/./.test(metrics.url))
    throw new Error(
      `telemetry.metrics.url is ${metrics.url}; it must be https:// with a path, for example https://prometheus.example.com:8443/api/v1/write`,
    );
  const workspace =
    metrics && "workspaceName" in metrics ? prometheusAccess(at, metrics.workspaceName, "write") : undefined;
  const parameter = workspace?.parameters?.["WRITE_URL"];
  return {
    container: {
      name: telemetryName,
      image,
      essential: false,
      environment: { AOT_CONFIG_CONTENT: JSON.stringify(configuration(at.region, traces, metrics)) },
      ...(parameter === undefined
        ? {}
        : { secrets: { [remoteWriteUrl]: arn("ssm", at, `parameter${parameter}`) } }),
      tmp: smallTmp(16),
      logs: beside.logs,
      stopTimeout: beside.stopTimeout,
      restart: beside.restart,
    },
    ports: [otlp.grpc, otlp.http, ownMetricsPort],
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${otlp.http}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_SERVICE_NAME: `${product}-${workload}`,
    },
    statements: [...(traces ? [mayTrace] : []), ...(workspace?.statements ?? [])],
  };
}

/** X-Ray knows no resources for these. Source: Service Authorization Reference, "Actions, ... for AWS X-Ray". */
const mayTrace: Statement = {
  Sid: "Traces",
  Effect: "Allow",
  Action: [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
  ],
  Resource: "*",
};

/** JSON is YAML too. */
function configuration(region: string, traces: boolean, metrics: TelemetryArgs["metrics"]): object {
  const signed = metrics !== undefined && "workspaceName" in metrics;
  const pipeline = (exporter: string) => ({
    receivers: ["otlp"],
    processors: ["memory_limiter", "resourcedetection", "batch"],
    exporters: [exporter],
  });
  const listen = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  return {
    receivers: { otlp: { protocols: { grpc: listen(otlp.grpc), http: listen(otlp.http) } } },
    processors: {
      memory_limiter: { check_interval: "1s", limit_mib: 128, spike_limit_mib: 32 },
      resourcedetection: { detectors: ["env", "ecs"], timeout: "5s", override: false },
      batch: {},
    },
    exporters: {
      ...(traces ? { awsxray: { region } } : {}),
      ...(metrics
        ? {
            prometheusremotewrite: {
              ...(signed
                ? { endpoint: `\${env:${remoteWriteUrl}}`, auth: { authenticator: "sigv4auth" } }
                : { endpoint: metrics.url, tls: { insecure_skip_verify: true } }),
              resource_to_telemetry_conversion: { enabled: true },
            },
          }
        : {}),
    },
    ...(signed ? { extensions: { sigv4auth: { region, service: "aps" } } } : {}),
    service: {
      ...(signed ? { extensions: ["sigv4auth"] } : {}),
      pipelines: {
        ...(traces ? { traces: pipeline("awsxray") } : {}),
        ...(metrics ? { metrics: pipeline("prometheusremotewrite") } : {}),
      },
    },
  };
}
