import type * as aws from "@pulumi/aws";
import type { Statement } from "../identity/policy-document";

export interface PipelineSource {
  /** Of CodeConnections, in the same region; of this account, or shared with it. */
  readonly connectionArn: string;
  /** For example `example/landing-zone`. */
  readonly repository: string;
  readonly branch: string;
}

/** What the source is called on its way. */
export const sourceArtifact = "source";

/**
 * @param starts whether a push to the branch starts the pipeline.
 * Source: CodePipeline user guide, "CodeStarSourceConnection for Bitbucket Cloud, GitHub, GitHub Enterprise Server,
 * GitLab.com, and GitLab self-managed actions".
 */
export const sourceStage = (
  { connectionArn, repository, branch }: PipelineSource,
  starts: boolean,
): aws.types.input.codepipeline.PipelineStage => ({
  name: "Source",
  actions: [
    {
      name: "Source",
      category: "Source",
      owner: "AWS",
      provider: "CodeStarSourceConnection",
      version: "1",
      configuration: {
        ConnectionArn: connectionArn,
        FullRepositoryId: repository,
        BranchName: branch,
        DetectChanges: String(starts),
        OutputArtifactFormat: "CODE_ZIP",
      },
      outputArtifacts: [sourceArtifact],
    },
  ],
});

export const useConnection = ({ connectionArn }: PipelineSource): Statement => ({
  Sid: "FetchSource",
  Effect: "Allow",
  Action: "codeconnections:UseConnection",
  Resource: connectionArn,
});
