import { spawnSync } from "node:child_process";
import pc from "picocolors";
import type { LandingZone } from "../stacks/description";
import { type StackDefinition, stacksOf } from "../stacks/names";
import { UsageError } from "./failures";
import { loadDescription, projectRoot } from "./project";
import { select } from "./selection";

export interface DestroyOptions {
  readonly yes?: boolean;
}

/**
 * Destroys stacks by `pulumi destroy`, those that depend on others first. What must not be destroyed is refused before
 * anything is touched.
 *
 * @throws {UsageError} see refusals.
 */
export function destroyCommand(names: readonly string[], options: DestroyOptions): void {
  const zone = loadDescription();
  const { asked } = select(zone, names);
  const refused = refusals(zone, asked);
  if (refused.length > 0)
    throw new UsageError(`nothing is destroyed:\n\n${refused.map(line => `  ${line}`).join("\n")}`);
  for (const { name } of [...asked].reverse()) {
    const words = ["destroy", "--stack", name, ...(options.yes === true ? ["--yes"] : [])];
    console.error(pc.cyan(`pulumi ${words.join(" ")}`));
    const { status, error } = spawnSync("pulumi", words, { cwd: projectRoot, stdio: "inherit" });
    if (error !== undefined)
      throw new UsageError(
        (error as NodeJS.ErrnoException).code === "ENOENT"
          ? "there is no `pulumi` on the PATH; install the Pulumi CLI first"
          : `pulumi can not be run: ${error.message}`,
      );
    if (status !== 0)
      throw new UsageError(
        `\`pulumi destroy --stack ${name}\` failed; nothing was done after it. Mend what it says and run the same again`,
      );
  }
}

/**
 * Why stacks are not destroyed: they are the platform's, or keep data where deletion is protected, or others that are
 * not to be destroyed read them.
 */
export function refusals(zone: LandingZone, asked: readonly StackDefinition[]): string[] {
  const gone = new Set(asked.map(({ name }) => name));
  const others = stacksOf(zone).filter(({ name }) => !gone.has(name));
  return asked.flatMap(stack => {
    const readers = others.filter(({ dependsOn }) => dependsOn.includes(stack.name));
    if (platform.has(stack.layer))
      return [`${stack.name} is the platform's: accounts, logs and networks outlive every product`];
    if (stack.layer === "persistent" && zone.environments[stack.environment ?? "prod"].deletionProtection)
      return [
        `${stack.name} keeps the data of ${stack.product} in ${stack.environment}, where deletion is protected; back it up and take \`deletionProtection\` away first`,
      ];
    return readers.length === 0
      ? []
      : [`${stack.name} is read by ${readers.map(({ name }) => name).join(", ")}; name these too`];
  });
}

const platform: ReadonlySet<StackDefinition["layer"]> = new Set([
  "organization",
  "security",
  "network",
  "baseline",
]);
