import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface TaskSecurityGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly description: string;
  /** Who may call, by a short name of the way: a load balancer's security group, and the port it calls. */
  readonly callers?: Readonly<
    Record<string, { readonly securityGroupId: pulumi.Input<string>; readonly port: number }>
  >;
  /** Databases and the like that the tasks call, by a short name: their groups, and the port. */
  readonly calls?: Readonly<
    Record<string, { readonly securityGroupId: pulumi.Input<string>; readonly port: number }>
  >;
}

/**
 * The security group of a service's or batch's tasks. Out they may speak TLS; in come load balancers or nobody, and
 * other tasks by a `TaskCall`.
 * With a caller, the caller's group gets the rule that lets it out to the tasks; what the tasks call gets the rule that
 * lets them in. Both go with the tasks.
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
    for (const [caller, { securityGroupId, port }] of Object.entries(args.callers ?? {})) {
      const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-from-${caller}`,
        {
          securityGroupId: group.id,
          description: `Calls from the load balancer, ${caller}`,
          referencedSecurityGroupId: securityGroupId,
          ...ports,
        },
        here,
      );
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-out-of-${caller}`,
        {
          securityGroupId,
          description: `Calls to ${args.description}`,
          referencedSecurityGroupId: group.id,
          ...ports,
        },
        here,
      );
    }
    for (const [called, { securityGroupId, port }] of Object.entries(args.calls ?? {})) {
      const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-to-${called}`,
        {
          securityGroupId: group.id,
          description: `Calls to ${called}`,
          referencedSecurityGroupId: securityGroupId,
          ...ports,
        },
        here,
      );
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-into-${called}`,
        {
          securityGroupId,
          description: `Calls from ${args.description}`,
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
