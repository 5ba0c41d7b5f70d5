/** Reads what hands on calls: Network Load Balancers to their targets, PrivateLink, API Gateway's links. */
import type { Place, Relay } from "./model";
import type { Reading } from "./read";
import { count, known, object, objects, type Resource, text, texts, type Values } from "./resource";

/** Places by the URN of their resource. */
type Places = ReadonlyMap<string, Place>;

export function readRelays(reading: Reading, places: readonly Place[]): readonly Relay[] {
  const byUrn = new Map(places.map(place => [place.urn, place]));
  return [
    ...byBalancers(reading, byUrn),
    ...byPrivateLink(reading, byUrn),
    ...byHttpApis(reading, byUrn),
    ...byRestApis(reading, byUrn),
  ];
}

const both = ({ plan }: Reading, type: string): readonly Resource[] =>
  ["lb", "alb"].flatMap(module => plan.all(`${module}/${type}`));

const isNetwork = (balancer: Resource | undefined): balancer is Resource =>
  balancer?.inputs["loadBalancerType"] === "network";

const placeOf = ({ plan }: Reading, places: Places, reference: unknown): Place | undefined =>
  places.get(plan.find(typeof reference === "string" ? reference : "")?.urn ?? "");

const protocolOf = (said: unknown): readonly string[] =>
  said === "UDP" || said === "QUIC"
    ? ["udp"]
    : said === "TCP_UDP" || said === "TCP_QUIC"
      ? ["tcp", "udp"]
      : ["tcp"];

const groundOf = (place: Place): readonly string[] => place.interfaces.map(({ subnet }) => subnet.vpc.id);

/** Each listener of a Network Load Balancer, to each target behind it. */
function byBalancers(reading: Reading, places: Places): Relay[] {
  return both(reading, "listener:Listener").flatMap(listener => {
    const { inputs } = listener;
    const balancer = reading.plan.find(known(inputs["loadBalancerArn"]) ?? "");
    const place = places.get(balancer?.urn ?? "");
    const port = count(inputs["port"]);
    if (!isNetwork(balancer) || place === undefined || port === undefined) return [];
    const groups = objects(inputs["defaultActions"]).flatMap(({ targetGroupArn, forward }) => [
      ...(text(targetGroupArn) === undefined ? [] : [known(targetGroupArn) ?? ""]),
      ...objects(object(forward)["targetGroups"]).map(({ arn }) => known(arn) ?? ""),
    ]);
    return groups.flatMap(arn => {
      const group = reading.plan.find(arn);
      if (group === undefined) {
        reading.doubt(listener, "the targets behind it are not in the plan", groundOf(place));
        return [];
      }
      return targetsOf(reading, places, group, place).flatMap(target =>
        protocolOf(inputs["protocol"]).map(
          (protocol): Relay => ({
            by: "NLB",
            name: place.name,
            called: { place, protocol, port },
            caller: place,
            to: target.place,
            protocol,
            port: target.port ?? port,
            keepsSender: keepsSender(group.inputs),
            filtered: true,
          }),
        ),
      );
    });
  });
}

/** By default it is kept for machines, load balancers and UDP. */
function keepsSender({ preserveClientIp, targetType, protocol }: Values): boolean {
  if (preserveClientIp !== undefined && preserveClientIp !== null) return String(preserveClientIp) === "true";
  return (text(targetType) ?? "instance") !== "ip" || !["TCP", "TLS"].includes(String(protocol));
}

interface Target {
  readonly place: Place;
  readonly port: number | undefined;
}

function targetsOf(reading: Reading, places: Places, group: Resource, balancer: Place): readonly Target[] {
  const { plan } = reading;
  const isMeant = (arn: unknown) => typeof arn === "string" && plan.find(arn) === group;
  const standard = count(group.inputs["port"]);
  const targets: Target[] = [];
  const add = (resource: Resource, found: Place | undefined, port: number | undefined) => {
    if (found !== undefined) targets.push({ place: found, port: port ?? standard });
    else reading.doubt(resource, "the target is not in the plan", groundOf(balancer));
  };
  for (const service of plan.all("ecs/service:Service"))
    for (const { targetGroupArn, containerPort } of objects(service.inputs["loadBalancers"]))
      if (isMeant(targetGroupArn)) add(service, places.get(service.urn), count(containerPort));
  for (const attached of both(reading, "targetGroupAttachment:TargetGroupAttachment")) {
    const { targetGroupArn, targetId, port } = attached.inputs;
    if (isMeant(targetGroupArn)) add(attached, placeOf(reading, places, targetId), count(port));
  }
  for (const scaled of plan.all("autoscaling/group:Group"))
    if (texts(scaled.inputs["targetGroupArns"]).some(isMeant)) add(scaled, places.get(scaled.urn), undefined);
  for (const attached of plan.all("autoscaling/attachment:Attachment")) {
    const { lbTargetGroupArn, autoscalingGroupName } = attached.inputs;
    if (isMeant(lbTargetGroupArn)) add(attached, placeOf(reading, places, autoscalingGroupName), undefined);
  }
  return targets;
}

/** From an endpoint to the load balancer of the service that it asks for, at every listener's port. */
function byPrivateLink(reading: Reading, places: Places): Relay[] {
  const { plan, doubt } = reading;
  const offered = plan.all("ec2/vpcEndpointService:VpcEndpointService");
  return plan.all("ec2/vpcEndpoint:VpcEndpoint").flatMap(endpoint => {
    const place = places.get(endpoint.urn);
    if (place === undefined || place.kind !== "endpoint") return [];
    const name = known(endpoint.inputs["serviceName"]);
    if (name === undefined && offered.length > 0)
      doubt(endpoint, "which service it leads to is not known", groundOf(place));
    // As the planner makes up the name of a service.
    const service = offered.find(({ id }) => name === `com.amazonaws.vpce.${id}`);
    return texts(service?.inputs["networkLoadBalancerArns"]).flatMap(arn => {
      const balancer = plan.find(arn);
      const to = places.get(balancer?.urn ?? "");
      if (balancer === undefined || to === undefined) {
        doubt(endpoint, "the load balancer behind it is not in the plan", groundOf(place));
        return [];
      }
      return portsOf(reading, balancer).map(
        ({ protocol, port }): Relay => ({
          by: "PrivateLink",
          name: place.name,
          called: { place, protocol, port },
          caller: undefined,
          to,
          protocol,
          port,
          keepsSender: true,
          filtered: asksGroups(balancer),
        }),
      );
    });
  });
}

/** Unless it is turned off, a load balancer's groups are asked about callers that come by PrivateLink. */
const asksGroups = ({ inputs }: Resource): boolean =>
  inputs["enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] !== "off";

function portsOf(reading: Reading, balancer: Resource): readonly { protocol: string; port: number }[] {
  return both(reading, "listener:Listener")
    .filter(({ inputs }) => reading.plan.find(known(inputs["loadBalancerArn"]) ?? "") === balancer)
    .flatMap(({ inputs }) =>
      protocolOf(inputs["protocol"]).flatMap(protocol => {
        const port = count(inputs["port"]);
        return port === undefined ? [] : [{ protocol, port }];
      }),
    );
}

/** From the internet by an HTTP API through its link, which has interfaces in subnets. */
function byHttpApis(reading: Reading, places: Places): Relay[] {
  return reading.plan.all("apigatewayv2/integration:Integration").flatMap((integration): Relay[] => {
    const { connectionType, connectionId, integrationUri } = integration.inputs;
    if (connectionType !== "VPC_LINK") return [];
    const link = placeOf(reading, places, connectionId);
    const listener = reading.plan.find(known(integrationUri) ?? "");
    const to = placeOf(reading, places, listener?.inputs["loadBalancerArn"]);
    const port = count(listener?.inputs["port"]);
    if (link === undefined || to === undefined || port === undefined) {
      reading.doubt(integration, "what it calls is not in the plan", link && groundOf(link));
      return [];
    }
    return [
      {
        by: "API gateway",
        name: link.name,
        called: undefined,
        caller: link,
        to,
        protocol: "tcp",
        port,
        keepsSender: false,
        filtered: true,
      },
    ];
  });
}

/** From the internet by a REST API, whose link is PrivateLink to a Network Load Balancer. */
function byRestApis(reading: Reading, places: Places): Relay[] {
  return reading.plan.all("apigateway/vpcLink:VpcLink").flatMap((link): Relay[] => {
    const balancer = reading.plan.find(known(link.inputs["targetArn"]) ?? "");
    const to = places.get(balancer?.urn ?? "");
    if (balancer === undefined || to === undefined) {
      reading.doubt(link, "the load balancer it leads to is not in the plan");
      return [];
    }
    const isFiltered = asksGroups(balancer) && to.interfaces.some(({ groups }) => groups !== undefined);
    return portsOf(reading, balancer).map(
      ({ protocol, port }): Relay => ({
        by: "API gateway",
        name: link.name,
        called: undefined,
        caller: undefined,
        to,
        protocol,
        port,
        keepsSender: false,
        filtered: isFiltered,
      }),
    );
  });
}
