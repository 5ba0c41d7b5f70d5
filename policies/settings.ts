/** How strict the rules are: what the pack's configuration says, for all rules and for single ones. */
import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { configuredLevel } from "./analyzer-guard";
import type { Resource } from "./graph";
import { providerInput } from "./provider-inputs";
import type { Rule } from "./rule";
import { UnknownValue } from "./value";

export type Level = "advisory" | "mandatory" | "disabled";

/** The name in the configuration under which stands what is for all rules. */
export const settingsName = "pack-settings";

export interface Settings {
  /** Of what cannot be decided because a value is not known yet; of advisory rules it stays advice. */
  readonly unknownLevel?: "advisory" | "mandatory";
  /** By environment: of the rules that may be lenient there. */
  readonly environments?: Readonly<Record<string, Level>>;
}

/** What the configuration says under a rule's own name, beside its level. */
export interface RuleSettings {
  readonly unknownLevel?: "advisory" | "mandatory";
  readonly environments?: Readonly<Record<string, Level>>;
}

const level: PolicyConfigJSONSchema = { type: "string", enum: ["advisory", "mandatory", "disabled"] };
const unknownLevel: PolicyConfigJSONSchema = { type: "string", enum: ["advisory", "mandatory"] };
/** Production is never lenient. */
const environments: PolicyConfigJSONSchema = {
  type: "object",
  properties: { prod: { type: "string", enum: ["mandatory"] } },
  additionalProperties: level,
};

/** Of a rule. */
export const ruleSchema: PolicyConfigSchema = { properties: { unknownLevel, environments } };

const settingsSchema: PolicyConfigSchema = { properties: { unknownLevel, environments } };

/** What the SDK says when it is first asked: the engine configures a pack before it asks anything. */
let current: Settings = {};

export const settings = (): Settings => current;

/** Reads the configuration for all rules. It must be asked before them. */
export const settingsPolicy: ResourceValidationPolicy = {
  name: settingsName,
  description: "What the configuration says for all rules is right",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "mend the file that --policy-pack-config names",
  tags: ["governance-and-cost"],
  configSchema: settingsSchema,
  validateResource: ({ getConfig }) => {
    current = getConfig<Settings>();
  },
};

/** A rule's level for a resource, where the configuration says another than the rule and the engine do. */
export function levelOf(rule: Rule, own: RuleSettings, resource: Resource | undefined): Level | undefined {
  const environment = resource && environmentOf(resource);
  const inEnvironment = environment === undefined || environment === "prod" ? undefined : environment;
  return (
    (inEnvironment === undefined ? undefined : own.environments?.[inEnvironment]) ??
    (rule.leniency && inEnvironment !== undefined ? current.environments?.[inEnvironment] : undefined)
  );
}

/** What a refusal by the rule would be. */
export function refusalLevelOf(rule: Rule, level: Level | undefined): "advisory" | "mandatory" {
  const said = level ?? configuredLevel(rule.name) ?? rule.level;
  return said === "advisory" ? "advisory" : "mandatory";
}

/** Of what a rule cannot decide: never more than its refusal would be. */
export function unknownLevelOf(
  rule: Rule,
  own: RuleSettings,
  level: Level | undefined,
): "advisory" | "mandatory" {
  if (refusalLevelOf(rule, level) === "advisory") return "advisory";
  return own.unknownLevel ?? current.unknownLevel ?? "advisory";
}

/**
 * By what a stack is called, `...-dev`, and what its provider tags everything with. A resource's own tag does not count:
 * it would excuse itself. Where the two differ, the strictest: production.
 */
export function environmentOf(resource: Resource): string | undefined {
  const words = resource.stack.split("-");
  if (words.includes("prod")) return "prod";
  if (!resource.provider) return words.at(-1);
  try {
    const said = providerInput(resource.provider.props, "defaultTags").at("tags", "environment").text();
    return said ?? words.at(-1);
  } catch (error) {
    if (error instanceof UnknownValue) return "prod";
    throw error;
  }
}
