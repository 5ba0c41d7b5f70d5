/** The commands that a summary says to go on with: their words after `lz`. */
export function toGoOn(text: string): string[][] {
  const [, after = ""] = text.split(/^To go on.*$/m);
  return [...after.matchAll(/^ +lz (.+)$/gm)].map(([, words = ""]) => words.trim().split(/\s+/));
}
