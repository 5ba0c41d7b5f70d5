/**
 * What the organization stack does, as far as it matters to an organization that is there already. The tests hold it to
 * the stack's plan.
 */
export const stackName = "organization";

/** The component that all of the organization is in, and the organization itself, are called so. */
export const organizationName = "organization";

export const types = {
  component: "landing-zone:organization:Organization",
  organization: "aws:organizations/organization:Organization",
  unit: "aws:organizations/organizationalUnit:OrganizationalUnit",
  account: "aws:organizations/account:Account",
  provider: "pulumi:providers:aws",
} as const;

/** The services whose delegated administrator the security stack makes the audit account. */
export const delegatedServices: readonly string[] = [
  "access-analyzer.amazonaws.com",
  "cloudtrail.amazonaws.com",
  "config-multiaccountsetup.amazonaws.com",
  "config.amazonaws.com",
  "detective.amazonaws.com",
  "guardduty.amazonaws.com",
  "inspector2.amazonaws.com",
  "macie.amazonaws.com",
  "securityhub.amazonaws.com",
];
