/** The Pulumi CLI of this machine, if there is one. It is never fetched. */
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const programName = process.platform === "win32" ? "pulumi.exe" : "pulumi";

/**
 * The folder of a Pulumi CLI that has the language host of Node.js beside it: on the PATH, where its installers put
 * it, or where the package `pulumi` of the development dependencies has put the engine it fetched earlier. The
 * package's own program is passed over, because it fetches what is missing.
 */
export function pulumiFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = environment["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const { version } = require("pulumi/package.json") as { version: string };
  return [
    ...(environment["PATH"] ?? "").split(delimiter).filter(Boolean),
    join(home, "bin"),
    "/usr/local/bin",
    "/opt/homebrew/bin",
    join(home, "versions", version, "bin"),
  ].find(folder => hasEngine(folder));
}

const hasEngine = (folder: string): boolean =>
  isProgram(join(folder, programName)) && isProgram(join(folder, languageHost));

const languageHost = process.platform === "win32" ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs";

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() && !realpathSync(file).endsWith(".js");
  } catch {
    return false;
  }
}
