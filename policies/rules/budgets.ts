/** Who hears of costs, and when. */
import { mustNotBeEmpty } from "../demands";
import type { Resource, StackResource } from "../graph";
import type { Report } from "../report";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import type { Value } from "../value";

const budgetTypes = ["aws:budgets/budget:Budget"];
const accounts = ["aws:organizations/account:Account"];
const monitors = ["aws:costexplorer/anomalyMonitor:AnomalyMonitor"];
const subscriptions = ["aws:costexplorer/anomalySubscription:AnomalySubscription"];

export const budgets: readonly Rule[] = [
  {
    name: "budget-per-account",
    theme: "governance-and-cost",
    title: "Each account has a budget",
    why: "An account without one shows on the bill, a month late",
    fix: "add a Budget whose costFilters name the account by LinkedAccount",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: accounts,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(accounts), (account, report) => {
        if (!someFits(stack.ofType(budgetTypes), budget => isAbout(budget, account)))
          report.refuse("no Budget names it");
      });
    },
  },
  {
    name: "budget-notifications",
    theme: "governance-and-cost",
    title: "A budget tells someone when it is spent",
    why: "A budget that tells nobody is a number in a console",
    fix: "add a notification of notificationType ACTUAL with an address or a topic",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: budgetTypes,
    check: mustNotify("ACTUAL"),
  },
  {
    name: "budget-forecast",
    theme: "governance-and-cost",
    title: "A budget tells someone when it is about to be spent",
    why: "What is spent cannot be saved any more",
    fix: "add a notification of notificationType FORECASTED with an address or a topic",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: budgetTypes,
    check: mustNotify("FORECASTED"),
  },
  {
    name: "budget-recipients",
    theme: "governance-and-cost",
    title: "Each notification of a budget has someone to tell",
    why: "A threshold that nobody hears of is taken for one that was never reached",
    fix: "give each notification subscriberEmailAddresses or subscriberSnsTopicArns",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: budgetTypes,
    check(budget, report) {
      report.each(budget.at("notifications").list(), one => {
        if (!tellsSomeone(one)) report.refuse(`${one.path} has nobody to tell`);
      });
    },
  },
  {
    name: "budget-action-approved",
    theme: "governance-and-cost",
    title: "A budget's action waits for a person",
    why: "One that takes rights away or stops machines by itself stops production by itself",
    fix: "set approvalModel: MANUAL",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: ["aws:budgets/budgetAction:BudgetAction"],
    check(action, report) {
      if (action.at("approvalModel").is("AUTOMATIC")) report.refuse("approvalModel is AUTOMATIC");
    },
  },
  {
    name: "cost-anomaly-subscribers",
    theme: "governance-and-cost",
    title: "Someone hears of an odd rise in costs",
    why: "A stolen key is noticed on the bill first, if it is noticed",
    fix: "name an address or a topic in subscribers",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: subscriptions,
    check: mustNotBeEmpty("subscribers"),
  },
  {
    name: "cost-anomaly-monitor-subscribed",
    theme: "governance-and-cost",
    title: "What a monitor of costs finds is sent to someone",
    why: "A monitor without a subscription is looked at by nobody",
    fix: "add the monitor to monitorArnLists of an AnomalySubscription",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: monitors,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(monitors), (monitor, report) => {
        if (!someFits(stack.ofType(subscriptions), one => names(one, monitor)))
          report.refuse("no AnomalySubscription names it");
      });
    },
  },
];

function mustNotify(type: string): (budget: Resource, report: Report) => void {
  return (budget, report) => {
    const isTold = someFits(
      budget.at("notifications").list(),
      one => one.at("notificationType").is(type) && tellsSomeone(one),
    );
    if (!isTold) report.refuse(`no notification of type ${type} has someone to tell`);
  };
}

function tellsSomeone(notification: Value): boolean {
  const lists = ["subscriberEmailAddresses", "subscriberSnsTopicArns"];
  return someFits(lists, list => notification.at(list).list().length > 0);
}

function isAbout(budget: StackResource, account: StackResource): boolean {
  if (budget.madeFrom("costFilters").includes(account)) return true;
  const values = budget
    .at("costFilters")
    .list()
    .filter(filter => filter.at("name").is("LinkedAccount"))
    .flatMap(filter => filter.at("values").list());
  return someFits(values, value => value.content() === account.at("id").content());
}

function names(subscription: StackResource, monitor: StackResource): boolean {
  if (subscription.madeFrom("monitorArnLists").includes(monitor)) return true;
  return someFits(
    subscription.at("monitorArnLists").list(),
    arn => arn.content() === monitor.at("arn").content(),
  );
}
