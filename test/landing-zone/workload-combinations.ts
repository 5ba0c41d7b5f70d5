/** The options of a service that are told apart by the words they need, and which of them go together. */
import { DescriptionError, type Product, queue, type Service } from "../../stacks/description";
import { productInDev, zoneOf } from "./workload-zones";

export const options = {
  way: ["path", "host", "headers", "public", "network", "calledBy", "worker"],
  scaling: ["usual", "steps", "targets", "requests", "backlog", "planned"],
  deployment: ["rolling", "blueGreen", "canary", "linear"],
  tls: ["own", "proxy"],
  capacity: ["fargate", "spot", "instances"],
  architecture: ["arm64", "x86_64"],
} as const;

export type Option = keyof typeof options;
export type Combination = { readonly [O in Option]: (typeof options)[O][number] };

/** Every choice of one value for each option, the last option first to change. */
export function product<K extends string, V>(choices: Readonly<Record<K, readonly V[]>>): Record<K, V>[] {
  return Object.entries<readonly V[]>(choices).reduce(
    (rows, [key, values]) => rows.flatMap(row => values.map(value => ({ ...row, [key]: value }))),
    [{} as Record<K, V>],
  );
}

export const combinations = product<Option, string>(options) as Combination[];

const routed = ({ way }: Combination): boolean => ["path", "host", "headers", "public"].includes(way);

/** What the language says does not go together, and the word below the service that is then named. */
export const reasonsAgainst: readonly {
  readonly why: string;
  readonly word: string;
  readonly holds: (combination: Combination) => boolean;
}[] = [
  {
    why: "a worker listens on no port, and has nobody to speak TLS to",
    word: "tls.proxyTo",
    holds: ({ way, tls }) => way === "worker" && tls === "proxy",
  },
  {
    why: "only an Application Load Balancer shifts requests",
    word: "deployment.strategy",
    holds: its => its.deployment !== "rolling" && !routed(its),
  },
  {
    why: "only an Application Load Balancer counts requests",
    word: "scaling.targets.requests",
    holds: its => its.scaling === "requests" && !routed(its),
  },
  {
    why: "requests are counted for one group of tasks of two",
    word: "scaling.targets.requests",
    holds: its => its.scaling === "requests" && its.deployment !== "rolling" && routed(its),
  },
];

export const isValid = (combination: Combination): boolean =>
  !reasonsAgainst.some(({ holds }) => holds(combination));

export const instanceTypes = { arm64: "m7g.large", x86_64: "t3.large" } as const;
const bounds = { min: 2, max: 6 };

/**
 * A product with a service for each combination, all of one architecture, and at most one behind its network balancer.
 *
 * @param word what paths begin with.
 */
export function productWith(
  name: string,
  services: Readonly<Record<string, Combination>>,
  word = "call",
): Product {
  const pending = queue();
  const all = Object.values(services);
  const [{ architecture } = { architecture: "arm64" as const }] = all;
  const some = (test: (its: Combination) => boolean) => all.some(test);
  return productInDev(name, {
    data: { pending },
    ...(some(({ way }) => way === "public")
      ? { publicLoadBalancer: { allowPublic: "Customers call it from anywhere in the world" } }
      : {}),
    ...(some(({ capacity }) => capacity === "instances")
      ? { instances: { instanceType: instanceTypes[architecture] } }
      : {}),
    services: {
      caller: { release: "1.0.0", image: "app", architecture },
      ...Object.fromEntries(
        Object.entries(services).map(([service, its]): [string, Service] => [
          service,
          {
            release: "1.0.0",
            image: "app",
            architecture,
            ...ways(service, word)[its.way],
            scaling: {
              usual: bounds,
              steps: { ...bounds, steps: { above: 60, below: 20, by: 2 } },
              targets: { ...bounds, targets: { cpu: 50, memory: 70 } },
              requests: { ...bounds, targets: { requests: 600 } },
              backlog: { ...bounds, backlog: { queue: pending, perTask: 100 } },
              planned: {
                ...bounds,
                planned: { morning: { at: "cron(0 7 ? * MON-FRI *)", min: 4, max: 12 } },
                asleep: { from: "20:00", until: "06:30", timezone: "Europe/Berlin" },
              },
            }[its.scaling],
            ...(its.scaling === "backlog" ? { uses: [pending.consume] } : {}),
            deployment: { strategy: its.deployment },
            ...(its.tls === "proxy" ? { tls: { proxyTo: 8080 } } : {}),
            ...{ fargate: {}, spot: { spot: 50 }, instances: { capacity: "instances" as const } }[
              its.capacity
            ],
          },
        ]),
      ),
    },
  });
}

const ways = (service: string, word: string): Readonly<Record<Combination["way"], Partial<Service>>> => {
  const called = { port: 8443, path: `/${word}-${service}/*` };
  return {
    path: called,
    host: { ...called, host: service },
    // One pattern, so that the rule has room for the names, the header and the method beside it.
    headers: { ...called, path: `/${word}-${service}*`, headers: { "X-Channel": ["app"] }, methods: ["GET"] },
    public: { ...called, public: true },
    network: { port: 8443, network: "tls" },
    calledBy: { port: 8443, calledBy: ["caller"] },
    worker: {},
  };
};

/**
 * Products of at most so many services as a load balancer has room for, which have all combinations of how a service is
 * called, scaled, released and what it runs on. Who speaks TLS and the architecture are dealt out over them.
 */
export function productsToPlan(): { product: Product; services: Readonly<Record<string, Combination>> }[] {
  const { tls: _tls, architecture: _architecture, ...all } = options;
  const rows = (product<string, string>(all) as unknown as Combination[])
    .map((its): Combination => ({ ...its, tls: "own", architecture: "arm64" }))
    .filter(isValid);
  // Of one product's services one at most is behind its Network Load Balancer.
  const count = rows.filter(({ way }) => way === "network").length;
  const products = Array.from({ length: count }, (): Record<string, Combination> => ({}));
  for (const way of options.way)
    for (const [index, row] of rows.filter(its => its.way === way).entries()) {
      // Turned on with every round, so that products get capacity of every kind.
      const number = (index + Math.floor(index / count)) % count;
      const dealt: Combination = {
        ...row,
        tls: way !== "worker" && Math.floor(index / count + number / 2) % 2 === 1 ? "proxy" : "own",
        architecture: number % 2 === 0 ? "arm64" : "x86_64",
      };
      Object.assign(products[number] ?? {}, { [`s${options.way.indexOf(way)}-${index}`]: dealt });
    }
  return products.map((services, number) => ({ product: fitting(`p${number}`, services), services }));
}

const words = ["call", "ask", "answers", "shop", "api", "to", "tries", "leads"];

/** Of so many rules two may fall on one priority; with other paths they do not. */
function fitting(name: string, services: Readonly<Record<string, Combination>>): Product {
  for (const word of words)
    try {
      const made = productWith(name, services, word);
      zoneOf(made);
      return made;
    } catch (error) {
      if (
        !(error instanceof DescriptionError) ||
        !error.faults.every(({ path }) => path.endsWith(".priority"))
      )
        throw error;
    }
  throw new Error(`${name} has two rules of one priority by each of ${words.join(", ")}`);
}
