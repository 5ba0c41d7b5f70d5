/** Whether the credentials lead where the stacks are. */
import type { LandingZone } from "../../stacks/description";
import { accountIdOf } from "../../stacks/providers";
import { rolesTaken } from "../bootstrap/needs";
import { isUnreachable, isWithoutCredentials } from "../bootstrap/refusals";
import type { PlannedResource } from "../planner";
import type { Aws, Session } from "./aws";
import { type Check, checksOf } from "./check";

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether they are the management account's, from which all roles are taken. */
export async function callerCheck(zone: LandingZone, aws: Aws): Promise<Check> {
  const { ok, fail } = checksOf("credentials");
  const { ids, roles } = zone.organization;
  const management = accountIdOf(zone, roles.management);
  try {
    const { accountId, arn } = await aws.caller();
    if (accountId === management) return ok(`${arn}, in the management account`);
    const [name] = Object.entries(ids.accounts).find(([, id]) => id === accountId) ?? [];
    return fail(
      `${arn} is in the account ${name ?? accountId}${name === undefined ? ", which the description does not know" : ` (${accountId})`}`,
      `sign in to the management account, ${roles.management} (${management}): the roles of the other accounts are taken from there`,
    );
  } catch (error) {
    if (isWithoutCredentials(error))
      return fail(
        "there are no AWS credentials",
        "`aws sso login --profile NAME` and `export AWS_PROFILE=NAME`, or --profile; in a pipeline: the role of the job",
      );
    if (isUnreachable(error))
      return fail(`AWS can not be reached: ${text(error)}`, "look at the network and at HTTPS_PROXY");
    return fail(`AWS does not accept the credentials: ${text(error)}`, "sign in anew: `aws sso login`");
  }
}

/** The roles of stacks' providers, and those of them that the stacks make themselves. */
export function rolesOf(resources: readonly PlannedResource[]): { taken: string[]; made: Set<string> } {
  return {
    taken: [...new Set(resources.flatMap(rolesTaken))].sort(),
    made: new Set(
      resources
        .filter(({ type, account }) => type === "aws:iam/role:Role" && account !== null)
        .map(({ account, inputs }) => `arn:aws:iam::${account}:role/${String(inputs["name"])}`),
    ),
  };
}

/** Takes each role once. */
export async function roleChecks(
  zone: LandingZone,
  { taken, made }: ReturnType<typeof rolesOf>,
  aws: Aws,
): Promise<{ checks: Check[]; sessions: Map<string, Session> }> {
  const { ok, warn, fail } = checksOf("roles");
  const sessions = new Map<string, Session>();
  const names = new Map(Object.entries(zone.organization.ids.accounts).map(([name, id]) => [id, name]));
  const checks: Check[] = [];
  for (const arn of taken) {
    const accountId = arn.split(":")[4] ?? "";
    const role = arn.split("/").at(-1) ?? "";
    const where = `${role} in ${names.get(accountId) ?? accountId} (${accountId})`;
    try {
      const session = await aws.assume(arn);
      // Any role of an account can look at its quotas, and the platform's own can for certain.
      if (!sessions.has(accountId) || role === zone.organization.accessRole) sessions.set(accountId, session);
      checks.push(ok(where));
    } catch (error) {
      if (made.has(arn))
        checks.push(warn(`${where} can not be taken yet`, "the stacks that are asked for make it first"));
      else checks.push(fail(`${where} can not be taken: ${text(error)}`, nextFor(zone, role)));
    }
  }
  return { checks, sessions };
}

function nextFor({ organization: { accessRole, roles } }: LandingZone, role: string): string {
  if (role === accessRole)
    return `an account that Organizations made has it; in one that was invited make it by hand, trusting ${roles.management}. Else: may these credentials take it (\`lz bootstrap\` makes roles that may)?`;
  return "is the stack deployed that makes it: the account's delivery or baseline, or network? And may these credentials take it (`lz bootstrap` makes roles that may)?";
}
