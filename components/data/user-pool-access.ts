import type { Access, Offer } from "../identity/access";
import { arn } from "../location";

const reading = [
  "AdminGetUser",
  "AdminListGroupsForUser",
  "DescribeUserPool",
  "ListGroups",
  "ListUsers",
  "ListUsersInGroup",
];

/**
 * What an administration of users needs. Not: to set a password or to sign in for someone, which is to be
 * someone else.
 */
const managing = [
  "AdminAddUserToGroup",
  "AdminConfirmSignUp",
  "AdminCreateUser",
  "AdminDeleteUser",
  "AdminDeleteUserAttributes",
  "AdminDisableUser",
  "AdminEnableUser",
  "AdminForgetDevice",
  "AdminListDevices",
  "AdminRemoveUserFromGroup",
  "AdminResetUserPassword",
  "AdminUpdateUserAttributes",
  "AdminUserGlobalSignOut",
];

/** The tag that a pool carries its name in: Cognito calls it by an id, and its name need not be unique. */
export const userPoolTag = "user-pool";

/** Where a pool's ids are kept, by what they are: `id`, `issuer`, and of each client `<client>-client-id`. */
export const userPoolParameter = (userPoolName: string, what: string): string => `/${userPoolName}/${what}`;

/**
 * Nobody knows a pool's id before it is made, so it is any pool of the account and region that carries the
 * name in a tag of its own. Signing in needs no permission: it is the clients who do.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon Cognito User
 * Pools".
 */
export const userPoolAccess: Offer<"read" | "manage"> = (at, userPoolName, access): Access => ({
  statements: [
    {
      Effect: "Allow",
      Action: (access === "read" ? reading : [...reading, ...managing]).map(
        action => `cognito-idp:${action}`,
      ),
      Resource: arn("cognito-idp", at, "userpool/*"),
      Condition: { StringEquals: { [`aws:ResourceTag/${userPoolTag}`]: userPoolName } },
    },
  ],
  parameters: {
    POOL_ID: userPoolParameter(userPoolName, "id"),
    ISSUER: userPoolParameter(userPoolName, "issuer"),
  },
});
