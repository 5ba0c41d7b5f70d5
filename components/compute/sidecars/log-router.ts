import { domainArn, searchHostParameter, searchPort } from "../../data/search-access";
import type { Statement } from "../../identity/policy-document";
import { arn } from "../../location";
import { writeLogs } from "../../observability/log-group";
import { useOfKey } from "../../security/encryption-key";
import type { LogConfiguration } from "../container";
import { type Beside, type SidecarParts, smallTmp } from "./sidecar";

/**
 * Where the main container's logs go. `bucket`: as gzipped lines of JSON below `logs/<product>/<workload>/`, by the hour;
 * with its key's alias where it has a key of its own. `search`: into an index a day, `<product>-<workload>-<date>`.
 */
export type LogRouting =
  | { readonly kind: "cloudwatch" }
  | { readonly kind: "bucket"; readonly bucketName: string; readonly keyAlias?: string }
  | { readonly kind: "search"; readonly domainName: string };

export const logRouterName = "log-router";

/** What FireLens has Fluent Bit listen on, on localhost. */
const firelensPort = 24_224;

/** MiB of what is on its way to a bucket; the plugin drops what is beyond. */
const bufferMib = 96;

/**
 * AWS for Fluent Bit as the task's FireLens: it takes what the main container writes and sends it to one place. Its own
 * messages, and those of other containers, go to the workload's group of CloudWatch Logs. The task ends when it ends: a
 * service whose logs nobody gets is to be replaced.
 *
 * It runs as the others do, not as root; ECS gives such a user the directory of its socket (since October 2025, with agent
 * 1.96.0). Bottlerocket's image for ECS has no FireLens.
 *
 * For `search`: the caller must let the tasks into the domain's security group by port 443, and the domain's administrator
 * map the task's role to a role that may write the indices; see searchAccess.
 *
 * Sources: ECS developer guide, "Send Amazon ECS logs to an AWS service or AWS Partner", "Amazon ECS now supports running
 * FireLens as a non-root user" (what's new); Fluent Bit manual, "Amazon S3", "OpenSearch", "Amazon CloudWatch".
 */
export const logRouter = (beside: Beside, image: string, to: LogRouting): SidecarParts => ({
  container: {
    name: logRouterName,
    image,
    essential: true,
    environment: {},
    tmp: smallTmp(to.kind === "bucket" ? bufferMib + 32 : 16),
    logs: beside.logs,
    stopTimeout: beside.stopTimeout,
    restart: beside.restart,
    routesLogs: true,
  },
  ports: [firelensPort],
  statements: mayWrite(beside, to),
  mainLogs: { logDriver: "awsfirelens", ...output(beside, to) },
});

function output(
  { at, product, workload, logGroupName }: Beside,
  to: LogRouting,
): Omit<LogConfiguration, "logDriver"> {
  switch (to.kind) {
    case "cloudwatch":
      return {
        options: {
          Name: "cloudwatch_logs",
          region: at.region,
          log_group_name: logGroupName,
          log_stream_prefix: "task/",
          auto_create_group: "Off",
          retry_limit: "5",
        },
      };
    case "bucket":
      return {
        options: {
          Name: "s3",
          region: at.region,
          bucket: to.bucketName,
          s3_key_format: `/${keyPrefix(product, workload)}/%Y/%m/%d/%H/%M-%S-$UUID.gz`,
          compression: "gzip",
          use_put_object: "On",
          total_file_size: "16M",
          upload_timeout: "1m",
          store_dir: "/tmp/fluent-bit",
          store_dir_limit_size: `${bufferMib}M`,
          retry_limit: "5",
        },
      };
    case "search":
      return {
        options: {
          Name: "opensearch",
          Port: String(searchPort),
          tls: "On",
          AWS_Auth: "On",
          AWS_Region: at.region,
          Logstash_Format: "On",
          Logstash_Prefix: `${product}-${workload}`,
          Suppress_Type_Name: "On",
          Replace_Dots: "On",
          Retry_Limit: "5",
        },
        secrets: { Host: arn("ssm", at, `parameter${searchHostParameter(to.domainName)}`) },
      };
  }
}

const keyPrefix = (product: string, workload: string): string => `logs/${product}/${workload}`;

function mayWrite({ at, product, workload, logGroupName }: Beside, to: LogRouting): Statement[] {
  switch (to.kind) {
    case "cloudwatch":
      return [{ ...writeLogs(at, logGroupName), Sid: "RouteLogs" }];
    case "bucket":
      return [
        {
          Sid: "RouteLogs",
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: `arn:aws:s3:::${to.bucketName}/${keyPrefix(product, workload)}/*`,
        },
        ...(to.keyAlias === undefined ? [] : [{ ...useOfKey(at, to.keyAlias, ["s3"]), Sid: "RouteLogsKey" }]),
      ];
    case "search":
      // The index is in what is sent, and not in the path: the domain's own access control judges it.
      return [
        {
          Sid: "RouteLogs",
          Effect: "Allow",
          Action: "es:ESHttpPost",
          Resource: `${domainArn(at, to.domainName)}/_bulk`,
        },
      ];
  }
}
