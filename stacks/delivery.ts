/** How pipelines get into a workload account, or run in it. */
import { PipelineRoles, type PipelineRolesArgs } from "../components/delivery/pipeline-roles";
import { iamArn } from "../components/location";
import { codePipelineOf } from "./code-pipelines";
import { type EnvironmentName, inEnvironment, type LandingZone, tokenPlatforms } from "./description";
import { deploySubjects } from "./description/pipelines";
import { accountOf } from "./description/product-places";
import { databaseHoursIn } from "./hours";
import { builtIn } from "./images";
import { providersOf } from "./links";
import { lookedAt } from "./looking";
import type { StackDefinition } from "./names";
import { environmentOf, workloadAccount } from "./places";
import { deployRole, linksRole, namesRole, participantNamesRole } from "./platform-names";
import { accountIdOf, accountProvider, locationOf, platform } from "./providers";
import type { Handed, Upstream } from "./references";
import { releaseRoles } from "./release-roles";
import { restoreDrillsIn } from "./restore-drills";
import { runnerOf, runnersTrusted } from "./runner";

export interface DeliveryOutputs {
  previewRoleArn: string;
  deployRoleArn: string;
}

export function delivery(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<DeliveryOutputs> {
  const { name: environment, account: home } = environmentOf(zone, stack);
  const { roles } = zone.organization;
  const platforms = tokenPlatforms(zone.organization.pipelines);
  const provider = accountProvider(zone, stack.account, stack.region, platform(zone, environment));
  const { subnetsOf: owner } = workloadAccount(zone, stack.account);
  const roleIn = (account: string, role: string) => iamArn(accountIdOf(zone, account), `role/${role}`);
  const roleOf = new PipelineRoles(
    "pipelines",
    {
      at: locationOf(zone, stack.account, stack.region),
      platforms: platforms.map(platform => ({
        issuer: platform.issuer,
        audience: platform.audience,
        deploy: deploySubjects(platform, environment),
      })),
      runnerRoleArns: runnersTrusted(zone, environment),
      alsoTakes: [
        ...(home === stack.account ? [] : [roleIn(home, namesRole)]),
        ...(owner === undefined ? [] : [roleIn(owner, participantNamesRole(stack.account))]),
        ...providersOf(zone, environment, stack.account).map(account => roleIn(account, linksRole)),
      ],
      ...(owner === undefined ? {} : { vpcAccountId: accountIdOf(zone, owner) }),
      copyRegions: copyRegionsOf(zone, stack.account, environment),
      ...imagesPushedTo(zone, stack.account),
      managementAccountId: accountIdOf(zone, roles.management),
      deployRoleName: deployRole,
    },
    { provider },
  );
  const looks = lookedAt(zone, stack.account, provider, roleOf.identityProviders);
  releaseRoles(zone, stack, environment, provider, roleOf.identityProviders);
  if (home === stack.account) codePipelineOf(zone, environment, provider);
  runnerOf(zone, stack, upstream, provider);
  restoreDrillsIn(zone, stack, provider);
  databaseHoursIn(zone, stack, provider);
  return { previewRoleArn: looks.arn, deployRoleArn: roleOf.deployRoleArn };
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
