/** Who pushes products' images and tries their releases, in an account. */
import type * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import { type ReleasePlatform, ReleaseRoles } from "../components/delivery/release-roles";
import { type EnvironmentName, type LandingZone, type Product, tokenPlatforms } from "./description";
import { deploySubjects } from "./description/pipelines";
import { accountOf, livesIn } from "./description/product-places";
import { builtIn } from "./images";
import type { StackDefinition } from "./names";
import { pushRole, testRole } from "./platform-names";
import { workloadName } from "./product-names";
import { locationOf } from "./providers";
import { drillsInto, evidenceKey } from "./restore-drills";
import { runnersTrying } from "./runner";

/** The job of a product by which its releases are tried. */
export const testJob = "test";

export function releaseRoles(
  zone: LandingZone,
  stack: StackDefinition,
  environment: EnvironmentName,
  provider: aws.Provider,
  identityProviders: readonly Resource[],
): void {
  const platforms = tokenPlatforms(zone.organization.pipelines);
  const images = builtIn(zone, stack.account);
  const tried = zone.products.filter(
    product =>
      livesIn(product, environment) &&
      accountOf(zone, product, environment) === stack.account &&
      product.jobs?.[testJob] !== undefined,
  );
  const drills = drillsInto(zone, environment, stack.account).map(({ args }) => args.machineName);
  new ReleaseRoles(
    "releases",
    {
      at: locationOf(zone, stack.account, stack.region),
      testRoleName: testRole,
      platforms: platforms.map(platform => ({
        issuer: platform.issuer,
        audience: platform.audience,
        subjects: deploySubjects(platform, environment),
      })),
      testJobs: tried.map(product => workloadName(product, testJob)),
      ...(drills.length === 0 ? {} : { drills: { machines: drills, keyAlias: evidenceKey } }),
      runnerRoleArns: runnersTrying(zone, environment, stack.account),
      images,
      pushers: zone.products.flatMap(product =>
        images.includes(product.name) && product.repository !== undefined
          ? [
              {
                roleName: pushRole(product.name),
                product: product.name,
                platforms: platforms.map(platform => pushesFrom(platform, product)),
              },
            ]
          : [],
      ),
      after: identityProviders,
    },
    { provider },
  );
}

/** Of the branch `main` only: what is on it has been reviewed. */
function pushesFrom(
  { platform, issuer, audience }: ReturnType<typeof tokenPlatforms>[number],
  { repository = "" }: Product,
): ReleasePlatform {
  const subject =
    platform === "gitlab"
      ? `project_path:${repository}:ref_type:branch:ref:main`
      : `repo:${repository}:ref:refs/heads/main`;
  return { issuer, audience, subjects: [subject] };
}
