import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface BackupPlan {
  readonly region: string;
  readonly keepDays: number;
  /** Absent: no copy is kept for longer. */
  readonly keepMonthlyDays?: number;
  /** The ARN of another account's vault that each copy is copied to. */
  readonly copyTo?: string;
  /** When it begins, in UTC, by expressions of AWS Backup; default: at 3, and on the first of a month at 4. */
  readonly begins?: { readonly daily: string; readonly monthly: string };
}

export interface ManagementPoliciesArgs {
  readonly rootId: pulumi.Input<string>;
  /** Tags and the values they may have; an empty list leaves the value open. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Environments whose resources are copied once a day, by the value of their tag `environment`. */
  readonly backups: Readonly<Record<string, BackupPlan>>;
  /** The vault and the role that every account with backups has; see BackupVault. */
  readonly vaultName: string;
  readonly backupRoleName: string;
}

/** Source: AWS Organizations user guide, "Quotas and service limits": the size of a policy, in characters. */
const limits = { TAG_POLICY: 10_000, BACKUP_POLICY: 10_000, AISERVICES_OPT_OUT_POLICY: 2_500 } as const;

const assign = (value: unknown) => ({ "@@assign": value });

/**
 * What holds in the whole organization and is no guardrail: how tags are written and which values they have (reported,
 * not enforced), what is backed up, and that AWS may not train its services on the company's data.
 *
 * Refused: a policy longer than AWS allows, with its length.
 * Sources: AWS Organizations user guide, "Tag policies", "Backup policies", "AI services opt-out policies".
 */
export class ManagementPolicies extends pulumi.ComponentResource {
  constructor(name: string, args: ManagementPoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:organization:ManagementPolicies", name, {}, opts);
    const policy = (kind: string, type: keyof typeof limits, description: string, document: object) => {
      const content = JSON.stringify(document);
      if (content.length > limits[type])
        throw new Error(
          `the ${kind} policy has ${content.length.toLocaleString("en")} characters, and AWS allows ${limits[type].toLocaleString("en")}`,
        );
      const made = new aws.organizations.Policy(
        `${name}-${kind}`,
        { name: `landing-zone-${kind}`, description, type, content },
        { parent: this },
      );
      new aws.organizations.PolicyAttachment(
        `${name}-${kind}`,
        { policyId: made.id, targetId: args.rootId },
        { parent: this },
      );
    };
    policy("tags", "TAG_POLICY", "How tags are written and which values they have", tagPolicy(args.tags));
    policy("ai-opt-out", "AISERVICES_OPT_OUT_POLICY", "AWS does not train its services on our data", {
      services: {
        "@@operators_allowed_for_child_policies": ["@@none"],
        default: {
          "@@operators_allowed_for_child_policies": ["@@none"],
          opt_out_policy: { "@@operators_allowed_for_child_policies": ["@@none"], ...assign("optOut") },
        },
      },
    });
    if (Object.keys(args.backups).length > 0)
      policy("backups", "BACKUP_POLICY", "What is copied once a day", backupPolicy(args));
    this.registerOutputs({});
  }
}

const tagPolicy = (tags: ManagementPoliciesArgs["tags"]) => ({
  tags: Object.fromEntries(
    Object.entries(tags).map(([key, values]) => [
      key,
      { tag_key: assign(key), ...(values.length === 0 ? {} : { tag_value: assign(values) }) },
    ]),
  ),
});

const usualBegins = { daily: "cron(0 3 ? * * *)", monthly: "cron(0 4 1 * ? *)" };

const backupPolicy = ({ backups, vaultName, backupRoleName }: ManagementPoliciesArgs) => ({
  plans: Object.fromEntries(
    Object.entries(backups).map(([environment, { region, keepDays, keepMonthlyDays, copyTo, begins }]) => {
      const { daily, monthly } = begins ?? usualBegins;
      const rule = (schedule: string, days: number) => {
        const lifecycle = { delete_after_days: assign(String(days)) };
        return {
          schedule_expression: assign(schedule),
          start_backup_window_minutes: assign("60"),
          target_backup_vault_name: assign(vaultName),
          lifecycle,
          ...(copyTo === undefined
            ? {}
            : { copy_actions: { [copyTo]: { target_backup_vault_arn: assign(copyTo), lifecycle } } }),
        };
      };
      return [
        `landing-zone-${environment}`,
        {
          regions: assign([region]),
          rules: {
            daily: rule(daily, keepDays),
            ...(keepMonthlyDays === undefined ? {} : { monthly: rule(monthly, keepMonthlyDays) }),
          },
          selections: {
            tags: {
              environment: {
                iam_role_arn: assign(`arn:aws:iam::$account:role/${backupRoleName}`),
                tag_key: assign("environment"),
                tag_value: assign([environment]),
              },
            },
          },
        },
      ];
    }),
  ),
});
