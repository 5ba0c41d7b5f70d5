/**
 * What a product's resources are called. Its service stack and its policies name what its persistent stack makes,
 * without asking it: that is how every permission can be read and judged before anything exists. What it keeps is
 * named by its kind; see kinds/.
 */
import type { Container, Product } from "./description";

/** A key a purpose: who may read logs may not by that read data. */
export type KeyPurpose = "data" | "images" | "operations";

/** The alias of a product's key, without `alias/`. */
export const keyAlias = (product: Product, purpose: KeyPurpose): string => `${product.name}/${purpose}`;

export const repositoryName = (product: Product, image: string): string => `${product.name}/${image}`;

/** The topic that a product's alarms go to. */
export const alarmTopic = (product: Product): string => `${product.name}-alarms`;

/** The images of a product: one a repository, however many services run it. */
export const images = (product: Product): string[] =>
  [
    ...new Set(
      [...Object.entries(product.services ?? {}), ...Object.entries(product.tasks ?? {})].map(
        ([name, container]) => imageOf(name, container),
      ),
    ),
  ].sort();

export const imageOf = (name: string, container: Container): string => container.image ?? name;
