/** Asks a person before anything is touched. */
import pc from "picocolors";
import { environmentNames, type LandingZone } from "../../stacks/description";
import type { StackDefinition } from "../../stacks/names";
import { UsageError } from "../failures";
import { plainTable } from "../table";
import { type Terminal, typedAt } from "../typed-words";
import { placesOf } from "./options";

export interface ConfirmOptions {
  /** Ask nothing but of prod. */
  readonly yes?: boolean;
  /** What would be typed, said beforehand: the environment it goes to. */
  readonly confirm?: string;
}

export interface Intent {
  /** For example `deploy`. */
  readonly verb: string;
  readonly stacks: readonly StackDefinition[];
  /** By stack; absent: nobody knows. */
  readonly resources: (stack: StackDefinition) => number | undefined;
  /** Where the state is. */
  readonly backend: string;
  /** What must be typed besides what prod asks for: an environment that is destroyed as a whole. */
  readonly typed?: string;
}

/** What is about to be done, and where: a line an account. */
export function intentText(zone: LandingZone, { verb, stacks, resources, backend }: Intent): string {
  const total = stacks.reduce((sum, stack) => sum + (resources(stack) ?? 0), 0);
  const accounts = [
    ...new Set(stacks.map(({ account, environment }) => `${environment ?? "shared"}/${account}`)),
  ];
  const rows = accounts.map(key => {
    const own = stacks.filter(({ account, environment }) => `${environment ?? "shared"}/${account}` === key);
    const [environment = "", account = ""] = key.split("/");
    return [
      environment,
      account,
      zone.organization.ids.accounts[account] ?? "",
      own.length,
      own.reduce((sum, stack) => sum + (resources(stack) ?? 0), 0),
    ];
  });
  const many = `${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"}`;
  return [
    `${pc.bold(`To ${verb}: ${many}, ${total.toLocaleString("en")} ${total === 1 ? "resource" : "resources"}`)}, state in ${backend}`,
    "",
    plainTable(["Environment", "Account", "Number", "Stacks", "Resources"], rows),
    "",
  ].join("\n");
}

/**
 * @throws {UsageError} where --confirm says another place than where it goes, there is nobody to ask, or something else
 *   is typed.
 */
export async function confirmed(
  zone: LandingZone,
  intent: Intent,
  { yes = false, confirm }: ConfirmOptions,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  const places = placesOf(intent.stacks);
  const words = places.includes("prod") ? "prod" : intent.typed;
  terminal.output.write(`${intentText(zone, intent)}\n`);
  if (confirm !== undefined) return agreed(confirm, places, words, yes);
  if (yes && words !== "prod") return;
  await ask(words ?? "yes", terminal, words === "prod" ? "`--confirm prod`" : "`--yes`");
}

/** @param yes the other environments need not be said. */
function agreed(confirm: string, places: readonly string[], words: string | undefined, yes: boolean): void {
  if (!["shared", ...environmentNames].includes(confirm))
    throw new UsageError(
      `--confirm ${confirm}: there is no such environment; there are: shared, ${environmentNames.join(", ")}`,
    );
  const others = yes ? [] : places.filter(place => place !== confirm && place !== "shared");
  if (others.length > 0 || !places.includes(confirm) || (words !== undefined && words !== confirm))
    throw new UsageError(
      `nothing is touched: --confirm says ${confirm}, and the stacks are of ${places.join(", ")}`,
    );
}

async function ask(words: string, terminal: Terminal, instead: string): Promise<void> {
  if (terminal.input.isTTY !== true)
    throw new UsageError(
      `nothing is touched: this must be confirmed, and there is no terminal; say ${instead}`,
    );
  const typed = await typedAt(terminal, `Type "${words}" to go on: `);
  if (typed !== words) throw new UsageError(`nothing is touched: that was not "${words}"`);
}
