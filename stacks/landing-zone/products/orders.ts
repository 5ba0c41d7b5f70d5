import { product, queue, table, topic } from "../../description";

const orders = table({ partitionKey: "orderId" });
const pending = queue({ visibilityTimeout: 120 });
const placed = topic({ deliversTo: [pending] });

/** Takes and follows orders: an internal HTTPS API with two workers behind it. */
export default product({
  name: "orders",
  team: "checkout",
  costCentre: "cc-2001",
  dataClass: "confidential",
  data: { orders, pending, placed },
  services: {
    api: {
      release: { dev: "1.8.0", int: "1.7.2", prod: "1.7.2" },
      port: 8443,
      path: "/orders/*",
      uses: [orders.readWrite, placed.publish],
    },
    returns: { release: "1.2.0", port: 8443, path: "/orders/returns/*", uses: [orders.readWrite] },
    fulfilment: { release: "1.7.2", uses: [orders.readWrite, pending.consume] },
  },
});
