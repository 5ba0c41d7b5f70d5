import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { resolverName } from "./domain-names";
import { shareInOrganization } from "./organization-share";

export interface NamesProfileArgs {
  /** ARNs of private zones, by a short name; see `SharedEndpoints`. */
  readonly privateZones?: Readonly<Record<string, pulumi.Input<string>>>;
  /** ARNs of forwarding rules, by domain; see `ForwardingRules`. */
  readonly rules?: Readonly<Record<string, pulumi.Input<string>>>;
  /** ARNs of rule groups of DNS Firewall, by a short name; the lowest priority, 100 to 9900, is asked first. */
  readonly firewalls?: Readonly<
    Record<string, { readonly arn: pulumi.Input<string>; readonly priority: number }>
  >;
  /** Whose VPCs may join, by a short name: ARNs of the organization or of its units, or accounts' numbers. */
  readonly sharedWith: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * A Route 53 Profile: what VPCs resolve and refuse, put together once in the hub and shared. VPCs join by
 * `NamesProfileMember`, and see what is changed here at once. What is in it is seen by all of them, so environments
 * that must not see each other's names have profiles of their own.
 *
 * Sources: Route 53 developer guide, "What are Amazon Route 53 Profiles?" and "Working with shared Route 53 Profiles":
 * the accounts it is shared with may join it and not change it.
 *
 * @throws {Error} if it is empty or shared with nobody, or a priority is none or given twice.
 */
export class NamesProfile extends pulumi.ComponentResource {
  readonly profileId: pulumi.Output<string>;
  readonly profileArn: pulumi.Output<string>;

  constructor(name: string, args: NamesProfileArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:NamesProfile", name, {}, opts);
    const { privateZones = {}, rules = {}, firewalls = {}, sharedWith } = args;
    const resources: [its: string, arn: pulumi.Input<string>, properties?: string][] = [
      ...entries("zone", privateZones),
      ...entries("rule", rules),
      ...Object.entries(firewalls).map(([its, { arn, priority }]): [string, pulumi.Input<string>, string] => [
        `firewall-${its}`,
        arn,
        JSON.stringify({ priority }),
      ]),
    ];
    if (resources.length === 0) throw new Error(`the profile ${name} is empty`);
    if (Object.keys(sharedWith).length === 0) throw new Error(`the profile ${name} is shared with nobody`);
    checkPriorities(Object.values(firewalls).map(({ priority }) => priority));

    const here = { parent: this };
    const profile = new aws.route53.ProfilesProfile(name, { name: resolverName(name) }, here);
    for (const [its, resourceArn, resourceProperties] of resources)
      new aws.route53.ProfilesResourceAssociation(
        `${name}-${its}`,
        { name: resolverName(`${name}-${its}`), profileId: profile.id, resourceArn, resourceProperties },
        here,
      );
    shareInOrganization(name, { resources: { profile: profile.arn }, principals: sharedWith }, here);
    this.profileId = profile.id;
    this.profileArn = profile.arn;
    this.registerOutputs({ profileId: this.profileId, profileArn: this.profileArn });
  }
}

const entries = (kind: string, arns: Readonly<Record<string, pulumi.Input<string>>>) =>
  Object.entries(arns).map(([its, arn]): [string, pulumi.Input<string>] => [`${kind}-${its}`, arn]);

/** Source: Route 53 API reference, "AssociateResourceToProfile". */
function checkPriorities(priorities: readonly number[]): void {
  for (const [index, priority] of priorities.entries()) {
    if (!Number.isInteger(priority) || priority < 100 || priority > 9_900)
      throw new Error(`${priority} is no priority of a firewall: 100 to 9900`);
    if (priorities.indexOf(priority) !== index)
      throw new Error(`two firewalls have the priority ${priority}`);
  }
}
