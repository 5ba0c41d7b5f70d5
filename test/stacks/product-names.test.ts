import assert from "node:assert/strict";
import { bucket, type LandingZone, product, queue, secret, table, topic } from "../../stacks/description";
import { resourceName } from "../../stacks/kinds";
import { wakesTasks } from "../../stacks/kinds/bucket";
import { topicsInto } from "../../stacks/kinds/queue";
import example from "../../stacks/landing-zone";
import { clusterName, images, logGroupName } from "../../stacks/product-names";
import { usesOf } from "../../stacks/uses";

const where = { at: { accountId: "111122223333", region: "eu-central-1" }, domain: "dev.example.com" };
const orders = table({ partitionKey: "id" });
const pending = queue();
const placed = topic({ deliversTo: [pending] });
const pictures = bucket();
const quiet = bucket();

const shop = product({
  name: "shop",
  team: "t",
  costCentre: "c",
  dataClass: "internal",
  data: { orders, "pending-orders": pending, placed, pictures, quiet },
  services: { web: { release: "1" }, worker: { release: "1", image: "web" } },
  jobs: { resize: { release: "1", on: pictures.put() } },
});
const zone: LandingZone = { ...example, products: [shop] };

describe("the names of a product's resources", () => {
  it("hold the product's, and a bucket's also where it is", () => {
    assert.deepEqual(
      Object.entries(shop.data ?? {}).map(([name, resource]) => resourceName(shop, name, resource, where)),
      [
        "shop-orders",
        "shop-pending-orders",
        "shop-placed",
        "shop-pictures-111122223333-eu-central-1",
        "shop-quiet-111122223333-eu-central-1",
      ],
    );
  });

  it("are one cluster's for all services, or for each", () => {
    assert.equal(clusterName(shop, "web"), "shop");
    assert.equal(clusterName({ ...shop, cluster: "product" }, "web"), "shop");
    assert.equal(clusterName({ ...shop, cluster: "service" }, "web"), "shop-web");
    assert.equal(logGroupName(shop, "web"), "/landing-zone/shop/web");
  });

  it("reach containers as settings", () => {
    assert.deepEqual(
      usesOf(zone, shop, [orders.read, pending.consume, placed.publish, pictures.read], where).settings,
      {
        ORDERS_TABLE: "shop-orders",
        PENDING_ORDERS_QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111122223333/shop-pending-orders",
        PLACED_TOPIC_ARN: "arn:aws:sns:eu-central-1:111122223333:shop-placed",
        PICTURES_BUCKET: "shop-pictures-111122223333-eu-central-1",
      },
    );
  });

  it("begin with the owner's name where they are another product's", () => {
    const other = product({ ...shop, name: "billing", data: {}, services: {}, jobs: {} });
    const { settings, statements } = usesOf(
      { ...zone, products: [shop, other] },
      other,
      [orders.read],
      where,
    );
    assert.deepEqual(settings, { SHOP_ORDERS_TABLE: "shop-orders" });
    assert.deepEqual(statements.at(-1)?.Condition, {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/shop/data" },
      StringEquals: { "kms:ViaService": ["dynamodb.eu-central-1.amazonaws.com"] },
    });
  });

  it("hand a secret over by its name, or its value by the role that starts the task", () => {
    const stripe = secret({ description: "Opens the account at the card company" });
    const keeper = product({ ...shop, data: { stripe } });
    const only = { ...zone, products: [keeper] };
    const read = usesOf(only, keeper, [stripe.read], where);
    assert.deepEqual([read.settings, read.fromSecrets], [{ STRIPE_SECRET_NAME: "shop/stripe" }, {}]);
    assert.deepEqual([read.statements.length, read.startStatements.length], [2, 0]);
    const injected = usesOf(only, keeper, [stripe.inject], where);
    assert.deepEqual(injected.fromSecrets, {
      STRIPE_VALUE: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/stripe",
    });
    assert.deepEqual(injected.startStatements, read.statements);
    assert.deepEqual([injected.settings, injected.statements], [{}, []]);
  });

  it("lead to one key, through the services that are used and no other", () => {
    const { statements } = usesOf(zone, shop, [orders.read, orders.readWrite, pending.consume], where);
    const keys = statements.filter(({ Sid }) => Sid?.startsWith("Key"));
    assert.equal(keys.length, 1);
    assert.deepEqual(keys[0]?.Condition?.["StringEquals"]?.["kms:ViaService"], [
      "dynamodb.eu-central-1.amazonaws.com",
      "sqs.eu-central-1.amazonaws.com",
    ]);
    assert.deepEqual(usesOf(zone, shop, [], where), {
      statements: [],
      startStatements: [],
      settings: {},
      fromParameters: {},
      fromSecrets: {},
      doors: [],
      mounts: [],
    });
  });

  it("give an image one repository, however many services run it", () => {
    assert.deepEqual(images(shop), ["resize", "web"]);
  });

  it("lead from topics to queues and from buckets to tasks", () => {
    assert.deepEqual(topicsInto(shop, pending), ["placed"]);
    assert.deepEqual([wakesTasks(shop, pictures), wakesTasks(shop, quiet)], [true, false]);
  });
});
