import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accessLogPrefixes } from "../logs/access-log-bucket";
import type { AlarmTopics } from "../observability/severity";
import { shortName } from "../short-name";
import { type Callers, letIn, requirePort, tlsPolicy } from "./callers";
import { Certificate, type OtherZone, otherZoneOf } from "./certificate";
import { type NetworkTarget, passOn } from "./network-target";

export interface NetworkLoadBalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  /** One private subnet a zone. A zone can be added, and none given up, without another load balancer. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it is called; all are in the certificate, where it has one. */
  readonly domainNames: readonly [string, ...string[]];
  /** Where the names are proven. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Zones of names that do not lie in that one: proven there, and resolved by whoever makes those names. */
  readonly otherZones?: readonly OtherZone[];
  /** Topics of its region, which hear when the certificate is not renewed; absent: nobody does. */
  readonly expiryTopics?: AlarmTopics;
  /** Where the names are resolved. */
  readonly privateZoneId: pulumi.Input<string>;
  /** Acts in that zone's account, where it is another. */
  readonly privateZoneOwner?: aws.Provider;
  /** May be nobody where `privateLink` is true: then it is called by PrivateLink alone. */
  readonly callers: Callers;
  /**
   * Whether a `PrivateLinkService` offers it: whose connection has been accepted is then let in without being among
   * the callers, for its addresses, of another VPC, would mean nothing here. Default: false.
   */
  readonly privateLink?: boolean;
  /** 1 to 65535; default: 443. An Application Load Balancer listens on 443. */
  readonly port?: number;
  readonly to: NetworkTarget;
  /** The `AccessLogBucket` of its account and region. */
  readonly logs: { readonly bucketName: string };
  readonly deletionProtection: boolean;
}

/**
 * A Network Load Balancer inside the company, for what is no plain HTTP: TLS is ended here (gRPC and the like; the
 * callers are offered HTTP/2), or at the service itself, or at an Application Load Balancer, whose fixed front it is
 * where PrivateLink or a VPC link of API Gateway needs one. Requests are spread over all zones. AWS logs TLS
 * connections that end here, and no others.
 *
 * Refused: no caller where no PrivateLink calls either, a port that is none, a reason of fewer than 20 characters, and what `Certificate` refuses.
 *
 * Sources: FSBP controls ELB.5, ELB.6, ELB.13, ELB.17, ELB.18; Elastic Load Balancing user guide, "Create a TLS
 * listener", "Use Application Load Balancers as targets" and "Update the security groups for your Network Load
 * Balancer"; AWS PrivateLink guide, "Create a service powered by AWS PrivateLink".
 */
export class NetworkLoadBalancer extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  /** The zone that Elastic Load Balancing keeps that name in. */
  readonly zoneId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  /** Where a service registers its tasks; it lets them be called by `securityGroupId`. */
  readonly targetGroupArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** What metrics call the target group. */
  readonly targetGroupName: pulumi.Output<string>;
  /** What metrics call it: `net/orders/1234567890abcdef`. */
  readonly fullName: pulumi.Output<string>;

  constructor(name: string, args: NetworkLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:NetworkLoadBalancer", name, {}, opts);
    const here = { parent: this };
    const { to, callers, port = 443, otherZones = [], privateLink = false, privateZoneOwner } = args;
    requirePort("port", port);
    const [first] = args.domainNames;

    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId: args.vpcId, description: `Network load balancer of ${first}`, tags: { Name: name } },
      here,
    );
    if (!privateLink || Object.keys(callers).length > 0)
      letIn(name, { securityGroupId: group.id, callers, port, what: "TLS" }, here);
    const balancer = new aws.lb.LoadBalancer(
      shortName(name, 24),
      {
        loadBalancerType: "network",
        internal: true,
        ipAddressType: "ipv4",
        subnets: args.subnetIds,
        securityGroups: [group.id],
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: privateLink ? "off" : "on",
        enableCrossZoneLoadBalancing: true,
        enableDeletionProtection: args.deletionProtection,
        accessLogs: { bucket: args.logs.bucketName, prefix: accessLogPrefixes.network, enabled: true },
      },
      here,
    );
    const target = passOn(
      name,
      { vpcId: args.vpcId, loadBalancerArn: balancer.arn, securityGroupId: group.id, to },
      here,
    );
    const listener = new aws.lb.Listener(
      name,
      {
        loadBalancerArn: balancer.arn,
        port,
        ...(to.kind === "tls"
          ? {
              protocol: "TLS",
              sslPolicy: tlsPolicy,
              alpnPolicy: to.alpn ?? "HTTP2Preferred",
              certificateArn: new Certificate(
                name,
                {
                  domainNames: args.domainNames,
                  publicZoneId: args.publicZoneId,
                  otherZones,
                  expiryTopics: args.expiryTopics,
                },
                here,
              ).arn,
            }
          : { protocol: "TCP", tags: target.tags }),
        defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
      },
      here,
    );
    for (const domainName of args.domainNames)
      if (otherZoneOf(domainName, otherZones) === undefined)
        new aws.route53.Record(
          domainName === first ? name : `${name}-${domainName}`,
          {
            zoneId: args.privateZoneId,
            name: domainName,
            type: "A",
            aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
          },
          privateZoneOwner === undefined ? here : { ...here, provider: privateZoneOwner },
        );

    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.listenerArn = listener.arn;
    this.targetGroupArn = target.arn;
    this.targetGroupName = target.fullName;
    this.securityGroupId = group.id;
    this.fullName = balancer.arnSuffix;
    this.registerOutputs({ arn: this.arn, dnsName: this.dnsName, targetGroupArn: this.targetGroupArn });
  }
}
