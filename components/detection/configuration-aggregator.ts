import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { trustService } from "../identity/policy-document";
import type { Location } from "../location";

export interface ConfigurationAggregatorArgs {
  /** The audit account, and the Region to look from. */
  readonly at: Location;
  /** What there must be first: the delegation of AWS Config to the audit account. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * One view of all resources and their compliance, in all accounts of the organization and all Regions, those to come
 * included.
 *
 * Source: Config developer guide, "Multi-Account Multi-Region Data Aggregation".
 */
export class ConfigurationAggregator extends pulumi.ComponentResource {
  constructor(name: string, args: ConfigurationAggregatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:ConfigurationAggregator", name, {}, opts);
    const here = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: `landing-zone-aggregator-${name}`,
        assumeRolePolicy: trustService("config.amazonaws.com", args.at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicyAttachment(
      name,
      {
        role: role.name,
        policyArn: "arn:aws:iam::aws:policy/service-role/AWSConfigRoleForOrganizations",
      },
      here,
    );
    new aws.cfg.ConfigurationAggregator(
      name,
      {
        name,
        organizationAggregationSource: { allRegions: true, roleArn: role.arn },
        region: args.at.region,
      },
      { ...here, dependsOn: [permission, ...(args.after ?? [])] },
    );
    this.registerOutputs({});
  }
}
