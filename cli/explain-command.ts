import pc from "picocolors";
import { deploymentMinutes } from "../components/compute/service-deployment";
import { type EnvironmentName, inForce, type LandingZone } from "../stacks/description";
import { accountOf } from "../stacks/description/product-places";
import { waitingStacksOf } from "../stacks/names";
import { type DescribedWorkload, describedWorkload, environmentIn } from "./explain/described-workload";
import { type Call, type PlannedWorkload, plannedWorkload } from "./explain/planned-workload";
import { type Setting, settingsOf } from "./explain/settings";
import { unitOf, valueText } from "./explain/shown";
import { planStacks } from "./planner";
import { toJson } from "./planner/json";
import { progress } from "./progress";
import { loadDescription, projectName, projectRoot } from "./project";
import { WrittenDescription } from "./promote/written";
import { stacksToPlan } from "./pulumi-program";
import { select } from "./selection";
import { plainTable } from "./table";

const singular = { services: "service", jobs: "job", functions: "function" } as const;

/** Settings in force, where each is said, and what a plan makes of them. */
export async function explainCommand(
  productName: string,
  workloadName: string,
  options: { readonly env: string; readonly json?: boolean },
): Promise<void> {
  const zone = loadDescription("unasked");
  const asked = describedWorkload(zone, productName, workloadName);
  const environment = environmentIn(asked.product, "--env", options.env);
  const { product, workload } = asked;
  const settings = settingsOf(zone, asked, environment, new WrittenDescription());
  const account = accountOf(zone, product, environment);
  const place = {
    product: product.name,
    [singular[workload.group]]: workload.name,
    environment,
    stack: `${product.name}-service-${environment}`,
    account,
    accountId: zone.organization.ids.accounts[account] ?? null,
    region: zone.environments[environment].region,
  };
  const follows = await followsOf(zone, asked, environment);
  if (options.json === true)
    return console.log(
      toJson({
        ...place,
        settings: settings.map(its => ({ ...its, unit: unitOf(its.setting) ?? null })),
        ...(typeof follows === "string" ? { follows: null, because: follows } : { follows }),
      }).trimEnd(),
    );
  console.log(
    [
      `${pc.bold(`${product.name} ${workload.name}`)}, a ${singular[workload.group]}, in ${environment}: account ${account} (${place.accountId ?? "which has no number yet"}), ${place.region}, stack ${place.stack}`,
      "",
      settingsText(settings),
      "",
      typeof follows === "string" ? follows : followsText(follows),
    ].join("\n"),
  );
}

interface Follows extends PlannedWorkload {
  /** After so many a deployment that has not ended has failed. */
  readonly deploymentMinutes: number | null;
}

/** @returns why the stack is not planned, where an account is not far enough in its life. */
async function followsOf(
  zone: LandingZone,
  { product, workload }: DescribedWorkload,
  environment: EnvironmentName,
): Promise<Follows | string> {
  const name = `${product.name}-service-${environment}`;
  const waiting = waitingStacksOf(zone).find(stack => stack.name === name);
  if (waiting !== undefined) return `Nothing of it is planned: ${waiting.because}`;
  const { needed } = select(zone, [name]);
  const show = progress(needed.length);
  const { stacks } = await planStacks(stacksToPlan(zone, needed), {
    project: projectName,
    root: projectRoot,
    ids: "made-up",
    ...show.hooks,
  }).finally(show.end);
  const plan = stacks.find(stack => stack.name === name);
  const planned =
    plan &&
    plannedWorkload(
      plan,
      stacks.filter(stack => stack !== plan),
      workload.name,
    );
  if (planned === undefined) return `The stack ${name} makes nothing for it`;
  return {
    ...planned,
    deploymentMinutes:
      workload.group === "services"
        ? deploymentMinutes(
            `${product.name}-${workload.name}`,
            inForce(zone, product, "services", workload.name, environment).words.deployment,
          )
        : null,
  };
}

const settingsText = (settings: readonly Setting[]): string =>
  plainTable(
    ["Setting", "Value", "Said by", "Where"],
    settings.map(({ setting, value, source, place }) => [
      setting,
      valueText(setting, value),
      source,
      place?.replace("stacks/landing-zone/", "") ?? "",
    ]),
  );

function followsText(follows: Follows): string {
  const rows = [
    ["cluster", follows.cluster ?? ""],
    ...follows.runsAs.map(({ what, name }) => [what, name]),
    ...follows.containers.map(({ name, image }) => [`container ${name}`, image]),
    ...follows.roles.map(role => ["role", role]),
    ...follows.logGroups.map(group => ["log group", group]),
    ...follows.calledBy.map(call => ["called by", callText(call)]),
    ...follows.starts.map(start => ["started by", start]),
    ...(follows.alarms.length === 0 ? [] : [["alarms", `${follows.alarms.length}; --json names them`]]),
    ["resources", String(follows.resources)],
  ].filter(([, value]) => value !== "");
  const { deployment, deploymentMinutes: minutes } = follows;
  return [
    plainTable(["What follows", ""], rows as string[][]),
    ...(deployment.length === 0
      ? []
      : [
          "",
          pc.bold("A new release"),
          ...deployment.map((step, index) => `${String(index + 1).padStart(3)}. ${step}`),
          ...(minutes === null ? [] : [`It has failed where it has not ended within ${minutes} min.`]),
        ]),
  ].join("\n");
}

function callText({ loadBalancer, port, priority, conditions, names }: Call): string {
  const rule = priority === null ? "everything" : `rule ${priority}: ${conditions.join(" and ")}`;
  const where = names.map(name => `https://${name}${port === 443 || port === null ? "" : `:${port}`}`);
  return [loadBalancer ?? "a load balancer", rule, where.join(", ")].filter(Boolean).join("; ");
}
