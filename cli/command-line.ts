/** The commands of `lz`, and their options, by what they are for. */
import { Command } from "commander";
import { deploying } from "./command-lines/deploying";
import { operating } from "./command-lines/operating";
import { planning } from "./command-lines/planning";
import { releasing } from "./command-lines/releasing";
import { settingUp } from "./command-lines/setting-up";
import { exitCodes } from "./failures";

/** All of them, fresh: documentation, pipelines and runbooks are held against it, too. */
export function commandLine(): Command {
  const lz = new Command("lz")
    .description(
      "Plans, checks and explains a landing zone offline, without credentials; deploys it by the Pulumi CLI (`preview`, `up`, `refresh`, `destroy`), and helps to operate what runs. What asks AWS says so",
    )
    .option("--debug", "show the stack trace of an error")
    .addHelpText(
      "after",
      `\nExit codes: ${exitCodes.map(([code, meaning]) => `${code} ${meaning}`).join("; ")}.`,
    )
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .exitOverride();

  for (const group of [planning, deploying, releasing, operating, settingUp]) group(lz);
  return lz;
}
