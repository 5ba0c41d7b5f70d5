/** A workload's words in one environment, with what holds where nothing is said. */
import type { Link } from "./resources";
import type {
  Asleep,
  Build,
  Health,
  Job,
  LambdaFunction,
  LifecycleStage,
  LogRoute,
  PlannedScaling,
  Scaling,
  Service,
  Sidecar,
  TaskSize,
  Telemetry,
} from "./workload-types";

export type WorkloadGroup = "services" | "jobs" | "functions";

export interface InForce<Words> {
  readonly words: Words;
  /**
   * By path in `words` (`scaling.max`; a list, a resource and an object without words are one): the path in the
   * description where it is said, such as `products.orders.services.api.overrides.prod.scaling.max` or
   * `environments.prod.service.size.cpu`; or `default`.
   */
  readonly sources: Readonly<Record<string, string>>;
}

export interface WordsInForce {
  readonly services: ServiceInForce;
  readonly jobs: JobInForce;
  readonly functions: FunctionInForce;
}

type Settled<T> = { readonly [K in keyof T]-?: T[K] };
type SettledIn<T, K extends keyof T> = Omit<T, K> & Settled<Pick<T, K>>;
type Named<T> = Readonly<Record<string, T>>;

export interface ContainerInForce {
  readonly image: string;
  readonly release: string | Build;
  readonly architecture: "arm64" | "x86_64";
  readonly size: TaskSize;
  /** GiB. 20 is what every task has, and must not be asked for. */
  readonly storage: number;
  readonly settings: Named<string>;
  readonly uses: readonly Link[];
  readonly sidecars: Named<SidecarInForce>;
  readonly logs: LogRoute;
  readonly telemetry?: SettledIn<Telemetry, "traces">;
  readonly observes?: "cloudwatch";
}

export interface SidecarInForce extends Omit<SettledIn<Sidecar, "settings" | "essential">, "release"> {
  /** Tag or digest. */
  readonly release: string;
}

export interface ServiceInForce
  extends ContainerInForce,
    Pick<
      Service,
      | "port"
      | "tls"
      | "path"
      | "host"
      | "methods"
      | "headers"
      | "priority"
      | "network"
      | "sticky"
      | "objective"
      | "alwaysOn"
    > {
  readonly public: boolean;
  readonly calledBy: readonly string[];
  readonly protocol: "http1" | "http2" | "grpc";
  /** Of what an Application Load Balancer calls, and where a Network Load Balancer is told what to ask. */
  readonly health?: Settled<Health>;
  /** Seconds. */
  readonly drain: number;
  readonly scaling: ScalingInForce;
  readonly spot: number;
  readonly capacity: "fargate" | "instances";
  readonly deployment: DeploymentInForce;
}

export interface ScalingInForce extends Omit<SettledIn<Scaling, "planned">, "steps" | "planned" | "asleep"> {
  /** Where there are neither `targets` nor a `backlog`, always. */
  readonly steps?: Settled<NonNullable<Scaling["steps"]>>;
  readonly planned: Named<Settled<PlannedScaling>>;
  readonly asleep?: Settled<Asleep>;
}

interface ShiftingInForce {
  readonly bakeMinutes: number;
  readonly hooks: Readonly<Partial<Record<LifecycleStage, string>>>;
}

export type DeploymentInForce =
  | { readonly strategy: "rolling" }
  | ({ readonly strategy: "blueGreen" } & ShiftingInForce)
  | ({
      readonly strategy: "canary" | "linear";
      readonly percent: number;
      readonly minutes: number;
    } & ShiftingInForce);

export interface JobInForce extends ContainerInForce, Pick<Job, "schedule" | "on" | "command"> {
  readonly timezone: string;
  readonly timeoutMinutes: number;
  readonly retries: number;
  readonly parallel: boolean;
}

export interface FunctionInForce
  extends Pick<LambdaFunction, "code" | "schedule" | "on" | "from" | "concurrency"> {
  /** The repository, where it is made from an image. */
  readonly image?: string;
  readonly release?: string | Build;
  readonly architecture: "arm64" | "x86_64";
  readonly memory: number;
  readonly timeout: number;
  readonly settings: Named<string>;
  readonly uses: readonly Link[];
  readonly timezone: string;
}
