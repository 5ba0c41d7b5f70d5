import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Who may log in to a cache: one user, by IAM only. Every group must hold a user called `default`, whom clients are that
 * say no name; here it is off, and may do nothing were it on.
 *
 * The group and that user are of the engine `redis`, which a Valkey cache takes: a group of the engine `valkey` admits
 * none without a password, and a password would be kept in the stack's state for a user that nobody is to be.
 *
 * @returns the group's id, known when the group is there.
 * Sources: Amazon ElastiCache user guide, "Role-Based Access Control (RBAC)", "Authenticating with IAM": the id and the
 * name of such a user are the same.
 */
export function cacheUsers(
  parent: pulumi.ComponentResource,
  name: string,
  cacheName: string,
): pulumi.Output<string> {
  const engine = "redis";
  const nobody = new aws.elasticache.User(
    `${name}-default`,
    {
      userId: `${cacheName}-default`,
      userName: "default",
      engine,
      accessString: "off -@all",
      authenticationMode: { type: "no-password-required" },
    },
    { parent },
  );
  const user = new aws.elasticache.User(
    name,
    {
      userId: cacheName,
      userName: cacheName,
      engine,
      // ElastiCache takes away the commands that would change the cache itself.
      accessString: "on ~* &* +@all",
      authenticationMode: { type: "iam" },
    },
    { parent },
  );
  return new aws.elasticache.UserGroup(
    name,
    { userGroupId: cacheName, engine, userIds: [nobody.userId, user.userId] },
    { parent },
  ).userGroupId;
}
