export type PolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

export interface PolicyLimits {
  /** Policies of the type that may be attached to the root, a unit or an account, AWS's own included. */
  readonly perNode: number;
  /** Of a policy's text, without white space. */
  readonly characters: number;
}

/**
 * What AWS allows, as of 2026-11. Service control policies were 5 a node and 5,120 characters until 15 May 2026; the
 * limits of resource control policies were not raised with them. AWS may have given an organization others.
 *
 * Sources: AWS Organizations user guide, "Quotas and service limits for AWS Organizations"; AWS What's New, 15 May
 * 2026.
 */
export const awsLimits: Readonly<Record<PolicyType, PolicyLimits>> = {
  SERVICE_CONTROL_POLICY: { perNode: 10, characters: 10_240 },
  RESOURCE_CONTROL_POLICY: { perNode: 5, characters: 5_120 },
};

/** What AWS attaches to every node of its own accord; it counts among the policies of the node. */
export const fullAccessPolicies: Readonly<Record<PolicyType, string>> = {
  SERVICE_CONTROL_POLICY: "FullAWSAccess",
  RESOURCE_CONTROL_POLICY: "RCPFullAWSAccess",
};
