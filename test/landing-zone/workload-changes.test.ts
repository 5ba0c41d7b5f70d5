/** What a release changes, and what outlives every release. */
import assert from "node:assert/strict";
import type { Plan } from "../../cli/planner";
import { stateful } from "../../policies/resource-types";
import {
  bucket,
  type Job,
  type LambdaFunction,
  type Product,
  queue,
  type Release,
  type Scaling,
  type Service,
  table,
} from "../../stacks/description";
import { changes } from "./plan-changes";
import { cloud, planOfProducts, productInDev, shortType, stackOf, zoneOf } from "./workload-zones";

interface Words {
  readonly api?: Partial<Service>;
  readonly tracker?: Partial<Service>;
  readonly close?: Partial<Job>;
  readonly verify?: Partial<LambdaFunction>;
}

/** A product with some of all that may be released. */
function productOf(name: string, { api, tracker, close, verify }: Words = {}): Product {
  const parcels = table({ partitionKey: "parcelId" });
  const scans = queue({ visibilityTimeout: 180 });
  const incoming = bucket();
  return productInDev(name, {
    data: { parcels, scans, incoming },
    instances: { instanceType: "m7g.large" },
    services: {
      api: {
        release: "1.0.0",
        port: 8443,
        path: "/parcels/*",
        uses: [parcels.readWrite],
        deployment: { strategy: "blueGreen", hooks: { postTestTrafficShift: "verify" } },
        calledBy: ["tracker"],
        ...api,
      },
      tracker: { release: "1.0.0", uses: [scans.consume], ...tracker },
      list: { release: "1.0.0", capacity: "instances" },
    },
    jobs: {
      close: { release: "1.0.0", schedule: "cron(30 1 * * ? *)", uses: [parcels.readWrite], ...close },
      import: { release: "1.0.0", image: "close", on: incoming.put("in/"), uses: [incoming.read] },
    },
    functions: {
      verify: { release: "1.0.0", ...verify },
      sort: {
        code: { folder: "./test/components/compute", handler: "index.handler", runtime: "nodejs22.x" },
        from: scans,
      },
    },
  });
}

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const releases: Readonly<Record<string, Release>> = {
  tag: "1.0.1",
  digest,
  "tag of this environment": { dev: "1.0.1", int: "1.0.0", prod: "1.0.0" },
  directory: { build: "./test/components/compute" },
};

const released: Readonly<
  Record<string, { words: (release: Release) => Words; changed: string; follow: string[] }>
> = {
  "a service": {
    words: release => ({ api: { release } }),
    changed: "TaskDefinition api",
    follow: ["Service api taskDefinition"],
  },
  "a worker": {
    words: release => ({ tracker: { release } }),
    changed: "TaskDefinition tracker",
    follow: ["Service tracker taskDefinition"],
  },
  "a job": {
    words: release => ({ close: { release } }),
    changed: "TaskDefinition close",
    follow: ["StateMachine close definition"],
  },
};

const scalings: readonly Partial<Scaling>[] = [
  { min: 2, max: 9 },
  { max: 12 },
  { steps: { above: 70, below: 30, by: 3 } },
  { targets: { cpu: 40 } },
  { targets: { memory: 60 } },
  { planned: { morning: { at: "cron(0 7 ? * MON-FRI *)", min: 2, max: 4 } } },
  { asleep: { from: "20:00", until: "06:00" } },
];

/** A product for each change: all are planned together, as they were and as they are to be. */
const cases: Readonly<Record<string, Words>> = {
  ...Object.fromEntries(
    Object.entries(released).flatMap(([what, { words }]) =>
      Object.entries(releases).map(([kind, release]) => [`${what} ${kind}`, words(release)]),
    ),
  ),
  ...Object.fromEntries(
    Object.entries(releases)
      .filter(([kind]) => kind !== "directory")
      .map(([kind, release]) => [`a function ${kind}`, { verify: { release } }]),
  ),
  all: {
    api: { release: "7.0.0" },
    tracker: { release: digest },
    close: { release: digest },
    verify: { release: "8.0.0" },
  },
  ...Object.fromEntries(
    scalings.map(scaling => [JSON.stringify(scaling), { api: { scaling: { min: 1, max: 2, ...scaling } } }]),
  ),
};

const productNamed = new Map(Object.keys(cases).map((name, index) => [name, `p${index}`]));

describe("a release", function () {
  this.timeout(120_000);
  let was: Plan;
  let is: Plan;
  let changed: Record<string, string[]>;
  before(async () => {
    const plan = (words: (name: string) => Words | undefined) =>
      planOfProducts(
        zoneOf(...[...productNamed].map(([name, product]) => productOf(product, words(name)))),
        "unjudged",
      );
    was = await plan(() => undefined);
    is = await plan(name => cases[name]);
    changed = changes(was, is);
  });

  const changedBy = (name: string): string[] =>
    [...(changed[`${productNamed.get(name)}-service-dev`] ?? [])].sort();
  const service = () => cloud(stackOf(was, "p0-service-dev"));

  it("touches its product's service stack and no other, least of all what persists", () => {
    assert.deepEqual(
      Object.keys(changed).sort(),
      [...productNamed.values()].map(product => `${product}-service-dev`).sort(),
    );
  });

  for (const [what, { changed: one, follow }] of Object.entries(released)) {
    for (const kind of Object.keys(releases).filter(its => its !== "directory"))
      it(`of ${what} by another ${kind} changes one task definition and nothing beside`, () => {
        assert.deepEqual(changedBy(`${what} ${kind}`), [`~ ${one}`]);
      });

    it(`of ${what} from a directory is built beside`, () => {
      const [type, name] = one.split(" ");
      assert.deepEqual(
        changedBy(`${what} directory`).filter(change => !/^\+ (ImageBuild|Image) /.test(change)),
        [`~ ${type} ${name}`],
      );
    });

    it(`of ${what} is followed by what names the task definition's revision alone`, () => {
      const definition = service().find(({ type, name }) => `${shortType(type)} ${name}` === one);
      assert.ok(definition);
      const following = service().flatMap(({ type, name, propertyDependencies }) =>
        Object.entries(propertyDependencies)
          .filter(([, urns]) => urns.includes(definition.urn))
          .map(([property]) => `${shortType(type)} ${name} ${property}`),
      );
      assert.deepEqual(following, follow);
    });
  }

  for (const kind of Object.keys(releases).filter(its => its !== "directory"))
    it(`of a function by another ${kind} changes the function and nothing beside`, () => {
      assert.deepEqual(changedBy(`a function ${kind}`), ["~ Function verify"]);
    });

  it("of all workloads but those beside changes these and no others", () => {
    assert.deepEqual(changedBy("all"), [
      "~ Function verify",
      "~ TaskDefinition api",
      "~ TaskDefinition close",
      "~ TaskDefinition tracker",
    ]);
  });

  it("keeps the revisions before it, to which one may go back", () => {
    const definitions = service().filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition");
    assert.equal(definitions.length, 5);
    for (const { inputs, name } of definitions) assert.equal(inputs["skipDestroy"], true, name);
  });

  it("says how many tasks there are only of a service that is new", () => {
    const services = service().filter(({ type }) => type === "aws:ecs/service:Service");
    assert.equal(services.length, 3);
    for (const { name, inputs, ignoreChanges } of services) {
      assert.ok(ignoreChanges.includes("desiredCount"), name);
      assert.equal(inputs["desiredCount"], 1);
    }
  });

  for (const scaling of scalings)
    it(`with other scaling leaves all else alone: ${JSON.stringify(scaling)}`, () => {
      const differing = changedBy(JSON.stringify(scaling));
      assert.ok(differing.length > 0);
      const stack = `${productNamed.get(JSON.stringify(scaling))}-service-dev`;
      const resources = [...stackOf(was, stack), ...stackOf(is, stack)];
      for (const change of differing) {
        const [, type, name] = change.split(" ");
        const above = resources
          .filter(its => shortType(its.type) === type && its.name === name)
          .map(({ parent }) => parent ?? "");
        assert.match(above[0] ?? "", /landing-zone:compute:ServiceScaling::api$/, change);
      }
    });

  describe("stack that is destroyed and made again", () => {
    const persistent = () => cloud(stackOf(was, "p0-persistent-dev"));

    it("takes nothing with it that keeps anything", () => {
      const keeping = [
        ...stateful,
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:kms/alias:Alias",
        "aws:lb/listener:Listener",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:route53/zone:Zone",
        "aws:secretsmanager/secret:Secret",
        "aws:sns/topic:Topic",
        "aws:sqs/queue:Queue",
        "aws:ssm/parameter:Parameter",
      ];
      assert.deepEqual(
        service().filter(({ type }) => keeping.includes(type)),
        [],
      );
      const kept = persistent().map(({ type }) => type);
      for (const type of [
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:sqs/queue:Queue",
        "aws:dynamodb/table:Table",
      ])
        assert.ok(kept.includes(type), type);
    });

    it("can be: nothing of it is protected, or stays behind unseen, and all that persists is protected", () => {
      for (const { protect, retainOnDelete, name } of service())
        assert.deepEqual([protect, retainOnDelete], [false, false], name);
      // But for the name that the company asks by, which is in another account and can be given again.
      for (const { protect, type, name } of persistent())
        assert.ok(protect || type === "aws:route53/record:Record", `${type} ${name}`);
    });

    it("stands in what persists by nothing but rules, which go with it", () => {
      const marks = service().flatMap(({ type, propertyDependencies }) =>
        Object.entries(propertyDependencies).flatMap(([property, urns]) =>
          urns.some(urn => urn.endsWith("::p0-persistent-dev")) ? [`${shortType(type)} ${property}`] : [],
        ),
      );
      assert.deepEqual([...new Set(marks)].sort(), [
        "Cluster configuration",
        "Dashboard dashboardBody",
        "Function kmsKeyArn",
        "Function vpcConfig",
        "Group vpcZoneIdentifiers",
        "ListenerRule listenerArn",
        "MetricAlarm dimensions",
        "MetricAlarm metricQueries",
        "Schedule kmsKeyArn",
        "SecurityGroup vpcId",
        "SecurityGroupEgressRule referencedSecurityGroupId",
        "SecurityGroupEgressRule securityGroupId",
        "SecurityGroupIngressRule referencedSecurityGroupId",
        "SecurityGroupIngressRule securityGroupId",
        "Service dnsConfig",
        "Service networkConfiguration",
        "StateMachine definition",
        "TargetGroup vpcId",
      ]);
    });
  });
});
