import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";
import { LogGroup } from "../observability/log-group";
import { buildSpecification } from "./build-commands";

export interface CodeBuildProjectArgs {
  readonly at: Location;
  /** The project's, its role's and the end of its log group's: 2 to 64 letters, digits, hyphens and underscores. */
  readonly projectName: string;
  readonly description: string;
  /** What is run once the packages are installed, each in the same shell; the first that fails ends the build. */
  readonly commands: readonly string[];
  /** The role that the commands act with: the one thing that the build's own may take. Default: none. */
  readonly takesRoleArn?: string;
  /** Whole minutes, 5 to 2,160, after which a build is stopped; default 30. */
  readonly timeoutMinutes?: number;
  /** Of what it makes and of its logs. */
  readonly keyArn: pulumi.Input<string>;
  /** Lets it fetch its source. */
  readonly read: readonly Statement[];
  /** One of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: number;
}

/**
 * A build of a pipeline: it runs commands over what the pipeline hands it, in an image of AWS's, without root on its
 * host. Its role reads its source, writes its log, and may take one role, if any.
 *
 * The image is pinned to a release of AWS's for Amazon Linux on Graviton; what is in it, AWS patches.
 *
 * Refused: a name that CodeBuild or IAM refuses, minutes out of range, no command.
 * Sources: CodeBuild user guide, "Docker images provided by CodeBuild", "Allow CodeBuild to interact with other AWS
 * services", "Quotas for AWS CodeBuild"; FSBP controls CodeBuild.3 to CodeBuild.5.
 */
export class CodeBuildProject extends pulumi.ComponentResource {
  readonly projectName: string;
  readonly arn: string;
  readonly roleArn: string;

  constructor(name: string, args: CodeBuildProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:CodeBuildProject", name, {}, opts);
    requireSound(args);
    const here = { parent: this };
    const { at, projectName, takesRoleArn } = args;
    const log = new LogGroup(
      name,
      {
        name: `/landing-zone/builds/${projectName}`,
        retentionDays: args.logRetentionDays,
        keyArn: args.keyArn,
        at,
      },
      here,
    );
    const role = new aws.iam.Role(
      name,
      {
        name: projectName,
        description: `Builds of ${projectName}`,
        maxSessionDuration: 3600,
        assumeRolePolicy: trustService("codebuild.amazonaws.com", at.accountId),
      },
      here,
    );
    const permissions = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument([
          ...args.read,
          log.write,
          ...(takesRoleArn === undefined
            ? []
            : [
                {
                  Sid: "Take",
                  Effect: "Allow",
                  Action: "sts:AssumeRole",
                  Resource: takesRoleArn,
                } satisfies Statement,
              ]),
        ]),
      },
      here,
    );
    new aws.codebuild.Project(
      name,
      {
        name: projectName,
        description: args.description,
        serviceRole: role.arn,
        source: {
          type: "CODEPIPELINE",
          buildspec: buildSpecification({ ...args, sessionName: projectName }),
        },
        artifacts: { type: "CODEPIPELINE" },
        encryptionKey: args.keyArn,
        environment: {
          type: "ARM_CONTAINER",
          computeType: "BUILD_GENERAL1_MEDIUM",
          image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
          imagePullCredentialsType: "CODEBUILD",
          privilegedMode: false,
        },
        buildTimeout: args.timeoutMinutes ?? 30,
        queuedTimeout: 60,
        concurrentBuildLimit: 1,
        logsConfig: { cloudwatchLogs: { groupName: log.logGroupName, status: "ENABLED" } },
      },
      { ...here, dependsOn: [log, permissions] },
    );
    this.projectName = projectName;
    this.arn = arn("codebuild", at, `project/${projectName}`);
    this.roleArn = iamArn(at.accountId, `role/${projectName}`);
    this.registerOutputs({ arn: this.arn, roleArn: this.roleArn });
  }
}

function requireSound({ projectName, commands, timeoutMinutes = 30 }: CodeBuildProjectArgs): void {
  if (!/^[A-Za-z0-9][\w-]{1,63}$/.test(projectName))
    throw new Error(
      `projectName is "${projectName}"; it must be of 2 to 64 letters, digits, hyphens and underscores, and begin with a letter or digit`,
    );
  if (commands.length === 0) throw new Error(`${projectName} has no commands: it would build nothing`);
  if (!Number.isInteger(timeoutMinutes) || timeoutMinutes < 5 || timeoutMinutes > 2_160)
    throw new Error(
      `timeoutMinutes of ${projectName} is ${timeoutMinutes}; it must be a whole number of minutes, 5 to 2,160`,
    );
}
