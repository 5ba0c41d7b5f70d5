import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { requireWhole } from "./service-health";

/**
 * How a new release takes over. `rolling`: task by task, behind one target group. The others start all its tasks
 * behind a second target group, and ECS shifts the requests from the one to the other: at once, a part first, or part
 * by part; the old release stays for `bakeMinutes`, and takes over again when an alarm goes off.
 */
export type DeploymentRules =
  | { readonly strategy: "rolling" }
  | ({ readonly strategy: "blueGreen" } & ShiftingRules)
  /** `percent` of requests, 0.1 to 99.9, default 10; `minutes` before the rest follows, 1 to 1,440, default 10. */
  | ({ readonly strategy: "canary"; readonly percent?: number; readonly minutes?: number } & ShiftingRules)
  /** `percent` of requests at a time, 3 to 50, default 20; `minutes` between two, 1 to 1,440, default 3. */
  | ({ readonly strategy: "linear"; readonly percent?: number; readonly minutes?: number } & ShiftingRules);

export interface ShiftingRules {
  /** Minutes for which the old release stays when all requests go to the new one, 0 to 1,440; default 10. */
  readonly bakeMinutes?: number;
  /** Names of functions, from `hookFunctions`, that ECS asks at a stage; what they refuse is rolled back. */
  readonly hooks?: Readonly<Partial<Record<HookStage, string>>>;
}

/** Where ECS stops and asks, in its own words. */
const stages = {
  preScaleUp: "PRE_SCALE_UP",
  postScaleUp: "POST_SCALE_UP",
  testTrafficShift: "TEST_TRAFFIC_SHIFT",
  postTestTrafficShift: "POST_TEST_TRAFFIC_SHIFT",
  productionTrafficShift: "PRODUCTION_TRAFFIC_SHIFT",
  postProductionTrafficShift: "POST_PRODUCTION_TRAFFIC_SHIFT",
} as const;

export type HookStage = keyof typeof stages;

/** By name: functions that may be asked, by ARNs that are known before anything is made. */
export type HookFunctions = Readonly<Record<string, { readonly arn: string }>>;

export const isShifting = (
  rules: DeploymentRules,
): rules is Exclude<DeploymentRules, { readonly strategy: "rolling" }> => rules.strategy !== "rolling";

export interface DeploymentArgs {
  readonly serviceName: string;
  readonly rules: DeploymentRules;
  /** Alarms on which a release is taken back. */
  readonly alarmNames: readonly pulumi.Input<string>[];
  readonly hookFunctions?: HookFunctions;
  /** The role by which ECS asks functions; needed with hooks. */
  readonly roleArn?: pulumi.Input<string>;
}

type DeploymentProperties = Pick<
  aws.ecs.ServiceArgs,
  | "alarms"
  | "deploymentCircuitBreaker"
  | "deploymentConfiguration"
  | "deploymentController"
  | "deploymentMaximumPercent"
  | "deploymentMinimumHealthyPercent"
>;

/**
 * What an ECS service says of its deployments. All of them keep every task that is well until its successor is, and
 * take a release back whose tasks do not become well, or during which one of the alarms goes off.
 *
 * The controller is ECS in all of them, and is said, although it is the default: only then does the provider look at
 * how the deployment ended, so that `pulumi up` fails with a release that has been taken back, and does not merely find
 * the old one steady. With it Fargate Spot and the instances of capacity providers may be used by every strategy, which
 * CodeDeploy's blue/green does not allow.
 *
 * Refused: numbers that ECS does not take, and hooks that no function bears the name of.
 * Sources: ECS developer guide, "Amazon ECS blue/green deployments", "Amazon ECS linear deployments", "Amazon ECS
 * canary deployments", "Amazon ECS deployment failure detection", "Lifecycle hooks for Amazon ECS service deployments".
 */
export function deploymentOf(args: DeploymentArgs): DeploymentProperties {
  const { rules, alarmNames } = args;
  const where = `deployment of ${args.serviceName}`;
  return {
    deploymentController: { type: "ECS" },
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    ...(alarmNames.length === 0
      ? {}
      : { alarms: { enable: true, rollback: true, alarmNames: [...alarmNames] } }),
    deploymentConfiguration: !isShifting(rules)
      ? { strategy: "ROLLING" }
      : { ...strategyOf(where, rules), ...bake(where, rules), ...lifecycleHooks(where, rules, args) },
  };
}

const shares = {
  canary: { percent: 10, least: 0.1, most: 99.9, minutes: 10 },
  linear: { percent: 20, least: 3, most: 50, minutes: 3 },
};

type Shifting = Exclude<DeploymentRules, { readonly strategy: "rolling" }>;

/** Of requests at a time, and for how long. */
function share(where: string, rules: Exclude<Shifting, { readonly strategy: "blueGreen" }>) {
  const { percent: usual, least, most, minutes } = shares[rules.strategy];
  const percent = rules.percent ?? usual;
  if (!(percent >= least && percent <= most))
    throw new Error(`${where}.percent is ${percent}; it must be from ${least} to ${most}`);
  return { percent, minutes: requireWhole(`${where}.minutes`, rules.minutes ?? minutes, 1, 1_440) };
}

function strategyOf(
  where: string,
  rules: Shifting,
): Pick<
  aws.types.input.ecs.ServiceDeploymentConfiguration,
  "strategy" | "canaryConfiguration" | "linearConfiguration"
> {
  if (rules.strategy === "blueGreen") return { strategy: "BLUE_GREEN" };
  const { percent, minutes } = share(where, rules);
  return rules.strategy === "canary"
    ? {
        strategy: "CANARY",
        canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: String(minutes) },
      }
    : {
        strategy: "LINEAR",
        linearConfiguration: { stepPercent: percent, stepBakeTimeInMinutes: String(minutes) },
      };
}

const bakeMinutes = (where: string, rules: ShiftingRules): number =>
  requireWhole(`${where}.bakeMinutes`, rules.bakeMinutes ?? 10, 0, 1_440);

const bake = (where: string, rules: ShiftingRules) => ({
  bakeTimeInMinutes: String(bakeMinutes(where, rules)),
});

/** The functions that are asked, and at which stages, in the order of the stages. */
function asked(where: string, { hooks = {} }: ShiftingRules, functions: HookFunctions = {}) {
  const stagesOf = new Map<string, string[]>();
  for (const [stage, word] of Object.entries(stages)) {
    const name = hooks[stage as HookStage];
    if (name === undefined) continue;
    const known = functions[name];
    if (known === undefined)
      throw new Error(
        `${where}.hooks.${stage} is "${name}"; functions are ${Object.keys(functions).join(", ") || "none"}`,
      );
    stagesOf.set(known.arn, [...(stagesOf.get(known.arn) ?? []), word]);
  }
  return stagesOf;
}

function lifecycleHooks(where: string, rules: ShiftingRules, args: DeploymentArgs) {
  const functions = [...asked(where, rules, args.hookFunctions)];
  if (functions.length === 0 || args.roleArn === undefined) return {};
  const { roleArn } = args;
  return {
    lifecycleHooks: functions.map(([hookTargetArn, lifecycleStages]) => ({
      hookTargetArn,
      roleArn,
      lifecycleStages,
    })),
  };
}

/** The tag on rules that names the service whose deployments may change them. */
export const shiftedForTag = "shifted-for";

/**
 * What ECS may do for a service whose requests it shifts: put the service's tasks into its own target groups and take
 * them out, change the weights of its own rules, and ask its own hooks.
 *
 * AWS's own policy for this, `AmazonECSInfrastructureRolePolicyForLoadBalancers`, allows it with every target group,
 * rule and listener of the account. A target group's ARN begins with its name, to which Pulumi adds seven digits; a
 * rule's has nothing of its own in it, hence a tag. Listeners are left out: what is shifted here are rules. Reading
 * knows no resources.
 *
 * Sources: ECS developer guide, "Amazon ECS infrastructure IAM role for load balancers", "Permissions required for
 * Lambda functions in Amazon ECS blue/green deployments"; Service Authorization Reference, "Actions, resources, and
 * condition keys for AWS Elastic Load Balancing V2".
 */
export function deploymentStatements(
  at: Location,
  {
    serviceName,
    rules,
    hookFunctions,
    targetGroupNames,
  }: Pick<DeploymentArgs, "serviceName" | "hookFunctions"> & {
    readonly rules: ShiftingRules;
    /** Without the digits. */
    readonly targetGroupNames: readonly string[];
  },
): Statement[] {
  const functions = [...asked(`deployment of ${serviceName}`, rules, hookFunctions).keys()];
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      Resource: "*",
    },
    {
      Sid: "Targets",
      Effect: "Allow",
      Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
      Resource: targetGroupNames.map(name =>
        arn("elasticloadbalancing", at, `targetgroup/${name}-${"?".repeat(7)}/*`),
      ),
    },
    {
      Sid: "Weights",
      Effect: "Allow",
      Action: "elasticloadbalancing:ModifyRule",
      Resource: arn("elasticloadbalancing", at, "listener-rule/app/*"),
      Condition: { StringEquals: { [`aws:ResourceTag/${shiftedForTag}`]: serviceName } },
    },
    ...(functions.length === 0
      ? []
      : [{ Sid: "Hooks", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functions } as const]),
  ];
}

/** Minutes that tasks may take to start and to become well, or to be taken back, whatever is shifted. */
const usualMinutes = 40;

/** Minutes within which a deployment has ended, one way or the other, or something is wrong with it. */
export function deploymentMinutes(serviceName: string, rules: DeploymentRules): number {
  if (!isShifting(rules)) return usualMinutes;
  const where = `deployment of ${serviceName}`;
  const after = usualMinutes + bakeMinutes(where, rules);
  if (rules.strategy === "blueGreen") return after;
  const { percent, minutes } = share(where, rules);
  return after + (rules.strategy === "canary" ? minutes : Math.ceil(100 / percent) * minutes);
}
