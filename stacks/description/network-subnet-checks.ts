/** What no single account shows that lives in another one's subnets: whether that one has any, and for whom. */
import { accountStates, hasStacks } from "./account-states";
import { type Fault, missing } from "./faults";
import type { Account } from "./organization-types";
import { placements } from "./placements";
import type { LandingZone, Product } from "./types";

export const subnetChecks = [sharedSubnetFaults, publicParticipantFaults];

type Participant = Account & { readonly subnetsOf: string };

const participants = (zone: LandingZone): [name: string, account: Participant][] =>
  Object.entries(zone.organization.accounts).flatMap(([name, account]) =>
    account.subnetsOf === undefined ? [] : [[name, account as Participant]],
  );

function sharedSubnetFaults(zone: LandingZone): Fault[] {
  return participants(zone).flatMap(([name, account]) => {
    const { subnetsOf: value, addresses } = account;
    const at = `organization.accounts.${name}`;
    const said = (problem: string | undefined, path = `${at}.subnetsOf`): Fault[] =>
      problem === undefined ? [] : [{ path, value, problem }];
    const home = placements(zone).find(
      placed => placed.account === name && placed.path.startsWith("environments."),
    );
    return [
      ...(addresses === undefined
        ? []
        : said(
            `stands beside ${at}.addresses; an account has a VPC or lives in another's, so leave one out`,
          )),
      ...(home === undefined
        ? []
        : said(
            `is needless, because the account is ${home.path}, whose VPC holds the names of the environment's services; give it addresses instead`,
          )),
      ...(value === name
        ? said("is the account itself; name another one, or give it addresses")
        : [
            ...missing(`${at}.subnetsOf`, value, "account", Object.keys(zone.organization.accounts)),
            ...said(ownerProblem(zone, name, account)),
          ]),
    ];
  });
}

/** An environment has one region, so that an owner of the same environment is in the same region too. */
function ownerProblem(zone: LandingZone, name: string, account: Participant): string | undefined {
  const { accounts } = zone.organization;
  const owner = accounts[account.subnetsOf];
  if (owner === undefined) return undefined;
  const placed = placements(zone);
  const environmentOf = (its: string) => placed.find(one => one.account === its)?.environment;
  const [mine, its] = [environmentOf(name), environmentOf(account.subnetsOf)];
  const choices = [
    ...new Set(
      placed
        .filter(one => mine === undefined || one.environment === mine)
        .map(one => one.account)
        .filter(one => one !== name && accounts[one]?.addresses !== undefined),
    ),
  ].join(", ");
  if (owner.subnetsOf !== undefined)
    return `has no subnets either, it lives in those of ${owner.subnetsOf}; name one of ${choices || "none"}`;
  if (its === undefined)
    return `is an account that no workloads are put in; name one of ${choices || "none"}`;
  if (mine !== undefined && mine !== its)
    return `is an account of ${its}, and ${name} is one of ${mine}; environments share no network. Name one of ${choices || "none"}`;
  const isKept = accountStates[account.state].numbered;
  if (isKept && owner.state === "closed")
    return `is closed, and its subnets with it; name one of ${choices || "none"}, or close ${name} first`;
  if (hasStacks(account.state, "baseline") && !hasStacks(owner.state, "baseline"))
    return `is ${owner.state} and has no subnets to share, and ${name} is ${account.state}; ${
      owner.state === "vended"
        ? `number ${account.subnetsOf} in ids.json and make it quarantined at least`
        : `suspend ${name} too`
    }, or name one of ${choices || "none"}`;
  return undefined;
}

/** Source: CloudFront developer guide, "Restrict access with VPC origins": the VPC is in the origin's own account. */
function publicParticipantFaults(zone: LandingZone): Fault[] {
  const owners = new Map(participants(zone).map(([name, { subnetsOf }]) => [name, subnetsOf]));
  return zone.products.flatMap((product: Product) =>
    product.cdn === undefined
      ? []
      : Object.entries(product.accounts ?? {}).flatMap(([environment, account]) => {
          const owner = owners.get(account);
          return owner === undefined
            ? []
            : [
                {
                  path: `products.${product.name}.accounts.${environment}`,
                  value: account,
                  problem: `lives in the subnets of ${owner}, and CloudFront reaches load balancers in a VPC of their own account only; give ${account} addresses instead of subnetsOf, or leave out products.${product.name}.cdn`,
                },
              ];
        }),
  );
}
