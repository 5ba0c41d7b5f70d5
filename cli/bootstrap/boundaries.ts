/**
 * What no policy that is attached later can take a role beyond. Guardrails are service control policies, and these do
 * not hold in the management account: here the boundaries stand for them.
 */
import type { LandingZone } from "../../stacks/description";
import { stateBucket } from "../../stacks/platform-names";
import { accountIdOf } from "../../stacks/providers";
import { arnOf, type Statement } from "./cloudformation";
import { managementThemes } from "./management";
import { stateKeyId } from "./state-resources";

/** Of the roles that deploy an environment: the state, and roles of the organization's accounts. Nothing else here. */
export const environmentBoundary = (zone: LandingZone): Statement[] => [
  ...stateOnly(zone),
  rolesOfTheOrganization(zone),
];

/** Of the role that deploys what is shared: what its themes do too, but not what would open or end it all. */
export function sharedBoundary(zone: LandingZone): Statement[] {
  const accountId = accountIdOf(zone, zone.organization.roles.management);
  const statements = Object.values(managementThemes(zone)).flatMap(theme => theme.statements);
  const free = statements.filter(({ Condition }) => Condition === undefined);
  const anywhere = free.filter(({ Resource }) => Resource === "*");
  const named = free.filter(({ Resource }) => Resource !== "*");
  const actionsOf = (some: readonly Statement[], coarse: (action: string) => string) =>
    [...new Set(some.flatMap(({ Action }) => Action).map(coarse))].sort();
  return [
    ...stateOnly(zone),
    rolesOfTheOrganization(zone),
    {
      Sid: "WhatThemesDo",
      Effect: "Allow",
      Action: actionsOf(anywhere, action => (opens.test(action) ? action : verbOf(action))),
      Resource: "*",
    },
    {
      // Actions and ARNs are of one service each: side by side they come to no more than apart.
      Sid: "OnWhatThemesName",
      Effect: "Allow",
      Action: actionsOf(named, verbOf),
      Resource: [...new Set(named.flatMap(({ Resource = [] }) => Resource as string | string[]))].sort(),
    },
    ...statements
      .filter(({ Condition }) => Condition !== undefined)
      .map(statement => ({ ...statement, Action: actionsOf([statement], verbOf) })),
    {
      Sid: "OrganizationIsKept",
      Effect: "Deny",
      Action: [
        "organizations:CloseAccount",
        "organizations:DeleteOrganization",
        "organizations:LeaveOrganization",
        "organizations:RemoveAccountFromOrganization",
        "config:DeleteConfigurationRecorder",
      ],
      Resource: "*",
    },
    ...(zone.organization.state?.kind === "pulumiCloud"
      ? []
      : [
          {
            Sid: "StateIsKept",
            Effect: "Deny",
            Action: [
              "kms:CreateGrant",
              "kms:DisableKey",
              "kms:PutKeyPolicy",
              "kms:ScheduleKeyDeletion",
              "kms:UpdateAlias",
              "kms:DeleteAlias",
            ],
            Resource: [
              arnOf(stateKeyId),
              `arn:aws:kms:${zone.organization.region}:${accountId}:alias/landing-zone/state`,
            ],
          } as const,
        ]),
  ];
}

/** Of `organizations:CreatePolicy`, `organizations:Create*`. */
const verbOf = (action: string): string => action.replace(/(:[A-Z][a-z]+).*$/, "$1*");

/** What, done to anything, could make users, machines and networks, or read data: that is named as it is. */
const opens = /^(iam|s3|kms):|^(ec2|ecs):(Create|Modify|Put)/;

const stateOnly = (zone: LandingZone): Statement[] =>
  zone.organization.state?.kind === "pulumiCloud"
    ? []
    : [
        {
          Sid: "ObjectsOfTheState",
          Effect: "Allow",
          Action: [
            "s3:DeleteObject",
            "s3:GetBucketVersioning",
            "s3:GetEncryptionConfiguration",
            "s3:GetObject",
            "s3:ListBucket",
            "s3:PutObject",
          ],
          Resource: [`arn:aws:s3:::${stateBucket(zone)}`, `arn:aws:s3:::${stateBucket(zone)}/*`],
        },
        {
          Sid: "SecretsOfTheState",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
          Resource: arnOf(stateKeyId),
        },
      ];

const rolesOfTheOrganization = (zone: LandingZone): Statement => ({
  Sid: "RolesOfTheOrganization",
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: "arn:aws:iam::*:role/*",
  Condition: { StringEquals: { "aws:ResourceOrgID": zone.organization.ids.organization } },
});
