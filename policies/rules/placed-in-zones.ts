/** Whether what is put into subnets would outlive the end of one zone. */
import type { StackResource } from "../graph";
import { zoneOf } from "./ec2-references";
import { subnetsOf } from "./public-subnets";

/** Why it is in one zone, in words. Zones are told only of subnets that the stack makes; of others their number is. */
export function whyInOneZone(
  resource: StackResource,
  path: readonly [string, ...string[]],
): string | undefined {
  const [property] = path;
  const made = subnetsOf(resource, property);
  const zones = new Set(made.map(subnet => zoneOf(subnet) ?? subnet.name));
  if (zones.size > 1) return undefined;
  const list = resource.at(...path);
  if (made.length > 0 && (list.isUnknown || list.list().length <= made.length))
    return `its subnets are all in ${[...zones].join()}`;
  const said = list.list();
  const different = new Set(said.map(subnet => (subnet.isUnknown ? subnet.path : subnet.text())));
  return different.size > 1 ? undefined : `${path.join(".")} has ${different.size} subnets`;
}
