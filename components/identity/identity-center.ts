import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./policy-document";

export interface PermissionSetArgs {
  readonly description: string;
  /** 1 to 12. */
  readonly sessionHours: number;
  /** Names of AWS managed policies, with their path: `job-function/Billing`. */
  readonly managedPolicies?: readonly string[];
  /** At most 10,240 characters together. */
  readonly statements?: readonly Statement[];
}

export interface AssignmentArgs {
  readonly group: string;
  readonly permissionSet: string;
  /** Names of accounts. */
  readonly accounts: readonly string[];
}

export interface IdentityCenterArgs {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  /** Where Identity Center was switched on. */
  readonly region: string;
  /** By name: to be made, or there already, with its id. */
  readonly groups: Readonly<Record<string, { readonly description: string } | { readonly id: string }>>;
  readonly permissionSets: Readonly<Record<string, PermissionSetArgs>>;
  readonly assignments: readonly AssignmentArgs[];
  readonly accountIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Groups, permission sets, and which group has which set in which accounts. A set is a role in each of these accounts.
 * Two assignments that say the same are one.
 *
 * Refused: an assignment of a group, a permission set or an account that there is not.
 * Source: IAM Identity Center user guide, "Manage AWS accounts with permission sets".
 */
export class IdentityCenter extends pulumi.ComponentResource {
  constructor(name: string, args: IdentityCenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:identity:IdentityCenter", name, {}, opts);
    const here = { parent: this };
    const { instanceArn, identityStoreId, region } = args;

    const groupIds = new Map<string, pulumi.Input<string>>(
      Object.entries(args.groups).map(([displayName, group]) => [
        displayName,
        "id" in group
          ? group.id
          : new aws.identitystore.Group(
              `${name}-${displayName}`,
              { identityStoreId, displayName, description: group.description, region },
              here,
            ).groupId,
      ]),
    );
    const sets = new Map(
      Object.entries(args.permissionSets).map(([setName, set]) => {
        const made = new aws.ssoadmin.PermissionSet(
          `${name}-${setName}`,
          {
            name: setName,
            description: set.description,
            instanceArn,
            sessionDuration: `PT${set.sessionHours}H`,
            region,
          },
          here,
        );
        const policies: pulumi.Resource[] = (set.managedPolicies ?? []).map(
          managed =>
            new aws.ssoadmin.ManagedPolicyAttachment(
              `${name}-${setName}-${managed.split("/").at(-1)}`,
              {
                instanceArn,
                permissionSetArn: made.arn,
                managedPolicyArn: `arn:aws:iam::aws:policy/${managed}`,
                region,
              },
              here,
            ),
        );
        if (set.statements !== undefined && set.statements.length > 0)
          policies.push(
            new aws.ssoadmin.PermissionSetInlinePolicy(
              `${name}-${setName}`,
              {
                instanceArn,
                permissionSetArn: made.arn,
                inlinePolicy: policyDocument(set.statements),
                region,
              },
              here,
            ),
          );
        return [setName, { arn: made.arn, policies }] as const;
      }),
    );

    for (const { group, permissionSet, account } of distinct(args.assignments)) {
      const principalId = groupIds.get(group);
      const set = sets.get(permissionSet);
      const targetId = args.accountIds[account];
      if (principalId === undefined || set === undefined || targetId === undefined)
        throw new Error(
          `the assignment of "${permissionSet}" to "${group}" in "${account}" names what is not there`,
        );
      new aws.ssoadmin.AccountAssignment(
        `${name}-${account}-${group}-${permissionSet}`,
        {
          instanceArn,
          permissionSetArn: set.arn,
          principalType: "GROUP",
          principalId,
          targetType: "AWS_ACCOUNT",
          targetId,
          region,
        },
        // A set is rolled out to its accounts with the policies it has by then.
        { ...here, dependsOn: set.policies },
      );
    }
    this.registerOutputs({});
  }
}

function distinct(assignments: readonly AssignmentArgs[]) {
  const each = assignments.flatMap(({ group, permissionSet, accounts }) =>
    accounts.map(account => ({ group, permissionSet, account })),
  );
  return [...new Map(each.map(one => [JSON.stringify(one), one])).values()];
}
