import assert from "node:assert/strict";
import fc from "fast-check";
import { SigningAlarms, type SigningAlarmsArgs } from "../../../components/names/signing-alarms";
import { ZoneSigning } from "../../../components/names/zone-signing";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

const topicArn = "arn:aws:sns:us-east-1:111122223333:landing-zone-alarms-critical";
const topics = { critical: topicArn, warning: topicArn.replace("critical", "warning") };

const alarms = (more: Partial<SigningAlarmsArgs> = {}) =>
  planned(() => new SigningAlarms("dev", { zoneId: "Z1", domainName: "dev.example.com", topics, ...more }));

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
      assert.match(String(alarmDescription), /^CRITICAL: dev\.example\.com: /);
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
    const stack = await alarms({ topics: undefined });
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
          alarmTopics: topics,
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
      await assert.rejects(
        alarms({ topics: { ...topics, critical: wrong } }),
        /must be the ARN of a topic of us-east-1/,
      );
    });

  it("of two zones have a stack together, and pass the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new SigningAlarms(name, { zoneId: name, domainName: `${name}.example.com`, topics });
    });
    assert.equal(new Set(stack.all("MetricAlarm").map(({ inputs }) => inputs["name"])).size, 4);
    assert.deepEqual(await refusals(stack), []);
  });
});
