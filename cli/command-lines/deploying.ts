/** What has the Pulumi engine work. */
import type { Command } from "commander";
import { late } from "./late";

const commands = {
  destroy: () => (require("../destroy-command") as typeof import("../destroy-command")).destroyCommand,
  preview: () => (require("../preview-command") as typeof import("../preview-command")).previewCommand,
  refresh: () => (require("../refresh-command") as typeof import("../refresh-command")).refreshCommand,
  up: () => (require("../up-command") as typeof import("../up-command")).upCommand,
};

const deployed = "environments, stacks or `shared`; default: everything";
const atOnce = "how many stacks at once; default: 4";
const unasked = "do not ask, except before prod";
const place = "the environment it goes to, as a pipeline says it instead of a person; prod needs it";
const readOnly = "let every provider take the role that can only read";

export function deploying(lz: Command): void {
  lz.commandsGroup("Deploy:");

  lz.command("preview")
    .description("Ask the Pulumi engine what `lz up` would change; changes nothing")
    .argument("[names...]", deployed)
    .option("--read-only", readOnly)
    .option("--json <file>", "write the changes as JSON; `-` is standard output")
    .option("--markdown <file>", "write them as a comment for a merge request")
    .option("--parallel <number>", atOnce)
    .action(late(commands.preview));

  lz.command("up")
    .description(
      "Deploy stacks by the Pulumi engine: planned, judged and confirmed first; in order, independent ones at once",
    )
    .argument("[names...]", deployed)
    .option("--parallel <number>", atOnce)
    .option("--continue", "after a failure go on with what does not depend on what failed")
    .option("--yes", unasked)
    .option("--confirm <environment>", place)
    .action(late(commands.up));

  lz.command("refresh")
    .description("Take what has been changed in AWS by hand into the state; with --check only say what it is")
    .argument("[names...]", deployed)
    .option("--check", "change nothing; 1 says that something has drifted")
    .option("--read-only", `with --check: ${readOnly}`)
    .option("--markdown <file>", "with --check: write what has drifted as a comment or a report, too")
    .option("--parallel <number>", atOnce)
    .option("--continue", "after a failure go on with the others")
    .option("--yes", unasked)
    .option("--confirm <environment>", place)
    .action(late(commands.refresh));

  lz.command("destroy")
    .description("Destroy stacks by the Pulumi engine, dependants first; never what keeps protected data")
    .argument("<names...>", "stacks; an environment means its products' stacks")
    .option("--parallel <number>", atOnce)
    .option("--continue", "after a failure go on with what nothing that failed depends on")
    .option("--yes", unasked)
    .option("--confirm <environment>", place)
    .action(late(commands.destroy));
}
