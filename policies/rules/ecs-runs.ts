/** Tasks that are started one by one: by a schedule, an event, or a step of a state machine. */
import type { Report } from "../report";
import { stateMachines } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue, type Value } from "../value";

/** By type, where it says how it starts a task. */
const starters: Readonly<Record<string, readonly string[]>> = {
  "aws:scheduler/schedule:Schedule": ["target", "ecsParameters"],
  "aws:cloudwatch/eventTarget:EventTarget": ["ecsTarget"],
};

export const ecsRuns: readonly Rule[] = [
  {
    name: "ecs-run-no-public-ip",
    theme: "exposure",
    title: "Tasks that are started one by one have no public addresses",
    why: "Nobody calls such a task, but with a public address whoever likes may try",
    fix: "leave assignPublicIp out; in a state machine set AssignPublicIp: DISABLED",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [...Object.keys(starters), ...stateMachines],
    check(starter, report) {
      const path = starters[starter.type];
      if (path) {
        const assigned = starter.at(...path, "networkConfiguration", "assignPublicIp");
        if (assigned.is(true)) report.refuse(`${assigned.path} is true`);
        return;
      }
      const definition = starter.at("definition").json();
      if (definition) eachNetwork(definition, report, refuseAddress);
    },
  },
  {
    name: "ecs-run-no-shell",
    theme: "governance-and-cost",
    title: "Nobody opens a shell in a task that is started one by one",
    why: "It runs and ends by itself; a shell would keep a way in that no service's deployment ever closes",
    fix: "leave enableExecuteCommand out",
    severity: "low",
    level: "advisory",
    controls: [],
    types: Object.keys(starters),
    check(starter, report) {
      const shell = starter.at(...(starters[starter.type] ?? []), "enableExecuteCommand");
      if (shell.is(true)) report.refuse(`${shell.path} is true`);
    },
  },
];

/** A task that nothing is said of may get an address. */
function refuseAddress(network: Value, report: Report): void {
  const said = network.at("AssignPublicIp");
  if (!said.is("DISABLED")) report.refuse(`AssignPublicIp is ${said.isSet ? said.text() : "not set"}`);
}

function eachNetwork(value: Value, report: Report, inspect: (network: Value, report: Report) => void): void {
  if (value.isUnknown) throw new UnknownValue(value.path);
  const content = value.content();
  if (typeof content !== "object" || content === null) return;
  const keys = Array.isArray(content) ? [...content.keys()] : Object.keys(content);
  for (const key of keys) {
    const inner = value.at(key);
    if (key === "AwsvpcConfiguration" || key === "awsvpcConfiguration")
      report.attempt(() => inspect(inner, report));
    else report.attempt(() => eachNetwork(inner, report, inspect));
  }
}
