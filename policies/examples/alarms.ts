import { watchedCalls } from "../rules/alarm-watched-calls";
import { type Cases, unknown } from "./example";

const composite = (props: object) => ({
  type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  name: "orders-burning",
  props: { alarmActions: ["topic"], ...props },
});
const alarm = { name: "slow", props: { name: "orders-slow" } };

const group = { type: "aws:cloudwatch/logGroup:LogGroup", name: "trail-logs", props: { name: "trail" } };
const trail = {
  type: "aws:cloudtrail/trail:Trail",
  name: "trail",
  props: { cloudWatchLogsGroupArn: unknown },
  madeFrom: { cloudWatchLogsGroupArn: ["trail-logs"] },
};
const filter = (pattern: string, logGroupName = "trail") => ({
  type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  name: "filter",
  props: { pattern, logGroupName, metricTransformation: { name: "calls", namespace: "CIS", value: "1" } },
});
const watching = (props: object = {}) => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name: "alarm",
  props: { metricName: "calls", namespace: "CIS", alarmActions: [unknown], ...props },
});

export default [
  {
    rule: "alarm-actions",
    accepts: [
      [{ name: "slow", props: { alarmActions: [unknown] } }],
      [alarm, composite({ alarmRule: 'ALARM("orders-slow")' })],
      [alarm, composite({ alarmRule: "ALARM(orders-slow) OR ALARM(orders-many)" })],
      [{ name: "slow" }, { ...composite({ alarmRule: unknown }), madeFrom: { alarmRule: ["slow"] } }],
    ],
    refuses: [
      [{ name: "slow" }],
      [alarm],
      [alarm, composite({ alarmRule: 'ALARM("others")' })],
      [alarm, composite({ alarmRule: 'ALARM("orders-slower")' })],
      [composite({ alarmActions: [], alarmName: "a", alarmRule: 'ALARM("a")' })],
    ],
    unknown: [
      [{ name: "slow", props: { alarmActions: unknown } }],
      [alarm, composite({ alarmRule: unknown })],
    ],
  },
  {
    rule: "alarm-actions-enabled",
    accepts: [{}, { props: { actionsEnabled: true } }],
    refuses: [{ props: { actionsEnabled: false } }],
    unknown: [{ props: { actionsEnabled: unknown } }],
  },
  {
    rule: "alarm-missing-data",
    accepts: [{ props: { treatMissingData: "notBreaching" } }],
    refuses: [{}],
  },
  {
    rule: "alarm-described",
    accepts: [{ props: { alarmDescription: "Orders are slow: look at the database first" } }],
    refuses: [{}, { props: { alarmDescription: "" } }],
  },
  ...watchedCalls.map(({ name, words }): Cases => {
    const pattern = `{ ${words.map(word => `($.eventName = ${word})`).join(" || ")} }`;
    const lacking = `{ ${words.slice(1).join(" || ")} }`;
    return {
      rule: name,
      accepts: [
        [trail, group, filter(pattern), watching()],
        [{ ...trail, props: {}, madeFrom: {} }],
        [{ ...trail, madeFrom: {} }, filter(pattern, "anywhere"), watching()],
      ],
      refuses: [
        [trail, group],
        [trail, group, filter(pattern)],
        [trail, group, filter(lacking), watching()],
        [trail, group, filter(pattern, "other"), watching()],
        [trail, group, filter(pattern), watching({ metricName: "others" })],
        [trail, group, filter(pattern), watching({ namespace: "others" })],
        [trail, group, filter(pattern), watching({ alarmActions: [] })],
        [trail, group, filter(pattern), watching({ actionsEnabled: false })],
      ],
      unknown: [
        [trail, group, filter(unknown), watching()],
        [trail, group, filter(pattern, unknown), watching()],
        [trail, group, filter(pattern), watching({ metricName: unknown })],
      ],
    };
  }),
] satisfies Cases[];
