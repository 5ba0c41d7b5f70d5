import {
  bucket,
  type Environments,
  fileSystem,
  type Job,
  type LambdaFunction,
  type Product,
  queue,
  type Service,
  secret,
  stream,
} from "../../../stacks/description";
import example from "../../../stacks/landing-zone";
import { refuses, zoneWith } from "./company";

const digest = `sha256:${"0a".repeat(32)}`;
const incoming = queue({ visibilityTimeout: 100 });
const files = bucket();
const disk = fileSystem({ mountPath: "/disk" });
const opener = secret({ description: "Opens the bank's door" });
const records = stream();
const strange = queue({ visibilityTimeout: 900 });
const data = { incoming, files, disk, opener, records };
const at = "products.orders";

type Row = readonly [
  what: string,
  product: unknown,
  path: string,
  value: unknown,
  says: RegExp,
  environments?: unknown,
];

/** Of the service `api`, a worker unless more is said; words of the wrong type are what this is about. */
const service = (
  what: string,
  words: unknown,
  path: string,
  value: unknown,
  says: RegExp,
  more = {},
): Row => [
  what,
  { data, services: { api: { release: "1", ...(words as Partial<Service>) } }, ...more },
  `${at}.services.api.${path}`,
  value,
  says,
];
const called = (what: string, words: unknown, path: string, value: unknown, says: RegExp, more = {}): Row =>
  service(what, { port: 8443, path: "/*", ...(words as Service) }, path, value, says, more);
const job = (what: string, words: unknown, path: string, value: unknown, says: RegExp, more = {}): Row => [
  what,
  { data, jobs: { close: { release: "1", ...(words as Partial<Job>) } }, ...more },
  `${at}.jobs.close.${path}`,
  value,
  says,
];
const code = { folder: "./functions/a", handler: "index.handler", runtime: "nodejs24.x" };
const lambda = (what: string, words: unknown, path: string, value: unknown, says: RegExp, more = {}): Row => [
  what,
  { data, functions: { verify: { code, ...(words as LambdaFunction) } }, ...more },
  `${at}.functions.verify${path}`,
  value,
  says,
];
const { prod } = example.environments;
const inProd = (words: object): Partial<Environments> => ({
  prod: { ...prod, service: { ...prod.service, ...words } },
});

const sizes: Row[] = [
  service(
    "memory that the CPU does not have",
    { size: { cpu: 256, memory: 4096 } },
    "size.memory",
    4096,
    /256 CPU units; it offers 512 to 2048 MiB; the nearest are \{ cpu: 256, memory: 2048 \} and \{ cpu: 512, memory: 4096 \}/,
  ),
  service(
    "CPU that there is not",
    { size: { cpu: 300, memory: 512 } },
    "size.cpu",
    300,
    /the nearest is 256/,
  ),
  service(
    "memory that an override's CPU does not have",
    { size: { cpu: 256, memory: 512 }, overrides: { prod: { size: { cpu: 2048 } } } },
    "overrides.prod.size.cpu",
    2048,
    /2048 CPU units; it offers 4096 to 16384 MiB/,
  ),
  job("a job's memory", { size: { cpu: 1024, memory: 512 } }, "size.memory", 512, /1024 CPU units/),
  service("too large a disk", { storage: 500 }, "storage", 500, /whole number of GiB from 21 to 200/),
];

const releases: Row[] = [
  service(
    "an image by latest",
    { release: "latest" },
    "release",
    "latest",
    /another image every day.*name the release's own tag/,
  ),
  service(
    "latest in one environment",
    { release: { dev: "latest", int: "1", prod: "1" } },
    "release.dev",
    "latest",
    /another image/,
  ),
  service(
    "a digest that is none",
    { release: "sha256:abc" },
    "release",
    "sha256:abc",
    /sha256: and 64 digits/,
  ),
  service(
    "a digest in capitals",
    { release: digest.toUpperCase().replace("SHA", "sha") },
    "release",
    digest.toUpperCase().replace("SHA", "sha"),
    /64 digits/,
  ),
  service("a tag with a slash", { release: "a/b" }, "release", "a/b", /must be an image's tag/),
  service("a number as a tag", { release: 1 }, "release", 1, /must be an image's tag.*\{ build:/),
  service(
    "a folder beyond the project's",
    { release: { dev: { build: "../api" }, int: "1", prod: "1" } },
    "release.dev.build",
    "../api",
    /a folder below the project's/,
  ),
  service(
    "a folder with dots on its way",
    { release: { dev: { build: "./a/../../b" }, int: "1", prod: "1" } },
    "release.dev.build",
    "./a/../../b",
    /no `\.\.`/,
  ),
  service(
    "a build everywhere",
    { release: { build: "./api" } },
    "release",
    { build: "./api" },
    /built where the product lives first, in dev.*\{ dev: \{ build: "\.\/api" \}, int: /,
  ),
  service(
    "a build in a later environment",
    { release: { dev: "1", int: { build: "./api" }, prod: "1" } },
    "release.int",
    { build: "./api" },
    /would be built anew.*build it in dev/,
  ),
  [
    "two builds of one image",
    {
      services: { api: { release: { dev: { build: "./a" }, int: "1", prod: "1" } } },
      jobs: { close: { image: "api", release: { dev: { build: "./b" }, int: "1", prod: "1" } } },
    },
    `${at}.jobs.close.release.dev.build`,
    "./b",
    /pushed to the repository api, as what products\.orders\.services\.api\.release\.dev builds from \.\/a/,
  ],
];

const settings: Row[] = [
  ...["DB_PASSWORD", "CLIENT_SECRET", "TOKEN", "API_KEY", "SIGNING_KEY_OLD", "PASSWD"].map(name =>
    service(
      `${name} as a setting`,
      { settings: { [name]: "x" } },
      `settings.${name}`,
      "(not shown)",
      /reads like a secret.*secret\(\{ description: "\.\.\." \}\)/,
    ),
  ),
  service(
    "a secret in an override",
    { overrides: { dev: { settings: { TOKEN: "x" } } } },
    "overrides.dev.settings.TOKEN",
    "(not shown)",
    /reads like a secret/,
  ),
  service(
    "a secret of a sidecar",
    { sidecars: { proxy: { image: "proxy", release: "1", settings: { TOKEN: "x" } } } },
    "sidecars.proxy.settings.TOKEN",
    "(not shown)",
    /keep it as token: secret\(/,
  ),
  lambda(
    "a secret of a function",
    { settings: { API_KEY: "x" } },
    ".settings.API_KEY",
    "(not shown)",
    /keep it as api-key: secret\(/,
  ),
  service(
    "a setting in small letters",
    { settings: { level: "x" } },
    "settings.level",
    "level",
    /capitals, digits and `_`/,
  ),
  service(
    "a secret that nothing provides",
    { uses: [secret({ description: "x" }).inject] },
    "uses[0]",
    "secret",
    /is a secret that no product keeps; name it in products\.orders\.data/,
  ),
  lambda(
    "a secret that nothing provides to a function",
    { uses: [secret({ description: "x" }).read] },
    ".uses[0]",
    "secret",
    /no product keeps/,
  ),
];

const containers: Row[] = [
  service(
    "a sidecar of the workload's name",
    { sidecars: { api: { image: "proxy", release: "1" } } },
    "sidecars.api",
    "api",
    /rename the sidecar/,
  ),
  ...["tls-proxy", "log-router", "telemetry"].map(name =>
    service(
      `a sidecar of the name ${name}`,
      { sidecars: { [name]: { image: "proxy", release: "1" } } },
      `sidecars.${name}`,
      name,
      /must be none of tls-proxy, log-router, telemetry/,
    ),
  ),
  [
    "a service of a sidecar's name",
    { services: { telemetry: { release: "1" } } },
    `${at}.services.telemetry`,
    "telemetry",
    /what a container beside others is called; rename it/,
  ],
  service(
    "a sidecar by latest",
    { sidecars: { proxy: { image: "proxy", release: "latest" } } },
    "sidecars.proxy.release",
    "latest",
    /another image/,
  ),
  service(
    "a sidecar that nobody approved",
    { sidecars: { proxy: { image: "public.ecr.aws/nginx/nginx", release: "1" } } },
    "sidecars.proxy.image",
    "public.ecr.aws/nginx/nginx",
    /is no approved base; organization\.images\.approvedBases has/,
  ),
  service(
    "a sidecar of another registry",
    { sidecars: { proxy: { image: "docker.io/nginx", release: "1" } } },
    "sidecars.proxy.image",
    "docker.io/nginx",
    /a repository of the product/,
  ),
  service(
    "sidecars that leave nothing",
    { size: { cpu: 256, memory: 512 }, sidecars: { proxy: { image: "proxy", release: "1", memory: 512 } } },
    "size.memory",
    512,
    /leaves api nothing: its sidecars have 512/,
  ),
  service(
    "logs to a bucket that nobody keeps",
    { logs: { to: bucket() } },
    "logs.to",
    "bucket",
    /no product keeps/,
  ),
  service("logs to a queue", { logs: { to: incoming } }, "logs", { to: incoming }, /\{ to: BUCKET \}/),
  service(
    "a command of nothing",
    { sidecars: { proxy: { image: "proxy", release: "1", command: [] } } },
    "sidecars.proxy.command",
    [],
    /one word at least/,
  ),
];

const ways: Row[] = [
  called("a port out of range", { port: 70_000 }, "port", 70_000, /the port from 1 to 65,535/),
  called("the port 0", { port: 0 }, "port", 0, /the port from 1/),
  called(
    "a proxy to its own port",
    { tls: { proxyTo: 8443 } },
    "tls.proxyTo",
    8443,
    /the port that the proxy listens on itself/,
  ),
  service(
    "a proxy of a worker",
    { tls: { proxyTo: 8080 } },
    "tls.proxyTo",
    8080,
    /nobody to speak TLS to; say the `port`/,
  ),
  called("a proxy's port out of range", { tls: { proxyTo: 0 } }, "tls.proxyTo", 0, /the port from 1/),
  ...(["host", "sticky", "objective"] as const).map(word => {
    const value = { host: "admin", sticky: 60, objective: { availability: 99 } }[word];
    return service(
      `${word} of a worker`,
      { [word]: value },
      word,
      value,
      /has no effect on a worker; give the service a `path`/,
    );
  }),
  service(
    "an objective of a worker in one environment",
    { overrides: { prod: { objective: { availability: 99 } } } },
    "overrides.prod.objective",
    { availability: 99 },
    /no effect on a worker/,
  ),
  service(
    "a host behind a Network Load Balancer",
    { port: 8443, network: "tls", host: "admin" },
    "host",
    "admin",
    /no effect on a Network Load Balancer/,
  ),
  called("a host of two parts", { host: "a.b" }, "host", "a.b", /one part of a name/),
  called(
    "a health check that takes too long",
    { health: { interval: 5, timeout: 5 } },
    "health.timeout",
    5,
    /less than `interval`, 5 seconds; 4 at most/,
  ),
  called(
    "a health check too often",
    { health: { interval: 1 } },
    "health.interval",
    1,
    /seconds from 5 to 300/,
  ),
  called("a health check without a slash", { health: "ready" }, "health", "ready", /begins with `\/`/),
  called("a long stickiness", { sticky: 700_000 }, "sticky", 700_000, /from 1 to 604,800/),
  called("a long drain", { drain: 120 }, "drain", 120, /from 1 to 110/),
];

const scaling = (what: string, words: object, path: string, value: unknown, says: RegExp, more = {}): Row =>
  service(what, { scaling: { min: 1, max: 4, ...words }, ...more }, `scaling.${path}`, value, says);

const counts: Row[] = [
  scaling("min over max", { min: 5 }, "max", 4, /at least `min`, which is 5/),
  service(
    "min over max in one environment",
    { scaling: { min: 2, max: 4 }, overrides: { prod: { scaling: { min: 8 } } } },
    "overrides.prod.scaling.min",
    8,
    /at least `min`, which is 8/,
  ),
  scaling("no tasks without a queue", { min: 0 }, "min", 0, /say `backlog`, or at least 1/),
  service(
    "no tasks without a queue in one environment",
    { overrides: { dev: { scaling: { min: 0 } } } },
    "overrides.dev.scaling.min",
    0,
    /say `backlog`/,
  ),
  scaling(
    "steps that cross",
    { steps: { above: 20, below: 30 } },
    "steps.below",
    30,
    /less than `above`, 20/,
  ),
  scaling("targets of nothing", { targets: {} }, "targets", {}, /must name one at least/),
  scaling(
    "a target over 100",
    { targets: { cpu: 120 } },
    "targets.cpu",
    120,
    /a per cent of CPU from 1 to 100/,
  ),
  scaling(
    "steps against a target",
    { steps: { above: 40, below: 10 }, targets: { cpu: 50 } },
    "targets.cpu",
    50,
    /follows CPU as `steps` do/,
  ),
  scaling(
    "requests of what nobody calls",
    { targets: { requests: 100 } },
    "targets.requests",
    100,
    /counted by the load balancer; give the service a `path`/,
  ),
  called(
    "requests that are shifted",
    { scaling: { min: 1, max: 4, targets: { requests: 100 } }, deployment: { strategy: "blueGreen" } },
    "scaling.targets.requests",
    100,
    /blueGreen goes from one to another; use targets\.cpu/,
  ),
  scaling(
    "a queue that it does not empty",
    { backlog: { queue: incoming, perTask: 5 } },
    "backlog.queue",
    "queue",
    /add its `consume` to `uses`/,
  ),
  scaling(
    "what is no queue",
    { backlog: { queue: files, perTask: 5 } },
    "backlog.queue",
    files,
    /must be a queue of the product/,
  ),
  scaling(
    "a plan by a rate",
    { planned: { a: { at: "rate(1 day)", min: 1, max: 2 } } },
    "planned.a.at",
    "rate(1 day)",
    /must be cron/,
  ),
  scaling(
    "a plan that EventBridge would refuse",
    { planned: { a: { at: "cron(0 7 * * * *)", min: 1, max: 2 } } },
    "planned.a.at",
    "cron(0 7 * * * *)",
    /write cron\(0 7 \* \* \? \*\)/,
  ),
  scaling(
    "a plan that crosses",
    { planned: { a: { at: "cron(0 7 * * ? *)", min: 3, max: 2 } } },
    "planned.a.max",
    2,
    /at least `min`, which is 3/,
  ),
  scaling(
    "a plan where nobody lives",
    { planned: { a: { at: "cron(0 7 * * ? *)", timezone: "Mars", min: 1, max: 2 } } },
    "planned.a.timezone",
    "Mars",
    /IANA/,
  ),
  scaling(
    "a plan of none",
    { planned: { a: { at: "cron(0 7 * * ? *)", min: 0, max: 2 } } },
    "planned.a.min",
    0,
    /for none at night say `asleep`/,
  ),
  scaling(
    "an hour that there is not",
    { asleep: { from: "24:00", until: "06:00" } },
    "asleep.from",
    "24:00",
    /from "00:00" to "23:59"/,
  ),
  scaling(
    "a night of no time",
    { asleep: { from: "20:00", until: "20:00" } },
    "asleep.until",
    "20:00",
    /another hour than `from`/,
  ),
  called(
    "a night against an objective",
    {
      scaling: { min: 1, max: 4, asleep: { from: "20:00", until: "06:00" } },
      objective: { availability: 99 },
    },
    "scaling.asleep",
    { from: "20:00", until: "06:00", timezone: "UTC", weekends: true },
    /nobody answer at night.*leave one out/,
  ),
  service("Spot over 100", { spot: 101 }, "spot", 101, /per cent from 0 to 100/),
];

const deployments: Row[] = [
  service(
    "shifting without a path",
    { deployment: { strategy: "blueGreen" } },
    "deployment.strategy",
    "blueGreen",
    /give it a `path`, or leave this out/,
  ),
  service(
    "shifting behind a Network Load Balancer",
    { port: 8443, network: "tls", deployment: { strategy: "canary" } },
    "deployment.strategy",
    "canary",
    /Application Load Balancer/,
  ),
  service(
    "shifting without a path in one environment",
    { overrides: { prod: { deployment: { strategy: "linear" } } } },
    "overrides.prod.deployment.strategy",
    "linear",
    /give it a `path`/,
  ),
  called(
    "a strategy that there is not",
    { deployment: { strategy: "sudden" } },
    "deployment.strategy",
    "sudden",
    /one of rolling, blueGreen, canary, linear/,
  ),
  called(
    "a bake of what rolls",
    { deployment: { strategy: "rolling", bakeMinutes: 5 } },
    "deployment.bakeMinutes",
    5,
    /no effect on rolling; leave it out, or choose blueGreen, canary or linear/,
  ),
  called(
    "parts of blue and green",
    { deployment: { strategy: "blueGreen", percent: 5 } },
    "deployment.percent",
    5,
    /no effect on blueGreen; leave it out, or choose canary or linear/,
  ),
  called(
    "parts of what rolls in one environment",
    { overrides: { prod: { deployment: { percent: 5 } } } },
    "overrides.prod.deployment.percent",
    5,
    /no effect on rolling/,
  ),
  called(
    "too large parts",
    { deployment: { strategy: "linear", percent: 60 } },
    "deployment.percent",
    60,
    /from 3 to 50 for linear/,
  ),
  called(
    "a hook of no function",
    { deployment: { strategy: "blueGreen", hooks: { postScaleUp: "verify" } } },
    "deployment.hooks.postScaleUp",
    "verify",
    /is no function of orders .*there are: none/,
  ),
  called(
    "a hook at no stage",
    { deployment: { strategy: "blueGreen", hooks: { later: "verify" } } },
    "deployment.hooks.later",
    "verify",
    /no word of the description/,
  ),
  called(
    "an objective that nobody keeps",
    { objective: { availability: 99.999 } },
    "objective.availability",
    99.999,
    /from 90 to 99\.99/,
  ),
  [
    "an environment's hooks",
    { services: { api: { release: "1" } } },
    "environments.prod.service.deployment.hooks",
    { preScaleUp: "verify" },
    /functions of one product; say them in its services/,
    inProd({ deployment: { strategy: "blueGreen", hooks: { preScaleUp: "verify" } } }),
  ],
  [
    "an environment's scaling",
    { services: { api: { release: "1" } } },
    "environments.prod.service.scaling.max",
    1,
    /at least `min`/,
    inProd({ scaling: { min: 2, max: 1 } }),
  ],
];

const onInstances = { instances: { instanceType: "m7g.large" } };
const machines: Row[] = [
  service(
    "instances that there are not",
    { capacity: "instances" },
    "capacity",
    "instances",
    /instances: \{ instanceType: "m7g\.large" \}/,
  ),
  service(
    "instances in one environment that there are not",
    { overrides: { prod: { capacity: "instances" } } },
    "overrides.prod.capacity",
    "instances",
    /has none to run on/,
  ),
  service(
    "another architecture than the instances'",
    { capacity: "instances", architecture: "x86_64" },
    "architecture",
    "x86_64",
    /m7g\.large, which is arm64; say architecture: "arm64"/,
    onInstances,
  ),
  service(
    "the default architecture on other instances",
    { capacity: "instances" },
    "architecture",
    "arm64",
    /t3\.large, which is x86_64/,
    { instances: { instanceType: "t3.large" } },
  ),
  service(
    "Spot of instances",
    { capacity: "instances", spot: 50 },
    "spot",
    50,
    /a share of Fargate's tasks/,
    onInstances,
  ),
  service(
    "a disk of instances",
    { capacity: "instances", storage: 50 },
    "storage",
    50,
    /a disk of Fargate's/,
    onInstances,
  ),
  [
    "instances that nothing runs on",
    { services: { api: { release: "1" } }, ...onInstances },
    `${at}.instances`,
    "m7g.large",
    /have nothing to run/,
  ],
  [
    "instances of a cluster for each",
    { services: { api: { release: "1", capacity: "instances" } }, ...onInstances, cluster: "service" },
    `${at}.instances`,
    "m7g.large",
    /belong to one cluster/,
  ],
  [
    "instances that guardrails refuse",
    {
      services: { api: { release: "1", capacity: "instances", architecture: "x86_64" } },
      instances: { instanceType: "p5.48xlarge" },
    },
    `${at}.instances.instanceType`,
    "p5.48xlarge",
    /guardrails\.instanceFamilies has t3/,
  ],
];

const jobs: Row[] = [
  job("a schedule that is none", { schedule: "daily" }, "schedule", "daily", /rate\(1 hour\)/),
  job(
    "a cron that EventBridge refuses",
    { schedule: "cron(0 7 * * * *)" },
    "schedule",
    "cron(0 7 * * * *)",
    /write cron\(0 7 \* \* \? \*\)/,
  ),
  job(
    "a cron that EventBridge refuses in one environment",
    { schedule: "rate(1 day)", overrides: { prod: { schedule: "rate(1 days)" } } },
    "overrides.prod.schedule",
    "rate(1 days)",
    /must be rate\(1 day\)/,
  ),
  job(
    "a schedule and objects",
    { schedule: "rate(1 day)", on: files.put() },
    "schedule",
    "rate(1 day)",
    /second beginning beside `on`; make two jobs/,
  ),
  job(
    "objects and a schedule in one environment",
    { on: files.put("a/"), overrides: { dev: { schedule: "rate(1 day)" } } },
    "overrides.dev.schedule",
    "rate(1 day)",
    /second beginning/,
  ),
  job(
    "objects of a queue",
    { on: { objectCreated: incoming } },
    "on.objectCreated",
    incoming,
    /must be a bucket of the product/,
  ),
  job(
    "objects of a bucket that nobody keeps",
    { on: bucket().put() },
    "on.objectCreated",
    "bucket",
    /no product keeps/,
  ),
  job(
    "a setting that objects are told by",
    { on: files.put(), settings: { OBJECT_BUCKET: "x" } },
    "settings.OBJECT_BUCKET",
    "x",
    /told of its object by/,
  ),
  job(
    "a time zone without a schedule",
    { timezone: "Europe/Berlin" },
    "timezone",
    "Europe/Berlin",
    /no effect without a `schedule`/,
  ),
  job(
    "a time zone that there is not",
    { schedule: "rate(1 day)", timezone: "Berlin" },
    "timezone",
    "Berlin",
    /did you mean Europe\/Berlin/,
  ),
  job("too many retries", { retries: 11 }, "retries", 11, /from 0 to 10/),
  job("too long a run", { timeoutMinutes: 20_000 }, "timeoutMinutes", 20_000, /from 1 to 10,080/),
];

const functions: Row[] = [
  lambda("nothing to run", { code: undefined }, "", undefined, /say `release` of an image, or code/),
  lambda("two things to run", { release: "1" }, ".release", "1", /`code` is what runs instead; say one/),
  lambda("an image beside code", { image: "a" }, ".image", "a", /is of an image/),
  lambda(
    "a runtime that is old",
    { code: { ...code, runtime: "nodejs18.x" } },
    ".code.runtime",
    "nodejs18.x",
    /one of nodejs22\.x/,
  ),
  lambda(
    "an absolute folder",
    { code: { ...code, folder: "/srv/a" } },
    ".code.folder",
    "/srv/a",
    /below the project's/,
  ),
  lambda(
    "a secret that is injected",
    { uses: [opener.inject] },
    ".uses[0]",
    "inject",
    /reads it itself: use its `read`/,
  ),
  lambda("a file system", { uses: [disk.read] }, ".uses[0]", "fileSystem", /mounted into containers only/),
  lambda(
    "a queue that hides messages too shortly",
    { from: incoming },
    ".timeout",
    30,
    /hides a message for 100 seconds only; give the queue visibilityTimeout: 180, or the function a timeout of 16 at most/,
  ),
  lambda(
    "a queue that hides messages too shortly for an override",
    { from: incoming, timeout: 10, overrides: { prod: { timeout: 20 } } },
    ".overrides.prod.timeout",
    20,
    /visibilityTimeout: 120/,
  ),
  lambda("a queue that nobody keeps", { from: strange }, ".from", "queue", /no product keeps/),
  lambda("a bucket to read batches from", { from: files }, ".from", files, /a queue or a stream/),
  lambda("too little memory", { memory: 64 }, ".memory", 64, /from 128 to 10,240/),
  lambda("too long a run", { timeout: 1_000 }, ".timeout", 1_000, /from 1 to 900/),
  lambda(
    "a schedule that is none",
    { schedule: "cron(0 7 * * *)" },
    ".schedule",
    "cron(0 7 * * *)",
    /did you mean cron\(0 7 \* \* \? \*\)/,
  ),
];

const groups: Row[] = [
  ["nothing that runs", { services: {} }, at, "orders", /neither services nor jobs nor functions/],
  [
    "a job of a service's name",
    { services: { a: { release: "1" } }, jobs: { a: { release: "1" } } },
    `${at}.jobs.a`,
    "a",
    /is the value of products\.orders\.services\.a too/,
  ],
  [
    "a function of a job's name",
    { jobs: { a: { release: "1" } }, functions: { a: { release: "1" } } },
    `${at}.functions.a`,
    "a",
    /is the value of products\.orders\.jobs\.a too/,
  ],
  service(
    "an override where the product does not live",
    { overrides: { prod: { spot: 5 } } },
    "overrides.prod",
    "prod",
    /does not live in; it lives in dev, int/,
    { environments: ["dev", "int"] },
  ),
  service(
    "an override of an environment that there is not",
    { overrides: { test: { spot: 5 } } },
    "overrides.test",
    { spot: 5 },
    /no word of the description/,
  ),
  service(
    "an override of what can not be overridden",
    { overrides: { prod: { port: 5 } } },
    "overrides.prod.port",
    5,
    /no word of the description/,
  ),
  [
    "the word task",
    { services: { a: { release: "1" } }, tasks: {} },
    `${at}.tasks`,
    {},
    /no word of the description/,
  ],
  [
    "a cluster for each team",
    { services: { a: { release: "1" } }, cluster: "team" },
    `${at}.cluster`,
    "team",
    /one of product, service/,
  ],
  [
    "a shell for everybody",
    { services: { a: { release: "1" } } },
    "environments.prod.shell",
    "everybody",
    /one of allowed, breakGlass/,
    { prod: { ...prod, shell: "everybody" } },
  ],
];

describe("what a product runs", () => {
  for (const [title, rows] of Object.entries({
    sizes,
    releases,
    settings,
    containers,
    ways,
    counts,
    deployments,
    machines,
    jobs,
    functions,
    groups,
  }))
    describe(`by its ${title}`, () => {
      for (const [what, product, path, value, says, environments] of rows)
        it(`is refused with ${what}`, () =>
          refuses(
            zoneWith(product as Partial<Product>, environments as Partial<Environments>),
            path,
            value,
            says,
          ));
    });
});
