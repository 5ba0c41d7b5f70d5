/** What descriptions may say of databases, caches, file systems and search domains. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cacheFamily,
  requireCacheName,
  requireNodes,
  requireServerlessCache,
} from "../../components/data/cache-limits";
import { type DatabaseEngine, engines, parameterFamily } from "../../components/data/database-engines";
import { memoryOf, requireDatabaseName, requireServerless } from "../../components/data/database-limits";
import { transitionDays } from "../../components/data/file-system";
import {
  requireDomainName,
  requireSearchInstance,
  requireSearchVersion,
  searchSize,
} from "../../components/data/search-limits";
import {
  type AuroraArgs,
  aurora,
  type CacheArgs,
  cache,
  checked,
  type DatabaseArgs,
  DescriptionError,
  database,
  type Fault,
  type FileSystemArgs,
  fileSystem,
  type LandingZone,
  type Product,
  type Resource,
  type SearchArgs,
  search,
} from "../../stacks/description";
import { resourceSchemas } from "../../stacks/description/resources";
import example from "../../stacks/landing-zone";

/** The example with one product; environments as careful as they are there: prod is multiZone. */
const zoneWith = (
  data: Product["data"],
  more: Partial<Product> = {},
  environments: LandingZone["environments"] = example.environments,
): unknown => ({
  ...example,
  environments,
  products: [
    {
      name: "orders",
      team: "t",
      costCentre: "c",
      dataClass: "internal",
      data,
      services: { api: { release: "1" } },
      ...more,
    },
  ],
});

function faultsOf(zone: unknown): readonly Fault[] {
  try {
    checked(zone);
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError, String(error));
    return error.faults;
  }
}

const cluster = (more: Partial<AuroraArgs> = {}) =>
  aurora({ engine: "postgresql", version: "16.8", capacity: { serverless: { min: 0.5, max: 4 } }, ...more });
const machine = (more: Partial<DatabaseArgs> = {}) =>
  database({
    engine: "postgresql",
    version: "17.4",
    instanceClass: "db.m8g.large",
    storage: { gib: 100, upTo: 200 },
    ...more,
  });
const nodes = (more: Partial<CacheArgs> = {}) =>
  cache({ version: "8.1", capacity: { nodeType: "cache.t4g.micro" }, ...more });
const disk = (more: Partial<FileSystemArgs> = {}) => fileSystem({ mountPath: "/data", ...more });
const domain = (more: Partial<SearchArgs["capacity"]> = {}, version = "2.19") =>
  search({
    version,
    capacity: { instanceType: "r7g.large.search", storageGib: 20, ...more } as SearchArgs["capacity"],
  });

/** One mistake a row, in the resource `its`: where below it, its value, and what the message must say. */
const mistakes: readonly [what: string, its: Resource, path: string, value: unknown, says: RegExp][] = [
  [
    "another engine's version",
    cluster({ engine: "mysql" }),
    "version",
    "16.8",
    /version of mysql .*for example 8\.0\.mysql_aurora/,
  ],
  [
    "a version without a minor part in one environment",
    cluster({ version: { dev: "17.5", int: "16", prod: "16.8" } }),
    "version.int",
    "16",
    /for example 16\.8/,
  ],
  [
    "a version that tokens do not work with",
    machine({ version: "11.2" }),
    "version",
    "11.2",
    /for example 17\.4/,
  ],
  [
    "MariaDB from before tokens",
    machine({ engine: "mariadb", version: "10.6.2" }),
    "version",
    "10.6.2",
    /for example 11\.4\.5/,
  ],
  [
    "units that are no halves",
    cluster({ capacity: { serverless: { min: 0.7, max: 4 } } }),
    "capacity.serverless.min",
    0.7,
    /0 to 256 capacity units, by halves/,
  ],
  [
    "too many units in one environment",
    cluster({
      capacity: {
        dev: { serverless: { min: 0.5, max: 1 } },
        int: { serverless: { min: 0.5, max: 1 } },
        prod: { serverless: { min: 0.5, max: 300 } },
      },
    }),
    "capacity.prod.serverless.max",
    300,
    /1 to 256/,
  ],
  [
    "more units at least than at most",
    cluster({ capacity: { serverless: { min: 8, max: 4 } } }),
    "capacity.serverless.min",
    8,
    /at most max, 4/,
  ],
  [
    "a pause that does not say when",
    cluster({
      capacity: {
        dev: { serverless: { min: 0, max: 4 } },
        int: { serverless: { min: 1, max: 4 } },
        prod: { serverless: { min: 1, max: 4 } },
      },
    }),
    "capacity.dev.serverless.pauseAfter",
    undefined,
    /300 to 86,400; for example 3600/,
  ],
  [
    "a pause of what never pauses",
    cluster({ capacity: { serverless: { min: 1, max: 4, pauseAfter: 600 } } }),
    "capacity.serverless.pauseAfter",
    600,
    /leave it out/,
  ],
  [
    "a pause in several zones",
    cluster({ capacity: { serverless: { min: 0, max: 4, pauseAfter: 600 } } }),
    "capacity.serverless.min",
    0,
    /0\.5 or more in prod, which is multiZone/,
  ],
  [
    "a pause behind a proxy",
    cluster({
      capacity: {
        dev: { serverless: { min: 0, max: 4, pauseAfter: 600 } },
        int: { serverless: { min: 1, max: 4 } },
        prod: { serverless: { min: 1, max: 4 } },
      },
      proxy: true,
    }),
    "capacity.dev.serverless.min",
    0,
    /0\.5 or more behind a proxy/,
  ],
  [
    "neither serverless nor a class",
    cluster({ capacity: { instances: 2 } as unknown as AuroraArgs["capacity"] }),
    "capacity",
    { instances: 2 },
    /either \{ serverless: \{ min, max \} \} or \{ instanceClass \}/,
  ],
  [
    "a class that is none",
    cluster({ capacity: { instanceClass: "r8g.large" } }),
    "capacity.instanceClass",
    "r8g.large",
    /for example db\.r8g\.large/,
  ],
  [
    "a class that Aurora does not have",
    cluster({ capacity: { instanceClass: "db.m8g.large" } }),
    "capacity.instanceClass",
    "db.m8g.large",
    /a class of an r family, db\.t4g\.medium or db\.t4g\.large/,
  ],
  [
    "a class that the region does not have",
    cluster({ capacity: { instanceClass: "db.r9g.large" } }),
    "capacity.instanceClass",
    "db.r9g.large",
    /is not to be had in eu-central-1: Aurora in eu-central-1 has/,
  ],
  [
    "a class that the region does not have in that size",
    machine({
      instanceClass: { dev: "db.t4g.micro", int: "db.t4g.micro", prod: "db.r7g.24xlarge" },
    }),
    "instanceClass.prod",
    "db.r7g.24xlarge",
    /is not to be had in eu-central-1: RDS has db\.r7g in large, /,
  ],
  [
    "one instance of a cluster",
    cluster({ capacity: { instanceClass: "db.r8g.large", instances: 1 } }),
    "capacity.instances",
    1,
    /instances from 2 to 16/,
  ],
  [
    "too small a disk",
    machine({ storage: { gib: 10, upTo: 50 } }),
    "storage.gib",
    10,
    /whole number of GiB from 20 to 65,536/,
  ],
  [
    "a disk that does not grow",
    machine({ storage: { gib: 100, upTo: 105 } }),
    "storage.upTo",
    105,
    /a tenth more than gib at least: 110/,
  ],
  [
    "MariaDB behind a proxy",
    machine({ engine: "mariadb", version: "11.4.5", proxy: { dev: false, int: false, prod: true } }),
    "proxy.prod",
    true,
    /is for PostgreSQL and MySQL/,
  ],
  [
    "insights of a class that is too small",
    machine({ engine: "mysql", version: "8.4.5", instanceClass: "db.t4g.small", insights: "advanced" }),
    "insights",
    "advanced",
    /of mysql on db\.t4g\.small; db\.t4g\.medium or larger/,
  ],
  ["Redis's version", nodes({ version: "7.1" }), "version", "7.1", /Valkey's .*7\.2 or later/],
  [
    "a node with disks",
    nodes({ capacity: { nodeType: "cache.r6gd.xlarge" } }),
    "capacity.nodeType",
    "cache.r6gd.xlarge",
    /without disks, for example cache\.r7g\.large/,
  ],
  [
    "too many replicas",
    nodes({ capacity: { nodeType: "cache.r7g.large", replicas: 6 } }),
    "capacity.replicas",
    6,
    /replicas from 1 to 5/,
  ],
  [
    "replicas of a serverless cache",
    nodes({ capacity: { serverless: { maxGb: 5 }, replicas: 1 } as unknown as CacheArgs["capacity"] }),
    "capacity.replicas",
    1,
    /is for nodes/,
  ],
  [
    "a serverless cache that grows too far",
    nodes({ capacity: { serverless: { maxGb: 5_001 } } }),
    "capacity.serverless.maxGb",
    5_001,
    /1 to 5,000/,
  ],
  [
    "a cache of two forms",
    nodes({
      capacity: {
        dev: { serverless: { maxGb: 1 } },
        int: { serverless: { maxGb: 1 } },
        prod: { nodeType: "cache.r7g.large" },
      },
    }),
    "capacity.prod",
    { nodeType: "cache.r7g.large" },
    /clients speak otherwise to the one than to the other/,
  ],
  [
    "keys that a serverless cache evicts otherwise",
    nodes({ capacity: { serverless: { maxGb: 1 } }, eviction: "allkeys-lru" }),
    "eviction",
    "allkeys-lru",
    /volatile-lru, so leave it out/,
  ],
  ...["data", "/", "/tmp", "/tmp/x", "/proc", "/dev/shm", "/data/", "/a//b", "/a/../b", "/a b", ""].map(
    (mountPath): (typeof mistakes)[number] => [
      `files at "${mountPath}"`,
      disk({ mountPath }),
      "mountPath",
      mountPath,
      /an absolute path, for example \/data; not \/ itself and nothing in \/tmp/,
    ],
  ),
  [
    "days that EFS does not offer",
    disk({ infrequentAfter: 10 as 7 }),
    "infrequentAfter",
    10,
    /days that EFS offers: 1, 7, 14/,
  ],
  [
    "an archive before infrequent access",
    disk({ infrequentAfter: 90 }),
    "archiveAfter",
    undefined,
    /more than infrequentAfter, 90/,
  ],
  ["a version of OpenSearch without its minor part", domain({}, "2"), "version", "2", /for example 2\.19/],
  [
    "an instance with disks of its own",
    domain({ instanceType: "i4i.large.search" }),
    "capacity.instanceType",
    "i4i.large.search",
    /without disks, for example r7g\.large\.search/,
  ],
  ["too small a volume", domain({ storageGib: 5 }), "capacity.storageGib", 5, /GiB from 10 to 24,576/],
  [
    "instances that three zones do not share evenly",
    domain({ instances: 4 }),
    "capacity.instances",
    4,
    /a multiple of 3, the zones that it is spread over in prod/,
  ],
  [
    "a word that there is not",
    cluster({ size: 3 } as Partial<AuroraArgs>),
    "size",
    3,
    /no word of the description/,
  ],
];

describe("a description of what is called over the network", () => {
  for (const [what, its, path, value, says] of mistakes)
    it(`refuses ${what}, and says where and what would be right`, () => {
      const faults = faultsOf(zoneWith({ its }));
      assert.deepEqual(
        faults.map(fault => fault.path),
        [`products.orders.data.its.${path}`],
      );
      assert.deepEqual(faults[0]?.value, value);
      assert.match(faults[0]?.problem ?? "", says);
    });

  it("takes them as they should be", () => {
    assert.deepEqual(
      faultsOf(zoneWith({ a: cluster(), b: machine(), c: nodes(), d: disk(), e: domain() })),
      [],
    );
  });

  it("never fails in another way than by its faults, in its own words, whatever one of its values is", () => {
    const sound = {
      aurora: cluster({
        capacity: {
          dev: { serverless: { min: 0, max: 4, pauseAfter: 600 } },
          int: { serverless: { min: 1, max: 4 } },
          prod: { instanceClass: "db.r8g.large" },
        },
      }).args,
      database: machine({ proxy: { dev: false, int: false, prod: true } }).args,
      cache: nodes({
        capacity: {
          dev: { serverless: { maxGb: 1 } },
          int: { serverless: { maxGb: 2 } },
          prod: { serverless: { maxGb: 3 } },
        },
      }).args,
      fileSystem: disk().args,
      search: domain().args,
    };
    const make = { aurora, database, cache, fileSystem, search } as unknown as Record<
      string,
      (args: unknown) => Resource
    >;
    const paths: string[][] = [];
    const walk = (value: unknown, path: string[]): void => {
      if (path.length > 1) paths.push(path);
      if (typeof value === "object" && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    };
    for (const [kind, args] of Object.entries(sound)) walk(args, [kind]);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.anything({ maxDepth: 1 }), ([kind = "", ...path], value) => {
        const copy = structuredClone(sound[kind as keyof typeof sound]) as unknown as Record<string, unknown>;
        const holder = path.slice(0, -1).reduce((inner, key) => inner[key] as Record<string, unknown>, copy);
        holder[path.at(-1) ?? ""] = value;
        const its = make[kind]?.(copy);
        assert.ok(its);
        for (const { path: where, problem } of faultsOf(zoneWith({ its }))) {
          assert.doesNotMatch(problem, /^(Invalid|Unrecognized)/, where);
          assert.ok(where.startsWith("products.orders.data.its"), where);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("looks at those environments alone in which the product lives", () => {
    const paused = cluster({ capacity: { serverless: { min: 0, max: 4, pauseAfter: 600 } } });
    assert.deepEqual(faultsOf(zoneWith({ paused }, { environments: ["dev", "int"] })), []);
    const { prod } = example.environments;
    const elsewhere = { ...example.environments, prod: { ...prod, multiZone: false } };
    assert.deepEqual(faultsOf(zoneWith({ paused }, {}, elsewhere)), []);
  });

  it("wants two zones for a search domain in several", () => {
    const { prod } = example.environments;
    const inZones = (zones: number | string[]) =>
      faultsOf(
        zoneWith({ its: domain() }, {}, { ...example.environments, prod: { ...prod, zones } as typeof prod }),
      ).map(({ problem }) => problem);
    assert.match(inZones(1).join(), /needs two zones at least in prod, which is multiZone; it has 1/);
    assert.match(inZones(["euc1-az1"]).join(), /it has 1/);
    assert.deepEqual(inZones(2), []);
    assert.deepEqual(inZones(["euc1-az1", "euc1-az2"]), []);
  });

  const engineNames = { postgresql: "16.8", mysql: "8.0.mysql_aurora.3.10.0" };
  const named: readonly [what: string, resource: Resource, most: number][] = [
    ["a cluster of PostgreSQL", cluster(), 41],
    ["a cluster of MySQL", cluster({ engine: "mysql", version: engineNames.mysql }), 28],
    ["a database of MySQL", machine({ engine: "mysql", version: "8.4.5" }), 28],
    ["a database of MariaDB", machine({ engine: "mariadb", version: "11.4.5" }), 28],
    ["a cache", nodes(), 32],
    ["a search domain", domain(), 28],
    ["a file system", disk(), 41],
  ];
  for (const [what, resource, most] of named)
    it(`takes a name of ${most} characters for ${what}, and none that is longer`, () => {
      // The longest that a product and what it keeps may have make 41.
      for (let length = 25; length <= 41; length++) {
        const own = "x".repeat(20);
        const faults = faultsOf(
          zoneWith({ [own]: resource }, { name: "p".repeat(length - own.length - 1) }),
        ).map(({ problem }) => problem);
        assert.equal(faults.length, length > most ? 1 : 0, `${length}: ${faults.join()}`);
        if (length > most)
          assert.match(faults[0] ?? "", new RegExp(`has ${length} .* at most ${most}; use at most`));
      }
    });
});

describe("links of one workload", () => {
  const uses = (
    data: NonNullable<Product["data"]>,
    links: NonNullable<Product["services"]>[string]["uses"],
  ) => faultsOf(zoneWith(data, { services: { api: { release: "1", uses: links } } }));

  it("mount one file system at a place", () => {
    const [one, two, apart] = [disk(), disk(), disk({ mountPath: "/else" })];
    const [fault, ...others] = uses({ one, two, apart }, [one.read, apart.read, two.readWrite]);
    assert.deepEqual(others, []);
    assert.deepEqual([fault?.path, fault?.value], ["products.orders.services.api.uses[2]", "/data"]);
    assert.match(fault?.problem ?? "", /uses\[0\] is mounted too; give one of them another mountPath/);
  });

  it("connect to a database as one user, and mount a file system once", () => {
    const ledger = cluster();
    const files = disk();
    for (const [data, links, says] of [
      [{ ledger }, [ledger.connect, ledger.connectReadOnly], /connect is enough for both/],
      [{ files }, [files.read, files.readWrite], /readWrite is enough for both/],
    ] as const) {
      const faults = uses(data, links);
      assert.deepEqual(
        faults.map(({ path }) => path),
        ["products.orders.services.api.uses[1]"],
      );
      assert.match(faults[0]?.problem ?? "", says);
    }
  });

  it("are as many as there are databases", () => {
    const [one, two] = [cluster(), cluster()];
    const catalogue = domain();
    assert.deepEqual(
      uses({ one, two, catalogue }, [one.connect, two.connectReadOnly, catalogue.read, catalogue.readWrite]),
      [],
    );
  });

  it("are looked at in jobs too, and each workload by itself", () => {
    const [one, two] = [disk(), disk()];
    const jobs = {
      close: { release: "1", schedule: "rate(1 day)", uses: [one.read, two.read] },
    };
    assert.deepEqual(
      faultsOf(zoneWith({ one, two }, { jobs })).map(({ path }) => path),
      ["products.orders.jobs.close.uses[1]"],
    );
    const services = { a: { release: "1", uses: [one.read] }, b: { release: "1", uses: [two.read] } };
    assert.deepEqual(faultsOf(zoneWith({ one, two }, { services })), []);
  });
});

describe("what a description allows", () => {
  const takes = (require: () => unknown): boolean => {
    try {
      require();
      return true;
    } catch {
      return false;
    }
  };
  const allows = (kind: Resource["kind"], args: unknown) => resourceSchemas[kind].safeParse(args).success;
  /** What the description says of a value is what the component says of it. */
  const same = <T>(values: fc.Arbitrary<T>, says: (value: T) => boolean, does: (value: T) => boolean) => {
    const seen = { true: 0, false: 0 };
    fc.assert(
      fc.property(values, value => {
        const expected = does(value);
        seen[`${expected}`] += 1;
        assert.equal(says(value), expected, JSON.stringify(value));
      }),
      { numRuns: 2_000 },
    );
    assert.ok(seen.true > 20 && seen.false > 20, `${seen.true} taken, ${seen.false} refused`);
  };

  const units = fc.oneof(
    fc.constantFrom(0, 0.5, 1, 256, 256.5, -1),
    fc.integer({ min: 0, max: 600 }).map(n => n / 2),
    fc.double({ min: 0, max: 2 }),
  );
  const seconds = fc.option(fc.constantFrom(299, 300, 3600, 86_400, 86_401, 300.5), { nil: undefined });

  it("is as a serverless cluster takes it", () =>
    same(
      fc
        .record({ min: units, max: units, pauseAfter: seconds })
        .map(({ pauseAfter, ...its }) => (pauseAfter === undefined ? its : { ...its, pauseAfter })),
      serverless => allows("aurora", { engine: "postgresql", version: "16.8", capacity: { serverless } }),
      serverless => takes(() => requireServerless(serverless, { multiZone: false, proxy: false })),
    ));

  const sizes = ["micro", "small", "medium", "large", "xlarge", "2xlarge", "16xlarge", "metal", "huge"];
  const classes = fc
    .tuple(
      fc.constantFrom("db.", "cache.", ""),
      fc.constantFrom("t4g", "t3", "m8g", "r8g", "r7i", "x2g", "r6gd", "c7gn", "m"),
      fc.constantFrom(...sizes),
    )
    .map(([prefix, family, size]) => `${prefix}${family}.${size}`);

  it("is a class whose memory is known", () =>
    same(
      classes,
      instanceClass =>
        allows("database", {
          engine: "postgresql",
          version: "17.4",
          instanceClass,
          storage: { gib: 20, upTo: 40 },
        }),
      instanceClass => takes(() => memoryOf(instanceClass)),
    ));

  it("is a node that a cache can have", () =>
    same(
      fc.record({ nodeType: classes, replicas: fc.integer({ min: 0, max: 6 }) }),
      capacity => allows("cache", { version: "8.1", capacity }),
      capacity => takes(() => requireNodes(capacity)),
    ));

  it("is as a serverless cache takes it", () =>
    same(
      fc.record({
        maxGb: fc.constantFrom(0, 1, 5, 4_999.5, 5_000, 5_001),
        maxEcpu: fc.constantFrom(999, 1_000, 5_000, 15_000_000, 15_000_001),
      }),
      serverless => allows("cache", { version: "8.1", capacity: { serverless } }),
      serverless => takes(() => requireServerlessCache(serverless)),
    ));

  const numbers = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 3 });
  const versions = fc.oneof(
    numbers.map(parts => parts.join(".")),
    fc.constantFrom("16.8", "8.0.mysql_aurora.3.10.0", "8.4.5", "10.11.2", "8.1", "7.2", "2.19", "", "x"),
  );

  const described: readonly [engine: DatabaseEngine, kind: "aurora" | "database", word: string][] = [
    ["aurora-postgresql", "aurora", "postgresql"],
    ["aurora-mysql", "aurora", "mysql"],
    ["postgres", "database", "postgresql"],
    ["mysql", "database", "mysql"],
    ["mariadb", "database", "mariadb"],
  ];
  for (const [engine, kind, word] of described) {
    const own = {
      aurora: { capacity: { instanceClass: "db.r8g.large" } },
      database: { instanceClass: "db.r8g.large", storage: { gib: 20, upTo: 40 } },
    };
    it(`is a version of ${engine}`, () =>
      same(
        fc.oneof(versions, fc.constant(engines[engine].versionExample)),
        version => allows(kind, { engine: word, version, ...own[kind] }),
        version => takes(() => parameterFamily(engine, version)),
      ));
  }

  it("is a version of Valkey", () =>
    same(
      versions,
      version => allows("cache", { version, capacity: { nodeType: "cache.t4g.micro" } }),
      version => takes(() => cacheFamily(version)),
    ));

  it("is a version of OpenSearch", () =>
    same(
      versions,
      version =>
        allows("search", { version, capacity: { instanceType: "r7g.large.search", storageGib: 20 } }),
      version => takes(() => requireSearchVersion(version)),
    ));

  it("is an instance of OpenSearch Service", () =>
    same(
      fc
        .tuple(
          fc.constantFrom("t3", "t2", "r7g", "c7g", "m7g", "or1", "om2", "i4i", "r6gd"),
          fc.constantFrom("small", "medium", "large", "2xlarge", "metal"),
          fc.constantFrom(".search", ""),
        )
        .map(([family, size, end]) => `${family}.${size}${end}`),
      instanceType => allows("search", { version: "2.19", capacity: { instanceType, storageGib: 20 } }),
      instanceType => takes(() => requireSearchInstance("instanceType", instanceType)),
    ));

  it("is a number of instances that the zones share evenly", () =>
    same(
      fc.record({ zones: fc.integer({ min: 1, max: 3 }), instances: fc.integer({ min: 1, max: 80 }) }),
      ({ zones, instances }) =>
        faultsOf(
          zoneWith(
            { its: domain({ instances }) },
            {},
            {
              ...example.environments,
              prod: { ...example.environments.prod, zones },
            },
          ),
        ).length === 0,
      ({ zones, instances }) => takes(() => searchSize(true, zones, instances)),
    ));

  it("is a number of days that EFS offers", () =>
    same(
      fc.record({
        infrequentAfter: fc.constantFrom(...transitionDays, 2, 45),
        archiveAfter: fc.constantFrom(...transitionDays, 2, 45),
      }),
      days => allows("fileSystem", { mountPath: "/data", ...days }),
      ({ infrequentAfter, archiveAfter }) =>
        [infrequentAfter, archiveAfter].every(days => (transitionDays as readonly number[]).includes(days)) &&
        archiveAfter > infrequentAfter,
    ));

  const names: readonly [kind: string, resource: Resource, require: (name: string) => void][] = [
    ["cluster", cluster(), name => requireDatabaseName("n", name, "aurora-postgresql")],
    [
      "cluster of MySQL",
      cluster({ engine: "mysql", version: "8.0.mysql_aurora.3.10.0" }),
      name => requireDatabaseName("n", name, "aurora-mysql"),
    ],
    ["cache", nodes(), requireCacheName],
    ["search domain", domain(), requireDomainName],
  ];
  for (const [kind, resource, require] of names)
    it(`is the name of a ${kind}`, () => {
      const part = fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,9}$/).filter(text => text.length <= 20);
      const word = fc.oneof(part, fc.stringMatching(/^[a-z][a-z0-9]{15,19}$/));
      fc.assert(
        fc.property(word, word, (name, own) => {
          assert.equal(
            faultsOf(zoneWith({ [own]: resource }, { name })).length === 0,
            takes(() => require(`${name}-${own}`)),
            `${name}-${own}`,
          );
        }),
        { numRuns: 300 },
      );
    });
});
