import { iamArn } from "../location";
import type { Statement } from "./policy-document";

export interface DeployTrust {
  /** Accounts whose deploy role may take the role, by name; twelve digits each. */
  readonly accountIds: Readonly<Record<string, string>>;
  readonly deployRoleName: string;
  /** The management account, from which people may take it. */
  readonly managementAccountId: string;
}

/**
 * Who may take a narrow role that products of other accounts need here: their accounts' deploy roles and no other role
 * of theirs, and the management account.
 */
export function trustDeployers({
  accountIds,
  deployRoleName,
  managementAccountId,
}: DeployTrust): Statement[] {
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
