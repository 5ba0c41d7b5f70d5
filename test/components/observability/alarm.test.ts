import assert from "node:assert/strict";
import { Alarm, type AlarmArgs } from "../../../components/observability/alarm";
import { severities } from "../../../components/observability/severity";
import { planned } from "../planned";
import { alarmTopics } from "../told";

const usual: AlarmArgs = {
  description: "Messages wait: look at the consumers",
  namespace: "AWS/SQS",
  metricName: "ApproximateAgeOfOldestMessage",
  dimensions: { QueueName: "orders-pending" },
  statistic: "Maximum",
  above: 300,
  severity: "critical",
  topics: alarmTopics,
};
const made = async (args: Partial<AlarmArgs> = {}) =>
  (await planned(() => new Alarm("pending", { ...usual, ...args }))).one("MetricAlarm").inputs;

describe("an alarm", () => {
  it("tells the topic of its severity that it began and that it is over, and says which that is", async () => {
    for (const severity of severities) {
      const { alarmActions, okActions, alarmDescription } = await made({ severity });
      assert.deepEqual([alarmActions, okActions], [[alarmTopics[severity]], [alarmTopics[severity]]]);
      assert.equal(alarmDescription, `${severity.toUpperCase()}: ${usual.description}`);
    }
  });

  it("looks at one minute, and takes no data for nothing happening, unless told otherwise", async () => {
    const shown = ({
      period,
      evaluationPeriods,
      datapointsToAlarm,
      treatMissingData,
    }: Awaited<ReturnType<typeof made>>) => [period, evaluationPeriods, datapointsToAlarm, treatMissingData];
    assert.deepEqual(shown(await made()), [60, 1, 1, "notBreaching"]);
    assert.deepEqual(shown(await made({ period: 300, periods: 5, bad: 3, withoutData: "breaching" })), [
      300,
      5,
      3,
      "breaching",
    ]);
    assert.deepEqual(shown(await made({ periods: 4 })), [60, 4, 4, "notBreaching"]);
  });

  it("goes off above or below, never at, its threshold", async () => {
    const { comparisonOperator, threshold } = await made();
    assert.deepEqual([comparisonOperator, threshold], ["GreaterThanThreshold", 300]);
    const low = await made({ above: undefined, below: 2 } as never);
    assert.deepEqual([low["comparisonOperator"], low["threshold"]], ["LessThanThreshold", 2]);
  });

  it("takes percentiles where CloudWatch takes them", async () => {
    const { statistic, extendedStatistic } = await made({ statistic: "p99" });
    assert.deepEqual([statistic, extendedStatistic], [undefined, "p99"]);
  });

  for (const [what, args, message] of [
    ["no threshold", { above: undefined }, /pending needs either above or below/],
    ["two thresholds", { below: 1 }, /pending needs either above or below/],
    ["a severity of which nobody is told", { topics: undefined }, /pending needs both a severity and topics/],
    ["topics for no severity", { severity: undefined }, /pending needs both a severity and topics/],
    ["more bad periods than it looks at", { periods: 2, bad: 3 }, /looks at 2 periods; 3 can not be bad/],
  ] as const)
    it(`refuses ${what}`, () => assert.rejects(made(args as never), message));
});
