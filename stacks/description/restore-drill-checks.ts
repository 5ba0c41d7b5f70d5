/** A restore drill, held to what the product keeps and runs, and to where backups may come. */
import type { Fault } from "./faults";
import { shortNameOf } from "./kept";
import { type Link, type Resource, resourceWord } from "./resources";
import type { RestoreDrill } from "./restore-drill-types";
import { canBeRestored, drillJob, drillOf, drillPlaces, writes } from "./restore-drills";
import type { LandingZone, Product } from "./types";
import type { Job } from "./workload-types";
import { workloadsOf } from "./workloads";

type Check = (zone: LandingZone, product: Product, words: RestoreDrill, at: string) => Fault[];

export function restoreDrillFaults(zone: LandingZone, product: Product): Fault[] {
  const { restoreDrill: words } = product;
  if (words === undefined) return [];
  const at = `products.${product.name}.restoreDrill`;
  const found = placeFaults(zone, product, words, at);
  return [
    ...found,
    ...onlyFaults(zone, product, words, at),
    ...maskingFaults(zone, product, words, at),
    ...jobFaults(zone, product, words, at),
    // What is restored is known only where it is.
    ...(found.length > 0 ? [] : checks.flatMap(check => check(zone, product, words, at))),
  ];
}

const placeFaults: Check = (zone, product, words, at) => {
  const places = drillPlaces(zone, product);
  const said = words.in;
  if (said !== undefined)
    return places.includes(said)
      ? []
      : [
          {
            path: `${at}.in`,
            value: said,
            problem: `lets no backup of ${product.name} in; say environments.${said}.restoresFrom, and an environment that the product lives in${places.length === 0 ? "" : `; ${places.join(" and ")} would do`}`,
          },
        ];
  if (places.length === 1) return [];
  return [
    {
      path: at,
      value: words.schedule,
      problem:
        places.length === 0
          ? `has nowhere to restore: of the product's environments one must say whose backups come there, for example environments.int.restoresFrom: "prod"`
          : `could be in ${places.join(" and ")}; say which with \`in\``,
    },
  ];
};

const onlyFaults: Check = (_zone, { data = {} }, { only = [] }, at) =>
  only.flatMap((name, index) => {
    const resource = data[name];
    const can = Object.entries(data).flatMap(([one, its]) => (canBeRestored(its) ? [one] : []));
    if (resource !== undefined && canBeRestored(resource)) return [];
    return [
      {
        path: `${at}.only[${index}]`,
        value: name,
        problem: `${resource === undefined ? "is nothing that the product keeps" : `is a ${resourceWord(resource)}, of which AWS Backup restores nothing`}; it can be ${can.join(", ") || "nothing"}`,
      },
    ];
  });

const maskingFaults: Check = (_zone, { dataClass }, { mask, withoutMasking }, at) => {
  if (mask !== undefined && withoutMasking !== undefined)
    return [
      {
        path: `${at}.withoutMasking`,
        value: withoutMasking,
        problem: "contradicts `mask`; leave one of them out",
      },
    ];
  if (mask !== undefined || withoutMasking !== undefined || !isSensitive(dataClass)) return [];
  return [
    {
      path: `${at}.mask`,
      value: mask,
      problem: `is needed for ${dataClass} data: the job that masks it; or say withoutMasking: "why nobody is harmed"`,
    },
  ];
};

const isSensitive = (dataClass: Product["dataClass"]): boolean =>
  dataClass === "confidential" || dataClass === "restricted";

/** The drill's jobs, with where they are named. */
const named = ({ mask, test }: RestoreDrill, at: string): (readonly [path: string, name: string])[] => [
  ...(mask === undefined ? [] : [[`${at}.mask`, mask] as const]),
  [`${at}.test`, test],
];

const jobFaults: Check = (zone, product, words, at) => {
  const { jobs = {} } = product;
  const names = new Set(workloadsOf(product).map(({ name }) => name));
  return [
    ...named(words, at).flatMap(([path, value]): Fault[] => {
      const job = jobs[value];
      if (job === undefined)
        return [
          {
            path,
            value,
            problem: `is no job of ${product.name}; it has ${Object.keys(jobs).join(", ") || "none: describe one among its `jobs`"}`,
          },
        ];
      const begun = begunBy(zone, product, words, job);
      return [
        ...(begun === undefined
          ? []
          : [
              {
                path,
                value,
                problem: `is a job that ${begun}; a drill runs one that begins only when it is asked for`,
              },
            ]),
        ...(names.has(drillJob(value))
          ? [
              {
                path,
                value,
                problem: `is run as ${drillJob(value)}, which is the name of another of the product's; rename that`,
              },
            ]
          : []),
      ];
    }),
    ...(words.mask === words.test
      ? [
          {
            path: `${at}.test`,
            value: words.test,
            problem: "is the job that masks, too; a test must see what masking has done",
          },
        ]
      : []),
  ];
};

function begunBy(zone: LandingZone, product: Product, words: RestoreDrill, job: Job): string | undefined {
  if (job.on !== undefined) return "runs on objects";
  const places = words.in === undefined ? drillPlaces(zone, product) : [words.in];
  const scheduled = places.some(place => (job.overrides?.[place]?.schedule ?? job.schedule) !== undefined);
  return scheduled ? "has a schedule" : undefined;
}

/** Components/delivery/restore-drill/thing.ts has the same number, and says why. */
const mostThings = 15;

const thingFaults: Check = (zone, product, words, at) => {
  const drill = drillOf(zone, product);
  if (drill === undefined) return [];
  const { from, to, things } = drill;
  if (things.length === 0)
    return [
      {
        path: at,
        value: words.schedule,
        problem: `has nothing to restore: ${product.name} keeps no table, bucket, database or file system; leave it out`,
      },
    ];
  if (things.length > mostThings)
    return [
      {
        path: `${at}.only`,
        value: words.only,
        problem: `leaves ${things.length} things to restore, and a drill restores at most ${mostThings}; name those`,
      },
    ];
  return things.flatMap(([name, resource]) => {
    const path = `products.${product.name}.data.${name}`;
    return [
      ...acrossRegions(zone, from, to, resource, path, name),
      ...(product.data !== undefined && drillJob(name) in product.data
        ? [
            {
              path,
              value: name,
              problem: `is restored as ${drillJob(name)} in drills, which is the name of another thing that the product keeps; rename that`,
            },
          ]
        : []),
      ...(resource.kind === "bucket" ? bucketFaults(zone, product, name, to, path) : []),
    ];
  });
};

const acrossRegions = (
  { environments }: LandingZone,
  from: keyof LandingZone["environments"],
  to: keyof LandingZone["environments"],
  { kind }: Resource,
  path: string,
  name: string,
): Fault[] =>
  (kind === "aurora" || kind === "database") && environments[from].region !== environments[to].region
    ? [
        {
          path,
          value: name,
          problem: `can not be restored in a drill: AWS Backup copies databases to another account or to another region, ${environments[to].region}, but not to both at once; name the others in restoreDrill.only`,
        },
      ]
    : [];

/** Source: Amazon S3 user guide, "General purpose bucket naming rules". */
function bucketFaults(
  { environments }: LandingZone,
  product: Product,
  name: string,
  to: keyof LandingZone["environments"],
  path: string,
): Fault[] {
  const length = `${product.name}-${name}-123456789012-${environments[to].region}-drill`.length;
  return length <= 63
    ? []
    : [
        {
          path,
          value: name,
          problem: `makes a drill's bucket with a name of ${length} characters, and S3 allows 63; use at most ${name.length - (length - 63)} here`,
        },
      ];
}

/**
 * What a drill runs may reach what was restored, and beside it only settings: all else would be int's own, which a drill
 * must not touch. A file system's id is not known before it is restored.
 */
const linkFaults: Check = (zone, product, words, at) => {
  const { jobs = {} } = product;
  const restored = new Set<Resource>(drillOf(zone, product)?.things.map(([, resource]) => resource));
  const withinReach = ({ resource, access }: Link): boolean =>
    (restored.has(resource) && resource.kind !== "fileSystem" && access !== "consume") ||
    ((resource.kind === "parameter" || resource.kind === "secret") &&
      (access === "read" || access === "inject") &&
      shortNameOf(product, resource) !== undefined);
  const uses = (job: string): readonly Link[] => jobs[job]?.uses ?? [];
  const beyond = named(words, at).flatMap(([path, value]) =>
    uses(value).flatMap(link =>
      withinReach(link)
        ? []
        : [
            {
              path,
              value,
              problem: `uses ${shortNameOf(product, link.resource) ?? "another product's"} (${resourceWord(link.resource)}, ${link.access}), which a drill does not restore, and it must touch nothing else; name a job that uses only tables, buckets and databases that are restored, and parameters and secrets`,
            },
          ],
    ),
  );
  const idle = named(words, at).flatMap(([path, value]) => {
    const wanted = (link: Link) => restored.has(link.resource) && (path.endsWith(".test") || writes(link));
    return jobs[value] === undefined || uses(value).some(wanted)
      ? []
      : [
          {
            path,
            value,
            problem: `can ${path.endsWith(".test") ? "look at" : "change"} nothing that is restored; give it a link to it in \`uses\``,
          },
        ];
  });
  return [...beyond, ...idle, ...unmasked(product, words, at, restored)];
};

/** What is sensitive and tested must have been masked. */
function unmasked(
  product: Product,
  { mask, test }: RestoreDrill,
  at: string,
  restored: ReadonlySet<Resource>,
): Fault[] {
  if (mask === undefined || !isSensitive(product.dataClass)) return [];
  const masked = new Set(product.jobs?.[mask]?.uses?.filter(writes).map(({ resource }) => resource));
  const bare = [...new Set(product.jobs?.[test]?.uses?.map(({ resource }) => resource))].filter(
    resource => restored.has(resource) && !masked.has(resource),
  );
  return bare.map(resource => ({
    path: `${at}.mask`,
    value: mask,
    problem: `can not change ${shortNameOf(product, resource)}, which ${test} looks at: ${product.dataClass} data would be tested unmasked; give it a link that writes`,
  }));
}

const checks: readonly Check[] = [thingFaults, linkFaults];
