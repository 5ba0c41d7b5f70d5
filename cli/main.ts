/** The command `lz`. */
import { Command, CommanderError } from "commander";
import { exitCodes, report } from "./failures";
import "./late-modules";

/** Only the command that is called is loaded: `lz stacks` needs no planner, and nothing but `adopt` a client of AWS. */
const late =
  <A extends unknown[]>(load: () => (...args: A) => void | Promise<void>) =>
  (...args: A) =>
    load()(...args);

const commands = {
  addresses: () => (require("./addresses-command") as typeof import("./addresses-command")).addressesCommand,
  adopt: () => (require("./adopt-command") as typeof import("./adopt-command")).adoptCommand,
  destroy: () => (require("./destroy-command") as typeof import("./destroy-command")).destroyCommand,
  explain: () => (require("./guardrails-command") as typeof import("./guardrails-command")).explainCommand,
  guardrails: () =>
    (require("./guardrails-command") as typeof import("./guardrails-command")).guardrailsCommand,
  plan: () => (require("./plan-command") as typeof import("./plan-command")).planCommand,
  reach: () => (require("./reach-command") as typeof import("./reach-command")).reachCommand,
  restore: () => (require("./restore-command") as typeof import("./restore-command")).restoreCommand,
  stacks: () => (require("./stacks-command") as typeof import("./stacks-command")).stacksCommand,
};

const lz = new Command("lz")
  .description(
    "Plans, checks and explains a landing zone: offline, without credentials; only `adopt` asks AWS",
  )
  .option("--debug", "show the stack trace of an error")
  .addHelpText(
    "after",
    `\nExit codes: ${exitCodes.map(([code, meaning]) => `${code} ${meaning}`).join("; ")}.`,
  )
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

lz.command("plan")
  .description("Run the stacks' programs and the policy pack offline, and show what there would be")
  .argument("[names...]", "stacks or environments; default: everything")
  .option("--full", "show every resource, not only the components at the top")
  .option("--json <file>", "write the plan as JSON, see docs/plan-format.md; `-` is standard output")
  .option("--markdown <file>", "write violations and summary as a comment for a merge request")
  .action(late(commands.plan));

lz.command("stacks")
  .description("List the stacks in the order they are deployed, with what each depends on")
  .option("--env <environment>", "only those of one environment")
  .option("--json", "as JSON")
  .action(late(commands.stacks));

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
  .option("--from <name>", "internet, on-premises, an environment, an account, a subnet, a service and so on")
  .option("--to <name>", "the same; default of both: an overview")
  .option("--port <port>", "for example 443 or udp/53; default: any protocol and port")
  .option("--json", "as JSON")
  .action(late(commands.reach));

lz.command("restore")
  .description(
    "Say step by step how one environment's latest backups come into another; changes nothing in AWS",
  )
  .argument("<product>", "whose data")
  .requiredOption("--from <environment>", "whose backups")
  .requiredOption("--to <environment>", "where they replace what is there")
  .option("--mask <task>", "a task of the product that masks the data before any service sees it")
  .option("--without-masking <reason>", "let the data be as it is: why, in at least 20 characters")
  .option("--only <name...>", "these of what the product keeps; default: all of it")
  .option("--script <file>", "write the steps as a script of bash, too")
  .option("--json", "as JSON")
  .action(late(commands.restore));

lz.command("destroy")
  .description("Destroy stacks by the Pulumi CLI, dependants first; never what keeps protected data")
  .argument("<names...>", "stacks")
  .option("--yes", "do not ask")
  .action(late(commands.destroy));

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

lz.command("adopt")
  .description("Read an AWS organization that is there already, and describe it; changes nothing in AWS")
  .option(
    "--to <folder>",
    "where to write organization.ts, ids.json and import.json; default: stacks/landing-zone",
  )
  .option("--profile <name>", "of the AWS configuration; default: the usual credentials")
  .option("--force", "overwrite files that are there")
  .action(late(commands.adopt));

lz.parseAsync().catch((error: unknown) => {
  // Commander has said what is wrong with the arguments, or shown the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = report(error, lz.opts<{ debug?: boolean }>().debug === true);
});
