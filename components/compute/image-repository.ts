import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ImageRepositoryArgs {
  /** For example `orders/api`. */
  readonly repositoryName: string;
  readonly keyArn: pulumi.Input<string>;
}

/** Tagged images that are kept, newest first. */
const releasesKept = 50;

/**
 * An ECR repository whose tags never change, whose images are scanned on push and encrypted, and that keeps the
 * newest 50. Sources: FSBP controls ECR.1, ECR.2, ECR.3, ECR.5.
 */
export class ImageRepository extends pulumi.ComponentResource {
  readonly repositoryName: string;

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:ImageRepository", name, {}, opts);
    this.repositoryName = args.repositoryName;
    const repository = new aws.ecr.Repository(
      name,
      {
        name: args.repositoryName,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],
        forceDelete: false,
      },
      { parent: this, protect: opts?.protect },
    );
    const expire = (rulePriority: number, description: string, selection: object) => ({
      rulePriority,
      description,
      selection,
      action: { type: "expire" },
    });
    new aws.ecr.LifecyclePolicy(
      name,
      {
        repository: repository.name,
        policy: JSON.stringify({
          rules: [
            expire(1, "Untagged images go after two weeks", {
              tagStatus: "untagged",
              countType: "sinceImagePushed",
              countUnit: "days",
              countNumber: 14,
            }),
            expire(2, `The newest ${releasesKept} stay`, {
              tagStatus: "any",
              countType: "imageCountMoreThan",
              countNumber: releasesKept,
            }),
          ],
        }),
      },
      { parent: this },
    );
    this.registerOutputs({ repositoryName: this.repositoryName });
  }
}
