/** Reads what answers or calls in a network, and gives it names. */
import type { Place } from "./model";
import { ownerOf, type Reading } from "./read";
import { loadBalancers } from "./read-balancers";
import { databases } from "./read-databases";
import { endpoints } from "./read-endpoints";
import { machines } from "./read-machines";
import { services } from "./read-services";
import { stateMachines } from "./read-state-machines";
import type { Found } from "./standing";

export function readPlaces(reading: Reading): readonly Place[] {
  const found = [
    ...loadBalancers(reading),
    ...services(reading),
    ...stateMachines(reading),
    ...machines(reading),
    ...databases(reading),
    ...endpoints(reading),
  ];
  const taken = new Set<string>();
  const times = new Map<string, number>();
  const nameOf = ({ resource, called }: Found) => `${ownerOf(reading.plan, resource).label}/${called}`;
  for (const place of found) times.set(nameOf(place), (times.get(nameOf(place)) ?? 0) + 1);
  return found.map(place => {
    const { resource, called, ...rest } = place;
    const owner = ownerOf(reading.plan, resource);
    const alone = times.get(nameOf(place)) === 1;
    const base = alone ? nameOf(place) : `${owner.label}/${resource.name}`;
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
    taken.add(name);
    return { ...rest, name, urn: resource.urn, owner };
  });
}
