import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import type { PolicyType } from "./limits";

export interface GuardrailPolicy {
  /** Unique in the organization; at most 128 characters. */
  readonly name: string;
  readonly type: PolicyType;
  /** What it is attached to: a key of `targets`. */
  readonly node: string;
  readonly statements: readonly Statement[];
}

export interface GuardrailPoliciesArgs {
  readonly policies: readonly GuardrailPolicy[];
  /** The ids of the root and of units, by the names that policies call them by. */
  readonly targets: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Source: AWS Organizations API reference, CreatePolicy: a description's 512 characters. */
const longestDescription = 512;

/**
 * Service and resource control policies, and what they are attached to.
 *
 * Refused: a policy for a node that `targets` does not have.
 * Source: AWS Organizations user guide, "Service control policies" and "Resource control policies".
 */
export class GuardrailPolicies extends pulumi.ComponentResource {
  constructor(name: string, args: GuardrailPoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:organization:GuardrailPolicies", name, {}, opts);
    for (const { name: policyName, type, node, statements } of args.policies) {
      const targetId = args.targets[node];
      if (targetId === undefined)
        throw new Error(`the guardrail policy ${policyName} is for "${node}", which is no target`);
      const policy = new aws.organizations.Policy(
        `${name}-${policyName}`,
        {
          name: policyName,
          description: statements
            .map(({ Sid }) => Sid)
            .join(", ")
            .slice(0, longestDescription),
          type,
          content: policyDocument(statements),
        },
        { parent: this },
      );
      new aws.organizations.PolicyAttachment(
        `${name}-${policyName}`,
        { policyId: policy.id, targetId },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
