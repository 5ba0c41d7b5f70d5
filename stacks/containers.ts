/** What a service or job of the description comes to in ECS, wherever it runs: its image, settings, permissions and company. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { cachedAs } from "../components/compute/approved-bases";
import { imageReference } from "../components/compute/image-reference";
import type { LogRouting } from "../components/compute/sidecars/log-router";
import type { SidecarArgs } from "../components/compute/sidecars/own";
import type { TelemetryArgs } from "../components/compute/sidecars/telemetry-collector";
import type { TaskDefinitionArgs } from "../components/compute/task-definition";
import type { TaskSecurityGroupArgs } from "../components/compute/task-security-group";
import { searchPort } from "../components/data/search-access";
import { readMetrics } from "../components/observability/read-metrics";
import type { EnvironmentName, LandingZone, Product, Resource } from "./description";
import { urlSetting } from "./description/calls";
import type { ContainerInForce, SidecarInForce } from "./description/in-force-types";
import { shortNameOf } from "./description/kept";
import { resourceName, type Where } from "./kinds";
import type { Linked } from "./links";
import type { PersistentOutputs } from "./persistent";
import { keyAlias, logGroupName, repositoryName } from "./product-names";
import type { Received, Upstream } from "./references";
import { releasedImage } from "./releases";
import { directSettings } from "./task-names";
import { type Door, usesOf } from "./uses";

/** Where the workloads of one product run, and what they find there. */
export interface RunningPlace {
  readonly zone: LandingZone;
  readonly product: Product;
  readonly environment: { readonly name: EnvironmentName; readonly shell?: "allowed" | "breakGlass" };
  readonly where: Where;
  readonly kept: Received<PersistentOutputs>;
  readonly upstream: Upstream;
  readonly provider: aws.Provider;
  /** What it calls of products in other accounts. */
  readonly linked: Linked;
}

type Calls = NonNullable<TaskSecurityGroupArgs["calls"]>;

/** What tasks of a workload are made of, and what they call over the network. */
export type ContainerArgs = Omit<TaskDefinitionArgs, "port" | "command" | "tlsProxy"> & {
  readonly calls: Calls;
};

export function containerArgs(place: RunningPlace, workload: string, words: ContainerInForce): ContainerArgs {
  const { zone, product, where, linked } = place;
  const { at } = where;
  const { settings, doors, mounts, ...uses } = usesOf(zone, product, words.uses, where);
  const repository = repositoryName(product, words.image);
  const routing = logRouting(place, words);
  return {
    ...uses,
    product: product.name,
    workload,
    at,
    image: releasedImage(place, { ...words, workload, repository }),
    repositories: [
      repository,
      ...Object.values(words.sidecars).map(({ image }) => repositoryOfSidecar(product, image)),
    ],
    ...words.size,
    architecture: words.architecture === "arm64" ? "ARM64" : "X86_64",
    ...(words.storage === 20 ? {} : { storageGiB: words.storage }),
    environment: {
      ...settings,
      ...linked.settings,
      ...directSettings(product, workload, where),
      ...words.settings,
    },
    statements: [...uses.statements, ...(words.observes === undefined ? [] : readMetrics(at))],
    calls: { ...callsOf(place, doors), ...linked.calls, ...logCalls(place, words) },
    mounts: mountsOf(place, mounts),
    logGroup: { name: logGroupName(product, workload) },
    sidecars: Object.fromEntries(
      Object.entries(words.sidecars).map(([name, sidecar]) => [name, sidecarArgs(place, sidecar)]),
    ),
    ...(routing === undefined ? {} : { logs: routing }),
    ...(words.telemetry === undefined
      ? {}
      : {
          telemetry: {
            traces: words.telemetry.traces,
            ...(words.telemetry.metrics === undefined
              ? {}
              : { metrics: metricsTo(place, workload, words.telemetry.metrics) }),
          },
        }),
  };
}

function nameOf({ product, where }: RunningPlace, resource: Resource): string {
  const name = shortNameOf(product, resource);
  if (name === undefined) throw new Error(`the product ${product.name} does not keep the ${resource.kind}`);
  return resourceName(product, name, resource, where);
}

/** A service of the product takes them where the Prometheus that it is does. */
const metricsTo = (
  place: RunningPlace,
  workload: string,
  metrics: NonNullable<NonNullable<ContainerInForce["telemetry"]>["metrics"]>,
): NonNullable<TelemetryArgs["metrics"]> =>
  typeof metrics === "string"
    ? { url: `${directSettings(place.product, workload, place.where)[urlSetting(metrics)]}/api/v1/write` }
    : { workspaceName: nameOf(place, metrics) };

/** A public registry's image is the account's own copy of it. */
const repositoryOfSidecar = (product: Product, image: string): string =>
  image.includes("/") ? cachedAs(image).repository : repositoryName(product, image);

const sidecarArgs = (
  { product, where }: RunningPlace,
  { image, release, settings, ...words }: SidecarInForce,
): SidecarArgs => ({
  ...words,
  image: imageReference(where.at, repositoryOfSidecar(product, image), release),
  environment: settings,
});

function logRouting(place: RunningPlace, { logs }: ContainerInForce): LogRouting | undefined {
  if (logs === "cloudwatch") return undefined;
  return logs.to.kind === "bucket"
    ? { kind: "bucket", bucketName: nameOf(place, logs.to), keyAlias: keyAlias(place.product, "data") }
    : { kind: "search", domainName: nameOf(place, logs.to) };
}

/** A search domain is called over the network, by whatever sends it logs too. */
function logCalls(place: RunningPlace, { logs }: ContainerInForce): Calls {
  if (logs === "cloudwatch" || logs.to.kind !== "search") return {};
  const name = shortNameOf(place.product, logs.to) as string;
  return callsOf(place, [{ product: place.product.name, name, port: searchPort }]);
}

const keeperOf = ({ upstream, environment }: RunningPlace, { product: keeper }: Pick<Door, "product">) =>
  upstream.outputsOf<PersistentOutputs>(`${keeper}-persistent-${environment.name}`);

const wordFor = (
  { product }: Pick<RunningPlace, "product">,
  { product: keeper, name }: Pick<Door, "product" | "name">,
) => (keeper === product.name ? name : `${keeper}-${name}`);

/** What is called over the network, by the short name of each. */
export const callsOf = (place: RunningPlace, doors: readonly Door[]): Calls =>
  Object.fromEntries(
    doors.map(door => [
      wordFor(place, door),
      {
        port: door.port,
        securityGroupId: keeperOf(place, door).securityGroupIds.apply(
          ids => ids[door.name] as string,
        ) as pulumi.Output<string>,
      },
    ]),
  );

const mountsOf = (
  place: RunningPlace,
  mounts: ReturnType<typeof usesOf>["mounts"],
): NonNullable<TaskDefinitionArgs["mounts"]> =>
  Object.fromEntries(
    mounts.map(({ path, readOnly, ...its }) => {
      const of = (key: "fileSystemId" | "accessPointId") =>
        keeperOf(place, its).fileSystems.apply(systems => systems?.[its.name]?.[key] as string);
      return [
        wordFor(place, its),
        { path, readOnly, fileSystemId: of("fileSystemId"), accessPointId: of("accessPointId") },
      ];
    }),
  );
