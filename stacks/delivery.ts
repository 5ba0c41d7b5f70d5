/** How pipelines get into a workload account. */
import { PipelineRoles, type PipelineRolesArgs } from "../components/delivery/pipeline-roles";
import { iamArn } from "../components/location";
import { type EnvironmentName, inEnvironment, type LandingZone } from "./description";
import { accountOf } from "./description/product-places";
import { builtIn } from "./images";
import { providersOf } from "./links";
import type { StackDefinition } from "./names";
import { environmentOf, workloadAccount } from "./places";
import { deployRole, linksRole, namesRole, participantNamesRole, previewRole } from "./platform-names";
import { accountIdOf, accountProvider, locationOf, platform } from "./providers";
import type { Handed } from "./references";

export interface DeliveryOutputs {
  previewRoleArn: string;
  deployRoleArn: string;
}

export function delivery(zone: LandingZone, stack: StackDefinition): Handed<DeliveryOutputs> {
  const { name: environment, account: home } = environmentOf(zone, stack);
  const { pipelines, roles } = zone.organization;
  const { subnetsOf: owner } = workloadAccount(zone, stack.account);
  const roleIn = (account: string, role: string) => iamArn(accountIdOf(zone, account), `role/${role}`);
  const roleOf = new PipelineRoles(
    "pipelines",
    {
      at: locationOf(zone, stack.account, stack.region),
      platforms: pipelines.map(platformOf => ({ ...platformOf, deploy: platformOf.deploy[environment] })),
      alsoTakes: [
        ...(home === stack.account ? [] : [roleIn(home, namesRole)]),
        ...(owner === undefined ? [] : [roleIn(owner, participantNamesRole(stack.account))]),
        ...providersOf(zone, environment, stack.account).map(account => roleIn(account, linksRole)),
      ],
      ...(owner === undefined ? {} : { vpcAccountId: accountIdOf(zone, owner) }),
      copyRegions: copyRegionsOf(zone, stack.account, environment),
      ...imagesPushedTo(zone, stack.account),
      managementAccountId: accountIdOf(zone, roles.management),
      previewRoleName: previewRole,
      deployRoleName: deployRole,
    },
    { provider: accountProvider(zone, stack.account, stack.region, platform(zone, environment)) },
  );
  return { previewRoleArn: roleOf.previewRoleArn, deployRoleArn: roleOf.deployRoleArn };
}

/** Builds begin with approved bases of the account's own registry; see account-images.ts. */
function imagesPushedTo(zone: LandingZone, account: string): Pick<PipelineRolesArgs, "images"> {
  const products = builtIn(zone, account);
  const approvedBases = zone.organization.images?.approvedBases;
  return products.length === 0
    ? {}
    : { images: { products, ...(approvedBases === undefined ? {} : { approvedBases }) } };
}

/** Where the products of an account keep copies beside its own region. */
const copyRegionsOf = (zone: LandingZone, account: string, environment: EnvironmentName): string[] => {
  const kept = zone.products
    .filter(product => accountOf(zone, product, environment) === account)
    .flatMap(({ data = {} }) => Object.values(data));
  const regions = kept.flatMap(resource => {
    if (resource.kind === "table") return inEnvironment(resource.args.replicas ?? [], environment);
    return resource.kind === "bucket" ? inEnvironment(resource.args.replicateTo ?? "none", environment) : [];
  });
  return [...new Set<string>(regions)].filter(region => region !== "none").sort();
};
