import type { PlannedResource, Value, Values } from "../planner/model";
import { listOf, valuesOf } from "./planned-values";

/**
 * What happens with a new release, and after what times, as the planned service, its target groups and its containers
 * say. Sources: ECS developer guide, "Amazon ECS blue/green deployments", "Deploy Amazon ECS services by replacing tasks".
 */
export function deploymentSteps(
  { inputs }: PlannedResource,
  targetGroups: readonly PlannedResource[],
  containers: readonly Values[],
): string[] {
  const configuration = valuesOf(inputs["deploymentConfiguration"]);
  const strategy = String(configuration["strategy"] ?? "ROLLING");
  const hooks = listOf(configuration["lifecycleHooks"]).map(valuesOf);
  return [
    ...asked(hooks, "PRE_SCALE_UP"),
    strategy === "ROLLING"
      ? `new tasks start beside the old ones: from ${inputs["deploymentMinimumHealthyPercent"]} to ${inputs["deploymentMaximumPercent"]} % of them run`
      : "all new tasks start beside the old ones, behind a target group of their own",
    ...becomingWell(inputs, targetGroups),
    ...asked(hooks, "POST_SCALE_UP"),
    ...asked(hooks, "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT"),
    ...shifting(strategy, configuration),
    ...asked(hooks, "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"),
    ...leaving(strategy, targetGroups, containers),
    ...takenBack(inputs),
  ];
}

const textList = (value: Value | undefined): string => listOf(value).map(String).join(", ");

/** In the order of the stages. */
const asked = (hooks: readonly Values[], ...stages: readonly string[]): string[] =>
  stages.flatMap(stage =>
    hooks
      .filter(hook => listOf(hook["lifecycleStages"]).includes(stage))
      .map(hook => `${String(hook["hookTargetArn"]).split(":").at(-1)} is asked at ${stage}`),
  );

function becomingWell(inputs: Values, targetGroups: readonly PlannedResource[]): string[] {
  const checks = targetGroups.map(group => valuesOf(group.inputs["healthCheck"]));
  const told = checks.map(({ path, interval, healthyThreshold }) => {
    const earliest = Number(interval) * (Number(healthyThreshold) - 1);
    return `a task gets requests when ${path} has answered ${healthyThreshold} times, ${interval} s apart: ${earliest} s after its first answer`;
  });
  const grace = inputs["healthCheckGracePeriodSeconds"];
  return [
    ...new Set(told),
    ...(told.length === 0 || grace === undefined
      ? []
      : [`for ${grace} s from its start no bad answer ends it`]),
  ];
}

function shifting(strategy: string, configuration: Values): string[] {
  const bake = `the old tasks stay for ${configuration["bakeTimeInMinutes"]} min when all requests go to the new ones`;
  switch (strategy) {
    case "BLUE_GREEN":
      return ["all requests go to the new tasks at once", bake];
    case "CANARY": {
      const { canaryPercent, canaryBakeTimeInMinutes } = valuesOf(configuration["canaryConfiguration"]);
      return [
        `${canaryPercent} % of requests go to the new tasks, the rest ${canaryBakeTimeInMinutes} min later`,
        bake,
      ];
    }
    case "LINEAR": {
      const { stepPercent, stepBakeTimeInMinutes } = valuesOf(configuration["linearConfiguration"]);
      const steps = Math.ceil(100 / Number(stepPercent));
      return [
        `${stepPercent} % more of requests go to the new tasks every ${stepBakeTimeInMinutes} min: all after ${(steps - 1) * Number(stepBakeTimeInMinutes)} min`,
        bake,
      ];
    }
    default:
      return [];
  }
}

function leaving(
  strategy: string,
  targetGroups: readonly PlannedResource[],
  containers: readonly Values[],
): string[] {
  const delays = [...new Set(targetGroups.map(({ inputs }) => inputs["deregistrationDelay"]))].filter(
    delay => typeof delay === "number",
  );
  const stops = containers.map(({ stopTimeout }) => stopTimeout).filter(stop => typeof stop === "number");
  const then = strategy === "ROLLING" ? "" : "then ";
  return [
    ...delays.map(
      delay => `${then}an old task gets no new requests any more, and has ${delay} s for those it has`,
    ),
    ...(stops.length === 0
      ? []
      : [`${then}an old task is told to stop, and is ended ${Math.max(...stops)} s later`]),
  ];
}

function takenBack({ deploymentCircuitBreaker, alarms }: Values): string[] {
  const breaker = valuesOf(deploymentCircuitBreaker);
  const alarming = valuesOf(alarms);
  const reasons = [
    ...(breaker["rollback"] === true ? ["new tasks do not become well"] : []),
    ...(alarming["rollback"] === true
      ? [`one of these alarms goes off: ${textList(alarming["alarmNames"])}`]
      : []),
  ];
  return reasons.length === 0 ? [] : [`it is taken back when ${reasons.join(", or ")}`];
}
