/**
 * `npm run bench [-- SIZE...]`: what a plan costs at 1,500, 5,000 and 15,000 resources, with and without policies.
 * Each measurement is a process of its own, from its start to its end, so that none is warmed up by the one before.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { plainTable } from "../cli/table";
import type { Measured } from "./measure";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_500, 5_000, 15_000];

const rows = sizes.flatMap(size =>
  ["without", "with"].map(policies => {
    const started = performance.now();
    const { stdout, status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", join(__dirname, "measure.ts"), String(size), policies],
      { encoding: "utf8" },
    );
    const seconds = (performance.now() - started) / 1000;
    if (status !== 0)
      throw new Error(`the measurement of ${size} resources ${policies} policies failed: ${stderr}`);
    const { resources, stacks, megabytes, planMs } = JSON.parse(stdout) as Measured;
    console.error(`measured ${resources.toLocaleString("en")} resources ${policies} policies`);
    return [
      resources,
      stacks,
      policies,
      seconds.toFixed(1),
      (planMs / 1000).toFixed(1),
      (planMs / resources).toFixed(2),
      Math.round(megabytes),
    ];
  }),
);
console.log(
  plainTable(
    ["Resources", "Stacks", "Policies", "Seconds", "of them planning", "ms a resource", "MB at most"],
    rows,
  ),
);
