import assert from "node:assert/strict";
import {
  checked,
  DescriptionError,
  type Environments,
  type Fault,
  type LandingZone,
  type Product,
} from "../../../stacks/description";
import example from "../../../stacks/landing-zone";

/** The example company with one product in the environments' own accounts. */
export const zoneWith = (
  product: Partial<Product>,
  environments: Partial<Environments> = {},
): LandingZone => ({
  ...example,
  environments: { ...example.environments, ...environments },
  products: [{ name: "orders", team: "checkout", costCentre: "cc-2001", dataClass: "internal", ...product }],
});

export const orders = (zone: LandingZone): Product => {
  const [product] = zone.products;
  assert.ok(product);
  return product;
};

export function faultsOf(zone: unknown): readonly Fault[] {
  try {
    checked(zone);
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError, String(error));
    return error.faults;
  }
}

/** @param says what the message must hold: what is wrong, and what would be right. */
export function refuses(zone: unknown, path: string, value: unknown, says: RegExp): void {
  const faults = faultsOf(zone);
  const fault = faults.find(candidate => candidate.path === path);
  const found = faults.map(one => `${one.path}: ${one.problem}`).join("\n") || "nothing";
  assert.ok(fault, `no fault at ${path}, but\n${found}`);
  assert.deepEqual(fault.value, value);
  assert.match(fault.problem, says);
  assert.equal(faults.length, 1, found);
}
