import { api, call, query, type States, unless } from "./states";
import type { DrillArgs } from "./thing";

const lockTaken = ["Ssm.ParameterAlreadyExistsException", "Ssm.ParameterAlreadyExists"];

/** The lock of a run that has ended without taking it away, because somebody stopped it, is taken over. */
export function locking({ lockName: Name }: DrillArgs): States {
  const put = (Overwrite: boolean, next: string) => ({
    resource: api("ssm", "putParameter"),
    args: { Name, Value: query("$states.context.Execution.Id"), Type: "String", Overwrite },
    next,
  });
  const notBegun = [{ ErrorEquals: ["States.ALL"], Next: "Not begun" }];
  return {
    Lock: call({
      ...put(false, "Tidy"),
      retry: unless(...lockTaken),
      catch: [{ ErrorEquals: lockTaken, Next: "Whose lock" }, ...notBegun],
    }),
    "Whose lock": call({
      resource: api("ssm", "getParameter"),
      args: { Name },
      catch: notBegun,
      Assign: { holder: query("$states.result.Parameter.Value") },
      next: "Does it go on",
    }),
    "Does it go on": call({
      resource: api("sfn", "describeExecution"),
      args: { ExecutionArn: query("$holder") },
      retry: unless("Sfn.ExecutionDoesNotExistException"),
      catch: [{ ErrorEquals: ["Sfn.ExecutionDoesNotExistException"], Next: "Take over" }, ...notBegun],
      Assign: { holderStatus: query("$states.result.Status") },
      next: "It goes on?",
    }),
    "It goes on?": {
      Type: "Choice",
      Choices: [
        {
          Condition: query(
            "$holderStatus in ['RUNNING', 'PENDING_REDRIVE'] and $holder != $states.context.Execution.Id",
          ),
          Next: "Two at once",
        },
      ],
      Default: "Take over",
    },
    "Take over": call({ ...put(true, "Tidy"), catch: notBegun }),
    "Two at once": {
      Type: "Fail",
      Error: "Drill.TwoAtOnce",
      Cause: "Another run of the drill goes on; nothing was done. Wait for its end, and start it again",
    },
    "Not begun": {
      Type: "Fail",
      Error: "Drill.NotBegun",
      Cause: `The parameter ${Name} could not be had, which keeps two runs apart; nothing was done`,
    },
  };
}
