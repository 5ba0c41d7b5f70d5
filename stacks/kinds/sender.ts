import { Sender } from "../../components/data/sender";
import { senderAccess } from "../../components/data/sender-access";
import type { Sender as Described } from "../description";
import type { Kind } from "./kind";

export const sender: Kind<Described> = {
  nameIn: (product, _name, { domain }, resource) =>
    `${resource.args.subdomain ?? "mail"}.${product.name}.${domain}`,
  make: ({ name, resourceName, keeping, zone, publicZoneId, opts }) => ({
    component: new Sender(
      name,
      {
        ...keeping,
        domainName: resourceName,
        zoneId: publicZoneId,
        reportsTo: `dmarc@${zone.organization.domain}`,
      },
      opts,
    ),
  }),
  access: (at, name) => senderAccess(at, name, "send"),
};
