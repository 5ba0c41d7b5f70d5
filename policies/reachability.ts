/**
 * What packets can do in one stack, by the same decision as `lz reach` (reach/). A violation is a way that is there
 * for certain, hop by hop; what another stack or the deployment decides is said to be undecided.
 */
import { type Decision, decide, flowText, type Network, type Party } from "../reach";
import type { Stack, StackResource } from "./graph";
import type { Report } from "./report";
import { declaredReason } from "./resource-tags";
import { loadBalancers, stateMachines, subnets } from "./resource-types";
import { environmentsApart } from "./route-domains";
import type { Rule } from "./rule";
import { notKnown, References } from "./short-ids";
import { networkOfStack, type StackNetwork } from "./stack-network";
import { hasPublicAddress, networksIn, runsInPublic } from "./task-networks";
import { UnknownValue } from "./value";

const endpointGroups = ["aws:globalaccelerator/endpointGroup:EndpointGroup"];
const clusterInstances = ["aws:rds/clusterInstance:ClusterInstance"];

/** What has no other caller than what is beside it. */
const tasksAndStores = [
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:docdb/cluster:Cluster",
  "aws:ecs/service:Service",
  "aws:efs/mountTarget:MountTarget",
  "aws:elasticache/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:memorydb/cluster:Cluster",
  "aws:neptune/cluster:Cluster",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:scheduler/schedule:Schedule",
  ...clusterInstances,
  ...stateMachines,
];

export const reachability: readonly Rule[] = [
  {
    name: "reach-data-subnet-closed",
    theme: "network",
    title: "No data subnet has a way to the internet or from it",
    why: "What holds data is not to be called from outside, and is not to send data there",
    fix: "take the route out of the subnet's route table; what needs the way belongs in a subnet of another role",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: subnets,
    scope: "stack",
    check(stack, report) {
      const ofData = (role: string | undefined) => role === "data";
      eachSubnet(stack, report, ofData, { transit: true }, (network, something) => [
        { decision: decide(network, internet, something), said: "the internet calls what is in it" },
        { decision: decide(network, something, internet), said: "what is in it calls the internet" },
      ]);
    },
  },
  {
    name: "reach-subnet-not-public",
    theme: "network",
    title: "The internet reaches subnets of role ingress and no others",
    why: "What starts elsewhere counts on it that an address alone does not open it to the internet",
    fix: "route the subnet to a NAT gateway or the hub instead of the internet gateway; what the internet is to call belongs in a subnet with the tag subnet-role: ingress",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: subnets,
    scope: "stack",
    check(stack, report) {
      const closed = (role: string | undefined) => role !== "ingress" && role !== "data";
      eachSubnet(stack, report, closed, { transit: false }, (network, something) => [
        {
          decision: decide(network, internet, something),
          said: "the internet calls what has a public address in it",
        },
      ]);
    },
  },
  {
    name: "reach-only-load-balancers",
    theme: "network",
    title: "The internet calls load balancers, and never a task or a database",
    why: "Past the load balancer there is no firewall, no certificate and no log of the calls; allow-public on a security group is for load balancers only",
    fix: "leave the public address out (assignPublicIp, publiclyAccessible), and let the security group admit the load balancer's group instead of a range of the internet",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: tasksAndStores,
    scope: "stack",
    check(stack, report) {
      const exposed = stack.ofType(tasksAndStores).some(isExposed);
      const model = exposed ? networkOfStack(stack, { transit: false }) : undefined;
      const told = model && new Told(model);
      report.each(stack.ofType(tasksAndStores), (resource, report) => {
        requireExposureKnown(resource, stack);
        if (model === undefined || told === undefined) return;
        const open = model.network.places
          .filter(({ urn }) => urn === resource.urn)
          .flatMap(({ interfaces }) => interfaces.filter(its => its.public).map(named(resource.name)));
        const here = open.filter(({ subnet }) => subnet !== model.elsewhere);
        const elsewhere = open.filter(({ subnet }) => subnet === model.elsewhere);
        if (here.length > 0)
          told.settle(report, decide(model.network, internet, party(here)), "the internet calls it");
        if (elsewhere.length > 0 && decide(model.network, internet, party(elsewhere)).reaches !== false)
          throw new UnknownValue("the route of its subnets, which are not in the stack,");
      });
    },
  },
  {
    name: "reach-internal-load-balancer",
    theme: "network",
    title: "The internet does not come to an internal load balancer by an accelerator",
    why: "Whoever reads internal: true believes that only the company calls it, and Global Accelerator calls internal load balancers too",
    fix: "take the load balancer out of the accelerator's endpoints, or say in its tag allow-public why the internet calls it, in 20 characters or more",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: endpointGroups,
    scope: "stack",
    check(stack, report) {
      const model = networkOfStack(stack, { transit: false });
      const told = new Told(model);
      const references = new References(stack);
      report.each(stack.ofType(endpointGroups), (group, report) => {
        const ids = endpointsOf(references.inputsOf(group)["endpointConfigurations"]);
        report.each(stack.ofType(loadBalancers), (balancer, report) => {
          if (!ids.includes(references.idOf(balancer)) || !balancer.at("internal").is(true)) return;
          const reason = declaredReason(balancer, "allow-public");
          if (reason) return report.remark(`called by the accelerator's group ${group.name}: ${reason}`);
          told.settle(report, accelerated(model, balancer), `the internet calls it by ${group.name}`);
        });
        if (ids.includes(notKnown)) throw new UnknownValue("endpointConfigurations");
      });
    },
  },
  environmentsApart,
];

type Interface = Party["interfaces"][number];
type Subnet = Network["subnets"][number];

const internet: Party = { name: "internet", kind: "internet", interfaces: [], places: [] };

const party = (interfaces: readonly Interface[]): Party => ({
  name: interfaces[0]?.name ?? "",
  kind: "inside",
  interfaces,
  places: [],
});

const named = (name: string) => (its: Omit<Interface, "name">) => ({ ...its, name });

/** Anything that may be put there, with a public address. */
const somethingIn = (subnet: Subnet): Party =>
  party([{ name: `something in ${subnet.name}`, subnet, groups: undefined, public: true }]);

interface Answer {
  readonly decision: Decision;
  readonly said: string;
}

/** Asks once for all subnets of a VPC that route and filter alike. */
function eachSubnet(
  stack: Stack,
  report: Report,
  isMeant: (role: string | undefined) => boolean,
  options: { readonly transit: boolean },
  ask: (network: Network, something: Party) => readonly Answer[],
): void {
  let built: StackNetwork | undefined;
  let told: Told | undefined;
  const asked = new Map<string, readonly Answer[]>();
  report.each(stack.ofType(subnets), (resource, report) => {
    if (!isMeant(resource.at("tags", "subnet-role").text())) return;
    built ??= networkOfStack(stack, options);
    told ??= new Told(built);
    const { network, idOf } = built;
    const subnet = network.subnets.find(({ id }) => id === idOf(resource));
    if (subnet === undefined) {
      for (const input of ["cidrBlock", "vpcId"])
        if (resource.at(input).isUnknown || (input === "vpcId" && resource.at(input).isSet))
          throw new UnknownValue(input);
      return;
    }
    const kind = [subnet.vpc.id, subnet.table.id, subnet.accessList?.id].join(" ");
    const answers = asked.get(kind) ?? ask(network, somethingIn(subnet));
    asked.set(kind, answers);
    const { settle } = told;
    for (const { decision, said } of answers) report.attempt(() => settle(report, decision, said));
  });
}

/** Says what was decided; of what is undecided, each reason once. */
class Told {
  readonly #reasons = new Set<string>();

  constructor(private readonly model: StackNetwork) {}

  readonly settle = (report: Report, decision: Decision, said: string): void => {
    const { accessLists, others } = this.model.open;
    if (decision.reaches === true && accessLists.length === 0) {
      report.refuse(`${said} (${flowText(decision.flow)}): ${wayOf(decision)}`);
      return;
    }
    const reason =
      decision.reaches === "undecided"
        ? `the way on which ${decision.because.join("; ").replaceAll(notKnown, "of another stack")}`
        : [...accessLists, ...others].join(", ");
    if (reason === "" || this.#reasons.has(reason)) return;
    this.#reasons.add(reason);
    throw new UnknownValue(reason);
  };
}

const wayOf = ({ path }: Decision): string => path.map(({ at, by }) => `${at}: ${by}`).join("; ");

/** Reads what says whether something has a public address, so that an unknown one is told. */
function requireExposureKnown(resource: StackResource, stack: Stack): void {
  for (const path of exposing) resource.at(...path).content();
  if (stateMachines.includes(resource.type))
    for (const network of networksIn(resource)) hasPublicAddress(network);
  if (!clusterInstances.includes(resource.type) || !resource.at("publiclyAccessible").is(true)) return;
  const ofStack = stack.ofType(["aws:rds/cluster:Cluster"]);
  if (!ofStack.some(cluster => resource.names("clusterIdentifier", cluster)))
    throw new UnknownValue("the cluster that clusterIdentifier names");
}

/** Nothing else of these kinds has a public address. */
const isExposed = (resource: StackResource): boolean =>
  (stateMachines.includes(resource.type) && runsInPublic(resource)) ||
  exposing.map(path => resource.at(...path)).some(its => !its.isUnknown && its.is(true));

const exposing = [
  ["publiclyAccessible"],
  ["networkConfiguration", "assignPublicIp"],
  ["ecsTarget", "networkConfiguration", "assignPublicIp"],
  ["target", "ecsParameters", "networkConfiguration", "assignPublicIp"],
];

function endpointsOf(configurations: unknown): readonly unknown[] {
  if (configurations === notKnown) return [notKnown];
  return (Array.isArray(configurations) ? configurations : []).map(
    (one: unknown) => (one as { endpointId?: unknown } | null)?.endpointId,
  );
}

/**
 * An accelerator calls a load balancer at its private address, with the caller's own: what filters stands, and routes
 * do not matter. Source: AWS Global Accelerator guide, "Requirements for resources to be added as accelerator
 * endpoints".
 */
function accelerated({ network, elsewhere }: StackNetwork, balancer: StackResource): Decision {
  const place = network.places.find(({ urn }) => urn === balancer.urn);
  const interfaces = (place?.interfaces ?? []).flatMap(({ subnet, groups }) =>
    elsewhere === undefined
      ? []
      : [
          {
            name: balancer.name,
            subnet: { ...elsewhere, name: subnet.name, accessList: subnet.accessList },
            groups,
            public: true,
          },
        ],
  );
  // Accelerators are what is asked about here, and so no doubt.
  const notUnderstood = network.notUnderstood.filter(
    ({ type }) => !type.startsWith("aws:globalaccelerator/"),
  );
  return decide({ ...network, notUnderstood }, internet, party(interfaces));
}
