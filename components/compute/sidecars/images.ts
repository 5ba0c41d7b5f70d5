import type { Location } from "../../location";
import { cachedAs } from "../approved-bases";
import { imageReference } from "../image-reference";

/** What runs beside a service, as `image:tag`. */
export interface SidecarImages {
  /** Of Debian: it holds `openssl`, which the images of Alpine do not. */
  readonly tlsProxy: string;
  readonly logRouter: string;
  readonly telemetry: string;
}

/** What they are where nothing else is said. A newer one is tried in dev first, and then named here. */
export const sidecarImages: SidecarImages = {
  tlsProxy: "public.ecr.aws/docker/library/nginx:1.28.0",
  logRouter: "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.15",
  telemetry: "public.ecr.aws/aws-observability/aws-otel-collector:v0.45.1",
};

/**
 * Where an image of a public registry is in the account's own, which fetches it when it is first asked for: tasks have no
 * way to the public one.
 * @throws for a registry that is not cached, and for `latest`.
 */
export function cachedImage(at: Location, image: string): string {
  const [, path = "", release = ""] = /^([^:@]+)[:@](.*)$/.exec(image) ?? [];
  return imageReference(at, cachedAs(path === "" ? image : path).repository, release);
}
