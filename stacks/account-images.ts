/** An account's registry: scanned, fed from where images are built, and where they are, with approved bases. */
import type * as aws from "@pulumi/aws";
import { ImageReplication } from "../components/compute/image-replication";
import { PullThroughCache } from "../components/compute/pull-through-cache";
import { RegistrySettings } from "../components/compute/registry-settings";
import { EncryptionKey } from "../components/security/encryption-key";
import type { LandingZone } from "./description";
import { buildsImages, imagesFrom, imagesTo } from "./images";
import type { StackDefinition } from "./names";
import { basesKey, basesRole } from "./platform-names";
import { locationOf } from "./providers";

export function accountImages(zone: LandingZone, stack: StackDefinition, provider: aws.Provider): void {
  const at = locationOf(zone, stack.account, stack.region);
  new RegistrySettings("images", { at, receives: imagesFrom(zone, stack) }, { provider });
  const destinations = imagesTo(zone, stack);
  if (destinations.length > 0) new ImageReplication("images", { at, destinations }, { provider });
  const approved = zone.organization.images?.approvedBases;
  if (approved === undefined || !buildsImages(zone, stack.account)) return;
  const key = new EncryptionKey(
    "image-bases",
    { alias: basesKey, description: "Base images that builds begin with", at },
    { provider, protect: true },
  );
  new PullThroughCache(
    "image-bases",
    { at, keyArn: key.arn, keyAlias: basesKey, roleName: basesRole, approved },
    { provider },
  );
}
