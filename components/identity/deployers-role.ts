import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { iamArn, type Location } from "../location";
import { policyDocument, type Statement } from "./policy-document";

export interface DeployersRoleArgs {
  readonly at: Location;
  readonly roleName: string;
  /** Accounts whose deploy role may take the role, by name; twelve digits each. */
  readonly accountIds: Readonly<Record<string, string>>;
  readonly deployRoleName: string;
  /** The management account, from which people may take it. */
  readonly managementAccountId: string;
}

interface Permissions {
  readonly description: string;
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/**
 * A narrow role that products of other accounts need here, below the component that asks for it: their accounts' deploy
 * roles may take it and no other role of theirs, and the management account.
 *
 * @returns its ARN, which is known beforehand.
 */
export function deployersRole(
  parent: pulumi.ComponentResource,
  name: string,
  args: DeployersRoleArgs,
  { description, policyName, statements }: Permissions,
): string {
  const { at, roleName } = args;
  const role = new aws.iam.Role(
    name,
    {
      name: roleName,
      description,
      maxSessionDuration: 3600,
      assumeRolePolicy: policyDocument(trustDeployers(args)),
    },
    { parent },
  );
  new aws.iam.RolePolicy(
    name,
    { name: policyName, role: role.name, policy: policyDocument(statements) },
    { parent },
  );
  return iamArn(at.accountId, `role/${roleName}`);
}

function trustDeployers({ accountIds, deployRoleName, managementAccountId }: DeployersRoleArgs): Statement[] {
  const trusted = [...new Set([managementAccountId, ...Object.values(accountIds)])];
  return trusted.map(
    (accountId): Statement => ({
      Effect: "Allow",
      Principal: { AWS: iamArn(accountId, "root") },
      Action: "sts:AssumeRole",
      Condition:
        accountId === managementAccountId
          ? { StringEquals: { "aws:PrincipalAccount": accountId } }
          : { ArnEquals: { "aws:PrincipalArn": iamArn(accountId, `role/${deployRoleName}`) } },
    }),
  );
}
