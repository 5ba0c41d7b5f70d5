/** Runs one operation of the engine on many stacks: in order, with live lines, until it is interrupted. */
import type { OutputMap } from "@pulumi/pulumi/automation";
import pc from "picocolors";
import type { LandingZone } from "../../stacks/description";
import type { StackDefinition } from "../../stacks/names";
import { type Listener, saidBy, type Worked } from "./engine";
import { type Explained, explained } from "./explained-errors";
import { Interruption } from "./interruption";
import { duration, LiveLines } from "./live-lines";
import type { Order } from "./order";
import { type Ending, runInOrder } from "./schedule";
import { Tally } from "./tally";

export interface StackRun {
  readonly stack: StackDefinition;
  readonly ending: Ending;
  /** What has come of it; empty where it was not begun. */
  readonly tally: Tally;
  readonly began: number;
  readonly ms: number;
  /** It was being done when it was cancelled. */
  readonly isCancelled: boolean;
  /** The address of the run in Pulumi Cloud. */
  readonly link?: string;
  readonly outputs?: OutputMap;
  readonly explained?: Explained;
  readonly skipped?: Skipped;
  /** What the CLI has said, where it failed. */
  readonly raw?: string;
}

export interface Operation {
  /** For example `lz up`: what is typed to go on. */
  readonly command: string;
  /** For example `done`. */
  readonly well: string;
  readonly run: (stack: StackDefinition, listener: Listener) => Promise<Worked | Refused | Skipped>;
  /** Resources to be done with, by stack. */
  readonly planned: (stack: StackDefinition) => number | undefined;
  /** Why there is nothing for the engine to do, where that is known beforehand. */
  readonly skip?: (stack: StackDefinition) => Skipped | undefined;
}

/** There was nothing for the engine to do. */
export interface Skipped {
  /** What the table says instead of a result. */
  readonly skipped: string;
  /** What the offline plan would create. */
  readonly creates?: number;
}

/** Something other than the engine keeps a stack from being worked on. */
export interface Refused {
  readonly refused: Explained;
}

export interface RunOptions {
  readonly parallel: number;
  readonly goOn: boolean;
}

export async function runStacks(
  zone: LandingZone,
  stacks: readonly StackDefinition[],
  order: Order,
  operation: Operation,
  options: RunOptions,
  engineName: (stack: StackDefinition) => string,
): Promise<readonly StackRun[]> {
  const lines = new LiveLines(stacks.map(({ name }) => name));
  const running = new Set<string>();
  const interruption = new Interruption(what => lines.write(pc.yellow(interruptionText(what, running))));
  const runs = new Map<string, Omit<StackRun, "ending">>();
  const byName = new Map(stacks.map(stack => [stack.name, stack]));
  const run = async (name: string): Promise<boolean> => {
    const stack = byName.get(name);
    if (stack === undefined) throw new Error(`${name} is run, but was not asked for`);
    running.add(name);
    const place = {
      stack,
      accountId: zone.organization.ids.accounts[stack.account],
      engineName: engineName(stack),
    };
    const result = await runOne(stack, place, operation, lines, interruption.signal);
    running.delete(name);
    runs.set(name, result.its);
    return result.well;
  };
  try {
    const endings = await runInOrder(order, { ...options, run, stopped: () => interruption.asked });
    return stacks.map(stack => ({
      ...(runs.get(stack.name) ?? { stack, tally: new Tally(), began: 0, ms: 0, isCancelled: false }),
      ending: endings.get(stack.name) ?? { kind: "notStarted" },
    }));
  } finally {
    lines.close();
    interruption.end();
  }
}

async function runOne(
  stack: StackDefinition,
  place: Parameters<typeof explained>[1],
  operation: Operation,
  lines: LiveLines,
  signal: AbortSignal,
): Promise<{ well: boolean; its: Omit<StackRun, "ending"> }> {
  const tally = new Tally();
  const began = Date.now();
  const own = () => ({ stack, tally, began, ms: Date.now() - began, isCancelled: false });
  const skipped = operation.skip?.(stack);
  if (skipped !== undefined) return skip(own(), skipped, lines);
  lines.begin(stack.name, tally, operation.planned(stack));
  try {
    const worked = await operation.run(stack, { onEvent: event => tally.take(event), signal });
    if ("refused" in worked) {
      lines.end(stack.name, pc.red("refused"));
      return { well: false, its: { ...own(), explained: worked.refused } };
    }
    if ("skipped" in worked) return skip(own(), worked, lines);
    const its = own();
    lines.end(stack.name, pc.green(`${operation.well}: ${counts(tally)}, ${duration(its.ms)}`));
    const link = linkIn(worked.stdout);
    return {
      well: true,
      its: {
        ...its,
        ...(link !== undefined && { link }),
        ...(worked.outputs && { outputs: worked.outputs }),
      },
    };
  } catch (error) {
    const its = { ...own(), isCancelled: signal.aborted };
    const raw = saidBy(error);
    lines.end(stack.name, pc.red(`${its.isCancelled ? "cancelled" : "failed"} after ${duration(its.ms)}`));
    const told = [...tally.failures.map(({ message }) => message), raw].join("\n");
    const why = its.isCancelled ? undefined : explained(told, place);
    const link = linkIn(raw);
    return {
      well: false,
      its: { ...its, raw, ...(why && { explained: why }), ...(link !== undefined && { link }) },
    };
  }
}

function skip(its: Omit<StackRun, "ending">, skipped: Skipped, lines: LiveLines) {
  lines.end(its.stack.name, skipped.skipped);
  return { well: true, its: { ...its, skipped } };
}

/** For example `3 created, 110 same`. */
export function counts(tally: Tally): string {
  const all = (["created", "updated", "replaced", "deleted", "same"] as const).flatMap(kind => {
    const count = tally.count(kind);
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return all.join(", ") || "nothing to do";
}

/** Pulumi Cloud has a page for a run; what other backends say is a path. */
const linkIn = (text: string): string | undefined =>
  /(?:View Live|View in Browser[^:]*|Permalink): (https:\/\/\S+)/.exec(text)?.[1];

function interruptionText(what: "wait" | "cancel", running: ReadonlySet<string>): string {
  const names = [...running].join(", ");
  return what === "wait"
    ? `Interrupted: no further stack begins; ${names || "nothing"} is let end. Ctrl-C again cancels what runs`
    : `Cancelling ${names || "nothing"}: the engine ends the resources it is at, and notes what has become of them`;
}
