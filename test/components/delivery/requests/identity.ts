import {
  inRegion,
  keyArn,
  ofOrders,
  productRole,
  type RowsByType,
  roleArn,
  rows,
  tagged,
  withBoundary,
} from "./rows";

export const needed: RowsByType = {
  "aws:iam/role:Role": [
    ["iam:CreateRole", productRole, { ...withBoundary, ...tagged }],
    ...rows(
      "iam",
      "GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole ListRoleTags ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole DeleteRole",
      productRole,
      withBoundary,
    ),
  ],
  "aws:iam/rolePolicy:RolePolicy": rows(
    "iam",
    "PutRolePolicy GetRolePolicy DeleteRolePolicy",
    productRole,
    withBoundary,
  ),
  "aws:kms/alias:Alias": [
    ...rows("kms", "CreateAlias UpdateAlias DeleteAlias", inRegion("kms", "alias/orders")),
    ...rows("kms", "CreateAlias UpdateAlias DeleteAlias", keyArn, ofOrders),
    ...rows("kms", "ListAliases", "*"),
  ],
  "aws:kms/key:Key": [
    ...rows("kms", "CreateKey", "*", tagged),
    ...rows("kms", "TagResource", keyArn, tagged),
    ...rows(
      "kms",
      "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags PutKeyPolicy EnableKeyRotation UpdateKeyDescription UntagResource ScheduleKeyDeletion",
      keyArn,
      ofOrders,
    ),
  ],
  // The provider takes the role, also where the pipeline has it already.
  "pulumi:providers:aws": [["sts:AssumeRole", roleArn("landing-zone-deploy")]],
};
