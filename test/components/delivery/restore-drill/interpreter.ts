/**
 * Runs a state machine of Amazon States Language in JSONata, with a clock of its own and answers that a test gives.
 * Whatever a state has that is not known here is refused.
 *
 * Sources: Amazon States Language specification; Step Functions developer guide, "Transforming data with JSONata in Step
 * Functions", "Passing data between states with variables", "Handling errors in Step Functions workflows".
 */
import { evaluate } from "./jsonata";

/** An error by its name, as Catch and Retry know it. */
export class StatesError extends Error {
  constructor(
    readonly error: string,
    override readonly cause: string = "",
  ) {
    super(`${error}: ${cause}`);
  }
}

export interface Asked {
  /** For example `backup:startCopyJob`. */
  readonly api: string;
  readonly args: Record<string, unknown>;
  readonly roleArn: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The state's name. */
  readonly state: string;
  readonly timeoutSeconds: number;
}

/** What an answer is, and how many seconds it takes; or an error that is thrown. */
export type Answers = (asked: Asked) => unknown;

export class Slow {
  constructor(
    readonly seconds: number,
    readonly value: unknown,
  ) {}
}

export interface Ended {
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** The names of the states that were entered, in the order of the machine's branches. */
  readonly entered: readonly string[];
  /** Of the run's history. */
  readonly events: number;
  readonly seconds: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a definition is read as it is written, JSON of any shape.
type Json = any;

interface Run {
  readonly answers: Answers;
  readonly entered: string[];
  events: number;
  readonly execution: { readonly Id: string; readonly Name: string; readonly StartTime: string };
  readonly evaluate: typeof evaluate;
}

class Failed extends Error {
  constructor(
    readonly error: string,
    override readonly cause: string,
  ) {
    super(error);
  }
}

const known: Readonly<Record<string, readonly string[]>> = {
  Pass: ["Type", "Assign", "Output", "Next", "End"],
  Task: [
    "Type",
    "Resource",
    "Arguments",
    "Credentials",
    "TimeoutSeconds",
    "Retry",
    "Catch",
    "Assign",
    "Output",
    "Next",
    "End",
  ],
  Choice: ["Type", "Choices", "Default"],
  Wait: ["Type", "Seconds", "Next"],
  Parallel: ["Type", "Branches", "Catch", "Assign", "Next"],
  Succeed: ["Type", "Output"],
  Fail: ["Type", "Error", "Cause"],
};

/** Bytes that a state may hand on. Source: Step Functions developer guide, "Step Functions service quotas". */
const mostBytes = 262_144;

export interface RunOptions {
  readonly answers: Answers;
  readonly at: number;
  readonly name: string;
  readonly machineArn: string;
  /** What evaluates expressions; default: this project's own. */
  readonly evaluate?: typeof evaluate;
}

export function run(definition: Json, options: RunOptions): Ended {
  const { answers, at, name, machineArn } = options;
  const its: Run = {
    answers,
    entered: [],
    events: 2,
    execution: {
      Id: `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`,
      Name: name,
      StartTime: new Date(at).toISOString(),
    },
    evaluate: options.evaluate ?? evaluate,
  };
  const clock = { now: at };
  const ended = (rest: Pick<Ended, "status" | "output" | "error" | "cause">): Ended => ({
    ...rest,
    ...(clock.now - at > definition.TimeoutSeconds * 1000 ? { status: "TIMED_OUT" as const } : {}),
    entered: its.entered,
    events: its.events,
    seconds: (clock.now - at) / 1000,
  });
  try {
    return ended({ status: "SUCCEEDED", output: steps(its, definition, {}, clock, new Map()) });
  } catch (error) {
    if (error instanceof Failed || error instanceof StatesError)
      return ended({ status: "FAILED", error: error.error, cause: String(error.cause) });
    throw error;
  }
}

type Variables = Map<string, unknown>;

function steps(
  its: Run,
  { StartAt, States }: Json,
  input: unknown,
  clock: { now: number },
  outer: ReadonlyMap<string, unknown>,
): unknown {
  const own: Variables = new Map();
  let name: string = StartAt;
  let value = input;
  for (let count = 0; count < 100_000; count++) {
    const state: Json = States[name];
    if (state === undefined) throw new Error(`there is no state ${name}`);
    for (const field of Object.keys(state))
      if (!known[state.Type]?.includes(field))
        throw new Error(`${name}: ${field} of ${state.Type} is not known`);
    its.entered.push(name);
    its.events += 2;
    const enteredTime = new Date(clock.now).toISOString();
    const states = (more: object) => ({
      input: value,
      context: { Execution: its.execution, State: { Name: name, EnteredTime: enteredTime } },
      ...more,
    });
    const worked = (given: Json, more: object = {}): Json =>
      filled(its, given, { ...Object.fromEntries(outer), ...Object.fromEntries(own), states: states(more) });
    const assign = (given: Json, more: object = {}) => {
      const values = worked(given ?? {}, more) as Record<string, unknown>;
      for (const [variable, its] of Object.entries(values)) {
        if (outer.has(variable)) throw new Error(`${name}: $${variable} is a variable of an outer scope`);
        own.set(variable, its);
      }
    };
    const output = (more: object, usual: unknown): unknown =>
      state.Output === undefined ? usual : worked(state.Output, more);
    try {
      switch (state.Type) {
        case "Pass": {
          const given = output({}, value);
          assign(state.Assign);
          value = given;
          break;
        }
        case "Wait":
          clock.now += seconds(worked(state.Seconds)) * 1000;
          break;
        case "Choice": {
          const chosen = state.Choices.find(({ Condition }: Json) => {
            const holds = worked(Condition);
            if (typeof holds !== "boolean")
              throw new StatesError(
                "States.QueryEvaluationError",
                `${Condition} is ${JSON.stringify(holds)}`,
              );
            return holds;
          });
          assign(chosen?.Assign);
          name = chosen?.Next ?? state.Default;
          continue;
        }
        case "Task": {
          const result = task(its, name, state, worked, clock, enteredTime);
          const given = output({ result }, result);
          assign(state.Assign, { result });
          value = given;
          break;
        }
        case "Parallel": {
          const began = clock.now;
          const visible = new Map([...outer, ...own]);
          const results = state.Branches.map((branch: Json) => {
            const inner = { now: began };
            const result = steps(its, branch, value, inner, visible);
            clock.now = Math.max(clock.now, inner.now);
            return result;
          });
          held(results);
          assign(state.Assign, { result: results });
          value = results;
          break;
        }
        case "Succeed":
          return output({}, value);
        case "Fail":
          throw new Failed(worked(state.Error), worked(state.Cause));
        default:
          throw new Error(`${name} is a ${state.Type}, which is not known`);
      }
    } catch (error) {
      const caught = error instanceof StatesError || error instanceof Failed ? error : undefined;
      if (caught === undefined || state.Type === "Fail") throw error;
      const catcher = (state.Catch ?? []).find((one: Json) => matches(one.ErrorEquals, caught.error));
      if (catcher === undefined) throw error;
      assign(catcher.Assign, {
        errorOutput: {
          Error: caught.error,
          ...(String(caught.cause) === "" ? {} : { Cause: String(caught.cause) }),
        },
      });
      name = catcher.Next;
      continue;
    }
    if (state.End === true) return value;
    name = state.Next;
  }
  throw new Error("it does not end");
}

const seconds = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
    throw new StatesError("States.QueryEvaluationError", `${JSON.stringify(value)} is no number of seconds`);
  return value;
};

function task(
  its: Run,
  name: string,
  state: Json,
  worked: (given: Json) => Json,
  clock: { now: number },
  entered: string,
): unknown {
  void entered;
  const tries = new Map<Json, number>();
  for (;;) {
    its.events += 3;
    try {
      const api = String(state.Resource).replace(/^arn:aws:states:::(aws-sdk:)?/, "");
      const args = worked(state.Arguments);
      held(args);
      const answer = its.answers({
        api,
        args,
        roleArn: state.Credentials?.RoleArn,
        at: clock.now,
        state: name,
        timeoutSeconds: state.TimeoutSeconds,
      });
      const slow = answer instanceof Slow ? answer : new Slow(1, answer);
      if (slow.seconds > state.TimeoutSeconds) {
        clock.now += state.TimeoutSeconds * 1000;
        throw new StatesError("States.Timeout");
      }
      clock.now += slow.seconds * 1000;
      held(slow.value);
      return slow.value ?? {};
    } catch (error) {
      if (!(error instanceof StatesError)) throw error;
      const retrier = (state.Retry ?? []).find((one: Json) => matches(one.ErrorEquals, error.error));
      const tried = tries.get(retrier) ?? 0;
      if (retrier === undefined || tried >= retrier.MaxAttempts) throw error;
      tries.set(retrier, tried + 1);
      clock.now += retrier.IntervalSeconds * retrier.BackoffRate ** tried * 1000;
    }
  }
}

const uncaught = ["States.DataLimitExceeded", "States.Runtime"];

const matches = (wanted: readonly string[], error: string): boolean =>
  wanted.some(
    one =>
      one === error ||
      (one === "States.ALL" && !uncaught.includes(error)) ||
      (one === "States.TaskFailed" && !["States.Timeout", ...uncaught].includes(error)),
  );

function held(value: unknown): void {
  if (Buffer.byteLength(JSON.stringify(value ?? null)) > mostBytes)
    throw new StatesError("States.DataLimitExceeded", "more than 256 KiB");
}

/** Every expression in its place; one that finds nothing is an error, as Step Functions has it. */
function filled(its: Run, given: Json, variables: Record<string, unknown>): Json {
  if (typeof given === "string") {
    const expression = /^\{%(.*)%\}$/s.exec(given)?.[1];
    if (expression === undefined) return given;
    let value: unknown;
    try {
      value = its.evaluate(expression, variables);
    } catch (error) {
      throw new StatesError("States.QueryEvaluationError", `${expression}: ${(error as Error).message}`);
    }
    if (value === undefined)
      throw new StatesError("States.QueryEvaluationError", `${expression} finds nothing`);
    return JSON.parse(JSON.stringify(value));
  }
  if (Array.isArray(given)) return given.map(each => filled(its, each, variables));
  if (typeof given === "object" && given !== null)
    return Object.fromEntries(
      Object.entries(given).map(([key, value]) => [key, filled(its, value, variables)]),
    );
  return given;
}
