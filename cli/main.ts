/** The command `lz`. */
import { CommanderError } from "commander";
import { commandLine } from "./command-line";
import { report } from "./failures";
import "./late-modules";

const lz = commandLine();

lz.parseAsync().catch((error: unknown) => {
  // Commander has said what is wrong with the arguments, or shown the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = report(error, lz.opts<{ debug?: boolean }>().debug === true);
});
