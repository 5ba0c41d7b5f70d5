import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { ChatChannel, type ChatChannelArgs } from "../../../components/detection/chat-channel";
import { at, planned, statements } from "../planned";

const topicArn = "arn:aws:sns:eu-central-1:111122223333:alerts";
const chat: ChatChannelArgs = {
  accountId: at.accountId,
  slackTeamId: "T07EA123LEP",
  slackChannelId: "C07EZ1ABC23",
  topicArns: [topicArn],
};
const channel = (more: Partial<ChatChannelArgs> = {}) =>
  planned(() => new ChatChannel("findings", { ...chat, ...more }));

describe("a chat channel", () => {
  it("is told of topics, once these are there", async () => {
    const stack = await planned(() => {
      const topic = new aws.sns.Topic("alarms");
      new ChatChannel("findings", { ...chat, after: [topic] });
    });
    const made = stack.one("SlackChannelConfiguration");
    const { slackTeamId, slackChannelId, snsTopicArns, configurationName, region } = made.inputs;
    assert.deepEqual(
      [slackTeamId, slackChannelId, snsTopicArns, configurationName, region],
      ["T07EA123LEP", "C07EZ1ABC23", [topicArn], "landing-zone-findings", "us-east-2"],
    );
    assert.deepEqual(made.propertyDependencies["iamRoleArn"], [stack.one("aws:iam/role:Role").urn]);
    assert.ok(made.dependencies.includes(stack.one("aws:sns/topic:Topic").urn));
    const elsewhere = await channel({ region: "eu-west-1" });
    assert.equal(elsewhere.one("SlackChannelConfiguration").inputs["region"], "eu-west-1");
  });

  it("can do nothing, whatever is typed into it", async () => {
    const stack = await channel();
    const guardrail = stack.one("aws:iam/policy:Policy");
    assert.deepEqual(stack.one("SlackChannelConfiguration").propertyDependencies["guardrailPolicyArns"], [
      guardrail.urn,
    ]);
    assert.deepEqual(
      statements(guardrail).map(({ Effect, Action, Resource }) => [Effect, Action, Resource]),
      [["Deny", "*", "*"]],
    );
    assert.deepEqual([...stack.all("RolePolicy"), ...stack.all("RolePolicyAttachment")], []);
    const [trust] = statements(stack.one("aws:iam/role:Role"), "assumeRolePolicy");
    assert.deepEqual(trust?.Principal, { Service: "chatbot.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
  });
});
