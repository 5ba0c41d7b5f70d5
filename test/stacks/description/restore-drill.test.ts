import assert from "node:assert/strict";
import {
  aurora,
  bucket,
  checked,
  DescriptionError,
  type EnvironmentName,
  fileSystem,
  type Job,
  type LandingZone,
  type Product,
  parameter,
  queue,
  type Resource,
  type RestoreDrill,
  secret,
  table,
} from "../../../stacks/description";
import { canBeRestored, drillOf } from "../../../stacks/description/restore-drills";
import example from "../../../stacks/landing-zone";
import { restoreWay } from "../../../stacks/restoring";

const carts = table({ partitionKey: "cartId" });
const pictures = bucket();
const accounts = aurora({
  engine: "postgresql",
  version: "16.6",
  capacity: { serverless: { min: 0.5, max: 1 } },
});
const files = fileSystem({ mountPath: "/files" });
const orders = queue();
const rounding = parameter({ description: "To how many cents prices are rounded", value: "5" });
const key = secret({ description: "Opens the door of the bank" });

const jobs: Readonly<Record<string, Job>> = {
  anonymize: {
    release: "1.0.0",
    uses: [carts.readWrite, pictures.readWrite, accounts.connect, rounding.read],
  },
  check: { release: "1.0.0", uses: [carts.read, accounts.connectReadOnly, key.read] },
};
const usual: RestoreDrill = { schedule: "cron(0 3 ? * SUN *)", mask: "anonymize", test: "check" };

const product = (more: Partial<Product> = {}): Product => ({
  name: "cellar",
  team: "storefront",
  costCentre: "cc-2002",
  dataClass: "confidential",
  data: { carts, pictures, accounts, files, orders, rounding, key },
  jobs,
  restoreDrill: usual,
  ...more,
});

const zoneWith = (
  its: Product,
  environments: Partial<Record<EnvironmentName, object>> = {},
): LandingZone => ({
  ...example,
  // No other has a drill, which other environments would make to have two places.
  products: [...example.products.map(({ restoreDrill: _, ...rest }) => rest), its],
  environments: Object.fromEntries(
    Object.entries(example.environments).map(([name, environment]) => [
      name,
      { ...environment, ...environments[name as EnvironmentName] },
    ]),
  ) as unknown as LandingZone["environments"],
});

function faults(...given: Parameters<typeof zoneWith>): readonly (readonly [string, string])[] {
  try {
    checked(zoneWith(...given));
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError, String(error));
    return error.faults.map(({ path, problem }) => [path, problem]);
  }
}

const drill = (more: object) => product({ restoreDrill: { ...usual, ...more } as RestoreDrill });
const job = (name: string, more: object) =>
  product({ jobs: { ...jobs, [name]: { ...(jobs[name] as Job), ...more } as Job } });
const at = "products.cellar.restoreDrill";

describe("what a product says of its restore drill", () => {
  const sound: Readonly<Record<string, Parameters<typeof zoneWith>>> = {
    "a mask and a test": [product()],
    "all its words": [
      drill({
        schedule: "rate(7 days)",
        timezone: "Europe/Berlin",
        in: "int",
        only: ["carts", "pictures", "accounts"],
        maxAgeHours: 30,
        notify: ["operations@example.com"],
      }),
    ],
    "a reason in the place of a mask": [
      drill({ mask: undefined, withoutMasking: "Made-up customers only, as agreed" }),
    ],
    "neither, for what is not sensitive": [{ ...drill({ mask: undefined }), dataClass: "internal" }],
    "one of two environments": [drill({ in: "int" }), { dev: { restoresFrom: "prod" } }],
  };
  for (const [name, given] of Object.entries(sound))
    it(`may be ${name}`, () => assert.deepEqual(faults(...given), []));

  const wrong: Readonly<
    Record<string, readonly [given: Parameters<typeof zoneWith>, path: string, says: RegExp]>
  > = {
    "a schedule of five fields": [
      [drill({ schedule: "cron(0 3 * * SUN)" })],
      `${at}.schedule`,
      /has 5 fields, and needs six/,
    ],
    "a day that comes once": [
      [drill({ schedule: "at(2027-01-31T07:00:00)" })],
      `${at}.schedule`,
      /must be rate\(1 hour\), or cron/,
    ],
    "a time zone that there is not": [
      [drill({ timezone: "Berlin" })],
      `${at}.timezone`,
      /did you mean Europe\/Berlin/,
    ],
    "no reason to speak of": [
      [drill({ mask: undefined, withoutMasking: "because" })],
      `${at}.withoutMasking`,
      /at least 20 characters/,
    ],
    "a mask and a reason": [
      [drill({ withoutMasking: "Made-up customers only, as agreed" })],
      `${at}.withoutMasking`,
      /contradicts `mask`/,
    ],
    "neither, for confidential data": [
      [drill({ mask: undefined })],
      `${at}.mask`,
      /is needed for confidential data/,
    ],
    "a job that there is not": [
      [drill({ test: "chek" })],
      `${at}.test`,
      /is no job of cellar; it has anonymize, check/,
    ],
    "no test": [[drill({ test: undefined })], `${at}.test`, /must be the name of a job/],
    "a job that has a schedule": [
      [job("check", { schedule: "rate(1 day)" })],
      `${at}.test`,
      /has a schedule; a drill runs one that begins only when it is asked for/,
    ],
    "a job that has one there": [
      [job("check", { overrides: { int: { schedule: "rate(1 day)" } } })],
      `${at}.test`,
      /has a schedule/,
    ],
    "a job that runs on objects": [
      [job("anonymize", { on: pictures.put("a/") })],
      `${at}.mask`,
      /runs on objects/,
    ],
    "one job for both": [[drill({ test: "anonymize" })], `${at}.test`, /is the job that masks, too/],
    "a job whose other name is taken": [
      [product({ jobs: { ...jobs, "check-drill": { release: "1.0.0" } } })],
      `${at}.test`,
      /is run as check-drill/,
    ],
    "a job that uses what is not restored": [
      [job("anonymize", { uses: [carts.readWrite, accounts.connect, orders.send] })],
      `${at}.mask`,
      /uses orders \(queue, send\), which a drill does not restore/,
    ],
    "a job that mounts a file system": [
      [job("check", { uses: [carts.read, files.read] })],
      `${at}.test`,
      /uses files \(file system, read\)/,
    ],
    "a mask that changes nothing": [
      [job("anonymize", { uses: [carts.read] })],
      `${at}.mask`,
      /can change nothing that is restored|can not change/,
    ],
    "a test that looks at nothing": [
      [job("check", { uses: [key.read] })],
      `${at}.test`,
      /can look at nothing/,
    ],
    "what is tested and not masked": [
      [job("anonymize", { uses: [accounts.connect] })],
      `${at}.mask`,
      /can not change carts, which check looks at: confidential data would be tested unmasked/,
    ],
    "only what there is not": [
      [drill({ only: ["card"] })],
      `${at}.only[0]`,
      /is nothing that the product keeps; it can be carts, pictures/,
    ],
    "only what is never restored": [
      [drill({ only: ["orders"] })],
      `${at}.only[0]`,
      /is a queue, of which AWS Backup restores nothing/,
    ],
    "an environment that restores from none": [
      [drill({ in: "dev" })],
      `${at}.in`,
      /say environments.dev.restoresFrom/,
    ],
    nowhere: [[product(), { int: { restoresFrom: undefined } }], at, /has nowhere to restore/],
    "two places": [
      [product(), { dev: { restoresFrom: "prod" } }],
      at,
      /could be in dev and int; say which with `in`/,
    ],
    "nothing to restore": [
      [
        product({
          data: { orders },
          dataClass: "internal",
          jobs: { check: { release: "1.0.0" } },
          restoreDrill: { schedule: "rate(7 days)", test: "check" },
        }),
      ],
      at,
      /has nothing to restore: cellar keeps no table/,
    ],
    "a name that is taken": [
      [
        product({
          data: { carts, pictures, accounts, rounding, key, "carts-drill": table({ partitionKey: "a" }) },
        }),
      ],
      "products.cellar.data.carts",
      /is restored as carts-drill/,
    ],
    "databases of another region": [
      [product(), { int: { region: "eu-west-1" } }],
      "products.cellar.data.accounts",
      /not to both at once/,
    ],
    "a word that there is not": [[drill({ every: "week" })], `${at}.every`, /is no word of the description/],
  };
  for (const [name, [given, path, says]] of Object.entries(wrong))
    it(`may not be ${name}`, () => {
      const found = faults(...given);
      const fault = found.find(one => one[0] === path && says.test(one[1]));
      assert.ok(fault, JSON.stringify(found));
    });

  it("may not leave out what its jobs use", () => {
    const found = faults(drill({ only: ["carts", "accounts"] }));
    assert.deepEqual(
      found.map(([path]) => path),
      [`${at}.mask`],
    );
    assert.match(found[0]?.[1] ?? "", /uses pictures \(bucket, readWrite\)/);
  });

  it("may not be more than a drill restores", () => {
    const many = Object.fromEntries(
      Array.from({ length: 16 }, (_, index) => [`t${index}`, table({ partitionKey: "a" })]),
    );
    const uses = Object.values(many).map(one => one.readWrite);
    const found = faults(
      product({
        data: many,
        jobs: { anonymize: { release: "1.0.0", uses }, check: { release: "1.0.0", uses } },
      }),
    );
    assert.match(found.find(([path]) => path === `${at}.only`)?.[1] ?? "", /leaves 16 things to restore/);
  });

  it("restores what AWS Backup restores, for every kind there is", () => {
    for (const kept of example.products.flatMap(({ data = {} }) => Object.values<Resource>(data))) {
      const way = restoreWay(kept.kind);
      assert.equal(canBeRestored(kept), way !== undefined && "as" in way, kept.kind);
    }
  });

  it("leaves to what it is about: where from, where to, what", () => {
    const its = product();
    const found = drillOf(zoneWith(its), its);
    assert.deepEqual([found?.from, found?.to], ["prod", "int"]);
    assert.deepEqual(
      found?.things.map(([name]) => name),
      ["carts", "pictures", "accounts", "files"],
    );
  });
});
