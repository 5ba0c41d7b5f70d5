import { actionMatches } from "../../iam/actions";
import type { Statement } from "../../iam/document";
import { matches } from "../../iam/wildcard";
import { mustBe, mustNotBe } from "../demands";
import type { Stack, StackResource } from "../graph";
import { guardrailTypes, readOnce } from "../policy-documents";
import { accountOf } from "../provider-inputs";
import { organizationPolicies } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";
import { mostCharacters, neededPolicyTypes, workloadTypes } from "./organizations-facts";

const organization = ["aws:organizations/organization:Organization"];
const units = ["aws:organizations/organizationalUnit:OrganizationalUnit"];
const accounts = ["aws:organizations/account:Account"];
const attachments = ["aws:organizations/policyAttachment:PolicyAttachment"];

export const organizations: readonly Rule[] = [
  {
    name: "org-all-features",
    theme: "governance-and-cost",
    title: "An organization has all features",
    why: "With consolidated billing alone no policy of the organization holds",
    fix: "leave featureSet out, or set ALL",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: organization,
    // The provider's default.
    check: mustBe("featureSet", "ALL", { otherwise: "ALL" }),
  },
  {
    name: "org-policy-types",
    theme: "governance-and-cost",
    title: "An organization uses service control, resource control and tag policies",
    why: "A policy of a type that is not enabled holds nowhere",
    fix: `set enabledPolicyTypes to ${neededPolicyTypes.join(", ")} at least`,
    severity: "high",
    level: "mandatory",
    controls: ["CIS 7.0 2.1.2"],
    types: organization,
    check(resource, report) {
      const enabled = resource.at("enabledPolicyTypes").list();
      report.each(neededPolicyTypes, type => {
        if (!enabled.some(one => one.is(type))) report.refuse(`${type} is not enabled`);
      });
    },
  },
  {
    name: "org-no-workload-in-management",
    theme: "governance-and-cost",
    title: "Nothing runs in the management account",
    why: "No guardrail holds in it, so whoever takes over a workload there has the whole organization",
    fix: "give the resource the provider of a workload account",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 7.0 2.1.3"],
    types: organization,
    scope: "stack",
    check(stack, report) {
      const [management] = stack.ofType(organization);
      if (!management) return;
      report.each(stack.ofType(workloadTypes), (workload, report) => {
        const [account, managementAccount] = [accountOf(workload), accountOf(management)];
        if (account === undefined || managementAccount === undefined) throw new UnknownValue("the account");
        if (account === managementAccount) report.refuse(`it runs in the management account ${account}`);
      });
    },
  },
  {
    name: "org-account-no-close-on-delete",
    theme: "resilience-and-backup",
    title: "An account that leaves the program is not closed",
    why: "A closed account is gone with everything in it after 90 days",
    fix: "leave closeOnDeletion out",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: accounts,
    check: mustNotBe("closeOnDeletion", true),
  },
  {
    name: "org-protected",
    theme: "resilience-and-backup",
    title: "The organization and its units are protected",
    why: "Without the unit its accounts are without its guardrails",
    fix: "give the resource the option protect: true",
    severity: "high",
    level: "mandatory",
    controls: [],
    // stateful-protected asks the same of accounts.
    types: [...organization, ...units],
    check(resource, report) {
      if (!resource.protect) report.refuse("protect is not set");
    },
  },
  {
    name: "org-account-in-ou",
    theme: "governance-and-cost",
    title: "An account is in a unit",
    why: "At the root it has the root's guardrails only, and none of those for what it is for",
    fix: "set parentId to a unit's id",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 7.0 2.1.4"],
    types: accounts,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(accounts), (account, report) => {
        const sources = account.madeFrom("parentId").map(({ type }) => type);
        if (sources.some(type => units.includes(type))) return;
        const parent = account.at("parentId");
        if (sources.some(type => organization.includes(type))) report.refuse("parentId is the root");
        else if (!parent.isSet) report.refuse("parentId is not set, and the account at the root");
        else if (parent.text()?.startsWith("r-")) report.refuse(`parentId is the root ${parent.text()}`);
      });
    },
  },
  {
    name: "org-scp-baseline",
    theme: "governance-and-cost",
    title: "No account can leave, stop its trail, use its root user or other regions",
    why: "These four let an intruder out of the company's sight, whatever else is forbidden",
    fix: "attach a service control policy to the root that denies it",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 7.0 2.1.2"],
    types: organization,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(organization), (owner, report) => {
        report.each(Object.entries(baseline), ([what, denies]) => {
          if (!holdsEverywhere(denies, owner, stack))
            report.refuse(`no service control policy of the root or of all units at the top denies ${what}`);
        });
      });
    },
  },
  {
    name: "org-scp-size",
    theme: "governance-and-cost",
    title: "A policy of the organization is JSON, and no longer than AWS takes",
    why: "AWS refuses it, in the middle of a deployment of the whole organization",
    fix: "write content with JSON.stringify from an object, and divide what is too long",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: organizationPolicies,
    check(policy, report) {
      const type = policy.at("type").text() ?? "SERVICE_CONTROL_POLICY";
      const text = policy.at("content").text();
      if (text === undefined) return report.refuse("content is not a text");
      if (!isObject(policy.at("content").json()?.content())) report.refuse("content is not a JSON object");
      const most = mostCharacters[type];
      if (most === undefined) report.refuse(`${type} is no type of policy`);
      else if (text.length > most) report.refuse(`content has ${text.length} characters, more than ${most}`);
    },
  },
  {
    name: "org-policy-elements",
    theme: "governance-and-cost",
    title: "A guardrail is written as its type is",
    why: "AWS refuses it, in the middle of a deployment of the whole organization",
    fix: 'leave Principal out of a service control policy; in a resource control policy deny, with Principal "*"',
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: organizationPolicies,
    check(policy, report) {
      const type = policy.at("type").text() ?? "SERVICE_CONTROL_POLICY";
      if (!guardrailTypes.includes(type)) return;
      const { statements, faults, mayBeUnknown } = readOnce(policy.at("content"));
      for (const statement of statements) {
        const fault =
          type === "SERVICE_CONTROL_POLICY" ? faultOfControl(statement) : faultOfResource(statement);
        if (fault !== undefined) report.refuse(`${statement.name}: ${fault}`);
      }
      if (faults.length > 0 && mayBeUnknown) throw new UnknownValue("content");
    },
  },
  {
    name: "org-delegated-admin",
    theme: "logging-and-detection",
    title: "Security services are administered from an account of their own",
    why: "Else whoever works with findings does so in the management account, above all guardrails",
    fix: "make the audit account the delegated administrator of the service",
    severity: "medium",
    level: "advisory",
    controls: ["CIS 7.0 2.1.5", "CIS 7.0 2.1.6"],
    types: [delegations(), ...Object.values(ownDelegations())],
    scope: "stack",
    check(stack, report) {
      const anyOf = [delegations(), ...Object.values(ownDelegations())];
      const [first] = stack.ofType(anyOf);
      if (!first) return;
      const named = stack.ofType([delegations()]);
      const missing = ["access-analyzer", "config"]
        .filter(service => !named.some(one => one.at("servicePrincipal").is(`${service}.amazonaws.com`)))
        .concat(
          Object.entries(ownDelegations())
            .filter(([, type]) => stack.ofType([type]).length === 0)
            .map(([service]) => service),
        );
      report.each([first], (_first, report) => {
        for (const service of missing)
          report.refuse(`${service} has no delegated administrator in the stack`);
      });
    },
  },
];

function delegations(): string {
  return "aws:organizations/delegatedAdministrator:DelegatedAdministrator";
}

/** Services that are delegated by a resource of their own. */
function ownDelegations(): Readonly<Record<string, string>> {
  return {
    guardduty: "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount",
    inspector2: "aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount",
    securityhub: "aws:securityhub/organizationAdminAccount:OrganizationAdminAccount",
  };
}

type Denies = (statement: Statement) => boolean;

const conditioned =
  (key: string, is: (value: string) => boolean): Denies =>
  ({ conditions }) =>
    conditions.some(one => one.key.toLowerCase() === key && one.values.some(is));
const forbids =
  (action: string): Denies =>
  ({ actions }) =>
    actions.some(pattern => actionMatches(pattern, action));

const baseline: Readonly<Record<string, Denies>> = {
  "leaving the organization": forbids("organizations:LeaveOrganization"),
  "stopping a trail": forbids("cloudtrail:StopLogging"),
  "what the root user does": conditioned("aws:principalarn", value =>
    matches(value, "arn:aws:iam::111122223333:root"),
  ),
  "other regions": conditioned("aws:requestedregion", () => true),
};

/** By a policy of the root, or by policies of every unit at the top. */
function holdsEverywhere(denies: Denies, owner: StackResource, stack: Stack): boolean {
  const good = stack
    .ofType(organizationPolicies)
    .filter(({ props }) => (props.at("type").text() ?? "SERVICE_CONTROL_POLICY") === "SERVICE_CONTROL_POLICY")
    .filter(policy =>
      readOnce(policy.at("content")).statements.some(one => one.effect === "Deny" && denies(one)),
    );
  const attached = stack
    .ofType(attachments)
    .filter(attachment => good.some(policy => attachment.names("policyId", policy)));
  const atTop = stack.ofType(units).filter(unit => unit.madeFrom("parentId").includes(owner));
  const holdsAt = (target: StackResource) => attached.some(one => one.madeFrom("targetId").includes(target));
  return holdsAt(owner) || (atTop.length > 0 && atTop.every(holdsAt));
}

function faultOfControl({ principals, notPrincipals }: Statement): string | undefined {
  return principals.length + notPrincipals.length > 0
    ? "a service control policy names no principal"
    : undefined;
}

function faultOfResource({ effect, principals, notActions }: Statement): string | undefined {
  if (effect === "Allow") return "a resource control policy denies only";
  if (notActions.length > 0) return "a resource control policy has no NotAction";
  return principals.some(({ id }) => id === "*") ? undefined : 'a resource control policy has Principal "*"';
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
