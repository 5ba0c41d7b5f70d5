import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shortName } from "../short-name";
import { requireDays, requireVaultName } from "./backup-vault";

export interface BackupSchedule {
  /** When, in UTC, by the six fields that AWS takes, for example `cron(0 3 ? * * *)`: each day at 3. */
  readonly schedule: string;
  /** Days until a copy is deleted; at least as many as the vault's lock asks for. */
  readonly keepDays: number;
  /** Days until a copy moves to storage that is cheap to keep and dear to read, and stays there for 90 or more. */
  readonly coldAfterDays?: number;
  /** Another vault, of another account or region, that each copy is copied to. */
  readonly copyTo?: { readonly vaultArn: string; readonly keepDays: number };
  /** What is backed up: all in the account and region that has this tag, of types that the account opted in to. */
  readonly tag: { readonly key: string; readonly value: string };
}

export interface BackupPlansArgs {
  /** Of this account and region, for example BackupVault's. */
  readonly vaultName: string;
  /** The role that AWS Backup takes, for example BackupVault's. */
  readonly roleArn: pulumi.Input<string>;
  /** By a short name; what two of them select is backed up by both. See usualPlans. */
  readonly plans: Readonly<Record<string, BackupSchedule>>;
  /** What must be there first: the vault and its role. */
  readonly after?: readonly pulumi.Resource[];
}

const inEnvironment = (value: string) => ({ key: "environment", value });

/** Production once a day for five weeks and once a month for a year; dev once a day for a week. */
export const usualPlans = {
  "prod-daily": { schedule: "cron(0 3 ? * * *)", keepDays: 35, tag: inEnvironment("prod") },
  "prod-monthly": { schedule: "cron(0 4 1 * ? *)", keepDays: 365, tag: inEnvironment("prod") },
  "dev-daily": { schedule: "cron(0 3 ? * * *)", keepDays: 7, tag: inEnvironment("dev") },
} satisfies BackupPlansArgs["plans"];

/**
 * What is backed up in one account, when, and for how long: for who does not use the organization's policy
 * (ManagementPolicies), and for what that does not say. With both, what has the tag is backed up twice.
 *
 * Refused: no plan; a name that AWS Backup refuses; a schedule that is no cron expression of AWS; days that are no
 * whole numbers from 1 to 36,500; less than 90 days of cold storage; a copyTo that is no vault's ARN.
 * Sources: AWS Backup developer guide, "Creating a backup plan", "Assigning resources to a backup plan"; AWS Backup API
 * reference, "Lifecycle".
 */
export class BackupPlans extends pulumi.ComponentResource {
  readonly planIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: BackupPlansArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:BackupPlans", name, {}, opts);
    requireVaultName(args.vaultName);
    if (Object.keys(args.plans).length === 0) throw new Error("plans is empty: nothing would be backed up");
    for (const [planName, plan] of Object.entries(args.plans)) requireSound(planName, plan);
    const here = { parent: this, dependsOn: [...(args.after ?? [])] };
    this.planIds = Object.fromEntries(
      Object.entries(args.plans).map(([planName, { schedule, keepDays, coldAfterDays, copyTo, tag }]) => {
        const made = new aws.backup.Plan(
          `${name}-${planName}`,
          {
            name: shortName(`${name}-${planName}`, 50),
            rules: [
              {
                ruleName: planName,
                targetVaultName: args.vaultName,
                schedule,
                startWindow: 60,
                lifecycle: {
                  deleteAfter: keepDays,
                  ...(coldAfterDays === undefined ? {} : { coldStorageAfter: coldAfterDays }),
                },
                ...(copyTo === undefined
                  ? {}
                  : {
                      copyActions: [
                        { destinationVaultArn: copyTo.vaultArn, lifecycle: { deleteAfter: copyTo.keepDays } },
                      ],
                    }),
              },
            ],
          },
          here,
        );
        new aws.backup.Selection(
          `${name}-${planName}`,
          {
            name: planName,
            planId: made.id,
            iamRoleArn: args.roleArn,
            selectionTags: [{ type: "STRINGEQUALS", ...tag }],
          },
          here,
        );
        return [planName, made.id];
      }),
    );
    this.registerOutputs({});
  }
}

function requireSound(planName: string, plan: BackupSchedule): void {
  const of = `plans.${planName}`;
  if (!/^[\w.-]{1,50}$/.test(planName))
    throw new Error(`${of}: a name must be 1 to 50 letters, digits, hyphens, underscores or dots`);
  if (!isCron(plan.schedule))
    throw new Error(
      `${of}.schedule is ${plan.schedule}; it must be cron() with six fields, of which the day of the month or of the week, and not both, is ?`,
    );
  requireDays(`${of}.keepDays`, plan.keepDays);
  if (plan.coldAfterDays !== undefined) {
    requireDays(`${of}.coldAfterDays`, plan.coldAfterDays);
    const cold = plan.keepDays - plan.coldAfterDays;
    if (cold < 90)
      throw new Error(`${of}: ${cold} days of cold storage; AWS Backup wants 90 or more before deletion`);
  }
  if (plan.tag.key === "" || plan.tag.value === "")
    throw new Error(`${of}.tag is not whole: it must have a key and a value`);
  if (plan.copyTo === undefined) return;
  requireDays(`${of}.copyTo.keepDays`, plan.copyTo.keepDays);
  if (!/^arn:aws:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]{2,50}$/.test(plan.copyTo.vaultArn))
    throw new Error(`${of}.copyTo.vaultArn is ${plan.copyTo.vaultArn}; it must be the ARN of a backup vault`);
}

/** Source: Amazon EventBridge user guide, "Cron expressions reference". */
function isCron(schedule: string): boolean {
  const fields = /^cron\(([\dA-Z*?,/#\- ]+)\)$/.exec(schedule)?.[1]?.split(" ") ?? [];
  const [, , dayOfMonth, , dayOfWeek] = fields;
  return (
    fields.length === 6 &&
    fields.every((field, index) => field !== "" && (field !== "?" || index === 2 || index === 4)) &&
    (dayOfMonth === "?") !== (dayOfWeek === "?")
  );
}
