import type { Statement } from "../identity/policy-document";
import { iamArn } from "../location";

/** A platform whose pipelines show tokens of OpenID Connect. */
export interface TokenIssuer {
  /** The host that issues the pipelines' tokens, for example `gitlab.example.com`. */
  readonly issuer: string;
  /** What the token is for, its `aud`. */
  readonly audience: string;
}

/**
 * Lets what runs on runners take a role, by the roles that it has there. These are named by a condition, for IAM refuses
 * a principal that is not there yet.
 */
export const trustRunners = (roleArns: readonly string[]): Statement[] =>
  roleArns.map((roleArn, index) => ({
    Sid: `Runner${index + 1}`,
    Effect: "Allow",
    Principal: { AWS: iamArn(roleArn.split(":")[4] ?? "", "root") },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": roleArn } },
  }));

/** Lets pipelines take a role by their tokens; those of no subject are left out. Source: IAM user guide, "Create a role for OpenID Connect federation". */
export const trustTokens = <P extends TokenIssuer>(
  accountId: string,
  platforms: readonly P[],
  subjects: (platform: P) => readonly string[],
): Statement[] =>
  platforms
    .filter(platform => subjects(platform).length > 0)
    .map(platform => ({
      Effect: "Allow",
      Principal: { Federated: iamArn(accountId, `oidc-provider/${platform.issuer}`) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${platform.issuer}:aud`]: platform.audience },
        StringLike: { [`${platform.issuer}:sub`]: subjects(platform) },
      },
    }));
