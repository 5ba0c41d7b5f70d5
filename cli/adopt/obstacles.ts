/** What stands in the way of adopting an organization, and what is good to know before. */
import { policyTypes, trustedServices } from "../../components/organization/enabled-features";
import { awsLimits } from "../../components/organization/limits";
import { type Adoption, accountName } from "./adoption";
import { delegatedServices } from "./organization-stack";

export interface Obstacle {
  /** `mend`: before the organization stack is put up. `know`: nothing needs to be done now. */
  readonly kind: "mend" | "know";
  readonly what: string;
  /** The accounts, units, policies or services that it is about. */
  readonly which: readonly string[];
  readonly todo: string;
}

/** Source: AWS Organizations user guide, "Quotas and service limits": OU maximum nesting in a root. */
const deepestUnit = 5;

/** Policies of the landing zone's at a node, by type; see guardrailNeeds(). */
export type GuardrailNeeds = (node: string, type: keyof typeof awsLimits) => number;

/** @param needs how many policies guardrails take at a node. */
export function obstaclesOf(adoption: Adoption, needs: GuardrailNeeds): Obstacle[] {
  const { found, accounts, leftOut, units, quarantine, roles, controlTower } = adoption;
  const obstacles: Obstacle[] = [];
  const add = (kind: Obstacle["kind"], what: string, which: readonly string[], todo: string) => {
    if (which.length > 0) obstacles.push({ kind, what, which, todo });
  };
  const say = (kind: Obstacle["kind"], what: string, todo: string) =>
    obstacles.push({ kind, what, which: [], todo });
  const members = accounts.filter(({ found: { id } }) => id !== found.managementAccountId);
  const shown = ({ id, name }: { id: string; name: string }) => `${name} ${id}`;

  if (!found.allFeatures)
    say(
      "mend",
      "not all features are enabled: there can be no policies and no trusted services",
      "`aws organizations enable-all-features`; invited accounts must agree; then `lz adopt` again",
    );
  add(
    "mend",
    "accounts are directly below the root, where no unit's guardrails hold",
    members.filter(({ place }) => place === "root").map(account => shown(account.found)),
    "say in organization.ts which unit each belongs to; the organization stack moves it there",
  );
  add(
    "mend",
    `units are deeper than the ${deepestUnit} levels that a description may have`,
    units.map(({ path }) => path).filter(path => path.split("/").length > deepestUnit),
    "move their accounts to a unit further up and delete them; then `lz adopt` again",
  );
  add(
    "mend",
    "units are called as a description can not call them, and would be renamed",
    units.flatMap(({ path, found: unit }) =>
      unit !== undefined && path.split("/").at(-1) !== unit.name ? [`"${unit.name}" as ${path}`] : [],
    ),
    "rename them yourself if something goes by their names; then `lz adopt` again",
  );
  add(
    "mend",
    "a unit is called as the organization's root is",
    units.map(({ path }) => path).filter(path => path.toLowerCase() === "root"),
    "rename it; then `lz adopt` again",
  );
  add(
    "mend",
    "names become one in a description, so the accounts' numbers tell them apart",
    sharedNames(adoption),
    "rename one in AWS and `lz adopt` again, or keep the names with numbers",
  );
  add("mend", "policies leave guardrails no room", crowdedNodes(adoption, needs), "detach or merge some");
  add(
    "mend",
    "policies have names that the landing zone gives its own",
    found.policies.filter(({ name }) => name.startsWith("landing-zone-")).map(({ name }) => name),
    "rename them: no two policies of a type may share a name",
  );
  add(
    "mend",
    "delegated administrators are others than the audit account",
    found.delegations
      .filter(({ accountId }) => accountId !== roles.audit?.found.id)
      .flatMap(({ accountId, services }) =>
        services
          .filter(service => delegatedServices.includes(service))
          .map(service => `${service} to ${accountId}`),
      ),
    "make that account organization.roles.audit, or withdraw the delegation in the service before the stack security is put up",
  );
  if (found.identityCenter === undefined)
    say(
      "mend",
      `IAM Identity Center is not switched on in ${found.region}`,
      "switch it on in the console, or, if it is on in another region, say people.region, instanceArn and identityStoreId",
    );

  add(
    "know",
    "accounts have another name in AWS than a description may give them",
    members
      .filter(({ name, found: account }) => name !== account.name)
      .map(({ name, found: account }) => `"${account.name}" ${account.id} as ${name}`),
    "nothing: AWS keeps its names, the description has its own",
  );
  add(
    "know",
    "services are trusted and types of policies enabled that the landing zone does not need",
    [...beyond(found.trustedServices, trustedServices), ...beyond(found.enabledPolicyTypes, policyTypes)],
    "they stay as they are by organization.alsoEnabled; take out what is not needed any more",
  );
  if (controlTower !== undefined)
    say(
      "know",
      `Control Tower manages the organization too, with up to ${controlTower.reservedPolicies} policies at a unit`,
      "keep reservedPolicies as high as Control Tower may go; units and accounts that it manages are changed there",
    );
  if (found.allFeatures)
    add(
      "know",
      "types of policy are not enabled",
      policyTypes.filter(type => !found.enabledPolicyTypes.includes(type)),
      "the organization stack enables them",
    );
  if (found.trustedServices.includes("cloudtrail.amazonaws.com"))
    say(
      "know",
      "CloudTrail is trusted, so there may be an organization trail already",
      "see `aws cloudtrail describe-trails`; the stack security makes one, and a second copy of management events costs",
    );
  add(
    "know",
    "delegated to the audit account already",
    found.delegations
      .filter(({ accountId }) => accountId === roles.audit?.found.id)
      .flatMap(({ services }) => services.filter(service => delegatedServices.includes(service))),
    "import these delegations into the stack security before it is put up",
  );
  add(
    "know",
    `accounts are in the quarantine ${quarantine.path}, and described as suspended: nobody but the platform may do anything in them`,
    members.filter(({ place }) => place === "quarantine").map(account => shown(account.found)),
    "describe those in use as live, with their unit",
  );
  const byState = (states: readonly string[]) =>
    leftOut.filter(({ state }) => states.includes(state)).map(shown);
  add(
    "know",
    "accounts are suspended or closed, and left out",
    byState(["SUSPENDED", "CLOSED"]),
    "nothing: AWS removes closed accounts after 90 days. For one that AWS suspended, ask AWS",
  );
  add("know", "accounts are about to be closed, and left out", byState(["PENDING_CLOSURE"]), "nothing");
  add(
    "know",
    "accounts are not activated yet, and left out",
    leftOut
      .filter(({ state }) => !["SUSPENDED", "CLOSED", "PENDING_CLOSURE"].includes(state))
      .map(account => `${shown(account)} ${account.state}`),
    "finish their sign-up, then `lz adopt` again",
  );
  add(
    "know",
    `accounts were invited, and have the role ${adoption.accessRole} only if somebody made it`,
    members.filter(({ found: account }) => account.invited).map(account => shown(account.found)),
    "make it in each, with AdministratorAccess, for the management account to take",
  );
  if (members.length > 0)
    say(
      "know",
      `whether the role ${adoption.accessRole} is in every member account can not be seen from here`,
      "try `aws sts assume-role` with it in each; say organization.accessRole if it is called otherwise",
    );
  return obstacles;
}

/** What is there and is none of what the landing zone needs. */
export const beyond = (there: readonly string[], needed: readonly string[]): string[] =>
  there.filter(one => !needed.includes(one));

function sharedNames({ accounts }: Adoption): string[] {
  const byName = new Map<string, string[]>();
  for (const { found } of accounts) {
    const name = accountName(found);
    byName.set(name, [...(byName.get(name) ?? []), `"${found.name}" ${found.id}`]);
  }
  return [...byName]
    .filter(([, names]) => names.length > 1)
    .map(([name, names]) => `${names.join(" and ")} as ${name}`);
}

function crowdedNodes({ found, units }: Adoption, needs: GuardrailNeeds): string[] {
  const nodes = [
    ["root", found.rootId] as const,
    ...units.flatMap(({ path, found: unit }) => (unit === undefined ? [] : [[path, unit.id] as const])),
  ];
  return nodes.flatMap(([node, id]) =>
    (Object.keys(awsLimits) as (keyof typeof awsLimits)[]).flatMap(type => {
      const attached = found.policies.filter(policy => policy.type === type && policy.targets.includes(id));
      // With the type, AWS attaches its own policy of full access.
      const taken = Math.max(1, attached.length);
      const needed = needs(node, type);
      return needed <= awsLimits[type].perNode - taken
        ? []
        : [`${node}: ${taken} of ${awsLimits[type].perNode} ${type}, and ${needed} more are needed`];
    }),
  );
}
