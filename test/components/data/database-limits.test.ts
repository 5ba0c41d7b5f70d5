/** Which names, versions, capacities and windows a relational database may have. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type DatabaseEngine,
  databaseUser,
  engines,
  parameterFamily,
  parametersOf,
  readOnlyUser,
} from "../../../components/data/database-engines";
import {
  connectionsOf,
  memoryOf,
  requireDatabaseName,
  requireServerless,
  requireWindows,
  serverlessConnections,
  usualWindows,
} from "../../../components/data/database-limits";

const every = Object.keys(engines) as DatabaseEngine[];
const anyEngine = fc.constantFrom(...every);
const holds = (test: () => void): boolean => {
  try {
    test();
    return true;
  } catch {
    return false;
  }
};

const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const goodName = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/), fc.array(part, { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest].join("-"));

describe("a database's name", () => {
  it("is words with single hyphens, as long as its read-only user has room", () =>
    fc.assert(
      fc.property(goodName, anyEngine, (name, engine) => {
        const fits = readOnlyUser(name).length <= engines[engine].longestUser && name.length <= 55;
        assert.equal(
          holds(() => requireDatabaseName("clusterName", name, engine)),
          fits,
        );
      }),
    ));

  it("refuses everything else", () => {
    for (const name of ["", "A", "1a", "-a", "a-", "a--b", "a_b", "a.b", "ä", "a b", "a".repeat(56)])
      assert.throws(
        () => requireDatabaseName("clusterName", name, "aurora-postgresql"),
        new RegExp(`^Error: clusterName is ${name}; of aurora-postgresql it must have at most 55`),
      );
    assert.throws(() => requireDatabaseName("n", "a".repeat(29), "mysql"), /at most 28/);
  });

  it("gives users that no other name gives", () =>
    fc.assert(
      fc.property(goodName, goodName, (one, other) => {
        fc.pre(one !== other);
        const users = [one, other].flatMap(name => [databaseUser(name), readOnlyUser(name)]);
        assert.equal(new Set(users).size, 4);
        for (const user of users) assert.match(user, /^[a-z][a-z0-9_]*$/);
      }),
    ));
});

describe("an engine's version", () => {
  const families: readonly [DatabaseEngine, string, string][] = [
    ["aurora-postgresql", "16.8", "aurora-postgresql16"],
    ["aurora-mysql", "8.0.mysql_aurora.3.10.0", "aurora-mysql8.0"],
    ["aurora-mysql", "8.4.mysql_aurora.8.4.7", "aurora-mysql8.4"],
    ["postgres", "17.4", "postgres17"],
    ["mysql", "8.4.10", "mysql8.4"],
    ["mariadb", "10.11.14", "mariadb10.11"],
    ["mariadb", "11.4.5", "mariadb11.4"],
  ];
  for (const [engine, version, family] of families)
    it(`${version} of ${engine} has the parameters of ${family}`, () =>
      assert.equal(parameterFamily(engine, version), family));

  const wrong: readonly [DatabaseEngine, string][] = [
    ["aurora-postgresql", "16"],
    ["aurora-postgresql", "16.8.1"],
    ["aurora-postgresql", "9.6"],
    ["postgres", "13.20"],
    ["aurora-mysql", "8.0"],
    ["aurora-mysql", "5.7.mysql_aurora.2.11.1"],
    ["postgres", "v17.4"],
    ["mysql", "8.4"],
    ["mysql", "5.7.44"],
    ["mariadb", "10.6.21"],
    ["mariadb", "11.4"],
  ];
  for (const [engine, version] of wrong)
    it(`${version} of ${engine} is refused`, () =>
      assert.throws(() => parameterFamily(engine, version), {
        message: `engineVersion is ${version}; of ${engine} it must have a major and a minor part, as in ${engines[engine].versionExample}`,
      }));

  it("in each error's example is right", () => {
    for (const engine of every) assert.ok(parameterFamily(engine, engines[engine].versionExample));
  });
});

describe("an engine's parameters", () => {
  const valueIn = (engine: DatabaseEngine, name: string, audit = false) =>
    parametersOf(engine, audit).find(parameter => parameter.name === name)?.value;

  it("require TLS and log what takes a second", () => {
    for (const engine of ["aurora-postgresql", "postgres"] as const) {
      assert.equal(valueIn(engine, "rds.force_ssl"), "1");
      assert.equal(valueIn(engine, "log_min_duration_statement"), "1000");
    }
    for (const engine of ["aurora-mysql", "mysql", "mariadb"] as const) {
      assert.equal(valueIn(engine, "require_secure_transport"), engine === "aurora-mysql" ? "ON" : "1");
      assert.equal(valueIn(engine, "slow_query_log"), "1");
      assert.equal(valueIn(engine, "long_query_time"), "1");
      assert.equal(valueIn(engine, "log_output"), "FILE");
    }
  });

  it("audit more where that is chosen", () => {
    assert.equal(valueIn("postgres", "pgaudit.log"), undefined);
    assert.equal(valueIn("postgres", "pgaudit.log", true), "ddl,role");
    assert.equal(valueIn("aurora-mysql", "server_audit_events"), "CONNECT");
    assert.equal(valueIn("aurora-mysql", "server_audit_events", true), "CONNECT,QUERY_DDL,QUERY_DCL");
  });

  it("that are read at the start only wait for one", () => {
    for (const { name, applyMethod } of parametersOf("postgres", true))
      assert.equal(
        applyMethod,
        ["shared_preload_libraries", "pgaudit.role"].includes(name) ? "pending-reboot" : "immediate",
      );
  });
});

describe("a serverless capacity", () => {
  const where = { multiZone: false, proxy: false };
  const anyUnits = fc.oneof(
    fc.integer({ min: -4, max: 520 }).map(halves => halves / 2),
    fc.double({ min: -2, max: 300, noNaN: true }),
  );

  it("goes from 0 to 256 by halves, and pauses at 0 only", () =>
    fc.assert(
      fc.property(
        anyUnits,
        anyUnits,
        fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
        fc.boolean(),
        fc.boolean(),
        (min, max, pauseAfter, multiZone, proxy) => {
          const half = (units: number) => Number.isInteger(units * 2);
          const sound =
            half(min) && half(max) && min >= 0 && max >= 1 && max <= 256 && min <= max && min <= 256;
          const pauses = pauseAfter !== undefined && pauseAfter >= 300 && pauseAfter <= 86_400;
          const right = sound && (min === 0 ? pauses && !multiZone && !proxy : pauseAfter === undefined);
          const capacity = { min, max, ...(pauseAfter === undefined ? {} : { pauseAfter }) };
          assert.equal(
            holds(() => requireServerless(capacity, { multiZone, proxy })),
            right,
          );
        },
      ),
      { numRuns: 2000 },
    ));

  it("says what is wrong, and what would be right", () => {
    for (const [capacity, more, message] of [
      [{ min: 0.7, max: 4 }, {}, "capacity.serverless.min is 0.7; it must be 0 to 256 by halves"],
      [{ min: 0.5, max: 0.5 }, {}, "capacity.serverless.max is 0.5; it must be 1 to 256 by halves"],
      [{ min: 8, max: 4 }, {}, "capacity.serverless.min is 8; it must be at most max, 4"],
      [{ min: 1, max: 4, pauseAfter: 300 }, {}, /only what has a min of 0 pauses/],
      [
        { min: 0, max: 4, pauseAfter: 300 },
        { multiZone: true },
        /several zones must not pause: 0\.5 or more/,
      ],
      [{ min: 0, max: 4, pauseAfter: 300 }, { proxy: true }, /behind a proxy it never pauses/],
      [{ min: 0, max: 4 }, {}, /pauseAfter is undefined; with a min of 0 it must be 300 to 86400 seconds/],
    ] as const)
      assert.throws(
        () => requireServerless(capacity, { ...where, ...more }),
        typeof message === "string" ? { message } : message,
      );
  });

  it("takes connections by its greatest, unless it gets very small", () => {
    assert.equal(
      serverlessConnections("aurora-postgresql", { min: 1, max: 16 }),
      connectionsOf("aurora-postgresql", 32),
    );
    assert.equal(serverlessConnections("aurora-postgresql", { min: 0.5, max: 64 }), 2000);
  });
});

describe("an instance class", () => {
  const memories: readonly [string, number][] = [
    ["db.t4g.micro", 1],
    ["db.t4g.small", 2],
    ["db.t4g.medium", 4],
    ["db.t3.large", 8],
    ["db.t4g.2xlarge", 32],
    ["db.m8g.large", 8],
    ["db.m7i.xlarge", 16],
    ["db.r8g.large", 16],
    ["db.r6i.32xlarge", 1024],
    ["db.r8g.48xlarge", 1536],
  ];
  for (const [instanceClass, memory] of memories)
    it(`${instanceClass} has ${memory} GiB`, () => assert.equal(memoryOf(instanceClass), memory));

  for (const instanceClass of [
    "",
    "r8g.large",
    "db.r8g",
    "db.r8g.huge",
    "db.r8g.medium",
    "db.x2g.large",
    "db.serverless",
  ])
    it(`${instanceClass || "no text"} is refused`, () =>
      assert.throws(() => memoryOf(instanceClass), {
        message: `instanceClass is ${instanceClass}; it must be a class of a t, m or r family, as in db.r8g.large`,
      }));

  it("takes about as many connections as AWS's tables say", () => {
    const near = (actual: number, expected: number) =>
      assert.ok(Math.abs(actual / expected - 1) < 0.1, `${actual} is not near ${expected}`);
    near(connectionsOf("aurora-mysql", 16), 1000);
    near(connectionsOf("aurora-mysql", 32), 2000);
    near(connectionsOf("aurora-mysql", 64), 3000);
    near(connectionsOf("aurora-postgresql", 16), 1800);
    assert.equal(connectionsOf("aurora-postgresql", 64), 5000);
    near(connectionsOf("mysql", 8), 680);
  });
});

describe("the windows", () => {
  const twoDigits = (number: number) => String(number).padStart(2, "0");
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const time = (minutes: number) => `${twoDigits(Math.floor(minutes / 60) % 24)}:${twoDigits(minutes % 60)}`;
  const moment = (minutes: number) => `${days[Math.floor(minutes / 1440) % 7]}:${time(minutes % 1440)}`;

  it("may be anywhere, 30 minutes or more, where no minute is in both", () =>
    fc.assert(
      fc.property(
        fc.nat(1439),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(7 * 1440 - 1),
        fc.integer({ min: 1, max: 300 }),
        (backupFrom, backupFor, from, lasts) => {
          const inBackup = new Set(Array.from({ length: backupFor }, (_, i) => (backupFrom + i) % 1440));
          const overlap = Array.from({ length: lasts }, (_, i) => (from + i) % 1440).some(minute =>
            inBackup.has(minute),
          );
          assert.equal(
            holds(() =>
              requireWindows({
                backup: `${time(backupFrom)}-${time(backupFrom + backupFor)}`,
                maintenance: `${moment(from)}-${moment(from + lasts)}`,
              }),
            ),
            backupFor >= 30 && lasts >= 30 && !overlap,
          );
        },
      ),
      { numRuns: 2000 },
    ));

  it("are by default sound, and refuse other forms", () => {
    requireWindows(usualWindows);
    for (const backup of ["", "1:00-2:00", "01:00-24:30", "sun:01:00-sun:02:00"])
      assert.throws(
        () => requireWindows({ ...usualWindows, backup }),
        /windows\.backup is .*; it must be as in/,
      );
    for (const maintenance of ["", "06:30-07:30", "Sun:06:30-Sun:07:30", "son:06:30-son:07:30"])
      assert.throws(
        () => requireWindows({ ...usualWindows, maintenance }),
        /windows\.maintenance is .*; it must be as in/,
      );
    assert.throws(
      () => requireWindows({ ...usualWindows, maintenance: "sun:06:30-mon:07:30" }),
      /less than a day/,
    );
  });
});
