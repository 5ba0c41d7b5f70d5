import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface TaskSecurityGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly description: string;
  /** The one who may call: a load balancer's security group, and the port it calls. */
  readonly caller?: { readonly securityGroupId: pulumi.Input<string>; readonly port: number };
}

/**
 * The security group of a service's or batch's tasks. Out they may speak TLS; in comes the load balancer or nobody.
 * With a caller, the caller's group gets the rule that lets it out to the tasks.
 */
export class TaskSecurityGroup extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;

  constructor(name: string, args: TaskSecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:TaskSecurityGroup", name, {}, opts);
    const here = { parent: this };
    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId: args.vpcId, description: args.description, tags: { Name: name } },
      here,
    );
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-tls-out`,
      {
        securityGroupId: group.id,
        description: "TLS to AWS and beyond",
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      },
      here,
    );
    if (args.caller !== undefined) {
      const { securityGroupId, port } = args.caller;
      const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-from-load-balancer`,
        {
          securityGroupId: group.id,
          description: "Calls from the load balancer",
          referencedSecurityGroupId: securityGroupId,
          ...ports,
        },
        here,
      );
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-load-balancer-out`,
        {
          securityGroupId,
          description: `Calls to ${args.description}`,
          referencedSecurityGroupId: group.id,
          ...ports,
        },
        here,
      );
    }
    this.id = group.id;
    this.registerOutputs({ id: this.id });
  }
}
