/** The project that lz is part of: its description, its stacks and its programs. */
import { relative, resolve } from "node:path";
import type { DescriptionError, LandingZone } from "../stacks/description";

export const projectRoot = resolve(__dirname, "..");
/** As in Pulumi.yaml. */
export const projectName = "landing-zone";
export const policyPack = resolve(projectRoot, "policies");
/** What the Pulumi CLI is called with, so that it judges as a plan does. */
export const policyFlags = "--policy-pack policies --policy-pack-config policies/config.json";

/** The description could not even be loaded. */
export class DescriptionLoadError extends Error {
  override readonly name = "DescriptionLoadError";
}

/**
 * Loads the description.
 *
 * @param guardrails unasked: whether they fit and lock nobody out, which takes a good part of a second, does not matter
 *   to who only looks at networks.
 * @throws {DescriptionError} where it has faults, guardrails that do not fit or that lock a role out among them, {DescriptionLoadError} where it can not be loaded.
 */
export function loadDescription(guardrails: "checked" | "unasked" = "checked"): LandingZone {
  const { checked } = require("../stacks/description") as typeof import("../stacks/description");
  let loaded: { default?: unknown };
  try {
    loaded = require("../stacks/landing-zone") as { default?: unknown };
  } catch (error) {
    if ((error as DescriptionError).name === "DescriptionError") throw error;
    throw new DescriptionLoadError(
      `the description in stacks/landing-zone failed to load: ${described(error)}`,
      {
        cause: error,
      },
    );
  }
  // Whoever exports something that did not come from landingZone() hears what is wrong with it all the same.
  const zone = checked(loaded.default);
  if (guardrails === "checked") {
    const { safeGuardrails } = require("../stacks/lock-out") as typeof import("../stacks/lock-out");
    safeGuardrails(zone);
  }
  return zone;
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack
    ?.split("\n")
    .map(line => /\(?(\/[^()]+):(\d+):\d+\)?$/.exec(line))
    .find(match => match?.[1]?.startsWith(projectRoot) && !match[1].includes("node_modules"));
  const where = place ? ` (${relative(projectRoot, place[1] ?? "")}:${place[2]})` : "";
  return `${error.name}: ${error.message}${where}`;
}
