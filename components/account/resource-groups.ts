import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ResourceGroupsArgs {
  /** The products in the account, by their tag `product`: letters, digits, dots, hyphens and underscores. */
  readonly products: readonly string[];
  /** What the platform's own resources have in that tag; default: `landing-zone`. */
  readonly platform?: string;
}

/**
 * Lists of what belongs together in the account and region: `product-<name>` for each product, and `platform` for the
 * platform's own. Consoles, maintenance windows and automations take a group instead of single resources. What has no
 * region is found from us-east-1 only.
 *
 * Refused: a product twice, one with the platform's value, and a name that Resource Groups refuses.
 * Sources: AWS Resource Groups user guide, "Build a tag-based query and create a group"; API reference, "CreateGroup".
 */
export class ResourceGroups extends pulumi.ComponentResource {
  /** By the value of the tag. */
  readonly groupArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: ResourceGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:account:ResourceGroups", name, {}, opts);
    const { products, platform = "landing-zone" } = args;
    const values = [...products, platform];
    for (const [index, value] of values.entries()) {
      if (!/^[\w.-]{1,256}$/.test(value))
        throw new Error(
          `${value} is no product; it must be 1 to 256 letters, digits, dots, hyphens or underscores`,
        );
      if (values.indexOf(value) !== index)
        throw new Error(`${value} is there twice; ${platform} is the platform's own`);
    }
    const group = (groupName: string, value: string, description: string) =>
      new aws.resourcegroups.Group(
        `${name}-${groupName}`,
        { name: groupName, description, resourceQuery: { type: "TAG_FILTERS_1_0", query: having(value) } },
        { parent: this },
      ).arn;
    this.groupArns = Object.fromEntries([
      ...products.map(product => [product, group(`product-${product}`, product, `What is of ${product}`)]),
      [platform, group("platform", platform, "What is of the platform")],
    ]);
    this.registerOutputs({});
  }
}

const having = (product: string): string =>
  JSON.stringify({
    ResourceTypeFilters: ["AWS::AllSupported"],
    TagFilters: [{ Key: "product", Values: [product] }],
  });
