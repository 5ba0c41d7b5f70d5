/** Runs a stack's program as the SDK's own inline host does, with a plan's monitor in the engine's place. */
import * as log from "@pulumi/pulumi/log";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { ProgramError, placeOf } from "./failure";
import type { PlanMonitor } from "./monitor";
import { withoutBookkeeping } from "./sdk-bookkeeping";

/** The SDK keeps a program's state apart from others' by these, which its types leave out. */
const { withLocalStorage, getStore } = require("@pulumi/pulumi/runtime/state") as {
  withLocalStorage<T>(work: () => Promise<T>): Promise<T>;
  getStore(): { settings: { monitor?: unknown } };
};

export interface ProgramOptions {
  /** Where the programs' own code is: failures are placed in it. */
  readonly root: string;
  /** A program that asks for nothing for so long will never end. */
  readonly idleMs: number;
  /** Whether resources say which lines of the project registered them. */
  readonly places?: boolean;
}

/** @throws {ProgramError} */
export async function runProgram(
  program: () => unknown,
  monitor: PlanMonitor,
  options: ProgramOptions,
): Promise<void> {
  const { project, stack } = monitor.options;
  const failures: unknown[] = [];
  // What goes wrong in an `apply` or a registration belongs to no promise that anyone waits for.
  const stray = (error: unknown) => void failures.push(error);
  process.on("unhandledRejection", stray);
  process.on("uncaughtException", stray);
  const watch = new IdleWatch(monitor, failures, options.idleMs);
  try {
    await withoutBookkeeping(
      () =>
        withLocalStorage(async () => {
          settings.resetOptions(project, stack, -1, "", "", true, "organization");
          getStore().settings.monitor = monitor;
          const run = runInPulumiStack(async () => program()).then(() => settings.disconnect(true));
          await Promise.race([run, watch.idle]);
          // Rejections that nobody waits for are reported when the queue of promises has run dry.
          await new Promise(resolve => setImmediate(resolve));
          if (failures.length === 0 && log.hasErrors())
            failures.push(new Error("it logged errors, see above"));
        }),
      options.places ? options.root : undefined,
    );
  } catch (error) {
    failures.push(error);
  } finally {
    watch.stop();
    // One failure surfaces in many promises, some of them only now: they are this program's, not the next one's.
    if (failures.length > 0) await new Promise(resolve => setTimeout(resolve, 50));
    process.off("unhandledRejection", stray);
    process.off("uncaughtException", stray);
    monitor.close();
  }
  if (failures.length > 0) throw programError(stack, failures, options.root);
}

/** One mistake often surfaces in many promises; the one that knows its place in the program says most. */
function programError(stack: string, failures: readonly unknown[], root: string): ProgramError {
  const telling = failures.find(failure => placeOf(failure, root) !== undefined) ?? failures[0];
  const place = placeOf(telling, root);
  const message = telling instanceof Error ? telling.message : String(telling);
  return new ProgramError(stack, `${message}${place === undefined ? "" : ` (${place})`}`, { cause: telling });
}

/** Ends the waiting for a program that has failed or waits for something that never comes. */
class IdleWatch {
  readonly idle: Promise<never>;
  #timer: NodeJS.Timeout | undefined;

  constructor(monitor: PlanMonitor, failures: readonly unknown[], idleMs: number) {
    monitor.lastActivity = Date.now();
    this.idle = new Promise((_, reject) => {
      this.#timer = setInterval(
        () => {
          const idleFor = Date.now() - monitor.lastActivity;
          // After a failure nothing may come any more; what is under way is given a moment to fail too.
          if (failures.length > 0 && idleFor > 50) reject(failures[0]);
          if (idleFor < idleMs) return;
          const last = monitor.lastRegistered;
          reject(
            new Error(
              `it does not settle: for ${idleMs / 1000} s it has asked for nothing, and a promise it waits for is still open${last ? `; the last resource was ${last.type} "${last.name}"` : ""}`,
            ),
          );
        },
        Math.min(50, idleMs),
      );
    });
    this.idle.catch(() => {});
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
