/** A metric, or an expression of metric math, as policies and alarms take it. */
export interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly metric?: {
    readonly namespace: string;
    readonly metricName: string;
    readonly stat: string;
    readonly dimensions: Readonly<Record<string, string>>;
  };
  /** What is looked at; exactly one of the queries. */
  readonly result?: boolean;
}

export interface Consumers {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly queueName: string;
}

const messages = (id: string, metricName: string, queueName: string): Query => ({
  id,
  metric: { namespace: "AWS/SQS", metricName, stat: "Maximum", dimensions: { QueueName: queueName } },
});

const tasks = (id: string, metricName: string, { clusterName, serviceName }: Consumers): Query => ({
  id,
  metric: {
    namespace: "ECS/ContainerInsights",
    metricName,
    stat: "Maximum",
    dimensions: { ClusterName: clusterName, ServiceName: serviceName },
  },
});

/**
 * Messages for each running task: those that wait, and those that tasks have in hand, so that none is ended over its
 * work because nothing more waits. Without a task, all of them: a number divided by none would be no number, and no
 * alarm looks at that. How many run is told a minute late at times, so the last that was told holds until then.
 *
 * Sources: Application Auto Scaling user guide, "Create a target tracking scaling policy using metric math"; Amazon
 * CloudWatch user guide, "Using math expressions with CloudWatch metrics".
 */
export const messagesPerTask = (of: Consumers): Query[] => [
  messages("waiting", "ApproximateNumberOfMessagesVisible", of.queueName),
  messages("inhand", "ApproximateNumberOfMessagesNotVisible", of.queueName),
  tasks("running", "RunningTaskCount", of),
  { id: "tasks", expression: "FILL(running, REPEAT)" },
  {
    id: "pertask",
    expression: "(FILL(waiting, 0) + FILL(inhand, 0)) / IF(tasks > 0, tasks, 1)",
    result: true,
  },
];

/**
 * Messages that wait while no task is to run. Target tracking alone would leave them: it multiplies what runs, and
 * acts only when more wait than one task may have before it.
 */
export const messagesWithoutTask = (of: Consumers): Query[] => [
  messages("waiting", "ApproximateNumberOfMessagesVisible", of.queueName),
  tasks("desired", "DesiredTaskCount", of),
  { id: "forsaken", expression: "IF(FILL(desired, 0) < 1, FILL(waiting, 0), 0)", result: true },
];
