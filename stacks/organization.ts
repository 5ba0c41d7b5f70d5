/** The management account: units, accounts, what no account may do, who may come in, and what it may cost. */
import { Budgets } from "../components/cost/budgets";
import { CostAllocation } from "../components/cost/cost-allocation";
import { CostAnomalies } from "../components/cost/cost-anomalies";
import { Savings } from "../components/cost/savings";
import { CrossAccountBackups } from "../components/data/cross-account-backups";
import { IdentityCenter } from "../components/identity/identity-center";
import { AddressAdministrator } from "../components/network/address-administrator";
import { AlternateContacts } from "../components/organization/alternate-contacts";
import { GuardrailPolicies } from "../components/organization/guardrail-policies";
import { ManagementPolicies } from "../components/organization/management-policies";
import { NewAccountQuotas } from "../components/organization/new-account-quotas";
import { Organization } from "../components/organization/organization";
import { copyVaults, restoresAnywhere } from "./backup-vaults";
import { environmentNames, type LandingZone, standardPermissionSets } from "./description";
import { root } from "./guardrails";
import { backupWithin } from "./hours-windows";
import { safeGuardrails } from "./lock-out";
import type { StackDefinition } from "./names";
import { accountsIn, accountsInUse, openAccounts, unitOf } from "./organization-tree";
import { backupRole, backupVault, copyVaultArn } from "./platform-names";
import { accountIdOf, accountProvider, platform } from "./providers";
import type { Handed } from "./references";

export interface OrganizationOutputs {
  /** What stacks/landing-zone/ids.json holds. */
  ids: { organization: string; accounts: Record<string, string> };
  rootId: string;
}

export function organization(zone: LandingZone, stack: StackDefinition): Handed<OrganizationOutputs> {
  const { organization: described, environments, network, products } = zone;
  const { roles, units, accessRole, costs, people, quotas = [] } = described;
  const guardrails = safeGuardrails(zone);
  const subject = platform(zone, "shared");
  const provider = accountProvider(zone, stack.account, stack.region, subject);
  const here = { provider };

  const open = openAccounts(described).filter(name => name !== roles.management);
  const company = new Organization(
    "organization",
    {
      units,
      accounts: Object.fromEntries(
        open.map(name => [
          name,
          { email: described.accounts[name]?.email ?? "", unit: unitOf(described, name) },
        ]),
      ),
      accessRole,
      alsoTrusted: [
        ...(described.alsoEnabled?.trustedServices ?? []),
        ...(network.addressPools === true ? ["ipam.amazonaws.com"] : []),
      ],
      alsoPolicyTypes: described.alsoEnabled?.policyTypes ?? [],
    },
    here,
  );
  const managementId = accountIdOf(zone, roles.management);
  const accountIds = { [roles.management]: managementId, ...company.accountIds };
  const hubId = company.accountIds[roles.network];
  if (network.addressPools === true && hubId !== undefined)
    new AddressAdministrator("addresses", { accountId: hubId, after: [company] }, here);
  if (copyVaults(zone).length > 0 || restoresAnywhere(zone))
    new CrossAccountBackups("backups", { after: [company] }, here);
  new GuardrailPolicies(
    "guardrails",
    { policies: guardrails, targets: { [root]: company.rootId, ...company.unitIds } },
    here,
  );
  new ManagementPolicies(
    "policies",
    {
      rootId: company.rootId,
      tags: {
        environment: ["shared", ...environmentNames],
        product: [],
        team: [],
        "cost-centre": [],
        "data-class": ["public", "internal", "confidential", "restricted"],
      },
      backups: Object.fromEntries(
        environmentNames.flatMap(name => {
          const { backup, region, hours } = environments[name];
          if (backup === undefined) return [];
          const { copies, keepDays, keepMonthlyDays } = backup;
          const copyTo = copies === true ? copyVaultArn(zone, region) : undefined;
          // What is stopped is not backed up.
          const begins = hours && backupWithin(hours);
          return [[name, { region, keepDays, keepMonthlyDays, copyTo, begins }]];
        }),
      ),
      vaultName: backupVault,
      backupRoleName: backupRole,
    },
    here,
  );
  new AlternateContacts(
    "contacts",
    // The management account may not name itself.
    { accountIds: { [roles.management]: undefined, ...company.accountIds }, contacts: described.contacts },
    here,
  );
  if (quotas.length > 0) {
    // The one provider beside an account's own: Service Quotas keeps the template in us-east-1 only.
    const templates = accountProvider(zone, stack.account, "us-east-1", subject, { name: "quota-templates" });
    new NewAccountQuotas("quotas", { quotas }, { provider: templates });
  }
  new IdentityCenter(
    "people",
    {
      ...people,
      region: people.region ?? described.region,
      permissionSets: { ...standardPermissionSets, ...people.permissionSets },
      assignments: people.assignments.map(({ group, permissionSet, units: inUnits = [], accounts = [] }) => ({
        group,
        permissionSet,
        accounts: [
          ...inUnits.flatMap(unit => accountsIn(described, unit)),
          ...accounts.filter(name => accountsInUse(described).includes(name)),
        ],
      })),
      accountIds,
    },
    here,
  );
  const teams = [described.team, ...products.map(({ team }) => team)];
  new Budgets(
    "budgets",
    {
      accounts: Object.fromEntries(
        Object.entries(accountIds).map(([name, id]) => [
          name,
          { id, monthlyUsd: described.accounts[name]?.monthlyBudget ?? costs.monthlyBudget },
        ]),
      ),
      products: Object.fromEntries(
        products.map(({ name, monthlyBudget }) => [
          name,
          { monthlyUsd: monthlyBudget ?? costs.productBudget },
        ]),
      ),
      notify: costs.notify,
    },
    here,
  );
  const productNames = products.map(({ name }) => name);
  new CostAnomalies(
    "anomalies",
    { fromUsd: costs.anomalyUsd ?? 100, notify: costs.notify, products: productNames },
    here,
  );
  new CostAllocation(
    "costs",
    {
      tagKeys: costs.allocationTags ?? [],
      teams: [...new Set(teams)].sort(),
      products: productNames,
    },
    here,
  );
  new Savings("savings", { after: [company] }, here);
  return {
    ids: { organization: company.id, accounts: accountIds },
    rootId: company.rootId,
  };
}
