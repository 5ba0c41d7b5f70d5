import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Topic } from "../data/topic";
import { policyDocument, trustService } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { EncryptionKey, useOfKey } from "../security/encryption-key";
import { CodeBuildProject } from "./code-build-project";
import { type PipelineSource, sourceStage, useConnection } from "./code-pipeline-source";
import { approval, build } from "./code-pipeline-stages";
import { NightlyRun } from "./nightly-run";
import { PipelineArtifacts } from "./pipeline-artifacts";
import { PipelineFailures } from "./pipeline-failures";

export interface PipelineStep {
  /** Of one word, for example `Deploy`. */
  readonly name: string;
  readonly description: string;
  /** What is run once the packages are installed; the first that fails ends the run. */
  readonly commands: readonly string[];
  /** The role that the commands act with; default: none. */
  readonly takesRoleArn?: string;
  /** Whole minutes, 5 to 2,160; default 30. */
  readonly timeoutMinutes?: number;
  /** What somebody must approve first; the run waits for up to a week. */
  readonly approve?: string;
}

export interface CodePipelineArgs {
  readonly at: Location;
  /** At most 24 lower-case letters, digits and hyphens: a bucket, builds and roles are called by it. */
  readonly pipelineName: string;
  readonly source: PipelineSource;
  /** In their order. */
  readonly steps: readonly PipelineStep[];
  /** What runs beside them every night, over the newest source; `schedule` as EventBridge has it, in UTC. */
  readonly nightly?: PipelineStep & { readonly schedule: string };
  /** Who hears of failures and of what waits for approval; each confirms once. At least one. */
  readonly mailsTo: readonly string[];
  /** One of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: number;
  /** The account's bucket for records of requests to buckets. */
  readonly accessLogBucketName: string;
}

/**
 * A pipeline in AWS CodePipeline: a push to a branch is fetched by a connection, and goes through the steps, each a build
 * with a role of its own (`buildName`). A newer push overtakes one that waits, so that nobody approves what is old.
 *
 * Refused: no steps, two of one name, nobody to mail to, and what the parts refuse.
 * Sources: CodePipeline user guide, "Pipeline types", "Set or change the pipeline execution mode", "Manage the
 * CodePipeline service role", "Add a manual approval action to a stage".
 */
export class CodePipeline extends pulumi.ComponentResource {
  readonly pipelineName: string;
  readonly topicArn: string;
  /** By the step's name. */
  readonly buildRoleArns: Readonly<Record<string, string>>;

  constructor(name: string, args: CodePipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:CodePipeline", name, {}, opts);
    requireSound(args);
    const here = { parent: this };
    const kept = { ...here, protect: true };
    const { at, pipelineName, nightly } = args;
    const topicName = `${pipelineName}-pipeline`;
    const keyAlias = `${pipelineName}-pipeline`;
    this.pipelineName = pipelineName;
    this.topicArn = arn("sns", at, topicName);

    const { arn: keyArn } = new EncryptionKey(
      name,
      {
        alias: keyAlias,
        description: `What ${pipelineName} hands on, logs and tells`,
        at,
        logGroups: [`/landing-zone/builds/${pipelineName}-*`],
        publishers: { [this.topicArn]: ["events.amazonaws.com"] },
      },
      kept,
    );
    const artifacts = new PipelineArtifacts(
      name,
      {
        at,
        bucketName: `${pipelineName}-pipeline-${at.accountId}-${at.region}`,
        keyArn,
        keyAlias,
        accessLogBucketName: args.accessLogBucketName,
      },
      kept,
    );
    const topic = new Topic(
      name,
      {
        topicName,
        at,
        keyArn,
        deliversTo: {},
        publishers: ["events.amazonaws.com"],
        mailsTo: args.mailsTo,
      },
      here,
    );
    const all = [...args.steps, ...(nightly === undefined ? [] : [nightly])];
    const projects = all.map(
      ({ name: step, description, commands, takesRoleArn, timeoutMinutes }) =>
        new CodeBuildProject(
          `${name}-${step}`,
          {
            at,
            projectName: buildName(pipelineName, step),
            description,
            commands,
            ...(takesRoleArn === undefined ? {} : { takesRoleArn }),
            ...(timeoutMinutes === undefined ? {} : { timeoutMinutes }),
            keyArn,
            read: artifacts.read,
            logRetentionDays: args.logRetentionDays,
          },
          here,
        ),
    );
    this.buildRoleArns = Object.fromEntries(
      all.map(({ name: step }, i) => [step, projects[i]?.roleArn ?? ""]),
    );

    const role = new aws.iam.Role(
      name,
      {
        name: `${pipelineName}-pipeline`,
        description: `Hands on what ${pipelineName} builds`,
        maxSessionDuration: 3600,
        assumeRolePolicy: trustService("codepipeline.amazonaws.com", at.accountId),
      },
      here,
    );
    const permissions = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument([
          useConnection(args.source),
          ...artifacts.write,
          {
            Sid: "Build",
            Effect: "Allow",
            Action: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
            Resource: projects.map(({ arn }) => arn),
          },
          { Sid: "AskForApproval", Effect: "Allow", Action: "sns:Publish", Resource: this.topicArn },
          { ...useOfKey(at, keyAlias, ["sns"]), Sid: "KeyOfTopic" },
        ]),
      },
      here,
    );
    const pipeline = (its: string, pipelineCalled: string, steps: readonly PipelineStep[], starts: boolean) =>
      new aws.codepipeline.Pipeline(
        its,
        {
          name: pipelineCalled,
          pipelineType: "V2",
          executionMode: "SUPERSEDED",
          roleArn: role.arn,
          artifactStores: [
            {
              type: "S3",
              location: artifacts.bucketName,
              encryptionKey: { id: keyArn, type: "KMS" },
            },
          ],
          stages: [
            sourceStage(args.source, starts),
            ...steps.map(({ name: step, approve }) => ({
              name: step,
              actions: [
                ...(approve === undefined ? [] : [approval(approve, this.topicArn)]),
                build(step, buildName(pipelineName, step)),
              ],
            })),
          ],
        },
        { ...here, dependsOn: [permissions, artifacts, topic, ...projects] },
      );
    pipeline(name, pipelineName, args.steps, true);
    if (nightly !== undefined) {
      const nightlyName = buildName(pipelineName, nightly.name);
      const run = pipeline(`${name}-${nightly.name}`, nightlyName, [nightly], false);
      new NightlyRun(
        `${name}-${nightly.name}`,
        { at, pipelineName: nightlyName, schedule: nightly.schedule, after: [run] },
        here,
      );
    }
    new PipelineFailures(
      name,
      {
        at,
        ruleName: `${pipelineName}-pipeline-failures`,
        pipelineNames: [
          pipelineName,
          ...(nightly === undefined ? [] : [buildName(pipelineName, nightly.name)]),
        ],
        topicArn: this.topicArn,
        after: [topic],
      },
      here,
    );
    this.registerOutputs({ pipelineName, topicArn: this.topicArn });
  }
}

/** What the build of a step and its role are called; a step that runs at night has a pipeline of that name, too. */
export const buildName = (pipelineName: string, step: string): string =>
  `${pipelineName}-${step.toLowerCase()}`;

function requireSound({ pipelineName, steps, nightly, mailsTo }: CodePipelineArgs): void {
  if (!/^[a-z0-9][a-z0-9-]{0,23}$/.test(pipelineName))
    throw new Error(
      `pipelineName is "${pipelineName}"; it must be of at most 24 lower-case letters, digits and hyphens, for a bucket is called by it`,
    );
  if (steps.length === 0) throw new Error(`${pipelineName} has no steps: it would do nothing`);
  if (mailsTo.length === 0)
    throw new Error(`mailsTo of ${pipelineName} is empty: nobody would hear of a failure`);
  const names = [...steps, ...(nightly === undefined ? [] : [nightly])].map(({ name }) => name.toLowerCase());
  const wrong = names.find(name => !/^[a-z][a-z0-9]{0,19}$/.test(name) || name === "source");
  if (wrong !== undefined)
    throw new Error(
      `${pipelineName} has a step "${wrong}"; it must be one word of at most 20 letters and digits, and not Source`,
    );
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`${pipelineName} has two steps called "${twice}"`);
}
