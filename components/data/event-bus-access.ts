/** Who may do what with an event bus: what roles, queues and keys must say, from names alone. */
import type { Access, Offer } from "../identity/access";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

export const eventBusArn = (at: Location, busName: string): string =>
  arn("events", at, `event-bus/${busName}`);

/** Of a rule on a bus of one's own; rules of the default bus have no bus in their ARN. */
export const eventRuleArn = (at: Location, busName: string, rule: string): string =>
  arn("events", at, `rule/${busName}/${rule}`);

const publish = (at: Location, busName: string, condition?: Statement["Condition"]): Statement => ({
  Effect: "Allow",
  Action: ["events:PutEvents"],
  Resource: [eventBusArn(at, busName)],
  ...(condition === undefined ? {} : { Condition: condition }),
});

/**
 * `publish`: put events on this bus, whatever they say of themselves. EventBridge uses the key itself, by the key's
 * policy (eventBusKey): who publishes has no business with it.
 * Source: EventBridge user guide, "Authorizing EventBridge to use a customer managed key".
 */
export const eventBusAccess: Offer<"publish"> = (at, busName): Access => ({
  statements: [publish(at, busName)],
  settings: { BUS: busName },
});

/**
 * The same, but only events whose `source` is this one: rules of others can then rely on it.
 * Source: EventBridge user guide, "Using IAM policy conditions in Amazon EventBridge".
 */
export const eventBusAccessAs =
  (source: string): Offer<"publish"> =>
  (at, busName): Access => ({
    statements: [publish(at, busName, { StringEquals: { "events:source": source } })],
    settings: { BUS: busName, SOURCE: source },
  });

/** For the policy of a queue that rules deliver to: from these rules, and from no other. */
export const queueFromRules = (queueArn: string, ruleArns: readonly string[]): Statement => ({
  Sid: "EventRules",
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: queueArn,
  Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
});

/**
 * For the policy of the key that a bus, its archive, its logs and the queues behind it are encrypted with.
 *
 * Sources: EventBridge user guide, "Encrypting EventBridge event buses with AWS KMS keys", "Encrypting EventBridge
 * archives with AWS KMS keys", "Encrypting event bus logs with AWS KMS in EventBridge"; SQS developer guide, "Key
 * management", on services that send to encrypted queues.
 */
export function eventBusKey(at: Location, busName: string): Statement[] {
  const events = { Service: "events.amazonaws.com" };
  const own = { "aws:SourceAccount": at.accountId };
  const ofLogs = { StringLike: { "kms:EncryptionContext:SourceArn": arn("logs", at, "*") } };
  const allow = (
    Principal: Readonly<Record<string, string>>,
    Action: readonly string[],
    Condition: Statement["Condition"],
  ): Statement => ({ Effect: "Allow", Principal, Action, Resource: "*", Condition });
  return [
    // AWS's example has no condition here: what the key is called is no secret to the service.
    { Effect: "Allow", Principal: events, Action: "kms:DescribeKey", Resource: "*" },
    allow(events, ["kms:GenerateDataKey", "kms:Decrypt"], { StringEquals: own }),
    allow(events, ["kms:ReEncrypt*"], {
      StringEquals: { ...own, "kms:EncryptionContext:aws:events:event-bus:arn": eventBusArn(at, busName) },
    }),
    allow(events, ["kms:GenerateDataKey"], ofLogs),
    allow({ Service: "delivery.logs.amazonaws.com" }, ["kms:GenerateDataKey", "kms:Decrypt"], ofLogs),
  ];
}
