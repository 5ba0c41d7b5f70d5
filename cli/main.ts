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
  explainWorkload: () => (require("./explain-command") as typeof import("./explain-command")).explainCommand,
  forward: () => (require("./forward-command") as typeof import("./forward-command")).forwardCommand,
  guardrails: () =>
    (require("./guardrails-command") as typeof import("./guardrails-command")).guardrailsCommand,
  logs: () => (require("./logs-command") as typeof import("./logs-command")).logsCommand,
  plan: () => (require("./plan-command") as typeof import("./plan-command")).planCommand,
  policies: () => (require("./policies-command") as typeof import("./policies-command")).policiesCommand,
  promote: () => (require("./promote-command") as typeof import("./promote-command")).promoteCommand,
  reach: () => (require("./reach-command") as typeof import("./reach-command")).reachCommand,
  restore: () => (require("./restore-command") as typeof import("./restore-command")).restoreCommand,
  run: () => (require("./run-command") as typeof import("./run-command")).runCommand,
  shell: () => (require("./shell-command") as typeof import("./shell-command")).shellCommand,
  stacks: () => (require("./stacks-command") as typeof import("./stacks-command")).stacksCommand,
};

/** An option that may be said again and again. */
const each = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

const lz = new Command("lz")
  .description(
    "Plans, checks and explains a landing zone: offline, without credentials. Only `adopt` asks AWS, and `shell`, `logs`, `forward` and `run`, which show each call of the AWS CLI before they make it",
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

lz.command("explain")
  .description(
    "Show a service's, job's or function's settings in an environment, where each is said, and what follows",
  )
  .argument("<product>", "whose it is")
  .argument("<workload>", "a service, job or function")
  .requiredOption("--env <environment>", "where")
  .option("--json", "as JSON")
  .action(late(commands.explainWorkload));

lz.command("promote")
  .description(
    "Write an environment's release into the next one's place in the description, and nothing else",
  )
  .argument("<product>", "whose it is")
  .argument("<workload>", "a service, job or function")
  .requiredOption("--from <environment>", "which has the release")
  .requiredOption("--to <environment>", "the one after it, which gets it")
  .option("--release <reference>", "tag or digest of what --from has built")
  .option("--skip", "go past an environment between the two")
  .option("--dry-run", "show what would be written and what the plans would change")
  .option("--yes", "do not ask before prod")
  .action(late(commands.promote));

lz.command("restore")
  .description(
    "Say step by step how one environment's latest backups come into another; changes nothing in AWS",
  )
  .argument("<product>", "whose data")
  .requiredOption("--from <environment>", "whose backups")
  .requiredOption("--to <environment>", "where they replace what is there")
  .option("--mask <job>", "a job of the product that masks the data before any service sees it")
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

const profile = "of the AWS configuration; default: the usual credentials";
const dryRun = "only show the calls";

lz.command("shell")
  .description("Open a shell in a running task, through ECS Exec; in prod in emergencies only")
  .argument("<product>", "whose service")
  .argument("<service>", "the service")
  .requiredOption("--env <environment>", "where")
  .option("--container <name>", "default: the service's own")
  .option("--task <id>", "default: the newest that runs")
  .option("--command <command>", "default: /bin/sh")
  .option("--break-glass", "where a shell is for emergencies: this is one")
  .option("--profile <name>", profile)
  .option("--dry-run", dryRun)
  .action(late(commands.shell));

lz.command("logs")
  .description("Show what services, jobs and functions have logged")
  .argument("<product>", "whose")
  .argument("[name]", "a service, job or function; default: all of the product's")
  .requiredOption("--env <environment>", "where")
  .option("--follow", "go on with what they log from now on")
  .option("--since <time>", "10m, 2h, 3d, or a time such as 2030-01-31T08:00:00Z; default: 10m")
  .option("--filter <pattern>", "only what matches a filter pattern of CloudWatch Logs")
  .option("--profile <name>", profile)
  .option("--dry-run", dryRun)
  .action(late(commands.logs));

lz.command("forward")
  .description("Open a tunnel to a database, a cache or a search domain, through a task that is linked to it")
  .argument("<product>", "whose services are linked to it")
  .argument("<data>", "by its short name; what another product shares, by <product>-<name>")
  .requiredOption("--env <environment>", "where")
  .option("--port <port>", "of this machine; default: the resource's, or 8,000 more where it is below 1,024")
  .option("--through <service>", "default: the first that is linked to it")
  .option("--break-glass", "where a tunnel is for emergencies: this is one")
  .option("--profile <name>", profile)
  .option("--dry-run", dryRun)
  .action(late(commands.forward));

lz.command("run")
  .description("Run a job once")
  .argument("<product>", "whose job")
  .argument("<job>", "the job")
  .argument("[command...]", "after `--`, in place of the job's own command")
  .requiredOption("--env <environment>", "where")
  .option("--set <name=value>", "a setting for this run; may be said again", each, [])
  .option("--wait", "until it has ended; 1 says that it failed")
  .option("--profile <name>", profile)
  .option("--dry-run", dryRun)
  .action(late(commands.run));

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
