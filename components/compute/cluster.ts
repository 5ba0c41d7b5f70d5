import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../location";

export interface ClusterArgs {
  readonly clusterName: string;
  readonly at: Location;
}

/** An ECS cluster for Fargate, with Container Insights. Source: FSBP control ECS.12. */
export class Cluster extends pulumi.ComponentResource {
  readonly clusterName: string;
  readonly arn: string;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:Cluster", name, {}, opts);
    this.clusterName = args.clusterName;
    this.arn = arn("ecs", args.at, `cluster/${args.clusterName}`);
    const cluster = new aws.ecs.Cluster(
      name,
      { name: args.clusterName, settings: [{ name: "containerInsights", value: "enhanced" }] },
      { parent: this },
    );
    new aws.ecs.ClusterCapacityProviders(
      name,
      { clusterName: cluster.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"] },
      { parent: this },
    );
    this.registerOutputs({ arn: this.arn });
  }
}
