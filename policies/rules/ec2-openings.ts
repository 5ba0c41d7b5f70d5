/** What security groups let through, in each of the three ways that a program can write it. */

import type { Resource, Stack, StackResource } from "../graph";
import { isOpenToWorld } from "../network-ranges";
import { securityGroupEgressRules, securityGroupRules, securityGroups } from "../resource-types";
import { someFits } from "../some-known";
import type { Value } from "../value";

export type Direction = "ingress" | "egress";

export const letIn = [...securityGroups, ...securityGroupRules];

const [olderRule] = securityGroupRules;

/** The newer kinds of rules, one resource a range. */
const newer: Readonly<Record<Direction, readonly string[]>> = {
  ingress: securityGroupRules.filter(type => type !== olderRule),
  egress: securityGroupEgressRules,
};

type Family = "ipv4" | "ipv6";

const inList = { ipv4: "cidrBlocks", ipv6: "ipv6CidrBlocks" } as const;
const inNewer = { ipv4: "cidrIpv4", ipv6: "cidrIpv6" } as const;

const lastPort = 65_535;

/** One rule of a group. */
export class Opening {
  readonly #rule: Value;
  readonly #newer: boolean;

  constructor(rule: Value, newer: boolean) {
    this.#rule = rule;
    this.#newer = newer;
  }

  get path(): string {
    return this.#rule.path || "the rule";
  }

  get description(): Value {
    return this.#rule.at("description");
  }

  /** The ranges of one family, or of both. */
  ranges(family?: Family): Value[] {
    const families = family ? [family] : (["ipv4", "ipv6"] as const);
    return families.flatMap(each =>
      this.#newer ? this.#ofNewer(this.#rule.at(inNewer[each])) : this.#rule.at(inList[each]).list(),
    );
  }

  #ofNewer(range: Value): Value[] {
    return range.isSet ? [range] : [];
  }

  isOpenToWorld(family?: Family): boolean {
    return someFits(this.ranges(family), range => isOpenToWorld(range.text() ?? ""));
  }

  /** A rule between the members of one group, and for nobody else. */
  get isAmongItself(): boolean {
    const others = ["securityGroups", "prefixListIds"].flatMap(who => this.#rule.at(who).list());
    return this.#rule.at("self").is(true) && this.ranges().length === 0 && others.length === 0;
  }

  covers(port: number, ...protocols: readonly ("tcp" | "udp")[]): boolean {
    const protocol = this.protocol;
    if (protocol === "every") return true;
    return protocols.some(one => one === protocol) && this.#from <= port && port <= this.#to;
  }

  /** Of one protocol or of all. */
  get isEveryPort(): boolean {
    const protocol = this.protocol;
    if (protocol === "every") return true;
    return protocol !== "other" && this.#from <= 1 && this.#to >= lastPort;
  }

  /** Whether no port beside these is open; what has no ports opens none. */
  isWithin(ports: readonly number[]): boolean {
    const protocol = this.protocol;
    if (protocol === "other") return true;
    return protocol !== "every" && this.#from === this.#to && ports.includes(this.#from);
  }

  /** AWS takes numbers of protocols, too. */
  get protocol(): "every" | "tcp" | "udp" | "other" {
    const said = this.#rule.at(this.#newer ? "ipProtocol" : "protocol");
    const protocol = (said.text() ?? String(said.number() ?? "")).toLowerCase();
    if (["-1", "all"].includes(protocol)) return "every";
    if (["tcp", "6"].includes(protocol)) return "tcp";
    return ["udp", "17"].includes(protocol) ? "udp" : "other";
  }

  get #from(): number {
    return this.#rule.at("fromPort").number() ?? 0;
  }

  get #to(): number {
    return this.#rule.at("toPort").number() ?? lastPort;
  }
}

/** The rules that a group or a rule's resource holds. */
export function openingsOf(resource: Resource, direction: Direction): Opening[] {
  if (newer[direction].includes(resource.type)) return [new Opening(resource.props, true)];
  if (resource.type === olderRule)
    return resource.at("type").is(direction) ? [new Opening(resource.props, false)] : [];
  if (!securityGroups.includes(resource.type)) return [];
  return resource
    .at(direction)
    .list()
    .map(rule => new Opening(rule, false));
}

/** The rules for what comes into a group: its own, and those that name it. */
export function openingsInto(group: StackResource, stack: Stack): Opening[] {
  const naming = stack.ofType(securityGroupRules).filter(rule => rule.names("securityGroupId", group));
  return [group, ...naming].flatMap(resource => openingsOf(resource, "ingress"));
}

/** Whether all claims hold. What one of them leaves open does not matter where another does not hold. */
export function together(...claims: readonly (() => boolean)[]): boolean {
  return !someFits(claims, claim => !claim());
}
