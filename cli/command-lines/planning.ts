/** What is planned, judged and explained from the description alone. */
import type { Command } from "commander";
import { late } from "./late";

const commands = {
  addresses: () =>
    (require("../addresses-command") as typeof import("../addresses-command")).addressesCommand,
  alarms: () => (require("../alarms-command") as typeof import("../alarms-command")).alarmsCommand,
  diff: () => (require("../diff-command") as typeof import("../diff-command")).diffCommand,
  explain: () => (require("../guardrails-command") as typeof import("../guardrails-command")).explainCommand,
  explainWorkload: () =>
    (require("../explain-command") as typeof import("../explain-command")).explainCommand,
  guardrails: () =>
    (require("../guardrails-command") as typeof import("../guardrails-command")).guardrailsCommand,
  plan: () => (require("../plan-command") as typeof import("../plan-command")).planCommand,
  policies: () => (require("../policies-command") as typeof import("../policies-command")).policiesCommand,
  reach: () => (require("../reach-command") as typeof import("../reach-command")).reachCommand,
  stacks: () => (require("../stacks-command") as typeof import("../stacks-command")).stacksCommand,
};

export function planning(lz: Command): void {
  lz.commandsGroup("Plan and explain, offline:");

  lz.command("plan")
    .description("Run the stacks' programs and the policy pack offline, and show what there would be")
    .argument("[names...]", "stacks or environments; default: everything")
    .option("--full", "show every resource, not only the components at the top")
    .option("--json <file>", "write the plan as JSON, see docs/plan-format.md; `-` is standard output")
    .option("--markdown <file>", "write violations and summary as a comment for a merge request")
    .option(
      "--sarif <file>",
      "write violations for code hosts: with the file and line that registered the resource",
    )
    .option("--junit <file>", "write a report of tests: a suite for each stack, a case for each rule")
    .option("--evidence <file>", "write the verdict of each rule on each resource as CSV")
    .option(
      "--policy-config <file>",
      "levels of the policies, as the engine's --policy-pack-config takes them; default: policies/config.json",
    )
    .action(late(commands.plan));

  lz.command("diff")
    .description(
      "Plan offline what is described now and what another commit describes, and show what differs",
    )
    .argument("<base>", "a branch, tag or commit, or a file that `lz plan --json` wrote")
    .argument("[names...]", "stacks or environments; default: everything")
    .option("--full", "show all that differs, however much it is")
    .option("--json", "as JSON")
    .option("--markdown <file>", "write it as a comment for a merge request, too")
    .action(late(commands.diff));

  lz.command("stacks")
    .description("List the stacks in the order they are deployed, with what each depends on")
    .option("--env <environment>", "only those of one environment")
    .option("--json", "as JSON")
    .action(late(commands.stacks));

  lz.command("explain")
    .description(
      "Show a service's, job's or function's settings in an environment, where each is said, and what follows",
    )
    .argument("<product>", "whose it is")
    .argument("<workload>", "a service, job or function")
    .requiredOption("--env <environment>", "where")
    .option("--json", "as JSON")
    .action(late(commands.explainWorkload));

  lz.command("addresses")
    .description("Show the address plan: which ranges are given out, and how full each is")
    .argument("[names...]", "environments, accounts or `hub`; default: everything")
    .option("--full", "show every subnet")
    .option("--json", "as JSON")
    .action(late(commands.addresses));

  lz.command("reach")
    .description(
      "Decide from the planned resources who can call whom: the path, hop by hop, or the wall that stops it",
    )
    .option(
      "--from <name>",
      "internet, on-premises, an environment, an account, a subnet, a service and so on",
    )
    .option("--to <name>", "the same; default of both: an overview")
    .option("--port <port>", "for example 443 or udp/53; default: any protocol and port")
    .option("--json", "as JSON")
    .action(late(commands.reach));

  lz.command("alarms")
    .description(
      "Show every alarm that stacks make: what it asks of people, what it means, and who hears of it",
    )
    .argument("[names...]", "stacks, environments or `shared`; default: everything")
    .option("--json", "as JSON, with what to do")
    .action(late(commands.alarms));

  const guardrails = lz
    .command("guardrails")
    .description("List the guardrails: which policy holds which statements, for whom, and how full it is")
    .option("--json", "as JSON, with the policies' documents")
    .action(late(commands.guardrails));

  guardrails
    .command("explain")
    .description("Say whether guardrails would deny a request, and which statement does")
    .argument("<account>", "an account's name")
    .argument("<action>", "for example ec2:RunInstances")
    .argument("[resource]", "an ARN; default: whatever the action acts on")
    .option(
      "--as <principal>",
      "a role's name with its path, an ARN, or `root`; default: a role of no privilege",
    )
    .option("--region <region>", "where it is asked; default: the organization's region")
    .option("--with <key=value...>", "condition keys of the request")
    .option("--json", "as JSON")
    .action(late(commands.explain));

  lz.command("policies")
    .description("List the policies' rules; of one, show all of it with a good and a bad example")
    .argument("[rule]", "a rule's name")
    .option("--theme <theme>", "only those of a theme, for example encryption-at-rest")
    .option("--service <service>", "only those that begin with a service's short word, for example s3")
    .option(
      "--framework <framework>",
      'only those that answer to a standard or a control, for example "CIS 5.0"',
    )
    .option("--json", "as JSON")
    .option(
      "--config [file]",
      "instead: write what the description says of policies into a file for the engine's --policy-pack-config; default: policies/config.json, which `lz plan` reads; `-` is standard output",
    )
    .action(late(commands.policies));
}
