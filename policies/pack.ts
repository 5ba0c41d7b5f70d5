import { PolicyPack } from "@pulumi/policy";
import { guardAnalyzer } from "./analyzer-guard";
import { dispatched } from "./dispatch";
import { ExceptionRegister, useExceptions } from "./exception-register";
import { exceptions } from "./exceptions";
import { rules } from "./rules";
import { ruleSchema } from "./settings";

useExceptions(new ExceptionRegister(exceptions, rules));

const policies = dispatched(rules, process.env["POLICY_PACK_SAYS"] === "findings" ? "findings" : "all");
guardAnalyzer(
  Array.from({ length: policies.length }, (_, index) => policies[index]?.name ?? ""),
  Object.keys(ruleSchema.properties),
);

// The constructor starts the gRPC server that the engine talks to; only the engine loads this module.
new PolicyPack("landing-zone", {
  description: "What no layer of the landing zone may do",
  displayName: "Landing zone",
  provider: "aws",
  policies,
});
