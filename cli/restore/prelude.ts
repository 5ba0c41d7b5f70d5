const always = ["Name", "GroupName", "ScheduleExpression", "FlexibleTimeWindow", "Target"];
const sometimes = [
  ...["ScheduleExpressionTimezone", "Description", "KmsKeyArn", "StartDate", "EndDate"],
  "ActionAfterCompletion",
];

/** In JMESPath: what UpdateSchedule takes of what GetSchedule answers, without what there is not. */
export const scheduleQuery = `merge(${[
  `{${always.map(key => `${key}: ${key}`).join(", ")}}`,
  ...sometimes.map(key => `${key} && {${key}: ${key}} || \`{}\``),
].join(", ")})`;

/** What all steps of a script share. Functions are kept by name, so that a plan can tell which calls a step makes. */
export const functions: Readonly<Record<string, string>> = {
  say: String.raw`printf '\n== %s\n' "$*"`,
  fail: String.raw`printf 'error: %s\n' "$*" >&2
  exit 1`,
  from: String.raw`printf '+ aws --profile %s %s\n' "$FROM_PROFILE" "$*" >&3
  aws --profile "$FROM_PROFILE" --region "$FROM_REGION" --output json "$@"`,
  to: String.raw`printf '+ aws --profile %s %s\n' "$TO_PROFILE" "$*" >&3
  aws --profile "$TO_PROFILE" --region "$TO_REGION" --output json "$@"`,
  text: `tr -d '"\\n'`,
  // Whatever else is wrong is not taken for something that is not there.
  exists: `local said
  if said="$("$@" 2>&1 >/dev/null)"; then return 0; fi
  if [[ "$said" == *NotFound* || "$said" == *DoesNotExist* ]]; then return 1; fi
  fail "$said"`,
  has: `[[ -s "$STATE/$1" ]]`,
  kept: `cat "$STATE/$1"`,
  keep: `if [[ -z "$2" ]]; then fail "nothing was answered for $1"; fi
  printf '%s' "$2" >"$STATE/$1.unfinished"
  mv "$STATE/$1.unfinished" "$STATE/$1"`,
  // Asks until the answer is among the good or the bad words, which | separates: 0 or 1; 2 where none is given.
  await: `local good="$1" bad="$2" answer
  shift 2
  while true; do
    answer="$("$@" | text)" || return 2
    if [[ "|$good|" == *"|$answer|"* ]]; then return 0; fi
    if [[ "|$bad|" == *"|$answer|"* ]]; then return 1; fi
    sleep "$POLL_SECONDS"
  done`,
  // One attempt has one token, so that a call whose answer was lost starts no second job.
  token: `local attempt=1
  if has "$1.attempt"; then attempt="$(kept "$1.attempt")"; fi
  printf '%s-%s-%s' "$(kept run)" "$1" "$attempt"`,
  try_again: `local attempt=1
  if has "$1.attempt"; then attempt="$(kept "$1.attempt")"; fi
  keep "$1.attempt" "$((attempt + 1))"
  rm -f "$STATE/$1.job"`,
  latest_backup: `local arn
  arn="$(from backup list-recovery-points-by-backup-vault --backup-vault-name "$VAULT" --by-resource-arn "$2" \\
    --query "sort_by(RecoveryPoints[?Status=='COMPLETED'], &CreationDate)[-1].RecoveryPointArn" | text)"
  if [[ -z "$arn" || "$arn" == null ]]; then fail "there is no completed backup of $2 in the vault $VAULT"; fi
  keep "$1.point" "$arn"`,
  start_copy: `if has "$1-copy.job"; then return 0; fi
  local job
  job="$(from backup start-copy-job --recovery-point-arn "$(kept "$1.point")" --source-backup-vault-name "$VAULT" \\
    --destination-backup-vault-arn "$TO_VAULT_ARN" --iam-role-arn "$FROM_ROLE_ARN" \\
    --lifecycle "DeleteAfterDays=$COPY_DAYS" --idempotency-token "$(token "$1-copy")" --query CopyJobId | text)"
  keep "$1-copy.job" "$job"`,
  finish_copy: `local job ended=0
  start_copy "$1"
  job="$(kept "$1-copy.job")"
  await COMPLETED 'FAILED|PARTIAL' from backup describe-copy-job --copy-job-id "$job" --query CopyJob.State || ended=$?
  if [[ "$ended" == 1 ]]; then
    from backup describe-copy-job --copy-job-id "$job" --query CopyJob.StatusMessage >&2 || true
    try_again "$1-copy"
    fail "the copy of $1 failed; run this script again to try it again"
  fi
  if [[ "$ended" != 0 ]]; then fail "AWS does not say how the copy of $1 goes; run this script again"; fi
  keep "$1.copied" "$(from backup describe-copy-job --copy-job-id "$job" --query CopyJob.DestinationRecoveryPointArn | text)"`,
  restore_job: `local job ended=0
  if ! has "$1-restore.job"; then
    job="$(to backup start-restore-job --recovery-point-arn "$(kept "$1.copied")" --iam-role-arn "$TO_ROLE_ARN" \\
      --resource-type "$2" --metadata "$3" --idempotency-token "$(token "$1-restore")" --query RestoreJobId | text)"
    keep "$1-restore.job" "$job"
  fi
  job="$(kept "$1-restore.job")"
  await COMPLETED 'FAILED|ABORTED' to backup describe-restore-job --restore-job-id "$job" --query Status || ended=$?
  if [[ "$ended" == 1 ]]; then
    to backup describe-restore-job --restore-job-id "$job" --query StatusMessage >&2 || true
    try_again "$1-restore"
    fail "the restore of $1 failed; run this script again to try it again"
  fi
  if [[ "$ended" != 0 ]]; then fail "AWS does not say how the restore of $1 goes; run this script again"; fi`,
  // A schedule is replaced as a whole; what AWS adds to it by itself is not taken back.
  set_schedule: `local definition
  definition="$(to scheduler get-schedule --name "$1" --group-name "$1" --query '${scheduleQuery}')"
  to scheduler update-schedule --cli-input-json "$definition" --state "$2" >/dev/null`,
  end_runs: `if exists to stepfunctions describe-state-machine --state-machine-arn "$1"; then
    await 0 '' to stepfunctions list-executions --state-machine-arn "$1" --status-filter RUNNING --max-items 1 \\
      --query 'length(executions)'
  fi`,
  step: `if [[ -e "$STATE/$1.done" ]]; then
    printf '\\n== %s: done before\\n' "$2"
    return 0
  fi
  say "$2"
  "$1"
  : >"$STATE/$1.done"`,
};

/** The calls of the AWS CLI that some bash makes, itself or by the functions above, by the place whose profile it takes. */
export function callsOf(body: string, seen = new Set<string>()): { from: string[]; to: string[] } {
  const found = { from: new Set<string>(), to: new Set<string>() };
  const unspoken = body.replace(/fail "[^"]*"/g, "fail");
  for (const [, place, service, call] of unspoken.matchAll(
    /\b(from|to) ([a-z][a-z0-9-]*) ((?:wait )?[a-z0-9-]+)/g,
  ))
    found[place as "from" | "to"].add(`${service} ${call}`);
  for (const [name, text] of Object.entries(functions)) {
    if (name === "from" || name === "to" || seen.has(name)) continue;
    if (!new RegExp(`(^|[^\\w-])${name} "?[\\w$]`, "m").test(body)) continue;
    const inner = callsOf(text, new Set([...seen, name]));
    for (const call of inner.from) found.from.add(call);
    for (const call of inner.to) found.to.add(call);
  }
  return { from: [...found.from], to: [...found.to] };
}
