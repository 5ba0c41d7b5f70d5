import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { basesPrefix, cachedAs, requireApproved } from "./approved-bases";
import { imageLifecycle } from "./image-repository";

export interface PullThroughCacheArgs {
  readonly at: Location;
  readonly keyArn: pulumi.Input<string>;
  /** The key's alias, without `alias/`. */
  readonly keyAlias: string;
  /** Of the role that ECR makes repositories with. */
  readonly roleName: string;
  /** Images that builds may begin with, for example `public.ecr.aws/docker/library/*`; see approved-bases.ts. */
  readonly approved: readonly string[];
}

/**
 * Base images, cached in the account's own registry when they are first pulled: builds need no way to the internet, and
 * what they were built from stays. `public.ecr.aws/docker/library/node` is pulled as
 * `bases/ecr-public/docker/library/node`. Cached images are encrypted, never change under their tag, are scanned as all
 * others are, and go half a year after they came; the next pull brings them back. A tag that upstream moves stays here
 * what it was: ask for the next one.
 *
 * ECR's rules are for registries as a whole. What of them is approved is a matter of who may bring in what: whoever
 * builds is given `baseImages` (approved-bases.ts) and nothing else below the prefix.
 *
 * Refused: nothing approved; a registry that needs credentials, and a registry as a whole.
 *
 * Sources: ECR user guide, "Sync an upstream registry with an Amazon ECR private registry", "Creating a repository
 * creation template in Amazon ECR", "IAM permissions required to sync an upstream registry".
 */
export class PullThroughCache extends pulumi.ComponentResource {
  constructor(name: string, args: PullThroughCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:PullThroughCache", name, {}, opts);
    const { at, approved } = args;
    requireApproved(approved);
    const here = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: "ECR makes repositories for approved base images with this role",
        assumeRolePolicy: trustService("ecr.amazonaws.com", at.accountId),
      },
      here,
    );
    const permissions = new aws.iam.RolePolicy(
      name,
      { role: role.name, name: "repositories", policy: policyDocument(making(args)) },
      here,
    );
    const template = new aws.ecr.RepositoryCreationTemplate(
      name,
      {
        region: at.region,
        prefix: basesPrefix,
        description: "Approved base images",
        appliedFors: ["PULL_THROUGH_CACHE"],
        customRoleArn: role.arn,
        imageTagMutability: "IMMUTABLE",
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],
        lifecyclePolicy: imageLifecycle({
          description: "Half a year is long for a base image",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: 180,
        }),
      },
      { ...here, dependsOn: [permissions] },
    );
    for (const [registry, prefix] of new Map(approved.map(image => cachedAs(image)).map(rule)))
      new aws.ecr.PullThroughCacheRule(
        `${name}-${registry}`,
        { region: at.region, ecrRepositoryPrefix: prefix, upstreamRegistryUrl: registry },
        // What is cached before there is a template has no key.
        { ...here, dependsOn: [template] },
      );
    this.registerOutputs({});
  }
}

const rule = ({ registry, prefix }: ReturnType<typeof cachedAs>) => [registry, prefix] as const;

/** For repositories below the prefix, and for the key through ECR only, which keeps it for as long as they are. */
const making = ({ at, keyAlias }: PullThroughCacheArgs): Statement[] => [
  {
    Sid: "Repositories",
    Effect: "Allow",
    Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource", "ecr:PutLifecyclePolicy"],
    Resource: arn("ecr", at, `repository/${basesPrefix}/*`),
  },
  {
    Sid: "Key",
    Effect: "Allow",
    Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
    Resource: arn("kms", at, "key/*"),
    Condition: {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${keyAlias}` },
      StringEquals: { "kms:ViaService": `ecr.${at.region}.amazonaws.com` },
    },
  },
];
