import { PolicyPackError } from "./failure";
import { isFailure, type Plan } from "./model";

/**
 * What a broken rule did not judge nobody has judged: that is worse than a violation.
 *
 * @throws {PolicyPackError} which names each rule, and what it did not judge.
 */
export function refuseFailures(plan: Plan): void {
  const failures = plan.stacks.flatMap(stack => stack.violations).filter(isFailure);
  if (failures.length === 0) return;
  const told = failures.map(({ policy, urn, message }) => `${urn || "a whole stack"}: ${policy}: ${message}`);
  throw new PolicyPackError(`the policy pack fails on ${told.join("\n  and on ")}`);
}
