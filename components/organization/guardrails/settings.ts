import type { Statement } from "../../identity/policy-document";
import type { PolicyType } from "../limits";

/** What guardrails are made from. */
export interface GuardrailSettings {
  readonly organizationId: string;
  /** The regions that may be used. */
  readonly regions: readonly string[];
  readonly instanceFamilies: readonly string[];
  /** Accounts of others that may use the organization's resources. */
  readonly trustedAccounts: readonly string[];
  readonly principals: PrivilegedPrincipals;
  /** ARNs, with wildcards, of the buckets that keep logs. */
  readonly logBuckets: readonly string[];
  /** Where people may go into containers without an emergency: environments, as tags name them, and their accounts. */
  readonly shells: { readonly environments: readonly string[]; readonly accounts: readonly string[] };
}

/** ARNs of roles, with wildcards for the account: those that put guardrails and baselines up and repair them. */
export interface PrivilegedPrincipals {
  /** The role that the platform's stacks take, and Control Tower's where there is one. */
  readonly platform: readonly string[];
  /** The role that pipelines deploy products with. */
  readonly deploy: readonly string[];
  readonly breakGlass: readonly string[];
}

export interface Guardrail {
  readonly type: PolicyType;
  readonly statements: readonly Statement[];
}

/** Holds for everyone but the platform and who has broken the glass. */
export const butThePlatform = ({ principals }: GuardrailSettings): Statement["Condition"] => ({
  ArnNotLike: { "aws:PrincipalArn": [...principals.platform, ...principals.breakGlass] },
});

export const serviceControl = (...statements: Statement[]): Guardrail => ({
  type: "SERVICE_CONTROL_POLICY",
  statements,
});

export const resourceControl = (...statements: Statement[]): Guardrail => ({
  type: "RESOURCE_CONTROL_POLICY",
  statements,
});
