import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkDomain } from "./domain-names";

export interface ServiceDiscoveryArgs {
  /** What services are found below: for example `orders.internal`, or `orders` where nobody asks DNS. */
  readonly namespace: string;
  /** The VPC whose DNS knows the services. Absent: they are found through the API only, as ECS Service Connect does. */
  readonly vpcId?: pulumi.Input<string>;
}

/**
 * A Cloud Map namespace for calls between a product's services. With a VPC it is a private DNS namespace, with a
 * private zone that Cloud Map keeps; without, an HTTP namespace. ECS Service Connect can use either.
 *
 * Sources: AWS Cloud Map developer guide, "Creating an AWS Cloud Map namespace to group application services"; ECS
 * developer guide, "Use Service Connect to connect Amazon ECS services with short names".
 *
 * @throws {Error} if the namespace is no domain name.
 */
export class ServiceDiscovery extends pulumi.ComponentResource {
  readonly namespaceId: pulumi.Output<string>;
  readonly namespaceArn: pulumi.Output<string>;
  /** The zone that Cloud Map keeps; absent for an HTTP namespace. */
  readonly zoneId: pulumi.Output<string> | undefined;

  constructor(name: string, args: ServiceDiscoveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ServiceDiscovery", name, {}, opts);
    const { namespace, vpcId } = args;
    checkDomain(namespace);
    const common = { name: namespace, description: `Services below ${namespace}` };
    const here = { parent: this };
    if (vpcId === undefined) {
      const made = new aws.servicediscovery.HttpNamespace(name, common, here);
      this.namespaceId = made.id;
      this.namespaceArn = made.arn;
    } else {
      const made = new aws.servicediscovery.PrivateDnsNamespace(name, { ...common, vpc: vpcId }, here);
      this.namespaceId = made.id;
      this.namespaceArn = made.arn;
      this.zoneId = made.hostedZone;
    }
    this.registerOutputs({
      namespaceId: this.namespaceId,
      namespaceArn: this.namespaceArn,
      zoneId: this.zoneId,
    });
  }
}
