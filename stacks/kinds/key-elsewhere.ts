import { EncryptionKey } from "../../components/security/encryption-key";
import type { Resource } from "../description";
import type { Making } from "./kind";

/**
 * The key of one resource's copy in another region: a key is used in its own region only, and most products have none
 * but one.
 */
export const keyElsewhere = (
  { name, product, keeping: { at }, opts }: Making<Resource>,
  region: string,
): EncryptionKey =>
  new EncryptionKey(
    `${name}-${region}`,
    {
      alias: `${product.name}/data/${name}`,
      description: `What ${product.name} keeps of ${name} in ${region}`,
      at: { ...at, region },
    },
    opts,
  );
