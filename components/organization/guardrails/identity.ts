import { butThePlatform, type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/** Source: AWS Organizations user guide, "Example SCPs: prevent member accounts from leaving the organization". */
export const stayInOrganization = (): Guardrail =>
  serviceControl({
    Sid: "StayInTheOrganization",
    Effect: "Deny",
    Action: ["organizations:LeaveOrganization", "account:CloseAccount"],
    Resource: "*",
  });

/**
 * The root user of an account does nothing; short sessions that the management account opens for root tasks do.
 * Source: IAM user guide, "Centrally manage root access for member accounts".
 */
export const noRootUser = (): Guardrail =>
  serviceControl({
    Sid: "NoRootUser",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" },
      Null: { "aws:AssumedRoot": "true" },
    },
  });

/** People come through Identity Center, machines through roles. Source: IAM user guide, "Security best practices". */
export const noIamUsers = (): Guardrail =>
  serviceControl({
    Sid: "NoIamUsers",
    Effect: "Deny",
    Action: [
      "iam:CreateUser",
      "iam:CreateAccessKey",
      "iam:CreateLoginProfile",
      "iam:UpdateLoginProfile",
      "iam:CreateServiceSpecificCredential",
      "iam:UploadSSHPublicKey",
      "iam:UploadSigningCertificate",
    ],
    Resource: "*",
  });

/** The roles that guardrails let through, their boundary and the pipelines' way in are the platform's alone. */
export const keepRoles = (settings: GuardrailSettings): Guardrail => {
  const { platform, deploy, breakGlass } = settings.principals;
  return serviceControl({
    Sid: "KeepRoles",
    Effect: "Deny",
    Action: [
      "iam:AttachRolePolicy",
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:DeleteRolePermissionsBoundary",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:CreatePolicy",
      "iam:CreatePolicyVersion",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:SetDefaultPolicyVersion",
      "iam:AddClientIDToOpenIDConnectProvider",
      "iam:CreateOpenIDConnectProvider",
      "iam:DeleteOpenIDConnectProvider",
      "iam:UpdateOpenIDConnectProviderThumbprint",
      "iam:CreateSAMLProvider",
      "iam:DeleteSAMLProvider",
      "iam:UpdateSAMLProvider",
    ],
    Resource: [
      ...new Set([
        "arn:aws:iam::*:role/landing-zone-*",
        "arn:aws:iam::*:policy/landing-zone-*",
        "arn:aws:iam::*:oidc-provider/*",
        "arn:aws:iam::*:saml-provider/*",
        ...platform,
        ...deploy,
        ...breakGlass,
      ]),
    ],
    Condition: butThePlatform(settings),
  });
};
