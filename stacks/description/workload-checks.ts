/** What services, jobs and functions say that only the rest of the description shows to be wrong. */
import { places } from "./by-environment";
import { memoryFault, reservedContainers } from "./container-schema";
import { type Fault, twice } from "./faults";
import { functionChecks } from "./function-checks";
import { once, type Standing, standings } from "./in-force-places";
import { jobChecks } from "./job-checks";
import { environmentsOf } from "./product-places";
import { serviceChecks } from "./service-checks";
import { foreign } from "./sharing-checks";
import type { EnvironmentName, LandingZone, Product } from "./types";
import type { Build, Container } from "./workload-types";
import { namesSecret, type Workload, workloadGroups, workloadsOf } from "./workloads";

type Check = (zone: LandingZone, product: Product) => Fault[];

export const workloadChecks: readonly Check[] = [
  nameFaults,
  overrideFaults,
  buildFaults,
  secretFaults,
  sidecarFaults,
  ownFaults,
  sizeFaults,
  ...serviceChecks,
  ...jobChecks,
  ...functionChecks,
];

/** Roles, log groups and ECS services are called `<product>-<name>`, whichever group the name is in. */
function nameFaults(_zone: LandingZone, product: Product): Fault[] {
  return [
    ...(workloadsOf(product).length === 0
      ? [
          {
            path: `products.${product.name}`,
            value: product.name,
            problem: `has neither ${workloadGroups.join(" nor ")}; give it at least one`,
          },
        ]
      : []),
    ...twice(workloadsOf(product).map(({ at, name }) => [at, name])),
  ];
}

function overrideFaults(_zone: LandingZone, product: Product): Fault[] {
  const lives = environmentsOf(product);
  return workloadsOf(product).flatMap(({ at, words: { overrides = {} } }) =>
    Object.keys(overrides).flatMap(environment =>
      lives.includes(environment as EnvironmentName)
        ? []
        : [
            {
              path: `${at}.overrides.${environment}`,
              value: environment,
              problem: `names an environment the product does not live in; it lives in ${lives.join(", ")}`,
            },
          ],
    ),
  );
}

const isBuild = (release: unknown): release is Build => typeof release === "object" && release !== null;

/** What is built is built once, and then goes from environment to environment by its digest. */
function buildFaults(_zone: LandingZone, product: Product): Fault[] {
  const [first, second] = environmentsOf(product);
  const folders = new Map<string, { folder: string; path: string }>();
  return workloadsOf(product).flatMap(({ at, name, words: { release, image = name } }) =>
    release === undefined
      ? []
      : places<string | Build>(release).flatMap(({ environment, value }): Fault[] => {
          if (!isBuild(value)) return [];
          const path = `${at}.release${environment === undefined ? "" : `.${environment}`}`;
          const example = `{ build: "${value.build}" }`;
          if (environment === undefined && second !== undefined)
            return [
              {
                path,
                value,
                problem: `is built where the product lives first, in ${first}, and elsewhere what was built there runs; say it for each: { ${first}: ${example}, ${second}: "<tag or digest>", ... }`,
              },
            ];
          if (environment !== undefined && environment !== first)
            return [
              {
                path,
                value,
                problem: `would be built anew, and would not be what was tried before; build it in ${first}, where the product lives first, and name its tag or digest here`,
              },
            ];
          const other = folders.get(image);
          if (other !== undefined && other.folder !== value.build)
            return [
              {
                path: `${path}.build`,
                value: value.build,
                problem: `is pushed to the repository ${image}, as what ${other.path} builds from ${other.folder} is; give one of them an \`image\` of its own`,
              },
            ];
          folders.set(image, { folder: value.build, path });
          return [];
        }),
  );
}

/** The value is not told: the error may be read by more people than the description. */
function secretFaults(_zone: LandingZone, product: Product): Fault[] {
  const inSettings = (path: string, settings: Readonly<Record<string, string>> = {}): Fault[] =>
    Object.keys(settings)
      .filter(namesSecret)
      .map(setting => ({
        path: `${path}.settings.${setting}`,
        value: "(not shown)",
        problem: `reads like a secret, and settings are plain for all who see the task; keep it as ${shortName(setting)}: secret({ description: "..." }) in the product's data, and use its \`read\` or \`inject\``,
      }));
  return workloadsOf(product).flatMap(({ at, words, group }) => [
    ...inSettings(at, words.settings),
    ...Object.entries(words.overrides ?? {}).flatMap(([environment, its]) =>
      inSettings(`${at}.overrides.${environment}`, its?.settings),
    ),
    ...(group === "functions"
      ? []
      : Object.entries(words.sidecars ?? {}).flatMap(([name, sidecar]) =>
          inSettings(`${at}.sidecars.${name}`, sidecar.settings),
        )),
  ]);
}

const shortName = (setting: string): string => setting.toLowerCase().replace(/_+/g, "-").replace(/-$/, "");

function sidecarFaults(zone: LandingZone, product: Product): Fault[] {
  const approved = zone.organization.images?.approvedBases ?? [];
  return workloadsOf(product).flatMap(({ at, name, group, words }) => {
    if (group === "functions") return [];
    const sidecars = Object.entries(words.sidecars ?? {});
    return [
      ...((reservedContainers as readonly string[]).includes(name)
        ? [{ path: at, value: name, problem: "is what a container beside others is called; rename it" }]
        : []),
      ...sidecars.flatMap(([sidecar, { image }]): Fault[] => [
        ...(sidecar === name
          ? [
              {
                path: `${at}.sidecars.${sidecar}`,
                value: sidecar,
                problem: "is what the container beside it is called, by the workload; rename the sidecar",
              },
            ]
          : []),
        ...(image.includes("/") && !approved.some(base => matches(base, image))
          ? [
              {
                path: `${at}.sidecars.${sidecar}.image`,
                value: image,
                problem: `is no approved base; organization.images.approvedBases has ${approved.join(", ") || "none"}`,
              },
            ]
          : []),
      ]),
    ];
  });
}

const matches = (base: string, image: string): boolean =>
  base.endsWith("/*") ? image.startsWith(base.slice(0, -1)) : image === base;

/** Where logs and measurements go is the product's own, which nobody needs to share. */
function ownFaults(zone: LandingZone, product: Product): Fault[] {
  return workloadsOf(product).flatMap(({ at, group, words }) => {
    if (group === "functions") return [];
    const { logs, telemetry } = words as Container;
    return [
      ...(logs === undefined || logs === "cloudwatch"
        ? []
        : foreign(zone, product, `${at}.logs.to`, logs.to)),
      ...(telemetry?.metrics === undefined || typeof telemetry.metrics === "string"
        ? []
        : foreign(zone, product, `${at}.telemetry.metrics`, telemetry.metrics)),
    ];
  });
}

/** Of what runs in containers: sizes that overrides have put together, and sidecars that leave nothing. */
function sizeFaults(zone: LandingZone, product: Product): Fault[] {
  return once(
    workloadsOf(product).flatMap((workload: Workload) => {
      if (workload.group === "functions") return [];
      const inForce: readonly Standing<"services" | "jobs">[] = standings(zone, product, workload);
      return inForce.flatMap(({ words: { size, sidecars }, fault, says }) => {
        const memory = memoryFault(size);
        const of = (word: "cpu" | "memory") =>
          Object.values(sidecars).reduce((sum, sidecar) => sum + (sidecar[word] ?? 0), 0);
        return [
          ...(memory !== undefined && says(["size.memory", "size.cpu"])
            ? [fault(["size.memory", "size.cpu"], memory)]
            : []),
          ...(["cpu", "memory"] as const)
            .filter(word => of(word) >= size[word])
            .map(word =>
              fault(
                [`size.${word}`],
                `leaves ${workload.name} nothing: its sidecars have ${of(word)}; take a larger size, or less for them`,
              ),
            ),
        ];
      });
    }),
  );
}
