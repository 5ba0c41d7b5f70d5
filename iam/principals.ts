import { accountId, accountOfArn, isWholeAccount } from "./arn";
import type { Principal, Statement } from "./document";
import {
  accountOf,
  type Caller,
  isFederatedUser,
  isRole,
  isSessionArn,
  roleNameOf,
  sessionNameOf,
} from "./request";
import { every, type Finding, known, no, not, some, unknown, yes } from "./three-valued";
import { hasWildcard, matches } from "./wildcard";

/**
 * As what a Principal element means a caller: `session` means the caller itself or everyone, `principal` its role
 * or user, `account` its account, which leaves the rest to identity policies.
 */
export type Reach = "session" | "principal" | "account";

export type Reaches = Readonly<Record<Reach, Finding>>;

/**
 * Whom the Principal or NotPrincipal of a statement means. Source: IAM user guide, "AWS JSON policy elements:
 * Principal" and "AWS JSON policy elements: NotPrincipal".
 */
export function reachesOf({ principals, notPrincipals }: Statement, caller: Caller): Reaches {
  if (principals.length > 0 === notPrincipals.length > 0) {
    return { session: unknown("Principal"), principal: no, account: no };
  }
  if (principals.length > 0) return reachesOfEntries(principals, caller);
  return { session: notAmong(notPrincipals, caller), principal: no, account: no };
}

export function principalHolds(statement: Statement, caller: Caller): Finding {
  const { session, principal, account } = reachesOf(statement, caller);
  return some([session, principal, account]);
}

function reachesOfEntries(entries: readonly Principal[], caller: Caller): Reaches {
  const found = entries.map(entry => reachOf(entry, caller));
  const by = (reach: Reach) => some(found.filter(one => one.reach === reach).map(({ finding }) => finding));
  return { session: by("session"), principal: by("principal"), account: by("account") };
}

/**
 * A caller is left out where the list names all that it is: its account, its role or user, and its session. Where
 * the list names some of it, AWS only warns that it might be denied.
 */
function notAmong(entries: readonly Principal[], caller: Caller): Finding {
  if (entries.some(({ kind, id }) => kind === "AWS" && id === "*")) return no;
  const reaches = reachesOfEntries(entries, caller);
  const named = identitiesOf(caller).map(reach => reaches[reach]);
  const among = every(named);
  if (among.holds === "yes" || some(named).holds === "no") return not(among);
  return unknown("NotPrincipal", ...among.hangsOn);
}

function identitiesOf(caller: Caller): readonly Reach[] {
  if (isRole(caller)) return ["account", "principal", "session"];
  if (caller.kind !== "user") return ["session"];
  return ["account", isFederatedUser(caller.arn) ? "session" : "principal"];
}

interface Reached {
  readonly reach: Reach;
  readonly finding: Finding;
}

function reachOf({ kind, id }: Principal, caller: Caller): Reached {
  if (kind === "AWS") return awsReach(id, caller);
  if (kind === "Service") return { reach: "session", finding: isCalled(id, caller, "service") };
  if (kind === "Federated") return { reach: "session", finding: isCalled(id, caller, "federated") };
  const finding = accountOf(caller) === undefined ? no : unknown(`the principal ${id}`);
  return { reach: "session", finding };
}

function awsReach(id: string, caller: Caller): Reached {
  if (id === "*") return { reach: "session", finding: yes };
  const account = accountOf(caller);
  if (account === undefined) return { reach: "session", finding: no };
  if (isWholeAccount(id)) {
    const finding = known(account === (accountId.test(id) ? id : accountOfArn(id)));
    return { reach: caller.kind === "root" ? "session" : "account", finding };
  }
  if (!id.startsWith("arn:")) return { reach: "session", finding: unknown(`the principal ${id}`) };
  if (isSessionArn(id)) return { reach: "session", finding: isSession(id, caller) };
  return { reach: isFederatedUser(id) ? "session" : "principal", finding: isRoleOrUser(id, caller) };
}

function isCalled(id: string, { kind, arn }: Caller, wanted: Caller["kind"]): Finding {
  if (kind !== wanted) return no;
  return hasWildcard(id) && matches(id, arn) ? unknown(`the principal ${id}`) : known(id === arn);
}

function isSession(id: string, caller: Caller): Finding {
  if (!isRole(caller) || accountOfArn(id) !== accountOf(caller)) return no;
  if (roleNameOf(id) !== roleNameOf(caller.arn)) return no;
  const name = sessionNameOf(caller);
  return name === undefined ? unknown("sts:RoleSessionName") : known(id.split("/")[2] === name);
}

function isRoleOrUser(id: string, caller: Caller): Finding {
  const { arn } = caller;
  if (hasWildcard(id)) return matches(id, arn) ? unknown(`the principal ${id}`) : no;
  const sameAccount = accountOfArn(id) === accountOf(caller);
  if (isFederatedUser(arn) && sameAccount && /:user\//.test(id)) return unknown(`the principal ${id}`);
  // The names of roles are unique in an account, whatever their paths, and sessions name no path.
  const sameRole =
    isSessionArn(arn) && sameAccount && /:role\//.test(id) && roleNameOf(id) === roleNameOf(arn);
  return known(id === arn || sameRole);
}
