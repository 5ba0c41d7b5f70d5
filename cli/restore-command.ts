import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { AwsOptions } from "./aws-cli";
import { UsageError } from "./failures";
import { toJson } from "./planner/json";
import { loadDescription } from "./project";
import { describedDrill, drillSteps, drillText } from "./restore/drill";
import { showEvidence, startDrill } from "./restore/drill-runs";
import { restorePlan } from "./restore/plan";
import { planText } from "./restore/plan-text";
import { type RestoreOptions, restoreRequest } from "./restore/request";
import { scriptText } from "./restore/script-text";

export interface RestoreCommandOptions extends Omit<RestoreOptions, "from" | "to">, AwsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly script?: string;
  readonly json?: boolean;
  readonly drill?: boolean;
  readonly run?: boolean;
  readonly wait?: boolean;
  readonly evidence?: boolean;
}

export async function restoreCommand(product: string, options: RestoreCommandOptions): Promise<void> {
  if (options.drill === true) {
    await drillCommand(product, options);
    return;
  }
  const { from, to } = options;
  for (const option of ["run", "wait", "evidence", "profile", "dryRun"] as const)
    if (options[option] !== undefined)
      throw new UsageError(
        `--${option === "dryRun" ? "dry-run" : option} is for drills; say --drill, too: without it this command asks AWS nothing`,
      );
  if (from === undefined) throw new UsageError("required option '--from <environment>' not specified");
  if (to === undefined) throw new UsageError("required option '--to <environment>' not specified");
  const plan = restorePlan(restoreRequest(loadDescription(), product, { ...options, from, to }));
  if (options.script !== undefined) writeScript(options.script, scriptText(plan));
  if (options.json === true) {
    const { request, things, steps, copyDays, afterwards } = plan;
    const place = ({ environment, account, accountId, region, roleArn }: typeof request.from) => ({
      environment,
      account,
      accountId,
      region,
      roleArn,
    });
    console.log(
      toJson({
        product: request.product.name,
        from: place(request.from),
        to: place(request.to),
        mask: request.mask ?? null,
        withoutMasking: request.withoutMasking ?? null,
        things,
        steps: steps.map(({ name, title, calls }) => ({ name, title, calls })),
        copyDays,
        afterwards,
      }).trimEnd(),
    );
    return;
  }
  console.log(planText(plan));
  if (options.script !== undefined) console.log(`Written to ${options.script}; read it before you run it.`);
}

/** @throws {UsageError} for options that the description's `restoreDrill` has decided. */
async function drillCommand(product: string, options: RestoreCommandOptions): Promise<void> {
  const decided = ["from", "to", "mask", "withoutMasking", "only", "script"] as const;
  for (const option of decided)
    if (options[option] !== undefined)
      throw new UsageError(
        `--${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} has no effect on a drill; products.${product}.restoreDrill says it`,
      );
  if (options.run === true && options.evidence === true)
    throw new UsageError("--run and --evidence exclude each other");
  if (options.wait === true && options.run !== true)
    throw new UsageError("--wait is for a drill that --run starts; say --run, too");
  const zone = loadDescription();
  const drill = describedDrill(zone, product);
  if (options.run === true) await startDrill(zone, drill, options);
  else if (options.evidence === true) showEvidence(zone, drill, options);
  else if (options.json === true) console.log(toJson({ ...drill.args, steps: drillSteps(drill) }).trimEnd());
  else console.log(drillText(drill));
}

/** All of it or nothing. @throws {UsageError} where it can not be written. */
function writeScript(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  try {
    writeFileSync(unfinished, text);
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new UsageError(`${file} can not be written: ${(error as Error).message}`, { cause: error });
  }
}
