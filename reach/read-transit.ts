/** Reads what is attached to transit gateways, and how they route between it. */
import type { Attachment, TransitGateway, TransitRoute, TransitTable } from "./model";
import { parseRange } from "./ranges";
import type { Reading, Unfinished } from "./read";
import { rangesOfList } from "./read-filters";
import { idOf, known, object, type Resource, texts } from "./resource";

export type TransitGateways = ReadonlyMap<string, TransitGateway>;

/** Attachments, each with the table it is associated with. */
export function readTransit(reading: Reading): readonly Attachment[] {
  const { plan } = reading;
  const attachments = readAttachments(reading);
  const tables = new Map<string, Unfinished<TransitTable>>();
  const table = (id: string, name: string) => {
    const made = tables.get(id) ?? { id, name, routes: [] };
    tables.set(id, made);
    return made;
  };
  for (const { id, name } of plan.all("ec2transitgateway/routeTable:RouteTable"))
    if (id !== undefined) table(id, name);
  // Explicit ones first: an attachment has one table, and it is not the default one then.
  for (const { inputs } of plan.all("ec2transitgateway/routeTableAssociation:RouteTableAssociation")) {
    const attachment = attachments.get(known(inputs["transitGatewayAttachmentId"]) ?? "");
    const id = known(inputs["transitGatewayRouteTableId"]);
    if (attachment !== undefined && id !== undefined) attachment.table = table(id, id);
  }
  const propagate = (attachment: Attachment, to: Unfinished<TransitTable>) => {
    for (const destination of announcedBy(attachment))
      to.routes.push({ destination, to: attachment, learned: true });
  };
  for (const { inputs } of plan.all("ec2transitgateway/routeTablePropagation:RouteTablePropagation")) {
    const attachment = attachments.get(known(inputs["transitGatewayAttachmentId"]) ?? "");
    const id = known(inputs["transitGatewayRouteTableId"]);
    if (attachment !== undefined && id !== undefined) propagate(attachment, table(id, id));
  }
  for (const attachment of attachments.values()) {
    const { id, name } = attachment.gateway;
    const standard = () => table(`${id}-default`, `the default table of ${name}`);
    if (attachment.table === undefined && isDefault(reading, attachment, "Association"))
      attachment.table = standard();
    if (isDefault(reading, attachment, "Propagation")) propagate(attachment, standard());
  }
  for (const resource of plan.all("ec2transitgateway/route:Route")) {
    const { inputs } = resource;
    const at = tables.get(known(inputs["transitGatewayRouteTableId"]) ?? "");
    const to = attachments.get(known(inputs["transitGatewayAttachmentId"]) ?? "");
    if (at === undefined || (to === undefined && inputs["blackhole"] !== true))
      reading.doubt(resource, "where it leads is not in the plan", [...reading.transitGateways.keys()]);
    else at.routes.push({ destination: parseRange(inputs["destinationCidrBlock"]), to, learned: false });
  }
  for (const { inputs } of plan.all("ec2transitgateway/prefixListReference:PrefixListReference")) {
    const at = tables.get(known(inputs["transitGatewayRouteTableId"]) ?? "");
    const to = attachments.get(known(inputs["transitGatewayAttachmentId"]) ?? "");
    const ranges = rangesOfList(plan, known(inputs["prefixListId"]) ?? "") ?? [undefined];
    at?.routes.push(...ranges.map((destination): TransitRoute => ({ destination, to, learned: false })));
  }
  return [...attachments.values()];
}

/** Ranges that an attachment propagates: all of a VPC's, and of a place outside what it says itself one day. */
function announcedBy({ end }: Attachment): readonly (TransitRoute["destination"] | undefined)[] {
  if (end.kind === "vpc") return end.vpc.ranges;
  return end.kind === "on-premises" && !end.announces ? [] : [undefined];
}

function readAttachments(reading: Reading): Map<string, Unfinished<Attachment>> {
  const { plan, vpcs, subnets, transitGateways, doubt } = reading;
  const attachments = new Map<string, Unfinished<Attachment>>();
  const add = (
    id: string | undefined,
    resource: Resource,
    gatewayId: string | undefined,
    end: Attachment["end"],
  ) => {
    const gateway = transitGateways.get(idOf(gatewayId ?? ""));
    if (id !== undefined && gateway !== undefined)
      attachments.set(id, { id, name: resource.name, gateway, end, table: undefined });
    else if (gatewayId !== undefined) doubt(resource, "its transit gateway is not in the plan");
  };
  for (const resource of plan.all("ec2transitgateway/vpcAttachment:VpcAttachment")) {
    const { inputs, id } = resource;
    const vpc = vpcs.get(known(inputs["vpcId"]) ?? "");
    add(
      id,
      resource,
      known(inputs["transitGatewayId"]),
      vpc === undefined
        ? { kind: "not-understood", what: `${resource.name}, a VPC that is not in the plan` }
        : {
            kind: "vpc",
            vpc,
            subnets: texts(inputs["subnetIds"]).flatMap(subnet => subnets.get(subnet) ?? []),
            namesGroups: inputs["securityGroupReferencingSupport"] === "enable",
          },
    );
  }
  for (const resource of plan.all("ec2/vpnConnection:VpnConnection"))
    add(`${resource.id}-attachment`, resource, known(resource.inputs["transitGatewayId"]), {
      kind: "on-premises",
      announces: resource.inputs["staticRoutesOnly"] !== true,
    });
  for (const resource of plan.all("directconnect/gatewayAssociation:GatewayAssociation"))
    if (transitGateways.has(known(resource.inputs["associatedGatewayId"]) ?? ""))
      add(`${resource.id}-attachment`, resource, known(resource.inputs["associatedGatewayId"]), {
        kind: "on-premises",
        announces: true,
      });
  for (const resource of plan.all("ec2transitgateway/connect:Connect"))
    add(resource.id, resource, known(resource.inputs["transitGatewayId"]), {
      kind: "on-premises",
      announces: true,
    });
  for (const resource of plan.all("networkfirewall/firewall:Firewall"))
    if (known(resource.inputs["transitGatewayId"]) !== undefined)
      add(`${resource.id}-attachment`, resource, known(resource.inputs["transitGatewayId"]), {
        kind: "firewall",
        name: resource.name,
      });
  for (const resource of plan.all("ec2transitgateway/peeringAttachment:PeeringAttachment"))
    add(resource.id, resource, known(resource.inputs["transitGatewayId"]), {
      kind: "not-understood",
      what: `${resource.name}, a peering of transit gateways`,
    });
  return attachments;
}

/** Both the gateway and the attachment, seen from either side, must leave it on. */
function isDefault(
  { plan }: Reading,
  { id, gateway }: Attachment,
  what: "Association" | "Propagation",
): boolean {
  const said = `transitGatewayDefaultRouteTable${what}`;
  const sides = [
    ...plan.all("ec2transitgateway/vpcAttachment:VpcAttachment"),
    ...plan.all("ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter"),
  ].filter(side => side.id === id);
  return (
    object(plan.find(gateway.id)?.inputs ?? {})[`defaultRouteTable${what}`] !== "disable" &&
    sides.every(({ inputs }) => inputs[said] !== false)
  );
}
