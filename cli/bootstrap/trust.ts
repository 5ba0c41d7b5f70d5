/** Who may take the roles of the management account: pipelines by their tokens, and few people. */
import { buildersOf } from "../../stacks/code-pipelines";
import { breakGlass, type LandingZone, type Pipelines, tokenPlatforms } from "../../stacks/description";
import { deploySubjects } from "../../stacks/description/pipelines";
import { accountIdOf } from "../../stacks/providers";
import { runnersTrusted } from "../../stacks/runner";
import { logicalId, type Resource, type Statement } from "./cloudformation";
import type { Scope } from "./needs";
import { tags } from "./state-resources";

/** An issuer has one provider in an account, however many projects of it come in. */
export function identityProviders(zone: LandingZone): Record<string, Resource> {
  const pipelines = tokenPlatforms(zone.organization.pipelines);
  const issuers = [...new Set(pipelines.map(({ issuer }) => issuer))];
  return Object.fromEntries(
    issuers.map(issuer => [
      identityProviderId(issuer),
      {
        Type: "AWS::IAM::OIDCProvider",
        Properties: {
          Url: `https://${issuer}`,
          ClientIdList: [
            ...new Set(pipelines.filter(its => its.issuer === issuer).map(({ audience }) => audience)),
          ],
          Tags: tags(zone),
        },
      },
    ]),
  );
}

export const identityProviderId = (issuer: string): string => `Issuer${logicalId(issuer)}`;

/**
 * A pipeline's token names its project and branch, and is exchanged for the role: AWS compares the audience, which says
 * that the token was made for AWS, and the subject, which says who it is. Builds that run in AWS, in the environment's own
 * account, come in by the role they run with. People come from the management account with a
 * permission set that can do as much and more there: with the role they do it with less. Into prod only by breaking the
 * glass, as everywhere.
 *
 * Source: IAM user guide, "Create a role for OpenID Connect federation".
 */
export function trustOf(zone: LandingZone, kind: Scope | "plan"): Statement[] {
  const accountId = accountIdOf(zone, zone.organization.roles.management);
  const sets = kind === "prod" ? [breakGlass] : ["administrator", breakGlass];
  const trusted = tokenPlatforms(zone.organization.pipelines).filter(
    platform => subjectsOf(platform, kind).length > 0,
  );
  return [
    ...trusted.map((platform, index) => ({
      Sid: `Pipelines${index + 1}`,
      Effect: "Allow" as const,
      Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${platform.issuer}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${platform.issuer}:aud`]: platform.audience },
        StringLike: { [`${platform.issuer}:sub`]: subjectsOf(platform, kind) },
      },
    })),
    ...buildersFor(zone, kind).map((arn, index) => ({
      Sid: `Builds${index + 1}`,
      Effect: "Allow" as const,
      Principal: { AWS: `arn:aws:iam::${arn.split(":")[4]}:root` },
      Action: "sts:AssumeRole",
      // Not as the principal itself, which IAM refuses while there is no such role: it is made later.
      Condition: { ArnEquals: { "aws:PrincipalArn": arn } },
    })),
    {
      Sid: "People",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:PrincipalAccount": accountId },
        ArnLike: {
          "aws:PrincipalArn": sets.map(
            set => `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${set}_*`,
          ),
        },
      },
    },
  ];
}

/**
 * ARNs of roles. What is shared no pipeline in AWS deploys, because it would have to run in one environment's account,
 * unless a runner there is said to.
 */
function buildersFor(zone: LandingZone, kind: Scope | "plan"): readonly string[] {
  const { plan, apply } = buildersOf(zone);
  const runners = runnersTrusted(zone, kind);
  if (kind === "plan") return [...plan, ...runners];
  const builder = kind === "shared" ? undefined : apply[kind];
  return builder === undefined ? runners : [builder, ...runners];
}

const subjectsOf = (platform: Pipelines, kind: Scope | "plan"): readonly string[] =>
  kind === "plan" ? platform.preview : deploySubjects(platform, kind);
