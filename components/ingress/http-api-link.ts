import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface LinkedLoadBalancer {
  readonly listenerArn: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** In its certificate: whoever else answered in its place would be found out. */
  readonly serverName: string;
}

export interface HttpApiLinkArgs {
  readonly apiId: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly loadBalancer: LinkedLoadBalancer;
}

/**
 * The way of an HTTP API into a VPC, to the listener of one load balancer and nowhere else, over TLS.
 * Sources: API Gateway developer guide, "Set up VPC links V2 in API Gateway", "Create private integrations
 * for HTTP APIs in API Gateway", "Transform API requests and responses for HTTP APIs in API Gateway".
 */
export class HttpApiLink extends pulumi.ComponentResource {
  readonly integrationId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: HttpApiLinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:HttpApiLink", name, {}, opts);
    const here = { parent: this };
    const { loadBalancer } = args;
    const group = new aws.ec2.SecurityGroup(
      `${name}-link`,
      { vpcId: args.vpcId, description: `VPC link of ${name}`, tags: { Name: `${name}-link` } },
      here,
    );
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-link`,
      {
        ...https,
        securityGroupId: group.id,
        referencedSecurityGroupId: loadBalancer.securityGroupId,
        description: "HTTPS to the load balancer",
      },
      here,
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-link`,
      {
        ...https,
        securityGroupId: loadBalancer.securityGroupId,
        referencedSecurityGroupId: group.id,
        description: `HTTPS from the HTTP API ${name}`,
      },
      here,
    );
    const link = new aws.apigatewayv2.VpcLink(
      name,
      { securityGroupIds: [group.id], subnetIds: args.subnetIds },
      here,
    );
    const integration = new aws.apigatewayv2.Integration(
      name,
      {
        apiId: args.apiId,
        integrationType: "HTTP_PROXY",
        integrationMethod: "ANY",
        integrationUri: loadBalancer.listenerArn,
        connectionType: "VPC_LINK",
        connectionId: link.id,
        payloadFormatVersion: "1.0",
        tlsConfig: { serverNameToVerify: loadBalancer.serverName },
        // The load balancer's rules may ask for the name, and the caller has called the API by another.
        requestParameters: { "overwrite:header.Host": loadBalancer.serverName },
      },
      here,
    );
    this.integrationId = integration.id;
    this.securityGroupId = group.id;
    this.registerOutputs({ integrationId: this.integrationId });
  }
}
