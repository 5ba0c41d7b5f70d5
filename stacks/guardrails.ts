/** Which guardrails hold for which account: the catalogue and the company's own, packed into policies node by node. */
import { policyDocument, type Statement } from "../components/identity/policy-document";
import type { GuardrailPolicy } from "../components/organization/guardrail-policies";
import { catalogue, type GuardrailName } from "../components/organization/guardrails/catalogue";
import { quarantine } from "../components/organization/guardrails/quarantine";
import type { Guardrail, GuardrailSettings } from "../components/organization/guardrails/settings";
import { awsLimits, type PolicyLimits, type PolicyType } from "../components/organization/limits";
import { charactersOf, PackingError, pack } from "../components/organization/packing";
import { DescriptionError, type Fault, type LandingZone, policyTypes } from "./description";
import { unitOf } from "./organization-tree";
import { archiveBucketPatterns, privilegedPrincipals } from "./platform-names";
import { shellAccounts, shellEnvironments } from "./shells";

/** A policy as it is packed: what holds at one node, and how full it is. */
export interface PackedPolicy extends GuardrailPolicy {
  readonly document: string;
  readonly characters: number;
  readonly limit: number;
}

/** The organization's root, in the place of a unit. */
export const root = "root";

export const settingsOf = (zone: LandingZone): GuardrailSettings => ({
  organizationId: zone.organization.ids.organization,
  regions: zone.organization.regions,
  instanceFamilies: zone.organization.guardrails.instanceFamilies,
  trustedAccounts: Object.keys(zone.organization.guardrails.trustedAccounts ?? {}),
  principals: privilegedPrincipals(zone.organization),
  logBuckets: archiveBucketPatterns,
  shells: { environments: shellEnvironments(zone), accounts: shellAccounts(zone) },
});

/**
 * Every policy of the organization, the root's first.
 *
 * @throws {DescriptionError} where statements do not fit in the policies that a node may have.
 */
export function guardrailPolicies(zone: LandingZone): PackedPolicy[] {
  const { organization } = zone;
  const faults: Fault[] = [];
  const policies = [root, ...organization.units].flatMap(node =>
    policyTypes.flatMap(type => {
      const statements = guardrailsAt(zone, node)
        .filter(guardrail => guardrail.type === type)
        .flatMap(guardrail => guardrail.statements);
      const limits = limitsOf(zone, type);
      try {
        return pack(statements, { policies: freeAt(zone, node, type), characters: limits.characters }).map(
          (packed, index): PackedPolicy => ({
            name: policyName(node, type, index),
            type,
            node,
            statements: packed,
            document: policyDocument(packed),
            characters: charactersOf(packed),
            limit: limits.characters,
          }),
        );
      } catch (error) {
        if (!(error instanceof PackingError)) throw error;
        faults.push({ path: "organization.guardrails", value: node, problem: error.message });
        return [];
      }
    }),
  );
  if (faults.length > 0) throw new DescriptionError(faults);
  return policies;
}

/** The policies over an account, a list for each level from the root down. */
export const policiesOver = (
  zone: LandingZone,
  account: string,
  type: PolicyType,
  policies: readonly PackedPolicy[],
): PackedPolicy[][] =>
  levelsOf(zone, account).map(node =>
    policies.filter(policy => policy.node === node && policy.type === type),
  );

/** The root and the units an account is in, from the top; the quarantine's where its state puts it there. */
export const levelsOf = (zone: LandingZone, account: string): string[] => {
  const parts = unitOf(zone.organization, account).split("/");
  return [root, ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
};

/** Policies of a type that may be attached to a node beside AWS's own and Control Tower's. */
export function freeAt(zone: LandingZone, node: string, type: PolicyType): number {
  const reserved = zone.organization.guardrails.controlTower?.reservedPolicies ?? 0;
  // Control Tower governs units, not the root.
  const taken = type === "SERVICE_CONTROL_POLICY" && node !== root ? reserved : 0;
  return limitsOf(zone, type).perNode - 1 - taken;
}

const limitsOf = (zone: LandingZone, type: PolicyType): PolicyLimits => ({
  ...awsLimits[type],
  ...zone.organization.guardrails.limits?.[type],
});

function guardrailsAt(zone: LandingZone, node: string): Guardrail[] {
  const { guardrails, quarantine: quarantineUnit } = zone.organization;
  const settings = settingsOf(zone);
  const left = (name: string) => guardrails.without?.[name as GuardrailName] !== undefined;
  const common =
    node === root
      ? Object.entries(catalogue).flatMap(([name, make]) => (left(name) ? [] : [make(settings)]))
      : [];
  const own = Object.entries(guardrails.more ?? {})
    .filter(([, { units }]) => units.includes(node))
    .map(
      ([name, { type, statements }]): Guardrail => ({
        type,
        statements: statements.map((statement, index) => named(name, statement, index)),
      }),
    );
  return [...common, ...(node === quarantineUnit ? [quarantine(settings)] : []), ...own];
}

/** A statement that says no Sid is called after its guardrail, so that an explanation can name it. */
const named = (guardrail: string, statement: Statement, index: number): Statement => ({
  Sid: `${guardrail.replace(/(^|-)(\w)/g, (_, _hyphen, letter: string) => letter.toUpperCase())}${index + 1}`,
  ...statement,
});

const policyName = (node: string, type: PolicyType, index: number): string =>
  [
    "landing-zone",
    ...node.split("/"),
    ...(type === "RESOURCE_CONTROL_POLICY" ? ["resources"] : []),
    index + 1,
  ].join("-");
