import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shortName } from "../short-name";
import { Certificate } from "./certificate";

export interface InternalLoadBalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone, with addresses that callers can route to. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it is called; in the certificate, and resolved inside the VPC. */
  readonly domainName: string;
  /** Where the certificate is validated. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Where the name is resolved. */
  readonly privateZoneId: pulumi.Input<string>;
  /** Ranges that may call it, by a short name that says who they are. */
  readonly callers: Readonly<Record<string, string>>;
  /** What it is called too: a certificate for that name, which is resolved elsewhere. */
  readonly alsoCertificateArn?: pulumi.Input<string>;
  readonly deletionProtection: boolean;
}

/**
 * The modern half of TLS: 1.3, and 1.2 with forward secrecy for callers that are not there yet.
 * Source: Elastic Load Balancing user guide, "Security policies for your Application Load Balancer".
 */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/**
 * An Application Load Balancer inside the company: HTTPS only, its name validated in the public zone and resolved
 * in the private one. A request that no service's rule matches gets 404. Only the named callers get in, and it
 * may call no one until a service lets it (see FargateService).
 *
 * Sources: FSBP controls ELB.4, ELB.6, ELB.12, ELB.13, ELB.17.
 */
export class InternalLoadBalancer extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  /** The zone that Elastic Load Balancing keeps that name in. */
  readonly zoneId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: InternalLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:InternalLoadBalancer", name, {}, opts);
    const here = { parent: this };

    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId: args.vpcId, description: `Load balancer of ${args.domainName}`, tags: { Name: name } },
      here,
    );
    for (const [caller, cidrIpv4] of Object.entries(args.callers))
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${caller}`,
        {
          securityGroupId: group.id,
          description: `HTTPS from ${caller}`,
          cidrIpv4,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
        here,
      );

    const balancer = new aws.lb.LoadBalancer(
      shortName(name, 24),
      {
        loadBalancerType: "application",
        internal: true,
        subnets: args.subnetIds,
        securityGroups: [group.id],
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableDeletionProtection: args.deletionProtection,
        idleTimeout: 60,
      },
      { ...here, protect: opts?.protect },
    );
    const certificate = new Certificate(
      name,
      { domainNames: [args.domainName], publicZoneId: args.publicZoneId },
      here,
    );
    const listener = new aws.lb.Listener(
      `${name}-https`,
      {
        loadBalancerArn: balancer.arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: tlsPolicy,
        certificateArn: certificate.arn,
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: {
              statusCode: "404",
              contentType: "text/plain",
              messageBody: "No service answers here.",
            },
          },
        ],
      },
      here,
    );
    if (args.alsoCertificateArn !== undefined)
      new aws.lb.ListenerCertificate(
        name,
        { listenerArn: listener.arn, certificateArn: args.alsoCertificateArn },
        here,
      );
    new aws.route53.Record(
      name,
      {
        zoneId: args.privateZoneId,
        name: args.domainName,
        type: "A",
        aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
      },
      here,
    );

    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.listenerArn = listener.arn;
    this.securityGroupId = group.id;
    this.registerOutputs({ arn: this.arn, dnsName: this.dnsName, listenerArn: this.listenerArn });
  }
}
