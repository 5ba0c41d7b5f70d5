import { parameter, product, table } from "../../description";

const prices = table({ partitionKey: "article", sortKey: "validFrom" });
const rounding = parameter({ description: "To how many cents prices are rounded", value: "5" });

/** Answers what an article costs: colleagues over gRPC, partners over HTTP. */
export default product({
  name: "pricing",
  team: "catalogue",
  costCentre: "cc-2004",
  dataClass: "internal",
  data: { prices, rounding },
  publicLoadBalancer: {
    allowPublic: "Partners fetch the price list from their own networks",
    firewall: { rateLimit: 500 },
  },
  // Price lists are made ahead and kept in memory: many small tasks on few machines.
  instances: { instanceType: "m7g.large", max: 3 },
  services: {
    quote: {
      release: { dev: "0.9.0", int: "0.8.4", prod: "0.8.4" },
      port: 9443,
      network: "tls",
      uses: [prices.read, rounding.read],
    },
    maintenance: {
      release: "0.8.4",
      port: 9443,
      path: "/pricing.v1.Maintenance/*",
      protocol: "grpc",
      uses: [prices.readWrite],
    },
    list: {
      release: "0.8.4",
      port: 8443,
      path: "/prices/*",
      public: true,
      uses: [prices.read],
      capacity: "instances",
      size: { cpu: 256, memory: 512 },
    },
  },
});
