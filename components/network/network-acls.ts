import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { requireRanges } from "./private-ranges";

export type AclRole = "data" | "transit" | "ingress";

export interface NetworkAclsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** All IPv4 ranges of the VPC; 20 at most, which is AWS's limit of rules. */
  readonly ranges: readonly string[];
  /** Subnets by role; a role that is left out keeps the VPC's default list, which lets everything through. */
  readonly subnetIds: Readonly<Partial<Record<AclRole, readonly pulumi.Input<string>[]>>>;
}

/**
 * Network access control lists, for what security groups cannot say: a rule that holds for all that is ever put into
 * a subnet, whoever makes its security groups, and that a route made by mistake does not undo.
 *
 * - `data`: in from the VPC's own ranges and out to them, nothing else. Gateway endpoints, whose services have public
 *   addresses, do not work from here. Names and time are looked up outside of these lists.
 * - `transit`: from and to private addresses (RFC 1918), so that the attachment carries nothing from or to the
 *   internet. To be left out where the internet is reached through the hub; AWS itself recommends to keep lists of
 *   these subnets open.
 * - `ingress`: TLS, HTTP (to be redirected) and the ports of answers. Answers to NAT gateways have any port from 1024
 *   on, except 3389, which FSBP EC2.21 wants closed: one connection in 64,000 has to be tried again.
 *
 * All else is denied, and all over IPv6. Path MTU discovery works everywhere.
 *
 * Refused with an error: no role, a role without subnets, ranges that are none, wider than /8 or more than 20.
 *
 * Sources: Amazon VPC user guide, "Network ACL rules", "Ephemeral ports", "Path MTU Discovery" and "Amazon VPC
 * quotas"; Amazon VPC Transit Gateways guide, "How network ACLs work with transit gateways".
 */
export class NetworkAcls extends pulumi.ComponentResource {
  readonly ids: Readonly<Partial<Record<AclRole, pulumi.Output<string>>>>;

  constructor(name: string, args: NetworkAclsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:NetworkAcls", name, {}, opts);
    requireRanges("ranges", args.ranges);
    if (args.ranges.length > mostRules)
      throw new Error(`ranges holds ${args.ranges.length} ranges; a list has ${mostRules} rules at most`);
    const chosen = roles.flatMap(role => {
      const subnetIds = args.subnetIds[role];
      if (subnetIds?.length === 0) throw new Error(`subnetIds.${role} is empty; leave it out instead`);
      return subnetIds === undefined ? [] : [{ role, subnetIds: [...subnetIds] }];
    });
    if (chosen.length === 0) throw new Error(`subnetIds is empty; it must hold one of ${roles.join(", ")}`);
    const lists = chosen.map(({ role, subnetIds }) => {
      const { ingress, egress } = rulesOf(role, args.ranges);
      // Rules that are resources of their own would come after the subnets, which were cut off until then.
      const list = new aws.ec2.NetworkAcl(
        `${name}-${role}`,
        {
          vpcId: args.vpcId,
          subnetIds,
          ingress: numbered(ingress),
          egress: numbered(egress),
          tags: { Name: `${name}-${role}` },
        },
        { parent: this },
      );
      return [role, list.id] as const;
    });
    this.ids = Object.fromEntries(lists);
    this.registerOutputs({ ids: this.ids });
  }
}

const roles = ["data", "transit", "ingress"] as const;

/** Source: Amazon VPC user guide, "Amazon VPC quotas": rules per network ACL and direction. */
const mostRules = 20;

interface Rule {
  readonly cidrBlock: string;
  readonly protocol: "-1" | "tcp" | "icmp";
  readonly fromPort: number;
  readonly toPort: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

const everywhere = "0.0.0.0/0";
const everything = (cidrBlock: string): Rule => ({ cidrBlock, protocol: "-1", fromPort: 0, toPort: 0 });
const tcp = (fromPort: number, toPort = fromPort): Rule => ({
  cidrBlock: everywhere,
  protocol: "tcp",
  fromPort,
  toPort,
});
/** "Fragmentation needed": without it a connection with large packets hangs. */
const packetTooBig: Rule = {
  cidrBlock: everywhere,
  protocol: "icmp",
  fromPort: 0,
  toPort: 0,
  icmpType: 3,
  icmpCode: 4,
};

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

function rulesOf(role: AclRole, ranges: readonly string[]): { ingress: Rule[]; egress: Rule[] } {
  if (role === "ingress")
    return {
      ingress: [tcp(443), tcp(80), tcp(1024, 3388), tcp(3390, 65535), packetTooBig],
      egress: [tcp(443), tcp(80), tcp(1024, 65535), packetTooBig],
    };
  const both = (role === "data" ? ranges : privateRanges).map(everything);
  return { ingress: both, egress: both };
}

/** With gaps, so that a rule can be put between two without touching them. */
const numbered = (rules: readonly Rule[]) =>
  rules.map((rule, index) => ({ ...rule, ruleNo: 100 + 10 * index, action: "allow" }));
