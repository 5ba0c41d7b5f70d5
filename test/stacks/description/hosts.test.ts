import assert from "node:assert/strict";
import {
  bucket,
  type EnvironmentName,
  environmentNames,
  type Product,
  prometheus,
  queue,
  type Service,
} from "../../../stacks/description";
import { hostsOf } from "../../../stacks/description/routes";
import example from "../../../stacks/landing-zone";
import { internalRules, publicRules } from "../../../stacks/listener-rules";
import { images } from "../../../stacks/product-names";
import { faultsOf, orders, refuses, zoneWith } from "./company";

const service = (words: Partial<Service> = {}): Service => ({
  release: "1",
  port: 8443,
  path: "/*",
  ...words,
});
const { serviceDomain } = example.network;
const domainIn = (environment: EnvironmentName) =>
  example.organization.accounts[example.environments[environment].account]?.domain;
const publicly = { publicLoadBalancer: { allowPublic: "Customers buy here from anywhere" } };
const many = (count: number, words: Partial<Service>): Product["services"] =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`s${index}`, service({ ...words, path: `/${index}x` })]),
  );

describe("a service with a name of its own", () => {
  const zone = zoneWith({ services: { api: service(), admin: service({ host: "admin" }) } });

  it("answers at it, and leaves the product's names to the others, which leave it its own", () => {
    assert.deepEqual(faultsOf(zone), []);
    for (const environment of environmentNames) {
      const { api, admin } = internalRules(zone, orders(zone), environment);
      const domain = domainIn(environment);
      // The certificate of the names that are the same everywhere holds one label below their domain, and not two.
      assert.deepEqual(admin?.hosts, [`admin.orders.${domain}`]);
      assert.deepEqual(api?.hosts, [`orders.${domain}`, `orders.${serviceDomain}`]);
    }
  });

  it("is one of those that certificates and zones are told", () => {
    assert.deepEqual(hostsOf(orders(zone)), ["admin"]);
    const more = zoneWith({
      services: {
        a: service({ host: "admin" }),
        b: service({ host: "admin", path: "/b" }),
        c: service({ host: "blog" }),
        d: service({ path: "/d" }),
      },
    });
    assert.deepEqual(hostsOf(orders(more)), ["admin", "blog"]);
    assert.deepEqual(faultsOf(more), []);
  });

  it("is called by its public name alone on the public load balancer", () => {
    const open = zoneWith({
      ...publicly,
      services: { api: service({ public: true }), admin: service({ public: true, host: "admin" }) },
    });
    assert.deepEqual(faultsOf(open), []);
    const { api, admin } = publicRules(open, orders(open), "prod");
    assert.deepEqual(api?.hosts, [`orders.${domainIn("prod")}`]);
    assert.deepEqual(admin?.hosts, [`admin.orders.${domainIn("prod")}`]);
  });

  it("changes nothing on a public load balancer that it is not behind", () => {
    const open = zoneWith({
      ...publicly,
      services: { api: service({ public: true }), admin: service({ host: "admin" }) },
    });
    assert.equal(publicRules(open, orders(open), "prod")["api"]?.hosts, undefined);
  });

  it("is told from another of the same path only by its name", () => {
    const same = zoneWith({ services: { a: service({ host: "admin" }), b: service({ host: "admin" }) } });
    refuses(same, "products.orders.services.b.path", "/*", /same requests as products\.orders\.services\.a/);
  });

  for (const [what, product, host] of [
    [
      "a Network Load Balancer",
      { services: { quote: { release: "1", port: 1, network: "tls" }, a: service({ host: "quote" }) } },
      "quote",
    ],
    [
      "an offered product's link",
      { offersTo: ["shop"], services: { a: service({ host: "admin" }) } },
      "admin",
    ],
  ] as const)
    it(`may not be in the place of ${what}`, () => {
      const fault = faultsOf(zoneWith(product as Partial<Product>)).find(
        ({ path }) => path === "products.orders.services.a.host",
      );
      assert.equal(fault?.value, host);
      assert.match(fault?.problem ?? "", /choose another|leave out the host/);
    });
});

describe("the rules of one load balancer", () => {
  it("are a hundred at most, and of what is shifted there are two", () => {
    const blueGreen = { deployment: { strategy: "blueGreen" } } as const;
    const over = (services: Product["services"]) =>
      faultsOf(zoneWith({ services })).filter(({ problem }) => !/is also/.test(problem));
    assert.deepEqual(over(many(50, blueGreen)), []);
    const [fault, ...more] = over(many(51, blueGreen));
    assert.deepEqual(more, []);
    assert.equal(fault?.path, "products.orders.services");
    assert.equal(fault?.value, 102);
    assert.match(fault?.problem ?? "", /51 of them to test releases; AWS allows 100: let some of them roll/);
    assert.deepEqual(over(many(100, {})), []);
    assert.match(over(many(101, {}))[0]?.problem ?? "", /AWS allows a load balancer 100/);
  });
});

describe("a description of all that a product can run", () => {
  const incoming = queue({ visibilityTimeout: 360 });
  const [files, metrics] = [bucket(), prometheus()];
  const digest = `sha256:${"0a".repeat(32)}`;
  const zone = zoneWith({
    data: { incoming, files, metrics },
    cluster: "product",
    instances: { instanceType: "m7g.large", max: 6, image: "amazon-linux" },
    services: {
      api: service({
        release: { dev: { build: "./services/api" }, int: digest, prod: "1.7.2" },
        tls: { proxyTo: 8080 },
        health: { path: "/healthz?deep=1", interval: 10 },
        sticky: 300,
        drain: 60,
        sidecars: {
          proxy: { image: "public.ecr.aws/docker/library/envoy", release: "1.31", memory: 64 },
          cache: { image: "cache", release: digest, essential: false },
        },
        logs: { to: files },
        telemetry: { metrics },
        settings: { TOKEN_TTL: "60", SECRET_NAME: "bank" },
        scaling: {
          min: 2,
          max: 6,
          targets: { cpu: 50, memory: 70 },
          planned: { morning: { at: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Berlin", min: 4, max: 12 } },
        },
        spot: 50,
        deployment: { strategy: "canary", percent: 0.5, hooks: { testTrafficShift: "verify" } },
        objective: { availability: 99.9, latency: { percent: 99, milliseconds: 300 } },
        overrides: {
          dev: { size: { cpu: 512, memory: 1024 }, deployment: { strategy: "rolling" } },
          prod: { scaling: { max: 20 }, deployment: { percent: 5 } },
        },
      }),
      worker: {
        release: digest,
        uses: [incoming.consume],
        scaling: { min: 0, max: 9, backlog: { queue: incoming, perTask: 50 } },
        overrides: {
          dev: { scaling: { asleep: { from: "20:00", until: "06:30", timezone: "Europe/Berlin" } } },
        },
      },
      machine: { release: "1", capacity: "instances" },
    },
    jobs: {
      import: { release: "1", on: files.put("camt/"), parallel: false, timeoutMinutes: 600 },
      close: { release: "1", schedule: "cron(30 1 * * ? *)", timezone: "Europe/Berlin", retries: 0 },
      once: { release: "1", command: ["migrate"] },
    },
    functions: {
      verify: {
        code: { folder: "./functions/verify", handler: "src/index.handler", runtime: "nodejs24.x" },
        schedule: "rate(5 minutes)",
      },
      batch: { release: "1", from: incoming, timeout: 60, memory: 1_024, concurrency: 5 },
      thumbnails: { release: digest, on: files.put() },
    },
  });

  it("is free of faults", () => assert.deepEqual(faultsOf(zone), []));

  it("has a repository for each image, those of sidecars and functions too, and none for what is public", () => {
    assert.deepEqual(images(orders(zone)), [
      "api",
      "batch",
      "cache",
      "close",
      "import",
      "machine",
      "once",
      "thumbnails",
      "worker",
    ]);
  });

  it("has roles whose names IAM takes, however long product and workload are called", () => {
    const longest = "a".repeat(20);
    assert.equal(faultsOf(zoneWith({ name: longest, services: { [longest]: { release: "1" } } })).length, 0);
    const suffixes = ["-task", "-execution", "-schedule", "-state-machine", "-deployment-hooks"];
    for (const suffix of suffixes) assert.ok(`${longest}-${longest}${suffix}`.length <= 64);
  });
});
