/** Who may put events on a bus, whose queues it reaches, and what it does with the key: asked as AWS reads it. */
import assert from "node:assert/strict";
import { EventBus } from "../../../components/data/event-bus";
import {
  eventBusAccess,
  eventBusAccessAs,
  eventBusKey,
  eventRuleArn,
  queueFromRules,
} from "../../../components/data/event-bus-access";
import { EncryptionKey } from "../../../components/security/encryption-key";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller } from "../../../iam/request";
import { other } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";
import { alarmTopics } from "../told";
import { elsewhere, mayDo, requireNarrow } from "./narrow";

const busArn = "arn:aws:events:eu-central-1:111122223333:event-bus/orders-events";
const deadLetters = "arn:aws:sqs:eu-central-1:111122223333:orders-events-dead-letters";
const service = (arn: string): Caller => ({ kind: "service", arn });
const payRole = `arn:aws:iam::${other}:role/product/pay`;
const bus = () =>
  planned(
    () =>
      new EventBus("events", {
        at,
        keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
        deletionProtection: true,
        multiZone: true,
        alarmTopics,
        busName: "orders-events",
        description: "What happens to orders",
        deliversTo: {},
        publishers: { pay: { roleArn: payRole, source: "pay" } },
        logs: { logGroupName: "/landing-zone/orders/events", retentionDays: 30 },
      }),
  );
const policyOf = (stack: Planned, type: string, name: string, property = "policy") =>
  readDocument(stack.one(type, name).inputs[property]);

describe("access to an event bus", () => {
  const narrow = {
    actions: ["events:PutEvents"],
    on: [busArn],
    notOn: [
      `${busArn}-2`,
      busArn.slice(0, -1),
      "arn:aws:events:eu-central-1:111122223333:event-bus/default",
      ...elsewhere(busArn),
    ],
    not: [
      "events:PutRule",
      "events:PutTargets",
      "events:DeleteEventBus",
      "events:PutPermission",
      "events:UpdateEventBus",
      "events:StartReplay",
    ],
  };

  it("publishes on this one, and does nothing else", () =>
    requireNarrow(eventBusAccess(at, "orders-events", "publish"), narrow));

  it("publishes in its own name only, where it is told which", async () => {
    const as = eventBusAccessAs("orders")(at, "orders-events", "publish");
    await requireNarrow(as, { ...narrow, context: { "events:source": "orders" } });
    const put = (context: Record<string, string>) =>
      mayDo(as.statements, "events:PutEvents", busArn, context);
    for (const context of [{ "events:source": "payments" }, { "events:source": "orders2" }, {}])
      assert.equal(put(context as Record<string, string>), "denied");
    assert.deepEqual(as.settings, { BUS: "orders-events", SOURCE: "orders" });
  });

  it("tells the container the name, and has no use for the key", () => {
    const { keyThrough, settings } = eventBusAccess(at, "orders-events", "publish");
    assert.deepEqual([keyThrough, settings], [undefined, { BUS: "orders-events" }]);
  });
});

describe("an event bus's policy", () => {
  const asks = async (arn: string, source: string, tls = "true", account = other) =>
    evaluate(
      {
        principal: { kind: "role", arn, account },
        action: "events:PutEvents",
        resource: busArn,
        context: { "aws:SecureTransport": tls, "aws:PrincipalArn": arn, "events:source": source },
      },
      {
        identity: [readDocument({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } })],
        resource: policyOf(await bus(), "EventBusPolicy", "events"),
      },
    ).outcome;

  it("lets in the roles that are named, in their own names, and nobody else", async () => {
    assert.equal(await asks(payRole, "pay"), "allowed");
    assert.equal(await asks(payRole, "orders"), "denied");
    assert.equal(await asks(`${payRole}-2`, "pay"), "denied");
    const stranger = "999988887777";
    assert.equal(await asks(`arn:aws:iam::${stranger}:role/product/pay`, "pay", "true", stranger), "denied");
  });

  it("leaves the account's own to their own policies, and takes nothing without TLS", async () => {
    const own = "arn:aws:iam::111122223333:role/product/orders-api";
    assert.equal(await asks(own, "orders", "true", at.accountId), "allowed");
    assert.equal(await asks(own, "orders", "false", at.accountId), "denied");
    assert.equal(await asks(payRole, "pay", "false"), "denied");
  });
});

describe("queues behind an event bus", () => {
  const send = (resource: ReturnType<typeof readDocument>, queue: string, from: string, tls = "true") =>
    evaluate(
      {
        principal: service("events.amazonaws.com"),
        action: "sqs:SendMessage",
        resource: queue,
        context: { "aws:SourceArn": from, "aws:SecureTransport": tls },
      },
      { resource },
    ).outcome;

  it("take dead letters from the bus and its rules, and from nothing else", async () => {
    const policy = policyOf(await bus(), "aws:sqs/queue:Queue", "events-dead-letters");
    const rule = eventRuleArn(at, "orders-events", "parcels");
    for (const from of [busArn, rule]) {
      assert.equal(send(policy, deadLetters, from), "allowed", from);
      assert.equal(send(policy, deadLetters, from, "false"), "denied", from);
    }
    for (const from of [
      `${busArn}-2`,
      eventRuleArn(at, "orders-events-2", "parcels"),
      "arn:aws:events:eu-central-1:111122223333:rule/parcels",
      ...elsewhere(rule),
    ])
      assert.equal(send(policy, deadLetters, from), "denied", from);
  });

  it("take events from the rules that deliver to them", () => {
    const queue = "arn:aws:sqs:eu-central-1:111122223333:orders-parcels";
    const rules = ["parcels", "returns"].map(rule => eventRuleArn(at, "orders-events", rule));
    const policy = readDocument({ Statement: queueFromRules(queue, rules) });
    for (const rule of rules) assert.equal(send(policy, queue, rule), "allowed");
    assert.equal(send(policy, queue, eventRuleArn(at, "orders-events", "other")), "denied");
    assert.equal(send(policy, `${queue}-2`, rules[0] as string), "denied");
  });
});

describe("a key that an event bus is encrypted with", () => {
  const key = () =>
    planned(
      () =>
        new EncryptionKey(
          "orders",
          { alias: "orders", description: "d", at, statements: eventBusKey(at, "orders-events") },
          { protect: true },
        ),
    );
  const may = async (who: string, action: string, context: Record<string, string>) =>
    evaluate(
      {
        principal: service(who),
        action,
        resource: "arn:aws:kms:eu-central-1:111122223333:key/1",
        context,
      },
      { resource: policyOf(await key(), "aws:kms/key:Key", "orders") },
    ).outcome;
  const own = { "aws:SourceAccount": at.accountId };
  const ofBus = { ...own, "kms:EncryptionContext:aws:events:event-bus:arn": busArn };
  const ofLogs = {
    "kms:EncryptionContext:SourceArn": "arn:aws:logs:eu-central-1:111122223333:delivery-source:x",
  };

  it("is as the policy pack wants it", async () => assert.deepEqual(await refusals(await key()), []));

  it("encrypts and decrypts events, archives and messages on behalf of the account", async () => {
    assert.equal(await may("events.amazonaws.com", "kms:DescribeKey", {}), "allowed");
    for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
      assert.equal(await may("events.amazonaws.com", action, own), "allowed", action);
      assert.equal(await may("events.amazonaws.com", action, ofBus), "allowed", action);
      assert.equal(
        await may("events.amazonaws.com", action, { "aws:SourceAccount": other }),
        "denied",
        action,
      );
    }
    assert.equal(await may("events.amazonaws.com", "kms:ReEncryptFrom", ofBus), "allowed");
    assert.equal(await may("events.amazonaws.com", "kms:ReEncryptFrom", own), "denied");
    const another = { ...own, "kms:EncryptionContext:aws:events:event-bus:arn": `${busArn}-2` };
    assert.equal(await may("events.amazonaws.com", "kms:ReEncryptFrom", another), "denied");
  });

  it("encrypts logs on their way, which their delivery decrypts", async () => {
    assert.equal(await may("events.amazonaws.com", "kms:GenerateDataKey", ofLogs), "allowed");
    assert.equal(await may("events.amazonaws.com", "kms:Decrypt", ofLogs), "denied");
    assert.equal(await may("delivery.logs.amazonaws.com", "kms:Decrypt", ofLogs), "allowed");
    const [strange] = elsewhere(ofLogs["kms:EncryptionContext:SourceArn"]).slice(1);
    const others = { "kms:EncryptionContext:SourceArn": strange as string };
    assert.equal(await may("delivery.logs.amazonaws.com", "kms:Decrypt", others), "denied");
    assert.equal(await may("delivery.logs.amazonaws.com", "kms:Decrypt", {}), "denied");
  });

  it("is given to nobody, and deleted by no service", async () => {
    for (const action of ["kms:CreateGrant", "kms:ScheduleKeyDeletion", "kms:PutKeyPolicy"])
      assert.equal(await may("events.amazonaws.com", action, ofBus), "denied", action);
  });
});
