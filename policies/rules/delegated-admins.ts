/** Services of the whole organization are run from an account of their own, and not from the management account. */
import { accountOf } from "../provider-inputs";
import type { Rule } from "../rule";

interface Delegated {
  readonly service: string;
  /** Begins the rule's name. */
  readonly word: string;
  readonly type: string;
  readonly property: string;
}

const delegated: readonly Delegated[] = [
  {
    service: "GuardDuty",
    word: "guardduty",
    type: "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount",
    property: "adminAccountId",
  },
  {
    service: "Security Hub",
    word: "securityhub",
    type: "aws:securityhub/organizationAdminAccount:OrganizationAdminAccount",
    property: "adminAccountId",
  },
  {
    service: "Inspector",
    word: "inspector",
    type: "aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount",
    property: "accountId",
  },
  {
    service: "Macie",
    word: "macie",
    type: "aws:macie2/organizationAdminAccount:OrganizationAdminAccount",
    property: "adminAccountId",
  },
  {
    service: "Detective",
    word: "detective",
    type: "aws:detective/organizationAdminAccount:OrganizationAdminAccount",
    property: "accountId",
  },
  {
    service: "CloudTrail",
    word: "cloudtrail",
    type: "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount",
    property: "accountId",
  },
];

export const delegatedAdmins: readonly Rule[] = delegated.map(({ service, word, type, property }) => ({
  name: `${word}-delegated-admin`,
  theme: "least-privilege",
  title: `${service} is run from another account than the management account`,
  why: "No guardrail holds in the management account, so nobody is to work there every day",
  fix: `set ${property} to the audit account`,
  severity: "medium",
  level: "mandatory",
  controls: ["CIS 7.0 2.1.6"],
  types: [type],
  // Only the management account can delegate, so it is the one that the provider is pinned to.
  check(delegation, report) {
    const management = accountOf(delegation);
    if (management !== undefined && delegation.at(property).is(management))
      report.refuse(`${property} is ${management}, which delegates`);
  },
}));
