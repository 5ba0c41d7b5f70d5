/**
 * Refused: no range, what is no IPv4 range, and a range wider than the widest private one, 10.0.0.0/8, or narrower
 * than the narrowest subnet, /28.
 */
export function requireRanges(name: string, ranges: readonly string[]): void {
  if (ranges.length === 0) throw new Error(`${name} is empty; it must name one range or more`);
  for (const range of ranges) {
    const [, address = "", length] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(range) ?? [];
    const fits = Number(length) >= 8 && Number(length) <= 28;
    if (!fits || address.split(".").some(part => Number(part) > 255))
      throw new Error(`${name} holds ${range}; it must be an IPv4 range of /8 to /28, like 10.16.0.0/16`);
  }
  const twice = ranges.find((range, index) => ranges.indexOf(range) !== index);
  if (twice !== undefined) throw new Error(`${name} holds ${twice} twice`);
}
