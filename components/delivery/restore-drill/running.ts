import { arn } from "../../location";
import { call, errorText, execution, now, query, type States, unless } from "./states";
import type { DrillArgs, DrillJob } from "./thing";

/** The job's own state machine tries again what fails, as the job says; here it is asked once. */
export function running(
  state: "Mask" | "Test",
  { to }: DrillArgs,
  { stateMachineName, minutes }: DrillJob,
  what: "mask" | "test",
  next: string,
): States {
  const begun = `${what}Begun`;
  const ended = (result: "succeeded" | "failed") => ({
    [`${what}Result`]: result,
    [`${what}Seconds`]: query(`$round((${now} - $${begun}) / 1000)`),
  });
  return {
    [state]: {
      Type: "Pass",
      Assign: { [begun]: query(now), [`${what}Result`]: "started" },
      Next: `Run ${what}`,
    },
    [`Run ${what}`]: call({
      resource: "arn:aws:states:::states:startExecution.sync:2",
      args: {
        StateMachineArn: arn("states", to, `stateMachine:${stateMachineName}`),
        Name: query(`$substring(${execution}, 0, 70) & '-${what}'`),
        Input: { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: query("$states.context.Execution.Id") },
      },
      timeoutSeconds: minutes * 60,
      retry: unless("States.TaskFailed", "States.Timeout"),
      catch: [
        {
          ErrorEquals: ["States.ALL"],
          Assign: { problemOfAll: query(errorText), failedIn: what },
          Next: `${state} failed`,
        },
      ],
      Assign: {
        skipped: query("$exists($states.result.Output.skipped) ? $states.result.Output.skipped : false"),
      },
      next: `${state} ran?`,
    }),
    // A run that is left out because another goes on ends well, too.
    [`${state} ran?`]: {
      Type: "Choice",
      Choices: [
        {
          Condition: query("$skipped = true"),
          Assign: {
            problemOfAll: `${stateMachineName} was left out, because another run of it went on`,
            failedIn: what,
          },
          Next: `${state} failed`,
        },
      ],
      Default: `${state} ended`,
    },
    [`${state} failed`]: { Type: "Pass", Assign: ended("failed"), Next: "Clean" },
    [`${state} ended`]: { Type: "Pass", Assign: ended("succeeded"), Next: next },
  };
}
