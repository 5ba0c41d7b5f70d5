/** What people do with what runs; every call of the AWS CLI is shown before it is made. */
import type { Command } from "commander";
import { late } from "./late";

const commands = {
  backup: () => (require("../backup-command") as typeof import("../backup-command")).backupCommand,
  forward: () => (require("../forward-command") as typeof import("../forward-command")).forwardCommand,
  logs: () => (require("../logs-command") as typeof import("../logs-command")).logsCommand,
  restore: () => (require("../restore-command") as typeof import("../restore-command")).restoreCommand,
  run: () => (require("../run-command") as typeof import("../run-command")).runCommand,
  shell: () => (require("../shell-command") as typeof import("../shell-command")).shellCommand,
  wake: () => (require("../wake-command") as typeof import("../wake-command")).wakeCommand,
};

/** An option that may be said again and again. */
const each = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

const profile = "of the AWS configuration; default: the usual credentials";
const dryRun = "only show the calls";

export function operating(lz: Command): void {
  lz.commandsGroup("Operate what runs:");

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

  lz.command("forward")
    .description(
      "Open a tunnel to a database, a cache or a search domain, through a task that is linked to it",
    )
    .argument("<product>", "whose services are linked to it")
    .argument("<data>", "by its short name; what another product shares, by <product>-<name>")
    .requiredOption("--env <environment>", "where")
    .option(
      "--port <port>",
      "of this machine; default: the resource's, or 8,000 more where it is below 1,024",
    )
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

  lz.command("wake")
    .description("Start a product's services and databases before the hours of their environment begin")
    .argument("<product>", "whose")
    .requiredOption("--env <environment>", "where")
    .option("--profile <name>", profile)
    .option("--dry-run", dryRun)
    .action(late(commands.wake));

  lz.command("backup")
    .description("Back up now what a product keeps, and wait for it")
    .argument("<product>", "whose data")
    .requiredOption("--env <environment>", "where")
    .option("--keep-days <days>", "for how long; default: as short as the vault's lock lets it")
    .option("--only <name...>", "these of what the product keeps; default: all that AWS Backup keeps")
    .option("--copy", "also into the vault of copies in the log archive, where the environment has them")
    .option("--profile <name>", profile)
    .option("--dry-run", dryRun)
    .action(late(commands.backup));

  lz.command("restore")
    .description(
      "Say step by step how one environment's latest backups come into another; changes nothing in AWS",
    )
    .argument("<product>", "whose data")
    .option("--from <environment>", "whose backups")
    .option("--to <environment>", "where they replace what is there")
    .option("--mask <job>", "a job of the product that masks the data before any service sees it")
    .option("--without-masking <reason>", "let the data be as it is: why, in at least 20 characters")
    .option("--only <name...>", "these of what the product keeps; default: all of it")
    .option("--script <file>", "write the steps as a script of bash, too")
    .option("--json", "as JSON")
    .option("--drill", "say what the product's restore drill does, which needs neither --from nor --to")
    .option("--run", "with --drill: start it, through the AWS CLI")
    .option("--wait", "with --run: until it has ended; 1 where it has proven nothing")
    .option("--evidence", "with --drill: show what the latest ones have reported, through the AWS CLI")
    .option("--profile <name>", "of the AWS configuration; default: the usual credentials")
    .option("--dry-run", "only show the calls")
    .action(late(commands.restore));
}
