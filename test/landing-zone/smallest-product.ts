import { product } from "../../stacks/description";

export default product({
  name: "parcels",
  team: "logistics",
  costCentre: "cc-2006",
  dataClass: "internal",
  services: { api: { release: "1.0.0", port: 8443, path: "/parcels/*" } },
});
