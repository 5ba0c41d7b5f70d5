/** Who may go into what runs, as the description says it and a guardrail holds it. */
import { breakGlass } from "../stacks/description";
import { letsShellsIn } from "../stacks/shells";
import type { AwsCli } from "./aws-cli";
import { UsageError } from "./failures";
import type { OperatedPlace } from "./operated-place";

export interface BreakGlassOptions {
  readonly breakGlass?: boolean;
}

/** @throws {UsageError} where it takes an emergency and none is said. */
export function requirePermission(
  { zone, environment, its }: OperatedPlace,
  what: string,
  options: BreakGlassOptions,
): void {
  if (letsShellsIn(zone, environment) || options.breakGlass === true) return;
  const emergency = `in an emergency say --break-glass, with credentials of the permission set ${breakGlass}`;
  if (environment === "prod") throw new UsageError(`${what} is not let into prod; ${emergency}`);
  const said = its.shell === undefined ? 'absent, which means "breakGlass"' : `"${its.shell}"`;
  throw new UsageError(
    `${what} is not let into ${environment}: environments.${environment}.shell is ${said}; say "allowed" there, or ${emergency}`,
  );
}

/** Says what an emergency takes, and what becomes known of it. */
export function sayBrokenGlass(
  { zone, environment }: OperatedPlace,
  aws: AwsCli,
  recorded: string,
  caller: string,
): void {
  if (letsShellsIn(zone, environment)) return;
  aws.say(`This takes a session of the permission set ${breakGlass}: no other gets past the guardrail.`);
  aws.say(`CloudTrail records who begins it and when; ${recorded}.`);
  if (!aws.dryRun && !caller.includes(`AWSReservedSSO_${breakGlass}_`))
    aws.say(`These credentials are ${caller}, which is none: expect to be refused.`);
}
