/**
 * `policies/config.json`, which the engine gets by `--policy-pack-config` and a plan reads by itself. Of it the
 * description decides in which environments policies are lenient; levels of single rules may be added by hand.
 */
import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { settingsName } from "../../policies/settings";
import { environmentNames, type LandingZone } from "../../stacks/description";
import { UsageError } from "../failures";
import type { PolicyPackConfig } from "../planner";
import { toJson } from "../planner/json";
import { policyPack, projectRoot } from "../project";

export const policyConfigFile = resolve(policyPack, "config.json");

/** @throws {UsageError} where it is not there, is no JSON or no object. */
export function readPolicyConfig(file: string): PolicyPackConfig {
  const unreadable = (why: string) =>
    new UsageError(`the configuration of the policies can not be read from ${file}: ${why}`);
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw unreadable((error as Error).message);
  }
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw unreadable("it is not an object of rules");
  return config as PolicyPackConfig;
}

/** A configuration with what the description says of environments in place of what it has said of them. */
export function withWordsOf(
  { environments }: Pick<LandingZone, "environments">,
  config: PolicyPackConfig,
): PolicyPackConfig {
  const { [settingsName]: settings, ...rules } = config;
  const { environments: _, ...others } =
    typeof settings === "string" ? { enforcementLevel: settings } : ((settings ?? {}) as Settings);
  const levels = Object.fromEntries(
    environmentNames.flatMap(name => {
      const { policies } = environments[name];
      return policies === undefined ? [] : [[name, policies]];
    }),
  );
  const said = { ...others, ...(Object.keys(levels).length > 0 && { environments: levels }) };
  return { ...(Object.keys(said).length > 0 && { [settingsName]: said }), ...rules };
}

interface Settings {
  readonly environments?: unknown;
  readonly [property: string]: unknown;
}

/** What `lz policies --config` writes: the words of the description, and what else is in the file. */
export function configText(zone: Pick<LandingZone, "environments">, file = policyConfigFile): string {
  return toJson(withWordsOf(zone, existsSync(file) ? readPolicyConfig(file) : {}));
}

/**
 * The configuration that the engine gets too.
 *
 * @throws {UsageError} where the description says something else: the engine would judge otherwise than the plan.
 */
export function agreedPolicyConfig(
  zone: Pick<LandingZone, "environments">,
  file = policyConfigFile,
): PolicyPackConfig {
  const config = existsSync(file) ? readPolicyConfig(file) : {};
  const said = environmentsIn(config);
  const meant = environmentsIn(withWordsOf(zone, config));
  if (said === meant) return config;
  throw new UsageError(
    `${relative(projectRoot, file)} says ${said} of the environments, and the description ${meant}, so that the engine would judge otherwise than the plan; \`lz policies --config\` writes it anew`,
  );
}

function environmentsIn(config: PolicyPackConfig): string {
  const { environments = {} } = (config[settingsName] ?? {}) as Settings;
  if (typeof environments !== "object" || environments === null) return JSON.stringify(environments);
  return JSON.stringify(Object.fromEntries(Object.entries(environments).sort()));
}
