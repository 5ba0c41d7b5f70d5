import { trail } from "../../../stacks/platform-names";
import { allow, madeByPulumi, type Theme } from "./theme";

export const records = (accountId: string): Theme => ({
  types: ["cloudtrail/trail", "cloudwatch/logGroup", "kms/alias", "kms/key", "ssm/document"],
  statements: [
    // Neither to delete the organization's trail nor to stop it.
    allow("SeeTrails", ["cloudtrail:Describe*", "cloudtrail:Get*", "cloudtrail:List*"]),
    allow(
      "Trail",
      [
        "cloudtrail:AddTags",
        "cloudtrail:CreateTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:PutInsightSelectors",
        "cloudtrail:RemoveTags",
        "cloudtrail:StartLogging",
        "cloudtrail:UpdateTrail",
      ],
      `arn:aws:cloudtrail:*:${accountId}:trail/${trail}`,
    ),
    allow("MakeKeys", ["kms:CreateKey"], "*", {
      StringEquals: { "aws:RequestTag/managed-by": "pulumi" },
    }),
    allow("SeeKeys", ["kms:DescribeKey", "kms:GetKey*", "kms:ListAliases", "kms:ListResourceTags"]),
    allow(
      "OwnKeys",
      [
        "kms:CreateAlias",
        "kms:DeleteAlias",
        "kms:EnableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
      ],
      `arn:aws:kms:*:${accountId}:key/*`,
      madeByPulumi,
    ),
    allow(
      "Aliases",
      ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      `arn:aws:kms:*:${accountId}:alias/landing-zone/*`,
    ),
    allow(
      "LogGroups",
      [
        "logs:AssociateKmsKey",
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:ListTagsForResource",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
      `arn:aws:logs:*:${accountId}:log-group:/landing-zone/*`,
    ),
    allow("SeeLogGroups", ["logs:DescribeLogGroups"]),
    allow(
      "SessionDocument",
      [
        "ssm:AddTagsToResource",
        "ssm:CreateDocument",
        "ssm:DeleteDocument",
        "ssm:DescribeDocument",
        "ssm:DescribeDocumentPermission",
        "ssm:GetDocument",
        "ssm:ListTagsForResource",
        "ssm:RemoveTagsFromResource",
        "ssm:UpdateDocument",
        "ssm:UpdateDocumentDefaultVersion",
      ],
      `arn:aws:ssm:*:${accountId}:document/SSM-SessionManagerRunShell`,
    ),
  ],
});
