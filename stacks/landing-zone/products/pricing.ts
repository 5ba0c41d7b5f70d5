import { product, table } from "../../description";

const prices = table({ partitionKey: "article", sortKey: "validFrom" });

/** Answers what an article costs, over gRPC. */
export default product({
  name: "pricing",
  team: "catalogue",
  costCentre: "cc-2004",
  dataClass: "internal",
  data: { prices },
  services: {
    quote: {
      release: { dev: "0.9.0", int: "0.8.4", prod: "0.8.4" },
      port: 9443,
      path: "/pricing.v1.Quotes/*",
      protocol: "grpc",
      uses: [prices.read],
    },
    maintenance: {
      release: "0.8.4",
      port: 9443,
      path: "/pricing.v1.Maintenance/*",
      protocol: "grpc",
      uses: [prices.readWrite],
    },
  },
});
