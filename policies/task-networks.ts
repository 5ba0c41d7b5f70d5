/** The networks that a state machine puts its tasks into. Source: Step Functions developer guide, "Run Amazon ECS tasks". */
import type { StackResource } from "./graph";
import { type Inputs, notKnown, type Plain, type References } from "./short-ids";
import { UnknownValue, type Value } from "./value";

/** Each place in a definition that says where a task runs. @throws UnknownValue where a part of it is not known. */
export function networksIn(machine: StackResource): Value[] {
  const definition = machine.at("definition").json();
  return definition ? [...networksBelow(definition)] : [];
}

function* networksBelow(value: Value): Generator<Value> {
  const content = value.content();
  if (typeof content !== "object" || content === null) return;
  const keys = Array.isArray(content) ? [...content.keys()] : Object.keys(content);
  for (const key of keys) {
    if (key === "AwsvpcConfiguration" || key === "awsvpcConfiguration") yield value.at(key);
    else yield* networksBelow(value.at(key));
  }
}

/**
 * Whether a task has a public address. One that nothing is said of may have.
 * @throws UnknownValue also for what is only told while the machine runs, by an expression or a path into its input.
 */
export function hasPublicAddress(network: Value): boolean {
  const said = network.at("AssignPublicIp");
  if (network.at("AssignPublicIp.$").isSet) throw new UnknownValue(`${said.path}.$`);
  const text = said.text() ?? "ENABLED";
  if (text !== "ENABLED" && text !== "DISABLED") throw new UnknownValue(said.path);
  return text === "ENABLED";
}

/** Where it can be told, and is so. */
export function runsInPublic(machine: StackResource): boolean {
  try {
    return networksIn(machine).some(hasPublicAddress);
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    return false;
  }
}

/** Inputs as those of a service, with short ids. What is not known of them is its rule's to say. */
export function taskNetworks(machine: StackResource, references: References): Inputs {
  const networks: Plain[] = [];
  try {
    for (const network of networksIn(machine)) {
      const part = (key: "subnets" | "securityGroups", said: string): Plain =>
        network.at(said).isSet ? references.partOf(machine, network.at(said), "definition", key) : notKnown;
      networks.push({
        subnets: part("subnets", "Subnets"),
        securityGroups: part("securityGroups", "SecurityGroups"),
        assignPublicIp: hasPublicAddress(network),
      });
    }
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    return {};
  }
  return { networks };
}

/** The same as a definition that says nothing else. */
export function definitionOf({ networks }: Inputs): Inputs {
  const said = (Array.isArray(networks) ? networks : []).map(network => {
    const { subnets, securityGroups, assignPublicIp } = network as Inputs;
    const AwsvpcConfiguration = {
      Subnets: subnets,
      SecurityGroups: securityGroups,
      AssignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED",
    };
    return { AwsvpcConfiguration };
  });
  return { definition: JSON.stringify(said) };
}
