/** What is to stop at night, held to what is needed then. */
import type { Fault } from "./faults";
import { hoursUnread, isStopped } from "./hours";
import { inForce } from "./in-force";
import { once, standings } from "./in-force-places";
import { ownerOf, shortNameOf } from "./kept";
import { fallsWithin } from "./open-hours";
import { environmentsOf } from "./product-places";
import type { EnvironmentName, Hours, LandingZone, Product } from "./types";
import type { Asleep } from "./workload-types";
import { type Using, workloadsOf } from "./workloads";

export function environmentHoursFaults({ environments }: LandingZone, name: EnvironmentName): Fault[] {
  const { hours, service } = environments[name];
  if (hours === undefined) return [];
  const { asleep } = service.scaling;
  return [
    ...(name === "prod"
      ? [
          {
            path: "environments.prod.hours",
            value: shown(hours),
            problem:
              "would stop what customers depend on; leave it out, and let single services sleep by scaling.asleep",
          },
        ]
      : []),
    ...(asleep === undefined
      ? []
      : [
          {
            path: `environments.${name}.service.scaling.asleep`,
            value: `from ${asleep.from} until ${asleep.until}`,
            problem: `says again when services sleep, beside environments.${name}.hours, which stops databases too; leave this out`,
          },
        ]),
  ];
}

const shown = ({ start, stop, days = "MON-FRI", timezone = "UTC" }: Hours): string =>
  `${start} to ${stop} ${days}, ${timezone}`;

export function productHoursFaults(zone: LandingZone, product: Product): Fault[] {
  return once([
    ...needlessFaults(zone, product),
    ...serviceFaults(zone, product),
    ...nightRunFaults(zone, product),
    ...messageFaults(zone, product),
  ]);
}

/** Environments of the product that have hours. */
const held = (zone: LandingZone, product: Product) =>
  environmentsOf(product).flatMap(environment => {
    const { hours } = zone.environments[environment];
    return hours === undefined ? [] : [{ environment, hours }];
  });

function needlessFaults(zone: LandingZone, product: Product): Fault[] {
  const nowhere = held(zone, product).length === 0;
  const unneeded = "has no effect: no environment that it lives in has `hours`; leave it out";
  const at = `products.${product.name}`;
  return [
    ...(product.alwaysOn !== undefined && nowhere
      ? [{ path: `${at}.alwaysOn`, value: product.alwaysOn, problem: unneeded }]
      : []),
    ...Object.entries(product.services ?? {}).flatMap(([name, { alwaysOn: value, scaling }]) => {
      const fault = (problem: string) => [{ path: `${at}.services.${name}.alwaysOn`, value, problem }];
      if (value === undefined) return [];
      if (nowhere) return fault(unneeded);
      if (product.alwaysOn !== undefined)
        return fault("has no effect: the whole product is always on; leave one of the two out");
      return scaling?.asleep === undefined
        ? []
        : fault("contradicts `scaling.asleep`; leave one of the two out");
    }),
  ];
}

/** Databases that stop and are used, by what a person calls them. */
const stoppedOf = (zone: LandingZone, { uses = [] }: Using, environment: EnvironmentName): string[] => [
  ...new Set(
    uses.flatMap(({ resource }) => {
      const owner = ownerOf(zone, resource);
      return owner !== undefined && isStopped(zone, owner, resource, environment)
        ? [`${owner.name}.data.${shortNameOf(owner, resource)}`]
        : [];
    }),
  ),
];

function serviceFaults(zone: LandingZone, product: Product): Fault[] {
  return workloadsOf(product).flatMap(workload =>
    workload.group !== "services"
      ? []
      : standings(zone, product, workload).flatMap(({ environment, words, fault, says }) => {
          const { hours } = zone.environments[environment];
          const { asleep, planned } = words.scaling;
          if (hours === undefined || asleep === undefined) return [];
          const own = says(["scaling.asleep"]);
          const plans = Object.keys(planned);
          if (!own && plans.length > 0)
            return [
              fault(
                [`scaling.planned.${plans[0]}`],
                `could wake it outside environments.${environment}.hours, and at their begin nobody could say which of both holds; say scaling.asleep, which is then the service's own, or alwaysOn: "why"`,
              ),
            ];
          const needed = stoppedOf(zone, words, environment);
          if (!own || needed.length === 0 || isWithin(asleep, hours)) return [];
          return [
            fault(
              ["scaling.asleep"],
              `lets it run while ${needed.join(" and ")} is stopped, outside environments.${environment}.hours, ${shown(hours)}; leave it out, or say alwaysOn: "why" in its place`,
            ),
          ];
        }),
  );
}

/** Whether who sleeps so is awake within the hours only. */
const isWithin = ({ from, until, timezone, weekends = true }: Asleep, hours: Hours): boolean =>
  (timezone ?? "UTC") === (hours.timezone ?? "UTC") &&
  (weekends || hours.days === "MON-SUN") &&
  from >= "12:00" &&
  from <= hours.stop &&
  until >= hours.start;

/** Jobs and functions that begin by the clock keep their times; what they need must then be there. */
function nightRunFaults(zone: LandingZone, product: Product): Fault[] {
  return workloadsOf(product).flatMap(workload => {
    if (workload.group === "services") return [];
    const all =
      workload.group === "jobs"
        ? standings(zone, product, workload).map(its => ({ ...its, minutes: its.words.timeoutMinutes }))
        : standings(zone, product, workload).map(its => ({ ...its, minutes: its.words.timeout / 60 }));
    return all.flatMap(({ environment, words: { schedule, timezone, uses }, minutes, fault }) => {
      const { hours } = zone.environments[environment];
      if (hours === undefined || schedule === undefined) return [];
      const needed = [
        ...stoppedOf(zone, { uses }, environment),
        ...sleepersCalledBy(zone, product, workload.name, environment),
      ];
      if (needed.length === 0 || fallsWithin({ schedule, timezone, minutes }, hours)) return [];
      return [
        fault(
          ["schedule"],
          `can run while ${needed.join(" and ")} is stopped, outside environments.${environment}.hours, ${shown(hours)}; say another time in overrides.${environment}.schedule, ${Math.ceil(minutes)} minutes before their end at the latest, or alwaysOn: "why" in ${product.name} or the service`,
        ),
      ];
    });
  });
}

const sleepersCalledBy = (
  zone: LandingZone,
  product: Product,
  name: string,
  environment: EnvironmentName,
): string[] =>
  Object.entries(product.services ?? {}).flatMap(([service, { calledBy = [] }]) =>
    calledBy.includes(name) &&
    inForce(zone, product, "services", service, environment).words.scaling.asleep !== undefined
      ? [`${product.name}.services.${service}`]
      : [],
  );

/** Messages that would be gone before who empties their queue is awake again. */
function messageFaults(zone: LandingZone, product: Product): Fault[] {
  return Object.entries(product.data ?? {}).flatMap(([name, resource]) => {
    if (resource.kind !== "queue") return [];
    const { retentionHours = 96 } = resource.args;
    const unread = Math.max(
      0,
      ...held(zone, product).map(its => hoursUnread(zone, resource, its.environment)),
    );
    return retentionHours > unread
      ? []
      : [
          {
            path: `products.${product.name}.data.${name}.retentionHours`,
            value: retentionHours,
            problem: `loses messages before a service that empties it is awake again, ${Math.ceil(unread)} hours later; keep them longer, or say alwaysOn: "why" in the service`,
          },
        ];
  });
}
