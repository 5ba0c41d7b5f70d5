import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Member } from "./member";

export interface InvestigationArgs {
  readonly regions: readonly string[];
  readonly members?: readonly Member[];
  /** What there must be first: the delegation to the audit account. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Detective's behavior graph in every Region, fed by the older members of the organization and all accounts to come.
 * A graph is protected: it holds up to a year of what happened. It costs by gigabyte taken in, hence by choice only.
 *
 * Unlike other services, Detective answers a request for a graph that there is already with that graph, so it does
 * not matter that the delegation has made one.
 *
 * Sources: Detective API reference, "CreateGraph"; Detective administration guide, "Managing accounts".
 */
export class Investigation extends pulumi.ComponentResource {
  /** By Region. */
  readonly graphArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: InvestigationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:Investigation", name, {}, opts);
    const graphs = args.regions.map(region => {
      const { graphArn } = new aws.detective.Graph(
        `${name}-${region}`,
        { region },
        { parent: this, protect: true, dependsOn: [...(args.after ?? [])] },
      );
      const organization = new aws.detective.OrganizationConfiguration(
        `${name}-${region}`,
        { graphArn, autoEnable: true, region },
        { parent: this },
      );
      for (const { accountId, email } of args.members ?? [])
        new aws.detective.Member(
          `${name}-${region}-${accountId}`,
          { accountId, emailAddress: email, graphArn, disableEmailNotification: true, region },
          { parent: this, dependsOn: [organization] },
        );
      return [region, graphArn] as const;
    });
    this.graphArns = Object.fromEntries(graphs);
    this.registerOutputs({ graphArns: this.graphArns });
  }
}
