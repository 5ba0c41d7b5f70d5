/** The management account: units, accounts and what no account may do. */
import { Guardrail } from "../components/organization/guardrail";
import { Organization } from "../components/organization/organization";
import type { LandingZone } from "./description";
import type { StackDefinition } from "./names";
import { accountProvider, platform } from "./providers";
import type { Handed } from "./references";

export interface OrganizationOutputs {
  organizationId: string;
  organizationArn: string;
  unitIds: Record<string, string>;
  accountIds: Record<string, string>;
}

export function organization(zone: LandingZone, stack: StackDefinition): Handed<OrganizationOutputs> {
  const { accounts, units, roles, accessRole } = zone.organization;
  const provider = accountProvider(zone, stack.account, stack.region, platform(zone, "shared"));
  const { [roles.management]: _, ...vended } = accounts;

  const company = new Organization("organization", { units, accounts: vended, accessRole }, { provider });
  new Guardrail(
    "members",
    {
      description: "What no account of the organization may do",
      statements: [
        {
          Sid: "StayInTheOrganization",
          Effect: "Deny",
          Action: "organizations:LeaveOrganization",
          Resource: "*",
        },
        {
          Sid: "NoRootUser",
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
        },
      ],
      targets: { root: company.rootId },
    },
    { provider },
  );
  return {
    organizationId: company.id,
    organizationArn: company.arn,
    unitIds: company.unitIds,
    accountIds: company.accountIds,
  };
}
