/** The example company with one product more, which says every word there is for what runs. */
import {
  bucket,
  checked,
  type LandingZone,
  type Product,
  prometheus,
  queue,
  search,
  secret,
  stream,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";

const files = bucket();
const logs = bucket();
const work = queue({ visibilityTimeout: 360 });
const clicks = stream();
const metrics = prometheus({ grafana: true });
const found = search({
  version: "2.19",
  capacity: { instanceType: "t3.small.search", instances: 3, storageGib: 10 },
});
const key = secret({ description: "Opens the bank's door" });

const code = {
  folder: "./test/landing-zone/functions/verify",
  handler: "index.handler",
  runtime: "nodejs24.x",
} as const;
const called = (path: string) => ({ release: "1.0.0", port: 8443, path }) as const;

export const wordy: Product = {
  name: "wordy",
  team: "platform",
  costCentre: "cc-2009",
  dataClass: "internal",
  data: { files, logs, work, clicks, metrics, found, key },
  instances: { instanceType: "m7g.large", max: 6 },
  services: {
    rolling: {
      ...called("/rolling/*"),
      tls: { proxyTo: 8080 },
      sidecars: {
        own: { image: "own", release: "1.2.3", memory: 64, essential: false },
        base: { image: "public.ecr.aws/docker/library/memcached", release: "1.6.39", memory: 64 },
      },
      logs: { to: logs },
      telemetry: { metrics },
      deployment: { strategy: "rolling" },
      calledBy: ["worker"],
      uses: [files.readWrite, key.inject],
      objective: { availability: 99.5, latency: { percent: 95, milliseconds: 800 } },
      size: { cpu: 1024, memory: 2048 },
    },
    bluegreen: {
      ...called("/blue-green/*"),
      deployment: {
        strategy: "blueGreen",
        bakeMinutes: 5,
        hooks: { preScaleUp: "folder", postTestTrafficShift: "image", postProductionTrafficShift: "folder" },
      },
      scaling: { min: 2, max: 4, targets: { cpu: 50, memory: 60 } },
    },
    canary: {
      ...called("/canary/*"),
      deployment: { strategy: "canary", percent: 5, minutes: 15 },
      scaling: {
        min: 2,
        max: 4,
        planned: { morning: { at: "cron(0 7 ? * MON-FRI *)", min: 2, max: 6 } },
        asleep: { from: "20:00", until: "06:30", timezone: "Europe/Berlin", weekends: false },
      },
    },
    linear: {
      ...called("/linear/*"),
      deployment: { strategy: "linear", percent: 25, hooks: { testTrafficShift: "image" } },
      capacity: "instances",
      sticky: 600,
    },
    network: { release: "1.0.0", port: 9443, network: "tls", drain: 60 },
    built: {
      ...called("/built/*"),
      release: { dev: { build: "./test/landing-zone/functions/verify" }, int: "1.0.0", prod: "1.0.0" },
    },
    hosted: {
      ...called("/*"),
      host: "admin",
      methods: ["GET"],
      headers: { "x-version": ["2"] },
      protocol: "http2",
      health: { interval: 10, healthy: 3, unhealthy: 3, startSeconds: 90 },
      architecture: "x86_64",
      settings: { COLOUR: "blue" },
      scaling: { min: 2, max: 3, steps: { above: 60, below: 20, by: 2 } },
      overrides: { prod: { size: { cpu: 512, memory: 1024 } } },
    },
    worker: {
      release: "1.0.0",
      logs: { to: found },
      spot: 80,
      uses: [work.consume],
      scaling: { min: 0, max: 5, backlog: { queue: work, perTask: 10 } },
      storage: 40,
    },
  },
  jobs: {
    nightly: { release: "1.0.0", schedule: "cron(30 1 * * ? *)", uses: [files.readWrite] },
    import: { release: "1.0.0", on: files.put("in/"), uses: [files.read, clicks.publish] },
    repair: {
      release: "1.0.0",
      command: ["repair"],
      timeoutMinutes: 120,
      retries: 0,
      parallel: true,
      telemetry: { traces: true },
      observes: "cloudwatch",
      uses: [files.read],
    },
  },
  functions: {
    folder: { code, timeout: 30 },
    image: { release: "1.0.0", uses: [key.read] },
    hourly: { code, schedule: "rate(1 hour)", concurrency: 5 },
    objects: { code, on: files.put("small/"), uses: [files.read] },
    messages: { code, from: work, timeout: 60, concurrency: 10 },
    records: { code, from: clicks },
    networked: { code, uses: [found.read] },
  },
};

export const zoneWithEveryWord: LandingZone = checked({ ...example, products: [...example.products, wordy] });
