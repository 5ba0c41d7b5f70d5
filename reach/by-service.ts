/** Ways that AWS makes beside routes: CloudFront to what it calls, and gateway endpoints to AWS services. */
import { type Attempt, type Flow, type Question, stopped } from "./decision";
import type { End } from "./ends";
import { admits, type Packet } from "./filter";
import { flowText } from "./flows";
import type { Place, Subnet } from "./model";
import { publicRanges } from "./ranges";

/** To an AWS service, for who is routed by one of the endpoint's tables. */
export function byEndpoint(
  start: Extract<End, { kind: "interface" }>,
  place: Place,
  question: Question,
): Attempt {
  const { subnet, groups } = start.interface;
  const begin = [{ at: start.name, by: `a packet to the service of ${place.name}` }];
  if (!place.tables.has(subnet.table.id))
    return stopped(
      `subnet ${subnet.name}`,
      `the route table ${subnet.table.name} has no route to the endpoint`,
      begin,
    );
  const flow: Flow = {
    protocol: question.protocol ?? "tcp",
    from: question.port ?? 443,
    to: question.port ?? 443,
  };
  // Which of the public addresses it has, no plan knows; a rule that does not admit all of them may admit none.
  const unknownAddress = publicRanges.map(({ first }) => first).find(address => address > 0) ?? 0;
  const packet: Packet = {
    source: subnet.range.first,
    destination: unknownAddress,
    protocol: flow.protocol,
    port: flow.from,
  };
  const out = admits(groups, "outward", packet, { address: unknownAddress, groups: [], service: place.list });
  if (out === false)
    return stopped(start.name, `its security groups let no ${flowText(flow)} out to it`, begin);
  if (subnet.accessList !== undefined)
    return {
      reaches: "undecided",
      because: [`which addresses ${place.name} has, the access list ${subnet.accessList.name} depends on`],
      path: begin,
    };
  const path = [
    ...begin,
    { at: `subnet ${subnet.name}`, by: `${subnet.table.name}: the service → ${place.name}` },
  ];
  return typeof out === "object"
    ? { reaches: "undecided", because: [out.doubt], path }
    : { reaches: true, path, flow };
}

/** From anyone, by a distribution: from inside the VPC to a VPC origin, or to a public address. */
export function* byCloudFront(place: Place, question: Question): Generator<Attempt> {
  for (const distribution of place.distributions)
    for (const end of place.interfaces)
      for (const port of distribution.ports) {
        if (question.protocol !== undefined && question.protocol !== "tcp") continue;
        if (question.port !== undefined && question.port !== port) continue;
        const begin = [
          { at: "internet", by: `a request to the CloudFront distribution ${distribution.name}` },
        ];
        const flow: Flow = { protocol: "tcp", from: port, to: port };
        if (!distribution.inside && !end.public) {
          yield stopped(place.name, "it has no public address for CloudFront to call", begin);
          continue;
        }
        if (!distribution.inside && end.subnet.publicAccess !== "open") {
          yield stopped(place.name, "VPC Block Public Access lets no one call its public address", begin);
          continue;
        }
        const addresses = distribution.inside ? insideAddresses(place) : [];
        const letIn = [...addresses, undefined].map(address => {
          const source = address ?? -1;
          const packet: Packet = { source, destination: end.subnet.range.first, protocol: "tcp", port };
          return admits(end.groups, "inward", packet, { address: source, groups: [], cloudFront: true });
        });
        const by = distribution.inside ? "a VPC origin" : "its public address";
        const path = [...begin, { at: "CloudFront", by }, { at: place.name, by: flowText(flow) }];
        if (letIn.includes(true)) yield { reaches: true, by: "CloudFront", path, flow };
        else {
          const doubt = letIn.find(its => typeof its === "object");
          if (doubt !== undefined) yield { reaches: "undecided", because: [doubt.doubt], path };
          else
            yield stopped(
              place.name,
              `its security groups admit no ${flowText(flow)} from CloudFront`,
              path.slice(0, -1),
            );
        }
      }
}

/** CloudFront's interfaces for a VPC origin are in the subnets of what it calls. */
const insideAddresses = ({ interfaces }: Place): readonly number[] =>
  interfaces.flatMap(({ subnet }: { subnet: Subnet }) => [subnet.range.first, subnet.range.last]);
