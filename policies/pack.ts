import { PolicyPack } from "@pulumi/policy";
import { policies } from "./rules";

// The constructor starts the gRPC server that the engine talks to; only the engine loads this module.
new PolicyPack("landing-zone", {
  description: "What no layer of the landing zone may do",
  displayName: "Landing zone",
  provider: "aws",
  policies,
});
