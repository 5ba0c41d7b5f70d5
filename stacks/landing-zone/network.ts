import { network } from "../description";

/** Who may talk to whom. Environments never reach one another; what they share is in `shared`. */
export default network({
  addresses: "10.0.0.0/16",
  serviceDomain: "example.services",
  reaches: {
    dev: ["shared"],
    int: ["shared"],
    prod: ["shared"],
    runner: ["shared"],
  },
  // The runner's way out, which has none of its own.
  egress: {},
});
