/** Ranges of IPv4 addresses, as numbers: a decision looks at thousands of them. */

/** From the first address to the last, both in it. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** @returns undefined for what is no IPv4 range, such as an IPv6 one or a value that is not known. */
export function parseRange(text: unknown): Range | undefined {
  const [, a, b, c, d, bits] =
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(
      typeof text === "string" ? text : "",
    ) ?? [];
  const octets = [a, b, c, d].map(Number);
  const prefix = bits === undefined ? 32 : Number(bits);
  if (a === undefined || prefix > 32 || octets.some(octet => octet > 255)) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

/** For ranges that are written in the code. */
export function range(text: string): Range {
  const parsed = parseRange(text);
  if (parsed === undefined) throw new Error(`${text} is no range`);
  return parsed;
}

export const everything = range("0.0.0.0/0");

export const contains = ({ first, last }: Range, address: number): boolean =>
  first <= address && address <= last;

export const overlap = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last;

/** How many addresses: the fewer, the more specific. */
export const sizeOf = ({ first, last }: Range): number => last - first + 1;

export const addressText = (address: number): string =>
  [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join(".");

/** As CIDR, or from-to where it is none. */
export function rangeText({ first, last }: Range): string {
  const bits = 32 - Math.log2(last - first + 1);
  if (Number.isInteger(bits) && first % (last - first + 1) === 0)
    return `${addressText(first)}${bits === 32 ? "" : `/${bits}`}`;
  return `${addressText(first)}-${addressText(last)}`;
}

/**
 * What is never on the public internet. Documentation's ranges are not among them: they stand for public addresses.
 * Source: IANA IPv4 Special-Purpose Address Registry.
 */
const notPublic = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
].map(range);

export const isPublic = (address: number): boolean => !notPublic.some(its => contains(its, address));

/** The public internet's ranges, in order. */
export const publicRanges: readonly Range[] = gaps(notPublic);

function gaps(taken: readonly Range[]): Range[] {
  const sorted = [...taken].sort((a, b) => a.first - b.first);
  const free: Range[] = [];
  let next = 0;
  for (const { first, last } of sorted) {
    if (first > next) free.push({ first: next, last: first - 1 });
    next = Math.max(next, last + 1);
  }
  if (next <= everything.last) free.push({ first: next, last: everything.last });
  return free;
}

/**
 * Where some range begins, or another has just ended. Between two neighbours all addresses are treated alike, so one
 * address stands for all of them.
 */
export class Boundaries {
  readonly #starts: readonly number[];
  /** The ranges of subnets are asked about again and again. */
  readonly #known = new WeakMap<Range, readonly number[]>();

  constructor(ranges: Iterable<Range>) {
    const starts = new Set<number>();
    for (const { first, last } of ranges) starts.add(first).add(last + 1);
    this.#starts = [...starts].sort((a, b) => a - b);
  }

  /** One address of each part of a range that is treated alike. */
  samples(range: Range): readonly number[] {
    const samples = this.#known.get(range) ?? this.#sample(range);
    this.#known.set(range, samples);
    return samples;
  }

  #sample({ first, last }: Range): number[] {
    const samples = [first];
    for (let index = this.#after(first); index < this.#starts.length; index++) {
      const start = this.#starts[index] as number;
      if (start > last) break;
      samples.push(start);
    }
    return samples;
  }

  /** The place of the first start above a number. */
  #after(value: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
