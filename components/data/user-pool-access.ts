import type { Access, Offer } from "../identity/access";
import { arn, type Location } from "../location";

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

/** What the name of a pool's pages begins with: unique in the region, among all of AWS's customers. */
export const userPoolPages = ({ accountId }: Pick<Location, "accountId">, userPoolName: string): string =>
  `${userPoolName}-${accountId}`;

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

/**
 * To sign users in by the pool's pages as one of its confidential clients: the client's id, and its secret, which ECS hands
 * a container when it starts. Of AWS's API it may call nothing; signing in is done by the pages' own addresses.
 *
 * Sources: Amazon Cognito developer guide, "User pool endpoints and managed login reference"; ECS developer guide, "Pass
 * Systems Manager parameters through Amazon ECS environment variables".
 */
export function userPoolSignIn(at: Location, userPoolName: string, client: string): Access {
  const secret = arn("ssm", at, `parameter${userPoolParameter(userPoolName, `${client}-client-secret`)}`);
  return {
    statements: [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: [secret] }],
    keyThrough: ["ssm"],
    settings: {
      PAGES_URL: `https://${userPoolPages(at, userPoolName)}.auth.${at.region}.amazoncognito.com`,
    },
    parameters: {
      CLIENT_ID: userPoolParameter(userPoolName, `${client}-client-id`),
      ISSUER: userPoolParameter(userPoolName, "issuer"),
    },
    secrets: { CLIENT_SECRET: secret },
  };
}
