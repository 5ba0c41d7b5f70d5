import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Lets nobody in and nothing out; who calls adds a rule. */
export const emptySecurityGroup = (
  parent: pulumi.ComponentResource,
  name: string,
  vpcId: pulumi.Input<string>,
  description: string,
): aws.ec2.SecurityGroup =>
  new aws.ec2.SecurityGroup(name, { vpcId, description, tags: { Name: name } }, { parent });
