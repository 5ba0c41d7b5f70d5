/** The example's plan, with made-up ids, planned once for all tests; and what is held of it. */
import assert from "node:assert/strict";
import { planStacks, type StackPlan } from "../../cli/planner";
import { projectName, projectRoot } from "../../cli/project";
import { pulumiProgram } from "../../cli/pulumi-program";
import { labelOf } from "../../cli/reach-command";
import { type Decision, decide, type Network, networkOf, type Party, partiesOf } from "../../reach";
import type { Resource, StackOfResources, Values } from "../../reach/resource";
import zone from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";

let planned: Promise<readonly (StackPlan & StackOfResources)[]> | undefined;

export function exampleStacks(): Promise<readonly (StackPlan & StackOfResources)[]> {
  planned ??= plan();
  return planned;
}

async function plan() {
  const main = pulumiProgram();
  const stacks = stacksOf(zone);
  const { stacks: plans } = await planStacks(
    stacks.map(({ name, region, environment, account }) => ({
      name,
      region,
      environment,
      account: zone.organization.ids.accounts[account],
      program: () => main(zone),
    })),
    { project: projectName, root: projectRoot, ids: "made-up" },
  );
  return plans.map((its, index) => {
    const stack = stacks[index];
    assert.ok(stack);
    return { ...its, label: labelOf(stack) };
  });
}

/** A statement about a plan, and what contradicts it. */
export interface Held {
  readonly statement: string;
  readonly against: (stacks: readonly StackOfResources[]) => readonly string[];
}

const environments = ["dev", "int", "prod"];

type Pair = readonly [from: string, to: string];

/** Those of the pairs that may not reach each other, and do or may; what is undecided is not held. */
function contradictions(
  network: Network,
  pairs: readonly Pair[],
  { may = () => false, oneWay = false }: { may?: (decision: Decision) => boolean; oneWay?: boolean } = {},
): string[] {
  const parties = partiesOf(network);
  const party = (name: string): Party => {
    const found = parties.get(name);
    assert.ok(found, `there is no ${name}`);
    return found;
  };
  return pairs.flatMap(([from, to]) => {
    const decision = decide(network, party(from), party(to), { oneWay });
    return decision.reaches === false || may(decision) ? [] : [`${from} to ${to}: ${decision.reaches}`];
  });
}

const betweenEnvironments: readonly Pair[] = environments.flatMap(from =>
  environments.filter(to => to !== from).map((to): Pair => [from, to]),
);

const dataToInternet = (network: Network): readonly Pair[] =>
  network.subnets.filter(({ role }) => role === "data").map(({ name }): Pair => [name, "internet"]);

const inside = (network: Network) => [...network.places, ...network.subnets].map(({ name }) => name);

/** What packets can do and not do. */
const ofPackets: readonly Held[] = [
  {
    statement:
      "the internet reaches nothing but load balancers that are public or behind CloudFront or an API gateway",
    against: stacks => {
      const network = networkIn(stacks);
      const doors = new Set(
        network.places
          .filter(
            ({ kind, distributions, interfaces }) =>
              kind === "load-balancer" && (distributions.length > 0 || interfaces.some(its => its.public)),
          )
          .map(({ name }) => name),
      );
      const others = inside(network).filter(name => !doors.has(name));
      return contradictions(
        network,
        others.map((name): Pair => ["internet", name]),
        { may: by("API gateway") },
      );
    },
  },
  {
    statement: "the internet reaches load balancers behind CloudFront by CloudFront alone",
    against: stacks => {
      const network = networkIn(stacks);
      const behind = network.places.filter(({ distributions }) => distributions.some(its => its.inside));
      const pairs = behind.map(({ name }): Pair => ["internet", name]);
      return contradictions(network, pairs, { may: by("CloudFront") });
    },
  },
  {
    statement: "environments do not reach each other",
    against: stacks => contradictions(networkIn(stacks), betweenEnvironments),
  },
  {
    statement: "data subnets do not reach the internet",
    against: stacks => contradictions(networkIn(stacks), dataToInternet(networkIn(stacks))),
  },
  {
    statement: "tasks are called by their own product's load balancers and declared callers alone",
    against: stacks => {
      const network = networkIn(stacks);
      const [tasks, balancers] = (["service", "load-balancer"] as const).map(wanted =>
        network.places.filter(({ kind }) => kind === wanted),
      );
      const callers = [
        ...environments.flatMap(name =>
          ["ingress", "private", "outbound", "data"].map(role => `${name}/${role}`),
        ),
        "on-premises",
      ];
      const pairs = (tasks ?? []).flatMap(task => [
        ...callers.map((from): Pair => [from, task.name]),
        ...[...(tasks ?? []), ...(balancers ?? [])]
          .filter(
            its => its !== task && !(its.kind === "load-balancer" && its.owner.label === task.owner.label),
          )
          .map((from): Pair => [from.name, task.name]),
      ]);
      return contradictions(
        network,
        pairs.filter(([from, to]) => !declared.has(`${from} to ${to}`)),
        { may: by("NLB") },
      );
    },
  },
];

const by =
  (...ways: readonly string[]) =>
  (decision: Decision): boolean =>
    decision.reaches === true && ways.includes(decision.by ?? "");

/** Who may call whom without a load balancer, as the products say. */
const declared = new Set([
  // A runner's manager gets in where jobs run.
  ...environments.map(
    environment => `runner-${environment}/runner-manager to runner-${environment}/runner-workers`,
  ),
  ...zone.products.flatMap(({ name, services }) =>
    Object.entries(services ?? {}).flatMap(([service, { calledBy = [] }]) =>
      environments.flatMap(environment =>
        calledBy.map(caller => `${name}-${environment}/${caller} to ${name}-${environment}/${service}`),
      ),
    ),
  ),
]);

/** That each wall stands by itself: what would be held if the others were down. */
const ofWalls: readonly Held[] = [
  {
    statement:
      "route tables alone keep data from the internet, without access lists and with public addresses",
    against: stacks => {
      const network = networkIn(
        changed(withoutLists(stacks), its =>
          its.type === "aws:ec2/subnet:Subnet" ? withInputs(its, { mapPublicIpOnLaunch: true }) : its,
        ),
      );
      return contradictions(network, dataToInternet(network), { oneWay: true });
    },
  },
  {
    statement: "security groups alone keep the internet from load balancers, were these public",
    against: stacks => {
      const network = networkIn(changed(withoutLists(stacks), its => publicBalancer(stacks, its) ?? its));
      // Those that are public already are to be reached.
      const open = new Set(
        networkIn(stacks)
          .places.filter(({ interfaces }) => interfaces.some(its => its.public))
          .map(({ name }) => name),
      );
      const balancers = network.places.filter(
        ({ kind, name }) => kind === "load-balancer" && !open.has(name),
      );
      const pairs = balancers.map(({ name }): Pair => ["internet", name]);
      return contradictions(network, pairs, { may: by("CloudFront", "API gateway") });
    },
  },
  {
    statement:
      "the hub alone keeps environments apart, did they send it everything: not even one packet gets over",
    against: stacks => {
      const hub = stacks
        .flatMap(({ resources }) => resources)
        .find(its => its.type.endsWith(":TransitGateway"));
      const everything = stacks.flatMap(({ label, resources }) =>
        resources
          .filter(its => its.type === "aws:ec2/routeTable:RouteTable")
          .map(({ id = "" }) => ({
            label,
            resource: {
              type: "aws:ec2/route:Route",
              name: `all-${id}`,
              id: `all-${id}`,
              inputs: {
                routeTableId: id,
                destinationCidrBlock: "10.0.0.0/8",
                transitGatewayId: hub?.id ?? "",
              },
            },
          })),
      );
      const network = networkIn(changed(withoutLists(stacks), its => its, everything));
      return contradictions(network, betweenEnvironments, { oneWay: true });
    },
  },
];

export const held: readonly Held[] = [...ofPackets, ...ofWalls];

const withoutLists = (stacks: readonly StackOfResources[]) =>
  changed(stacks, its => (its.type === "aws:ec2/networkAcl:NetworkAcl" ? undefined : its));

/** A load balancer, moved to the public subnets of its VPC. */
function publicBalancer(stacks: readonly StackOfResources[], its: Resource): Resource | undefined {
  if (its.type !== "aws:lb/loadBalancer:LoadBalancer") return undefined;
  const { subnets } = networkIn(stacks);
  const [first] = its.inputs["subnets"] as readonly string[];
  const vpc = subnets.find(({ id }) => id === first)?.vpc;
  const front = subnets.filter(subnet => subnet.vpc === vpc && subnet.role === "ingress").map(({ id }) => id);
  return withInputs(its, { internal: false, subnets: front });
}

const networks = new WeakMap<readonly StackOfResources[], Network>();

export function networkIn(stacks: readonly StackOfResources[]): Network {
  const network = networks.get(stacks) ?? networkOf(stacks);
  networks.set(stacks, network);
  return network;
}

/** The plan with some resources changed, left out (`undefined`) or added. */
export function changed(
  stacks: readonly StackOfResources[],
  change: (resource: Resource) => Resource | undefined,
  added: readonly {
    readonly label: string;
    readonly resource: Omit<Resource, "custom" | "urn" | "account" | "propertyDependencies">;
  }[] = [],
): readonly StackOfResources[] {
  return stacks.map(stack => ({
    ...stack,
    resources: [
      ...stack.resources.flatMap(resource => change(resource) ?? []),
      ...added
        .filter(({ label }) => label === stack.label)
        .map(({ resource }) => ({
          ...resource,
          custom: true,
          urn: `urn:added::${resource.name}`,
          account: stack.account,
          propertyDependencies: {},
        })),
    ],
  }));
}

export const withInputs = (resource: Resource, inputs: Values): Resource => ({
  ...resource,
  inputs: { ...resource.inputs, ...inputs },
});
