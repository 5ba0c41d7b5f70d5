/** The launch template that managers and workers are made from. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Architecture } from "../compute/instance-type";

export interface RunnerTemplateArgs {
  readonly templateName: string;
  readonly description: string;
  readonly architecture: Architecture;
  /** Of all instances; absent where the group chooses among several. */
  readonly instanceType?: string;
  readonly profileArn: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly userData: pulumi.Input<string>;
  /** Of the volume, GiB. */
  readonly diskGiB: number;
  readonly keyArn: pulumi.Input<string>;
  /** Whether containers on the instance get the credentials of its role: what one hop more is for. */
  readonly containersHaveRole: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Always the newest Amazon Linux 2023, as AWS names it when an instance starts; without a key for SSH, without a public
 * address, with IMDSv2 alone.
 *
 * Sources: Amazon Linux 2023 user guide, "Launching AL2023 using the SSM parameter and AWS CLI"; EC2 Auto Scaling user
 * guide, "Use AWS Systems Manager parameters instead of AMI IDs in launch templates"; FSBP controls EC2.25, EC2.170,
 * AutoScaling.4.
 */
export const runnerTemplate = (
  name: string,
  args: RunnerTemplateArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate => {
  const tags = { ...args.tags, Name: args.templateName };
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  const { userData } = args;
  return new aws.ec2.LaunchTemplate(
    name,
    {
      name: args.templateName,
      description: args.description,
      imageId: `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${args.architecture === "ARM64" ? "arm64" : "x86_64"}`,
      ...(args.instanceType === undefined ? {} : { instanceType: args.instanceType }),
      iamInstanceProfile: { arn: args.profileArn },
      userData: typeof userData === "string" ? encoded(userData) : pulumi.output(userData).apply(encoded),
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: args.containersHaveRole ? 2 : 1,
      },
      monitoring: { enabled: true },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: [args.securityGroupId],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            encrypted: "true",
            kmsKeyId: args.keyArn,
            volumeType: "gp3",
            volumeSize: args.diskGiB,
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: ["instance", "volume", "network-interface"].map(resourceType => ({
        resourceType,
        tags,
      })),
      updateDefaultVersion: true,
    },
    opts,
  );
};
