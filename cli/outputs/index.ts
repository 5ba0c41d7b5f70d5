/** What a plan says for other programs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policies/rules";
import type { Plan, PolicyPackConfig } from "../planner";
import { policyPack } from "../project";
import { evidenceCsv } from "./evidence";
import { junitXml } from "./junit";
import { sarifJson } from "./sarif";

export function reports(plan: Plan, config: PolicyPackConfig) {
  return {
    sarifJson: () => sarifJson(plan, rules, packVersion()),
    junitXml: () => junitXml(plan, rules, config),
    evidenceCsv: () => evidenceCsv(plan, rules, config, new Date().toISOString().slice(0, 10)),
  };
}

const packVersion = (): string =>
  (JSON.parse(readFileSync(join(policyPack, "package.json"), "utf8")) as { version: string }).version;
