import type { Statement } from "../../identity/policy-document";
import { productBoundaryName, productRolePath } from "../../identity/product-role";
import { iamArn } from "../../location";
import {
  type DeployRole,
  newAndTagged,
  notThePlatforms,
  placeOf,
  servicesWithKeys,
  servicesWithOwnRoles,
  servicesWithRoles,
} from "./place";

/** Who may do what: products' roles, which carry the product boundary, and products' keys. */
export const identity = (role: DeployRole): Statement[] => {
  const { at, deployRoleName, alsoTakes = [], copyRegions = [] } = role;
  const { andCopies, orAtTheEdge } = placeOf(role);
  const { accountId, region } = at;
  const productRoles = iamArn(accountId, `role${productRolePath}*`);
  return [
    {
      Sid: "RolesWithTheBoundary",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy"],
      Resource: productRoles,
      Condition: {
        StringEquals: { "iam:PermissionsBoundary": iamArn(accountId, `policy/${productBoundaryName}`) },
      },
    },
    {
      Sid: "Roles",
      Effect: "Allow",
      Action: [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:*agRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole*",
      ],
      Resource: productRoles,
    },
    {
      Sid: "HandRolesOver",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: productRoles,
      Condition: { StringEquals: { "iam:PassedToService": servicesWithRoles } },
    },
    {
      Sid: "RolesOfServices",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iamArn(accountId, "role/aws-service-role/*"),
      Condition: { StringEquals: { "iam:AWSServiceName": servicesWithOwnRoles } },
    },
    // Its trust policy lets it take itself as far as its own policies do.
    {
      Sid: "Itself",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: [iamArn(accountId, `role/${deployRoleName}`), ...alsoTakes],
    },
    { Sid: "NewKeys", Effect: "Allow", Action: "kms:CreateKey", Resource: "*", Condition: newAndTagged },
    {
      Sid: "Keys",
      Effect: "Allow",
      Action: [
        "kms:*Alias",
        "kms:*KeyRotation",
        "kms:*agResource",
        "kms:PutKeyPolicy",
        // Source: ECR user guide, "Encryption at rest": who deletes a repository retires its grants.
        "kms:RetireGrant",
        "kms:ScheduleKeyDeletion",
        "kms:UpdateKeyDescription",
      ],
      Resource: [
        ...new Set(
          ["key/*", "alias/*"].flatMap(kind => [...orAtTheEdge("kms", kind), ...andCopies("kms", kind)]),
        ),
      ],
      Condition: notThePlatforms,
    },
    {
      // By itself it can not decrypt anything. Sources: DynamoDB developer guide, "DynamoDB encryption at rest usage
      // notes"; Amazon RDS user guide, "AWS KMS key management"; Amazon EFS user guide, "Encrypting data at rest".
      Sid: "KeysForServices",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: andCopies("kms", "key/*"),
      Condition: {
        ...notThePlatforms,
        StringEquals: { "kms:ViaService": servicesWithKeys([region, ...copyRegions]) },
      },
    },
    {
      Sid: "GrantsToServices",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: andCopies("kms", "key/*"),
      Condition: { ...notThePlatforms, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
};
