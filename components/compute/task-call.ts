import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { requirePort } from "../ingress/callers";

export interface TaskCallArgs {
  readonly from: CallEnd;
  readonly to: CallEnd;
  /** Where the called listens; 1 to 65535. */
  readonly port: number;
}

export interface CallEnd {
  /** What it is, for the rules' descriptions: `the tasks of orders-api`. */
  readonly what: string;
  readonly securityGroupId: pulumi.Input<string>;
}

/**
 * Lets tasks call other tasks of their VPC directly, by one port: the one group's rule that lets them out, and the other
 * one's that lets them in. It stands beside both, so that two services can call each other.
 *
 * Refused: a port that is none.
 *
 * Source: VPC user guide, "Security group referencing".
 */
export class TaskCall extends pulumi.ComponentResource {
  constructor(name: string, args: TaskCallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:TaskCall", name, {}, opts);
    const { from, to, port } = args;
    requirePort("port", port);
    const here = { parent: this };
    const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-out`,
      {
        securityGroupId: from.securityGroupId,
        description: `Calls to ${to.what}`,
        referencedSecurityGroupId: to.securityGroupId,
        ...ports,
      },
      here,
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-in`,
      {
        securityGroupId: to.securityGroupId,
        description: `Calls from ${from.what}`,
        referencedSecurityGroupId: from.securityGroupId,
        ...ports,
      },
      here,
    );
    this.registerOutputs({});
  }
}
