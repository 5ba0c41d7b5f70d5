import { bucket, product, prometheus, table, userPool } from "../../description";

const carts = table({ partitionKey: "cartId", expiresAt: "expiresAt" });
const pictures = bucket();
const site = bucket();
const metrics = prometheus({ grafana: { dev: false, int: false, prod: true } });
const customers = userPool({
  clients: { site: { callbackUrls: ["https://shop.example.com/signed-in"], scopes: ["email"] } },
  selfSignUp: "Customers open their own accounts when they first buy",
  mfa: "optional",
});

/** The public web shop, behind a content delivery network, and its carts for the mobile application. */
export default product({
  name: "shop",
  team: "storefront",
  costCentre: "cc-2002",
  dataClass: "internal",
  data: { carts, pictures, site, customers, metrics },
  cdn: {
    allowPublic: "Customers buy here from anywhere in the world",
    firewall: { rateLimit: 3_000 },
    files: { bucket: site, path: "/static/*" },
  },
  graphql: {
    allowPublic: "The mobile application reads carts with it",
    users: customers,
    schema: `
      type Cart { cartId: ID! articles: [String!]! }
      type Query { cart(cartId: ID!): Cart }
    `,
    sources: { carts: { table: carts, access: "read" } },
    resolvers: {
      "Query.cart": {
        source: "carts",
        code: `
          import { util } from "@aws-appsync/utils";
          export const request = ({ args }) =>
            ({ operation: "GetItem", key: util.dynamodb.toMapValues({ cartId: args.cartId }) });
          export const response = ({ result }) => result;
        `,
      },
    },
  },
  services: {
    web: {
      release: "4.11.0",
      port: 8443,
      path: "/*",
      health: "/healthz",
      uses: [pictures.read],
      telemetry: { metrics },
      deployment: { strategy: "canary", percent: 5, minutes: 15 },
      overrides: {
        dev: {
          deployment: { strategy: "rolling" },
          scaling: { asleep: { from: "20:00", until: "06:30", timezone: "Europe/Berlin" } },
        },
      },
    },
    cart: { release: "2.3.1", port: 8443, path: "/cart/*", uses: [carts.readWrite], sticky: 3_600 },
    search: {
      release: "3.0.0",
      port: 8443,
      path: "/search*",
      size: { cpu: 1024, memory: 4096 },
      scaling: { min: 2, max: 8, targets: { cpu: 50, requests: 600 } },
      spot: 50,
    },
    // Speaks no TLS itself.
    media: {
      release: "1.1.4",
      port: 8443,
      tls: { proxyTo: 8080 },
      path: "/media/*",
      uses: [pictures.readWrite],
    },
  },
});
