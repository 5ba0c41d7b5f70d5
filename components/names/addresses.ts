import { isIPv4 } from "node:net";
import { parseCidr } from "cidr-tools";
import { stringifyIp } from "ip-bigint";

/** The widest range that is private: 10.0.0.0/8. Whatever is wider reaches the internet. */
const widest = 8;

/**
 * Refuses what is no IPv4 address.
 *
 * @throws {Error}
 */
export function checkAddress(address: string): void {
  if (!isIPv4(address)) throw new Error(`"${address}" is no IPv4 address`);
}

/**
 * Refuses what is no IPv4 range, has bits beyond its prefix, which EC2 would drop, or is wider than /8.
 *
 * @throws {Error}
 */
export function checkRange(range: string): void {
  const [, address = "", prefix = ""] = /^([^/]+)\/(\d{1,2})$/.exec(range) ?? [];
  if (!isIPv4(address) || Number(prefix) > 32) throw new Error(`"${range}" is no IPv4 range`);
  const { start } = parseCidr(range);
  const bits = BigInt(32 - Number(prefix));
  const first = stringifyIp({ number: (start >> bits) << bits, version: 4 });
  if (first !== address) throw new Error(`${range} has bits beyond its prefix: ${first}/${prefix} is meant`);
  if (Number(prefix) < widest) throw new Error(`${range} is wider than /${widest}: it reaches the internet`);
}
