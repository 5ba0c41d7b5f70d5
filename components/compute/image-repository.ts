import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

export interface ImageRepositoryArgs {
  /** For example `orders/api`. */
  readonly repositoryName: string;
  readonly keyArn: pulumi.Input<string>;
  /** `o-` and 10 to 32 letters or digits: every account of this organization may pull. Absent: none but its own. */
  readonly organizationId?: string;
  /**
   * Functions of this account and region may be made of its images: those whose names begin so, for example `orders-`.
   * Absent: none.
   */
  readonly functions?: { readonly at: Location; readonly namesBegin: string };
  /** How many images are kept, the newest; 1 to 1,000; default 50. */
  readonly keepReleases?: number;
  /** It may be deleted with its images; default: only when it is empty. */
  readonly goesWithContents?: boolean;
}

/**
 * An ECR repository whose tags never change, whose images are scanned on push and encrypted, and that keeps the
 * newest. Images that lost their tag go after two weeks. ECR decrypts for whoever may pull; nobody needs the key.
 *
 * Refused: another form of an organization's id, functions' names that may begin with anything, and a number of images that is not whole or not from 1 to 1,000.
 *
 * Sources: FSBP controls ECR.1, ECR.2, ECR.3, ECR.5; ECR user guide, "Private repository policy examples in Amazon ECR",
 * "Encryption at rest"; Lambda developer guide, "Amazon ECR permissions" (Lambda pulls itself, and not by a function's role).
 */
export class ImageRepository extends pulumi.ComponentResource {
  readonly repositoryName: string;

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:ImageRepository", name, {}, opts);
    const { repositoryName, organizationId, functions, keepReleases = 50 } = args;
    if (!Number.isInteger(keepReleases) || keepReleases < 1 || keepReleases > 1_000)
      throw new Error(`keepReleases is ${keepReleases}; it must be a whole number from 1 to 1,000`);
    if (organizationId !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organizationId))
      throw new Error(
        `organizationId is ${organizationId}; it must be o- and 10 to 32 lower-case letters or digits`,
      );
    if (functions !== undefined && !/^[a-zA-Z0-9][\w-]*-$/.test(functions.namesBegin))
      throw new Error(
        `functions.namesBegin is "${functions.namesBegin}"; it must be letters, digits and hyphens with a hyphen at the end, so that other products' functions do not begin so`,
      );
    this.repositoryName = repositoryName;
    const repository = new aws.ecr.Repository(
      name,
      {
        name: repositoryName,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],
        forceDelete: args.goesWithContents ?? false,
      },
      { parent: this, protect: opts?.protect },
    );
    new aws.ecr.LifecyclePolicy(
      name,
      {
        repository: repository.name,
        policy: imageLifecycle({
          description: `The newest ${keepReleases} stay`,
          countType: "imageCountMoreThan",
          countNumber: keepReleases,
        }),
      },
      { parent: this },
    );
    const pulled: readonly Statement[] = [
      ...(organizationId === undefined
        ? []
        : [
            {
              Sid: "OrganizationPulls",
              Effect: "Allow",
              Principal: "*",
              Action: pulling,
              Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
            } satisfies Statement,
          ]),
      ...(functions === undefined ? [] : [pulledByLambda(functions.at, functions.namesBegin)]),
    ];
    if (pulled.length > 0)
      new aws.ecr.RepositoryPolicy(
        name,
        { repository: repository.name, policy: policyDocument(pulled) },
        { parent: this },
      );
    this.registerOutputs({ repositoryName: this.repositoryName });
  }
}

/** Beside the login, which is no repository's. Source: ECR user guide, "Private repository policies". */
const pulling = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** Source: Lambda developer guide, "Create a Lambda function using a container image", section "Amazon ECR permissions". */
const pulledByLambda = (at: Location, namesBegin: string): Statement => ({
  Sid: "FunctionsPull",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  Condition: {
    StringEquals: { "aws:SourceAccount": at.accountId },
    ArnLike: { "aws:SourceArn": arn("lambda", at, `function:${namesBegin}*`) },
  },
});

interface AnyImage {
  readonly description: string;
  readonly countType: "imageCountMoreThan" | "sinceImagePushed";
  readonly countUnit?: "days";
  readonly countNumber: number;
}

/**
 * Images without a tag go after two weeks; any image by the rule given, whose number must be the highest.
 * Source: ECR user guide, "Lifecycle policy properties".
 */
export function imageLifecycle({ description, ...any }: AnyImage): string {
  const expire = (rulePriority: number, description: string, selection: object) => ({
    rulePriority,
    description,
    selection,
    action: { type: "expire" },
  });
  return JSON.stringify({
    rules: [
      expire(1, "Untagged images go after two weeks", {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: 14,
      }),
      expire(2, description, { tagStatus: "any", ...any }),
    ],
  });
}
