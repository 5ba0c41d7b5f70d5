import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Units a second: a read unit is one read of up to 4 KB, a write unit one write of up to 1 KB. */
export interface Units {
  readonly min: number;
  readonly max: number;
}

export interface Capacity {
  readonly read: Units;
  readonly write: Units;
}

/** Per cent of what is provisioned that is to be used; AWS's own default. */
const target = 70;

/**
 * Keeps what is provisioned for a table, and for each of its indexes, between two bounds, 70 % used.
 * Source: DynamoDB developer guide, "Managing throughput capacity automatically with DynamoDB auto scaling".
 */
export function scaleTable(
  name: string,
  { table, indexes, capacity }: { table: aws.dynamodb.Table; indexes: readonly string[]; capacity: Capacity },
  opts: pulumi.CustomResourceOptions,
): void {
  const of = [{ suffix: "", path: "", kind: "table" }].concat(
    indexes.map(index => ({ suffix: `-${index}`, path: `/index/${index}`, kind: "index" })),
  );
  for (const { suffix, path, kind } of of)
    for (const [what, word] of [
      ["read", "Read"],
      ["write", "Write"],
    ] as const) {
      const { min, max } = capacity[what];
      const scaled = new aws.appautoscaling.Target(
        `${name}${suffix}-${what}`,
        {
          serviceNamespace: "dynamodb",
          resourceId: table.name.apply(tableName => `table/${tableName}${path}`),
          scalableDimension: `dynamodb:${kind}:${word}CapacityUnits`,
          minCapacity: min,
          maxCapacity: max,
        },
        opts,
      );
      new aws.appautoscaling.Policy(
        `${name}${suffix}-${what}`,
        {
          policyType: "TargetTrackingScaling",
          serviceNamespace: scaled.serviceNamespace,
          resourceId: scaled.resourceId,
          scalableDimension: scaled.scalableDimension,
          targetTrackingScalingPolicyConfiguration: {
            predefinedMetricSpecification: {
              predefinedMetricType: `DynamoDB${word}CapacityUtilization`,
            },
            targetValue: target,
          },
        },
        opts,
      );
    }
}
