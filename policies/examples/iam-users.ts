import { type Cases, unknown } from "./example";

const role = { type: "aws:iam/role:Role" };
const fourKinds = {
  requireLowercaseCharacters: true,
  requireUppercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
};
const organization = { type: "aws:organizations/organization:Organization", name: "organization" };
const features = (...enabledFeatures: string[]) => ({
  type: "aws:iam/organizationsFeatures:OrganizationsFeatures",
  name: "features",
  props: { enabledFeatures },
});

export default [
  { rule: "iam-no-users", accepts: [role], refuses: [{}] },
  { rule: "iam-no-access-keys", accepts: [role], refuses: [{ props: { user: unknown } }] },
  { rule: "iam-no-login-profile", accepts: [role], refuses: [{}] },
  { rule: "iam-no-user-credentials", accepts: [role], refuses: [{}, { type: "aws:iam/sshKey:SshKey" }] },
  {
    rule: "iam-no-user-policies",
    accepts: [
      role,
      { type: "aws:iam/policyAttachment:PolicyAttachment", props: { roles: ["orders"], users: [] } },
    ],
    refuses: [
      {},
      { type: "aws:iam/userPolicyAttachment:UserPolicyAttachment" },
      { type: "aws:iam/policyAttachment:PolicyAttachment", props: { users: [unknown] } },
    ],
    unknown: [{ type: "aws:iam/policyAttachment:PolicyAttachment", props: { users: unknown } }],
  },
  {
    rule: "iam-no-exclusive-policy-attachment",
    accepts: [{ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment" }],
    refuses: [{ props: { roles: ["orders"] } }],
  },
  {
    rule: "iam-password-length",
    accepts: [{ props: { minimumPasswordLength: 14 } }],
    refuses: [{ props: { minimumPasswordLength: 13 } }, {}],
    unknown: [{ props: { minimumPasswordLength: unknown } }],
  },
  {
    rule: "iam-password-reuse",
    accepts: [{ props: { passwordReusePrevention: 24 } }],
    refuses: [{ props: { passwordReusePrevention: 23 } }, {}],
    unknown: [{ props: { passwordReusePrevention: unknown } }],
  },
  {
    rule: "iam-password-complexity",
    accepts: [{ props: fourKinds }],
    refuses: Object.keys(fourKinds).map(kind => ({ props: { ...fourKinds, [kind]: false } })),
    unknown: [{ props: { ...fourKinds, requireSymbols: unknown } }],
  },
  {
    rule: "iam-password-max-age",
    accepts: [{ props: { maxPasswordAge: 90 } }],
    refuses: [{ props: { maxPasswordAge: 91 } }, { props: { maxPasswordAge: 0 } }, {}],
    unknown: [{ props: { maxPasswordAge: unknown } }],
  },
  { rule: "iam-no-server-certificates", accepts: [role], refuses: [{}] },
  {
    rule: "iam-centralized-root",
    accepts: [[organization, features("RootCredentialsManagement", "RootSessions")]],
    refuses: [
      [organization],
      [organization, features("RootCredentialsManagement")],
      [organization, features("RootSessions")],
    ],
    unknown: [[organization, { ...features(), props: { enabledFeatures: unknown } }]],
  },
] satisfies Cases[];
