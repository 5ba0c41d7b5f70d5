/** Security groups and network access lists, whichever of the provider's forms their rules are written in. */
import type { AccessList, AccessRule, GroupRule, SecurityGroup, Traffic } from "./model";
import { everything, parseRange, type Range } from "./ranges";
import {
  count,
  type Index,
  known,
  list,
  objects,
  type Resource,
  text,
  texts,
  type Value,
  type Values,
} from "./resource";

/** CloudFront's lists of the addresses it calls origins from, as far as their ids are known without asking AWS. */
const cloudFrontLists = new Set([
  "com.amazonaws.global.cloudfront.origin-facing",
  "pl-3b927c52",
  "pl-b6a144df",
  "pl-4ea04527",
  "pl-82a045eb",
  "pl-a3a144ca",
  "pl-4fa04526",
  "pl-93a247fa",
  "pl-75b1541c",
  "pl-fab65393",
  "pl-58a04531",
  "pl-31a34658",
  "pl-b8a742d1",
]);

/** The group that CloudFront puts before VPC origins. */
const cloudFrontGroup = "CloudFront-VPCOrigins-Service-SG";

export interface Filters {
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  /** The default group of each VPC, as far as it is in the plan. */
  readonly defaultGroups: ReadonlyMap<string, SecurityGroup>;
  readonly lists: ReadonlyMap<string, AccessList>;
  /** The access list of each subnet that has one of its own. */
  readonly listOfSubnet: ReadonlyMap<string, AccessList>;
  /** Each VPC's default one, where the plan holds it. */
  readonly defaultLists: ReadonlyMap<string, AccessList>;
}

export function readFilters(plan: Index): Filters {
  const { groups, defaultGroups } = readGroups(plan);
  return { groups, defaultGroups, ...readLists(plan) };
}

type Growing<T, K extends keyof T> = Omit<T, K> & {
  -readonly [P in K]: T[P] extends readonly (infer I)[] ? I[] : T[P];
};
type GrowingGroup = Growing<SecurityGroup, "inward" | "outward">;
type GrowingList = Growing<AccessList, "inward" | "outward">;

function readGroups(plan: Index): Pick<Filters, "groups" | "defaultGroups"> {
  const groups = new Map<string, GrowingGroup>();
  const defaultGroups = new Map<string, SecurityGroup>();
  const add = (resource: Resource): GrowingGroup => {
    const id = resource.id ?? resource.urn;
    const group: GrowingGroup = { id, name: resource.name, inward: [], outward: [] };
    for (const direction of ["ingress", "egress"] as const)
      for (const rule of objects(resource.inputs[direction]))
        group[direction === "ingress" ? "inward" : "outward"].push(...inlineRules(plan, rule, id));
    groups.set(id, group);
    return group;
  };
  for (const resource of plan.all("ec2/securityGroup:SecurityGroup")) add(resource);
  for (const resource of plan.all("ec2/defaultSecurityGroup:DefaultSecurityGroup")) {
    const vpc = known(resource.inputs["vpcId"]);
    const group = add(resource);
    if (vpc !== undefined) defaultGroups.set(vpc, group);
  }
  const rules = (type: string, direction: "inward" | "outward") => {
    for (const { inputs } of plan.all(type))
      groups.get(known(inputs["securityGroupId"]) ?? "")?.[direction].push(
        ...peersOf(plan, {
          ranges: [inputs["cidrIpv4"]],
          lists: [inputs["prefixListId"]],
          groups: [inputs["referencedSecurityGroupId"]],
        }).map(peer => ({ peer, ...traffic(inputs["ipProtocol"], inputs["fromPort"], inputs["toPort"]) })),
      );
  };
  rules("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "inward");
  rules("vpc/securityGroupEgressRule:SecurityGroupEgressRule", "outward");
  for (const { inputs } of plan.all("ec2/securityGroupRule:SecurityGroupRule")) {
    const id = known(inputs["securityGroupId"]) ?? "";
    const direction = inputs["type"] === "ingress" ? "inward" : "outward";
    groups.get(id)?.[direction].push(...inlineRules(plan, inputs, id));
  }
  return { groups, defaultGroups };
}

function inlineRules(plan: Index, rule: Values, own: string): GroupRule[] {
  const self = rule["self"] === true ? [own] : [];
  return peersOf(plan, {
    ranges: list(rule["cidrBlocks"]),
    lists: list(rule["prefixListIds"]),
    groups: [...list(rule["securityGroups"]), rule["sourceSecurityGroupId"], ...self],
  }).map(peer => ({ peer, ...traffic(rule["protocol"], rule["fromPort"], rule["toPort"]) }));
}

type Said = readonly (Value | undefined)[];

function peersOf(plan: Index, said: { ranges: Said; lists: Said; groups: Said }): GroupRule["peer"][] {
  const notKnown = (what: string): GroupRule["peer"] => ({ kind: "not-known", what });
  return [
    ...said.ranges.flatMap(text).map((its): GroupRule["peer"][] => {
      const range = parseRange(its);
      return its === undefined
        ? []
        : range === undefined
          ? [notKnown(`the range ${its}`)]
          : [{ kind: "range", range }];
    }),
    ...said.lists
      .flatMap(text)
      .map((its): GroupRule["peer"][] => (its === undefined ? [] : prefixList(plan, its))),
    ...said.groups.flatMap(text).map((its): GroupRule["peer"][] => {
      if (its === undefined) return [];
      // A peer's group is written with its account before it.
      const id = its.split("/").at(-1) ?? its;
      return [
        id === cloudFrontGroup
          ? { kind: "cloudfront" }
          : known(id) === undefined
            ? notKnown("a group")
            : { kind: "group", id },
      ];
    }),
  ].flat();
}

function prefixList(plan: Index, id: string): GroupRule["peer"][] {
  if (cloudFrontLists.has(id)) return [{ kind: "cloudfront" }];
  const ranges = rangesOfList(plan, id);
  if (ranges !== undefined) return ranges.map(range => ({ kind: "range", range }));
  if (plan.all("ec2/vpcEndpoint:VpcEndpoint").some(endpoint => `pl-${endpoint.id}` === id))
    return [{ kind: "service", list: id }];
  return [{ kind: "not-known", what: `the prefix list ${id}` }];
}

/** Undefined for a list that the plan does not make. */
export function rangesOfList(plan: Index, id: string): readonly Range[] | undefined {
  const resource = plan.find(id);
  if (resource?.type !== "aws:ec2/managedPrefixList:ManagedPrefixList") return undefined;
  const entries = plan
    .all("ec2/managedPrefixListEntry:ManagedPrefixListEntry")
    .filter(({ inputs }) => inputs["prefixListId"] === id)
    .map(({ inputs }) => inputs);
  return [...objects(resource.inputs["entries"]), ...entries].flatMap(({ cidr }) => parseRange(cidr) ?? []);
}

const protocolNames: Readonly<Record<string, string>> = { "-1": "all", "1": "icmp", "6": "tcp", "17": "udp" };

function traffic(
  protocol: Value | undefined,
  from: Value | undefined,
  to: Value | undefined,
  icmpType?: Value,
): Traffic {
  const said = String(protocol ?? "-1").toLowerCase();
  const named = protocolNames[said] ?? said;
  if (named === "tcp" || named === "udp")
    return { protocol: named, from: count(from) ?? 0, to: count(to) ?? 65_535 };
  // A group's rule has ICMP's type where others have a port, and its code where they have the last one.
  const type = named === "icmp" ? (count(icmpType ?? from) ?? -1) : -1;
  return type === -1 ? { protocol: named, from: 0, to: 65_535 } : { protocol: named, from: type, to: type };
}

function readLists(plan: Index): Pick<Filters, "lists" | "listOfSubnet" | "defaultLists"> {
  const lists = new Map<string, GrowingList>();
  const listOfSubnet = new Map<string, AccessList>();
  const defaultLists = new Map<string, AccessList>();
  const add = (resource: Resource): GrowingList => {
    const id = resource.id ?? resource.urn;
    const rules = (direction: string) =>
      objects(resource.inputs[direction]).flatMap(rule => accessRule(rule, rule["ruleNo"], rule["action"]));
    const made: GrowingList = { id, name: resource.name, inward: rules("ingress"), outward: rules("egress") };
    lists.set(id, made);
    for (const subnet of texts(resource.inputs["subnetIds"])) listOfSubnet.set(subnet, made);
    return made;
  };
  for (const resource of plan.all("ec2/networkAcl:NetworkAcl")) add(resource);
  for (const resource of plan.all("ec2/defaultNetworkAcl:DefaultNetworkAcl")) {
    const made = add(resource);
    for (const type of ["ec2/vpc:Vpc", "ec2/defaultVpc:DefaultVpc"])
      for (const vpc of plan.all(type))
        if (`${vpc.id}-default-acl` === made.id) defaultLists.set(vpc.id ?? "", made);
  }
  for (const { inputs } of plan.all("ec2/networkAclRule:NetworkAclRule"))
    lists
      .get(known(inputs["networkAclId"]) ?? "")
      ?.[inputs["egress"] === true ? "outward" : "inward"].push(
        ...accessRule(inputs, inputs["ruleNumber"], inputs["ruleAction"]),
      );
  for (const { inputs } of plan.all("ec2/networkAclAssociation:NetworkAclAssociation")) {
    const made = lists.get(known(inputs["networkAclId"]) ?? "");
    if (made !== undefined) listOfSubnet.set(known(inputs["subnetId"]) ?? "", made);
  }
  for (const { inward, outward } of lists.values())
    for (const rules of [inward, outward]) rules.sort((a, b) => a.number - b.number);
  return { lists, listOfSubnet, defaultLists };
}

/** Of IPv4; a rule about IPv6 is none. */
function accessRule(rule: Values, number: Value | undefined, action: Value | undefined): AccessRule[] {
  const said = text(rule["cidrBlock"]);
  if (said === undefined) return [];
  return [
    {
      number: count(number) ?? 0,
      allows: String(action).toLowerCase() === "allow",
      range: said === "0.0.0.0/0" ? everything : parseRange(said),
      ...traffic(rule["protocol"], rule["fromPort"], rule["toPort"], rule["icmpType"] ?? -1),
    },
  ];
}
