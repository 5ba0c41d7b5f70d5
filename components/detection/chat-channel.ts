import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";

export interface ChatChannelArgs {
  /** Twelve digits. */
  readonly accountId: string;
  /** For example `T07EA123LEP`. Somebody must have let AWS into the workspace once, in the console. */
  readonly slackTeamId: string;
  /** For example `C07EZ1ABC23`. */
  readonly slackChannelId: string;
  readonly topicArns: readonly pulumi.Input<string>[];
  /** The service is the same everywhere, but answers in few Regions only; default `us-east-2`. */
  readonly region?: string;
  /** What there must be first: the topics. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * A Slack channel that is told what comes to topics, and can do nothing: its role allows nothing, and its guardrail
 * denies everything, so that not even a permission that the role gets later can be used from a chat. Left out, the
 * guardrail would be AdministratorAccess.
 *
 * Source: Amazon Q Developer in chat applications administrator guide, "Managing permissions" and "Guardrail
 * policies".
 */
export class ChatChannel extends pulumi.ComponentResource {
  constructor(name: string, args: ChatChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:ChatChannel", name, {}, opts);
    const here = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: `landing-zone-chat-${name}`,
        assumeRolePolicy: trustService("chatbot.amazonaws.com", args.accountId),
      },
      here,
    );
    const guardrail = new aws.iam.Policy(
      name,
      {
        name: `landing-zone-chat-${name}`,
        policy: policyDocument([{ Sid: "Nothing", Effect: "Deny", Action: "*", Resource: "*" }]),
      },
      here,
    );
    new aws.chatbot.SlackChannelConfiguration(
      name,
      {
        configurationName: `landing-zone-${name}`,
        slackTeamId: args.slackTeamId,
        slackChannelId: args.slackChannelId,
        snsTopicArns: [...args.topicArns],
        iamRoleArn: role.arn,
        guardrailPolicyArns: [guardrail.arn],
        loggingLevel: "ERROR",
        region: args.region ?? "us-east-2",
      },
      { ...here, dependsOn: [...(args.after ?? [])] },
    );
    this.registerOutputs({});
  }
}
