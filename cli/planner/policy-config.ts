/** The configuration of a policy pack, in the form and with the meaning of the engine's `--policy-pack-config`. */
import { ConfigureAnalyzerRequest, PolicyConfig, type PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PolicyConfigError } from "./failure";

export const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;
export type PolicyLevel = (typeof levels)[number];

/** By policy: its level, or its level and its properties. `all` is the level of those that are not named. */
export type PolicyPackConfig = Readonly<Record<string, PolicyLevel | PolicyChoice>>;
interface PolicyChoice {
  readonly enforcementLevel?: PolicyLevel;
  readonly [property: string]: unknown;
}

export interface Configured {
  readonly request: ConfigureAnalyzerRequest;
  /** Of each policy. */
  readonly levels: ReadonlyMap<string, PolicyLevel>;
}

/**
 * Every policy with its level, as the engine tells it to the pack.
 *
 * @throws {PolicyConfigError} naming every fault: a policy that the pack has not, a level or a property that is none.
 */
export function configured(policies: readonly PolicyInfo[], config: unknown): Configured {
  const faults: string[] = [];
  const choices = choicesIn(config, faults);
  const names = new Set(policies.map(policy => policy.getName()));
  for (const name of choices.keys())
    if (name !== "all" && !names.has(name)) faults.push(`${name}: the pack has no rule of this name`);
  const request = new ConfigureAnalyzerRequest();
  const chosen = new Map<string, PolicyLevel>();
  for (const policy of policies) {
    const name = policy.getName();
    const { enforcementLevel, ...properties } = choices.get(name) ?? {};
    const level =
      enforcementLevel ??
      choices.get("all")?.enforcementLevel ??
      levels[policy.getEnforcementlevel()] ??
      "mandatory";
    const known = (policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Schema["properties"];
    check(properties, { type: "object", properties: known ?? {}, additionalProperties: false }, name, faults);
    const one = new PolicyConfig();
    one.setEnforcementlevel(levels.indexOf(level) as ReturnType<PolicyConfig["getEnforcementlevel"]>);
    one.setProperties(Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]));
    request.getPolicyconfigMap().set(name, one);
    chosen.set(name, level);
  }
  if (faults.length > 0)
    throw new PolicyConfigError(`the configuration of the policies is wrong:\n  ${faults.join("\n  ")}`);
  return { request, levels: chosen };
}

function choicesIn(config: unknown, faults: string[]): Map<string, PolicyChoice> {
  if (!isObject(config)) {
    faults.push("it is not an object of rules");
    return new Map();
  }
  return new Map(
    Object.entries(config).map(([name, said]) => {
      const choice = typeof said === "string" ? { enforcementLevel: said } : said;
      if (!isObject(choice)) faults.push(`${name}: it is neither a level nor an object`);
      const level = isObject(choice) ? choice["enforcementLevel"] : undefined;
      if (level !== undefined && !levels.some(known => known === level))
        faults.push(`${name}: ${JSON.stringify(level)} is no level; one is ${levels.join(", ")}`);
      return [name, (isObject(choice) ? choice : {}) as PolicyChoice];
    }),
  );
}

interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: boolean | Schema;
}

/** As much of JSON Schema as packs use for choices. */
function check(value: unknown, schema: Schema, at: string, faults: string[]): void {
  if (schema.enum && !schema.enum.includes(value)) {
    faults.push(`${at}: ${JSON.stringify(value)} is none of ${schema.enum.join(", ")}`);
    return;
  }
  if (schema.type !== "object") return;
  if (!isObject(value)) {
    faults.push(`${at}: ${JSON.stringify(value)} is not an object`);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const known = schema.properties?.[key] ?? schema.additionalProperties;
    if (known === false || (known === undefined && schema.properties))
      faults.push(
        `${at}.${key}: there is no such property; there are ${Object.keys(schema.properties ?? {}).join(", ")}`,
      );
    else if (typeof known === "object") check(inner, known, `${at}.${key}`, faults);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
