import { inProduction, mustBe, mustBeSet } from "../demands";
import { stateMachines } from "../resource-types";
import type { Rule } from "../rule";
import { sharedRole } from "./own-roles";
import { secretIn } from "./plain-secrets";

/** State machines. */
export const sfn: readonly Rule[] = [
  {
    name: "sfn-logging",
    theme: "logging-and-detection",
    title: "A state machine logs every step",
    why: "Of a run that failed last month else nobody can tell what it did",
    fix: "set loggingConfiguration with level: ALL and a logDestination",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP StepFunctions.1"],
    types: stateMachines,
    check(machine, report) {
      const logging = machine.at("loggingConfiguration");
      // Step Functions takes OFF.
      const level = logging.at("level").text() ?? "OFF";
      if (level !== "ALL") report.refuse(`loggingConfiguration.level is ${level}`);
      else if (!logging.at("logDestination").isSet)
        report.refuse("loggingConfiguration.logDestination is not set");
    },
  },
  {
    name: "sfn-tracing",
    theme: "logging-and-detection",
    title: "A state machine's runs are traced",
    why: "Where a run took its time, or what failed behind a step, is else a guess",
    fix: "set tracingConfiguration.enabled: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: stateMachines,
    check: mustBe("tracingConfiguration.enabled", true),
    remediate: () => ({ tracingConfiguration: { enabled: true } }),
  },
  {
    name: "sfn-execution-data-protected",
    theme: "data-protection",
    title:
      "What production's runs hand from step to step is logged only where a key of the company's protects the machine",
    why: "A log holds it for as long as it is kept, for whoever may read logs",
    fix: "leave loggingConfiguration.includeExecutionData out, or set encryptionConfiguration with type CUSTOMER_MANAGED_KMS_KEY and a kmsKeyId",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: stateMachines,
    check: inProduction((machine, report) => {
      // The provider takes false.
      if (!machine.at("loggingConfiguration", "includeExecutionData").is(true)) return;
      mustBe("encryptionConfiguration.type", "CUSTOMER_MANAGED_KMS_KEY")(machine, report);
      mustBeSet("encryptionConfiguration.kmsKeyId")(machine, report);
    }),
  },
  {
    name: "sfn-no-secrets",
    theme: "data-protection",
    title: "A state machine's definition holds no secret",
    why: "Whoever may look at the machine or at one of its runs reads it",
    fix: "let the step read the secret with its role",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: stateMachines,
    check(machine, report) {
      const kind = secretIn(machine.at("definition").text() ?? "");
      if (kind) report.refuse(`definition shows ${kind}`);
    },
  },
  {
    name: "sfn-own-role",
    theme: "least-privilege",
    title: "A state machine has a role that is nobody else's",
    why: "A shared role may what any of them needs, and the log of who did what names all of them",
    fix: "make a role for each state machine, with what its steps need",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: stateMachines,
    scope: "stack",
    check: sharedRole(stateMachines, "roleArn"),
  },
];
