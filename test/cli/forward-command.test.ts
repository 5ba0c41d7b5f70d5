import assert from "node:assert/strict";
import { UsageError } from "../../cli/failures";
import { forwardTarget, forwardTargets } from "../../cli/forward-targets";
import { operatedPlace } from "../../cli/operated-place";
import {
  aurora,
  cache,
  database,
  fileSystem,
  type LandingZone,
  type Product,
  search,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { clusterName } from "../../stacks/product-names";
import { callerOf, StubbedAws, taskId, tasks } from "./stubbed-aws";

const one = { id: taskId("a") };
const host = "payments-accounts.cluster-abc.eu-central-1.rds.amazonaws.com";
const open = {
  ...callerOf("888899990000"),
  ...tasks(["api"], one),
  "ssm get-parameter": { Parameter: { Name: "/payments-accounts/host", Value: host } },
};
const forward = (...more: string[]) => ["forward", "payments", "accounts", "--env", "dev", ...more];
const payments = example.products.find(({ name }) => name === "payments") ?? assert.fail();
const cluster = clusterName(payments, "api");
const region = ["--region", "eu-central-1"];

describe("lz forward", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  beforeEach(() => {
    aws = new StubbedAws();
  });
  afterEach(() => aws.remove());

  it("goes by way of a task of a service that is linked to the database", () => {
    const { status, stderr, calls } = aws.lz(forward(), open);
    assert.equal(status, 0, stderr);
    assert.deepEqual(
      calls.map(call => call.slice(0, 2).join(" ")),
      [
        "sts get-caller-identity",
        "ssm get-parameter",
        "ecs list-tasks",
        "ecs describe-tasks",
        "ssm start-session",
      ],
    );
    assert.deepEqual(calls[1]?.slice(2, 4), ["--name", "/payments-accounts/host"]);
    assert.deepEqual(calls[4], [
      ...["ssm", "start-session", "--target", `ecs:${cluster}_${one.id}_${one.id}-api`],
      ...["--document-name", "AWS-StartPortForwardingSessionToRemoteHost", "--parameters"],
      `{"host":["${host}"],"portNumber":["5432"],"localPortNumber":["5432"]}`,
      ...region,
    ]);
    assert.match(stderr, /^accounts \(aurora\) at 127\.0\.0\.1:5432, through api, which is linked to it$/m);
  });

  it("says how to log in, with the token's exact command", () => {
    const { stderr } = aws.lz(forward("--port", "15432", "--profile", "p"), open);
    assert.ok(
      stderr.includes(
        `TOKEN="$(aws rds generate-db-auth-token --hostname ${host} --port 5432 --username payments_accounts --region eu-central-1 --profile p)"`,
      ),
      stderr,
    );
    assert.match(
      stderr,
      /psql "host=payments-accounts\.cluster-\S+ hostaddr=127\.0\.0\.1 port=15432 user=payments_accounts/,
    );
    assert.match(stderr, /"localPortNumber":\["15432"\]/);
  });

  it("only shows in a dry run, with capitals for what only AWS knows", () => {
    const { status, stdout, calls } = aws.lz(
      ["forward", "orders", "sessions", "--env", "dev", "--dry-run"],
      {},
      [],
    );
    assert.deepEqual([status, calls], [0, []]);
    assert.match(stdout, /^aws ssm get-parameter --name \/orders-sessions\/host /m);
    assert.match(stdout, /^aws ssm start-session --target ecs:orders_TASK_CONTAINER_ID .*"HOST".*"6379"/m);
    assert.match(
      stdout,
      /valkey-cli --tls --sni HOST -h 127\.0\.0\.1 -p 6379 --user orders-sessions --askpass/,
    );
  });

  const refused: readonly [args: string[], says: RegExp][] = [
    [["forward", "payments", "accounts", "--env", "prod"], /a tunnel is not let into prod/],
    [["forward", "payments", "accounts", "--env", "int"], /a tunnel is not let into int/],
    [
      ["forward", "payments", "ledger", "--env", "dev"],
      /ledger is a table, which is no host.*accounts \(aurora\)/,
    ],
    [forward("--through", "web"), /no service "web"; there are: api, capture/],
    [
      forward("--through", "capture"),
      /--through capture: only services that are linked to accounts.*these are api$/m,
    ],
    [forward("--port", "0"), /--port 0/],
    [forward("--port", "65536"), /--port 65536/],
    [forward("--port", "54e2"), /--port 54e2/],
  ];
  for (const [args, says] of refused)
    it(`refuses ${args.slice(1).join(" ")} before any call`, () => {
      const { status, stderr, calls } = aws.lz(args, open);
      assert.deepEqual([status, calls], [2, []], stderr);
      assert.match(stderr, says);
    });

  it("goes into prod in an emergency, and says that what goes through is not recorded", () => {
    const { status, stderr } = aws.lz(["forward", "payments", "accounts", "--env", "prod", "--break-glass"], {
      ...open,
      ...callerOf("100000000001"),
    });
    assert.equal(status, 2, "another account");
    assert.match(stderr, /payments-prod/);
    const shown = aws.lz(["forward", "payments", "accounts", "--env", "prod", "--break-glass", "--dry-run"]);
    assert.match(shown.stdout, /what goes through the tunnel is not/);
  });

  it("needs the plugin before it asks anything", () => {
    const { status, stderr, calls } = aws.lz(forward(), open, ["aws"]);
    assert.deepEqual([status, calls], [2, []]);
    assert.match(stderr, /no `session-manager-plugin`/);
  });
});

describe("what can be forwarded", () => {
  const capacity = { nodeType: "cache.t4g.micro" };
  const hot = cache({ version: "8.1", capacity });
  const bursts = cache({ version: "8.1", capacity: { serverless: { maxGb: 1 } } });
  const books = database({
    engine: "mysql",
    version: "8.4.5",
    instanceClass: "db.t4g.small",
    storage: { gib: 20, upTo: 40 },
  });
  const ledger = aurora({
    engine: "postgresql",
    version: "16.6",
    capacity: { serverless: { min: 0.5, max: 1 } },
  });
  const words = search({
    version: "OpenSearch_2.19",
    capacity: { instanceType: "t3.small.search", storageGib: 10 },
  });
  const files = fileSystem({ mountPath: "/files" });
  const product = (more: Partial<Product>): Product => ({
    name: "parcels",
    team: "logistics",
    costCentre: "cc-2006",
    dataClass: "internal",
    ...more,
  });
  const keeper = product({ name: "keeper", data: { words }, shares: { words: ["parcels"] } });
  const parcels = product({
    data: { hot, bursts, books, ledger, files },
    services: {
      web: { release: "1", uses: [hot.connect, books.connectReadOnly, files.read] },
      api: {
        release: "1",
        uses: [hot.connect, books.connect, ledger.connectReadOnly, words.read, bursts.connect],
      },
    },
  });
  const zone: LandingZone = { ...example, products: [keeper, parcels] };
  const place = operatedPlace(zone, "parcels", "dev");

  it("is what services are linked to by host and port, own or shared", () => {
    assert.deepEqual(
      forwardTargets(place).map(({ name, kind, service, hostParameter, port, settings }) => [
        service,
        name,
        kind,
        hostParameter,
        port,
        settings["USER"],
      ]),
      [
        ["web", "hot", "cache", "/parcels-hot/host", 6379, "parcels-hot"],
        ["web", "books", "database", "/parcels-books/reader-host", 3306, "parcels_books__ro"],
        ["api", "hot", "cache", "/parcels-hot/host", 6379, "parcels-hot"],
        ["api", "books", "database", "/parcels-books/host", 3306, "parcels_books"],
        ["api", "ledger", "aurora", "/parcels-ledger/reader-host", 5432, "parcels_ledger__ro"],
        ["api", "keeper-words", "search", "/keeper-words/host", 443, undefined],
        ["api", "bursts", "cache", "/parcels-bursts/host", 6379, "parcels-bursts"],
      ],
    );
  });

  it("is gone to through the first service, or the one that is named", () => {
    assert.equal(forwardTarget(place, "books", undefined).service, "web");
    assert.equal(forwardTarget(place, "books", "api").hostParameter, "/parcels-books/host");
    assert.throws(
      () => forwardTarget(place, "ledger", "web"),
      (error: unknown) => error instanceof UsageError && /these are api$/.test(error.message),
    );
  });

  for (const [product, data, says] of [
    ["payments", "books", /payments has no "books".*accounts \(aurora\)/],
    ["orders", "pending", /pending is a queue, .*sessions \(cache\)/],
    ["shop", "carts", /carts is a table, .*forwarded can be nothing/],
  ] as const)
    it(`is not ${data} of ${product}`, () =>
      assert.throws(() => forwardTarget(operatedPlace(example, product, "dev"), data, undefined), says));

  it("is nothing that only a job, or nobody, is linked to", () => {
    const alone = operatedPlace(
      { ...zone, products: [product({ data: { ledger }, services: { api: { release: "1" } } })] },
      "parcels",
      "dev",
    );
    assert.throws(
      () => forwardTarget(alone, "ledger", undefined),
      /no service of parcels is linked to ledger/,
    );
  });
});
