/** How many policies the landing zone's guardrails take, node by node. */
import type { LandingZone } from "../../stacks/description";
import { guardrailPolicies } from "../../stacks/guardrails";
import type { Adoption } from "./adoption";
import type { GuardrailNeeds } from "./obstacles";

/** Of the description as it will be: what is still to fill in is taken as usual, and changes few characters. */
export function guardrailNeeds({
  found,
  units,
  quarantine,
  accessRole,
  controlTower,
}: Adoption): GuardrailNeeds {
  const zone = {
    organization: {
      ids: { organization: found.id, accounts: {} },
      regions: [found.region, "eu-west-1", "us-east-1"],
      units: units.map(({ path }) => path),
      quarantine: quarantine.path,
      accessRole,
      guardrails: {
        instanceFamilies: ["t3", "t4g", "m7g", "c7g", "r7g"],
        ...(controlTower === undefined ? {} : { controlTower: { reservedPolicies: 0 } }),
      },
    },
    // Nobody is let into what runs yet.
    environments: { dev: {}, int: {}, prod: {} },
    products: [],
  };
  const policies = guardrailPolicies(zone as unknown as LandingZone);
  return (node, type) => policies.filter(policy => policy.node === node && policy.type === type).length;
}
