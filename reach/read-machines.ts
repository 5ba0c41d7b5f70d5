/** Reads machines and network interfaces of EC2, with the public addresses that they are given. */
import type { Reading } from "./read";
import { known, object, objects, type Resource, text, texts, type Value, type Values } from "./resource";
import { type Found, interfacesOf, plain, type Wiring } from "./standing";

export function machines(reading: Reading): readonly Found[] {
  const { plan, doubt } = reading;
  const addressed = givenAddresses(reading);
  const found = (resource: Resource, wiring: Wiring): Found => ({
    ...plain,
    kind: "service",
    resource,
    called: resource.name,
    interfaces: interfacesOf(reading, resource, wiring),
  });
  const wired = [
    ...plan.all("ec2/networkInterface:NetworkInterface").map(resource => {
      const machine = machineOf(reading, resource);
      const isAddressed = [resource.id, machine].some(id => id !== undefined && addressed.has(id));
      return [resource, ofInterface(reading, resource, isAddressed)] as const;
    }),
    ...plan
      .all("ec2/instance:Instance")
      // What has interfaces of its own stands where these do.
      .filter(({ inputs }) => interfacesGiven(inputs).length === 0)
      .map(resource => [resource, ofInstance(reading, resource, addressed.has(resource.id ?? ""))] as const),
    ...plan.all("autoscaling/group:Group").map(resource => [resource, ofGroup(reading, resource)] as const),
  ];
  for (const { inputs, ...resource } of plan.all("ec2/eipAssociation:EipAssociation"))
    if ((known(inputs["instanceId"]) ?? known(inputs["networkInterfaceId"])) === undefined)
      doubt({ inputs, ...resource }, "what has the address is not known");
  return wired.map(([resource, wiring]) => found(resource, wiring));
}

/** Instances and interfaces with an Elastic IP address, by id. */
const givenAddresses = ({ plan }: Reading): ReadonlySet<string> =>
  new Set(
    [...plan.all("ec2/eip:Eip"), ...plan.all("ec2/eipAssociation:EipAssociation")].flatMap(({ inputs }) =>
      ["instance", "instanceId", "networkInterface", "networkInterfaceId"].flatMap(
        input => known(inputs[input]) ?? [],
      ),
    ),
  );

const interfacesGiven = ({ networkInterfaces, primaryNetworkInterface }: Values): readonly string[] =>
  [...objects(networkInterfaces), object(primaryNetworkInterface)].flatMap(
    ({ networkInterfaceId }) => text(networkInterfaceId) ?? [],
  );

/** The instance that an interface is attached to. */
function machineOf({ plan }: Reading, { id, inputs }: Resource): string | undefined {
  const attached = plan
    .all("ec2/networkInterfaceAttachment:NetworkInterfaceAttachment")
    .find(attachment => attachment.inputs["networkInterfaceId"] === id);
  const given = plan
    .all("ec2/instance:Instance")
    .find(instance => interfacesGiven(instance.inputs).includes(id ?? ""));
  const [own] = objects(inputs["attachments"]);
  return given?.id ?? known(attached?.inputs["instanceId"]) ?? known(own?.["instance"]);
}

function ofInterface({ plan }: Reading, { id, inputs }: Resource, isPublic: boolean): Wiring {
  const added = plan
    .all("ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment")
    .filter(attachment => attachment.inputs["networkInterfaceId"] === id)
    .flatMap(attachment => attachment.inputs["securityGroupId"] ?? []);
  const own = inputs["securityGroups"];
  return {
    subnets: [known(inputs["subnetId"]) ?? ""],
    groups: Array.isArray(own) || own === undefined ? [...texts(own), ...added] : own,
    public: isPublic,
  };
}

function ofInstance(reading: Reading, resource: Resource, isAddressed: boolean): Wiring {
  const { inputs } = resource;
  const { subnetId, associatePublicIpAddress, vpcSecurityGroupIds } = inputs;
  const template = templateOf(reading, resource, object(inputs["launchTemplate"]));
  return {
    subnets: [known(subnetId) ?? template.subnet ?? ""],
    groups: vpcSecurityGroupIds ?? inputs["securityGroups"] ?? template.groups,
    ...publicity(isAddressed || undefined, associatePublicIpAddress, template.public),
  };
}

function ofGroup(reading: Reading, resource: Resource): Wiring {
  const { inputs } = resource;
  const mixed = object(
    object(object(inputs["mixedInstancesPolicy"])["launchTemplate"])["launchTemplateSpecification"],
  );
  const template = templateOf(reading, resource, {
    id: mixed["launchTemplateId"] ?? inputs["launchConfiguration"] ?? null,
    name: mixed["launchTemplateName"] ?? null,
    ...object(inputs["launchTemplate"]),
  });
  return {
    subnets: texts(inputs["vpcZoneIdentifiers"]),
    groups: template.groups,
    ...publicity(template.public),
  };
}

/** What is said first counts; where nothing is said, the subnet does. */
function publicity(...said: readonly (Value | undefined)[]): Pick<Wiring, "public"> {
  const first = said.find(value => value !== undefined && value !== null);
  return first === undefined ? {} : { public: first === true || first === "true" };
}

interface Template {
  readonly subnet?: string | undefined;
  readonly groups?: Value | undefined;
  readonly public?: Value | undefined;
}

function templateOf({ plan, doubt }: Reading, user: Resource, { id, name }: Values): Template {
  const [byId, byName] = [known(id), known(name)];
  if ((id ?? name ?? undefined) === undefined) return {};
  const template = [
    ...plan.all("ec2/launchTemplate:LaunchTemplate"),
    ...plan.all("ec2/launchConfiguration:LaunchConfiguration"),
  ].find(its => its.id === byId || (byName ?? byId) === its.inputs["name"]);
  if (template === undefined) {
    doubt(user, "its launch template is not in the plan");
    return { groups: "" };
  }
  const { inputs } = template;
  const [first = {}] = objects(inputs["networkInterfaces"]);
  return {
    subnet: known(first["subnetId"]),
    groups: first["securityGroups"] ?? inputs["vpcSecurityGroupIds"] ?? inputs["securityGroups"],
    public: first["associatePublicIpAddress"] ?? inputs["associatePublicIpAddress"],
  };
}
