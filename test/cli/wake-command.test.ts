import assert from "node:assert/strict";
import { ProjectCopy } from "./project-copy";
import { callerOf, StubbedAws } from "./stubbed-aws";

const region = ["--region", "eu-central-1", "--output", "json"];
const bounds = (service: string, cluster: string, min: number, max: number) => [
  ...["application-autoscaling", "register-scalable-target", "--service-namespace", "ecs"],
  ...["--resource-id", `service/${cluster}/${service}`, "--scalable-dimension", "ecs:service:DesiredCount"],
  ...["--min-capacity", String(min), "--max-capacity", String(max), ...region],
];

describe("lz wake", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  afterEach(() => aws.remove());

  describe("a service that sleeps by itself", () => {
    beforeEach(() => {
      aws = new StubbedAws();
    });
    const shop = (...more: string[]) => ["wake", "shop", "--env", "dev", ...more];
    const wanting = (desiredCount: number) => ({
      ...callerOf("555566667777"),
      "ecs describe-services": { services: [{ desiredCount }] },
    });

    it("gets its bounds back, and its first tasks", () => {
      const { status, stderr, calls } = aws.lz(shop(), wanting(0));
      assert.equal(status, 0, stderr);
      assert.deepEqual(calls.slice(1), [
        bounds("shop-web", "shop", 1, 2),
        ["ecs", "describe-services", "--cluster", "shop", "--services", "shop-web", ...region],
        [
          ...["ecs", "update-service", "--cluster", "shop", "--service", "shop-web"],
          ...["--desired-count", "1", ...region],
        ],
      ]);
      assert.match(stderr, /shop is awake, until the clock puts it to sleep again/);
    });

    it("keeps the tasks it has, when it is awake already", () => {
      const { status, calls } = aws.lz(shop(), wanting(2));
      assert.equal(status, 0);
      assert.deepEqual(
        calls.map(([, call]) => call),
        ["get-caller-identity", "register-scalable-target", "describe-services"],
      );
    });

    it("is left alone with credentials of another account", () => {
      const { status, stderr, calls } = aws.lz(shop(), callerOf("777788889999"));
      assert.equal(status, 2);
      assert.match(stderr, /the credentials are of the account prod/);
      assert.equal(calls.length, 1);
    });

    it("is shown, and nothing is called, in a dry run", () => {
      const { status, stdout, calls } = aws.lz(shop("--dry-run"));
      assert.equal(status, 0);
      assert.deepEqual(calls, []);
      assert.match(stdout, /^# only if fewer than 1 are wanted:\naws ecs update-service /m);
    });

    it("has nothing to wake where nothing sleeps", () => {
      for (const [product, environment] of [
        ["payments", "dev"],
        ["shop", "prod"],
      ] as const) {
        const { status, stderr } = aws.lz(["wake", product, "--env", environment]);
        assert.equal(status, 2);
        assert.match(stderr, new RegExp(`nothing of ${product} sleeps in ${environment}: environments`));
      }
    });
  });

  describe("a product with a database, outside its environment's hours", () => {
    let project: ProjectCopy;
    before(() => {
      project = new ProjectCopy();
      project.change(
        "stacks/landing-zone/environments.ts",
        'policies: "advisory",',
        'policies: "advisory",\n    hours: { start: "07:00", stop: "19:00", timezone: "Europe/Berlin" },',
      );
    });
    after(() => project.remove());
    beforeEach(() => {
      aws = new StubbedAws(project.folder);
    });
    const payments = ["wake", "payments", "--env", "dev"];
    const cluster = ["--db-cluster-identifier", "payments-accounts"];
    const being = (Status: string) => ({
      ...callerOf("888899990000"),
      "rds describe-db-clusters": { DBClusters: [{ Status }] },
    });

    it("starts the database, waits until it is there, and then the services", () => {
      const { status, stderr, calls } = aws.lz(payments, being("stopped"));
      assert.equal(status, 0, stderr);
      assert.deepEqual(calls.slice(1, 5), [
        ["rds", "describe-db-clusters", ...cluster, ...region],
        ["rds", "start-db-cluster", ...cluster, ...region],
        ["rds", "wait", "db-cluster-available", ...cluster, "--region", "eu-central-1"],
        bounds("payments-api", "payments-api", 1, 2),
      ]);
    });

    it("does not start one that runs", () => {
      const { status, stderr, calls } = aws.lz(payments, being("available"));
      assert.equal(status, 0, stderr);
      assert.ok(!calls.some(([, call]) => call === "start-db-cluster"));
      assert.match(stderr, /payments-accounts is available/);
    });

    it("says to try again while it is stopping, and wakes nothing", () => {
      const { status, stderr, calls } = aws.lz(payments, being("stopping"));
      assert.equal(status, 2);
      assert.match(stderr, /payments-accounts is stopping, .* try again in some minutes/);
      assert.equal(calls.length, 2);
    });
  });
});
