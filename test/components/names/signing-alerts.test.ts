import assert from "node:assert/strict";
import fc from "fast-check";
import { SigningAlarms, type SigningAlarmsArgs } from "../../../components/names/signing-alarms";
import { SigningAlerts, type SigningAlertsArgs } from "../../../components/names/signing-alerts";
import { ZoneSigning } from "../../../components/names/zone-signing";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const topicArn = "arn:aws:sns:us-east-1:111122223333:landing-zone-signing-alerts";
const ourAccounts = ["222233334444", "333344445555"];

const alarms = (more: Partial<SigningAlarmsArgs> = {}) =>
  planned(() => new SigningAlarms("dev", { zoneId: "Z1", domainName: "dev.example.com", topicArn, ...more }));

describe("the alarms of a signed zone", () => {
  it("are the two that AWS asks for, where Route 53 measures, and tell when they begin and end", async () => {
    const made = (await alarms()).all("MetricAlarm");
    assert.deepEqual(
      made.map(({ name, inputs }) => [name, inputs["name"], inputs["metricName"]]),
      [
        ["dev-dnssec-failure", "landing-zone-dnssec-failure-dev.example.com", "DNSSECInternalFailure"],
        ["dev-dnssec-keys", "landing-zone-dnssec-keys-dev.example.com", "DNSSECKeySigningKeysNeedingAction"],
      ],
    );
    for (const { inputs } of made) {
      const { name: _, metricName: __, alarmDescription, ...rest } = inputs;
      assert.match(String(alarmDescription), /^dev\.example\.com: /);
      assert.deepEqual(rest, {
        namespace: "AWS/Route53",
        dimensions: { HostedZoneId: "Z1" },
        statistic: "Sum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        period: 14_400,
        evaluationPeriods: 1,
        treatMissingData: "ignore",
        alarmActions: [topicArn],
        okActions: [topicArn],
        region: "us-east-1",
      });
    }
  });

  it("are there without a topic, and tell nobody", async () => {
    const stack = await alarms({ topicArn: undefined });
    assert.equal(stack.all("MetricAlarm").length, 2);
    for (const { inputs } of stack.all("MetricAlarm")) assert.deepEqual(inputs["alarmActions"], []);
  });

  it("come with every zone that is signed", async () => {
    const stack = await planned(
      () =>
        new ZoneSigning("dev", {
          zoneId: "Z1",
          domainName: "dev.example.com",
          accountId: at.accountId,
          alarmTopicArn: topicArn,
        }),
    );
    assert.deepEqual(
      stack.all("MetricAlarm").map(({ inputs }) => [inputs["dimensions"], inputs["alarmActions"]]),
      [
        [{ HostedZoneId: "Z1" }, [topicArn]],
        [{ HostedZoneId: "Z1" }, [topicArn]],
      ],
    );
  });

  it("have names that CloudWatch takes, however long the domain, and that the topic knows", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-z]{1,63}$/), { minLength: 1, maxLength: 4 }),
        async parts => {
          const domainName = [...parts, "example.com"].join(".").slice(-253).replace(/^\./, "");
          const names = (await alarms({ domainName }))
            .all("MetricAlarm")
            .map(({ inputs }) => String(inputs["name"]));
          assert.equal(new Set(names).size, 2);
          for (const name of names) assert.match(name, /^landing-zone-dnssec-.{1,235}$/);
        },
      ),
      { numRuns: 20 },
    ));

  for (const wrong of [
    "arn:aws:sns:eu-central-1:111122223333:alerts",
    "arn:aws:sqs:us-east-1:111122223333:alerts",
    "alerts",
  ])
    it(`tell nothing to ${wrong}`, async () => {
      await assert.rejects(alarms({ topicArn: wrong }), /must be the ARN of a topic of us-east-1/);
    });

  it("of two zones have a stack together, and pass the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new SigningAlarms(name, { zoneId: name, domainName: `${name}.example.com`, topicArn });
    });
    assert.equal(new Set(stack.all("MetricAlarm").map(({ inputs }) => inputs["name"])).size, 4);
    assert.deepEqual(await refusals(stack), []);
  });
});

describe("the topic for signed zones", () => {
  const args: SigningAlertsArgs = {
    topicName: "landing-zone-signing-alerts",
    accountId: at.accountId,
    alarmAccountIds: ourAccounts,
    notify: ["security@example.com", "ops@example.com"],
  };
  const alerts = (more: Partial<SigningAlertsArgs> = {}): Promise<Planned> =>
    planned(() => new SigningAlerts("signing", { ...args, ...more }));

  it("is in us-east-1, with its key and who hears of it, and is kept", async () => {
    const stack = await alerts();
    for (const type of ["aws:sns/topic:Topic", "Key", "Alias", "TopicSubscription"])
      for (const { inputs } of stack.all(type)) assert.equal(inputs["region"], "us-east-1", type);
    const topic = stack.one("aws:sns/topic:Topic");
    assert.deepEqual(stack.from(topic, "kmsMasterKeyId"), ["signing"]);
    assert.equal(topic.inputs["name"], "landing-zone-signing-alerts");
    for (const type of ["aws:sns/topic:Topic", "Key"]) assert.equal(stack.one(type).protect, true, type);
    assert.deepEqual(
      stack
        .all("TopicSubscription")
        .map(({ inputs }) => [inputs["protocol"], inputs["endpoint"]])
        .sort(),
      [
        ["email", "ops@example.com"],
        ["email", "security@example.com"],
      ],
    );
  });

  it("is told by alarms of signed zones of those accounts, over TLS, and by nothing else", async () => {
    const resource = readDocument((await alerts()).one("aws:sns/topic:Topic").inputs["policy"]);
    const publish = (account: string, alarm: string, service = "cloudwatch.amazonaws.com", tls = "true") =>
      evaluate(
        {
          principal: { kind: "service", arn: service },
          action: "sns:Publish",
          resource: topicArn,
          context: { "aws:SourceAccount": account, "aws:SourceArn": alarm, "aws:SecureTransport": tls },
        },
        { resource },
      ).outcome;
    const alarm = (account: string, name: string, region = "us-east-1") =>
      `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
    const ours = "landing-zone-dnssec-keys-dev.example.com";
    for (const account of ourAccounts) assert.equal(publish(account, alarm(account, ours)), "allowed");
    const [first = ""] = ourAccounts;
    for (const [account, arn, service, tls] of [
      ["999988887777", alarm("999988887777", ours)],
      [first, alarm(first, "cpu")],
      [first, alarm(first, ours, "eu-central-1")],
      [first, alarm(first, ours), "events.amazonaws.com"],
      [first, alarm(first, ours), undefined, "false"],
    ] as const)
      assert.equal(publish(account, arn, service, tls), "denied", arn);
  });

  it("is encrypted by CloudWatch with its key, with which nothing else is", async () => {
    const resource = readDocument((await alerts()).one("Key").inputs["policy"]);
    const use = (action: string, topic: string, service = "cloudwatch.amazonaws.com") =>
      evaluate(
        {
          principal: { kind: "service", arn: service },
          action,
          resource: "arn:aws:kms:us-east-1:111122223333:key/1",
          context: { "kms:EncryptionContext:aws:sns:topicArn": topic },
        },
        { resource },
      ).outcome;
    for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
      assert.equal(use(action, topicArn), "allowed");
      assert.equal(use(action, `${topicArn}-2`), "denied");
      assert.equal(use(action, topicArn, "events.amazonaws.com"), "denied");
    }
    assert.equal(use("kms:Encrypt", topicArn), "denied");
  });

  it("is known before it is made, as alarms are to be told of it", async () => {
    await planned(() => assert.equal(new SigningAlerts("signing", args).topicArn, topicArn));
  });

  it("refuses what is no account, and none", async () => {
    await assert.rejects(alerts({ alarmAccountIds: ["dev"] }), /alarmAccountIds holds dev;/);
    await assert.rejects(alerts({ alarmAccountIds: [] }), /alarmAccountIds is empty/);
  });

  it("is there twice in a stack, and as the policy pack wants it", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new SigningAlerts(name, { ...args, topicName: name });
    });
    assert.equal(stack.all("aws:sns/topic:Topic").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });
});
