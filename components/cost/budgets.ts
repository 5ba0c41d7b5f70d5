import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkAmount, checkRecipients } from "./recipients";

export interface AccountBudget {
  /** The account's number. */
  readonly id: pulumi.Input<string>;
  /** US dollars a calendar month, above 0. */
  readonly monthlyUsd: number;
}

export interface ProductBudget {
  /** US dollars a calendar month, above 0, over all accounts. */
  readonly monthlyUsd: number;
}

export interface BudgetsArgs {
  /** By the account's name. */
  readonly accounts: Readonly<Record<string, AccountBudget>>;
  /** By the value of the tag `product`. */
  readonly products: Readonly<Record<string, ProductBudget>>;
  /** One to ten e-mail addresses. */
  readonly notify: readonly string[];
}

/**
 * A monthly budget an account and a product. E-mails go out when 80 % and 100 % are spent, and when AWS forecasts
 * that 100 % will be; a forecast needs about five weeks of use. A budget tells and does not stop anything, and is up
 * to a day late. Credits and refunds are left out, or else spending would show only once they are used up.
 *
 * For the management account. A product's costs are found by the cost allocation tag `product`, which must be active
 * (`CostAllocation`); what was spent before that is not counted, nor is what cannot be tagged. Budgets belong to no
 * region: their resource has no `region`, and the provider reaches their endpoint from any.
 *
 * Refused are more than ten addresses, none or one twice, amounts of 0 and below, and names that AWS does not take
 * for a budget.
 *
 * Sources: AWS Cost Management user guide, "Creating a budget" and "Budget filters"; API reference,
 * "NotificationWithSubscribers" and "Budget".
 */
export class Budgets extends pulumi.ComponentResource {
  constructor(name: string, args: BudgetsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:cost:Budgets", name, {}, opts);
    checkRecipients(args.notify);
    for (const [account, { id, monthlyUsd }] of Object.entries(args.accounts))
      this.budget(`${name}-account-${account}`, monthlyUsd, args.notify, "LinkedAccount", id);
    for (const [product, { monthlyUsd }] of Object.entries(args.products))
      this.budget(
        `${name}-product-${product}`,
        monthlyUsd,
        args.notify,
        "TagKeyValue",
        `user:product$${product}`,
      );
    this.registerOutputs({});
  }

  private budget(
    name: string,
    monthlyUsd: number,
    notify: readonly string[],
    filter: "LinkedAccount" | "TagKeyValue",
    value: pulumi.Input<string>,
  ): void {
    checkName(name);
    checkAmount(name, monthlyUsd);
    new aws.budgets.Budget(
      name,
      {
        name,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(monthlyUsd),
        limitUnit: "USD",
        costFilters: [{ name: filter, values: [value] }],
        costTypes: { includeCredit: false, includeRefund: false },
        notifications: [
          notification("ACTUAL", 80, notify),
          notification("ACTUAL", 100, notify),
          notification("FORECASTED", 100, notify),
        ],
      },
      { parent: this },
    );
  }
}

const notification = (
  notificationType: "ACTUAL" | "FORECASTED",
  percent: number,
  notify: readonly string[],
) => ({
  comparisonOperator: "GREATER_THAN",
  notificationType,
  threshold: percent,
  thresholdType: "PERCENTAGE",
  subscriberEmailAddresses: [...notify],
});

function checkName(name: string): void {
  if (name.length > 100 || /[:\\]|\/action\//.test(name))
    throw new Error(
      `${name} cannot be a budget's name: it has at most 100 characters, no : or \\ and no /action/`,
    );
}
