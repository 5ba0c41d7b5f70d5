import { now, query, type States, type Task } from "./states";

export interface Waiting {
  /** What the three states' names begin with. */
  readonly what: string;
  /** Asks how it goes. It may catch what means that it is over, and goes on to the state `<what>: over?`. */
  readonly ask: (over: string) => Task;
  /** The variable that holds when it began, in milliseconds. */
  readonly since: string;
  /** Conditions on what `ask` has assigned, and where each leads; tried in this order. */
  readonly ends: readonly (readonly [condition: string, next: string])[];
  readonly minutes: number;
  /** Where it leads when the minutes are over. */
  readonly late: string;
  readonly problem: string;
}

/** Seconds between two questions, at least and at most. */
const pace = { least: 30, most: 1800 } as const;

/**
 * Asks again and again, at first soon and then at ever longer intervals, each a fifth of the time gone by: what is
 * measured so is at most a fifth too long, and a wait of a day does not fill the history of a run, which has room for
 * 25,000 events. Source: Step Functions developer guide, "Step Functions service quotas".
 */
export function waiting({ what, ask, since, ends, minutes, late, problem }: Waiting): {
  readonly first: string;
  readonly states: States;
} {
  const [pause, look, decide] = [`${what}: wait`, `${what}: look`, `${what}: over?`] as const;
  const gone = `(${now} - $${since})`;
  return {
    first: pause,
    states: {
      [pause]: {
        Type: "Wait",
        Seconds: query(`$min([${pace.most}, $max([${pace.least}, $floor(${gone} / 5000)])])`),
        Next: look,
      },
      [look]: ask(decide),
      [decide]: {
        Type: "Choice",
        Choices: [
          ...ends.map(([condition, Next]) => ({ Condition: query(condition), Next })),
          {
            Condition: query(`${gone} > ${minutes * 60_000}`),
            Assign: { problem, failedAt: what.split(": ").at(-1) ?? what },
            Next: late,
          },
        ],
        Default: pause,
      },
    },
  };
}
