import { accountId, accountOfArn } from "../../iam/arn";
import { isNarrowedBy } from "../../iam/conditions";
import { mustBeSet, mustNotBe, where } from "../demands";
import type { Resource } from "../graph";
import { deniesPlainHttp } from "../plain-http";
import { eachGrant } from "../policy-documents";
import { accountOf } from "../provider-inputs";
import { topicSubscriptions, topics } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";

const topicPolicies = ["aws:sns/topicPolicy:TopicPolicy"];

export const sns: readonly Rule[] = [
  {
    name: "sns-encrypted",
    theme: "encryption-at-rest",
    title: "A topic is encrypted with a key",
    why: "Whoever may use the key decides who can read, and use of it is logged; AWS's own keys allow neither",
    fix: "set kmsMasterKeyId",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP SNS.1"],
    types: topics,
    check: mustBeSet("kmsMasterKeyId"),
  },
  {
    name: "sns-policy-tls",
    theme: "encryption-in-transit",
    title: "A topic denies messages that come without TLS",
    why: "SNS answers plain HTTP too, and then anyone on the way reads along",
    fix: 'give the topic a policy that denies sns:Publish to everyone where aws:SecureTransport is "false"',
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: topics,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(topics), (topic, report) => {
        if (deniesPlainHttp(topic.at("policy"), "sns:Publish")) return;
        const policies = stack.companions(topic, topicPolicies, "arn");
        if (!policies.some(one => deniesPlainHttp(one.at("policy"), "sns:Publish")))
          report.refuse("no policy of the topic denies it");
      });
    },
  },
  {
    name: "sns-policy-no-cross-account",
    theme: "least-privilege",
    title: "A topic's policy allows principals of its own account or organization",
    why: "Who administers another account decides there who sends and who reads along",
    fix: "name principals of the account, or add a condition on aws:PrincipalOrgID",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: [...topics, ...topicPolicies],
    check(topic, report) {
      eachGrant(topic, report, (statement, report) => {
        if (isNarrowedBy(statement, key => /^aws:(principal|source)org/.test(key))) return;
        report.each(statement.principals, ({ kind, id }) => {
          // Everyone is refused by another rule.
          const account =
            kind === "AWS" ? (accountOfArn(id) ?? (accountId.test(id) ? id : undefined)) : undefined;
          if (account !== undefined && account !== ownAccount(topic, statement.resources))
            report.refuse(`it allows ${id}`);
        });
      });
    },
  },
  {
    name: "sns-delivery-status",
    theme: "logging-and-detection",
    title: "A topic logs what could not be delivered, unless it is put aside",
    why: "Else a message that a subscriber refuses is gone, and nobody hears of it",
    fix: "set the FailureFeedbackRoleArn of each protocol that is subscribed, for example sqsFailureFeedbackRoleArn, or give the subscription a redrivePolicy",
    severity: "low",
    level: "advisory",
    controls: ["FSBP SNS.2"],
    types: topics,
    scope: "stack",
    check(stack, report) {
      const subscriptions = stack.ofType(topicSubscriptions);
      report.each(stack.ofType(topics), (topic, report) => {
        const named = subscriptions.length > 0 ? stack.companions(topic, topicSubscriptions, "topic") : [];
        // A message that is put aside says more than the log about why it could not be delivered.
        const losing = named.filter(one => !one.at("redrivePolicy").isSet);
        const protocols = losing.map(one => loggedProtocols[one.at("protocol").text() ?? ""]);
        report.each(new Set(protocols.filter(protocol => protocol !== undefined)), protocol => {
          const property = `${protocol}FailureFeedbackRoleArn`;
          if (!topic.at(property).isSet) report.refuse(`${property} is not set`);
        });
      });
    },
  },
  {
    name: "sns-subscription-https",
    theme: "encryption-in-transit",
    title: "A subscription is not called over plain HTTP",
    why: "The message, and the link that confirms the subscription, can be read and changed on their way",
    fix: "set protocol to https and an endpoint that begins with https://",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: topicSubscriptions,
    check: mustNotBe("protocol", "http"),
  },
  {
    name: "sns-subscription-dlq",
    theme: "resilience-and-backup",
    title: "A subscription puts aside what could not be delivered",
    why: "SNS gives up after some tries, and then the message is lost",
    fix: "set redrivePolicy with the ARN of a queue as deadLetterTargetArn",
    severity: "low",
    level: "advisory",
    controls: [],
    types: topicSubscriptions,
    check: where("protocol", ["firehose", "http", "https", "lambda", "sqs"], mustBeSet("redrivePolicy")),
  },
];

/** Of which SNS keeps a log, by the name that the topic's properties have for it. */
const loggedProtocols: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  application: "application",
  firehose: "firehose",
  http: "http",
  https: "http",
  lambda: "lambda",
  sqs: "sqs",
});

/** By the provider, else by the topic that the statement names. */
function ownAccount(topic: Resource, resources: readonly string[]): string {
  const [named] = resources.flatMap(resource => accountOfArn(resource) ?? []);
  const account = accountOf(topic) ?? named;
  if (account === undefined) throw new UnknownValue("the topic's account");
  return account;
}
