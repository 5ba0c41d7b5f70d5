import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { oneByOne } from "./one-by-one";
import { regionsBeside } from "./regions";

export interface DetectionDelegationsArgs {
  /** Twelve digits; not the management account, which Security Hub refuses for central configuration. */
  readonly auditAccountId: string;
  /** Where threats are looked for; each once, and home among them. */
  readonly regions: readonly string[];
  /** Where Security Hub is configured for the whole organization. */
  readonly home: string;
  readonly macie: boolean;
  readonly detective: boolean;
  /** What there must be first: the services that the audit account runs itself, see `AuditServices`. */
  readonly after?: readonly pulumi.Resource[];
}

/** Services that know delegated administrators only by way of AWS Organizations. */
const byOrganizations = [
  "access-analyzer.amazonaws.com",
  "config.amazonaws.com",
  "config-multiaccountsetup.amazonaws.com",
];

/**
 * Entrusts the organization's detection to the audit account. It belongs to the management account, which alone may.
 *
 * Security Hub is delegated at home only: central configuration carries the administrator into the linked Regions
 * itself, and from then on refuses to change it by Region. The other services know an administrator per Region. All
 * delegations are protected: to withdraw one parts every account from its administrator, and deletes Security Hub's
 * configuration policies.
 *
 * The organization must trust the services too (`awsServiceAccessPrincipals`): those above, CloudTrail, GuardDuty
 * (with `malware-protection.guardduty.amazonaws.com`), Security Hub, Inspector (`inspector2.amazonaws.com`), Macie
 * and Detective.
 *
 * Sources: Security Hub user guide, "Enabling central configuration"; GuardDuty user guide, "Managing GuardDuty
 * accounts with AWS Organizations"; Config developer guide, "Register a Delegated Administrator"; CloudTrail user
 * guide, "Organization delegated administrator".
 */
export class DetectionDelegations extends pulumi.ComponentResource {
  constructor(name: string, args: DetectionDelegationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:DetectionDelegations", name, {}, opts);
    const { auditAccountId: accountId, home, after = [] } = args;
    const regions = [home, ...regionsBeside(home, args.regions)];
    const kept = (dependsOn: pulumi.Resource[]) => ({ parent: this, protect: true, dependsOn });

    // The first Region of a service registers its administrator with AWS Organizations, and two at once conflict.
    const inRegions = (
      make: (child: string, region: string, options: pulumi.CustomResourceOptions) => pulumi.Resource,
    ) => oneByOne(regions, after, (region, dependsOn) => make(`${name}-${region}`, region, kept(dependsOn)));

    const adminAccountId = accountId;
    inRegions(
      (child, region, options) =>
        new aws.guardduty.OrganizationAdminAccount(child, { adminAccountId, region }, options),
    );
    inRegions(
      (child, region, options) =>
        new aws.inspector2.DelegatedAdminAccount(child, { accountId, region }, options),
    );
    if (args.macie)
      inRegions(
        (child, region, options) =>
          new aws.macie2.OrganizationAdminAccount(child, { adminAccountId, region }, options),
      );
    if (args.detective)
      inRegions(
        (child, region, options) =>
          new aws.detective.OrganizationAdminAccount(child, { accountId, region }, options),
      );
    new aws.securityhub.OrganizationAdminAccount(
      `${name}-${home}`,
      { adminAccountId, region: home },
      kept([...after]),
    );
    oneByOne(
      byOrganizations,
      after,
      (servicePrincipal, dependsOn) =>
        new aws.organizations.DelegatedAdministrator(
          `${name}-${servicePrincipal.split(".")[0]}`,
          { accountId, servicePrincipal },
          kept(dependsOn),
        ),
    );
    new aws.cloudtrail.OrganizationDelegatedAdminAccount(name, { accountId }, kept([...after]));
    this.registerOutputs({});
  }
}
