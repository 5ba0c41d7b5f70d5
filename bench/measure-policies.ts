/** One measurement: lets every rule judge what the example registers, without the SDK around it, in this process. */
import type { PolicyResource } from "@pulumi/policy";
import { planStacks } from "../cli/planner";
import { projectName, projectRoot } from "../cli/project";
import { pulumiProgram } from "../cli/pulumi-program";
import { covers } from "../policies/covers";
import { Resource } from "../policies/graph";
import type { ResourceRule } from "../policies/rule";
import { rules } from "../policies/rules";
import { judgeResource } from "../policies/sdk-policy";
import zone from "../stacks/landing-zone";
import { stacksOf } from "../stacks/names";
import type { Evaluated } from "./policies";

/** So long that starting up does not count. */
const leastMs = 5_000;

async function measure(): Promise<Evaluated> {
  const main = pulumiProgram();
  const stacks = stacksOf(zone).map(({ name }) => ({ name, program: () => main(zone) }));
  const plan = await planStacks(stacks, { project: projectName, root: projectRoot });
  const planned = plan.stacks.flatMap(stack => stack.resources).filter(({ type }) => type.startsWith("aws:"));
  const byUrn = new Map(plan.stacks.flatMap(stack => stack.resources).map(one => [one.urn, one]));
  const resources = planned.map(
    ({ type, name, urn, inputs, protect, ignoreChanges, provider }): PolicyResource => {
      const from = byUrn.get(provider ?? "");
      return {
        type,
        name,
        urn,
        props: inputs,
        opts: { protect, ignoreChanges: [...ignoreChanges] } as PolicyResource["opts"],
        ...(from && { provider: { type: from.type, name: from.name, urn: from.urn, props: from.inputs } }),
      } as PolicyResource;
    },
  );
  const ofResources = rules.filter((rule): rule is ResourceRule => rule.scope !== "stack");
  let evaluations = 0;
  const started = performance.now();
  while (performance.now() - started < leastMs)
    for (const registered of resources) {
      const resource = new Resource(registered);
      for (const rule of ofResources) {
        if (!covers(rule, registered.type)) continue;
        judgeResource(rule, resource);
        evaluations++;
      }
    }
  return {
    rules: rules.length,
    resources: resources.length,
    evaluations,
    ms: performance.now() - started,
  };
}

measure().then(measured => console.log(JSON.stringify(measured)));
