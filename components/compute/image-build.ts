import { Image } from "@pulumi/awsx/ecr/image";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";

export interface ImageBuildArgs {
  readonly at: Location;
  /** Where it is pushed: `orders/api`, in the registry of its account and region. */
  readonly repositoryName: string;
  /** A directory with a Dockerfile, from the folder that Pulumi runs in. */
  readonly directory: string;
  readonly architecture: "arm64" | "x86_64";
}

/** As Docker calls them. */
const platforms = { arm64: "linux/arm64", x86_64: "linux/amd64" };

/**
 * An image that is built by the Docker of whoever updates, and pushed: `imageUri` names it by its digest, and is known only
 * then. For where a product lives first; later environments run what was built there, by tag or digest.
 *
 * Source: Pulumi Registry, "AWSx (Pulumi Crosswalk for AWS)", ecr.Image.
 */
export class ImageBuild extends pulumi.ComponentResource {
  readonly imageUri: pulumi.Output<string>;

  constructor(name: string, args: ImageBuildArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:ImageBuild", name, {}, opts);
    const { accountId, region } = args.at;
    const image = new Image(
      name,
      {
        repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${args.repositoryName}`,
        context: args.directory,
        platform: platforms[args.architecture],
      },
      { parent: this },
    );
    this.imageUri = image.imageUri;
    this.registerOutputs({ imageUri: this.imageUri });
  }
}
