import assert from "node:assert/strict";
import { bucket, product, queue, table, topic } from "../../stacks/description";
import { images, linkSettings, resourceLink, sendsEvents, topicsInto } from "../../stacks/product-names";

const at = { accountId: "111122223333", region: "eu-central-1" };
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
  tasks: { resize: { release: "1", on: { objectCreated: pictures } } },
});

describe("the names of a product's resources", () => {
  it("are the same for who makes them and who may use them", () => {
    const links = [orders.read, pending.consume, placed.publish, pictures.readWrite];
    assert.deepEqual(
      links.map(link => resourceLink(shop, link, at)),
      [
        { kind: "table", name: "shop-orders", access: "read" },
        { kind: "queue", name: "shop-pending-orders", access: "consume" },
        { kind: "topic", name: "shop-placed", access: "publish" },
        { kind: "bucket", name: "shop-pictures-111122223333-eu-central-1", access: "readWrite" },
      ],
    );
  });

  it("reach containers as settings", () => {
    assert.deepEqual(linkSettings(shop, [orders.read, pending.consume, placed.publish, pictures.read], at), {
      ORDERS_TABLE: "shop-orders",
      PENDING_ORDERS_QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111122223333/shop-pending-orders",
      PLACED_TOPIC_ARN: "arn:aws:sns:eu-central-1:111122223333:shop-placed",
      PICTURES_BUCKET: "shop-pictures-111122223333-eu-central-1",
    });
  });

  it("give an image one repository, however many services run it", () => {
    assert.deepEqual(images(shop), ["resize", "web"]);
  });

  it("lead from topics to queues and from buckets to tasks", () => {
    assert.deepEqual(topicsInto(shop, pending), ["placed"]);
    assert.deepEqual([sendsEvents(shop, pictures), sendsEvents(shop, quiet)], [true, false]);
  });
});
