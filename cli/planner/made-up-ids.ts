/**
 * Ids for resources that do not exist yet. In a plan an id is unknown, and an unknown that has gone through another
 * stack's outputs is no one's any more. A made-up one comes out where it is used as the same text it went in, so that
 * the plan says by itself which resource is meant.
 */
import { createHash } from "node:crypto";
import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import type { Registration } from "./monitor";

/** An id that AWS would give, and what it would give along with it: outputs that are not inputs as well. */
export interface MadeUp {
  readonly id: string;
  /** What the program is answered: the inputs, and these outputs. */
  readonly properties: Struct;
}

type Output = string | readonly { readonly [name: string]: unknown }[];
type OfType = (
  id: string,
  input: (name: string) => unknown,
  look: Lookup,
) => Readonly<Record<string, Output>>;
type Lookup = (id: string) => Registration | undefined;

/** Outputs that AWS gives beside id and ARN, as far as one resource is told of another by them. */
const outputsOf: Readonly<Record<string, OfType>> = {
  "aws:ec2/vpc:Vpc": ofVpc,
  "aws:ec2/defaultVpc:DefaultVpc": ofVpc,
  "aws:ec2/eip:Eip": id => ({ allocationId: id }),
  "aws:ec2/vpcEndpointService:VpcEndpointService": id => ({ serviceName: `com.amazonaws.vpce.${id}` }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": id => ({ prefixListId: `pl-${id}` }),
  "aws:ec2transitgateway/transitGateway:TransitGateway": id => ({
    associationDefaultRouteTableId: `${id}-default`,
    propagationDefaultRouteTableId: `${id}-default`,
  }),
  "aws:ec2/vpnConnection:VpnConnection": attached,
  "aws:directconnect/gatewayAssociation:GatewayAssociation": attached,
  "aws:lb/loadBalancer:LoadBalancer": id => ({
    arnSuffix: `load-balancer/${id}`,
    dnsName: `${id}.elb.amazonaws.com`,
    zoneId: `${id}-zone`,
  }),
  "aws:lb/targetGroup:TargetGroup": id => ({ arnSuffix: `target-group/${id}`, name: id }),
  // In it a state machine says which tasks it runs, and where.
  "aws:ecs/taskDefinition:TaskDefinition": id => ({ arn: `arn:made-up:${id}` }),
  "aws:route53/zone:Zone": id => ({ zoneId: id }),
  "aws:autoscaling/group:Group": id => ({ name: id }),
  "aws:docdb/subnetGroup:SubnetGroup": id => ({ name: id }),
  "aws:elasticache/subnetGroup:SubnetGroup": id => ({ name: id }),
  "aws:memorydb/subnetGroup:SubnetGroup": id => ({ name: id }),
  "aws:neptune/subnetGroup:SubnetGroup": id => ({ name: id }),
  "aws:rds/subnetGroup:SubnetGroup": id => ({ name: id }),
  "aws:redshift/subnetGroup:SubnetGroup": id => ({ name: id }),
  "aws:networkfirewall/firewall:Firewall": (id, input, look) => ({
    firewallStatuses: firewallStatuses(id, input("subnetMappings"), look),
  }),
};

/** What is attached to a transit gateway by being made. */
function attached(id: string): Record<string, string> {
  return { transitGatewayAttachmentId: `${id}-attachment` };
}

function ofVpc(id: string): Record<string, string> {
  return {
    mainRouteTableId: `${id}-main`,
    defaultRouteTableId: `${id}-main`,
    defaultNetworkAclId: `${id}-default-acl`,
    defaultSecurityGroupId: `${id}-default-group`,
  };
}

/** A firewall says by the subnet and by the zone which endpoint is there. */
function firewallStatuses(
  id: string,
  mappings: unknown,
  look: Lookup,
): readonly { [name: string]: unknown }[] {
  const subnets = (Array.isArray(mappings) ? mappings : []).map(mapping =>
    String((mapping as { subnetId?: unknown }).subnetId),
  );
  const syncStates = subnets.map(subnetId => ({
    availabilityZone: String(fields(look(subnetId)?.properties)["availabilityZone"] ?? `zone-of-${subnetId}`),
    attachments: [{ endpointId: `${id}-in-${subnetId}`, subnetId, status: "READY" }],
  }));
  const transitGatewayAttachmentSyncStates = [{ attachmentId: `${id}-attachment`, status: "READY" }];
  return [{ status: "READY", syncStates, transitGatewayAttachmentSyncStates }];
}

/**
 * The provider's modules whose ARNs are made up, too: networks, and what is in them. A program may wait for another
 * output together with the ARN (`pulumi.all([it.arn, it.tokens])`) and be right to think that it knows both or none.
 */
const withArn = new Set([
  "alb",
  "cloudfront",
  "directconnect",
  "docdb",
  "ec2",
  "ec2transitgateway",
  "efs",
  "elasticache",
  "lb",
  "memorydb",
  "neptune",
  "networkfirewall",
  "ram",
  "rds",
  "vpc",
]);

/** A resource that is another one seen from the other side has its id: an input says which. */
const idFrom: Readonly<Record<string, string>> = {
  "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter": "transitGatewayAttachmentId",
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": "transitGatewayAttachmentId",
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": "vpcPeeringConnectionId",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "defaultNetworkAclId",
  "aws:ec2/defaultRouteTable:DefaultRouteTable": "defaultRouteTableId",
};

/**
 * The id is made of the type and the URN: the same whenever the same stack is planned, and no other resource's.
 *
 * @param account the number of the account it would be in, for its ARN.
 */
export function madeUp(
  { type, urn, properties }: Pick<Registration, "type" | "urn" | "properties">,
  account: string,
  look: Lookup,
): MadeUp {
  const given = properties.getFieldsMap();
  const input = (name: string): unknown => given.get(name)?.toJavaScript();
  const id = idOf(type, urn, input);
  const service = /^aws:([^/:]+)/.exec(type)?.[1] ?? type.split(":")[0];
  const region = typeof input("region") === "string" ? String(input("region")) : "";
  const outputs = {
    ...(withArn.has(service ?? "")
      ? { arn: `arn:aws:${service}:${region}:${account}:${kebab(type)}/${id}` }
      : {}),
    ...outputsOf[type]?.(id, input, look),
  };
  const answer = new Struct();
  const answered = answer.getFieldsMap();
  given.forEach((value, name) => void answered.set(name, value));
  for (const [name, output] of Object.entries(outputs))
    if (!answered.has(name)) answered.set(name, Value.fromJavaScript(output as string));
  return { id, properties: answer };
}

function idOf(type: string, urn: string, input: (name: string) => unknown): string {
  const other = input(idFrom[type] ?? "");
  if (typeof other === "string" && idFrom[type] !== undefined) return other;
  if (type === "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup" && typeof input("vpcId") === "string")
    return `${String(input("vpcId"))}-default-group`;
  return `${kebab(type)}-${createHash("sha256").update(urn).digest("hex").slice(0, 17)}`;
}

/** `aws:ec2/internetGateway:InternetGateway` is an `internet-gateway`. */
const kebab = (type: string): string =>
  (type.split(":").at(-1) ?? type).replace(/(?<=[a-z0-9])[A-Z]/g, "-$&").toLowerCase();

/** Their plain values; what is an object to the wire, such as an output, is none here. */
function fields(properties: Struct | undefined): Readonly<Record<string, unknown>> {
  return (properties?.toJavaScript() ?? {}) as Record<string, unknown>;
}
