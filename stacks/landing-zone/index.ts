import { landingZone } from "../description";
import environments from "./environments";
import network from "./network";
import organization from "./organization";
import orders from "./products/orders";
import payments from "./products/payments";
import pricing from "./products/pricing";
import shop from "./products/shop";
import statements from "./products/statements";

/** All that this repository builds. */
export default landingZone({
  organization,
  environments,
  network,
  products: [orders, payments, pricing, shop, statements],
});
