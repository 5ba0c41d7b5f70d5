import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface EmptyDefaultVpcArgs {
  readonly region: string;
}

/**
 * A region's default VPC, adopted and closed: its default security group has no rules, and neither has its default
 * network ACL, which cuts off what is in it whatever its security groups say. Whoever runs something in a default VPC
 * moves it first. Where the region has no default VPC the provider MAKES one; destroying this leaves VPC, group and
 * ACL as they are, closed.
 *
 * The VPC itself remains, with an internet gateway and without flow logs: FSBP EC2.6 finds it. Deleting it is better.
 *
 * Sources: FSBP controls EC2.2 and EC2.21; Amazon VPC user guide, "Default VPCs" and "Default network ACL".
 */
export class EmptyDefaultVpc extends pulumi.ComponentResource {
  constructor(name: string, { region }: EmptyDefaultVpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:hardening:EmptyDefaultVpc", name, {}, opts);
    const here = { parent: this };
    const tags = { Name: "default, not for use" };
    const vpc = new aws.ec2.DefaultVpc(name, { tags, forceDestroy: false, region }, here);
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, tags, region }, here);
    new aws.ec2.DefaultNetworkAcl(
      name,
      { defaultNetworkAclId: vpc.defaultNetworkAclId, tags, region },
      // A subnet always has an ACL: AWS gives it this one, and the provider would try in vain to take it away.
      { ...here, ignoreChanges: ["subnetIds"] },
    );
    this.registerOutputs({});
  }
}
