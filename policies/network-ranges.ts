import { parseRange, type Range, range } from "../reach/ranges";

/** The widest ranges that are private: 10.0.0.0/8 and fc00::/7. Whatever is wider reaches the internet. */
const widestPrivate = { ipv4: 8, ipv6: 7 };

/** Whether a range holds the internet or so much of it that it might as well. */
export function isOpenToWorld(range: string): boolean {
  const [address = "", length] = range.split("/");
  if (length === undefined) return false;
  return Number(length) < (address.includes(":") ? widestPrivate.ipv6 : widestPrivate.ipv4);
}

/** RFC 1918 and RFC 6598. */
const privateV4 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(range);

/** Whether all of a range is private: of IPv4 by RFC 1918 or 6598, of IPv6 by RFC 4193. */
export function isPrivate(text: string): boolean {
  if (text.includes(":")) return /^f[cd]/i.test(text) && !isOpenToWorld(text);
  const parsed = parseRange(text);
  return parsed !== undefined && privateV4.some(whole => holds(whole, parsed));
}

/** Whether all of one range is in another. */
export function holds(whole: Range, part: Range): boolean {
  return whole.first <= part.first && part.last <= whole.last;
}
