import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkAddress } from "./addresses";
import { checkDomain, resolverName } from "./domain-names";
import { shareInOrganization } from "./organization-share";

export interface ForwardingRulesArgs {
  /** See `ResolverEndpoints`; its servers must hold all that are named here. */
  readonly outboundEndpointId: pulumi.Input<string>;
  /** By domain outside AWS, for example `corp.example.com`: the IPv4 addresses of its DNS servers, one to six. */
  readonly domains: Readonly<Record<string, readonly string[]>>;
  /** The organization whose accounts may use the rules; absent: none may, and a `NamesProfile` brings them. */
  readonly organizationArn?: pulumi.Input<string>;
}

/**
 * Where names of domains outside AWS are asked for. A VPC follows the rules when `ForwardingRuleAssociations` say so,
 * which takes that they are shared with the organization, or when it joins a `NamesProfile` that holds them.
 *
 * Sources: Route 53 developer guide, "Forwarding outbound DNS queries to your network", "Sharing Resolver rules with
 * other AWS accounts and using shared rules" and "Quotas on Route 53 VPC Resolver".
 *
 * @throws {Error} if a domain or an address is none, or a domain has none, too many or the same address twice.
 */
export class ForwardingRules extends pulumi.ComponentResource {
  /** By domain. */
  readonly ruleIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** By domain; for a `NamesProfile`. */
  readonly ruleArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: ForwardingRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ForwardingRules", name, {}, opts);
    const domains = Object.entries(args.domains);
    for (const [domain, servers] of domains) checkForwarding(domain, servers);
    const rules = domains.map(([domainName, servers]) => {
      const rule = new aws.route53.ResolverRule(
        `${name}-${domainName}`,
        {
          name: resolverName(`${name}-${domainName}`),
          domainName,
          ruleType: "FORWARD",
          resolverEndpointId: args.outboundEndpointId,
          targetIps: servers.map(ip => ({ ip, port: 53, protocol: "Do53" })),
        },
        { parent: this },
      );
      return [domainName, rule] as const;
    });
    this.ruleIds = Object.fromEntries(rules.map(([domain, { id }]) => [domain, id]));
    this.ruleArns = Object.fromEntries(rules.map(([domain, { arn }]) => [domain, arn]));
    if (args.organizationArn !== undefined)
      shareInOrganization(
        name,
        { resources: this.ruleArns, principals: { organization: args.organizationArn } },
        { parent: this },
      );
    this.registerOutputs({ ruleIds: this.ruleIds, ruleArns: this.ruleArns });
  }
}

function checkForwarding(domain: string, servers: readonly string[]): void {
  checkDomain(domain);
  servers.forEach(checkAddress);
  if (servers.length < 1 || servers.length > 6)
    throw new Error(`${domain} has ${servers.length} DNS servers; a rule needs one to six`);
  const twice = servers.find((server, index) => servers.indexOf(server) !== index);
  if (twice !== undefined) throw new Error(`${twice} is a DNS server of ${domain} twice`);
}
