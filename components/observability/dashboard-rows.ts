import type * as pulumi from "@pulumi/pulumi";
import { deadLettersOf } from "../data/queue-access";
import { failedRequests, type ServiceTargets, type TargetGroup, targetGroupsOf } from "./service-target";

export interface ShownService {
  /** As ECS calls it: `orders-api`. */
  readonly serviceName: string;
  readonly clusterName: string;
  /** How it is called through load balancers; none: it is a worker. */
  readonly targets?: ServiceTargets;
}

/** Namespace, metric, each dimension with its value, and how it is shown. */
type Line = readonly [...pulumi.Input<string>[], { readonly stat: string; readonly label: string }];

interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The left axis ends there, for what is measured in per cent. */
  readonly max?: number;
}

/** What is said of one service, queue, job or function. */
export interface Row {
  readonly title: string;
  /** One to four or six, so that they fill the page. */
  readonly graphs: readonly Graph[];
}

/** CloudWatch's limit for a page. */
export const maxWidgets = 500;

/** A page has so many columns. */
const columns = 24;

const heights = { heading: 4, title: 1, graph: 6 };

/** Gives each widget its place: the heading, then row below row. */
export function arrange(region: string, heading: string, rows: readonly Row[]) {
  const text = (markdown: string, y: number, height: number) => ({
    type: "text",
    x: 0,
    y,
    width: columns,
    height,
    properties: { markdown },
  });
  return [
    text(heading, 0, heights.heading),
    ...rows.flatMap(({ title, graphs }, index) => {
      const y = heights.heading + index * (heights.title + heights.graph);
      const width = Math.floor(columns / graphs.length);
      return [
        text(`## ${title}`, y, heights.title),
        ...graphs.map((graph, place) => ({
          type: "metric",
          x: place * width,
          y: y + heights.title,
          width,
          height: heights.graph,
          properties: {
            title: graph.title,
            region,
            view: "timeSeries",
            stacked: false,
            period: 300,
            metrics: graph.lines,
            yAxis: { left: { min: 0, ...(graph.max === undefined ? {} : { max: graph.max }) } },
          },
        })),
      ];
    }),
  ];
}

export function serviceRow({ serviceName, clusterName, targets = {} }: ShownService): Row {
  const groups = Object.entries(targets).flatMap(([way, target]) =>
    targetGroupsOf(target).map(group => ({ group, called: `${way}${group.suffix}` })),
  );
  const of = (kind: TargetGroup["kind"]) => groups.filter(({ group }) => group.kind === kind);
  const lines = (kind: TargetGroup["kind"], metrics: Readonly<Record<string, [string, string]>>): Line[] =>
    of(kind).flatMap(({ group, called }) =>
      Object.entries(metrics).map(([label, [metric, stat]]) =>
        onTarget(group, metric, stat, `${called} ${label}`),
      ),
    );
  const ofService = (namespace: string, metric: string, stat: string, label: string): Line => [
    namespace,
    metric,
    "ClusterName",
    clusterName,
    "ServiceName",
    serviceName,
    { stat, label },
  ];
  const graphs: Graph[] = [
    { title: "Requests", lines: lines("application", { requests: ["RequestCount", "Sum"] }) },
    {
      title: "Errors",
      lines: lines("application", { "5xx": [failedRequests[0], "Sum"], refused: [failedRequests[1], "Sum"] }),
    },
    {
      title: "Seconds to answer",
      lines: lines("application", {
        p50: ["TargetResponseTime", "p50"],
        p99: ["TargetResponseTime", "p99"],
      }),
    },
    { title: "Connections", lines: flows(of("network")) },
    {
      title: "Targets",
      lines: (["application", "network"] as const).flatMap(kind =>
        lines(kind, {
          healthy: ["HealthyHostCount", "Minimum"],
          unhealthy: ["UnHealthyHostCount", "Maximum"],
        }),
      ),
    },
    {
      title: "CPU and memory, per cent",
      max: 100,
      lines: [
        ofService("AWS/ECS", "CPUUtilization", "Average", "CPU"),
        ofService("AWS/ECS", "MemoryUtilization", "Maximum", "memory, of the fullest task"),
      ],
    },
    {
      title: "Tasks",
      lines: [
        ofService("ECS/ContainerInsights", "RunningTaskCount", "Average", "running"),
        ofService("ECS/ContainerInsights", "DesiredTaskCount", "Average", "desired"),
      ],
    },
  ];
  return { title: `Service ${serviceName}`, graphs: graphs.filter(graph => graph.lines.length > 0) };
}

const onTarget = (
  { kind, loadBalancer, targetGroup }: TargetGroup,
  metric: string,
  stat: string,
  label: string,
): Line => [
  kind === "network" ? "AWS/NetworkELB" : "AWS/ApplicationELB",
  metric,
  "TargetGroup",
  targetGroup,
  "LoadBalancer",
  loadBalancer,
  { stat, label },
];

/** A Network Load Balancer counts them for itself, not by target group. */
const flows = (groups: readonly { readonly group: TargetGroup; readonly called: string }[]): Line[] =>
  groups
    .filter(({ group }) => group.suffix === "")
    .flatMap(({ group, called }) =>
      Object.entries({ new: "NewFlowCount", reset: "TCP_Target_Reset_Count" }).map(
        ([label, metric]): Line => [
          "AWS/NetworkELB",
          metric,
          "LoadBalancer",
          group.loadBalancer,
          { stat: "Sum", label: `${called} ${label}` },
        ],
      ),
    );

export function queueRow(queueName: string): Row {
  const line = (metric: string, name: string, label: string): Line => [
    "AWS/SQS",
    metric,
    "QueueName",
    name,
    { stat: "Maximum", label },
  ];
  const visible = "ApproximateNumberOfMessagesVisible";
  return {
    title: `Queue ${queueName}`,
    graphs: [
      {
        title: "Seconds that the oldest message waits",
        lines: [line("ApproximateAgeOfOldestMessage", queueName, "oldest")],
      },
      {
        title: "Messages",
        lines: [
          line(visible, queueName, "waiting"),
          line("ApproximateNumberOfMessagesNotVisible", queueName, "being handled"),
        ],
      },
      { title: "Dead letters", lines: [line(visible, deadLettersOf(queueName), "dead letters")] },
    ],
  };
}

export function jobRow(jobName: string, stateMachineArn: string): Row {
  const line = (metric: string, label: string, stat = "Sum"): Line => [
    "AWS/States",
    metric,
    "StateMachineArn",
    stateMachineArn,
    { stat, label },
  ];
  return {
    title: `Job ${jobName}`,
    graphs: [
      {
        title: "Runs",
        lines: [line("ExecutionsStarted", "began"), line("ExecutionsSucceeded", "succeeded")],
      },
      {
        title: "Failures",
        lines: [
          line("ExecutionsFailed", "failed"),
          line("ExecutionsTimedOut", "took too long"),
          line("ExecutionsAborted", "was stopped"),
        ],
      },
      { title: "Milliseconds that a run takes", lines: [line("ExecutionTime", "longest", "Maximum")] },
    ],
  };
}

export function functionRow(functionName: string): Row {
  const line = (metric: string, stat: string, label: string): Line => [
    "AWS/Lambda",
    metric,
    "FunctionName",
    functionName,
    { stat, label },
  ];
  return {
    title: `Function ${functionName}`,
    graphs: [
      { title: "Calls", lines: [line("Invocations", "Sum", "calls")] },
      { title: "Errors", lines: [line("Errors", "Sum", "errors"), line("Throttles", "Sum", "turned away")] },
      {
        title: "Milliseconds",
        lines: [line("Duration", "p50", "p50"), line("Duration", "p99", "p99")],
      },
      { title: "At once", lines: [line("ConcurrentExecutions", "Maximum", "at once")] },
    ],
  };
}
