/** What is looked at of all products of an environment at once, found by what it is and not by its name. */

interface Search {
  readonly title: string;
  readonly namespace: string;
  /** By which metrics are told apart; one line for each that there is. */
  readonly dimensions: readonly string[];
  readonly metricName: string;
  readonly stat: "Sum" | "Average" | "Maximum" | "Minimum";
}

interface EnvironmentRow {
  readonly title: string;
  /** One to four, so that they fill the page. */
  readonly graphs: readonly Search[];
}

const of =
  (namespace: string, ...dimensions: string[]) =>
  (title: string, metricName: string, stat: Search["stat"]): Search => ({
    title,
    namespace,
    dimensions,
    metricName,
    stat,
  });

const balancer = of("AWS/ApplicationELB", "LoadBalancer");
const service = of("AWS/ECS", "ClusterName", "ServiceName");
const insight = of("ECS/ContainerInsights", "ClusterName", "ServiceName");
const lambda = of("AWS/Lambda", "FunctionName");
const queue = of("AWS/SQS", "QueueName");
const topic = of("AWS/SNS", "TopicName");
const database = of("AWS/RDS", "DBInstanceIdentifier");
const table = of("AWS/DynamoDB", "TableName", "Operation");
const cache = of("AWS/ElastiCache", "CacheClusterId", "CacheNodeId");
const nat = of("AWS/NATGateway", "NatGatewayId");
const attachment = of("AWS/TransitGateway", "TransitGateway", "TransitGatewayAttachment");

/** Sources: of each service its user guide's page on CloudWatch metrics. */
export const environmentRows: readonly EnvironmentRow[] = [
  {
    title: "What callers get: load balancers",
    graphs: [
      balancer("Requests", "RequestCount", "Sum"),
      balancer("Errors of tasks", "HTTPCode_Target_5XX_Count", "Sum"),
      balancer("Errors without a task", "HTTPCode_ELB_5XX_Count", "Sum"),
      balancer("Seconds to answer", "TargetResponseTime", "Average"),
    ],
  },
  {
    title: "What runs: services and functions",
    graphs: [
      service("CPU, per cent", "CPUUtilization", "Average"),
      service("Memory, per cent", "MemoryUtilization", "Maximum"),
      insight("Tasks", "RunningTaskCount", "Average"),
      lambda("Functions that failed", "Errors", "Sum"),
    ],
  },
  {
    title: "What waits: queues and topics",
    graphs: [
      queue("Seconds that the oldest message waits", "ApproximateAgeOfOldestMessage", "Maximum"),
      queue("Messages that wait", "ApproximateNumberOfMessagesVisible", "Maximum"),
      topic("Messages that were not delivered", "NumberOfNotificationsFailed", "Sum"),
    ],
  },
  {
    title: "What is kept: databases, tables and caches",
    graphs: [
      database("CPU, per cent", "CPUUtilization", "Average"),
      database("Connections", "DatabaseConnections", "Maximum"),
      table("Requests to tables that were refused", "ThrottledRequests", "Sum"),
      cache("CPU of caches, per cent", "EngineCPUUtilization", "Average"),
    ],
  },
  {
    title: "What goes out, and between networks",
    graphs: [
      nat("Bytes to the internet through NAT", "BytesOutToDestination", "Sum"),
      nat("Connections that NAT had no port for", "ErrorPortAllocation", "Sum"),
      attachment("Bytes into the Transit Gateway", "BytesIn", "Sum"),
      attachment("Packets that it dropped", "PacketDropCountNoRoute", "Sum"),
    ],
  },
  {
    title: "What ends: certificates",
    graphs: [of("AWS/CertificateManager", "CertificateArn")("Days left", "DaysToExpiry", "Minimum")],
  },
];

/** An expression that finds every metric of the kind, in this account and those that show theirs. */
export const searchOf = ({ namespace, dimensions, metricName, stat }: Search, seconds: number): string =>
  `SEARCH('{${[namespace, ...dimensions].join(",")}} MetricName="${metricName}"', '${stat}', ${seconds})`;
