import type { Resource } from "./graph";
import { providerInput } from "./provider-inputs";
import { UnknownValue, type Value } from "./value";

/** What every resource carries; budgets and reports group by them. */
export const requiredTags = [
  "environment",
  "product",
  "team",
  "cost-centre",
  "data-class",
  "managed-by",
] as const;

export const dataClasses = ["public", "internal", "confidential", "restricted"] as const;

/** A resource's tag: its own, else its provider's default. */
export function tag(resource: Resource, key: string): Value {
  const own = resource.at("tags", key);
  if (own.isSet || !resource.provider) return own;
  return providerInput(resource.provider.props, "defaultTags").at("tags", key);
}

/** Without the tag the strictest is assumed. */
export function isProduction(resource: Resource): boolean {
  const environment = tag(resource, "environment").text();
  return environment === undefined || environment === "prod";
}

/** Tags that make a resource an exception from a rule. Their value is the reason. */
export const exceptionTags = [
  "allow-public",
  "allow-ssh",
  "allow-aws-key",
  "allow-tcp",
  "allow-tcp-health",
  "allow-open-routes",
] as const;

/** Shorter ones say nothing. */
const shortestReason = 20;

/** Why a resource may be an exception, in its own words. */
export function declaredReason(resource: Resource, key: (typeof exceptionTags)[number]): string | undefined {
  const reason = resource.at("tags", key).text()?.trim() ?? "";
  return reason.length >= shortestReason ? reason : undefined;
}

/**
 * Why what a resource is part of is not protected against deletion, in the words of the description: its provider tags
 * everything with it. A resource's own tag does not count, for it would excuse itself.
 */
export function unprotectedReason({ provider }: Resource): string | undefined {
  if (!provider) return undefined;
  try {
    const reason =
      providerInput(provider.props, "defaultTags").at("tags", "unprotected").text()?.trim() ?? "";
    return reason.length >= shortestReason ? reason : undefined;
  } catch (error) {
    if (error instanceof UnknownValue) return undefined;
    throw error;
  }
}
