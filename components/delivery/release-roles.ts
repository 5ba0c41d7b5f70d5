import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";
import { useOfKey } from "../security/encryption-key";
import { pulling, pushing } from "./deploy/place";
import { type TokenIssuer, trustRunners, trustTokens } from "./token-trust";

/** A platform of pipelines, and which of them may, by their `sub`. */
export interface ReleasePlatform extends TokenIssuer {
  readonly subjects: readonly string[];
}

export interface ReleaseRolesArgs {
  readonly at: Location;
  /** Of the role that tries releases. */
  readonly testRoleName: string;
  /** The landing zone's own pipelines that deploy to the account. */
  readonly platforms: readonly ReleasePlatform[];
  /** State machines of the jobs that try releases. */
  readonly testJobs: readonly string[];
  /** State machines of restore drills, and the alias of the key that they keep their runs with, without `alias/`. */
  readonly drills?: { readonly machines: readonly string[]; readonly keyAlias: string };
  /** ARNs of roles that jobs on runners have, where these try releases by that and not by tokens. */
  readonly runnerRoleArns?: readonly string[];
  /** Products whose images are pushed here first: what is found in these may be read. */
  readonly images: readonly string[];
  /** Who pushes images, a role each: only the pipelines of a product's own repository. */
  readonly pushers: readonly {
    readonly roleName: string;
    readonly product: string;
    readonly platforms: readonly ReleasePlatform[];
  }[];
  /** What there must be first: the identity providers. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * What a product's release takes beside its deployment, and as little as that: to push an image into the product's own
 * repositories, to read what a scan has found, and to start the job that tries a release, and the drill that tries it on
 * restored data. None of it may deploy. Images are pushed by tokens only: who is on a runner may deploy.
 *
 * Makes nothing where there is neither something to start nor an image to push. Sources: ECR user guide, "IAM permissions for
 * pushing an image to an Amazon ECR private repository"; Service authorization reference, "AWS Step Functions",
 * "Amazon Inspector2"; Step Functions developer guide, "Data at rest encryption in Step Functions".
 */
export class ReleaseRoles extends pulumi.ComponentResource {
  constructor(name: string, args: ReleaseRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:ReleaseRoles", name, {}, opts);
    const { at, platforms, pushers, runnerRoleArns = [], after = [] } = args;
    const role = (
      part: string,
      roleName: string,
      description: string,
      trusted: Statement[],
      statements: Statement[],
      maxSessionDuration = 3600,
    ): void => {
      if (trusted.length === 0 || statements.length === 0) return;
      const made = new aws.iam.Role(
        `${name}-${part}`,
        {
          name: roleName,
          description,
          maxSessionDuration,
          assumeRolePolicy: policyDocument(trusted),
        },
        { parent: this, dependsOn: [...after] },
      );
      new aws.iam.RolePolicy(
        `${name}-${part}`,
        { role: made.name, name: part, policy: policyDocument(statements) },
        { parent: this },
      );
    };
    const tokens = (its: readonly ReleasePlatform[]) =>
      trustTokens(at.accountId, its, ({ subjects }) => subjects);
    role(
      "test",
      args.testRoleName,
      "Pipelines try releases with this role",
      [...tokens(platforms), ...trustRunners(runnerRoleArns)],
      testing(args),
      args.drills === undefined ? undefined : drillSeconds,
    );
    for (const { roleName, product, platforms: trusted } of pushers)
      role(
        `push-${product}`,
        roleName,
        `Pipelines of the repository of ${product} push its images with this role`,
        tokens(trusted),
        pushes(at, product),
      );
    this.registerOutputs({ testRoleArn: iamArn(at.accountId, `role/${args.testRoleName}`) });
  }
}

/** For how long a drill can be waited for where a token is exchanged once: as long as policies let a session be. */
const drillSeconds = 14_400;

function testing({ at, testJobs, images, drills }: ReleaseRolesArgs): Statement[] {
  const machines = [...testJobs, ...(drills?.machines ?? [])];
  return [
    ...(machines.length === 0
      ? []
      : [
          {
            Sid: "Start",
            Effect: "Allow" as const,
            Action: "states:StartExecution",
            Resource: machines.map(machine => arn("states", at, `stateMachine:${machine}`)),
          },
          {
            Sid: "Watch",
            Effect: "Allow" as const,
            Action: "states:DescribeExecution",
            Resource: machines.map(machine => arn("states", at, `execution:${machine}:*`)),
          },
        ]),
    // What such a machine is told and says is encrypted in the name of who asks.
    ...(drills === undefined ? [] : [useOfKey(at, drills.keyAlias, ["states"])]),
    ...(images.length === 0
      ? []
      : [
          {
            Sid: "Scans",
            Effect: "Allow" as const,
            Action: "ecr:DescribeImageScanFindings",
            Resource: images.map(product => arn("ecr", at, `repository/${product}/*`)),
          },
          {
            // ECR asks Inspector on behalf of whoever asks it; AWS knows no resources of these.
            Sid: "Findings",
            Effect: "Allow" as const,
            Action: ["inspector2:ListCoverage", "inspector2:ListFindings"],
            Resource: "*",
          },
        ]),
  ];
}

const pushes = (at: Location, product: string): Statement[] => [
  { Sid: "Login", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  {
    Sid: "Push",
    Effect: "Allow",
    Action: [...pushing, ...pulling],
    Resource: arn("ecr", at, `repository/${product}/*`),
  },
];
