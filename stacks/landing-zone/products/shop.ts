import { bucket, product, table } from "../../description";

const carts = table({ partitionKey: "cartId", expiresAt: "expiresAt" });
const pictures = bucket();

/** The public web shop, behind a content delivery network. */
export default product({
  name: "shop",
  team: "storefront",
  costCentre: "cc-2002",
  dataClass: "internal",
  data: { carts, pictures },
  cdn: { allowPublic: "Customers buy here from anywhere in the world", rateLimit: 3_000 },
  services: {
    web: { release: "4.11.0", port: 8443, path: "/*", health: "/healthz", uses: [pictures.read] },
    cart: { release: "2.3.1", port: 8443, path: "/cart/*", uses: [carts.readWrite] },
    search: {
      release: "3.0.0",
      port: 8443,
      path: "/search*",
      size: { cpu: 1024, memory: 4096 },
      scaling: { min: 2, max: 8 },
    },
    media: { release: "1.1.4", port: 8443, path: "/media/*", uses: [pictures.readWrite] },
  },
});
