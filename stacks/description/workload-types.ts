/** The words for what a product runs: services, jobs and functions. A word that is left out means what it says here. */
import type { ByEnvironment, EnvironmentName } from "./by-environment";
import type { Bucket, Link, Prometheus, Queue, Search, Stream } from "./resources";

/** An image's tag in the product's repository, its digest (`sha256:` and 64 digits), or what it is built from. */
export type Release = ByEnvironment<string | Build>;

/** Built from a directory with a Dockerfile, and pushed; only where the product lives first, which later ones get it from. */
export interface Build {
  /** From the project's folder: `./services/api`. */
  readonly build: string;
}

/** What runs in containers on ECS. */
export interface Container {
  /** The repository, below the product's; default: its own name. */
  readonly image?: string;
  readonly release: Release;
  /** Default: `arm64`. */
  readonly architecture?: "arm64" | "x86_64";
  /** Default: the environment's. */
  readonly size?: TaskSize;
  /** GiB of disk that a task on Fargate has while it runs, 21 to 200; default: the 20 that every task has. */
  readonly storage?: number;
  /** Plain settings. Secrets are links in `uses`; what is called like one is refused here. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The product's resources it may use; it can reach no other. */
  readonly uses?: readonly Link[];
  /** Containers that run beside it, by a short name. */
  readonly sidecars?: Readonly<Record<string, Sidecar>>;
  /** Where its logs go, by a Fluent Bit beside it; default: to its own group of CloudWatch Logs, without one. */
  readonly logs?: LogRoute;
  /** An OpenTelemetry collector beside it, which takes OTLP at http://localhost:4318 and :4317. Default: none. */
  readonly telemetry?: Telemetry;
  /**
   * May read the metrics that CloudWatch has of the whole account, whoever's they are, and the tags of what they are of:
   * for an exporter, or a Grafana. Default: nothing.
   */
  readonly observes?: "cloudwatch";
}

/** A container beside another. It has the task's role and its network, and the same restrictions. */
export interface Sidecar {
  /** A repository of the product, or an approved base: `public.ecr.aws/...`. */
  readonly image: string;
  /** Tag or digest; never `latest`. */
  readonly release: ByEnvironment<string>;
  readonly command?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** CPU units and MiB of the task's own that it may have; default: what is left. */
  readonly cpu?: number;
  readonly memory?: number;
  /** The task ends when it ends. Default true. */
  readonly essential?: boolean;
}

export type LogRoute = "cloudwatch" | { readonly to: Bucket | Search };

export interface Telemetry {
  /** To AWS X-Ray. Default true. */
  readonly traces?: boolean;
  /**
   * By remote write: to a workspace that the product keeps, or to a Prometheus of the team's own, which is a service of
   * the product that is `calledBy` this one.
   */
  readonly metrics?: Prometheus | string;
}

/** Runs all the time. With a `path` it is called through the load balancer; without, it is a worker. */
export interface Service extends Container {
  /** Where it listens, with TLS; needed with `path`. */
  readonly port?: number;
  /**
   * Who speaks TLS there: default the service itself, with any certificate. Or a proxy beside it, which makes itself a
   * certificate when it starts and hands on to the port of localhost that is named here.
   */
  readonly tls?: { readonly proxyTo: number };
  /** What it answers: `/orders` and everything below as `/orders/*`. `*` and `?` are wildcards. */
  readonly path?: string;
  /**
   * Answers at this name below the product's, `<host>.<product>.<domain>`, and at no other; services of the product
   * without one then answer at the product's names only. Needs `path`.
   */
  readonly host?: string;
  /** Answers only these methods; the same path may then be answered otherwise by another service. */
  readonly methods?: readonly ("GET" | "HEAD" | "OPTIONS" | "PUT" | "POST" | "PATCH" | "DELETE")[];
  /** Answers only requests whose headers have one of these values each. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** Only where two services fall on one place of the load balancer: the error says which is free. */
  readonly priority?: number;
  /** Called through the product's public load balancer too. Default false. */
  readonly public?: boolean;
  /**
   * Called through a Network Load Balancer at `<service>.<product>.<domain>`, for gRPC and other protocols than HTTP:
   * which ends TLS, or passes it through for the service to end.
   */
  readonly network?: "tls" | { readonly passthrough: string };
  /**
   * Services and jobs of the same product that call this one directly, without a load balancer: they get
   * `<SERVICE>_URL`, and nobody else is let in. Needs `port`.
   */
  readonly calledBy?: readonly string[];
  /** HTTP version from the load balancer to the task; default `http1`. */
  readonly protocol?: "http1" | "http2" | "grpc";
  /**
   * What the load balancer asks to learn whether a task is well; default `/health`, for gRPC the health service. With
   * `network`: default nothing, it connects.
   */
  readonly health?: string | Health;
  /** Seconds for which a client's requests go to the same task, 1 to 604,800; default: to any. */
  readonly sticky?: number;
  /** Seconds that a task which is to stop still has for what it has begun, 1 to 110; default 30. */
  readonly drain?: number;
  /** Laid over the environment's. */
  readonly scaling?: Scaling;
  /** Why it, and the databases it uses, do not stop outside the environments' `hours`, in at least 20 characters. */
  readonly alwaysOn?: string;
  /**
   * Per cent of the tasks above the least that run on Fargate Spot, which AWS may take away; default: the environment's.
   * Not with `instances`.
   */
  readonly spot?: number;
  /** Default `fargate`. `instances`: those of the product, which must then have some. */
  readonly capacity?: "fargate" | "instances";
  /** How a new release takes over; default: the environment's for services with a `path`, else rolling, a task at a time. */
  readonly deployment?: Deployment;
  /** What its callers may expect; who is told is told when it is being missed, before it is. Default: none. */
  readonly objective?: Objective;
  /** What is otherwise in one environment. */
  readonly overrides?: Overrides<
    Pick<
      Service,
      "size" | "storage" | "settings" | "scaling" | "spot" | "capacity" | "deployment" | "objective"
    >
  >;
}

export interface Health {
  /** Default `/health`. */
  readonly path?: string;
  /** Seconds between two questions, 5 to 300; default 5. */
  readonly interval?: number;
  /** Seconds to wait for the answer, 2 to 120, less than `interval`; default 3, or one less than the interval. */
  readonly timeout?: number;
  /** Good answers before a task is called, and bad ones before it is not any more; 2 to 10; default 2. */
  readonly healthy?: number;
  readonly unhealthy?: number;
  /** Seconds that a new task has before a bad answer ends it, 0 to 1,800; default 60. */
  readonly startSeconds?: number;
}

/** Without `steps`, `targets` and `backlog`: a task more above 35 per cent of CPU, one less below 5. */
export interface Scaling {
  /** Tasks; it starts with the least. None at all only with `backlog`. */
  readonly min: number;
  readonly max: number;
  /** Of average CPU, in per cent: above, this many tasks more within a minute; below, as many less after ten. */
  readonly steps?: { readonly above: number; readonly below: number; readonly by?: number };
  /** Kept near these: average CPU and memory, in per cent, and requests a task a minute. */
  readonly targets?: { readonly cpu?: number; readonly memory?: number; readonly requests?: number };
  /** Messages of a queue that each task may have before it. */
  readonly backlog?: { readonly queue: Queue; readonly perTask: number };
  /** Other bounds from a time on, by a short name: `{ morning: { at: "cron(0 7 ? * MON-FRI *)", min: 4, max: 12 } }`. */
  readonly planned?: Readonly<Record<string, PlannedScaling>>;
  /** No tasks at all at night, from an hour to another: `{ from: "20:00", until: "06:30" }`. */
  readonly asleep?: Asleep;
}

export interface PlannedScaling {
  /** A `cron(...)` or `at(...)` expression of Application Auto Scaling. */
  readonly at: string;
  /** As in the IANA database; default `UTC`. */
  readonly timezone?: string;
  readonly min: number;
  readonly max: number;
}

export interface Asleep {
  readonly from: string;
  readonly until: string;
  /** As in the IANA database; default `UTC`. */
  readonly timezone?: string;
  /** From Friday evening until Monday morning too. Default true. */
  readonly weekends?: boolean;
}

/**
 * `blueGreen`: the new release gets all requests at once, when it has been tested at the test listener; `canary`: a
 * part first; `linear`: part by part. The old one stays until `bakeMinutes` are over, and takes over again when an
 * alarm goes off. All but `rolling` need a `path`.
 */
export type Deployment =
  | { readonly strategy: "rolling" }
  | ({ readonly strategy: "blueGreen" } & Shifting)
  | ({
      readonly strategy: "canary";
      /** Of requests, 0.1 to 99.9; default 10. */
      readonly percent?: number;
      /** Minutes before the rest follows, 1 to 1,440; default 10. */
      readonly minutes?: number;
    } & Shifting)
  | ({
      readonly strategy: "linear";
      /** Of requests at a time, 3 to 50; default 20. */
      readonly percent?: number;
      /** Minutes between two parts, 1 to 1,440; default 3. */
      readonly minutes?: number;
    } & Shifting);

export interface Shifting {
  /** Minutes for which the old release stays after all requests have gone to the new one, 0 to 1,440; default 10. */
  readonly bakeMinutes?: number;
  /** Functions of the product that ECS asks at a stage; what they refuse is rolled back. */
  readonly hooks?: Readonly<Partial<Record<LifecycleStage, string>>>;
}

export type LifecycleStage =
  | "preScaleUp"
  | "postScaleUp"
  | "testTrafficShift"
  | "postTestTrafficShift"
  | "productionTrafficShift"
  | "postProductionTrafficShift";

export interface Objective {
  /** Per cent of requests within 28 days that are not answered by 5xx: 90 to 99.99. */
  readonly availability: number;
  /** Of requests, this per cent is answered within so many milliseconds. */
  readonly latency?: { readonly percent: number; readonly milliseconds: number };
}

/** Runs and ends: on a schedule, when an object arrives, or only when somebody says `lz run`. */
export interface Job extends Container {
  /** `rate(1 hour)`, or `cron(...)` of EventBridge Scheduler. */
  readonly schedule?: string;
  /** Of the schedule, as in the IANA database; default `UTC`. */
  readonly timezone?: string;
  /** `incoming.put("camt/")`: the container gets OBJECT_BUCKET and OBJECT_KEY. */
  readonly on?: ObjectCreated;
  /** Replaces the image's command. */
  readonly command?: readonly string[];
  /** It is stopped after so many minutes, 1 to 10,080; default 60. */
  readonly timeoutMinutes?: number;
  /** Runs after one that failed, 0 to 10; default 2. */
  readonly retries?: number;
  /** Several runs at once. Default: true for objects; else false, and what would be a second run is left out. */
  readonly parallel?: boolean;
  /** What is otherwise in one environment. */
  readonly overrides?: Overrides<
    Pick<Job, "size" | "storage" | "settings" | "schedule" | "timeoutMinutes" | "retries">
  >;
}

/** An object has been put into a bucket of the product; see `Bucket.put`. */
export interface ObjectCreated {
  readonly objectCreated: Bucket;
  /** What its key begins with. */
  readonly prefix?: string;
}

/** A Lambda function: for little work that begins now and then. */
export interface LambdaFunction {
  /** Of an image in the product's repository, as services have it. Either this, or `code`. */
  readonly release?: Release;
  /** Default: the function's own name. */
  readonly image?: string;
  /** A folder of JavaScript or Python, from the project's. */
  readonly code?: FunctionCode;
  /** Default `arm64`. */
  readonly architecture?: "arm64" | "x86_64";
  /** MiB, 128 to 10,240; default 512. */
  readonly memory?: number;
  /** Seconds, 1 to 900; default 30. */
  readonly timeout?: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly uses?: readonly Link[];
  readonly schedule?: string;
  readonly timezone?: string;
  readonly on?: ObjectCreated;
  /**
   * Messages or records that it handles in batches; it gets the right to read them by this. A queue must hide a message
   * for six times the function's `timeout`.
   */
  readonly from?: Queue | Stream;
  /** How many run at once at most, 1 to 1,000; default: as many as the account allows. */
  readonly concurrency?: number;
  readonly overrides?: Overrides<
    Pick<LambdaFunction, "memory" | "timeout" | "settings" | "schedule" | "concurrency">
  >;
}

export interface FunctionCode {
  /** For example `./functions/verify`. */
  readonly folder: string;
  /** For example `index.handler`. */
  readonly handler: string;
  readonly runtime: "nodejs22.x" | "nodejs24.x" | "python3.13" | "python3.14";
}

/** EC2 instances of a product's cluster, for what Fargate does not have. Nobody logs in to them; they come and go. */
export interface Instances {
  /** For example `m7g.large`; its architecture is that of the services on them. */
  readonly instanceType: string;
  /** How many there are at most; default 4. */
  readonly max?: number;
  /** Default `bottlerocket`. */
  readonly image?: "bottlerocket" | "amazon-linux";
}

/** Fargate's sizes. CPU in units of a 1,024th vCPU, memory in MiB. */
export interface TaskSize {
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096 | 8192 | 16384;
  readonly memory: number;
}

/** By environment: only what differs there. Lists are replaced, all else is laid over. */
export type Overrides<T> = Readonly<Partial<Record<EnvironmentName, Over<T>>>>;

type Over<T> = T extends readonly unknown[] | Queue
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Over<T[K]> }
    : T;
