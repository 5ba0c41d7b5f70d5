/** The product that a command is asked about. */
import type { LandingZone, Product } from "../stacks/description";
import { UsageError } from "./failures";

/** @throws {UsageError} which lists the products there are. */
export function describedProduct(zone: LandingZone, productName: string): Product {
  const product = zone.products.find(({ name }) => name === productName);
  if (product !== undefined) return product;
  const names = zone.products.map(({ name }) => name).join(", ") || "none";
  throw new UsageError(`there is no product "${productName}"; there are: ${names}`);
}
