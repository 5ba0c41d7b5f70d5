import type { SavedQuery } from "./saved-queries";

/** Questions that are asked of load balancers' logs, in the SQL of Athena engine version 3, which is Trino's. */
interface Question {
  readonly id: string;
  readonly asks: string;
  /** What to replace, beside the days. */
  readonly replace?: string;
  readonly of: "access" | "connections";
  readonly select: string;
  readonly where?: string;
  readonly groupBy?: string;
  readonly orderBy: string;
}

/** Numbers and UUIDs stand for any: paths that differ by them are one. */
const path = "regexp_replace(url_extract_path(request_url), '/([0-9]+|[0-9a-fA-F-]{36})(?=/|$)', '/*')";
/** A target group begins with the name of its service. */
const service = "regexp_extract(target_group_arn, 'targetgroup/([^/]+)', 1)";

const questions: readonly Question[] = [
  {
    id: "slowest-paths",
    asks: "Paths by the time that one request of a hundred waits at least",
    of: "access",
    select: `${service} AS service, request_verb, ${path} AS path, count(*) AS requests,
  approx_percentile(target_processing_time, 0.5) AS p50, approx_percentile(target_processing_time, 0.99) AS p99,
  max(target_processing_time) AS longest`,
    where: "target_processing_time >= 0",
    groupBy: "1, 2, 3",
    orderBy: "p99 DESC",
  },
  {
    id: "errors-by-service",
    asks: "Answers of 5xx by service and path, most first; without a target's status they are the load balancer's own",
    of: "access",
    select: `${service} AS service, elb_status_code, target_status_code, request_verb, ${path} AS path,
  count(*) AS requests, min(time) AS earliest, max(time) AS latest, arbitrary(trace_id) AS example`,
    where: "elb_status_code >= 500",
    groupBy: "1, 2, 3, 4, 5",
    orderBy: "requests DESC",
  },
  {
    id: "callers-by-address",
    asks: "Who calls, by address, most requests first",
    of: "access",
    select: `client_ip, count(*) AS requests, count_if(elb_status_code BETWEEN 400 AND 499) AS refused,
  count_if(elb_status_code >= 500) AS failed, sum(sent_bytes) AS bytes,
  count(DISTINCT user_agent) AS programs, arbitrary(user_agent) AS program`,
    groupBy: "1",
    orderBy: "requests DESC",
  },
  {
    id: "requests-of-a-trace",
    asks: "All requests of one trace id, in order",
    replace: "my-trace by a part of the header X-Amzn-Trace-Id, as in the service's logs",
    of: "access",
    select: `time, elb, client_ip, request_verb, request_url, elb_status_code, target_status_code,
  ${service} AS service, target_ip, request_processing_time, target_processing_time, response_processing_time,
  actions_executed, trace_id, conn_trace_id`,
    where: "trace_id LIKE '%my-trace%'",
    orderBy: "time",
  },
  {
    id: "failed-connections",
    asks: "Connections whose TLS handshake or client certificate failed, by address",
    of: "connections",
    select: `client_ip, listener_port, tls_protocol, tls_verify_status, count(*) AS connections,
  min(time) AS earliest, max(time) AS latest`,
    where: "(tls_verify_status LIKE 'Failed%' OR (listener_port <> 80 AND tls_handshake_latency IS NULL))",
    groupBy: "1, 2, 3, 4",
    orderBy: "connections DESC",
  },
];

/** Of today and yesterday, until somebody asks for more: what a query reads is what it costs. */
const lastDays = "day >= date_format(current_date - INTERVAL '1' DAY, '%Y/%m/%d')";

/** @param tables the names of the tables, by what they hold. */
export const loadBalancerQueries = (
  database: string,
  tables: Readonly<Record<Question["of"], string>>,
): SavedQuery[] =>
  questions.map(({ id, asks, replace, of, select, where, groupBy, orderBy }) => ({
    id,
    description: asks,
    query: [
      `-- ${asks}.`,
      `-- Replace: ${[replace, "the days by those that matter"].filter(Boolean).join("; ")}.`,
      `SELECT ${select}`,
      `FROM "${database}"."${tables[of]}"`,
      `WHERE ${lastDays}`,
      ...(where === undefined ? [] : [`  AND ${where}`]),
      ...(groupBy === undefined ? [] : [`GROUP BY ${groupBy}`]),
      `ORDER BY ${orderBy}`,
      "LIMIT 1000",
    ].join("\n"),
  }));
