import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import type { Location } from "../location";
import { shortName } from "../short-name";
import { type InstanceImage, images } from "./instance-image";
import { instanceStatements } from "./instance-role";
import { type Architecture, architectureOf } from "./instance-type";
import { TaskSecurityGroup } from "./task-security-group";

export interface InstancesArgs {
  /** Names the role, the group and all else. */
  readonly product: string;
  /** The cluster they join; it need not be there before they are. */
  readonly clusterName: string;
  readonly at: Location;
  readonly vpcId: pulumi.Input<string>;
  /** The outbound subnets, one a zone. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** For example `m7g.large`; see architectureOf. */
  readonly instanceType: string;
  /** How many there are at most, 1 to 1,000; default 4. There are none while no task needs one. */
  readonly max?: number;
  /** Default `bottlerocket`. */
  readonly image?: InstanceImage;
  /** The volumes' key; its policy must hold `instanceVolumeStatements`. Default: the account's own. */
  readonly keyArn?: pulumi.Input<string>;
  /** Of instances, volumes and network interfaces, which a provider's default tags do not reach. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Days after which an instance is replaced, by one with the newest image. */
export const daysOfLife = 14;

/** Seconds that an instance needs from its start until tasks run on it. */
const warmup = 90;

/** Per cent: the new ones come before the old ones go. */
const replacing = { minHealthyPercentage: 100, maxHealthyPercentage: 200 };

/**
 * EC2 instances for a cluster's services, as many as their tasks need. Nobody logs in to them, there is no key and no
 * way in: Session Manager opens what shell there is. Nobody mends one either; each is replaced after two weeks, and
 * whenever the template changes, by one with the image that is newest then.
 *
 * Before an instance goes, whyever it does, ECS moves its tasks elsewhere. For that managed draining puts a lifecycle
 * hook of its own on the group; a second one would only hold up the end of each instance, because nobody would answer
 * it. Termination protection is off on purpose: EC2 Auto Scaling leaves protected instances alone when their time
 * is over, and every instance with a task on it would be protected, and so grow old.
 *
 * A deployment can not roll back to an older image: the template names no image but the place where the newest is told.
 *
 * Refused: an instance type that is none, and a number of instances out of range.
 * Sources: ECS developer guide, "Safely stop Amazon ECS workloads running on EC2 instances", "Automatically manage
 * Amazon ECS capacity with cluster auto scaling"; EC2 Auto Scaling user guide, "Replace Auto Scaling instances based on
 * maximum instance lifetime", "Use AWS Systems Manager parameters instead of AMI IDs in launch templates", "Instance
 * maintenance policies". FSBP controls AutoScaling.2, AutoScaling.3, AutoScaling.9, EC2.25, EC2.170.
 */
export class Instances extends pulumi.ComponentResource {
  /** What services name to run here. */
  readonly capacityProviderName: string;
  /** That of the tasks here. */
  readonly architecture: Architecture;

  constructor(
    private readonly name: string,
    private readonly args: InstancesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("landing-zone:compute:Instances", name, {}, opts);
    const { instanceType, max = 4, clusterName } = args;
    this.architecture = architectureOf(instanceType);
    if (!Number.isInteger(max) || max < 1 || max > 1_000)
      throw new Error(
        `max of the instances of ${clusterName} is ${max}: it is a whole number from 1 to 1000`,
      );
    // AWS keeps names that begin with aws, ecs and fargate for its own.
    this.capacityProviderName = shortName(`instances-${clusterName}`, 255);

    const group = this.group(this.template(this.profile()), max);
    new aws.ecs.CapacityProvider(
      name,
      {
        name: this.capacityProviderName,
        autoScalingGroupProvider: {
          autoScalingGroupArn: group.arn,
          managedDraining: "ENABLED",
          managedTerminationProtection: "DISABLED",
          managedScaling: {
            status: "ENABLED",
            targetCapacity: 100,
            minimumScalingStepSize: 1,
            maximumScalingStepSize: max,
            instanceWarmupPeriod: warmup,
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs({ capacityProviderName: this.capacityProviderName });
  }

  private profile(): aws.iam.InstanceProfile {
    const { at, product, clusterName } = this.args;
    const here = { parent: this };
    const resourceName = `${this.name}-instances`;
    const name = shortName(`${product}-instances`, 64);
    const role = new aws.iam.Role(
      resourceName,
      {
        ...productRole(at.accountId),
        name,
        // EC2 itself hands the role to the instances of its own account, and says no account when it takes it.
        assumeRolePolicy: policyDocument([
          { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
        ]),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      resourceName,
      { role: role.name, policy: policyDocument(instanceStatements(at, clusterName)) },
      here,
    );
    const { path } = productRole(at.accountId);
    return new aws.iam.InstanceProfile(
      resourceName,
      { name, role: role.name, path },
      // An instance that starts needs it; the profile does not name it.
      { ...here, dependsOn: permission },
    );
  }

  private template(profile: aws.iam.InstanceProfile): aws.ec2.LaunchTemplate {
    const { args, name } = this;
    const image = images[args.image ?? "bottlerocket"];
    const securityGroup = new TaskSecurityGroup(
      `${name}-instances`,
      { vpcId: args.vpcId, description: `Instances of ${args.clusterName}` },
      { parent: this },
    );
    const tags = { ...args.tags, Name: this.capacityProviderName };
    return new aws.ec2.LaunchTemplate(
      name,
      {
        name: this.launchName,
        description: `Instances of ${args.clusterName}`,
        imageId: `resolve:ssm:${image.parameter(this.architecture)}`,
        instanceType: args.instanceType,
        iamInstanceProfile: { arn: profile.arn },
        userData: Buffer.from(image.userData(args.clusterName)).toString("base64"),
        // A container that went through the instance's own network would be a second hop; tasks have no way there at all.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        monitoring: { enabled: true },
        networkInterfaces: [
          {
            deviceIndex: 0,
            associatePublicIpAddress: "false",
            deleteOnTermination: "true",
            securityGroups: [securityGroup.id],
          },
        ],
        blockDeviceMappings: image.disks.map(({ deviceName, size }) => ({
          deviceName,
          ebs: {
            encrypted: "true",
            volumeType: "gp3",
            deleteOnTermination: "true",
            ...(size === undefined ? {} : { volumeSize: size }),
            ...(args.keyArn === undefined ? {} : { kmsKeyId: args.keyArn }),
          },
        })),
        tagSpecifications: ["instance", "volume", "network-interface"].map(resourceType => ({
          resourceType,
          tags,
        })),
        updateDefaultVersion: true,
      },
      { parent: this },
    );
  }

  private group(template: aws.ec2.LaunchTemplate, max: number): aws.autoscaling.Group {
    const { args } = this;
    // The first is what ECS puts on the group itself; left out here, the next deployment would take it off.
    const tags = { AmazonECSManaged: "true", ...args.tags, Name: this.capacityProviderName };
    return new aws.autoscaling.Group(
      this.name,
      {
        name: this.launchName,
        minSize: 0,
        maxSize: max,
        vpcZoneIdentifiers: args.subnetIds,
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        healthCheckType: "EC2",
        healthCheckGracePeriod: warmup,
        defaultInstanceWarmup: warmup,
        maxInstanceLifetime: daysOfLife * 24 * 60 * 60,
        instanceMaintenancePolicy: replacing,
        instanceRefresh: {
          strategy: "Rolling",
          preferences: {
            ...replacing,
            instanceWarmup: String(warmup),
            scaleInProtectedInstances: "Refresh",
            standbyInstances: "Terminate",
          },
        },
        tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
        // There are none until a task needs one, and nothing on one is worth waiting for when the group goes.
        waitForCapacityTimeout: "0",
        forceDelete: true,
      },
      // How many there are is the business of ECS.
      { parent: this, ignoreChanges: ["desiredCapacity"] },
    );
  }

  private get launchName(): string {
    return shortName(this.capacityProviderName, 128);
  }
}
