import { product, queue, table } from "../../description";

const ledger = table({ partitionKey: "paymentId", sortKey: "event" });
const captures = queue({ visibilityTimeout: 300, maxReceives: 3 });

/** Card payments: what is regulated lives in accounts of its own. */
export default product({
  name: "payments",
  team: "payments",
  costCentre: "cc-2005",
  dataClass: "restricted",
  accounts: { dev: "payments-dev", int: "payments-int", prod: "payments-prod" },
  data: { ledger, captures },
  services: {
    api: { release: "5.4.1", port: 8443, path: "/payments/*", uses: [ledger.readWrite, captures.send] },
    capture: { release: "5.4.1", image: "api", uses: [ledger.readWrite, captures.consume] },
  },
});
