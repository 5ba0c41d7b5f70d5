/** The shape of the network's part of a description, checked on load. */
import { z } from "zod";
import { domain, oneOf, range, text, whole } from "./forms";
import { networkProfiles, routeDomains } from "./network-types";

const routeDomain = oneOf(routeDomains);
const address = z.ipv4({ error: "must be an IPv4 address, for example 192.0.2.53" });
const flag = z.boolean({ error: "must be true or false" });

/** A domain, or all below it where it begins with a dot. */
const allowed = text(
  /^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a domain such as example.com, or .example.com for all below it",
);

export const network = z.strictObject(
  {
    addresses: range(16, 20),
    serviceDomain: domain,
    reaches: z.partialRecord(routeDomain, z.array(routeDomain)),
    asn: whole(64_512, 65_534, "a private AS").optional(),
    egress: z
      .strictObject({ allow: z.array(allowed).min(1, "must name at least one domain").optional() })
      .optional(),
    onPremises: z
      .strictObject({
        ranges: z.array(range(8, 30)).min(1, "must name at least one range"),
        connection: z.union(
          [
            z.strictObject({ vpn: z.strictObject({ address, asn: whole(1, 4_294_967_294, "an AS") }) }),
            z.strictObject({
              directConnectGatewayId: text(
                /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
                "the id of a Direct Connect gateway",
              ),
            }),
          ],
          { error: "must be { vpn: { address, asn } } or { directConnectGatewayId }" },
        ),
        names: z
          .strictObject({
            domains: z.array(domain).min(1, "must name at least one domain"),
            servers: z.array(address).min(1, "must name at least one server"),
          })
          .optional(),
      })
      .optional(),
    sharedEndpoints: flag.optional(),
    namesProfile: flag.optional(),
    addressPools: flag.optional(),
  },
  { error: "must be a network: { addresses, serviceDomain, reaches }" },
);

export const networkChoices = z.strictObject(
  {
    profile: oneOf(networkProfiles),
    nat: oneOf(["per-zone", "single", "central", "none"]).optional(),
    privateNat: oneOf(["per-zone", "single", "none"]).optional(),
    endpoints: oneOf(["local", "shared", "none"]).optional(),
    flowLogsInCloudWatch: flag.optional(),
    queryLogs: flag.optional(),
    blockedNames: z.array(domain).optional(),
    ipv6: flag.optional(),
  },
  { error: 'must be the network\'s choices, for example { profile: "standard" }' },
);
