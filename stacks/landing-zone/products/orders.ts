import { cache, eventBus, product, queue, table, topic } from "../../description";

const orders = table({ partitionKey: "orderId" });
const sessions = cache({
  version: "8.1",
  capacity: {
    dev: { nodeType: "cache.t4g.micro" },
    int: { nodeType: "cache.t4g.micro" },
    prod: { nodeType: "cache.m7g.large", replicas: 2 },
  },
});
const pending = queue({ visibilityTimeout: 120 });
const returned = queue();
const events = eventBus({
  deliversTo: { returned: { queue: returned, pattern: { "detail-type": ["OrderReturned"] } } },
});
const placed = topic({ deliversTo: [pending] });

/** Takes and follows orders: an internal HTTPS API with a worker behind it, released blue/green. */
export default product({
  name: "orders",
  team: "checkout",
  costCentre: "cc-2001",
  dataClass: "confidential",
  data: { orders, sessions, pending, returned, events, placed },
  services: {
    api: {
      release: { dev: "1.8.0", int: "1.7.2", prod: "1.7.2" },
      port: 8443,
      path: "/orders/*",
      uses: [orders.readWrite, sessions.connect, placed.publish],
      deployment: { strategy: "blueGreen", hooks: { postTestTrafficShift: "verify" } },
      objective: { availability: 99.9, latency: { percent: 99, milliseconds: 500 } },
      overrides: { prod: { scaling: { min: 4, max: 12 } } },
    },
    returns: {
      release: "1.2.0",
      port: 8443,
      path: "/orders/returns/*",
      calledBy: ["fulfilment"],
      uses: [orders.readWrite, events.publish],
    },
    fulfilment: {
      release: "1.7.2",
      uses: [orders.readWrite, pending.consume, returned.consume],
      scaling: { min: 1, max: 10, backlog: { queue: pending, perTask: 50 } },
      overrides: { dev: { scaling: { min: 0, max: 2 } } },
    },
  },
  functions: {
    // Orders something at the test listener, and refuses a release that does not take it.
    verify: { release: "1.2.0", timeout: 60 },
  },
});
