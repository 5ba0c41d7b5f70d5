/** The network of one stack, as `reach/` reads it; what is of other stacks is stood in for. */
import { type Network, networkOf, type Resource as Planned } from "../reach";
import type { Stack, StackResource } from "./graph";
import { decisive, isAccessList, isOfNetwork, isTransit, placedBy } from "./network-references";
import { stateMachines, subnets } from "./resource-types";
import { type Inputs, notKnown, type Plain, References } from "./short-ids";
import { definitionOf, taskNetworks } from "./task-networks";

export interface StackNetwork {
  readonly network: Network;
  /** What a resource is called by in it. */
  readonly idOf: (resource: StackResource) => string;
  /** Inputs that decide and are not known; `accessLists` are those of network ACLs. */
  readonly open: { readonly accessLists: readonly string[]; readonly others: readonly string[] };
  /** Stands for every subnet of another stack: nothing there keeps the internet out. */
  readonly elsewhere: Network["subnets"][number] | undefined;
}

/**
 * @param transit whether ways through transit gateways are followed. From the internet they need not be: its answer
 * leaves by the internet gateway that the question came in by. Source: Amazon VPC user guide, "Enable internet access
 * for a VPC using an internet gateway".
 */
export function networkOfStack(stack: Stack, { transit }: { readonly transit: boolean }): StackNetwork {
  const references = new References(stack);
  const open = { accessLists: [] as string[], others: [] as string[] };
  const lost = lostSubnets(stack, references);
  const resources: Planned[] = [];
  for (const resource of stack.resources) {
    const { type, name, urn } = resource;
    if (!isOfNetwork(type) || (!transit && isTransit(type))) continue;
    const runsTasks = stateMachines.includes(type);
    const read = runsTasks ? taskNetworks(resource, references) : references.inputsOf(resource);
    placeElsewhere(type, read, lost);
    const inputs = runsTasks ? definitionOf(read) : read;
    if (!transit) placeHubElsewhere(inputs);
    for (const input of decisive[type] ?? [])
      if (holdsNotKnown(inputs[input]))
        open[isAccessList(type) ? "accessLists" : "others"].push(`${name}.${input}`);
    const propertyDependencies = Object.fromEntries(
      Object.entries(inputs)
        .filter(([input]) => holdsNotKnown(read[input]) || (runsTasks && holdsNotKnown(read)))
        .map(([input]) => [input, sourcesOf(resource, input)]),
    );
    resources.push({
      ...{ urn, type, name, id: references.idOf(resource), custom: true, inputs, account: null },
      propertyDependencies,
    });
  }
  const network = networkOf([
    { environment: null, account: null, label: "stack", resources: [...resources, ...standIns] },
  ]);
  return {
    network,
    open,
    idOf: resource => references.idOf(resource),
    elsewhere: network.subnets.find(({ id }) => id === `${elsewhere}-subnet`),
  };
}

/** Of what is not known and comes from nothing in the stack, the plan does not say where it leads. */
function sourcesOf(resource: StackResource, input: string): string[] {
  const sources = resource.madeFrom(input).map(({ urn }) => urn);
  return sources.length > 0 ? sources : [`${elsewhere}-stack`];
}

/** Puts what is in a subnet of another stack, or in one that is not said, into one that keeps nothing out. */
function placeElsewhere(type: string, inputs: Inputs, lost: ReadonlySet<Plain>): void {
  const by = placedBy[type];
  if (by === undefined) return;
  const there = `${elsewhere}-subnet`;
  if (/Name$/.test(by) && (inputs[by] ?? notKnown) === notKnown) inputs["subnetIds"] = [there];
  const placed = (one: Plain) => (lost.has(one) ? there : one);
  for (const inside of holders(inputs)) {
    if (inside["subnetId"] !== undefined) inside["subnetId"] = placed(inside["subnetId"]);
    for (const key of ["subnets", "subnetIds"]) {
      const said = inside[key];
      if (said === notKnown) inside[key] = [there];
      else if (Array.isArray(said)) inside[key] = said.map(placed);
    }
  }
}

/** Subnets of which it is not known where they are; `reach/` leaves them out. */
function lostSubnets(stack: Stack, references: References): ReadonlySet<Plain> {
  const lost = new Set<Plain>([notKnown]);
  for (const resource of stack.ofType(subnets)) {
    const { vpcId, cidrBlock } = references.inputsOf(resource);
    if (!/^id-\d+$/.test(String(vpcId)) || typeof cidrBlock !== "string" || cidrBlock === notKnown)
      lost.add(references.idOf(resource));
  }
  return lost;
}

/** A hub of another stack is one that nothing is attached to. */
function placeHubElsewhere(inputs: Inputs): void {
  for (const inside of holders(inputs))
    if (inside["transitGatewayId"] === notKnown) inside["transitGatewayId"] = `${elsewhere}-hub`;
}

/** The inputs, and every object in them. */
function* holders(value: Plain): Generator<Inputs> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Inputs;
  for (const inner of Object.values(value)) yield* holders(inner as Plain);
}

const holdsNotKnown = (value: Plain | undefined): boolean =>
  value === notKnown ||
  (typeof value === "object" &&
    value !== null &&
    Object.values(value).some(inner => holdsNotKnown(inner as Plain)));

const elsewhere = "elsewhere";

/** A VPC of another stack that keeps nothing out, and a hub that nothing is attached to. */
const standIns: readonly Planned[] = (
  [
    ["ec2/vpc:Vpc", "vpc", { cidrBlock: "10.255.255.0/24" }],
    ["ec2/internetGateway:InternetGateway", "gateway", { vpcId: "elsewhere-vpc" }],
    ["ec2/subnet:Subnet", "subnet", { vpcId: "elsewhere-vpc", cidrBlock: "10.255.255.0/24" }],
    ["ec2/routeTable:RouteTable", "table", { vpcId: "elsewhere-vpc" }],
    [
      "ec2/route:Route",
      "route",
      {
        routeTableId: "elsewhere-table",
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: "elsewhere-gateway",
      },
    ],
    [
      "ec2/routeTableAssociation:RouteTableAssociation",
      "association",
      { routeTableId: "elsewhere-table", subnetId: "elsewhere-subnet" },
    ],
    ["ec2transitgateway/transitGateway:TransitGateway", "hub", {}],
    ["pulumi:StackReference", "stack", {}],
  ] as const
).map(([type, id, inputs]) => ({
  urn: `${elsewhere}-${id}`,
  type: type.startsWith("pulumi:") ? `pulumi:${type}` : `aws:${type}`,
  name: `${id} of another stack`,
  id: `${elsewhere}-${id}`,
  custom: true,
  inputs,
  account: null,
  propertyDependencies: {},
}));
