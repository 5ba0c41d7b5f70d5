/** Whether AWS allows as much as the plan of the stacks takes. */
import type { LandingZone } from "../../stacks/description";
import { accountIdOf } from "../../stacks/providers";
import type { PlannedResource } from "../planner";
import type { Aws, Session } from "./aws";
import { type Check, checksOf, minor } from "./check";
import { type Quota, quotas } from "./quota-table";

export interface QuotaNeed {
  readonly account: string;
  readonly accountId: string;
  readonly region: string;
  readonly quota: Quota;
  readonly needed: number;
}

/** How much of each quota the planned resources take, account by account and region by region. */
export function quotaNeeds(zone: LandingZone, resources: readonly PlannedResource[]): QuotaNeed[] {
  const names = new Map(Object.entries(zone.organization.ids.accounts).map(([name, id]) => [id, name]));
  const places = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const { account, region, custom } = resource;
    if (!custom || account === null) continue;
    // What is global is counted once an account, wherever its provider is.
    for (const place of [region ?? "", "all"]) {
      const key = `${account} ${place}`;
      places.set(key, [...(places.get(key) ?? []), resource]);
    }
  }
  return [...places]
    .flatMap(([key, here]) => {
      const [accountId = "", region = ""] = key.split(" ");
      return quotas
        .filter(quota => (quota.region !== undefined) === (region === "all"))
        .map(quota => ({
          account: names.get(accountId) ?? accountId,
          accountId,
          region: quota.region ?? region,
          quota,
          needed: quota.needed(here),
        }));
    })
    .filter(({ needed }) => needed > 0);
}

const { ok, warn, fail, unknown } = checksOf("quotas");

const placeOf = ({ account, accountId, region }: QuotaNeed): string => `${account} (${accountId}), ${region}`;

/** What can be said without AWS: only what is more than AWS usually gives is worth a word. */
export const offlineQuotaChecks = (needs: readonly QuotaNeed[]): Check[] =>
  needs.map(need => {
    const { quota, needed } = need;
    const what = `${placeOf(need)}: ${needed} ${quota.name}, of ${quota.usual} that AWS usually gives`;
    return needed > quota.usual
      ? warn(
          what,
          "`lz doctor` with credentials asks what this account has; organization.quotas asks for more",
        )
      : quiet(needed, quota.usual, unknown(what));
  });

/** @param sessions by account id; the management account needs none. */
export async function quotaChecks(
  zone: LandingZone,
  needs: readonly QuotaNeed[],
  sessions: ReadonlyMap<string, Session>,
  aws: Aws,
): Promise<Check[]> {
  const management = accountIdOf(zone, zone.organization.roles.management);
  const checks: Check[] = [];
  for (const need of needs) {
    const { accountId, region, quota, needed } = need;
    const session = sessions.get(accountId);
    const what = `${placeOf(need)}: ${needed} ${quota.name}`;
    if (session === undefined && accountId !== management) {
      checks.push(unknown(`${what}; the account can not be asked`));
      continue;
    }
    try {
      const limit = await aws.quota(session, region, quota.service, quota.code);
      if (limit === undefined) checks.push(unknown(`${what}; AWS does not say how many there may be`));
      else if (needed > limit) checks.push(fail(`${what}, and there may be ${limit}`, moreOf(need)));
      else if (needed > limit * 0.8) checks.push(warn(`${what}, and there may be ${limit}`, moreOf(need)));
      else checks.push(quiet(needed, limit, ok(`${what}, and there may be ${limit}`)));
    } catch (error) {
      checks.push(unknown(`${what}; ${error instanceof Error ? error.message : String(error)}`));
    }
  }
  return checks;
}

/** Less than half is nothing to look at. */
const quiet = (needed: number, limit: number, check: Check): Check =>
  needed * 2 < limit ? minor(check) : check;

/** As a person of the account can type it. What new accounts ask for at once is in organization.quotas. */
const moreOf = ({ accountId, region, quota, needed }: QuotaNeed): string =>
  `with credentials of ${accountId}: \`aws service-quotas request-service-quota-increase --region ${region} --service-code ${quota.service} --quota-code ${quota.code} --desired-value ${Math.ceil(needed * 1.5)}\``;
