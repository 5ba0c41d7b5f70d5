import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Architecture, architectureOf } from "../compute/instance-type";
import type { Location } from "../location";
import { runnerTemplate } from "./runner-instances";
import { InstanceRole, jobStatements, workerStatements } from "./runner-roles";
import { workerStart } from "./runner-start";

export interface RunnerWorkersArgs {
  readonly at: Location;
  /** Names the Auto Scaling group and the launch template. */
  readonly groupName: string;
  readonly roleName: string;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** The manager's, which alone calls. */
  readonly managerSecurityGroupId: pulumi.Input<string>;
  /** Instance types, the dearest to you first; all of one architecture. */
  readonly types: readonly string[];
  /** How many there are at most, 1 to 100. */
  readonly most: number;
  /** Of the volumes. */
  readonly keyArn: pulumi.Input<string>;
  /** The parameter with the manager's public key. */
  readonly keyParameter: string;
  /** ARNs of roles that jobs may take; none: jobs have no credentials of the worker's at all. */
  readonly jobRoles: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** What must be there before a worker starts. */
  readonly after?: readonly pulumi.Resource[];
}

/** GiB for images and for what jobs write. */
const diskGiB = 50;

/**
 * Spot instances that jobs run on, in Docker. The manager says how many there are, ends each when it has done its jobs,
 * and alone gets in, by SSH from its security group with a key that it makes anew each time it starts. There are none
 * when nothing is to do.
 *
 * What jobs get of AWS is the workers' role: with `jobRoles` containers reach the instance's metadata, without they do
 * not, and the role then opens nothing but the manager's public key.
 *
 * Refused: types of two architectures, what is no type, one twice; a number out of range.
 *
 * Sources: fleeting-plugin-aws, "Autoscaling Group Setup"; EC2 Auto Scaling user guide, "Auto Scaling groups with
 * multiple instance types and purchase options", "Use instance scale-in protection"; FSBP controls AutoScaling.2,
 * AutoScaling.6, AutoScaling.9.
 */
export class RunnerWorkers extends pulumi.ComponentResource {
  readonly architecture: Architecture;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: RunnerWorkersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RunnerWorkers", name, {}, opts);
    const here = { parent: this };
    const { at, groupName, most, keyParameter, jobRoles } = args;
    this.architecture = oneArchitecture(args.types);
    if (!Number.isInteger(most) || most < 1 || most > 100)
      throw new Error(`most is ${most}; it must be a whole number of workers from 1 to 100`);
    const { profileArn } = new InstanceRole(
      name,
      {
        roleName: args.roleName,
        description: "What jobs of the runner may do: take roles to deploy with",
        statements: [...workerStatements(at, keyParameter), ...jobStatements(jobRoles)],
      },
      here,
    );
    const group = jobsGroup(
      name,
      {
        vpcId: args.vpcId,
        description: "Workers of the runner",
        groupName,
        callerId: args.managerSecurityGroupId,
        port: 22,
      },
      here,
    );
    this.securityGroupId = group.id;
    const template = runnerTemplate(
      name,
      {
        templateName: groupName,
        description: "Workers of the runner",
        architecture: this.architecture,
        profileArn,
        securityGroupId: group.id,
        userData: workerStart({ region: at.region, keyParameter }),
        diskGiB,
        keyArn: args.keyArn,
        containersHaveRole: jobRoles.length > 0,
        tags: args.tags,
      },
      here,
    );
    new aws.autoscaling.Group(
      name,
      {
        name: groupName,
        minSize: 0,
        maxSize: most,
        vpcZoneIdentifiers: [...args.subnetIds],
        mixedInstancesPolicy: {
          launchTemplate: {
            launchTemplateSpecification: {
              launchTemplateId: template.id,
              version: template.latestVersion.apply(String),
            },
            overrides: args.types.map(instanceType => ({ instanceType })),
          },
          instancesDistribution: {
            onDemandBaseCapacity: 0,
            onDemandPercentageAboveBaseCapacity: 0,
            spotAllocationStrategy: "capacity-optimized-prioritized",
          },
        },
        healthCheckType: "EC2",
        // The manager ends workers; to even out zones would end jobs.
        protectFromScaleIn: true,
        suspendedProcesses: ["AZRebalance"],
        metricsGranularity: "1Minute",
        enabledMetrics: ["GroupInServiceInstances", "GroupMaxSize"],
        tags: Object.entries({ ...args.tags, Name: groupName }).map(([key, value]) => ({
          key,
          value,
          propagateAtLaunch: true,
        })),
        // Nothing on a worker is worth waiting for when the group goes.
        waitForCapacityTimeout: "0",
        forceDelete: true,
      },
      { ...here, ignoreChanges: ["desiredCapacity"], dependsOn: [...(args.after ?? [])] },
    );
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}

function oneArchitecture(types: readonly string[]): Architecture {
  const [first, ...others] = types;
  if (first === undefined) throw new Error("types is empty; name an instance type or more");
  const architecture = architectureOf(first);
  for (const type of others)
    if (architectureOf(type) !== architecture)
      throw new Error(`types holds ${first} and ${type}, of two architectures; jobs are built for one`);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice !== undefined) throw new Error(`types holds ${twice} twice`);
  return architecture;
}

/** Where jobs run: called by the manager alone, by SSH, and calling by TLS alone. */
export function jobsGroup(
  name: string,
  args: {
    readonly vpcId: pulumi.Input<string>;
    readonly description: string;
    readonly groupName: string;
    readonly callerId: pulumi.Input<string>;
    readonly port: number;
  },
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    name,
    { vpcId: args.vpcId, description: args.description, tags: { Name: args.groupName } },
    opts,
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-tls-out`,
    {
      securityGroupId: group.id,
      description: "TLS to AWS, GitLab and beyond",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    opts,
  );
  managerCalls(name, { groupId: group.id, callerId: args.callerId, port: args.port }, opts);
  return group;
}

/** From the manager to where a job is to run, there and nowhere else. */
function managerCalls(
  name: string,
  way: {
    readonly groupId: pulumi.Input<string>;
    readonly callerId: pulumi.Input<string>;
    readonly port: number;
  },
  opts: pulumi.CustomResourceOptions,
): void {
  const ports = { ipProtocol: "tcp", fromPort: way.port, toPort: way.port };
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-from-manager`,
    {
      securityGroupId: way.groupId,
      description: "The manager, by SSH",
      referencedSecurityGroupId: way.callerId,
      ...ports,
      tags: { "allow-ssh": "The runner's manager starts jobs on its workers; nobody else has the key" },
    },
    opts,
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-of-manager`,
    {
      securityGroupId: way.callerId,
      description: "To where jobs run, by SSH",
      referencedSecurityGroupId: way.groupId,
      ...ports,
    },
    opts,
  );
}
