import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";

export interface PipelineFailuresArgs {
  readonly at: Location;
  readonly ruleName: string;
  readonly pipelineNames: readonly string[];
  /** Of the same account and region; lets EventBridge publish. */
  readonly topicArn: string;
  /** What must be there before: the topic. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Tells a topic of pipelines that fail, in a sentence with a link.
 *
 * Source: CodePipeline user guide, "Monitoring CodePipeline events" (pipeline execution state change).
 */
export class PipelineFailures extends pulumi.ComponentResource {
  constructor(name: string, args: PipelineFailuresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:PipelineFailures", name, {}, opts);
    const { at, pipelineNames, topicArn, after = [] } = args;
    const here = { parent: this };
    const rule = new aws.cloudwatch.EventRule(
      `${name}-failures`,
      {
        name: args.ruleName,
        description: `Tells of failures of ${pipelineNames.join(" and ")}`,
        eventPattern: JSON.stringify({
          source: ["aws.codepipeline"],
          "detail-type": ["CodePipeline Pipeline Execution State Change"],
          detail: { state: ["FAILED"], pipeline: pipelineNames },
        }),
      },
      here,
    );
    const view = `https://${at.region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/<pipeline>/executions/<execution>/timeline?region=${at.region}`;
    new aws.cloudwatch.EventTarget(
      `${name}-failures`,
      {
        rule: rule.name,
        targetId: "topic",
        arn: topicArn,
        inputTransformer: {
          inputPaths: { pipeline: "$.detail.pipeline", execution: "$.detail.execution-id" },
          inputTemplate: JSON.stringify(
            `The pipeline <pipeline> of account ${at.accountId} has failed; which step and why is at ${view}`,
          ),
        },
      },
      { ...here, dependsOn: [...after] },
    );
    this.registerOutputs({});
  }
}
