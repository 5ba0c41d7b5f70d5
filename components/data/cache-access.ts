import type { Offer } from "../identity/access";
import { arn } from "../location";

/** What a cache runs on; it is another kind of resource to IAM. */
export type CacheForm = "nodes" | "serverless";

export const cachePort = 6379;

/** Where the name of a cache's host is kept. */
export const cacheHostParameter = (cacheName: string): string => `/${cacheName}/host`;

const resourceTypes: Readonly<Record<CacheForm, string>> = {
  nodes: "replicationgroup",
  serverless: "serverlesscache",
};

/**
 * Lets a role connect to a cache as its user, without a password: it signs a token that is good for 15 minutes, and is
 * put out after 12 hours unless it shows another one. The user and the cache have one name.
 *
 * Containers get PORT, USER, HOST, and CLUSTER_MODE: a serverless cache speaks as a cluster does (`enabled`), and nodes
 * do not (`disabled`). Both speak TLS only.
 *
 * Source: Amazon ElastiCache user guide, "Authenticating with IAM".
 */
export const cacheAccess =
  (form: CacheForm): Offer<"connect"> =>
  (at, cacheName) => ({
    statements: [
      {
        Effect: "Allow",
        Action: ["elasticache:Connect"],
        Resource: [
          arn("elasticache", at, `${resourceTypes[form]}:${cacheName}`),
          arn("elasticache", at, `user:${cacheName}`),
        ],
      },
    ],
    settings: {
      PORT: String(cachePort),
      USER: cacheName,
      CLUSTER_MODE: form === "serverless" ? "enabled" : "disabled",
    },
    parameters: { HOST: cacheHostParameter(cacheName) },
    port: cachePort,
  });
