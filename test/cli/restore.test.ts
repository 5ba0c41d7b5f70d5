import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { UsageError } from "../../cli/failures";
import { restorePlan } from "../../cli/restore/plan";
import { planText } from "../../cli/restore/plan-text";
import { type RestoreOptions, restoreRequest } from "../../cli/restore/request";
import { scriptText } from "../../cli/restore/script-text";
import { stepName } from "../../cli/restore/step";
import { shortName } from "../../components/short-name";
import {
  bucket,
  type LandingZone,
  type Product,
  queue,
  type Resource,
  table,
} from "../../stacks/description";
import { resourceSchemas } from "../../stacks/description/resources";
import example from "../../stacks/landing-zone";
import { restoreWay } from "../../stacks/restoring";

const reason = "Made-up customers only, as agreed";
const options: RestoreOptions = { from: "prod", to: "int" };

const planned = (zone: LandingZone, product: string, more: Partial<RestoreOptions> = {}) =>
  restorePlan(restoreRequest(zone, product, { ...options, ...more }));

const refusal = (zone: LandingZone, product: string, more: Partial<RestoreOptions>): string => {
  try {
    planned(zone, product, more);
    return "";
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.message;
  }
};

type Environments = LandingZone["environments"];
const changed = (change: { [E in keyof Environments]?: Partial<Environments[E]> }): LandingZone => ({
  ...example,
  environments: {
    dev: { ...example.environments.dev, ...change.dev },
    int: { ...example.environments.int, ...change.int },
    prod: { ...example.environments.prod, ...change.prod },
  },
});

const service = { release: "1.0.0" };
const withProduct = (product: Partial<Product>, zone = example): LandingZone => ({
  ...zone,
  products: [
    {
      name: "parcels",
      team: "logistics",
      costCentre: "cc-2006",
      dataClass: "internal",
      services: { api: service },
      ...product,
    },
  ],
});

/** Restricted, in accounts of its own, with workers and jobs. */
const ledgers = withProduct({
  dataClass: "restricted",
  accounts: { dev: "payments-dev", int: "payments-int", prod: "payments-prod" },
  data: { ledger: table({ partitionKey: "id" }), files: bucket(), captures: queue() },
  services: { api: service, capture: service },
  jobs: {
    mask: { ...service, schedule: "rate(1 day)" },
    close: { ...service, schedule: "rate(1 day)" },
    import: { ...service, on: bucket().put() },
  },
  functions: { verify: { ...service, from: queue() } },
});

/** What keeps data, by the kind; every other says why there is nothing to restore. */
const dataKinds = ["table", "bucket", "aurora", "database", "fileSystem"];

const kept = (kind: string): Resource => ({ kind, args: {}, offers: [] }) as unknown as Resource;

describe("a restore", () => {
  const refused: readonly [
    what: string,
    zone: LandingZone,
    product: string,
    more: Partial<RestoreOptions>,
    says: RegExp,
  ][] = [
    ["a product that there is not", example, "parcel", {}, /no product "parcel"; there are: .*orders/],
    [
      "an environment that there is not",
      example,
      "shop",
      { to: "test" },
      /no environment "test"; .*dev, int/,
    ],
    ["one environment twice", example, "shop", { to: "prod" }, /both prod/],
    ["prod as the target", example, "shop", { from: "dev", to: "prod" }, /never does so in prod/],
    [
      "what is protected against deletion",
      changed({ int: { deletionProtection: true } }),
      "shop",
      {},
      /environments\.int\.deletionProtection/,
    ],
    [
      "a source without backups",
      example,
      "shop",
      { from: "int", to: "dev" },
      /environments\.int has no `backup`/,
    ],
    [
      "a target that has not agreed",
      changed({ int: { restoresFrom: undefined } }),
      "shop",
      {},
      /restoresFrom is absent.*say restoresFrom: "prod"/,
    ],
    [
      "a target that agreed to another",
      changed({ int: { restoresFrom: "dev" } }),
      "shop",
      {},
      /restoresFrom is "dev"/,
    ],
    [
      "a product that does not live in the source",
      withProduct({ environments: ["dev", "int"], data: { parcels: table({ partitionKey: "id" }) } }),
      "parcels",
      {},
      /does not live in prod; it lives in dev, int/,
    ],
    [
      "a job that there is not",
      ledgers,
      "parcels",
      { mask: "masks" },
      /no job "masks"; it has mask, close, import/,
    ],
    [
      "a masking that would have no object",
      ledgers,
      "parcels",
      { mask: "import" },
      /products\.parcels\.jobs\.import runs on objects/,
    ],
    ["a job of a product without any", example, "orders", { mask: "mask" }, /no job "mask"; it has none/],
    ["confidential data, unmasked", example, "orders", {}, /confidential data: .*--mask.*--without-masking/],
    ["restricted data, unmasked", ledgers, "parcels", {}, /restricted data: .*\(mask, close, import\)/],
    ["a reason that is none", example, "orders", { withoutMasking: "because" }, /at least 20 characters/],
    ["a reason of blanks", example, "orders", { withoutMasking: " ".repeat(30) }, /at least 20 characters/],
    ["masking and none", ledgers, "parcels", { mask: "mask", withoutMasking: reason }, /exclude each other/],
    [
      "a name that is not kept",
      ledgers,
      "parcels",
      { only: ["file"] },
      /keeps no "file"; it keeps ledger, files, /,
    ],
    [
      "only what is not restored",
      example,
      "orders",
      { only: ["pending"], withoutMasking: reason },
      /nothing to restore:[\s\S]*pending \(queue\)/,
    ],
    ["a product that keeps nothing", withProduct({}), "parcels", {}, /parcels has nothing to restore$/],
    [
      "a kind that is not known",
      withProduct({ data: { rocks: kept("rock") } }),
      "parcels",
      {},
      /rocks, a rock, and stacks\/restoring\.ts does not say/,
    ],
    [
      "a database to another account and region at once",
      withProduct({ data: { ledger: kept("aurora") } }, changed({ prod: { region: "eu-west-1" } })),
      "parcels",
      {},
      /ledger is a aurora in eu-west-1.*not to both at once/,
    ],
    [
      "an account without a number",
      {
        ...example,
        organization: {
          ...example.organization,
          ids: {
            ...example.organization.ids,
            accounts: Object.fromEntries(
              Object.entries(example.organization.ids.accounts).filter(([name]) => name !== "payments-int"),
            ),
          },
        },
      },
      "payments",
      { withoutMasking: reason },
      /account payments-int in int, which has no number yet/,
    ],
  ];
  for (const [what, zone, product, more, says] of refused)
    it(`is refused for ${what}`, () => assert.match(refusal(zone, product, more), says));

  it("goes between the accounts of the product, where it has its own", () => {
    const { request, things, steps } = planned(ledgers, "parcels", { withoutMasking: reason });
    assert.deepEqual([request.from.accountId, request.to.accountId], ["123456789012", "999900001111"]);
    assert.deepEqual(
      things.map(({ what, restored, from, to }) => [what, restored, from, to]),
      [
        ["ledger", true, "parcels-ledger", "parcels-ledger"],
        ["files", true, "parcels-files-123456789012-eu-central-1", "parcels-files-999900001111-eu-central-1"],
        ["captures", false, null, null],
      ],
    );
    assert.deepEqual(
      steps.map(({ name }) => name),
      [
        "check",
        "find__ledger",
        "find__files",
        "stop_schedule__mask",
        "stop_schedule__close",
        "stop_rule__import",
        "stop_source__verify",
        "end_runs__mask",
        "end_runs__close",
        "end_runs__import",
        "stop__api",
        "stop__capture",
        "stop_function__verify",
        "end_functions",
        "stop_running",
        "copy_all",
        "copy__ledger",
        "copy__files",
        "delete__ledger",
        "restore__ledger",
        "encrypt__ledger",
        "empty__files",
        "restore__files",
        "leave_unmasked",
        "verify__ledger",
        "verify__files",
        "start_function__verify",
        "start__api",
        "start__capture",
        "start_schedule__mask",
        "start_schedule__close",
        "start_rule__import",
        "start_source__verify",
      ],
    );
  });

  it("says which calls each step makes, and by which account", () => {
    const { steps } = planned(ledgers, "parcels", { withoutMasking: reason });
    const calls = Object.fromEntries(steps.map(step => [step.name, step.calls]));
    assert.deepEqual(calls["find__ledger"], {
      from: ["backup list-recovery-points-by-backup-vault"],
      to: [],
    });
    assert.deepEqual(calls["copy_all"], { from: ["backup start-copy-job"], to: [] });
    assert.deepEqual(calls["delete__ledger"]?.to, [
      "dynamodb describe-table",
      "dynamodb delete-table",
      "dynamodb wait table-not-exists",
    ]);
    // Nothing in the source is changed.
    assert.deepEqual(
      [...new Set(steps.flatMap(step => step.calls.from))].filter(
        call => !/ (describe|list|get)-/.test(call),
      ),
      ["backup start-copy-job"],
    );
  });

  it("masks after everything is restored, and before any service or rule starts", () => {
    const names = planned(ledgers, "parcels", { mask: "mask" }).steps.map(({ name }) => name);
    const at = (name: string) => {
      assert.ok(names.includes(name), name);
      return names.indexOf(name);
    };
    for (const name of ["restore__ledger", "encrypt__ledger", "restore__files"])
      assert.ok(at(name) < at("mask__mask"), name);
    const stopped = [
      "schedule__mask",
      "schedule__close",
      "rule__import",
      "source__verify",
      "function__verify",
    ];
    for (const name of ["start__api", "start__capture", ...stopped.map(its => `start_${its}`)])
      assert.ok(at("mask__mask") < at(name), name);
    for (const name of ["stop__api", "stop__capture", "end_runs__mask", ...stopped.map(its => `stop_${its}`)])
      assert.ok(at(name) < at("copy_all"), name);
    assert.ok(!names.includes("leave_unmasked"));
  });

  it("is of what --only names, and says what it leaves", () => {
    const { things, steps } = planned(ledgers, "parcels", { only: ["files"], mask: "mask" });
    assert.deepEqual(
      things.map(({ what, restored }) => [what, restored]),
      [
        ["ledger", false],
        ["files", true],
        ["captures", false],
      ],
    );
    assert.ok(!steps.some(({ name }) => name.endsWith("__ledger")));
  });

  it("stops and starts all that is described in the target, under the names it has there", () => {
    const long = "a-name-that-is-as-long-as-any-name-can-be-in-a-product-and-yet-longer";
    const zone = withProduct({
      cluster: "service",
      data: { ledger: table({ partitionKey: "id" }) },
      services: {
        api: service,
        worker: { ...service, scaling: { min: 1, max: 2, asleep: { from: "20:00", until: "06:30" } } },
      },
      jobs: { [long]: { ...service, schedule: "rate(1 day)" }, once: service },
      functions: { ask: { release: "1" } },
    });
    const { steps, afterwards } = planned(zone, "parcels");
    const body = (name: string) => steps.find(its => its.name === name)?.body ?? assert.fail(name);
    assert.match(body("stop__api"), /--cluster parcels-api --service parcels-api --desired-count 0/);
    assert.match(
      body("stop_running"),
      new RegExp(`for cluster in parcels-api parcels-worker parcels-${long} parcels-once;`),
    );
    const schedule = shortName(`parcels-${long}`, 64);
    assert.notEqual(schedule, `parcels-${long}`);
    assert.match(
      body(stepName("stop_schedule", long)),
      new RegExp(`^set_schedule ${schedule} DISABLED$`, "m"),
    );
    assert.match(
      body(stepName("end_runs", long)),
      new RegExp(`:666677778888:stateMachine:${shortName(`parcels-${long}`, 80)}$`),
    );
    // A job that nothing starts has runs all the same; a function that nothing starts may be called.
    assert.match(body("end_runs__once"), /stateMachine:parcels-once$/);
    assert.match(body("stop_function__ask"), /--reserved-concurrent-executions 0/);
    assert.deepEqual(
      steps.filter(({ name }) => /(schedule|rule|source)__(once|ask)$/.test(name)),
      [],
    );
    const byTheClock = afterwards.filter(line => line.includes("scales by the clock"));
    assert.equal(byTheClock.length, 1);
    assert.match(byTheClock[0] ?? "", /^worker .*lz refresh parcels-service-int, then lz up /);
  });

  it("needs no masking for data that is not of people, and says that there is none", () => {
    assert.match(planText(planned(example, "shop")), /^not masked, being internal data$/m);
  });

  it("keeps copies for as long as the target's vault wants, and no longer", () => {
    assert.equal(planned(example, "shop").copyDays, 1);
    const zone = changed({ int: { backup: { keepDays: 14, minKeepDays: 3 } } });
    assert.equal(planned(zone, "shop").copyDays, 3);
  });

  it("goes to another region with what AWS Backup takes there at once", () => {
    const { request } = planned(changed({ prod: { region: "eu-west-1" } }), "shop");
    assert.deepEqual([request.from.region, request.to.region], ["eu-west-1", "eu-central-1"]);
  });

  it("knows every kind that a product can keep", () => {
    for (const kind of Object.keys(resourceSchemas)) assert.ok(restoreWay(kind), kind);
  });

  const short = fc.stringMatching(/^[a-z]([a-z0-9]{0,4}|[a-z0-9]{0,3}-[a-z0-9]{1,3})$/);
  const kinds = Object.keys(resourceSchemas);
  const products = fc.record({
    data: fc.dictionary(short, fc.constantFrom(...kinds), { minKeys: 1, maxKeys: 6 }),
    services: fc.dictionary(short, fc.constant(service), { minKeys: 1, maxKeys: 3 }),
    jobs: fc.dictionary(short, fc.constant({ ...service, schedule: "rate(1 hour)" }), {
      maxKeys: 3,
    }),
  });

  it("leaves out nothing that holds data, and names no function twice", () => {
    fc.assert(
      fc.property(products, ({ data, services, jobs }) => {
        const own = Object.fromEntries(Object.entries(data).map(([name, kind]) => [name, kept(kind)]));
        const zone = withProduct({ data: own, services, jobs });
        const holding = Object.keys(data).filter(name => dataKinds.includes(data[name] ?? ""));
        if (holding.length === 0) {
          assert.match(refusal(zone, "parcels", {}), /nothing to restore/);
          return;
        }
        const plan = planned(zone, "parcels");
        assert.deepEqual(
          plan.things.map(({ what }) => what),
          Object.keys(data),
        );
        const names = plan.steps.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length, names.join(" "));
        for (const name of holding) {
          assert.ok(plan.things.some(({ what, restored }) => what === name && restored));
          for (const verb of ["find", "copy", "restore", "verify"])
            assert.ok(names.includes(`${verb}__${name.replaceAll("-", "_")}`), `${verb} ${name}`);
        }
        for (const name of Object.keys(services))
          for (const verb of ["stop", "start"])
            assert.ok(names.includes(`${verb}__${name.replaceAll("-", "_")}`), `${verb} ${name}`);
      }),
      { numRuns: 200 },
    );
  });

  it("is always a script that bash reads", () => {
    const text = fc.string({ minLength: 20 }).filter(said => said.trim().length >= 20);
    fc.assert(
      fc.property(products, text, ({ data, ...rest }, withoutMasking) => {
        const own = { ...data, one: "table" };
        const zone = withProduct({
          ...rest,
          data: Object.fromEntries(Object.entries(own).map(([name, kind]) => [name, kept(kind)])),
        });
        const input = scriptText(planned(zone, "parcels", { withoutMasking }));
        const read = spawnSync("bash", ["-n"], { input, encoding: "utf8" });
        assert.equal(read.status, 0, read.stderr);
      }),
      { numRuns: 25 },
    );
  });
});

describe("lz restore", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landing-zone-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const lz = (...args: string[]) =>
    spawnSync(process.execPath, [resolve(__dirname, "../../cli/lz.js"), "restore", ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
  const between = ["--from", "prod", "--to", "int"];

  it("shows what comes back, how, and the steps", () => {
    const { status, stdout, stderr } = lz("orders", ...between, "--without-masking", reason);
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /^orders from prod \(prod 777788889999, eu-central-1\) into int \(int 666677778888, /,
    );
    assert.match(stdout, /^orders +table +orders-orders +orders-orders +delete the table, restore it under/m);
    assert.match(stdout, /^pending +queue +nothing to restore: what is in flight/m);
    assert.match(stdout, /^placed +topic +nothing to restore: it passes on/m);
    assert.match(stdout, /^ {2}1\. See that both profiles lead to the right accounts/m);
    assert.match(stdout, /^ +prod: backup start-copy-job$/m);
    assert.match(stdout, /lz refresh orders-persistent-int, then lz up/);
    assert.match(stdout, /^ {2}int takes arn:aws:iam::666677778888:role\/OrganizationAccountAccessRole$/m);
  });

  it("writes the same as JSON, and a script that can be run", () => {
    const { status, stdout, stderr } = lz(
      "statements",
      ...between,
      "--mask",
      "close",
      "--json",
      "--script",
      "r.sh",
    );
    assert.equal(status, 0, stderr);
    const plan = JSON.parse(stdout) as { mask: string; things: { what: string }[]; steps: object[] };
    assert.equal(plan.mask, "close");
    const statements = example.products.find(({ name }) => name === "statements");
    assert.deepEqual(
      plan.things.map(({ what }) => what),
      Object.keys(statements?.data ?? {}),
    );
    assert.ok(plan.steps.length > 10);
    assert.deepEqual(readdirSync(folder), ["r.sh"]);
    assert.equal(statSync(join(folder, "r.sh")).mode & 0o777, 0o755);
    assert.equal(spawnSync("bash", ["-n", join(folder, "r.sh")]).status, 0);
  });

  it("ends with 2, and leaves no part of a script, where something is wrong", () => {
    const nowhere = lz("shop", ...between, "--script", "no/r.sh");
    assert.equal(nowhere.status, 2);
    assert.match(nowhere.stderr, /no\/r\.sh can not be written/);
    const unmasked = lz("payments", ...between, "--script", "r.sh");
    assert.equal(unmasked.status, 2);
    assert.match(unmasked.stderr, /payments keeps restricted data/);
    assert.equal(lz("payments", "--to", "int").status, 2);
    assert.deepEqual(readdirSync(folder), []);
  });
});
