import type { Access, Offer } from "../identity/access";
import { configurationSetOf, sendFrom } from "../mail/mail-domain";

/**
 * `send`: mail from any address of the domain, and of no other; the domain is the resource's name.
 * Source: Service authorization reference, "Amazon Simple Email Service v2".
 */
export const senderAccess: Offer<"send"> = (at, domainName): Access => {
  // A role may send from several domains, and a policy takes each Sid once.
  const { Sid: _, ...statement } = sendFrom(at, domainName);
  return {
    statements: [statement],
    settings: { FROM_DOMAIN: domainName, CONFIGURATION_SET: configurationSetOf(domainName) },
  };
};
