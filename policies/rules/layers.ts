/**
 * What is replaced often is never under what must last. Which stacks a stack reads, a policy is not shown; what it holds
 * and what that was made from, it is.
 */
import { listenerRules, stateful, taskDefinitions, userPools } from "../resource-types";
import type { Rule } from "../rule";

/** What a release replaces. */
const released = [
  ...taskDefinitions,
  "aws:ecs/service:Service",
  "aws:ecs/taskSet:TaskSet",
  "aws:appautoscaling/target:Target",
  "aws:appautoscaling/policy:Policy",
];
const code = [
  ...released,
  ...listenerRules,
  "aws:lambda/function:Function",
  "aws:sfn/stateMachine:StateMachine",
];

const lasting = [...stateful, ...userPools];

/** Stacks that must outlive a release. */
const persistent = /-persistent-/;

export const layerRules: readonly Rule[] = [
  {
    name: "stack-persistent-without-releases",
    theme: "resilience-and-backup",
    title: "A persistent stack holds nothing that a release replaces",
    why: "Each release would then run over the databases, and could not be taken back without them",
    fix: "move the resource to the product's service stack",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: released,
    check(resource, report) {
      // A table scales by the same means as a service.
      if (persistent.test(resource.stack) && !scalesData(resource.at("serviceNamespace").text() ?? "ecs"))
        report.refuse(`it is in ${resource.stack}`);
    },
  },
  {
    name: "stateful-stands-on-what-lasts",
    theme: "resilience-and-backup",
    title: "Data does not depend on what a release replaces",
    why: "It could not be changed, or brought back, without a release that fits it",
    fix: "turn the dependency round: hand the data's name to what is released",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: lasting,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(lasting), (resource, report) => {
        const under = resource.sources().filter(({ type }) => code.includes(type));
        for (const { type, name } of under) report.refuse(`it is made from ${name}, of ${type}`);
      });
    },
  },
];

function scalesData(namespace: string): boolean {
  return namespace !== "ecs" && namespace !== "ec2" && namespace !== "lambda";
}
