import { all, inProduction, mustBe, mustBeSet, mustNotBe, mustNotBeEmpty } from "../demands";
import type { Resource } from "../graph";
import { caches, serverlessCaches } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";
import { mustKeepDays } from "./kept-days";

/** One by one, without a group around them: the way of Memcached. */
const singleCaches = ["aws:elasticache/cluster:Cluster"];

/** Caches. */
export const elasticache: readonly Rule[] = [
  {
    name: "cache-backups",
    theme: "resilience-and-backup",
    title: "A cache keeps a snapshot, in production for a week",
    why: "Sessions and carts are in caches too, and one that starts empty brings down what is behind it",
    fix: "set snapshotRetentionLimit to 1, in production to 7",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP ElastiCache.1"],
    types: [...caches, ...serverlessCaches],
    check(cache, report) {
      if (!isMemcached(cache))
        mustKeepDays("snapshotRetentionLimit", { usual: 1, production: 7 })(cache, report);
    },
  },
  {
    name: "cache-minor-upgrades",
    theme: "images-and-compute",
    title: "A cache takes minor versions by itself",
    why: "They close known holes, and nobody remembers to take them",
    fix: "leave autoMinorVersionUpgrade out or set it to true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ElastiCache.2"],
    types: [...caches, ...singleCaches],
    check(cache, report) {
      // AWS's default is true; the provider takes it as a text for a single cache.
      const setting = cache.at("autoMinorVersionUpgrade").content();
      if (setting === false || setting === "false") report.refuse("autoMinorVersionUpgrade is false");
    },
    // Of a group; a single cache takes a text.
    remediate: cache => (caches.includes(cache.type) ? { autoMinorVersionUpgrade: true } : undefined),
  },
  {
    name: "cache-failover",
    theme: "resilience-and-backup",
    title: "In a production cache a replica takes over by itself",
    why: "Else a lost primary is an outage until somebody is there",
    fix: "set automaticFailoverEnabled: true, with two nodes or more",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ElastiCache.3"],
    types: caches,
    check: inProduction(mustBe("automaticFailoverEnabled", true)),
  },
  {
    name: "cache-multi-az",
    theme: "resilience-and-backup",
    title: "A production cache is in several zones",
    why: "Replicas in the zone of their primary go with it",
    fix: "set multiAzEnabled: true",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: caches,
    check: inProduction(mustBe("multiAzEnabled", true)),
  },
  {
    name: "cache-at-rest",
    theme: "encryption-at-rest",
    title: "A cache is encrypted",
    why: "Its snapshots and its disks hold what its memory held",
    fix: "set atRestEncryptionEnabled: true; it cannot be changed later",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ElastiCache.4"],
    types: caches,
    check(cache, report) {
      // The default is true for Valkey and false for Redis OSS, which is the default engine.
      const otherwise = !cache.at("atRestEncryptionEnabled").isSet && cache.at("engine").is("valkey");
      mustBe("atRestEncryptionEnabled", true, { otherwise })(cache, report);
    },
  },
  {
    name: "cache-cmk",
    theme: "encryption-at-rest",
    title: "A cache is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId; it cannot be changed later",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: [...caches, ...serverlessCaches],
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "cache-in-transit",
    theme: "encryption-in-transit",
    title: "A cache speaks TLS only",
    why: "Else tokens and sessions cross the network in the clear",
    fix: "set transitEncryptionEnabled: true and transitEncryptionMode: required",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ElastiCache.5"],
    types: [...caches, ...singleCaches],
    check(cache, report) {
      // A member has what its group has.
      if (cache.at("replicationGroupId").isSet && singleCaches.includes(cache.type)) return;
      all(
        mustBe("transitEncryptionEnabled", true),
        // Where it is left out AWS requires TLS.
        mustBe("transitEncryptionMode", "required", { otherwise: "required" }),
      )(cache, report);
    },
  },
  {
    name: "cache-auth",
    theme: "least-privilege",
    title: "A cache knows who calls",
    why: "Else whatever gets a connection reads every session",
    fix: "set userGroupIds, of a serverless cache userGroupId, with users who log in by IAM; or an authToken",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ElastiCache.6"],
    types: [...caches, ...serverlessCaches],
    check(cache, report) {
      if (isMemcached(cache)) return;
      const ways = ["userGroupId", "authToken", "authTokenWo"];
      if (ways.some(way => cache.at(way).isSet)) return;
      if (cache.at("userGroupIds").list().length === 0) report.refuse("there is no user group and no token");
    },
  },
  {
    name: "cache-user-known",
    theme: "least-privilege",
    title: "A cache's user logs in, best by IAM",
    why: "A user without a password is whoever says his name",
    fix: "set authenticationMode.type to iam; a user who is to be nobody has the accessString off -@all",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: ["aws:elasticache/user:User"],
    check(user, report) {
      if (/(^|\s)off(\s|$)/.test(user.at("accessString").text() ?? "")) return;
      mustNotBe("authenticationMode.type", "no-password-required")(user, report);
      mustNotBe("noPasswordRequired", true)(user, report);
    },
  },
  {
    name: "cache-subnet-group",
    theme: "network",
    title: "A cache is in subnets that were chosen for it",
    why: "The default group is the default VPC, which nobody looks after",
    fix: "set subnetGroupName to a SubnetGroup of data subnets, of a serverless cache subnetIds",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ElastiCache.7"],
    types: [...caches, ...singleCaches, ...serverlessCaches],
    check(cache, report) {
      if (serverlessCaches.includes(cache.type)) return mustNotBeEmpty("subnetIds")(cache, report);
      // A member, and a group of another region's, has what its own has.
      if (singleCaches.includes(cache.type) && cache.at("replicationGroupId").isSet) return;
      all(mustBeSet("subnetGroupName"), mustNotBe("subnetGroupName", "default"))(cache, report);
    },
  },
  {
    name: "cache-logs",
    theme: "logging-and-detection",
    title: "A cache's slow commands and engine log are kept",
    why: "Else nobody learns which command held up all others",
    fix: "add logDeliveryConfigurations for slow-log and engine-log",
    severity: "low",
    level: "advisory",
    controls: [],
    types: caches,
    check(cache, report) {
      const kinds = cache.at("logDeliveryConfigurations").list();
      for (const kind of ["slow-log", "engine-log"])
        if (!kinds.some(one => one.at("logType").is(kind)))
          report.refuse(`logDeliveryConfigurations has no ${kind}`);
    },
  },
  {
    name: "cache-engine-supported",
    theme: "images-and-compute",
    title: "A cache runs an engine that AWS still mends",
    why: "Redis OSS before 6.2 has reached its end or nears it, and has no users of its own before 6",
    fix: "set engine to valkey, or engineVersion to 6.2 or newer",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: caches,
    check(cache, report) {
      if (!cache.at("engineVersion").isSet) return;
      const version = cache.at("engineVersion").text() ?? "";
      // Since 6 a version may end in x, which AWS chooses.
      const [major = 0, minor = 99] = version.split(".").map(part => (part === "x" ? 99 : Number(part)));
      const isCurrent = major > 6 || (major === 6 && minor >= 2);
      if (!isCurrent && !cache.at("engine").is("valkey")) report.refuse(`engineVersion is ${version}`);
    },
  },
];

/** It keeps nothing and knows nobody. */
function isMemcached(cache: Resource): boolean {
  return cache.at("engine").is("memcached");
}
