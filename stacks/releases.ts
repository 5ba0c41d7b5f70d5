/** Which image a workload runs: one that is there already, by tag or digest, or one that is built in this update. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ImageBuild } from "../components/compute/image-build";
import { imageReference } from "../components/compute/image-reference";
import type { Build } from "./description";
import type { Where } from "./kinds";

interface Released {
  readonly workload: string;
  readonly repository: string;
  readonly release: string | Build;
  readonly architecture: "arm64" | "x86_64";
}

export function releasedImage(
  { where: { at }, provider }: { readonly where: Where; readonly provider: aws.Provider },
  { workload, repository, release, architecture }: Released,
): pulumi.Input<string> {
  if (typeof release === "string") return imageReference(at, repository, release);
  return new ImageBuild(
    workload,
    { at, repositoryName: repository, directory: release.build, architecture },
    { providers: [provider] },
  ).imageUri;
}
