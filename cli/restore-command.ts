import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { UsageError } from "./failures";
import { toJson } from "./planner/json";
import { loadDescription } from "./project";
import { restorePlan } from "./restore/plan";
import { planText } from "./restore/plan-text";
import { type RestoreOptions, restoreRequest } from "./restore/request";
import { scriptText } from "./restore/script-text";

export interface RestoreCommandOptions extends RestoreOptions {
  readonly script?: string;
  readonly json?: boolean;
}

export function restoreCommand(product: string, options: RestoreCommandOptions): void {
  const plan = restorePlan(restoreRequest(loadDescription(), product, options));
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
