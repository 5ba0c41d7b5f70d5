import type * as pulumi from "@pulumi/pulumi";
import { Bucket } from "../components/data/bucket";
import type { Keeping } from "../components/data/keeping";
import { drillName } from "../components/delivery/restore-drill/thing";
import { accessLogBucketName } from "../components/logs/access-log-bucket";
import type { EnvironmentName, LandingZone, Product } from "./description";
import { resourceName, type Where } from "./kinds";
import { plannedDrill } from "./restore-drills";

/**
 * Where a product's restore drill restores buckets into: AWS Backup would make them itself, but not closed, encrypted and
 * versioned as all others are. A drill empties them; what it can not, S3 deletes within two days.
 */
export function drillBuckets(
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
  where: Where,
  keeping: Keeping,
  opts: pulumi.ComponentResourceOptions,
): void {
  const drill = plannedDrill(zone, product);
  if (drill?.to !== environment) return;
  for (const [name, resource] of drill.things)
    if (resource.kind === "bucket")
      new Bucket(
        `${name}-drill`,
        {
          ...keeping,
          bucketName: drillName(resourceName(product, name, resource, where)),
          expireAfterDays: 1,
          replacedDays: 1,
          // What AWS Backup asks of a bucket that it restores into is no more than of one that it backs up.
          events: product.dataClass === "restricted",
          accessLogs: { bucketName: accessLogBucketName(where.at) },
        },
        opts,
      );
}
