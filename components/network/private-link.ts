import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { iamArn } from "../location";
import { requireAccounts } from "../logs/bucket-statements";
import { inName, requireRange } from "./route-domains";

export interface PrivateLinkServiceArgs {
  /**
   * The product's Network Load Balancer, told that it is offered: `NetworkLoadBalancer` with `privateLink: true`; else
   * its security group, which knows only addresses of its own VPC, would shut consumers out.
   */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** The accounts that may ask for an endpoint, by number; PrivateLink knows no organizations. */
  readonly accountIds: readonly string[];
  /**
   * The name that consumers call in their own VPCs, and the public zone that proves it the company's;
   * default: none.
   */
  readonly privateDns?: { readonly name: string; readonly publicZoneId: pulumi.Input<string> };
}

/**
 * Offers a product to other accounts without any route between their networks. Each connection is accepted
 * singly, see `PrivateLinkEndpoint`. Refused: no account, and what is no account's number.
 *
 * Sources: AWS PrivateLink guide, "Create a service powered by AWS PrivateLink", "Manage DNS names for VPC
 * endpoint services".
 */
export class PrivateLinkService extends pulumi.ComponentResource {
  readonly serviceId: pulumi.Output<string>;
  /**
   * What consumers ask for, `com.amazonaws.vpce.<region>.vpce-svc-…`; known when the private name is proven.
   */
  readonly serviceName: pulumi.Output<string>;

  constructor(name: string, args: PrivateLinkServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:PrivateLinkService", name, {}, opts);
    const { accountIds, privateDns } = args;
    if (accountIds.length === 0) throw new Error("accountIds is empty; name who may use the service");
    requireAccounts("accountIds", accountIds);
    const here = { parent: this };
    const service = new aws.ec2.VpcEndpointService(
      name,
      {
        acceptanceRequired: true,
        networkLoadBalancerArns: [args.loadBalancerArn],
        allowedPrincipals: accountIds.map(id => iamArn(id, "root")),
        privateDnsName: privateDns?.name,
        tags: { Name: name },
      },
      here,
    );
    this.serviceId = service.id;
    this.serviceName = service.serviceName;
    if (privateDns !== undefined) {
      // A service that gets its name later has nothing to prove yet while that is only planned.
      const proof = service.privateDnsNameConfigurations.apply(
        proofs => proofs?.[0] ?? { name: "_not-known-yet", value: "not known yet" },
      );
      const record = new aws.route53.Record(
        name,
        {
          zoneId: privateDns.publicZoneId,
          name: pulumi.interpolate`${proof.name}.${privateDns.name}`,
          type: "TXT",
          ttl: 1_800,
          records: [proof.value],
        },
        here,
      );
      const proven = new aws.vpc.EndpointServicePrivateDnsVerification(
        name,
        { serviceId: service.id, waitForVerification: true },
        { ...here, dependsOn: [record] },
      );
      // An endpoint that is asked for before would be refused the name.
      this.serviceName = pulumi.all([service.serviceName, proven.id]).apply(([known]) => known);
    }
    this.registerOutputs({ serviceId: this.serviceId, serviceName: this.serviceName });
  }
}

/** What an endpoint is called while it is only planned: a record takes no empty name. */
const notKnownYet = "not-known-yet";

export interface PrivateLinkEndpointArgs {
  readonly vpcId: pulumi.Input<string>;
  /** A subnet a zone, of the zones that the service's load balancer is in. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly serviceId: pulumi.Input<string>;
  readonly serviceName: pulumi.Input<string>;
  /**
   * Who may call the endpoint: ranges of the consumer's VPC. Default: nobody, until they are given a rule in
   * `securityGroupId`.
   */
  readonly from?: readonly string[];
  /** 1 to 65535; default: 443. */
  readonly port?: number;
  /** Whether the service's private name leads to the endpoint; default: true. The service must have one. */
  readonly privateDns?: boolean;
  /** The service's account, which accepts the connection. */
  readonly owner: aws.Provider;
}

/**
 * A product of another account, as an address in the consumer's own subnets, and accepted by the product's
 * account. Its private name is turned on when that has happened, for AWS refuses it before.
 *
 * Refused: an empty list of callers, what is no range, and a port that is none.
 *
 * Source: AWS PrivateLink guide, "Connect to an endpoint service as the service consumer".
 */
export class PrivateLinkEndpoint extends pulumi.ComponentResource {
  readonly endpointId: pulumi.Output<string>;
  /** The name that AWS gave the endpoint, which leads to all its zones. */
  readonly dnsName: pulumi.Output<string>;
  /** The zone that AWS keeps that name in. */
  readonly zoneId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: PrivateLinkEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:PrivateLinkEndpoint", name, {}, opts);
    const { vpcId, from, port = 443, privateDns = true } = args;
    if (from?.length === 0) throw new Error("from is empty; say which ranges may call the endpoint");
    for (const range of from ?? []) requireRange("from", range);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`port is ${port}; it must be a whole number from 1 to 65535`);
    const here = { parent: this };
    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId, description: `Calls to the endpoint ${name}`, tags: { Name: name } },
      here,
    );
    for (const range of from ?? [])
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-from-${inName(range)}`,
        {
          securityGroupId: group.id,
          description: "Calls from the VPC",
          cidrIpv4: range,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
        },
        here,
      );
    const endpoint = new aws.ec2.VpcEndpoint(
      name,
      {
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: args.serviceName,
        subnetIds: args.subnetIds,
        securityGroupIds: [group.id],
        tags: { Name: name },
      },
      // Another resource turns it on, when the connection is accepted.
      { ...here, ignoreChanges: ["privateDnsEnabled"] },
    );
    const accepted = new aws.ec2.VpcEndpointConnectionAccepter(
      name,
      { vpcEndpointServiceId: args.serviceId, vpcEndpointId: endpoint.id },
      { parent: this, provider: args.owner },
    );
    if (privateDns)
      new aws.vpc.EndpointPrivateDns(
        name,
        { vpcEndpointId: endpoint.id, privateDnsEnabled: true },
        { ...here, dependsOn: [accepted] },
      );
    this.endpointId = endpoint.id;
    this.dnsName = endpoint.dnsEntries.apply(entries => entries?.[0]?.dnsName ?? notKnownYet);
    this.zoneId = endpoint.dnsEntries.apply(entries => entries?.[0]?.hostedZoneId ?? notKnownYet);
    this.securityGroupId = group.id;
    this.registerOutputs({ endpointId: this.endpointId, dnsName: this.dnsName });
  }
}
