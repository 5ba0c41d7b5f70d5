import type * as aws from "@pulumi/aws";

/** How a load balancer learns whether a task is well. */
export interface HealthRules {
  /** Default `/health`; of gRPC `/grpc.health.v1.Health/Check`. */
  readonly path?: string;
  /** Seconds between two questions, 5 to 300; default 5. */
  readonly interval?: number;
  /** Seconds to wait for the answer, 2 to 120, less than `interval`; default 3. */
  readonly timeout?: number;
  /** Good answers before a task is called, 2 to 10; default 2. */
  readonly healthy?: number;
  /** Bad answers before it is not called any more, 2 to 10; default 2. */
  readonly unhealthy?: number;
  /** Seconds that a new task has before a bad answer ends it, 0 to 1,800; default 60. */
  readonly startSeconds?: number;
}

/** HTTP's version between a load balancer and a task. */
export type TaskProtocol = "http1" | "http2" | "grpc";

/** Seconds that a new task has where nothing else is said. */
export const usualStartSeconds = 60;

/**
 * The default is as fast as an Application Load Balancer asks: every five seconds, well after two answers and ill
 * after two failures. The task is asked over TLS, at the port it is called at.
 *
 * Refused: numbers that Elastic Load Balancing does not take, and an answer awaited longer than until the next
 * question.
 * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
 */
export function healthOf(
  where: string,
  rules: HealthRules,
  protocol: TaskProtocol,
): { readonly check: aws.types.input.lb.TargetGroupHealthCheck; readonly startSeconds: number } {
  const number = (word: Exclude<keyof HealthRules, "path">, usual: number, least: number, most: number) =>
    requireWhole(`${where}.${word}`, rules[word] ?? usual, least, most);
  const interval = number("interval", 5, 5, 300);
  const timeout = number("timeout", Math.min(3, interval - 1), 2, 120);
  if (timeout >= interval)
    throw new Error(`${where}.timeout is ${timeout}; it must be less than the interval, ${interval}`);
  const path = rules.path ?? (protocol === "grpc" ? "/grpc.health.v1.Health/Check" : "/health");
  if (!/^\/\S{0,1023}$/.test(path))
    throw new Error(`${where}.path is "${path}"; it must begin with / and have at most 1,024 characters`);
  return {
    check: {
      protocol: "HTTPS",
      path,
      // A gRPC server answers with a gRPC status: 0 is OK.
      matcher: protocol === "grpc" ? "0" : "200",
      interval,
      timeout,
      healthyThreshold: number("healthy", 2, 2, 10),
      unhealthyThreshold: number("unhealthy", 2, 2, 10),
    },
    startSeconds: number("startSeconds", usualStartSeconds, 0, 1_800),
  };
}

export function requireWhole(where: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`${where} is ${value}; it must be a whole number from ${least} to ${most}`);
  return value;
}
