import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyTypes, trustedServices } from "./enabled-features";

export interface OrganizationArgs {
  /** Paths of units, parents before or after their children: `Workloads`, `Workloads/prod`. */
  readonly units: readonly string[];
  /** The accounts to vend, by name; not the management account, which is there already. */
  readonly accounts: Readonly<Record<string, { readonly email: string; readonly unit: string }>>;
  /** The role that a new account is born with and that the management account may take in it. */
  readonly accessRole: string;
  /** Services that may act in all accounts beside those the landing zone needs. Trust in others is withdrawn. */
  readonly alsoTrusted?: readonly string[];
  /** Types of policies beside those the landing zone needs. Others are disabled, and their policies with them. */
  readonly alsoPolicyTypes?: readonly string[];
}

/**
 * The organization, its units and its accounts. None of them goes when the stack goes: all are protected, and what is
 * no longer described is forgotten at most, never closed. Moving an account to another unit changes it in place. Root
 * users are managed centrally.
 *
 * AWS refuses most changes to an organization while another is made; the provider tries again by itself.
 *
 * Source: AWS Organizations user guide; Organizing your AWS environment, "Recommended OUs".
 */
export class Organization extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly rootId: pulumi.Output<string>;
  readonly unitIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly accountIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: OrganizationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:organization:Organization", name, {}, opts);
    const kept = { parent: this, protect: true };

    const organization = new aws.organizations.Organization(
      name,
      {
        featureSet: "ALL",
        awsServiceAccessPrincipals: withThese(trustedServices, args.alsoTrusted),
        enabledPolicyTypes: withThese(policyTypes, args.alsoPolicyTypes),
      },
      kept,
    );
    // Members' root users lose their passwords and keys; the management account opens a short session where a task
    // needs root.
    new aws.iam.OrganizationsFeatures(
      name,
      { enabledFeatures: ["RootCredentialsManagement", "RootSessions"] },
      { parent: this, dependsOn: [organization] },
    );
    this.rootId = organization.roots.apply(([root]) => {
      if (root === undefined) throw new Error("AWS Organizations returned no root");
      return root.id;
    });

    // To trust RAM is not enough for it to share with the organization without invitations.
    new aws.ram.SharingWithOrganization(name, {}, { parent: this, dependsOn: [organization] });

    const units = new Map<string, aws.organizations.OrganizationalUnit>();
    for (const path of [...args.units].sort()) {
      const parentPath = path.split("/").slice(0, -1).join("/");
      const unit = new aws.organizations.OrganizationalUnit(
        path,
        { name: path.split("/").at(-1), parentId: units.get(parentPath)?.id ?? this.rootId },
        kept,
      );
      units.set(path, unit);
    }
    const accounts = Object.entries(args.accounts).map(([account, { email, unit }]) => {
      const parent = units.get(unit);
      if (parent === undefined) throw new Error(`account ${account} is to be in ${unit}, which is no unit`);
      const made = new aws.organizations.Account(
        account,
        {
          name: account,
          email,
          parentId: parent.id,
          roleName: args.accessRole,
          closeOnDeletion: false,
          iamUserAccessToBilling: "DENY",
        },
        // AWS does not tell afterwards which role and which access to billing an account was born with; and an account
        // that was adopted keeps the name it has.
        {
          ...kept,
          retainOnDelete: true,
          ignoreChanges: ["iamUserAccessToBilling", "name", "roleName"],
        },
      );
      return [account, made.id] as const;
    });

    this.id = organization.id;
    this.arn = organization.arn;
    this.unitIds = Object.fromEntries([...units].map(([path, unit]) => [path, unit.id]));
    this.accountIds = Object.fromEntries(accounts);
    this.registerOutputs({ id: this.id, unitIds: this.unitIds, accountIds: this.accountIds });
  }
}

const withThese = (needed: readonly string[], more: readonly string[] = []): string[] =>
  [...new Set([...needed, ...more])].sort();
