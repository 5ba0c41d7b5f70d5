import type * as aws from "@pulumi/aws";
import { sourceArtifact } from "./code-pipeline-source";

type Action = aws.types.input.codepipeline.PipelineStageAction;

/** Nothing of the stage begins before somebody has said yes. */
export const approval = (what: string, topicArn: string): Action => ({
  name: "Approve",
  category: "Approval",
  owner: "AWS",
  provider: "Manual",
  version: "1",
  runOrder: 1,
  configuration: { NotificationArn: topicArn, CustomData: what },
});

export const build = (step: string, projectName: string): Action => ({
  name: step,
  category: "Build",
  owner: "AWS",
  provider: "CodeBuild",
  version: "1",
  runOrder: 2,
  configuration: { ProjectName: projectName },
  inputArtifacts: [sourceArtifact],
});
