import { allow, type Theme } from "./theme";

export const costs = (accountId: string): Theme => ({
  types: [
    "budgets/budget",
    "costexplorer/anomalyMonitor",
    "costexplorer/anomalySubscription",
    "costexplorer/costAllocationTag",
    "costexplorer/costCategory",
    "computeoptimizer/enrollmentStatus",
    "costoptimizationhub/enrollmentStatus",
    "costoptimizationhub/preferences",
  ],
  statements: [
    allow(
      "Budgets",
      [
        "budgets:ListTagsForResource",
        "budgets:ModifyBudget",
        "budgets:TagResource",
        "budgets:UntagResource",
        "budgets:ViewBudget",
      ],
      `arn:aws:budgets::${accountId}:budget/*`,
    ),
    allow("Advice", [
      "compute-optimizer:GetEnrollmentStatus*",
      "compute-optimizer:UpdateEnrollmentStatus",
      "cost-optimization-hub:GetPreferences",
      "cost-optimization-hub:ListEnrollmentStatuses",
      "cost-optimization-hub:UpdateEnrollmentStatus",
      "cost-optimization-hub:UpdatePreferences",
    ]),
    allow("CostExplorer", [
      "ce:CreateAnomalyMonitor",
      "ce:CreateAnomalySubscription",
      "ce:CreateCostCategoryDefinition",
      "ce:DeleteAnomalyMonitor",
      "ce:DeleteAnomalySubscription",
      "ce:DeleteCostCategoryDefinition",
      "ce:DescribeCostCategoryDefinition",
      "ce:GetAnomalyMonitors",
      "ce:GetAnomalySubscriptions",
      "ce:ListCostAllocationTags",
      "ce:ListTagsForResource",
      "ce:TagResource",
      "ce:UntagResource",
      "ce:UpdateAnomalyMonitor",
      "ce:UpdateAnomalySubscription",
      "ce:UpdateCostAllocationTagsStatus",
      "ce:UpdateCostCategoryDefinition",
    ]),
  ],
});
