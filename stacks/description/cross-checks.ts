/**
 * What no single value shows: ranges that overlap, names that lead nowhere, paths that two services claim.
 */
import { containsCidr, overlapCidr, parseCidr } from "cidr-tools";
import { callsChecks } from "./calls-checks";
import { dataFaults } from "./data-checks";
import { type Fault, missing, twice } from "./faults";
import { environmentHoursFaults, productHoursFaults } from "./hours-checks";
import type { WorkloadGroup } from "./in-force-types";
import { keptFaults, streamFaults } from "./kept-checks";
import { movingFaults } from "./moving-checks";
import { networkChecks } from "./network-checks";
import { subnetChecks } from "./network-subnet-checks";
import { organizationChecks } from "./organization-checks";
import { pipelineChecks } from "./pipeline-checks";
import { placements } from "./placements";
import { environmentsOf, livesIn } from "./product-places";
import { regions } from "./regions";
import { queueOf } from "./resources";
import { restoreDrillFaults } from "./restore-drill-checks";
import { runnerChecks } from "./runner-checks";
import { foreign, linkFaults, sharedFaults } from "./sharing-checks";
import { type EnvironmentName, environmentNames, type LandingZone, type Product } from "./types";
import { waysChecks } from "./ways-checks";
import { workloadChecks } from "./workload-checks";
import { workloadGroups, workloadsOf } from "./workloads";

/**
 * @param sound whether the shape (schema.ts) is free of faults. Where it is not, these checks still say what they
 *   can, so that one run shows every fault; a check that trips over a value of the wrong shape says nothing,
 *   because that value has been reported.
 */
export function crossChecks(zone: LandingZone, sound: boolean): Fault[] {
  const checks = [
    ...organizationChecks,
    ...networkChecks,
    environmentFaults,
    placementFaults,
    ...subnetChecks,
    ...pipelineChecks,
    ...runnerChecks,
    addressFaults,
    productNameFaults,
    sharedNameFaults,
    ...waysChecks,
    ...callsChecks,
    ...(Array.isArray(zone?.products) ? zone.products : []).map(
      (product: Product) => (whole: LandingZone) => productFaults(whole, product),
    ),
    ...(Array.isArray(zone?.products) ? zone.products : []).flatMap((product: Product) =>
      [dataFaults, restoreDrillFaults, productHoursFaults, ...workloadChecks].map(
        check => (whole: LandingZone) => check(whole, product),
      ),
    ),
  ];
  return checks.flatMap(check => {
    try {
      return check(zone);
    } catch (error) {
      if (sound) throw error;
      return [];
    }
  });
}

/**
 * What stacks, roles and cached images that belong to no product begin with; guardrails keep others from those roles.
 */
const platformNames = /^(organization|security|network|baseline|delivery|bases|landing-zone.*)$/;

const productNameFaults = (zone: LandingZone): Fault[] => [
  ...twice(zone.products.map((product, index) => [`products[${index}].name`, product.name])),
  ...zone.products.flatMap(({ name }) =>
    platformNames.test(name)
      ? [
          {
            path: `products.${name}.name`,
            value: name,
            problem: "is what stacks and roles of the platform are called",
          },
        ]
      : [],
  ),
];

/**
 * Roles, tables and queues are called by their product and their own name with a hyphen between: `orders-api` and
 * `v2` must not meet `orders` and `api-v2`.
 */
function sharedNameFaults(zone: LandingZone): Fault[] {
  const names = (group: WorkloadGroup | "data") =>
    zone.products.flatMap(product =>
      Object.keys(product[group] ?? {}).map(name => ({
        path: `products.${product.name}.${group}.${name}`,
        full: `${product.name}-${name}`,
        product: product.name,
      })),
    );
  return [workloadGroups.flatMap(names), names("data")].flatMap(group =>
    group.flatMap(({ path, full, product }, index) => {
      const other = group
        .slice(0, index)
        .find(earlier => earlier.full === full && earlier.product !== product);
      if (other === undefined) return [];
      return [
        { path, value: full, problem: `is what ${other.path} is called in AWS too; rename one of them` },
      ];
    }),
  );
}

const accountsOf = (zone: LandingZone) => Object.entries(zone.organization.accounts);

function environmentFaults(zone: LandingZone): Fault[] {
  return environmentNames.flatMap(name => {
    const { account, region, zones } = zone.environments[name];
    const known: readonly string[] = regions[region];
    const ids = Array.isArray(zones) ? (zones as readonly string[]) : [];
    return [
      ...missing(`environments.${name}.account`, account, "account", Object.keys(zone.organization.accounts)),
      ...ids.flatMap((id, index) =>
        known.includes(id)
          ? []
          : [
              {
                path: `environments.${name}.zones[${index}]`,
                value: id,
                problem: `is no availability zone of ${region}; it has ${known.join(", ")}`,
              },
            ],
      ),
      ...twice(ids.map((id, index) => [`environments.${name}.zones[${index}]`, id])),
      ...restoreFaults(zone, name),
      ...lenienceFaults(zone, name),
      ...environmentHoursFaults(zone, name),
    ];
  });
}

/** What would let backups in where they may never be restored, or where there are none. */
function restoreFaults({ environments }: LandingZone, name: EnvironmentName): Fault[] {
  const { restoresFrom: value, deletionProtection } = environments[name];
  if (value === undefined) return [];
  const fault = (problem: string) => [{ path: `environments.${name}.restoresFrom`, value, problem }];
  if (value === name) return fault("is the environment itself; name the one whose backups are restored here");
  if (name === "prod" || deletionProtection)
    return fault(
      `would replace what ${name} keeps, which ${name === "prod" ? "is the company's own" : "is protected against deletion"}; leave it out`,
    );
  if (environments[value].backup === undefined)
    return fault(`has no backups to restore; give environments.${value} a \`backup\`, or leave this out`);
  return [];
}

function lenienceFaults({ environments }: LandingZone, name: EnvironmentName): Fault[] {
  const { policies: value } = environments[name];
  if (value === undefined || name !== "prod") return [];
  return [
    {
      path: `environments.${name}.policies`,
      value,
      problem:
        "would make demands on prod mere advice, and customers depend on what is there; leave it out, and declare what must be let be in policies/exceptions.ts, with a reason and a day on which it ends",
    },
  ];
}

function placementFaults(zone: LandingZone): Fault[] {
  const roles = new Map(Object.entries(zone.organization.roles).map(([role, account]) => [account, role]));
  const environmentOf = new Map<string, { environment: EnvironmentName; path: string }>();
  return placements(zone).flatMap(({ path, account: value, environment }) => {
    const account = zone.organization.accounts[value];
    if (account === undefined)
      return path.startsWith("products.")
        ? missing(path, value, "account", Object.keys(zone.organization.accounts))
        : [];
    const faults: Fault[] = [];
    if (account.state === "closed")
      faults.push({
        path,
        value,
        problem:
          "is a closed account; name another, or take the environment out of the product's `environments`",
      });
    const role = roles.get(value);
    if (role !== undefined)
      faults.push({ path, value, problem: `is the ${role} account; workloads need an account of their own` });
    const earlier = environmentOf.get(value);
    if (earlier !== undefined && earlier.environment !== environment)
      faults.push({
        path,
        value,
        problem: `is an account of ${earlier.environment} by ${earlier.path}; an account belongs to one environment`,
      });
    else environmentOf.set(value, { environment, path });
    for (const key of ["addresses", "domain"] as const)
      if (account[key] === undefined && (key === "domain" || account.subnetsOf === undefined))
        faults.push({
          path: `organization.accounts.${value}.${key}`,
          value: undefined,
          problem: `is needed, because ${path} puts workloads there; for example ${key === "domain" ? `${value}.${zone.organization.domain}` : `a /16 inside ${zone.environments[environment].addresses}; or subnetsOf, to live in another account's VPC`}`,
        });
    return faults;
  });
}

function isRange(value: string | undefined): value is string {
  try {
    return value !== undefined && parseCidr(value).prefixPresent;
  } catch {
    return false;
  }
}

function addressFaults(zone: LandingZone): Fault[] {
  const environmentOf = new Map(placements(zone).map(({ account, environment }) => [account, environment]));
  const ranges = [
    [
      ...environmentNames.map(name => ({
        path: `environments.${name}.addresses`,
        value: zone.environments[name].addresses,
      })),
      { path: "network.addresses", value: zone.network.addresses },
      ...(zone.network.onPremises?.ranges ?? []).map((value, index) => ({
        path: `network.onPremises.ranges[${index}]`,
        value,
      })),
    ],
    accountsOf(zone).flatMap(([name, { addresses }]) =>
      addresses === undefined ? [] : [{ path: `organization.accounts.${name}.addresses`, value: addresses }],
    ),
  ];
  const overlaps = ranges
    .map(group => group.filter(({ value }) => isRange(value)))
    .flatMap(group =>
      group.flatMap(({ path, value }, index) =>
        group
          .slice(0, index)
          .filter(earlier => overlapCidr(earlier.value, value))
          .map(earlier => ({
            path,
            value,
            problem: `overlaps ${earlier.path}, ${earlier.value}; what is routed inside a company must be unique`,
          })),
      ),
    );
  const strays = accountsOf(zone).flatMap(([name, { addresses }]) => {
    const environment = environmentOf.get(name);
    if (!isRange(addresses) || environment === undefined) return [];
    const outer = zone.environments[environment].addresses;
    if (!isRange(outer)) return [];
    if (containsCidr(outer, addresses)) return [];
    return [
      {
        path: `organization.accounts.${name}.addresses`,
        value: addresses,
        problem: `must lie inside environments.${environment}.addresses, ${outer}`,
      },
    ];
  });
  return [...overlaps, ...strays];
}

function productFaults(zone: LandingZone, product: Product): Fault[] {
  const at = `products.${product.name}`;
  const workloads = workloadsOf(product);
  const queues = Object.entries(product.data ?? {}).flatMap(([name, resource]) =>
    resource.kind === "topic"
      ? (resource.args.deliversTo ?? []).map(
          (delivery, index) => [`${at}.data.${name}.deliversTo[${index}]`, queueOf(delivery)] as const,
        )
      : [],
  );
  return [
    ...workloads.flatMap(({ at: path, words }) => [
      ...linkFaults(zone, product, path, words),
      ...streamFaults(path, words),
    ]),
    ...keptFaults(zone, product),
    ...queues.flatMap(([path, queue]) => foreign(zone, product, path, queue)),
    ...sharedFaults(zone, product),
    ...bucketNameFaults(zone, product),
    ...movingFaults(zone, product),
    ...Object.entries(product.accounts ?? {}).flatMap(([environment, account]) =>
      livesIn(product, environment as EnvironmentName)
        ? []
        : [
            {
              path: `${at}.accounts.${environment}`,
              value: account,
              problem: `names an environment the product does not live in; add "${environment}" to its environments`,
            },
          ],
    ),
  ];
}

/** Source: Amazon S3 user guide, "General purpose bucket naming rules". */
const longestBucketName = 63;

/** A bucket's name holds the product's, its own, the account's number and the region, with hyphens between. */
function bucketNameFaults(zone: LandingZone, product: Product): Fault[] {
  const longestRegion = Math.max(
    ...environmentsOf(product).map(name => zone.environments[name].region.length),
  );
  const rest = product.name.length + "--123456789012-".length + longestRegion;
  return Object.entries(product.data ?? {}).flatMap(([name, { kind }]) =>
    kind !== "bucket" || name.length + rest <= longestBucketName
      ? []
      : [
          {
            path: `products.${product.name}.data.${name}`,
            value: name,
            problem: `makes a bucket's name of ${name.length + rest} characters, and S3 allows ${longestBucketName}; use at most ${longestBucketName - rest} here`,
          },
        ],
  );
}
