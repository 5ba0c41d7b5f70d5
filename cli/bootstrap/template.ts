/** The CloudFormation stack that is there before all others: state, and the roles that the others are deployed with. */
import { type LandingZone, tokenPlatforms } from "../../stacks/description";
import { applyRole, planRole, previewRole, stateBucket } from "../../stacks/platform-names";
import { accountIdOf } from "../../stacks/providers";
import { environmentBoundary, sharedBoundary } from "./boundaries";
import { arnOf, logicalId, policyOf, type Resource, type Statement, type Template } from "./cloudformation";
import { managedPolicies } from "./managed-policies";
import { managementThemes } from "./management";
import type { Needs } from "./needs";
import { applyStatements, readStatements } from "./state-access";
import { stateKeyId, stateResources, tags } from "./state-resources";
import { identityProviderId, identityProviders, trustOf } from "./trust";

export const bootstrapStack = "landing-zone-state";

/**
 * Generated from the description and from what its stacks take: whoever adds an account or a product makes it anew.
 *
 * With Pulumi Cloud there is neither bucket nor key, and the roles are the same without them.
 */
export function templateOf(zone: LandingZone, needs: readonly Needs[]): Template {
  const inS3 = zone.organization.state?.kind !== "pulumiCloud";
  const applying = needs.map(its => applyRoleOf(zone, its, inS3));
  const planning = planRoleOf(zone, needs, inS3);
  const boundaries = {
    [boundaryId("shared")]: boundary("landing-zone-apply-shared-boundary", sharedBoundary(zone)),
    [boundaryId("environment")]: boundary("landing-zone-apply-boundary", environmentBoundary(zone)),
  };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description:
      "State of the landing zone, and the roles it is deployed with. Made by lz bootstrap: do not edit",
    Resources: Object.assign(
      {},
      inS3 ? stateResources(zone) : {},
      identityProviders(zone),
      boundaries,
      planning,
      ...applying,
    ) as Record<string, Resource>,
    Outputs: {
      ...(inS3
        ? {
            StateBucket: { Description: "Where the state is", Value: stateBucket(zone) },
            StateKey: { Description: "What encrypts it", Value: arnOf(stateKeyId) },
          }
        : {}),
      ...Object.fromEntries(
        [planRole, ...needs.map(({ scope }) => applyRole(scope))].map(name => [
          logicalId(name),
          { Description: `The role ${name}`, Value: arnOf(logicalId(`${name}-role`)) },
        ]),
      ),
    },
  };
}

const boundaryId = (kind: "shared" | "environment") => `Boundary${logicalId(kind)}`;

const boundary = (ManagedPolicyName: string, statements: readonly Statement[]): Resource => ({
  Type: "AWS::IAM::ManagedPolicy",
  Properties: {
    ManagedPolicyName,
    Description: "What the landing zone's roles may not go beyond in this account",
    PolicyDocument: policyOf(statements),
  },
});

/** Previews of merge requests: it reads what is here and in the state, and may look into every account. */
function planRoleOf(zone: LandingZone, needs: readonly Needs[], inS3: boolean): Record<string, Resource> {
  const home = accountIdOf(zone, zone.organization.roles.management);
  const accounts = [...new Set(needs.flatMap(({ roles }) => roles.map(arn => arn.split(":")[4] ?? "")))];
  const { resources, ids } = managedPolicies(planRole, [
    ...(inS3
      ? readStatements(
          zone,
          needs.map(({ scope }) => scope),
        )
      : []),
    take(
      accounts
        .filter(id => id !== home)
        .sort()
        .map(id => `arn:aws:iam::${id}:role/${previewRole}`),
    ),
  ]);
  return {
    ...resources,
    ...role(zone, "plan", planRole, {
      Description: "Merge requests preview the landing zone with this role; it changes nothing",
      MaxSessionDuration: 3_600,
      ManagedPolicyArns: [
        ...ids.map(Ref => ({ Ref })),
        "arn:aws:iam::aws:policy/SecurityAudit",
        "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      ],
    }),
  };
}

/** Deploys an environment, or what the environments share. */
function applyRoleOf(zone: LandingZone, needs: Needs, inS3: boolean): Record<string, Resource> {
  const { scope, roles } = needs;
  const name = applyRole(scope);
  const { resources, ids } = managedPolicies(name, [
    ...(inS3 ? applyStatements(zone, needs) : []),
    ...(roles.length === 0 ? [] : [take(roles)]),
  ]);
  const themes =
    scope === "shared"
      ? Object.entries(managementThemes(zone)).map(([theme, { statements }]) =>
          managedPolicies(`${name}-${theme}`, statements),
        )
      : [];
  return {
    ...resources,
    ...(Object.assign({}, ...themes.map(theme => theme.resources)) as Record<string, Resource>),
    ...role(zone, scope, name, {
      Description: `Deploys ${scope === "shared" ? "what the environments share" : scope}`,
      // Making a whole organization takes more than an hour.
      MaxSessionDuration: 14_400,
      PermissionsBoundary: { Ref: boundaryId(scope === "shared" ? "shared" : "environment") },
      ManagedPolicyArns: [...ids, ...themes.flatMap(theme => theme.ids)].map(Ref => ({ Ref })),
    }),
  };
}

/** Exactly these roles: which account an environment may touch is said here and by each role's own trust. */
const take = (roles: readonly string[]): Statement => ({
  Sid: "TakeRoles",
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: roles,
});

const role = (
  zone: LandingZone,
  kind: Needs["scope"] | "plan",
  name: string,
  properties: Resource["Properties"],
): Record<string, Resource> => ({
  [logicalId(`${name}-role`)]: {
    Type: "AWS::IAM::Role",
    DependsOn: [
      ...new Set(tokenPlatforms(zone.organization.pipelines).map(({ issuer }) => identityProviderId(issuer))),
    ],
    Properties: {
      RoleName: name,
      AssumeRolePolicyDocument: policyOf(trustOf(zone, kind)),
      ...properties,
      Tags: tags(zone),
    },
  },
});
