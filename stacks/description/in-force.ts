/**
 * What is in force in one environment: what the language holds by default, over that what the environment says of
 * services, then the workload's own words, and on top its overrides for that environment.
 */
import { type EnvironmentName, inEnvironment, places } from "./by-environment";
import { asleepOutside } from "./hours";
import type { InForce, WordsInForce, WorkloadGroup } from "./in-force-types";
import { isDefault, type Layer, laidOver } from "./laid-over";
import type { LandingZone, Product } from "./types";
import type { Health, Job, LambdaFunction, Scaling, Service } from "./workload-types";

export type * from "./in-force-types";

/** What holds where nothing is said; what depends on other words is in `dependent`. */
export const defaults = {
  container: {
    architecture: "arm64",
    storage: 20,
    settings: {},
    uses: [],
    sidecars: {},
    logs: "cloudwatch",
  },
  service: {
    public: false,
    calledBy: [],
    protocol: "http1",
    drain: 30,
    spot: 0,
    capacity: "fargate",
    deployment: { strategy: "rolling" },
    scaling: { planned: {} },
  },
  job: { timezone: "UTC", timeoutMinutes: 60, retries: 2, parallel: false },
  function: { architecture: "arm64", memory: 512, timeout: 30, settings: {}, uses: [], timezone: "UTC" },
  sidecar: { settings: {}, essential: true },
  telemetry: { traces: true },
  health: { path: "/health", interval: 5, timeout: 3, healthy: 2, unhealthy: 2, startSeconds: 60 },
  /** Source: gRPC, "GRPC Health Checking Protocol". */
  grpcHealthPath: "/grpc.health.v1.Health/Check",
  steps: { above: 35, below: 5, by: 1 },
  planned: { timezone: "UTC" },
  asleep: { timezone: "UTC", weekends: true },
  deployment: {
    rolling: {},
    blueGreen: { bakeMinutes: 10, hooks: {} },
    canary: { percent: 10, minutes: 10, bakeMinutes: 10, hooks: {} },
    linear: { percent: 20, minutes: 3, bakeMinutes: 10, hooks: {} },
  },
} as const;

type Words = Readonly<Record<string, unknown>>;
/** Words of any workload. */
type Said = Omit<Partial<Service> & Partial<Job> & Partial<LambdaFunction>, "overrides"> & {
  readonly overrides?: Readonly<Partial<Record<EnvironmentName, Words>>>;
};

/** @throws {Error} for a workload that the product does not have. */
export function inForce<G extends WorkloadGroup>(
  zone: LandingZone,
  product: Product,
  group: G,
  name: string,
  environment: EnvironmentName,
): InForce<WordsInForce[G]>;
export function inForce(
  zone: LandingZone,
  product: Product,
  group: WorkloadGroup,
  name: string,
  environment: EnvironmentName,
): InForce<unknown> {
  const own = product[group]?.[name] as Said | undefined;
  if (own === undefined) throw new Error(`${product.name} has no ${name} among its ${group}`);
  const from = `products.${product.name}.${group}.${name}`;
  const { overrides, ...words } = own;
  const said: Layer[] = [
    ...ofEnvironment(zone, group, own, environment),
    ...atNight(zone, product, group, own, environment),
    { value: inOne(words, environment), from },
    { value: overrides?.[environment], from: `${from}.overrides.${environment}` },
  ];
  const so = laidOver(said);
  const settled = (so?.value ?? {}) as Said;
  const result = laidOver([
    { value: independent(group, name, settled) },
    { value: dependent(group, settled) },
    { value: settled, from: "said" },
  ]);
  const sourceOf = (path: string) =>
    hoursWord(exactly(words, path, so?.sources[path] ?? from, environment), environment);
  return {
    words: result?.value,
    sources: Object.fromEntries(
      Object.entries(result?.sources ?? {}).map(([path, source]) => [
        path,
        isDefault(source) ? source : sourceOf(path),
      ]),
    ),
  };
}

/** What the environment says of services: of jobs, too, their size. */
function ofEnvironment(
  zone: LandingZone,
  group: WorkloadGroup,
  { path, capacity = "fargate", overrides }: Said,
  environment: EnvironmentName,
): Layer[] {
  const { size, scaling, spot, deployment } = zone.environments[environment].service;
  const from = `environments.${environment}.service`;
  if (group === "functions") return [];
  if (group === "jobs") return [{ value: { size }, from }];
  const onFargate = (overrides?.[environment]?.["capacity"] ?? capacity) === "fargate";
  // What has no load balancer has nothing that could be shifted.
  return [
    { value: { size, scaling, spot: onFargate ? spot : undefined, deployment: path && deployment }, from },
  ];
}

/** What services do outside the environment's hours that say nothing of the night themselves. */
function atNight(
  { environments }: LandingZone,
  product: Product,
  group: WorkloadGroup,
  { scaling, alwaysOn = product.alwaysOn }: Said,
  environment: EnvironmentName,
): Layer[] {
  const { hours } = environments[environment];
  return group !== "services" ||
    hours === undefined ||
    alwaysOn !== undefined ||
    scaling?.asleep !== undefined
    ? []
    : [{ value: { scaling: { asleep: asleepOutside(hours) } }, from: `environments.${environment}.hours` }];
}

/** Where `asleepOutside` has a word from. */
function hoursWord(source: string, environment: EnvironmentName): string {
  const hours = `environments.${environment}.hours`;
  const words = { from: "stop", until: "start", weekends: "days", timezone: "timezone" } as const;
  const word = Object.entries(words).find(([night]) => source === `${hours}.scaling.asleep.${night}`)?.[1];
  return word === undefined ? source : `${hours}.${word}`;
}

/** With the releases of one environment, and a path of health as an object. */
const inOne = ({ release, sidecars, health, ...words }: Said, environment: EnvironmentName): Words => ({
  ...words,
  release: release && inEnvironment(release, environment),
  sidecars:
    sidecars &&
    Object.fromEntries(
      Object.entries(sidecars).map(([name, sidecar]) => [
        name,
        { ...sidecar, release: inEnvironment(sidecar.release, environment) },
      ]),
    ),
  health: typeof health === "string" ? { path: health } : health,
});

/** Where what `inOne` has changed is written. */
function exactly(words: Said, path: string, source: string, environment: EnvironmentName): string {
  if (path === "health.path" && typeof words.health === "string") return source.replace(/\.path$/, "");
  const [, sidecar] = /^sidecars\.([^.]+)\.release$/.exec(path) ?? [];
  const release = path.startsWith("release") ? words.release : sidecar && words.sidecars?.[sidecar]?.release;
  if (release === undefined || places(release)[0]?.environment === undefined) return source;
  return source.replace(/\.release(?=\.build$|$)/, `.release.${environment}`);
}

function independent(group: WorkloadGroup, name: string, { release }: Said): Words {
  switch (group) {
    case "services":
      return { image: name, ...defaults.container, ...defaults.service };
    case "jobs":
      return { image: name, ...defaults.container, ...defaults.job };
    case "functions":
      return { ...defaults.function, image: release === undefined ? undefined : name };
  }
}

/** Defaults of words that are there only with others, or that others change. */
function dependent(group: WorkloadGroup, said: Said): Words {
  if (group === "functions") return {};
  const { sidecars, telemetry, on } = said;
  return {
    ...(group === "services" ? ofService(said) : { parallel: on === undefined ? undefined : true }),
    sidecars: sidecars && each(sidecars, defaults.sidecar),
    telemetry: telemetry && defaults.telemetry,
  };
}

function ofService({ path, network, protocol, health, scaling, deployment }: Said): Words {
  const { interval = defaults.health.interval } = (health ?? {}) as Health;
  const { steps, targets, backlog, planned, asleep } = scaling ?? ({} as Partial<Scaling>);
  return {
    health:
      // A Network Load Balancer connects and asks nothing, unless it is told what.
      path === undefined && (network === undefined || health === undefined)
        ? undefined
        : {
            ...defaults.health,
            ...(protocol === "grpc" ? { path: defaults.grpcHealthPath } : {}),
            timeout: Math.min(defaults.health.timeout, interval - 1),
          },
    scaling: {
      steps: [targets, backlog].some(Boolean) ? steps && { by: defaults.steps.by } : defaults.steps,
      planned: planned && each(planned, defaults.planned),
      asleep: asleep && defaults.asleep,
    },
    deployment: deployment && {
      strategy: deployment.strategy,
      ...defaults.deployment[deployment.strategy],
    },
  };
}

const each = (named: Words, value: Words): Words =>
  Object.fromEntries(Object.keys(named).map(name => [name, value]));
