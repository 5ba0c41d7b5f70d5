import { aurora, product, queue, secret, table, userPool } from "../../description";

const ledger = table({ partitionKey: "paymentId", sortKey: "event" });
const accounts = aurora({
  engine: "postgresql",
  version: "16.6",
  capacity: {
    dev: { serverless: { min: 0.5, max: 2 } },
    int: { serverless: { min: 0.5, max: 4 } },
    prod: { instanceClass: "db.r8g.large" },
  },
});
const captures = queue({ visibilityTimeout: 300, maxReceives: 3 });
const acquirer = secret({ description: "Opens the account at the bank that clears cards" });
const merchants = userPool({
  clients: { terminal: { confidential: true } },
  apis: { payments: { pay: "Take a payment", refund: "Give one back" } },
});

/** Card payments: what is regulated lives in accounts of its own. */
export default product({
  name: "payments",
  team: "payments",
  costCentre: "cc-2005",
  dataClass: "restricted",
  accounts: { dev: "payments-dev", int: "payments-int", prod: "payments-prod" },
  data: { ledger, accounts, captures, acquirer, merchants },
  offersTo: ["shop"],
  api: {
    allowPublic: "Merchants take payments from their own networks",
    users: merchants,
    routes: {
      "POST /payments": { scopes: ["payments/pay"] },
      "POST /payments/{id}/refund": { scopes: ["payments/refund"] },
    },
  },
  cluster: "service",
  // What can wait is for who runs the ledger; what can not wakes who is woken for all.
  alerts: { warning: { mail: ["payments@example.com"] } },
  services: {
    api: {
      release: "5.4.1",
      port: 8443,
      path: "/payments/*",
      uses: [ledger.readWrite, accounts.connect, captures.send],
    },
    capture: {
      release: "5.4.1",
      image: "api",
      uses: [ledger.readWrite, captures.consume, acquirer.read],
    },
  },
});
