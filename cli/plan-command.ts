import { waitingStacksOf } from "../stacks/names";
import { planMarkdown, planText } from "./plan-text";
import { type Plan, type PolicyPackConfig, planStacks, refuseFailures } from "./planner";
import { toJson } from "./planner/json";
import { agreedPolicyConfig, readPolicyConfig } from "./policies/configuration";
import { progress } from "./progress";
import { loadDescription, policyPack, projectName, projectRoot } from "./project";
import { stacksToPlan } from "./pulumi-program";
import { select } from "./selection";
import { writeWhole } from "./write-whole";

interface PlanCommandOptions {
  readonly full?: boolean;
  readonly json?: string;
  readonly markdown?: string;
  readonly sarif?: string;
  readonly junit?: string;
  readonly evidence?: string;
  readonly policyConfig?: string;
}

export async function planCommand(names: string[], options: PlanCommandOptions): Promise<void> {
  const chosen = options.policyConfig === undefined ? undefined : readPolicyConfig(options.policyConfig);
  const zone = loadDescription();
  const policyConfig = chosen ?? agreedPolicyConfig(zone);
  const { asked, needed } = select(zone, names);
  const show = progress(needed.length);
  const all = await planStacks(stacksToPlan(zone, needed), {
    project: projectName,
    root: projectRoot,
    policyPack,
    policyConfig,
    places: options.sarif !== undefined,
    ...show.hooks,
  }).finally(show.end);

  const wanted = new Set(asked.map(stack => stack.name));
  const plan: Plan = { ...all, stacks: all.stacks.filter(stack => wanted.has(stack.name)) };
  if (options.markdown !== undefined) writeWhole(options.markdown, planMarkdown(plan, asked));
  writeReports(plan, options, policyConfig);
  if (options.json === "-") process.stdout.write(toJson(plan));
  else {
    if (options.json !== undefined) writeWhole(options.json, toJson(plan));
    console.log(
      planText(plan, {
        zone,
        stacks: asked,
        waiting: names.length === 0 ? waitingStacksOf(zone) : [],
        full: options.full === true,
      }),
    );
  }
  refuseFailures(plan);
  if (plan.stacks.some(stack => stack.violations.some(({ level }) => level === "mandatory")))
    process.exitCode = 1;
}

/** What other programs read: loaded only where someone asks for it. */
function writeReports(
  plan: Plan,
  { sarif, junit, evidence }: PlanCommandOptions,
  policyConfig: PolicyPackConfig,
): void {
  if (sarif === undefined && junit === undefined && evidence === undefined) return;
  const { reports } = require("./outputs") as typeof import("./outputs");
  const { sarifJson, junitXml, evidenceCsv } = reports(plan, policyConfig);
  if (sarif !== undefined) writeWhole(sarif, sarifJson());
  if (junit !== undefined) writeWhole(junit, junitXml());
  if (evidence !== undefined) writeWhole(evidence, evidenceCsv());
}
