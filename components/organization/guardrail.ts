import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";

export interface GuardrailArgs {
  readonly description: string;
  readonly statements: readonly Statement[];
  /** The root, units or accounts it holds for, by a short name. */
  readonly targets: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * A service control policy and what it is attached to.
 * Source: AWS Organizations user guide, "Service control policies".
 */
export class Guardrail extends pulumi.ComponentResource {
  constructor(name: string, args: GuardrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:organization:Guardrail", name, {}, opts);
    const policy = new aws.organizations.Policy(
      name,
      {
        name,
        description: args.description,
        type: "SERVICE_CONTROL_POLICY",
        content: policyDocument(args.statements),
      },
      { parent: this },
    );
    for (const [target, targetId] of Object.entries(args.targets))
      new aws.organizations.PolicyAttachment(
        `${name}-${target}`,
        { policyId: policy.id, targetId },
        { parent: this },
      );
    this.registerOutputs({});
  }
}
