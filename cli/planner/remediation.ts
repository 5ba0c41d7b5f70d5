/** What a policy has changed in a resource, input by input, as a plan shows it. */
import { isDeepStrictEqual } from "node:util";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Remediation } from "./model";
import { readProperties } from "./values";

/** @param problem what the policy says when it could not; empty where it could. */
export function remediationOf(
  urn: string,
  policy: string,
  before: Struct,
  after: Struct | undefined,
  problem: string,
): Remediation {
  const secrets = new Set<string>();
  const was = readProperties(before, secrets);
  const is = after === undefined ? was : readProperties(after, secrets);
  const properties = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return {
    policy,
    urn,
    changes: properties
      .filter(property => !isDeepStrictEqual(was[property] ?? null, is[property] ?? null))
      .map(property => ({ property, before: was[property] ?? null, after: is[property] ?? null })),
    ...(problem && { problem }),
  };
}
