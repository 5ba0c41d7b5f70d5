import type { Statement } from "../identity/policy-document";
import { capacity } from "./deploy/capacity";
import { data } from "./deploy/data";
import { identity } from "./deploy/identity";
import { images } from "./deploy/images";
import { jobs } from "./deploy/jobs";
import type { DeployRole } from "./deploy/place";
import { reading } from "./deploy/reading";
import { runtime } from "./deploy/runtime";
import { stores } from "./deploy/stores";
import { ways } from "./deploy/ways";

export type { DeployRole, PushedImages } from "./deploy/place";

/** `images`: only where they are pushed first. */
export type DeployThemes = Readonly<
  Record<
    "reading" | "runtime" | "jobs" | "capacity" | "data" | "stores" | "ways" | "identity",
    readonly Statement[]
  > & { images?: readonly Statement[] }
>;

/**
 * What products' persistent and service stacks are made of, and nothing of the platform's: no network but security
 * groups, no trail, no bucket's contents, no role without the product boundary.
 *
 * A policy a theme, each of at most 6,144 characters; a role takes ten (IAM user guide, "IAM and AWS STS quotas"). What
 * they may come to together is said by deployBoundary.
 */
export const deployPermissions = (role: DeployRole): DeployThemes => ({
  reading: reading(),
  runtime: runtime(role),
  jobs: jobs(role),
  capacity: capacity(role),
  data: data(role),
  stores: stores(role),
  ways: ways(role),
  identity: identity(role),
  ...(role.images === undefined ? {} : { images: images(role, role.images) }),
});
