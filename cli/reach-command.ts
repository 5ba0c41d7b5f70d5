import { decide, networkOf, overviewOf, type Party, partiesOf, type Question } from "../reach";
import type { LandingZone } from "../stacks/description";
import type { StackDefinition } from "../stacks/names";
import { deployedMark } from "../stacks/references";
import { UsageError } from "./failures";
import { planStacks } from "./planner";
import { toJson } from "./planner/json";
import { progress } from "./progress";
import { loadDescription, projectName, projectRoot } from "./project";
import { stacksToPlan } from "./pulumi-program";
import { decisionText, overviewText } from "./reach/texts";
import { select } from "./selection";

export async function reachCommand(options: {
  from?: string;
  to?: string;
  port?: string;
  json?: boolean;
}): Promise<void> {
  if ((options.from === undefined) !== (options.to === undefined))
    throw new UsageError("say both --from and --to, or neither for an overview");
  if (options.port !== undefined && options.from === undefined)
    throw new UsageError("--port is about one question; say --from and --to, too");
  const question = options.port === undefined ? {} : questionOf(options.port);
  const network = networkOf(await plannedStacks(loadDescription("unasked")));
  const say = (value: object, text: () => string) =>
    console.log(options.json === true ? toJson(value).trimEnd() : text());
  if (options.from === undefined || options.to === undefined) {
    const overview = overviewOf(network);
    return say(overview, () => overviewText(overview));
  }
  const parties = partiesOf(network);
  const [from, to] = [partyOf(parties, options.from), partyOf(parties, options.to)];
  const cell = { from: from.name, to: to.name, decision: decide(network, from, to, question) };
  say(cell, () => decisionText(cell));
}

/** Every stack that may hold a part of a network, without policies: a decision about some is wrong without the others. */
async function plannedStacks(zone: LandingZone) {
  const { needed } = select(zone, []);
  const planned = needed.filter(mayHoldNetwork);
  const show = progress(planned.length);
  const { stacks } = await planStacks(stacksToPlan(zone, planned), {
    project: projectName,
    root: projectRoot,
    ids: "made-up",
    // Who reads more than this of a stack that is left out fails, and with it the plan.
    outputsOfOthers: Object.fromEntries(
      needed.filter(stack => !mayHoldNetwork(stack)).map(({ name }) => [name, { [deployedMark]: name }]),
    ),
    ...show.hooks,
  }).finally(show.end);
  return stacks.map((stack, index) => ({ ...stack, label: labelOf(planned[index] as StackDefinition) }));
}

/**
 * Whether a stack's layer can hold something that routes, filters, or stands in a subnet. The others hold nothing but
 * the emptied default VPCs of their accounts, which nothing leads to.
 */
export function mayHoldNetwork({ layer, environment, dependsOn }: StackDefinition): boolean {
  switch (layer) {
    case "organization":
    case "security":
      return false;
    // With a runner, whose network is joined to the hub.
    case "delivery":
      return dependsOn.includes("network");
    // An account that is in no environment, such as a sandbox, has no VPC.
    case "baseline":
      return environment !== undefined;
    case "network":
    case "persistent":
    case "service":
      return true;
  }
}

/** What the places of a stack are called by: the product in its environment, the account, or the runner in it. */
export const labelOf = ({ product, environment, account, layer }: StackDefinition): string =>
  product !== undefined
    ? `${product}-${environment}`
    : layer === "delivery"
      ? `runner-${environment}`
      : account;

function partyOf(parties: ReadonlyMap<string, Party>, name: string): Party {
  const party = parties.get(name);
  if (party === undefined)
    throw new UsageError(
      `there is no "${name}"; there are:\n\n${[...parties.keys()].map(its => `  ${its}`).join("\n")}`,
    );
  return party;
}

/** `443`, `tcp/443` or `udp/53`. */
function questionOf(text: string): Question {
  const [, protocol = "tcp", port] = /^(?:(tcp|udp)\/)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535)
    throw new UsageError(`"${text}" is no port; write --port 443 or --port udp/53`);
  return { protocol, port: Number(port) };
}
