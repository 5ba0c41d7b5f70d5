/** Runs stacks in their order, independent ones at once. */
import type { Order } from "./order";

/** How a stack ended, or why it did not begin. */
export type Ending =
  | { readonly kind: "done" | "failed" }
  /** `for` failed, or was not begun, and this one comes after it. */
  | { readonly kind: "waits"; readonly for: string }
  /** Nothing was begun any more: another had failed, or it was interrupted. */
  | { readonly kind: "notStarted" };

export interface ScheduleOptions {
  /** How many at once, at least 1. */
  readonly parallel: number;
  /** After a failure go on with what does not come after what failed. */
  readonly goOn: boolean;
  /** Runs one, and says whether it ended well. */
  readonly run: (name: string) => Promise<boolean>;
  /** Begin nothing more. */
  readonly stopped: () => boolean;
}

/**
 * @param order among exactly the names that are run, with no circle; the earlier in it the earlier begun.
 * @returns an ending for each, when all that were begun have ended.
 */
export async function runInOrder(
  order: Order,
  { parallel, goOn, run, stopped }: ScheduleOptions,
): Promise<ReadonlyMap<string, Ending>> {
  const endings = new Map<string, Ending>();
  const running = new Map<string, Promise<void>>();
  const failed = () => [...endings.values()].some(({ kind }) => kind === "failed");
  const begin = (name: string) => {
    const ended = run(name).then(
      well => {
        endings.set(name, { kind: well ? "done" : "failed" });
        running.delete(name);
      },
      error => {
        running.delete(name);
        throw error;
      },
    );
    running.set(name, ended);
  };
  const isReady = (before: readonly string[]) => before.every(its => endings.get(its)?.kind === "done");
  for (;;) {
    const may = goOn || !failed();
    for (const [name, before] of order) {
      if (!may || running.size >= parallel || stopped()) break;
      if (!endings.has(name) && !running.has(name) && isReady(before)) begin(name);
    }
    if (running.size === 0) break;
    // What throws is a mistake of lz: it is told when all that runs has ended.
    await Promise.race(running.values()).catch(async error => {
      await Promise.allSettled(running.values());
      throw error;
    });
  }
  for (const [name, before] of order) {
    if (endings.has(name)) continue;
    const waitsFor = before.find(its => isStopped(endings.get(its)));
    endings.set(
      name,
      waitsFor === undefined ? { kind: "notStarted" } : { kind: "waits", for: root(endings, waitsFor) },
    );
  }
  return endings;
}

const isStopped = (ending: Ending | undefined): boolean =>
  ending?.kind === "failed" || ending?.kind === "waits";

/** What failed in the first place. */
function root(endings: ReadonlyMap<string, Ending>, name: string): string {
  const ending = endings.get(name);
  return ending?.kind === "waits" ? root(endings, ending.for) : name;
}
