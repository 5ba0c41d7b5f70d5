/** Tables, buckets, queues and topics: from the words of a description to what is planned. */
import assert from "node:assert/strict";
import type { Plan, PlannedResource } from "../../cli/planner";
import {
  bucket,
  checked,
  eventBus,
  type LandingZone,
  product,
  queue,
  table,
  topic,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { usesOf } from "../../stacks/uses";
import { planOfStacks, refusalsOf } from "../landing-zone/plan-of";

const units = { read: { min: 5, max: 50 }, write: { min: 5, max: 20 } };
const ledger = table({
  partitionKey: { name: "account", type: "number" },
  indexes: { byCustomer: { partitionKey: "customer" } },
  capacity: { dev: "on-demand", int: "on-demand", prod: units },
  stream: true,
  recoveryDays: { dev: 1, int: 7, prod: 35 },
});
const carts = table({ partitionKey: "id", replicas: { dev: [], int: [], prod: ["eu-west-1"] } });
const files = bucket({
  expireAfterDays: { dev: 30, int: 30, prod: 400 },
  lockDays: { dev: 1, int: 1, prod: 365 },
  replicateTo: { dev: "none", int: "none", prod: "eu-west-1" },
});
const steps = queue({ fifo: true, lateAfter: { dev: 3_600, int: 600, prod: 120 }, retentionHours: 24 });
const plain = queue();
const moves = topic({ fifo: true, deliversTo: [{ queue: steps, filter: { kind: ["move"] } }] });
const news = topic({ deliversTo: [plain] });
const bus = eventBus({ deliversTo: { parcels: { queue: plain, pattern: { source: ["orders"] } } } });

const orders = product({
  name: "orders",
  team: "checkout",
  costCentre: "cc-2001",
  dataClass: "restricted",
  keepReleases: 9,
  data: { ledger, carts, files, steps, plain, moves, news, bus },
  services: {
    api: {
      release: "1",
      uses: [ledger.readWrite, ledger.consume, files.readWrite, steps.consume, moves.publish],
    },
  },
});
const zone = (): LandingZone => checked({ ...example, products: [orders] });

describe("tables, buckets, queues and topics, in dev and prod", () => {
  let plan: Plan;
  before(async () => {
    plan = await planOfStacks(zone(), ["orders-persistent-dev", "orders-persistent-prod"]);
  });
  const resources = (environment: string, type: string): PlannedResource[] =>
    (plan.stacks.find(({ name }) => name === `orders-persistent-${environment}`)?.resources ?? []).filter(
      its => its.custom && its.type === type,
    );
  const one = (environment: string, type: string, name: string) => {
    const [found, ...others] = resources(environment, type).filter(its => its.name === name);
    assert.ok(found && others.length === 0, `${environment} ${type} ${name}`);
    return found.inputs;
  };
  const account = (environment: "dev" | "prod") => example.organization.ids.accounts[environment];

  it("are refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("are sized by environment", () => {
    const ledgerIn = (environment: string) => {
      const its = one(environment, "aws:dynamodb/table:Table", "ledger");
      return [its["billingMode"], its["readCapacity"], its["pointInTimeRecovery"]];
    };
    const back = (days: number) => ({ enabled: true, recoveryPeriodInDays: days });
    assert.deepEqual(ledgerIn("dev"), ["PAY_PER_REQUEST", undefined, back(1)]);
    assert.deepEqual(ledgerIn("prod"), ["PROVISIONED", 5, back(35)]);
    assert.equal(resources("dev", "aws:dynamodb/contributorInsights:ContributorInsights").length, 0);
    assert.equal(resources("prod", "aws:dynamodb/contributorInsights:ContributorInsights").length, 3);
    assert.deepEqual(
      one("prod", "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "files")["rule"],
      {
        defaultRetention: { mode: "GOVERNANCE", days: 365 },
      },
    );
  });

  it("have copies in prod only, each with a key of that region", () => {
    const type = "aws:kms/key:Key";
    const there = (environment: string) =>
      resources(environment, type)
        .filter(({ inputs }) => inputs["region"] === "eu-west-1")
        .map(({ name }) => name);
    assert.deepEqual(there("dev"), []);
    assert.deepEqual(there("prod"), ["carts-eu-west-1", "files-eu-west-1"]);
    assert.equal(
      one("prod", "aws:s3/bucket:Bucket", "files-copy")["bucket"],
      `orders-files-${account("prod")}-eu-west-1`,
    );
    const aliases = resources("prod", "aws:kms/alias:Alias").map(({ inputs }) => inputs["name"]);
    assert.ok(aliases.includes("alias/orders/data/files") && aliases.includes("alias/orders/data/carts"));
    assert.equal(new Set(aliases).size, aliases.length);
    const replicas = one("prod", "aws:dynamodb/table:Table", "carts")["replicas"] as Record<
      string,
      unknown
    >[];
    assert.deepEqual(
      replicas.map(({ regionName }) => regionName),
      ["eu-west-1"],
    );
  });

  it("write who asked buckets for what into the account's bucket for that", () => {
    assert.equal(
      one("dev", "aws:s3/bucketLogging:BucketLogging", "files")["targetBucket"],
      `landing-zone-load-balancer-logs-${account("dev")}-eu-central-1`,
    );
  });

  it("keep order where they are told to, by names, ARNs and settings alike", () => {
    const here = (service: string, name: string) =>
      `arn:aws:${service}:eu-central-1:${account("dev")}:${name}`;
    assert.equal(one("dev", "aws:sqs/queue:Queue", "steps")["name"], "orders-steps.fifo");
    assert.equal(one("dev", "aws:sns/topic:Topic", "moves")["name"], "orders-moves.fifo");
    assert.match(
      String(one("dev", "aws:sqs/queue:Queue", "steps")["policy"]),
      new RegExp(`"${here("sns", "orders-moves.fifo")}"`),
    );
    const subscription = one("dev", "aws:sns/topicSubscription:TopicSubscription", "moves-steps");
    assert.equal(subscription["endpoint"], here("sqs", "orders-steps.fifo"));
    assert.deepEqual(JSON.parse(String(subscription["filterPolicy"])), { kind: ["move"] });
    const at = { accountId: account("dev") ?? "", region: "eu-central-1" };
    const { settings, fromParameters } = usesOf(
      zone(),
      orders,
      [steps.consume, moves.publish, ledger.consume],
      { at, domain: "dev.example.com" },
    );
    assert.deepEqual(settings, {
      STEPS_QUEUE_URL: `https://sqs.eu-central-1.amazonaws.com/${account("dev")}/orders-steps.fifo`,
      MOVES_TOPIC_ARN: here("sns", "orders-moves.fifo"),
      LEDGER_TABLE: "orders-ledger",
    });
    assert.deepEqual(fromParameters, { LEDGER_STREAM_ARN: here("ssm", "parameter/orders-ledger/stream") });
  });

  it("take what topics and event buses deliver, and from these only", () => {
    const policy = String(one("dev", "aws:sqs/queue:Queue", "plain")["policy"]);
    const sources = (
      JSON.parse(policy) as { Statement: { Sid: string; Condition: unknown }[] }
    ).Statement.filter(({ Sid }) => Sid !== "TlsOnly").map(({ Sid, Condition }) => [Sid, Condition]);
    const region = `eu-central-1:${account("dev")}`;
    assert.deepEqual(sources, [
      ["Topics", { ArnEquals: { "aws:SourceArn": [`arn:aws:sns:${region}:orders-news`] } }],
      [
        "EventRules",
        { ArnEquals: { "aws:SourceArn": [`arn:aws:events:${region}:rule/orders-bus/parcels`] } },
      ],
    ]);
  });

  it("wake somebody as early as the environment wants it, and the topic of alarms nobody by itself", () => {
    const late = (environment: string) =>
      one(environment, "aws:cloudwatch/metricAlarm:MetricAlarm", "steps-late")["threshold"];
    assert.deepEqual([late("dev"), late("prod")], [3_600, 120]);
    const ofTopics = resources("dev", "aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(({ inputs }) => inputs["namespace"] === "AWS/SNS")
      .map(({ inputs }) => (inputs["dimensions"] as { TopicName: string }).TopicName);
    assert.deepEqual([...new Set(ofTopics)].sort(), ["orders-moves.fifo", "orders-news"]);
  });

  it("keep as many images as the product says, for the organization to pull", () => {
    assert.match(
      String(one("dev", "aws:ecr/lifecyclePolicy:LifecyclePolicy", "api")["policy"]),
      /"countNumber":9/,
    );
    assert.match(
      String(one("dev", "aws:ecr/repositoryPolicy:RepositoryPolicy", "api")["policy"]),
      new RegExp(`"aws:PrincipalOrgID":"${example.organization.ids.organization}"`),
    );
  });
});
