import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkDomain } from "./domain-names";

export interface ServiceNamesArgs {
  /** The same in every environment, for example `example.services`; the company's own, so that nobody else has it. */
  readonly domainName: string;
  /** For example `dev`: members are of the same one. */
  readonly environment: string;
  /** The first VPC, of the zone's own account; more join by `ServiceNamesMember`. */
  readonly vpcId: pulumi.Input<string>;
}

/**
 * The names that services call each other by, whatever the environment: `orders.example.services` is in dev the dev
 * load balancer and in prod the prod one, because each environment has a private zone of that name, and a VPC sees its
 * own environment's only. So no configuration differs between environments.
 *
 * One an environment, in one of its accounts: a VPC can not see two zones of one name. The zone is protected.
 *
 * Sources: Route 53 developer guide, "Considerations when working with a private hosted zone" and "Associating an
 * Amazon VPC and a private hosted zone that you created with different AWS accounts".
 *
 * @throws {Error} if the domain is none.
 */
export class ServiceNames extends pulumi.ComponentResource {
  readonly zoneId: pulumi.Output<string>;
  readonly zoneArn: pulumi.Output<string>;
  readonly domainName: string;
  readonly environment: string;

  constructor(name: string, args: ServiceNamesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ServiceNames", name, {}, opts);
    checkDomain(args.domainName);
    const zone = new aws.route53.Zone(
      name,
      {
        name: args.domainName,
        comment: `Services of ${args.environment}`,
        forceDestroy: false,
        vpcs: [{ vpcId: args.vpcId }],
      },
      // Members add theirs; seen from here they would look like drift, and be taken off again.
      { parent: this, protect: true, ignoreChanges: ["vpcs"] },
    );
    this.zoneId = zone.zoneId;
    this.zoneArn = zone.arn;
    this.domainName = args.domainName;
    this.environment = args.environment;
    this.registerOutputs({ zoneId: this.zoneId, zoneArn: this.zoneArn });
  }
}
