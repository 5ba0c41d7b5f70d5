import type * as aws from "@pulumi/aws";

export interface CapacityRules {
  /** Per cent of the tasks above the least that run on Fargate Spot, 0 to 100; default 0. */
  readonly spot?: number;
  /** The least number of tasks; these never run on Spot. */
  readonly min: number;
  /** Where it runs if not on Fargate. There is no Spot of these. */
  readonly instances?: { readonly capacityProviderName: string };
}

/** The highest base that ECS takes. */
const highestBase = 100_000;

/**
 * What a service's tasks run on, always said by a strategy: ECS replaces a service that goes from a launch type to a
 * strategy, and one that goes from one strategy to another only without `forceNewDeployment`. So a share of Spot, or
 * instances, may come and go with a deployment.
 *
 * With Spot the least number of tasks is the base on Fargate; of what is above, the weights say how many per cent run
 * where. AWS may take away all that is on Spot at once, with two minutes' notice.
 *
 * Refused: a share that is no whole number from 0 to 100.
 * Sources: ECS API reference, "CapacityProviderStrategyItem"; ECS developer guide, "Amazon ECS clusters for Fargate",
 * "Fargate platform versions for Amazon ECS".
 */
export function capacityOf({
  spot = 0,
  min,
  instances,
}: CapacityRules): Pick<
  aws.ecs.ServiceArgs,
  "capacityProviderStrategies" | "launchType" | "platformVersion" | "forceNewDeployment"
> {
  if (!Number.isInteger(spot) || spot < 0 || spot > 100)
    throw new Error(`spot is ${spot}: it is a share in per cent, a whole number from 0 to 100`);
  const forceNewDeployment = true;
  if (instances !== undefined)
    return {
      capacityProviderStrategies: [{ capacityProvider: instances.capacityProviderName, weight: 1 }],
      forceNewDeployment,
    };
  return {
    capacityProviderStrategies:
      spot === 0
        ? [{ capacityProvider: "FARGATE", weight: 1 }]
        : [
            { capacityProvider: "FARGATE", base: Math.min(min, highestBase), weight: 100 - spot },
            { capacityProvider: "FARGATE_SPOT", weight: spot },
          ],
    platformVersion: "LATEST",
    forceNewDeployment,
  };
}
