import { createHash } from "node:crypto";

/**
 * A name of at most `longest` characters that stays the same as long as the whole name does: the whole name where
 * it fits, else its beginning and four digits of its hash.
 */
export function shortName(whole: string, longest: number): string {
  if (whole.length <= longest) return whole;
  const digits = createHash("sha256").update(whole).digest("hex").slice(0, 4);
  return `${whole.slice(0, longest - digits.length - 1).replace(/-+$/, "")}-${digits}`;
}
