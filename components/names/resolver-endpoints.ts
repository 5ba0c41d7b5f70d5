import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkRange } from "./addresses";
import { resolverName } from "./domain-names";

export interface ResolverEndpointsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Lets DNS servers outside AWS ask what the VPC resolves. */
  readonly inbound?: ResolverEndpointEnd;
  /** Lets `ForwardingRules` ask DNS servers outside AWS. */
  readonly outbound?: ResolverEndpointEnd;
}

export interface ResolverEndpointEnd {
  /** Two to six, in several zones; the endpoint has an address in each. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** IPv4 ranges of the DNS servers on the other side, by a short name that says who they are. */
  readonly servers: Readonly<Record<string, string>>;
}

/**
 * Route 53 Resolver endpoints of a hub, over IPv4: each with a security group of its own that lets DNS through, TCP and
 * UDP port 53, from the named servers or to them, and nothing else. The inbound one is protected: its addresses are
 * set in servers outside AWS.
 *
 * AWS advises groups open to all where an address sees more than 1,500 queries a second, because connections are not
 * tracked then; these are not, so give a busy endpoint more subnets.
 *
 * Sources: Route 53 developer guide, "Resolving DNS queries between VPCs and your network", "Resolver endpoint scaling"
 * and "Quotas on Route 53 VPC Resolver".
 *
 * @throws {Error} if there is no endpoint to make, one has too few or too many subnets or no servers, or a range is
 * none.
 */
export class ResolverEndpoints extends pulumi.ComponentResource {
  readonly inboundEndpointId: pulumi.Output<string> | undefined;
  /** What DNS servers outside AWS forward to. */
  readonly inboundAddresses: pulumi.Output<string[]> | undefined;
  readonly outboundEndpointId: pulumi.Output<string> | undefined;

  constructor(name: string, args: ResolverEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ResolverEndpoints", name, {}, opts);
    const { vpcId, inbound, outbound } = args;
    if (inbound === undefined && outbound === undefined) throw new Error(`${name} has no endpoint to make`);
    const into = inbound && endpoint(this, `${name}-inbound`, "INBOUND", vpcId, inbound);
    const out = outbound && endpoint(this, `${name}-outbound`, "OUTBOUND", vpcId, outbound);
    this.inboundEndpointId = into?.id;
    this.inboundAddresses = into?.ipAddresses.apply(all => all.flatMap(({ ip }) => ip ?? []));
    this.outboundEndpointId = out?.id;
    this.registerOutputs({
      inboundEndpointId: this.inboundEndpointId,
      inboundAddresses: this.inboundAddresses,
      outboundEndpointId: this.outboundEndpointId,
    });
  }
}

function endpoint(
  parent: pulumi.Resource,
  name: string,
  direction: "INBOUND" | "OUTBOUND",
  vpcId: pulumi.Input<string>,
  { subnetIds, servers }: ResolverEndpointEnd,
): aws.route53.ResolverEndpoint {
  if (subnetIds.length < 2 || subnetIds.length > 6)
    throw new Error(`${name} has ${subnetIds.length} subnets; an endpoint needs two to six`);
  const ranges = Object.entries(servers);
  if (ranges.length === 0) throw new Error(`${name} has no servers`);
  for (const [, range] of ranges) checkRange(range);
  const isIn = direction === "INBOUND";
  const group = new aws.ec2.SecurityGroup(
    name,
    { vpcId, description: `DNS ${isIn ? "from" : "to"} servers outside AWS`, tags: { Name: name } },
    { parent },
  );
  for (const [server, cidrIpv4] of ranges)
    for (const ipProtocol of ["tcp", "udp"]) {
      const rule = {
        securityGroupId: group.id,
        description: `DNS ${isIn ? "from" : "to"} ${server}`,
        cidrIpv4,
        ipProtocol,
        fromPort: 53,
        toPort: 53,
      };
      const child = `${name}-${server}-${ipProtocol}`;
      if (isIn) new aws.vpc.SecurityGroupIngressRule(child, rule, { parent });
      else new aws.vpc.SecurityGroupEgressRule(child, rule, { parent });
    }
  return new aws.route53.ResolverEndpoint(
    name,
    {
      name: resolverName(name),
      direction,
      resolverEndpointType: "IPV4",
      protocols: ["Do53"],
      securityGroupIds: [group.id],
      ipAddresses: subnetIds.map(subnetId => ({ subnetId })),
    },
    { parent, protect: isIn ? true : undefined },
  );
}
