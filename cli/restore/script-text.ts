/** The plan as a script of bash: a function a step, each done once, however often the script is run. */
import { createHash } from "node:crypto";
import { arn, iamArn } from "../../components/location";
import { backupRole, backupVault } from "../../stacks/platform-names";
import type { RestorePlan } from "./plan";
import { functions } from "./prelude";
import { quoted } from "./step";

export function scriptText({ request, steps, copyDays, afterwards }: RestorePlan): string {
  const { product, from, to } = request;
  const name = `${product.name}-${from.environment}-to-${to.environment}`;
  const settings: readonly (readonly [name: string, value: string])[] = [
    ["FROM_ACCOUNT", from.accountId],
    ["FROM_REGION", from.region],
    ["FROM_ROLE_ARN", iamArn(from.accountId, `role/${backupRole}`)],
    ["TO_ACCOUNT", to.accountId],
    ["TO_REGION", to.region],
    ["TO_ROLE_ARN", iamArn(to.accountId, `role/${backupRole}`)],
    ["TO_VAULT_ARN", arn("backup", to.where.at, `backup-vault:${backupVault}`)],
    ["VAULT", backupVault],
    ["COPY_DAYS", String(copyDays)],
  ];
  const written = [
    ...Object.entries(functions).map(([called, text]) => `${called}() {\n  ${text}\n}`),
    ...steps.map(step => `${step.name}() {\n${indented(step.body)}\n}`),
  ].join("\n\n");
  const run = steps.map(step => `step ${step.name} ${quoted(step.title)}`).join("\n");
  // What was done by another plan says nothing of this one.
  const mark = createHash("sha256")
    .update(JSON.stringify(settings) + written + run)
    .digest("hex")
    .slice(0, 8);
  return `#!/usr/bin/env bash
# Restores the latest backups that ${from.environment} has of ${product.name} into ${to.environment}, and REPLACES what ${to.environment} has.
# Written by \`lz restore\`. It says each call of the AWS CLI (version 2) before it makes it.
#
# A step is done once: after a failure, run the script again, and it goes on where it stopped. What it has done is kept
# in $STATE; take that folder away to begin anew.
#
# Profiles of the AWS CLI, each of which takes a role:
#   ${from.profile}: ${from.roleArn}
#   ${to.profile}: ${to.roleArn}
set -euo pipefail

readonly FROM_PROFILE="\${FROM_PROFILE:-${from.profile}}"
readonly TO_PROFILE="\${TO_PROFILE:-${to.profile}}"
readonly STATE="\${STATE:-.lz-restore/${name}-${mark}}"
readonly POLL_SECONDS="\${POLL_SECONDS:-30}"
${settings.map(([key, value]) => `readonly ${key}=${quoted(value)}`).join("\n")}
export AWS_PAGER=""
exec 3>&2

${written}

mkdir -p "$STATE"
if ! has run; then keep run "$(date -u +%Y%m%dT%H%M%SZ)"; fi

${run}

mv "$STATE" "$STATE-done-$(kept run)"
say ${quoted(`${product.name} is restored; what is left to do:`)}
${afterwards.map(line => `printf '%s\\n' ${quoted(line.replace(/\s+/g, " "))}`).join("\n")}
`;
}

const indented = (body: string): string =>
  body
    .split("\n")
    .map(line => (line === "" ? "" : `  ${line}`))
    .join("\n");
