import { call, errorText, type Json, query, type Retrier, type States, type Task, unless } from "./states";
import { type DrillArgs, type DrilledThing, limits } from "./thing";
import { waiting } from "./waiting";

/** `tidy`: before a drill; `clean`: after it. */
export type When = "tidy" | "clean";

/** Names of states, and what those of one branch share. */
export class Cleaning {
  constructor(
    readonly thing: DrilledThing,
    readonly when: When,
  ) {}

  step(what: string): string {
    return `${this.thing.name}: ${this.when}${what === "" ? "" : `: ${what}`}`;
  }

  get gone(): string {
    return this.step("gone");
  }

  /** A call whose answer may be that there is nothing. */
  call(
    resource: string,
    args: Json,
    its: {
      readonly absent?: readonly string[];
      readonly next: string;
      readonly otherwise?: string;
      readonly retry?: readonly Retrier[];
      readonly Assign?: Readonly<Record<string, Json>>;
    },
  ): Task {
    const { absent = [], next, otherwise = next, retry = [], Assign } = its;
    return call({
      resource,
      args,
      retry: [...retry, ...(absent.length === 0 ? unlessNothing : unless(...absent))],
      catch: [
        ...(absent.length === 0 ? [] : [{ ErrorEquals: absent, Next: otherwise }]),
        {
          ErrorEquals: ["States.ALL"],
          Assign: { why: query(errorText) },
          Next: this.step("left"),
        },
      ],
      ...(Assign === undefined ? {} : { Assign }),
      next,
    });
  }

  /** Waits until nothing answers to the name any more. */
  until(ask: (over: string) => Task, done: string): { readonly first: string; readonly states: States } {
    return waiting({
      what: this.step("wait"),
      since: "deletedAt",
      minutes: limits.delete,
      late: this.step("left"),
      problem: `it was not gone after ${limits.delete} minutes`,
      ask,
      ends: [["$remaining = 0", done]],
    });
  }
}

const unlessNothing = unless("States.Permissions");

/** What deletes a kind of thing, and where it begins. */
export type CleaningKind = (its: Cleaning, args: DrillArgs) => readonly [first: string, states: States];
