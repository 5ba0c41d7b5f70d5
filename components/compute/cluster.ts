import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import type { Instances } from "./instances";

export interface ClusterArgs {
  /** Letters, digits, hyphens and underscores, at most 255. */
  readonly clusterName: string;
  readonly at: Location;
  /** What people type and see in sessions of ECS exec is kept there; the group is made elsewhere, so that it stays. */
  readonly logGroup: { readonly name: string };
  /** Encrypts sessions beyond TLS: who opens one, and the role of the task, must be allowed to use it. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * The key of the disks that Fargate gives tasks while they run; its policy must hold `fargateStorageStatements`.
   * Default: a key of AWS's own.
   */
  readonly storageKeyArn?: pulumi.Input<string>;
  /** EC2 instances that services may run on too. */
  readonly instances?: Instances;
}

/** What runs on a cluster without a strategy of its own, which nothing here does. */
const usualProvider = "FARGATE";

/**
 * An ECS cluster for Fargate and for instances, with Container Insights of every task and container, and with a record
 * of every session that somebody opens in a container.
 *
 * Refused: a name that ECS does not take.
 * Sources: FSBP control ECS.12; ECS developer guide, "Monitor Amazon ECS containers with ECS Exec", "Customer managed
 * keys for AWS Fargate ephemeral storage for Amazon ECS"; ECS API reference, "PutClusterCapacityProviders".
 */
export class Cluster extends pulumi.ComponentResource {
  readonly clusterName: string;
  readonly arn: string;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:Cluster", name, {}, opts);
    const { clusterName, logGroup, keyArn, storageKeyArn, instances, at } = args;
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(clusterName))
      throw new Error(
        `clusterName is ${JSON.stringify(clusterName)}: it has letters, digits, hyphens and underscores, at most 255`,
      );
    this.clusterName = clusterName;
    this.arn = arn("ecs", at, `cluster/${clusterName}`);
    const cluster = new aws.ecs.Cluster(
      name,
      {
        name: clusterName,
        settings: [{ name: "containerInsights", value: "enhanced" }],
        configuration: {
          executeCommandConfiguration: {
            kmsKeyId: keyArn,
            logging: "OVERRIDE",
            logConfiguration: {
              cloudWatchEncryptionEnabled: true,
              cloudWatchLogGroupName: logGroup.name,
            },
          },
          ...(storageKeyArn === undefined
            ? {}
            : { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: storageKeyArn } }),
        },
      },
      { parent: this },
    );
    new aws.ecs.ClusterCapacityProviders(
      name,
      {
        clusterName: cluster.name,
        capacityProviders: [
          usualProvider,
          "FARGATE_SPOT",
          ...(instances === undefined ? [] : [instances.capacityProviderName]),
        ],
        defaultCapacityProviderStrategies: [{ capacityProvider: usualProvider, weight: 1 }],
      },
      { parent: this, dependsOn: instances === undefined ? [] : [instances] },
    );
    this.registerOutputs({ arn: this.arn });
  }
}

/**
 * What a key's policy must say for Fargate to encrypt the disks of tasks in one account's clusters with it: make data
 * keys, and let the task's host decrypt them while the task runs; nothing else, and for no other cluster.
 *
 * Source: ECS developer guide, "Create an encryption key for Fargate ephemeral storage for Amazon ECS".
 */
export const fargateStorageStatements = (
  { accountId }: Location,
  clusterNames: readonly string[],
): Statement[] => {
  const only = {
    StringEquals: {
      "kms:EncryptionContext:aws:ecs:clusterAccount": accountId,
      "kms:EncryptionContext:aws:ecs:clusterName": clusterNames,
    },
  };
  const fargate = {
    Effect: "Allow",
    Principal: { Service: "fargate.amazonaws.com" },
    Resource: "*",
  } as const;
  return [
    {
      ...fargate,
      Sid: "DisksOfTasks",
      Action: "kms:GenerateDataKeyWithoutPlaintext",
      Condition: only,
    },
    {
      ...fargate,
      Sid: "HostsOfTasks",
      Action: "kms:CreateGrant",
      // A grant always names its operations; asked for, so that the second condition cannot hold without them.
      Condition: {
        ...only,
        Null: { "kms:GrantOperations": "false" },
        "ForAllValues:StringEquals": { "kms:GrantOperations": "Decrypt" },
      },
    },
  ];
};
