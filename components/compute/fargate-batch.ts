import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn } from "../location";
import type { Cluster } from "./cluster";
import { FargateTaskDefinition, type FargateTaskDefinitionArgs } from "./fargate-task-definition";
import { TaskSecurityGroup, type TaskSecurityGroupArgs } from "./task-security-group";

export interface FargateBatchArgs extends FargateTaskDefinitionArgs {
  readonly cluster: Cluster;
  readonly vpcId: pulumi.Input<string>;
  /** The outbound subnets. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it calls over the network; see TaskSecurityGroup. */
  readonly calls?: TaskSecurityGroupArgs["calls"];
  /**
   * When it runs: by a rate or cron expression of EventBridge, in UTC, or when an object has been put into the
   * bucket, below the prefix. The bucket must send its events to EventBridge.
   */
  readonly on: { readonly schedule: string } | { readonly bucketName: string; readonly prefix: string };
}

/**
 * A task that EventBridge runs on Fargate. For an object, the bucket and the key are added to the container's
 * environment as `OBJECT_BUCKET` and `OBJECT_KEY`. EventBridge's role may run this task definition in this cluster
 * and hand it its two roles, no other.
 *
 * Source: EventBridge user guide, "Amazon ECS task targets"; S3 user guide, "Using EventBridge".
 */
export class FargateBatch extends pulumi.ComponentResource {
  /** The tasks'. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: FargateBatchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:FargateBatch", name, {}, opts);
    const here = { parent: this };
    const { at, on } = args;
    const batchName = `${args.product}-${args.workload}`;

    const definition = new FargateTaskDefinition(name, args, here);
    const group = new TaskSecurityGroup(
      name,
      { vpcId: args.vpcId, description: `Tasks of ${batchName}`, calls: args.calls },
      here,
    );

    const role = new aws.iam.Role(
      `${name}-events`,
      {
        ...productRole(at.accountId),
        name: `${batchName}-events`,
        assumeRolePolicy: trustService("events.amazonaws.com", at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      `${name}-events`,
      {
        role: role.name,
        policy: policyDocument([
          {
            Sid: "Run",
            Effect: "Allow",
            Action: "ecs:RunTask",
            Resource: arn("ecs", at, `task-definition/${definition.family}:*`),
            Condition: { ArnEquals: { "ecs:cluster": args.cluster.arn } },
          },
          {
            Sid: "HandOverRoles",
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: [definition.roleArns.task, definition.roleArns.execution],
            Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
          },
        ]),
      },
      here,
    );
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        name: batchName,
        description:
          "schedule" in on
            ? `Runs ${batchName} on ${on.schedule}`
            : `Runs ${batchName} on objects in ${on.bucketName}`,
        ...("schedule" in on
          ? { scheduleExpression: on.schedule }
          : {
              eventPattern: JSON.stringify({
                source: ["aws.s3"],
                "detail-type": ["Object Created"],
                detail: { bucket: { name: [on.bucketName] }, object: { key: [{ prefix: on.prefix }] } },
              }),
            }),
      },
      here,
    );
    new aws.cloudwatch.EventTarget(
      name,
      {
        rule: rule.name,
        arn: args.cluster.arn,
        roleArn: role.arn,
        ecsTarget: {
          taskDefinitionArn: definition.arn,
          launchType: "FARGATE",
          platformVersion: "LATEST",
          propagateTags: "TASK_DEFINITION",
          networkConfiguration: {
            subnets: args.subnetIds,
            securityGroups: [group.id],
            assignPublicIp: false,
          },
        },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
        ...("schedule" in on
          ? {}
          : {
              inputTransformer: {
                inputPaths: { bucket: "$.detail.bucket.name", key: "$.detail.object.key" },
                inputTemplate: JSON.stringify({
                  containerOverrides: [
                    {
                      name: definition.containerName,
                      environment: [
                        { name: "OBJECT_BUCKET", value: "<bucket>" },
                        { name: "OBJECT_KEY", value: "<key>" },
                      ],
                    },
                  ],
                }),
              },
            }),
      },
      { ...here, dependsOn: [args.cluster, permission] },
    );
    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}
