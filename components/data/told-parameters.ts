import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A name of a parameter, such as `/orders-ledger/host`, and what it holds. */
type Told = readonly [parameterName: string, value: pulumi.Input<string>];

/**
 * Keeps what only AWS knows, such as the host of a database, in parameters that containers are told of when they start:
 * the `parameters` of an `Access`. No secrets.
 *
 * @param told by a word that tells them apart in the names of resources.
 */
export function toldParameters(
  parent: pulumi.ComponentResource,
  name: string,
  told: Readonly<Record<string, Told>>,
  description?: string,
): void {
  for (const [what, [parameterName, value]] of Object.entries(told))
    new aws.ssm.Parameter(
      `${name}-${what}`,
      { name: parameterName, type: "String", value, ...(description === undefined ? {} : { description }) },
      { parent },
    );
}

/** Where what is called over the network is reached. */
export const toldHosts = (
  parent: pulumi.ComponentResource,
  name: string,
  resourceName: string,
  hosts: Readonly<Record<string, Told>>,
): void => toldParameters(parent, name, hosts, `Where ${resourceName} is reached`);
