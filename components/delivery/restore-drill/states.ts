/** States of Amazon States Language, as far as drills have them: written in JSONata, and made by pure functions. */

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

interface Assigning {
  readonly Assign?: Readonly<Record<string, Json>>;
}

export interface Catcher extends Assigning {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
}

export interface Task extends Assigning {
  readonly Type: "Task";
  readonly Resource: string;
  readonly Arguments: Json;
  /** Whose role it takes for this one call. */
  readonly Credentials?: { readonly RoleArn: string };
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
  readonly Next: string;
}

export interface Pass extends Assigning {
  readonly Type: "Pass";
  readonly Output?: Json;
  readonly Next?: string;
  readonly End?: true;
}

export interface Choice {
  readonly Type: "Choice";
  readonly Choices: readonly ({ readonly Condition: string; readonly Next: string } & Assigning)[];
  readonly Default: string;
}

export interface Wait {
  readonly Type: "Wait";
  readonly Seconds: number | string;
  readonly Next: string;
}

export interface Parallel extends Assigning {
  readonly Type: "Parallel";
  readonly Branches: readonly Steps[];
  readonly Catch: readonly Catcher[];
  readonly Next: string;
}

export interface Succeed {
  readonly Type: "Succeed";
  readonly Output?: Json;
}

export interface Fail {
  readonly Type: "Fail";
  readonly Error: string;
  readonly Cause: string;
}

export type State = Task | Pass | Choice | Wait | Parallel | Succeed | Fail;
export type States = Readonly<Record<string, State>>;

export interface Steps {
  readonly StartAt: string;
  readonly States: States;
}

/** What is worked out when a state is entered or left. */
export const query = (expression: string): string => `{% ${expression} %}`;

/** Milliseconds since 1970, when the state was entered: unlike `$millis()`, the same wherever it is asked for in a state. */
export const now = "$toMillis($states.context.State.EnteredTime)";

/** The name of this run. */
export const execution = "$states.context.Execution.Name";

/** What went wrong, cut to what fits into a report. Not all errors have a cause. */
export const errorText =
  "$states.errorOutput.Error & ($exists($states.errorOutput.Cause) ? ': ' & $substring($states.errorOutput.Cause, 0, 700) : '')";

/** A call of the AWS SDK: `api("backup", "startCopyJob")`. Source: Step Functions developer guide, "AWS SDK integrations". */
export const api = (service: string, action: string): string =>
  `arn:aws:states:::aws-sdk:${service}:${action}`;

/** A call may be refused because there are too many, and answered by nobody. */
const again: Retrier = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 5,
  MaxAttempts: 4,
  BackoffRate: 2,
};

export interface Call extends Assigning {
  readonly resource: string;
  readonly args: Json;
  readonly roleArn?: string;
  readonly timeoutSeconds?: number;
  /** Before it is given up: absent, four times more, whatever the error. */
  readonly retry?: readonly Retrier[];
  readonly catch: readonly Catcher[];
  readonly next: string;
}

export const call = ({ resource, args, roleArn, timeoutSeconds = 60, retry, next, ...its }: Call): Task => ({
  Type: "Task",
  Resource: resource,
  ...(roleArn === undefined ? {} : { Credentials: { RoleArn: roleArn } }),
  Arguments: args,
  TimeoutSeconds: timeoutSeconds,
  Retry: [...(retry ?? [again])],
  Catch: its.catch,
  ...(its.Assign === undefined ? {} : { Assign: its.Assign }),
  Next: next,
});

/**
 * Errors that are answers are not tried again, and all others are.
 *
 * The name of an error is the service's and the class's in the SDK for Java, which ends in `Exception`; where the API's
 * name does not, both are named.
 */
export const unless = (...errors: readonly string[]): readonly Retrier[] => [
  { ErrorEquals: errors, IntervalSeconds: 1, MaxAttempts: 0, BackoffRate: 1 },
  again,
];

/** Tried again at this pace while the service says that it is not ready for it. */
export const whenReady = (minutes: number, ...errors: readonly string[]): Retrier => ({
  ErrorEquals: errors,
  IntervalSeconds: 60,
  MaxAttempts: minutes,
  BackoffRate: 1,
});
