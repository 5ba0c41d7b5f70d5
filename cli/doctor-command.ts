import { spawnSync } from "node:child_process";
import pc from "picocolors";
import type { LandingZone } from "../stacks/description";
import { stacksOf } from "../stacks/names";
import type { Aws } from "./doctor/aws";
import { type Check, checksOf, type Verdict } from "./doctor/check";
import type { Run } from "./doctor/machine";
import { loadDescription, projectRoot } from "./project";
import { type Selection, select } from "./selection";

export interface DoctorOptions {
  readonly profile?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** Looks at all that deploying takes before anything is created. Changes nothing. */
export async function doctorCommand(names: string[], options: DoctorOptions): Promise<void> {
  const zone = loadDescription();
  const checks = await examined(zone, select(zone, names), {
    run: runHere,
    whole: names.length === 0,
    ...(options.offline === true ? {} : { aws: awsFor(zone, options.profile) }),
  });
  if (options.json === true) console.log(JSON.stringify({ checks }, null, 2));
  else console.log(reportOf(checks));
  if (checks.some(({ verdict }) => verdict === "fail")) process.exitCode = 1;
}

function awsFor(zone: LandingZone, profile: string | undefined): Aws {
  const { awsOf } = require("./doctor/aws") as typeof import("./doctor/aws");
  return awsOf({ region: zone.organization.region, ...(profile === undefined ? {} : { profile }) });
}

export interface Examination {
  readonly run: Run;
  /** Absent: AWS is not asked. */
  readonly aws?: Aws;
  /** All stacks are asked for. */
  readonly whole: boolean;
  /** Default: this one's. */
  readonly node?: string;
}

export async function examined(
  zone: LandingZone,
  { asked, needed }: Selection,
  { run, aws, whole, node }: Examination,
): Promise<Check[]> {
  const { machineChecks } = require("./doctor/machine") as typeof import("./doctor/machine");
  const { backendChecks, bootstrapCheck } = require("./doctor/backend") as typeof import("./doctor/backend");
  const { callerCheck, roleChecks, rolesOf } = require("./doctor/access") as typeof import("./doctor/access");
  const { offlineQuotaChecks, quotaChecks, quotaNeeds } =
    require("./doctor/quota-checks") as typeof import("./doctor/quota-checks");
  const { offlinePlan } = require("./bootstrap/offline-plan") as typeof import("./bootstrap/offline-plan");
  const { needsOf } = require("./bootstrap/needs") as typeof import("./bootstrap/needs");
  const { templateOf } = require("./bootstrap/template") as typeof import("./bootstrap/template");

  const { stacks } = await offlinePlan(zone, needed);
  const names = new Set(asked.map(({ name }) => name));
  const resources = stacks.filter(({ name }) => names.has(name)).flatMap(stack => stack.resources);
  const needs = quotaNeeds(zone, resources);
  const here = [
    ...machineChecks(projectRoot, run, node),
    checksOf("description").ok(
      `${stacksOf(zone).length} stacks, of which ${asked.length} are asked for; every program runs`,
    ),
    policyCheck(zone),
  ];
  if (aws === undefined)
    return [
      ...here,
      checksOf("credentials").unknown("not asked"),
      ...(await backendChecks(zone, run, undefined)),
      ...rolesOf(resources).taken.map(arn => checksOf("roles").unknown(arn)),
      ...offlineQuotaChecks(needs),
    ];
  const caller = await callerCheck(zone, aws);
  // Who is nobody, or elsewhere, is told that once, and not with every role.
  if (caller.verdict === "fail") return [...here, caller];
  const { checks: roles, sessions } = await roleChecks(zone, rolesOf(resources), aws);
  return [
    ...here,
    caller,
    ...(await backendChecks(zone, run, aws)),
    ...(whole ? [await bootstrapCheck(JSON.stringify(templateOf(zone, needsOf(zone, stacks))), aws)] : []),
    ...roles,
    ...(await quotaChecks(zone, needs, sessions, aws)),
  ];
}

function policyCheck(zone: LandingZone): Check {
  const { agreedPolicyConfig } =
    require("./policies/configuration") as typeof import("./policies/configuration");
  const { ok, fail } = checksOf("description");
  try {
    agreedPolicyConfig(zone);
    return ok("policies/config.json agrees with it");
  } catch (error) {
    return fail((error as Error).message, "`lz policies --config` writes it anew");
  }
}

const runHere: Run = (program, words) => {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd: projectRoot,
    encoding: "utf8",
    timeout: 30_000,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return "missing";
  if (error !== undefined) return error;
  return status === 0 ? stdout : new Error(stderr.trim().split("\n")[0] ?? `it ended with ${status}`);
};

const words: Readonly<Record<Verdict, string>> = {
  ok: pc.green("ok  "),
  warn: pc.yellow("warn"),
  fail: pc.red("FAIL"),
  unknown: pc.dim("-   "),
};

const minors = (checks: readonly Check[]): string[] => {
  const [first] = checks;
  return first === undefined
    ? []
    : [`  ${words[first.verdict]} ${checks.length} more, each less than half used; --json has them`];
};

/** A group after the other, a line a check, and below it what to do. */
export function reportOf(checks: readonly Check[]): string {
  const groups = [...new Set(checks.map(({ group }) => group))];
  const count = (verdict: Verdict) => checks.filter(its => its.verdict === verdict).length;
  return [
    ...groups.flatMap(group => [
      pc.bold(group),
      ...checks
        .filter(its => its.group === group && its.minor !== true)
        .flatMap(({ verdict, found, next }) => [
          `  ${words[verdict]} ${found}`,
          ...(next === undefined ? [] : [`       → ${next}`]),
        ]),
      ...minors(checks.filter(its => its.group === group && its.minor === true)),
      "",
    ]),
    `${count("ok")} ok, ${count("warn")} warnings, ${count("fail")} failed, ${count("unknown")} not asked`,
  ].join("\n");
}
