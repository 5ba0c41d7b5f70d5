import { shortName } from "../short-name";

const longest = 253;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Refuses what is no domain name: labels of lower-case letters, digits and inner hyphens, at most 63 characters each
 * and 253 together, without a dot at the end; the last label is not a number, as that of an address would be.
 * Source: RFC 1035, 2.3.1 and 2.3.4; RFC 1123, 2.1.
 *
 * @throws {Error}
 */
export function checkDomain(domain: string): void {
  const labels = domain.split(".");
  const isNumber = /^\d+$/.test(labels.at(-1) ?? "");
  if (domain.length > longest || isNumber || !labels.every(one => label.test(one)))
    throw new Error(`"${domain}" is no domain name`);
}

/**
 * Refuses a domain that is none, or that is not below another one.
 *
 * @throws {Error}
 */
export function checkBelow(domain: string, parent: string): void {
  checkDomain(parent);
  checkDomain(domain);
  if (!domain.endsWith(`.${parent}`)) throw new Error(`${domain} is not below ${parent}`);
}

/**
 * What Route 53 Resolver and Profiles may call a thing: letters, digits, hyphens, at most 64, and not digits alone.
 * Names that Pulumi makes up would keep the dots of a domain, which these services refuse.
 * Source: Route 53 API reference, "CreateResolverRule" and "AssociateProfile".
 */
export const resolverName = (name: string): string =>
  shortName(`landing-zone-${name.replace(/[^a-zA-Z0-9]+/g, "-").replace(/^-|-$/g, "")}`, 64);
