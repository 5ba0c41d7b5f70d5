import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkBelow } from "./domain-names";

export interface ServiceNameArgs {
  /** The zone and its domain; a `ServiceNames` is one. */
  readonly names: { readonly zoneId: pulumi.Input<string>; readonly domainName: string };
  /** What is called, without the domain, for example `orders`. */
  readonly service: string;
  /** Or a PrivateLink endpoint that leads to it. */
  readonly loadBalancer: {
    readonly dnsName: pulumi.Input<string>;
    /** The zone that AWS keeps its name in; not one of the company's. */
    readonly zoneId: pulumi.Input<string>;
  };
  /** Whether it has IPv6 addresses too; default false. */
  readonly dualStack?: boolean;
}

/**
 * What a product is called by, in the zone of `ServiceNames`: `orders.example.services`, an alias of its load balancer.
 * Made with a provider of the account that holds the zone. The load balancer's certificate must be for this name too.
 *
 * Source: Route 53 developer guide, "Choosing between alias and non-alias records".
 *
 * @throws {Error} if the name is none.
 */
export class ServiceName extends pulumi.ComponentResource {
  readonly domainName: string;

  constructor(name: string, args: ServiceNameArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ServiceName", name, {}, opts);
    const { names, loadBalancer, dualStack = false } = args;
    this.domainName = `${args.service}.${names.domainName}`;
    checkBelow(this.domainName, names.domainName);
    for (const type of dualStack ? (["A", "AAAA"] as const) : (["A"] as const))
      new aws.route53.Record(
        type === "A" ? name : `${name}-ipv6`,
        {
          zoneId: names.zoneId,
          name: this.domainName,
          type,
          aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }],
        },
        { parent: this },
      );
    this.registerOutputs({ domainName: this.domainName });
  }
}
