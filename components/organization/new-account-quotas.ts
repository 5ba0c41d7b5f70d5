import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface Quota {
  /** The service's code, for example `lambda`. */
  readonly service: string;
  /** The quota's code, for example `L-B99A9384`. */
  readonly quota: string;
  readonly region: string;
  readonly value: number;
}

export interface NewAccountQuotasArgs {
  readonly quotas: readonly Quota[];
}

/**
 * Quotas that every account of the organization asks for as soon as it is vended: a new account may run ten Lambda
 * functions at once and not one CodeBuild job. Accounts that are there already are left as they are.
 *
 * `region` is here the quota's: the name that every version of the provider knows. Give it a provider in us-east-1: Service Quotas keeps the template there, whatever regions the quotas are for, and
 * the resource has no region of its own.
 *
 * Source: Service Quotas user guide, "Using Service Quotas request templates"; at most ten.
 */
export class NewAccountQuotas extends pulumi.ComponentResource {
  constructor(name: string, args: NewAccountQuotasArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:organization:NewAccountQuotas", name, {}, opts);
    const association = new aws.servicequotas.TemplateAssociation(name, {}, { parent: this });
    for (const { service, quota, region, value } of args.quotas)
      new aws.servicequotas.Template(
        `${name}-${service}-${quota}-${region}`,
        { region, serviceCode: service, quotaCode: quota, value },
        { parent: this, dependsOn: [association] },
      );
    this.registerOutputs({});
  }
}
