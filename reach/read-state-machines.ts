/** Reads the tasks that state machines run: a definition says in which subnets, and with which groups. */
import type { Reading } from "./read";
import { object, objects, text, texts, unknownText, type Value, type Values } from "./resource";
import { type Found, interfacesOf, plain, type Wiring } from "./standing";

/**
 * A place for each network that a state's tasks are put into; states that put them into the same one are one place.
 *
 * Source: Step Functions developer guide, "Run Amazon ECS or Fargate tasks with Step Functions".
 */
export function stateMachines(reading: Reading): readonly Found[] {
  return reading.plan.all("sfn/stateMachine:StateMachine").flatMap(resource => {
    const definition = parsed(resource.inputs["definition"]);
    if (definition === undefined) {
      reading.doubt(resource, "where its tasks are, if it has any, is not known", []);
      return [];
    }
    const networks = new Map<string, Values>();
    for (const network of networksIn(definition)) networks.set(JSON.stringify(network), network);
    return [...networks.values()].map(network => ({
      ...plain,
      kind: "service" as const,
      resource,
      called: resource.name,
      interfaces: interfacesOf(reading, resource, wiringOf(network)),
    }));
  });
}

/**
 * What is made while it runs is not known: an expression, or a path into its input. A task that nothing is said of may
 * have a public address.
 */
function wiringOf(network: Values): Wiring {
  const { Subnets: subnets, SecurityGroups: groups, AssignPublicIp: assigned } = network;
  return {
    subnets: Array.isArray(subnets) ? texts(subnets) : [unknownText],
    groups: "SecurityGroups.$" in network ? unknownText : groups,
    public: assigned !== "DISABLED",
  };
}

function parsed(definition: Value | undefined): Value | undefined {
  try {
    return JSON.parse(text(definition) ?? "") as Value;
  } catch {
    return undefined;
  }
}

function* networksIn(value: Value): Generator<Values> {
  if (typeof value !== "object" || value === null) return;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) yield* networksIn(inner);
  for (const key of ["AwsvpcConfiguration", "awsvpcConfiguration"])
    for (const network of objects([object(value)[key] ?? null])) yield network;
}
