import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface OrganizationArgs {
  /** Paths of units, parents before or after their children: `Workloads`, `Workloads/prod`. */
  readonly units: readonly string[];
  /** The accounts to vend, by name; not the management account, which is there already. */
  readonly accounts: Readonly<Record<string, { readonly email: string; readonly unit: string }>>;
  /** The role that a new account is born with and that the management account may take in it. */
  readonly accessRole: string;
}

/** Services that may act in all accounts, because layers to the right need them. */
const trustedServices = [
  "access-analyzer.amazonaws.com",
  "cloudtrail.amazonaws.com",
  "config.amazonaws.com",
  "guardduty.amazonaws.com",
  "ram.amazonaws.com",
  "securityhub.amazonaws.com",
  "sso.amazonaws.com",
];

/**
 * The organization, its units and its accounts. None of them goes when the stack goes: all are protected, and an
 * account that is no longer described is not closed. Moving an account to another unit changes it in place.
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
        awsServiceAccessPrincipals: trustedServices,
        enabledPolicyTypes: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"],
      },
      kept,
    );
    this.rootId = organization.roots.apply(([root]) => {
      if (root === undefined) throw new Error("AWS Organizations returned no root");
      return root.id;
    });

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
        // AWS does not tell afterwards which role and which access to billing an account was born with.
        { ...kept, ignoreChanges: ["roleName", "iamUserAccessToBilling"] },
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
