import * as pulumi from "@pulumi/pulumi";

/**
 * The first so many of a list of subnets, each by itself. How long the list is may not be known before the subnets are
 * there; how many resources are to be made must be.
 */
export const firstSubnets = (
  subnetIds: pulumi.Input<pulumi.Input<string>[]>,
  count: number,
): pulumi.Output<string>[] =>
  Array.from({ length: count }, (_, index) => pulumi.output(subnetIds).apply(ids => ids?.[index] as string));
