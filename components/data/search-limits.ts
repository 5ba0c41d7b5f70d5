/** What OpenSearch Service takes and what it does not; pure. Each throws with the argument's name and what is right. */
import { requireWhole } from "./database-limits";

export const searchStorage = { min: 10, max: 24_576 };
export const searchInstances = { min: 1, max: 80 };
/** A domain with dedicated masters is told two zones or three. */
export const searchZones = { min: 1, max: 3 };
export const offPeakHours = { min: 0, max: 23 };

/** Source: Amazon OpenSearch Service API reference, "CreateDomain". */
export function requireDomainName(name: string): void {
  if (!/^[a-z][a-z0-9-]{2,27}$/.test(name))
    throw new Error(
      `domainName is ${name}; it must be 3 to 28 small letters, digits and hyphens, and begin with a letter`,
    );
}

/** Source: Amazon OpenSearch Service developer guide, "Supported versions": TLS and access control take them all. */
export function requireSearchVersion(version: string): void {
  if (!/^[1-9]\d*\.\d+$/.test(version))
    throw new Error(
      `engineVersion is ${version}; it must be OpenSearch's major and minor version, as in 2.19`,
    );
}

/**
 * Source: Amazon OpenSearch Service developer guide, "Supported instance types": those that keep data on volumes, and
 * can encrypt it.
 */
export function requireSearchInstance(argument: string, type: string): void {
  if (!/^(t3\.(small|medium)|([cmr]([4-9]|\d\d)[gi]?|o[mr]\d)\.(medium|large|\d*xlarge))\.search$/.test(type))
    throw new Error(
      `${argument} is ${type}; it must be of a t3, c, m, r, om or or family without local disks, as in r7g.large.search`,
    );
}

/** How many instances hold data, and in how many zones. */
export interface SearchSize {
  readonly instances: number;
  readonly zones: number;
}

/**
 * Three zones where there are as many subnets, else two; and the same number of instances in each, because a domain
 * with copies of its data is as large as its smallest zone.
 * Source: Amazon OpenSearch Service developer guide, "Configuring a multi-AZ domain".
 */
export function searchSize(multiZone: boolean, subnets: number, instances?: number): SearchSize {
  if (!multiZone) {
    requireWhole("zones", subnets, { ...searchZones, max: 6 });
    return { instances: 1, zones: 1 };
  }
  requireWhole("zones", subnets, { min: 2, max: 6 });
  const zones = Math.min(subnets, searchZones.max);
  const count = instances ?? zones;
  requireWhole("instances", count, searchInstances);
  if (count % zones !== 0)
    throw new Error(`instances is ${count}; in ${zones} zones it must be a multiple of ${zones}`);
  return { instances: count, zones };
}
