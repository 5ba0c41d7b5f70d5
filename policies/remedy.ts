/** What a rule mends, given back to the engine in the SDK's form. */
import { type ResourceRemediation, Secret } from "@pulumi/policy";
import { Resource } from "./graph";
import { type Finding, Report } from "./report";
import type { ResourceRule } from "./rule";

/** All properties with those that the rule has mended; undefined where there is nothing to mend, or it is not known. */
export function remedied(
  rule: ResourceRule,
  args: Parameters<ResourceRemediation>[0],
): Record<string, unknown> | undefined {
  const held = heldIn(args.props);
  const resource = new Resource({ ...args, props: withoutSecrets(held) as Record<string, unknown> });
  const findings: Finding[] = [];
  const report = new Report(finding => findings.push(finding));
  let changed: Readonly<Record<string, unknown>> | undefined;
  report.attempt(() => {
    rule.check(resource, report);
    if (findings.some(({ kind }) => kind === "violation")) changed = rule.remediate?.(resource);
  });
  return changed && { ...held, ...changed };
}

/** The SDK hands a proxy that throws where an unknown is read; descriptors are not trapped. */
function heldIn(props: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(props)).map(([key, { value }]) => [key, value]),
  );
}

function withoutSecrets(value: unknown): unknown {
  if (value instanceof Secret) return withoutSecrets(value.value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(heldIn(value)).map(([key, inner]) => [key, withoutSecrets(inner)]),
  );
}
