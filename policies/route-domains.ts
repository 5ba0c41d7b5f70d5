/** Environments in the hub: what its route tables are told of each other's attachments. */
import type { StackResource } from "./graph";
import type { Rule } from "./rule";
import { notKnown, References } from "./short-ids";
import { UnknownValue } from "./value";

/** They never reach one another. */
const environments = ["dev", "int", "prod"];

const tables = ["aws:ec2transitgateway/routeTable:RouteTable"];
const gateways = ["aws:ec2transitgateway/transitGateway:TransitGateway"];
const associations = ["aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation"];
const leading = [
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
  "aws:ec2transitgateway/route:Route",
  "aws:ec2transitgateway/prefixListReference:PrefixListReference",
];

export const environmentsApart: Rule = {
  name: "reach-environments-apart",
  theme: "network",
  title: "No environment's route table leads to another environment",
  why: "Whoever is in one would be in the others, production among them",
  fix: "take the route, the propagation or the association away; what environments share belongs in a route domain of its own",
  severity: "critical",
  level: "mandatory",
  controls: [],
  types: gateways,
  scope: "stack",
  check(stack, report) {
    const references = new References(stack);
    const byId = new Map(stack.resources.map(resource => [references.idOf(resource), resource]));
    const ends = (resource: StackResource) => {
      const { transitGatewayRouteTableId: table, transitGatewayAttachmentId: attachment } =
        references.inputsOf(resource);
      return { table, attachment };
    };
    const called = (id: unknown) => byId.get(String(id).replace(/-attachment$/, ""));
    const environmentOf = (id: unknown) => {
      const resource = called(id);
      return resource && environmentNamed(resource);
    };
    /** By the table that decides for an attachment, else by what it is called. */
    const associated = new Map<unknown, string | undefined>();
    report.each(stack.ofType(associations), (association, report) => {
      const { table, attachment } = ends(association);
      const [domain, own] = [environmentOf(table), environmentOf(attachment)];
      if (attachment !== notKnown) associated.set(attachment, domain ?? own);
      if (domain !== undefined && own !== undefined && domain !== own)
        report.refuse(
          `${called(attachment)?.name} of ${own} is routed by the table of ${domain}, and so reaches all that ${domain} reaches`,
        );
      else if (table === notKnown) throw new UnknownValue("transitGatewayRouteTableId");
      else if (attachment === notKnown && domain !== undefined)
        throw new UnknownValue("transitGatewayAttachmentId");
    });
    report.each(stack.ofType(leading), (route, report) => {
      if (route.at("blackhole").is(true)) return;
      const { table, attachment } = ends(route);
      const domain = environmentOf(table);
      if (table === notKnown) throw new UnknownValue("transitGatewayRouteTableId");
      if (domain === undefined) return;
      if (attachment === notKnown) throw new UnknownValue("transitGatewayAttachmentId");
      const other = associated.get(attachment) ?? environmentOf(attachment);
      if (other === undefined || other === domain) return;
      const range = route.at("destinationCidrBlock");
      const what = range.isSet && !range.isUnknown ? range.text() : "all its ranges";
      report.refuse(
        `${domain} reaches ${other}: a packet of ${domain}; transit gateway, table ${called(table)?.name}: ${what} → attachment ${called(attachment)?.name} of ${other}`,
      );
    });
    const apart = stack.ofType(tables).flatMap(table => environmentNamed(table, { lenient: true }) ?? []);
    report.each(stack.ofType(gateways), (gateway, report) => {
      if (new Set(apart).size < 2) return;
      const isOff = (what: string) => gateway.at(`defaultRouteTable${what}`).is("disable");
      if (!isOff("Association") && !isOff("Propagation"))
        report.refuse(
          `its default route table takes in whoever attaches, so that ${[...new Set(apart)].join(" and ")} meet there: defaultRouteTableAssociation and defaultRouteTablePropagation are not "disable"`,
        );
    });
  },
};

/** By its tag `Name`; without one, by the end of its own name. */
function environmentNamed(
  resource: StackResource,
  { lenient = false }: { readonly lenient?: boolean } = {},
): string | undefined {
  const name = resource.at("tags", "Name");
  if (lenient && name.isUnknown) return undefined;
  const said = name.text() ?? resource.name.split("-").at(-1);
  return environments.find(environment => environment === said);
}
