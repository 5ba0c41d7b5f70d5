/** What comes of a workload's settings, read from the plan of its stack. */
import type { PlannedResource, StackPlan, Value, Values } from "../planner/model";
import { deploymentSteps } from "./deployment-steps";
import { startsOf } from "./planned-starts";
import { jsonOf, listOf, partOf, textOf as text, valuesOf } from "./planned-values";

export interface PlannedWorkload {
  readonly cluster: string | null;
  /** Of ECS, or of Lambda. */
  readonly runsAs: readonly { readonly what: string; readonly name: string }[];
  readonly containers: readonly Container[];
  readonly roles: readonly string[];
  readonly logGroups: readonly string[];
  readonly calledBy: readonly Call[];
  readonly starts: readonly string[];
  readonly deployment: readonly string[];
  readonly alarms: readonly string[];
  readonly resources: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
}

/** A load balancer's rule, or all that comes to a load balancer. */
export interface Call {
  readonly loadBalancer: string | null;
  readonly port: number | null;
  readonly priority: number | null;
  readonly conditions: readonly string[];
  /** That lead to the load balancer. */
  readonly names: readonly string[];
}

const components = new Set(
  ["Service", "Job", "LambdaFunction"].map(component => `landing-zone:compute:${component}`),
);

/**
 * @param plan of the product's service stack.
 * @param upstream those it reads, with the same made-up ids: load balancers and their names are there.
 * @returns undefined where the stack has no such workload.
 */
export function plannedWorkload(
  plan: StackPlan,
  upstream: readonly StackPlan[],
  workload: string,
): PlannedWorkload | undefined {
  const top = plan.resources.find(({ type, name }) => components.has(type) && name === workload);
  if (top === undefined) return undefined;
  const parents = new Map(plan.resources.map(({ urn, parent }) => [urn, parent]));
  const isBelow = (urn: string | null | undefined): boolean =>
    urn === top.urn || (typeof urn === "string" && isBelow(parents.get(urn)));
  const own = plan.resources.filter(({ urn, custom }) => custom && isBelow(urn));
  const all = (type: string) => own.filter(its => its.type === type);
  const texts = (type: string, input = "name") =>
    all(type).flatMap(({ inputs }) => (typeof inputs[input] === "string" ? [inputs[input]] : []));
  const definitions = all("aws:ecs/taskDefinition:TaskDefinition").flatMap(containersOf);
  const functions = all("aws:lambda/function:Function");
  const [service] = all("aws:ecs/service:Service");
  const cluster = service?.inputs["cluster"];
  return {
    cluster:
      typeof cluster === "string" && cluster.includes("/")
        ? (cluster.split("/").at(-1) ?? null)
        : clusterOf(plan, own),
    runsAs: [
      ...texts("aws:ecs/service:Service").map(name => ({ what: "ECS service", name })),
      ...texts("aws:ecs/taskDefinition:TaskDefinition", "family").map(name => ({
        what: "task definition",
        name,
      })),
      ...texts("aws:sfn/stateMachine:StateMachine").map(name => ({ what: "state machine", name })),
      ...texts("aws:lambda/function:Function").map(name => ({ what: "Lambda function", name })),
    ],
    containers: [
      ...definitions.map(({ name, image }) => ({ name: String(name), image: String(image) })),
      ...functions.flatMap(({ name, inputs: { imageUri } }) =>
        typeof imageUri === "string" ? [{ name, image: imageUri }] : [],
      ),
    ],
    roles: all("aws:iam/role:Role").map(({ inputs }) => `${text(inputs["path"])}${text(inputs["name"])}`),
    logGroups: [
      ...new Set([
        ...definitions.flatMap(({ logConfiguration }) =>
          partOf(logConfiguration, "options", "awslogs-group"),
        ),
        ...functions.flatMap(({ inputs }) => partOf(inputs["loggingConfig"], "logGroup")),
      ]),
    ].map(String),
    calledBy: callsOf(own, [plan, ...upstream]),
    starts: startsOf(own),
    deployment:
      service === undefined
        ? []
        : deploymentSteps(service, all("aws:lb/targetGroup:TargetGroup"), definitions),
    alarms: own
      .filter(({ type }) => /^aws:cloudwatch\/(metric|composite)Alarm:/.test(type))
      .map(({ name, inputs }) => String(inputs["name"] ?? inputs["alarmName"] ?? name)),
    resources: own.length,
  };
}

/** A job's definition names none that could be read; what it waits for is one. */
function clusterOf({ resources }: StackPlan, own: readonly PlannedResource[]): string | null {
  const awaited = new Set(own.flatMap(({ dependencies }) => dependencies));
  const cluster = resources.find(({ type, urn }) => type === "aws:ecs/cluster:Cluster" && awaited.has(urn));
  return text(cluster?.inputs["name"]) || null;
}

/** None where they are not known, as with the image of a build. */
const containersOf = ({ inputs }: PlannedResource): Values[] =>
  listOf(jsonOf(inputs["containerDefinitions"])).map(valuesOf);

function callsOf(own: readonly PlannedResource[], plans: readonly StackPlan[]): Call[] {
  const everything = plans.flatMap(({ resources }) => resources);
  const byArn = (type: string, arn: Value | undefined) =>
    everything.find(its => its.type === type && its.id !== undefined && text(arn).endsWith(`/${its.id}`));
  const through = (listener: PlannedResource | undefined): Pick<Call, "loadBalancer" | "port" | "names"> => {
    const balancer = byArn("aws:lb/loadBalancer:LoadBalancer", listener?.inputs["loadBalancerArn"]);
    const names = everything.filter(
      ({ type, inputs }) =>
        type === "aws:route53/record:Record" &&
        balancer?.id !== undefined &&
        JSON.stringify(inputs["aliases"] ?? null).includes(`"${balancer.id}.`),
    );
    const port = listener?.inputs["port"];
    return {
      loadBalancer: balancer === undefined ? null : text(balancer.inputs["name"]) || balancer.name,
      port: typeof port === "number" ? port : null,
      names: [...new Set(names.map(({ inputs }) => text(inputs["name"])))].sort(),
    };
  };
  const rules = own
    .filter(({ type }) => type === "aws:lb/listenerRule:ListenerRule")
    .map(({ inputs }): Call => {
      const { priority, conditions } = inputs;
      return {
        ...through(byArn("aws:lb/listener:Listener", inputs["listenerArn"])),
        priority: typeof priority === "number" ? priority : null,
        conditions: listOf(conditions).map(conditionText),
      };
    });
  const groups = new Set(own.filter(({ type }) => type.endsWith(":TargetGroup")).map(({ id }) => id));
  const lent = own
    .filter(({ type }) => type === "aws:ecs/service:Service")
    .flatMap(({ inputs: { loadBalancers } }) => listOf(loadBalancers))
    .flatMap(its => partOf(its, "targetGroupArn"))
    .filter(arn => !groups.has(text(arn).split("/").at(-1)));
  const listeners = lent.flatMap(arn =>
    everything.filter(
      ({ type, inputs }) =>
        type === "aws:lb/listener:Listener" &&
        JSON.stringify(inputs["defaultActions"] ?? null).includes(JSON.stringify(arn)),
    ),
  );
  return [...rules, ...listeners.map(listener => ({ ...through(listener), priority: null, conditions: [] }))];
}

/** `path /orders/*`, `host a.example.com or b.example.com`. */
function conditionText(condition: Value): string {
  const words = {
    pathPattern: "path",
    hostHeader: "host",
    httpRequestMethod: "method",
    httpHeader: "header",
  };
  return Object.entries(words)
    .flatMap(([key, word]) =>
      partOf(condition, key).map(its => {
        const values = partOf(its, "values").flatMap(list => listOf(list));
        const header = partOf(its, "httpHeaderName").map(name => ` ${String(name)}`);
        return `${word}${header.join("")} ${values.map(String).join(" or ")}`;
      }),
    )
    .join("");
}
