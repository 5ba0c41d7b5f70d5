/** What begins a job, held to the rest of the description. */
import { environmentNames } from "./by-environment";
import type { Fault } from "./faults";
import { foreign } from "./sharing-checks";
import type { LandingZone, Product } from "./types";
import type { Job, LambdaFunction } from "./workload-types";

export const jobChecks = [beginningFaults];

/** The settings by which a job learns which object it is for. */
const ofObjects = ["OBJECT_BUCKET", "OBJECT_KEY"];

function beginningFaults(zone: LandingZone, product: Product): Fault[] {
  return Object.entries(product.jobs ?? {}).flatMap(([name, job]) => {
    const at = `products.${product.name}.jobs.${name}`;
    const { on, schedule, overrides = {}, settings = {} } = job;
    const scheduled = [
      [`${at}.schedule`, schedule] as const,
      ...environmentNames.map(its => [`${at}.overrides.${its}.schedule`, overrides[its]?.schedule] as const),
    ];
    return [
      ...(on === undefined
        ? []
        : [
            ...foreign(zone, product, `${at}.on.objectCreated`, on.objectCreated),
            ...scheduled.flatMap(([path, value]) =>
              value === undefined
                ? []
                : [
                    {
                      path,
                      value,
                      problem:
                        "is a second beginning beside `on`; make two jobs of it, which may share an `image`",
                    },
                  ],
            ),
            ...ofObjects
              .filter(setting => setting in settings)
              .map(setting => ({
                path: `${at}.settings.${setting}`,
                value: settings[setting],
                problem: "is what each run is told of its object by; give it another name",
              })),
          ]),
      ...timezoneFaults(at, job),
    ];
  });
}

/** A time zone where nothing is done by the clock. */
export function timezoneFaults(at: string, { timezone, schedule, overrides }: Job | LambdaFunction): Fault[] {
  const scheduled = [schedule, ...environmentNames.map(its => overrides?.[its]?.schedule)];
  return timezone === undefined || scheduled.some(Boolean)
    ? []
    : [
        {
          path: `${at}.timezone`,
          value: timezone,
          problem: "has no effect without a `schedule`; leave it out",
        },
      ];
}
