import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface CostAllocationArgs {
  /** Keys of tags to tell costs by. Only keys that AWS knows already; see below. */
  readonly tagKeys: readonly string[];
  /** Values of the tag `team`; with none there is no category `Team`. */
  readonly teams: readonly string[];
  /** Values of the tag `product`; with none there is no category `Product`. */
  readonly products: readonly string[];
}

const unassigned = "unassigned";

/** What AWS takes for a value of a category, here without spaces of all kinds: it is a tag's value, too. */
const categoryValue = /^[\p{L}\p{N}_-]{1,50}$/u;

/** What AWS takes for one category. */
const mostValues = 500;

/**
 * By what costs can be told apart: cost allocation tags, and the cost categories `Team` and `Product`, which put
 * each cost to one of the given names or to `unassigned`. The names are given, and not taken over from the tags:
 * whatever is misspelt in a tag shows as unassigned. Categories hold from the first day of the current month, and
 * need their tags, `team` and `product`, to be active.
 *
 * For the management account, once. AWS knows a key up to 24 hours after the first resource with it, in any account;
 * before, activating it FAILS, and so does the deployment: so the list is the company's choice, and starts empty in a
 * new organization. An active tag takes up to 24 hours more to appear, and says nothing of costs before. Cost Explorer
 * belongs to no region: its resources have no `region`, and the provider reaches its endpoint from any.
 *
 * Refused are keys and values that come twice, keys that AWS keeps to itself, values that a category does not take or
 * that mean unassigned, and more than 500 values.
 *
 * Sources: AWS Billing user guide, "Activating user-defined cost allocation tags" and "Managing your costs with AWS
 * Cost Categories"; API reference, "CostCategory" and "UpdateCostAllocationTagsStatus".
 */
export class CostAllocation extends pulumi.ComponentResource {
  constructor(name: string, args: CostAllocationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:cost:CostAllocation", name, {}, opts);
    checkTwice("tagKeys", args.tagKeys);
    for (const tagKey of args.tagKeys) {
      if (tagKey.startsWith("aws:")) throw new Error(`${tagKey} is a key of AWS's, which this is not for`);
      new aws.costexplorer.CostAllocationTag(
        `${name}-${tagKey}`,
        { tagKey, status: "Active" },
        { parent: this },
      );
    }
    this.category(name, "team", args.teams);
    this.category(name, "product", args.products);
    this.registerOutputs({});
  }

  private category(name: string, tagKey: "team" | "product", values: readonly string[]): void {
    if (values.length === 0) return;
    checkValues(`${tagKey}s`, values);
    new aws.costexplorer.CostCategory(
      `${name}-${tagKey}`,
      {
        name: tagKey === "team" ? "Team" : "Product",
        ruleVersion: "CostCategoryExpression.v1",
        defaultValue: unassigned,
        rules: values.map(value => ({
          type: "REGULAR",
          value,
          rule: { tags: { key: tagKey, values: [value], matchOptions: ["EQUALS"] } },
        })),
      },
      { parent: this },
    );
  }
}

function checkValues(list: string, values: readonly string[]): void {
  checkTwice(list, values);
  if (values.length > mostValues)
    throw new Error(`${list} has ${values.length} values; AWS takes ${mostValues} in a cost category`);
  for (const value of values) {
    if (!categoryValue.test(value))
      throw new Error(`${value} of ${list} cannot be a category's value: 1 to 50 letters, digits, - or _`);
    if (value === unassigned) throw new Error(`${list} has ${value}, which is for costs without a tag`);
  }
}

function checkTwice(list: string, values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new Error(`${list} has ${twice} twice`);
}
