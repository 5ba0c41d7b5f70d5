import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkDomain, resolverName } from "./domain-names";

export interface ForwardingRuleAssociationsArgs {
  /** By domain, as `ForwardingRules` has them. */
  readonly ruleIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly vpcId: pulumi.Input<string>;
}

/**
 * Lets a VPC follow the hub's forwarding rules, which are shared with its account. A private zone of the same domain
 * that the VPC sees is not asked any more.
 *
 * Source: Route 53 developer guide, "Considerations when working with a private hosted zone" and "Sharing Resolver
 * rules with other AWS accounts and using shared rules".
 *
 * @throws {Error} if a domain is none.
 */
export class ForwardingRuleAssociations extends pulumi.ComponentResource {
  constructor(name: string, args: ForwardingRuleAssociationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ForwardingRuleAssociations", name, {}, opts);
    Object.keys(args.ruleIds).forEach(checkDomain);
    for (const [domain, resolverRuleId] of Object.entries(args.ruleIds))
      new aws.route53.ResolverRuleAssociation(
        `${name}-${domain}`,
        { name: resolverName(`${name}-${domain}`), resolverRuleId, vpcId: args.vpcId },
        { parent: this },
      );
    this.registerOutputs({});
  }
}
