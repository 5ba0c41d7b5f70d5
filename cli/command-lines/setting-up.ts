/** What is done once, or when something is in the way. */
import type { Command } from "commander";
import { late } from "./late";

const commands = {
  adopt: () => (require("../adopt-command") as typeof import("../adopt-command")).adoptCommand,
  bootstrap: () =>
    (require("../bootstrap-command") as typeof import("../bootstrap-command")).bootstrapCommand,
  doctor: () => (require("../doctor-command") as typeof import("../doctor-command")).doctorCommand,
};

const profile = "of the AWS configuration; default: the usual credentials";

export function settingUp(lz: Command): void {
  lz.commandsGroup("Set up:");

  lz.command("adopt")
    .description("Read an AWS organization that is there already, and describe it; changes nothing in AWS")
    .option(
      "--to <folder>",
      "where to write organization.ts, ids.json and import.json; default: stacks/landing-zone",
    )
    .option("--profile <name>", "of the AWS configuration; default: the usual credentials")
    .option("--force", "overwrite files that are there")
    .action(late(commands.adopt));

  lz.command("bootstrap")
    .description(
      "Make what is there before all stacks: the bucket and the key of the state, and the roles to deploy with",
    )
    .option("--profile <name>", profile)
    .option("--dry-run", "only write the CloudFormation template, as YAML; asks AWS nothing")
    .option("--yes", "do not ask")
    .action(late(commands.bootstrap));

  lz.command("doctor")
    .description(
      "Look at all that deploying takes: this machine, credentials, state, roles and quotas; changes nothing",
    )
    .argument("[names...]", "stacks or environments; default: everything")
    .option("--offline", "only what can be known without AWS, and how much of each quota is needed")
    .option("--profile <name>", profile)
    .option("--json", "as JSON")
    .action(late(commands.doctor));
}
