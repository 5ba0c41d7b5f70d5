/** What keeps order says so at the end of its name: AWS demands it. */
import type { Product } from "../description";
import { usualName } from "./kind";

export const orderedName = (
  product: Product,
  name: string,
  { args: { fifo = false } }: { readonly args: { readonly fifo?: boolean } },
): string => `${usualName(product, name)}${fifo ? ".fifo" : ""}`;
