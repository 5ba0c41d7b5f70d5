import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { arn, type Location } from "../location";

export interface NightlyRunArgs {
  readonly at: Location;
  readonly pipelineName: string;
  /** As EventBridge has it, in UTC: `cron(30 2 * * ? *)`. */
  readonly schedule: string;
  /** What must be there before: the pipeline. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Starts a pipeline by the clock, and may start nothing else.
 *
 * Refused: a schedule that is not `cron(...)` of six fields.
 * Sources: CodePipeline user guide, "Start a pipeline on a schedule"; Amazon EventBridge user guide, "Setting a schedule
 * pattern for scheduled rules".
 */
export class NightlyRun extends pulumi.ComponentResource {
  constructor(name: string, args: NightlyRunArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:NightlyRun", name, {}, opts);
    const { at, pipelineName, schedule, after = [] } = args;
    if (!/^cron\(\S+( \S+){5}\)$/.test(schedule))
      throw new Error(
        `schedule of ${pipelineName} is "${schedule}"; it must be cron(<minutes> <hours> <day of month> <month> <day of week> <year>)`,
      );
    const here = { parent: this };
    const pipelineArn = arn("codepipeline", at, pipelineName);
    const role = new aws.iam.Role(
      `${name}-start`,
      {
        name: `${pipelineName}-start`,
        description: `Starts ${pipelineName}`,
        maxSessionDuration: 3600,
        assumeRolePolicy: trustService("events.amazonaws.com", at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      `${name}-start`,
      {
        role: role.name,
        policy: policyDocument([
          {
            Sid: "Start",
            Effect: "Allow",
            Action: "codepipeline:StartPipelineExecution",
            Resource: pipelineArn,
          },
        ]),
      },
      here,
    );
    const rule = new aws.cloudwatch.EventRule(
      `${name}-start`,
      { name: `${pipelineName}-start`, description: `Starts ${pipelineName}`, scheduleExpression: schedule },
      here,
    );
    new aws.cloudwatch.EventTarget(
      `${name}-start`,
      { rule: rule.name, targetId: "pipeline", arn: pipelineArn, roleArn: role.arn },
      { ...here, dependsOn: [permission, ...after] },
    );
    this.registerOutputs({});
  }
}
