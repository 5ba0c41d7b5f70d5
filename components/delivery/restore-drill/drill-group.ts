import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface RestoreDrillGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  /** By which a drill finds it: 1 to 255 characters, unique in the VPC. */
  readonly groupName: string;
  /** The database that is restored, by its name. */
  readonly databaseName: string;
}

/**
 * The security group of a database that a drill restores: it lets nobody in and nothing out, until the drill's own jobs
 * add their rules. What runs in the target by itself does not get to it, and the drill's jobs do not get to the target's.
 */
export class RestoreDrillGroup extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: RestoreDrillGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RestoreDrillGroup", name, {}, opts);
    const group = new aws.ec2.SecurityGroup(
      name,
      {
        name: args.groupName,
        vpcId: args.vpcId,
        description: `The database ${args.databaseName}, restored in a drill`,
        tags: { Name: name },
      },
      { parent: this },
    );
    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}
