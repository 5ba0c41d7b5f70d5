import { type Cases, unknown } from "./example";

const account = { type: "aws:organizations/account:Account", name: "shop", props: { id: "111122223333" } };
const budget = (name: string, values: unknown) => ({
  type: "aws:budgets/budget:Budget",
  name: "budget",
  props: { costFilters: [{ name, values }] },
});
const told = (
  notificationType: string,
  more: object = { subscriberEmailAddresses: ["costs@example.com"] },
) => ({
  props: { notifications: [{ notificationType, ...more }] },
});
const monitor = { type: "aws:costexplorer/anomalyMonitor:AnomalyMonitor", name: "monitor" };
const subscription = (arn: string) => ({
  type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
  name: "subscription",
  props: { monitorArnLists: [arn] },
});
const known = { ...monitor, props: { arn: "arn:aws:ce::111122223333:anomalymonitor/1" } };

export default [
  {
    rule: "budget-per-account",
    accepts: [
      [account, budget("LinkedAccount", ["111122223333"])],
      [account, { ...budget("LinkedAccount", unknown), madeFrom: { costFilters: ["shop"] } }],
    ],
    refuses: [
      [account],
      [account, budget("LinkedAccount", ["444455556666"])],
      [account, budget("TagKeyValue", ["111122223333"])],
    ],
    unknown: [[account, budget("LinkedAccount", unknown)]],
  },
  {
    rule: "budget-notifications",
    accepts: [told("ACTUAL"), told("ACTUAL", { subscriberSnsTopicArns: [unknown] })],
    refuses: [{}, told("FORECASTED"), told("ACTUAL", {})],
    unknown: [{ props: { notifications: unknown } }, told(unknown)],
  },
  {
    rule: "budget-forecast",
    accepts: [told("FORECASTED")],
    refuses: [{}, told("ACTUAL"), told("FORECASTED", {})],
    unknown: [told(unknown)],
  },
  {
    rule: "budget-recipients",
    accepts: [told("ACTUAL"), told("ACTUAL", { subscriberSnsTopicArns: [unknown] }), {}],
    refuses: [told("ACTUAL", {}), told("ACTUAL", { subscriberEmailAddresses: [] })],
    unknown: [told("ACTUAL", { subscriberEmailAddresses: unknown }), { props: { notifications: unknown } }],
  },
  {
    rule: "budget-action-approved",
    accepts: [{ props: { approvalModel: "MANUAL" } }],
    refuses: [{ props: { approvalModel: "AUTOMATIC" } }],
    unknown: [{ props: { approvalModel: unknown } }],
  },
  {
    rule: "cost-anomaly-subscribers",
    accepts: [{ props: { subscribers: [{ type: "EMAIL", address: "costs@example.com" }] } }],
    refuses: [{ props: { subscribers: [] } }, {}],
    unknown: [{ props: { subscribers: unknown } }],
  },
  {
    rule: "cost-anomaly-monitor-subscribed",
    accepts: [
      [monitor, { ...subscription(unknown), madeFrom: { monitorArnLists: ["monitor"] } }],
      [known, subscription(known.props.arn)],
    ],
    refuses: [[monitor], [known, subscription("arn:aws:ce::111122223333:anomalymonitor/2")]],
    unknown: [[known, subscription(unknown)]],
  },
] satisfies Cases[];
