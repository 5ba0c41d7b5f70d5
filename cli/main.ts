/** The command `lz`. */
import { Command, CommanderError } from "commander";
import { exitCodes, report } from "./failures";
import { planCommand } from "./plan-command";
import { stacksCommand } from "./stacks-command";

const lz = new Command("lz")
  .description("Plans, checks and explains a landing zone: offline, without credentials")
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
  .action(planCommand);

lz.command("stacks")
  .description("List the stacks in the order they are deployed, with what each depends on")
  .option("--env <environment>", "only those of one environment")
  .option("--json", "as JSON")
  .action(stacksCommand);

lz.parseAsync().catch((error: unknown) => {
  // Commander has said what is wrong with the arguments, or shown the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = report(error, lz.opts<{ debug?: boolean }>().debug === true);
});
