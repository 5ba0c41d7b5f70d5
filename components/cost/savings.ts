import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface SavingsArgs {
  /** What there must be first: the organization, which trusts both services. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * What AWS says could be smaller, or is not used at all, in all accounts of the organization: Compute Optimizer looks
 * at instances, volumes, functions, Fargate services and databases, and the Cost Optimization Hub brings its advice
 * together with that on reservations, in money after discounts. Both are free, and belong to the management account.
 *
 * Sources: AWS Compute Optimizer user guide, "Opting in to AWS Compute Optimizer"; AWS Cost Management user guide, "Cost
 * Optimization Hub", "Getting started".
 */
export class Savings extends pulumi.ComponentResource {
  constructor(name: string, args: SavingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:cost:Savings", name, {}, opts);
    const optimizer = new aws.computeoptimizer.EnrollmentStatus(
      name,
      { status: "Active", includeMemberAccounts: true },
      { parent: this, dependsOn: [...args.after] },
    );
    const hub = new aws.costoptimizationhub.EnrollmentStatus(
      name,
      { includeMemberAccounts: true },
      { parent: this, dependsOn: [optimizer] },
    );
    new aws.costoptimizationhub.Preferences(
      name,
      { savingsEstimationMode: "AfterDiscounts", memberAccountDiscountVisibility: "None" },
      { parent: this, dependsOn: [hub] },
    );
    this.registerOutputs({});
  }
}
