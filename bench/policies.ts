/** What the policies cost: evaluations a second on one core, and their share of a plan. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { plainTable } from "../cli/table";
import type { Measured } from "./measure-size";

export interface Evaluated {
  readonly rules: number;
  readonly resources: number;
  readonly evaluations: number;
  readonly ms: number;
}

const own = (file: string, ...given: string[]): string =>
  spawnSync(process.execPath, ["--import", "tsx", resolve(__dirname, file), ...given], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).stdout.trim();

export function policies(): string {
  const { rules, resources, evaluations, ms } = JSON.parse(own("measure-policies.ts")) as Evaluated;
  const [withThem, without] = (["with", "without"] as const).map(
    which => JSON.parse(own("measure-size.ts", "5000", which)) as Measured,
  );
  const share = withThem && without ? 1 - without.planMs / withThem.planMs : 0;
  return plainTable(
    ["Rules", "Resources", "Evaluations", "a second", "Plan with them", "without", "Share"],
    [
      [
        rules,
        resources,
        evaluations,
        Math.round((evaluations / ms) * 1000),
        `${((withThem?.planMs ?? 0) / 1000).toFixed(1)} s`,
        `${((without?.planMs ?? 0) / 1000).toFixed(1)} s`,
        `${Math.round(share * 100)} %`,
      ],
    ],
  );
}
