import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ServiceNamesMemberArgs {
  /** The zone, and the environment that its names are of; a `ServiceNames` is one. */
  readonly names: { readonly zoneId: pulumi.Input<string>; readonly environment: string };
  /** The VPC's environment. */
  readonly environment: string;
  readonly vpcId: pulumi.Input<string>;
  /** The VPC's region, where it is not that of the providers. */
  readonly vpcRegion?: string;
  /** Acts in the zone's account, which lets the VPC join. */
  readonly owner: aws.Provider;
}

/**
 * Lets a VPC of another account of the environment resolve its service names: the zone's account permits it, and the
 * VPC's account, whose provider the component has, joins.
 *
 * Source: Route 53 developer guide, "Associating an Amazon VPC and a private hosted zone that you created with
 * different AWS accounts".
 *
 * @throws {Error} if the VPC is of another environment.
 */
export class ServiceNamesMember extends pulumi.ComponentResource {
  constructor(name: string, args: ServiceNamesMemberArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ServiceNamesMember", name, {}, opts);
    const { names, environment, vpcId, vpcRegion } = args;
    if (names.environment !== environment)
      throw new Error(`a VPC of ${environment} can not resolve the services of ${names.environment}`);
    const joining = { zoneId: names.zoneId, vpcId, vpcRegion };
    const permission = new aws.route53.VpcAssociationAuthorization(name, joining, {
      parent: this,
      provider: args.owner,
    });
    new aws.route53.ZoneAssociation(name, joining, { parent: this, dependsOn: [permission] });
    this.registerOutputs({});
  }
}
