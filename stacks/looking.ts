/** Who may look at an account: previews of merge requests, and the search for drift. */
import type * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import { PreviewRole } from "../components/delivery/preview-role";
import { type LandingZone, tokenPlatforms } from "./description";
import { planRole, previewRole } from "./platform-names";
import { accountIdOf } from "./providers";

/** @param identityProviders of the platforms whose pipelines may look by their tokens; without them none may. */
export function lookedAt(
  zone: LandingZone,
  account: string,
  provider: aws.Provider,
  identityProviders?: readonly Resource[],
): PreviewRole {
  const { pipelines, roles } = zone.organization;
  return new PreviewRole(
    `preview-${account}`,
    {
      accountId: accountIdOf(zone, account),
      roleName: previewRole,
      managementAccountId: accountIdOf(zone, roles.management),
      planRoleName: planRole,
      ...(identityProviders === undefined
        ? {}
        : {
            platforms: tokenPlatforms(pipelines).map(({ issuer, audience, preview }) => ({
              issuer,
              audience,
              preview,
            })),
            after: identityProviders,
          }),
    },
    { provider },
  );
}
