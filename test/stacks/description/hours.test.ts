import assert from "node:assert/strict";
import { requireWindows } from "../../../components/data/database-limits";
import {
  aurora,
  database,
  type Environment,
  type Hours,
  type Product,
  queue,
  type Service,
} from "../../../stacks/description";
import { hoursUnread, isStopped, longestNight } from "../../../stacks/description/hours";
import { inForce } from "../../../stacks/description/in-force";
import { stoppedDatabases } from "../../../stacks/hours";
import { backupWithin, windowsWithin } from "../../../stacks/hours-windows";
import example from "../../../stacks/landing-zone";
import { faultsOf, orders, refuses, zoneWith } from "./company";

const berlin: Hours = { start: "07:00", stop: "19:00", timezone: "Europe/Berlin" };
const why = "Testers of another continent use it at night";
const accounts = aurora({
  engine: "postgresql",
  version: "16.6",
  capacity: { serverless: { min: 0.5, max: 2 } },
});
const pausing = aurora({
  engine: "postgresql",
  version: "16.6",
  capacity: {
    dev: { serverless: { min: 0, max: 2, pauseAfter: 600 } },
    int: { serverless: { min: 0.5, max: 2 } },
    prod: { serverless: { min: 0.5, max: 2 } },
  },
});
const archive = database({
  engine: "postgresql",
  version: "17.4",
  instanceClass: "db.t4g.medium",
  storage: { gib: 20, upTo: 100 },
});
const worker = (words: Partial<Service> = {}): Service => ({ release: "1", ...words });
const zoneAt = (
  product: Partial<Product>,
  hours: object | undefined = berlin,
  more: Partial<Environment> = {},
) =>
  zoneWith(product, {
    dev: { ...example.environments.dev, ...more, hours: hours as Hours },
  });
const scalingIn = (zone: ReturnType<typeof zoneAt>, environment: "dev" | "int" = "dev") =>
  inForce(zone, orders(zone), "services", "api", environment);

describe("hours of an environment", () => {
  describe("put services to sleep", () => {
    it("that say nothing, and say where that comes from", () => {
      const { words, sources } = scalingIn(zoneAt({ services: { api: worker() } }));
      assert.deepEqual(words.scaling.asleep, {
        from: "19:00",
        until: "07:00",
        timezone: "Europe/Berlin",
        weekends: true,
      });
      assert.equal(sources["scaling.asleep.from"], "environments.dev.hours.stop");
      assert.equal(sources["scaling.asleep.until"], "environments.dev.hours.start");
      assert.equal(sources["scaling.asleep.timezone"], "environments.dev.hours.timezone");
      assert.equal(sources["scaling.asleep.weekends"], "default");
      assert.equal(words.scaling.min, example.environments.dev.service.scaling.min);
    });

    it("on nights only where weekends are worked", () => {
      const zone = zoneAt({ services: { api: worker() } }, { ...berlin, days: "MON-SUN" });
      const { words, sources } = scalingIn(zone);
      assert.equal(words.scaling.asleep?.weekends, false);
      assert.equal(sources["scaling.asleep.weekends"], "environments.dev.hours.days");
    });

    it("in no other environment", () =>
      assert.equal(
        scalingIn(zoneAt({ services: { api: worker() } }), "int").words.scaling.asleep,
        undefined,
      ));

    it("but not one that says when it sleeps", () => {
      const asleep = { from: "22:00", until: "06:00" };
      const { words } = scalingIn(
        zoneAt({ services: { api: worker({ scaling: { min: 1, max: 2, asleep } }) } }),
      );
      assert.deepEqual(words.scaling.asleep, { ...asleep, timezone: "UTC", weekends: true });
    });

    it("nor one that is always on, nor any of a product that is", () => {
      for (const product of [
        { services: { api: worker({ alwaysOn: why }) } },
        { alwaysOn: why, services: { api: worker() } },
      ]) {
        const zone = zoneAt(product);
        assert.deepEqual(faultsOf(zone), []);
        assert.equal(scalingIn(zone).words.scaling.asleep, undefined);
      }
    });

    it("that promise something to their callers, who are not there at night", () =>
      assert.deepEqual(
        faultsOf(
          zoneAt({
            services: { api: worker({ port: 8443, path: "/*", objective: { availability: 99.9 } }) },
          }),
        ),
        [],
      ));
  });

  describe("stop databases", () => {
    const data = { accounts, archive, pausing };
    const stopped = (product: Partial<Product>, environment: "dev" | "int" = "dev") => {
      const zone = zoneAt({ data, ...product });
      return stoppedDatabases(zone, orders(zone), environment);
    };

    it("clusters and instances, by what AWS calls them, and none that pauses by itself", () =>
      assert.deepEqual(stopped({ services: { api: worker() } }), [
        { kind: "cluster", name: "orders-accounts" },
        { kind: "instance", name: "orders-archive" },
      ]));

    it("none where there are no hours", () =>
      assert.deepEqual(stopped({ services: { api: worker() } }, "int"), []));

    it("none of a product that is always on", () =>
      assert.deepEqual(stopped({ alwaysOn: why, services: { api: worker() } }), []));

    it("none that something uses which is always on", () =>
      assert.deepEqual(
        stopped({ services: { api: worker({ alwaysOn: why, uses: [accounts.connect] }), other: worker() } }),
        [{ kind: "instance", name: "orders-archive" }],
      ));

    it("nor one that another product uses which is always on", () => {
      const base = zoneAt({ data, shares: { accounts: ["shop"] }, services: { api: worker() } });
      const [owner] = base.products;
      assert.ok(owner);
      const other: Product = {
        ...owner,
        name: "shop",
        data: {},
        shares: {},
        alwaysOn: why,
        services: { web: worker({ uses: [accounts.connectReadOnly] }) },
      };
      const zone = { ...base, products: [owner, other] };
      assert.deepEqual(faultsOf(zone), []);
      assert.equal(isStopped(zone, owner, accounts, "dev"), false);
      assert.equal(isStopped(zone, owner, archive, "dev"), true);
    });
  });

  describe("are refused", () => {
    const api = { services: { api: worker() } };
    it("in prod", () =>
      refuses(
        zoneWith(api, { prod: { ...example.environments.prod, hours: berlin } }),
        "environments.prod.hours",
        "07:00 to 19:00 MON-FRI, Europe/Berlin",
        /customers/,
      ));

    for (const [path, hours, value, says] of [
      ["start", { ...berlin, start: "7:00" }, "7:00", /from "01:00" to "12:00"/],
      ["start", { ...berlin, start: "00:30" }, "00:30", /from "01:00"/],
      ["start", { ...berlin, start: "12:30" }, "12:30", /to "12:00"/],
      ["stop", { ...berlin, stop: "11:59" }, "11:59", /from "12:00" to "23:00"/],
      ["stop", { ...berlin, stop: "23:30" }, "23:30", /to "23:00"/],
      ["stop", { ...berlin, stop: "12:30" }, "12:30", /at least 6 hours after `start`, 07:00/],
      ["days", { ...berlin, days: "MON-SAT" }, "MON-SAT", /MON-FRI/],
      ["timezone", { ...berlin, timezone: "Berlin" }, "Berlin", /did you mean Europe\/Berlin/],
    ] as const)
      it(`with ${path} ${value}`, () =>
        refuses(zoneAt(api, hours), `environments.dev.hours.${path}`, value, says));

    it("where the environment says when services sleep, too", () => {
      const { service } = example.environments.dev;
      const asleep = { from: "20:00", until: "06:00" };
      refuses(
        zoneAt(api, berlin, { service: { ...service, scaling: { ...service.scaling, asleep } } }),
        "environments.dev.service.scaling.asleep",
        "from 20:00 until 06:00",
        /again when services sleep/,
      );
    });
  });

  describe("hold what runs to them", () => {
    const at = "products.orders";
    const held = { data: { accounts } };

    it("alwaysOn without hours", () => {
      refuses(
        zoneWith({ alwaysOn: why, services: { api: worker() } }),
        `${at}.alwaysOn`,
        why,
        /no environment/,
      );
      refuses(
        zoneWith({ services: { api: worker({ alwaysOn: why }) } }),
        `${at}.services.api.alwaysOn`,
        why,
        /no environment/,
      );
    });

    it("alwaysOn that the product says already, that sleeps, and without a reason", () => {
      const path = `${at}.services.api.alwaysOn`;
      refuses(
        zoneAt({ alwaysOn: why, services: { api: worker({ alwaysOn: why }) } }),
        path,
        why,
        /the whole product/,
      );
      const scaling = { min: 1, max: 2, asleep: { from: "22:00", until: "06:00" } };
      refuses(zoneAt({ services: { api: worker({ alwaysOn: why, scaling }) } }), path, why, /contradicts/);
      refuses(
        zoneAt({ services: { api: worker({ alwaysOn: "no" }) } }),
        path,
        "no",
        /at least 20 characters/,
      );
    });

    it("bounds by the clock that could wake a service", () => {
      const planned = { morning: { at: "cron(0 7 ? * MON-FRI *)", min: 2, max: 4 } };
      const scaling = { min: 1, max: 4, planned };
      const faults = faultsOf(zoneAt({ services: { api: worker({ scaling }) } }));
      assert.deepEqual(
        faults.map(({ path }) => path),
        [`${at}.services.api.scaling.planned.morning`],
      );
      assert.match(faults[0]?.problem ?? "", /could wake it outside environments\.dev\.hours/);
      const own = { ...scaling, asleep: { from: "19:00", until: "07:00" } };
      assert.deepEqual(faultsOf(zoneAt({ services: { api: worker({ scaling: own }) } })), []);
    });

    for (const [asleep, is] of [
      [{ from: "19:00", until: "07:00", timezone: "Europe/Berlin" }, true],
      [{ from: "18:00", until: "08:00", timezone: "Europe/Berlin" }, true],
      [{ from: "20:00", until: "07:00", timezone: "Europe/Berlin" }, false],
      [{ from: "19:00", until: "06:00", timezone: "Europe/Berlin" }, false],
      [{ from: "00:30", until: "07:00", timezone: "Europe/Berlin" }, false],
      [{ from: "19:00", until: "07:00" }, false],
      [{ from: "19:00", until: "07:00", timezone: "Europe/Berlin", weekends: false }, false],
    ] as const)
      it(`a service with a database that sleeps ${JSON.stringify(asleep)} is ${is ? "taken" : "refused"}`, () => {
        const scaling = { min: 1, max: 2, asleep };
        const faults = faultsOf(
          zoneAt({ ...held, services: { api: worker({ scaling, uses: [accounts.connect] }) } }),
        );
        assert.deepEqual(
          faults.map(({ problem }) => /orders\.data\.accounts is stopped/.test(problem)),
          is ? [] : [true],
        );
        assert.deepEqual(faultsOf(zoneAt({ ...held, services: { api: worker({ scaling }) } })), []);
      });

    const job = (schedule: string, more: object = {}) => ({
      release: "1",
      schedule,
      timezone: "Europe/Berlin",
      uses: [accounts.connect],
      ...more,
    });
    it("jobs and functions that need a database at night", () => {
      const night = "cron(0 3 * * ? *)";
      refuses(
        zoneAt({ ...held, jobs: { close: job(night) } }),
        `${at}.jobs.close.schedule`,
        night,
        /orders\.data\.accounts is stopped.*overrides\.dev\.schedule, 60 minutes.*alwaysOn/,
      );
      refuses(
        zoneAt({ ...held, functions: { close: job(night) } }),
        `${at}.functions.close.schedule`,
        night,
        /orders\.data\.accounts is stopped/,
      );
    });

    it("but those that run by day, need nothing, use what pauses, or are of a product that is always on", () => {
      const night = "cron(0 3 * * ? *)";
      for (const product of [
        { ...held, jobs: { close: job("cron(0 12 ? * MON-FRI *)") } },
        { ...held, jobs: { close: job(night, { uses: [] }) } },
        { ...held, jobs: { close: job(night, { overrides: { dev: { schedule: "cron(0 9 ? * MON *)" } } }) } },
        { data: { pausing }, jobs: { close: job(night, { uses: [pausing.connect] }) } },
        { ...held, alwaysOn: why, jobs: { close: job(night) } },
      ])
        assert.deepEqual(faultsOf(zoneAt(product)), []);
    });

    it("jobs that call a service which sleeps", () => {
      const night = "cron(0 3 * * ? *)";
      const api = worker({ port: 8443, calledBy: ["close"] });
      refuses(
        zoneAt({ services: { api }, jobs: { close: job(night, { uses: [] }) } }),
        `${at}.jobs.close.schedule`,
        night,
        /orders\.services\.api is stopped/,
      );
      const awake = { ...api, alwaysOn: why };
      assert.deepEqual(
        faultsOf(zoneAt({ services: { api: awake }, jobs: { close: job(night, { uses: [] }) } })),
        [],
      );
    });

    it("queues that would lose messages over a weekend", () => {
      const kept = (retentionHours?: number) => queue(retentionHours === undefined ? {} : { retentionHours });
      const zoneOf = (work: ReturnType<typeof kept>, words: Partial<Service> = {}) =>
        zoneAt({ data: { work }, services: { api: worker({ uses: [work.consume], ...words }) } });
      refuses(zoneOf(kept(60)), `${at}.data.work.retentionHours`, 60, /60 hours later/);
      assert.deepEqual(faultsOf(zoneOf(kept(61))), []);
      assert.deepEqual(faultsOf(zoneOf(kept())), []);
      assert.deepEqual(faultsOf(zoneOf(kept(60), { alwaysOn: why })), []);
    });
  });

  it("know how long nothing runs", () => {
    assert.equal(longestNight(berlin), 60);
    assert.equal(longestNight({ ...berlin, days: "MON-SUN" }), 12);
    const work = queue();
    const zone = zoneAt({ data: { work }, services: { api: worker({ uses: [work.consume] }) } });
    assert.equal(hoursUnread(zone, work, "dev"), 60);
    assert.equal(hoursUnread(zone, work, "int"), 0);
  });

  for (const [hours, windows, backup] of [
    [
      berlin,
      { backup: "06:00-06:30", maintenance: "tue:07:15-tue:08:15" },
      { daily: "cron(0 10 ? * MON-FRI *)", monthly: "cron(0 10 ? * TUE#1 *)" },
    ],
    [
      { ...berlin, days: "MON-SUN" },
      { backup: "06:00-06:30", maintenance: "tue:07:15-tue:08:15" },
      { daily: "cron(0 10 ? * * *)", monthly: "cron(0 10 1 * ? *)" },
    ],
    [
      { start: "08:00", stop: "18:00", timezone: "Asia/Tokyo" },
      { backup: "23:00-23:30", maintenance: "tue:00:15-tue:01:15" },
      { daily: "cron(0 3 ? * MON-FRI *)", monthly: "cron(0 3 ? * TUE#1 *)" },
    ],
    [
      { start: "06:30", stop: "18:00", timezone: "Pacific/Auckland" },
      { backup: "18:30-19:00", maintenance: "mon:19:45-mon:20:45" },
      { daily: "cron(30 22 ? * SUN-THU *)", monthly: "cron(30 22 ? * TUE#1 *)" },
    ],
  ] as const)
    it(`have backups and maintenance within ${JSON.stringify(hours)}`, () => {
      assert.deepEqual(windowsWithin(hours), windows);
      assert.deepEqual(backupWithin(hours), backup);
      requireWindows(windowsWithin(hours));
    });
});
