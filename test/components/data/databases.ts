/** Relational databases as dev and prod keep them, for tests. */
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { AuroraCluster, type AuroraClusterArgs } from "../../../components/data/aurora-cluster";
import { DatabaseInstance, type DatabaseInstanceArgs } from "../../../components/data/database-instance";
import { at } from "../planned";
import { alarmTopics } from "../told";

export const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
export const logKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/2";

export const dev = { deletionProtection: false, multiZone: false } as const;
export const prod = { deletionProtection: true, multiZone: true } as const;

const common = {
  at,
  keyArn,
  alarmTopics,
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  backupDays: 7,
  logs: { keyArn: logKeyArn, retentionDays: 30 },
};

export const cluster = (
  more: Partial<AuroraClusterArgs> = {},
  name = "ledger",
  opts: ComponentResourceOptions = { protect: true },
) =>
  new AuroraCluster(
    name,
    {
      ...common,
      ...prod,
      clusterName: `orders-${name}`,
      engine: "aurora-postgresql",
      engineVersion: "16.8",
      capacity: { serverless: { min: 0.5, max: 8 } },
      ...more,
    },
    opts,
  );

export const instance = (
  more: Partial<DatabaseInstanceArgs> = {},
  name = "ledger",
  opts: ComponentResourceOptions = { protect: true },
) =>
  new DatabaseInstance(
    name,
    {
      ...common,
      ...prod,
      instanceName: `orders-${name}`,
      engine: "postgres",
      engineVersion: "17.4",
      instanceClass: "db.m7g.large",
      storage: { gib: 100, upTo: 500 },
      ...more,
    },
    opts,
  );
