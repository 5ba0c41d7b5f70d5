/** What exceptions from policies did, as the pack says it in its messages. */
import type { PlannedException, Violation } from "./model";

const states = /^(excepted|expired|unmatched): /;

/** Undefined: the violation tells of none. */
export function exceptionIn({ policy, urn, message }: Violation): PlannedException | undefined {
  const state = states.exec(message)?.[1] as PlannedException["state"] | undefined;
  const reason = /^Reason: (.*)$/m.exec(message)?.[1];
  const [, owner, ticket, expires] =
    /^Owner: (.*), ticket: (.*), expires: (\d{4}-\d\d-\d\d)$/m.exec(message) ?? [];
  if (state === undefined || reason === undefined || !owner || !ticket || !expires) return undefined;
  // Only what is excepted is told in the name of its rule.
  const rule = state === "excepted" ? policy : (/the exception from (\S+) for/.exec(message)?.[1] ?? policy);
  return { rule, urn, state, reason, owner, ticket, expires };
}
