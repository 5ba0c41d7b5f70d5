import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { restorePlan } from "../../cli/restore/plan";
import { scheduleQuery } from "../../cli/restore/prelude";
import { type RestoreOptions, restoreRequest } from "../../cli/restore/request";
import { scriptText } from "../../cli/restore/script-text";
import {
  bucket,
  type LandingZone,
  type Product,
  queue,
  type Resource,
  table,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";

/**
 * An AWS CLI that writes down what it is called with and answers as AWS does: a job runs before it ends, a table or
 * database is there until it is deleted or renamed. A file `fail-<what>` makes the next such call fail.
 */
const stub = String.raw`#!/usr/bin/env bash
set -euo pipefail
profile="$2" region="$4"; shift 6
printf '%s %s %s\n' "$profile" "$region" "$*" >>"$WORLD/calls"
call="$1 $2"; all=" $* "
if [[ -e "$WORLD/fail-$2" ]]; then rm "$WORLD/fail-$2"; echo 'An error occurred (ThrottlingException)' >&2; exit 254; fi
word() { local found="\${all#* $1 }"; printf '%s' "\${found%% *}"; }
answer() { if [[ -s "$WORLD/$1" ]]; then cat "$WORLD/$1"; else printf '%s\n' "$2"; fi; }
# First RUNNING, then how it ends.
job() { if [[ -e "$WORLD/asked-$1" ]]; then answer "$2" '"COMPLETED"'; else touch "$WORLD/asked-$1"; echo '"RUNNING"'; fi; }
# How many are left, each time one less.
left() { local many; many="$(answer "$1" 0)"; echo "$many"; if ((many > 0)); then printf '%s' "$((many - 1))" >"$WORLD/$1"; fi; }
there() { [[ -e "$WORLD/$1" ]] || { echo 'An error occurred (ResourceNotFound)' >&2; exit 254; }; }
case "$call" in
  'sts get-caller-identity') if [[ "$profile" == *prod* ]]; then echo '"123456789012"'; else answer to-account '"999900001111"'; fi ;;
  'backup describe-region-settings') answer settings true ;;
  'kms describe-key') echo '"arn:aws:kms:eu-central-1:999900001111:key/here"' ;;
  'backup list-recovery-points-by-backup-vault') answer point '"arn:aws:backup:eu-central-1:123456789012:recovery-point:there"' ;;
  'backup start-copy-job') printf '"copy-%s"\n' "$(word --idempotency-token)" ;;
  'backup describe-copy-job') case "$all" in
    *CopyJob.State\ *) job "$(word --copy-job-id)" copy-state ;;
    *StatusMessage*) echo '"the key says no"' ;;
    *) printf '"arn:copied:%s"\n' "$(word --copy-job-id)" ;; esac ;;
  'backup start-restore-job')
    if [[ "$all" == *DynamoDB* ]]; then touch "$WORLD/table"; fi
    printf '"restore-%s"\n' "$(word --idempotency-token)" ;;
  'backup describe-restore-job') if [[ "$all" == *StatusMessage* ]]; then echo '"no"'; else job "$(word --restore-job-id)" restore-state; fi ;;
  'dynamodb describe-table') case "$profile $all" in
    *prod*) echo 12 ;;
    *) there table; answer table-key '"arn:aws:kms:eu-central-1:999900001111:key/here"' ;; esac ;;
  'dynamodb delete-table') rm "$WORLD/table" ;;
  'dynamodb update-table') rm "$WORLD/table-key" ;;
  'dynamodb scan') answer scanned 1 ;;
  's3api list-objects-v2') if [[ "$profile" == *prod* ]]; then echo 1; else answer listed 1; fi ;;
  'ecs describe-services')
    if [[ -e "$WORLD/no-cluster" ]]; then echo 'An error occurred (ClusterNotFoundException)' >&2; exit 254; fi
    answer desired 3 ;;
  'ecs describe-clusters') if [[ -e "$WORLD/no-cluster" ]]; then echo null; else echo '"ACTIVE"'; fi ;;
  'ecs list-service-deployments') left deployments ;;
  'ecs list-tasks') printf '[\n  "arn:task/1",\n  "arn:task/2"\n]\n' ;;
  'application-autoscaling describe-scalable-targets') answer suspended '{"DynamicScalingInSuspended": false, "ScheduledScalingSuspended": true}' ;;
  'scheduler get-schedule') there "schedule-$(word --name)"; case "$all" in
    *' State '*) printf '"%s"\n' "$(cat "$WORLD/schedule-$(word --name)")" ;;
    *) printf '{"Name": "%s", "Target": {"Input": "{}"}}\n' "$(word --name)" ;; esac ;;
  'scheduler update-schedule')
    name="\${all#*\"Name\": \"}"
    printf '%s' "$(word --state)" >"$WORLD/schedule-\${name%%\"*}" ;;
  'events describe-rule') there "rule-$(word --name)"; printf '"%s"\n' "$(cat "$WORLD/rule-$(word --name)")" ;;
  'events disable-rule') printf DISABLED >"$WORLD/rule-$(word --name)" ;;
  'events enable-rule') printf ENABLED >"$WORLD/rule-$(word --name)" ;;
  'stepfunctions describe-state-machine') if [[ -e "$WORLD/no-machines" ]]; then echo 'An error occurred (StateMachineDoesNotExist)' >&2; exit 254; fi ;;
  'stepfunctions list-executions') left runs ;;
  'stepfunctions start-execution') touch "$WORLD/run-$(word --name)" ;;
  'stepfunctions describe-execution')
    run="$(word --execution-arn)"
    if [[ ! -e "$WORLD/run-\${run##*:}" ]]; then echo 'An error occurred (ExecutionDoesNotExist)' >&2; exit 254; fi
    case "$all" in
      *' status '*) if [[ -e "$WORLD/asked-$run" ]]; then answer run-state '"SUCCEEDED"'; else touch "$WORLD/asked-$run"; echo '"RUNNING"'; fi ;;
      *' output '*) answer output '"{\"skipped\":false}"' ;;
      *error*) echo '["States.TaskFailed", "exit code 1"]' ;; esac ;;
  'lambda get-function-configuration') if [[ -e "$WORLD/no-function" ]]; then echo 'An error occurred (ResourceNotFoundException)' >&2; exit 254; fi; answer timeout 0 ;;
  'lambda get-function-concurrency') answer concurrency '"none"' ;;
  'lambda put-function-concurrency') printf '%s' "$(word --reserved-concurrent-executions)" >"$WORLD/concurrency" ;;
  'lambda delete-function-concurrency') rm -f "$WORLD/concurrency" ;;
  'lambda list-event-source-mappings') answer sources '"uuid-1 uuid-2"' ;;
  'lambda update-event-source-mapping') printf '"%s"' "$([[ "$all" == *--no-enabled* ]] && echo Disabled || echo Enabled)" >"$WORLD/mapping" ;;
  'lambda get-event-source-mapping') if [[ -e "$WORLD/asked-mapping" ]]; then cat "$WORLD/mapping"; else touch "$WORLD/asked-mapping"; echo '"Disabling"'; fi ;;
  'rds describe-db-clusters') there "cluster-$(word --db-cluster-identifier)"; case "$all" in
    *DBClusterMembers*) printf '[\n  "parcels-books-1",\n  "parcels-books-2"\n]\n' ;;
    *KmsKeyId*) echo '"arn:aws:kms:eu-central-1:999900001111:key/here"' ;;
    *ServerlessV2*) echo '{"MinCapacity": 0.5, "MaxCapacity": 2}' ;;
    *Status*) echo '"available"' ;;
    *) echo '"something"' ;; esac ;;
  'rds restore-db-cluster-from-snapshot') touch "$WORLD/cluster-$(word --db-cluster-identifier)" ;;
  'rds modify-db-cluster') if [[ "$all" == *--new-db* ]]; then mv "$WORLD/cluster-$(word --db-cluster-identifier)" "$WORLD/cluster-$(word --new-db-cluster-identifier)"; fi ;;
  'rds delete-db-cluster') rm "$WORLD/cluster-$(word --db-cluster-identifier)" ;;
  'rds describe-db-instances') there "instance-$(word --db-instance-identifier)"; case "$all" in
    *KmsKeyId*) echo '"arn:aws:kms:eu-central-1:999900001111:key/here"' ;;
    *DBInstanceStatus*) echo '"available"' ;;
    *) echo '"db.t4g.medium"' ;; esac ;;
  'rds create-db-instance' | 'rds restore-db-instance-from-db-snapshot') touch "$WORLD/instance-$(word --db-instance-identifier)" ;;
  'rds modify-db-instance') if [[ "$all" == *--new-db* ]]; then mv "$WORLD/instance-$(word --db-instance-identifier)" "$WORLD/instance-$(word --new-db-instance-identifier)"; fi ;;
  'rds delete-db-instance') rm "$WORLD/instance-$(word --db-instance-identifier)" ;;
  'rds describe-db-snapshots') there "snapshot-$(word --db-snapshot-identifier)" ;;
  'rds copy-db-snapshot') touch "$WORLD/snapshot-$(word --target-db-snapshot-identifier)" ;;
  'rds delete-db-snapshot') rm "$WORLD/snapshot-$(word --db-snapshot-identifier)" ;;
  'efs describe-file-systems') echo '"fs-1"' ;;
esac
`.replaceAll("\\${", "${");

const service = { release: "1.0.0" };
const rate = "rate(1 day)";
const kept = (kind: string): Resource => ({ kind, args: {}, offers: [] }) as unknown as Resource;

const zoneOf = (data: Product["data"]): LandingZone => ({
  ...example,
  products: [
    {
      name: "parcels",
      team: "logistics",
      costCentre: "cc-2006",
      dataClass: "restricted",
      accounts: { dev: "payments-dev", int: "payments-int", prod: "payments-prod" },
      data,
      services: { api: service },
      jobs: {
        mask: { ...service, schedule: rate },
        close: { ...service, schedule: rate },
        import: { ...service, on: bucket().put() },
      },
      functions: { verify: { release: "1.0.0", schedule: rate, on: bucket().put(), from: queue() } },
    },
  ],
});

describe("the script of a restore", function () {
  this.timeout(60_000);
  let folder: string;
  let world: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landing-zone-"));
    world = join(folder, "world");
    assert.equal(spawnSync("mkdir", [world, join(folder, "bin")]).status, 0);
    writeFileSync(join(folder, "bin/aws"), stub, { mode: 0o755 });
    is("table");
    for (const [name, state] of Object.entries({ mask: "ENABLED", close: "DISABLED", verify: "ENABLED" }))
      is(`schedule-parcels-${name}`, state);
    for (const name of ["import", "verify"]) is(`rule-parcels-${name}`, "ENABLED");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Something that is so in the stub's AWS. */
  const is = (what: string, value = "") => writeFileSync(join(world, what), value);
  const was = (what: string) => existsSync(join(world, what));
  const calls = (): string[] =>
    existsSync(join(world, "calls"))
      ? readFileSync(join(world, "calls"), "utf8")
          .split("\n")
          .filter(line => line !== "")
      : [];
  const called = (part: string | RegExp): string[] =>
    calls().filter(line => (typeof part === "string" ? line.includes(part) : part.test(line)));
  const ledger = { ledger: table({ partitionKey: "id" }) };

  const write = (data: Product["data"], options: Partial<RestoreOptions> = { mask: "mask" }) =>
    writeFileSync(
      join(folder, "restore.sh"),
      scriptText(
        restorePlan(restoreRequest(zoneOf(data), "parcels", { from: "prod", to: "int", ...options })),
      ),
    );
  const run = () => {
    const { status, stdout, stderr } = spawnSync("bash", ["restore.sh"], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
        WORLD: world,
        POLL_SECONDS: "0",
      },
    });
    return { status, stdout, stderr };
  };
  const runs = () => {
    const { status, stderr } = run();
    assert.equal(status, 0, stderr);
  };
  /** What of it is in the order that it must be in: each after the one before. */
  const inOrder = (...parts: string[]) => {
    const all = calls();
    let from = 0;
    for (const part of parts) {
      const found = all.findIndex((line, index) => index >= from && line.includes(part));
      assert.notEqual(found, -1, `${part} after line ${from} of\n${all.join("\n")}`);
      from = found + 1;
    }
  };

  it("stops, copies, restores, masks, verifies and starts, in that order", () => {
    write({ ...ledger, files: bucket() });
    runs();
    inOrder(
      "sts get-caller-identity",
      "backup list-recovery-points-by-backup-vault --backup-vault-name landing-zone --by-resource-arn arn:aws:dynamodb:eu-central-1:123456789012:table/parcels-ledger ",
      "backup list-recovery-points-by-backup-vault --backup-vault-name landing-zone --by-resource-arn arn:aws:s3:::parcels-files-123456789012-eu-central-1 ",
      "scheduler update-schedule --cli-input-json",
      "scheduler update-schedule --cli-input-json",
      "events disable-rule --name parcels-import",
      "scheduler update-schedule --cli-input-json",
      "events disable-rule --name parcels-verify",
      "lambda update-event-source-mapping --uuid uuid-1 --no-enabled",
      "lambda update-event-source-mapping --uuid uuid-2 --no-enabled",
      "stepfunctions list-executions --state-machine-arn arn:aws:states:eu-central-1:999900001111:stateMachine:parcels-mask --status-filter RUNNING",
      "stateMachine:parcels-close --status-filter RUNNING",
      "stateMachine:parcels-import --status-filter RUNNING",
      "ecs list-service-deployments --cluster parcels --service parcels-api --status PENDING IN_PROGRESS",
      "DynamicScalingInSuspended=true,DynamicScalingOutSuspended=true,ScheduledScalingSuspended=true",
      "ecs update-service --cluster parcels --service parcels-api --desired-count 0",
      "lambda put-function-concurrency --function-name parcels-verify --reserved-concurrent-executions 0",
      "stateMachine:parcels-mask --status-filter RUNNING",
      "ecs stop-task --cluster parcels --task arn:task/1",
      "ecs stop-task --cluster parcels --task arn:task/2",
      "backup start-copy-job",
      "backup start-copy-job",
      "backup describe-copy-job",
      "dynamodb delete-table --table-name parcels-ledger",
      "backup start-restore-job",
      "s3 rm s3://parcels-files-999900001111-eu-central-1 --recursive",
      "backup start-restore-job",
      "stepfunctions start-execution --state-machine-arn arn:aws:states:eu-central-1:999900001111:stateMachine:parcels-mask --name",
      "dynamodb scan --table-name parcels-ledger",
      "lambda delete-function-concurrency --function-name parcels-verify",
      "ecs update-service --cluster parcels --service parcels-api --desired-count 3",
      '--suspended-state {"DynamicScalingInSuspended": false, "ScheduledScalingSuspended": true}',
      "scheduler update-schedule --cli-input-json",
      "events enable-rule --name parcels-import",
      "scheduler update-schedule --cli-input-json",
      "events enable-rule --name parcels-verify",
      "lambda update-event-source-mapping --uuid uuid-1 --enabled",
      "lambda update-event-source-mapping --uuid uuid-2 --enabled",
    );
    for (const call of called("ecs update-service")) assert.doesNotMatch(call, /--force-new-deployment/);
  });

  /** What of the world a restore stops, and how it is. */
  const switches = () =>
    Object.fromEntries(
      readdirSync(world)
        .filter(name => /^(schedule|rule)-|^(concurrency|mapping)$/.test(name))
        .map(name => [name, readFileSync(join(world, name), "utf8")]),
    );

  it("stops all that begins something before it is restored, and leaves it as it was before", () => {
    write(ledger);
    is("concurrency", "4");
    const before = switches();
    is("fail-delete-table");
    assert.notEqual(run().status, 0);
    assert.deepEqual(switches(), {
      "schedule-parcels-mask": "DISABLED",
      "schedule-parcels-close": "DISABLED",
      "schedule-parcels-verify": "DISABLED",
      "rule-parcels-import": "DISABLED",
      "rule-parcels-verify": "DISABLED",
      concurrency: "0",
      mapping: '"Disabled"',
    });
    runs();
    assert.deepEqual(switches(), { ...before, mapping: '"Enabled"' });
    assert.equal(called(/update-schedule .*parcels-close.* --state ENABLED/).length, 0, "it was off before");
  });

  it("replaces a schedule by itself, without what AWS adds", () => {
    const answer = {
      Arn: "arn:aws:scheduler:eu-central-1:999900001111:schedule/parcels-mask/parcels-mask",
      CreationDate: "2030-01-31T08:00:00+00:00",
      LastModificationDate: "2030-01-31T08:00:00+00:00",
      Name: "parcels-mask",
      GroupName: "parcels-mask",
      ScheduleExpression: "rate(1 day)",
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      KmsKeyArn: "arn:aws:kms:eu-central-1:999900001111:key/here",
      State: "ENABLED",
      Target: { Arn: "arn:aws:states:eu-central-1:999900001111:stateMachine:parcels-mask", Input: "{}" },
    };
    // The query is of two forms only, `{Key: Key, ...}` and `Key && {Key: Key} || {}`: what is absent is left out.
    const [first = "", ...others] = scheduleQuery.slice("merge(".length, -1).split(/, (?=\w+ &&)/);
    const keys = [
      ...first.matchAll(/(\w+): \1/g),
      ...others.flatMap(its => [...its.matchAll(/^(\w+) && \{\1: \1\} \|\| `\{\}`$/g)]),
    ].map(([, key]) => key as keyof typeof answer);
    assert.equal(keys.length, 5 + others.length);
    assert.deepEqual(
      Object.keys(answer).filter(key => !keys.includes(key as keyof typeof answer)),
      ["Arn", "CreationDate", "LastModificationDate", "State"],
    );
  });

  it("waits until no job runs and no service is being deployed", () => {
    write(ledger);
    is("runs", "2");
    is("deployments", "3");
    runs();
    const all = calls();
    const stopped = all.findIndex(line => line.includes("--desired-count 0"));
    assert.equal(all.slice(0, stopped).filter(line => line.includes("list-service-deployments")).length, 4);
    assert.equal(
      all.slice(0, stopped).filter(line => line.includes("stateMachine:parcels-mask --status-filter")).length,
      3,
    );
  });

  it("waits for as long as a function may run", () => {
    write(ledger);
    is("timeout", "1");
    const began = Date.now();
    runs();
    assert.ok(Date.now() - began >= 1_000);
    inOrder("put-function-concurrency", "--query Timeout", "backup start-copy-job");
  });

  it("takes what it may not see for something that is there", () => {
    write(ledger);
    is("fail-get-schedule");
    const { status, stderr } = run();
    assert.notEqual(status, 0);
    assert.match(stderr, /ThrottlingException/);
    assert.deepEqual(called(/ (delete|update|disable|start)-/), []);
  });

  it("copies from the source's vault and role to the target's, and restores with the target's role and key", () => {
    write({ ...ledger, files: bucket() });
    runs();
    const copies = called("start-copy-job");
    assert.equal(copies.length, 2);
    for (const copy of copies) {
      assert.match(copy, /^payments-prod eu-central-1 /);
      assert.match(
        copy,
        /--recovery-point-arn arn:aws:backup:eu-central-1:123456789012:recovery-point:there /,
      );
      assert.match(
        copy,
        /--destination-backup-vault-arn arn:aws:backup:eu-central-1:999900001111:backup-vault:landing-zone /,
      );
      assert.match(copy, /--iam-role-arn arn:aws:iam::123456789012:role\/landing-zone-backup /);
      assert.match(copy, /--lifecycle DeleteAfterDays=1 /);
    }
    const restores = called("start-restore-job");
    const metadata = restores.map(line => {
      assert.match(line, /^payments-int eu-central-1 /);
      assert.match(line, /--iam-role-arn arn:aws:iam::999900001111:role\/landing-zone-backup /);
      assert.match(line, /--recovery-point-arn arn:copied:copy-/);
      return JSON.parse(/--metadata (\{.*?\}) /.exec(line)?.[1] ?? "null") as Record<string, string>;
    });
    const key = "arn:aws:kms:eu-central-1:999900001111:key/here";
    assert.deepEqual(metadata[0], {
      targetTableName: "parcels-ledger",
      encryptionType: "KMS",
      kmsMasterKeyArn: key,
    });
    const { CreationToken, ...objects } = metadata[1] ?? {};
    assert.ok(CreationToken);
    assert.deepEqual(objects, {
      DestinationBucketName: "parcels-files-999900001111-eu-central-1",
      NewBucket: "false",
      Encrypted: "true",
      EncryptionType: "SSE-KMS",
      KMSKey: key,
    });
  });

  it("asks jobs how they go until they end", () => {
    write(ledger);
    runs();
    assert.equal(called(/describe-copy-job .*CopyJob\.State$/).length, 2);
    assert.equal(called(/describe-restore-job .*--query Status$/).length, 2);
  });

  it("writes nothing in the source but copies of its backups to another vault", () => {
    write({ ...ledger, files: bucket(), books: kept("aurora") });
    for (const name of ["cluster-parcels-books", "instance-parcels-books-1", "instance-parcels-books-2"])
      is(name);
    runs();
    const writing = called(/^payments-prod /).filter(line => !/ (get|list|describe)-/.test(line));
    assert.ok(writing.length > 0);
    for (const line of writing) assert.match(line, /start-copy-job/);
  });

  it("says each call, and what is left to do, and keeps what it did beside", () => {
    write(ledger);
    const { status, stdout, stderr } = run();
    assert.equal(status, 0);
    assert.equal(stderr.split("\n").filter(line => line.startsWith("+ aws ")).length, calls().length);
    assert.match(stdout, /lz refresh parcels-persistent-int, then lz up/);
    const [state, ...others] = readdirSync(join(folder, ".lz-restore"));
    assert.match(state ?? "", /^parcels-prod-to-int-[0-9a-f]{8}-done-\d{8}T\d{6}Z$/);
    assert.deepEqual(others, []);
  });

  it("touches nothing where a profile leads elsewhere", () => {
    write(ledger);
    is("to-account", '"777788889999"');
    const { status, stderr } = run();
    assert.equal(status, 1);
    assert.match(stderr, /profile payments-int is of the account 777788889999, not 999900001111/);
    assert.equal(calls().length, 2);
  });

  for (const [what, settings] of [["opted in", "false"]] as const)
    it(`touches nothing where AWS Backup is not ${what}`, () => {
      write(ledger);
      is("settings", settings);
      const { status, stderr } = run();
      assert.equal(status, 1);
      assert.match(stderr, /not opted in to DynamoDB/);
      assert.deepEqual(called(/ (delete|update|disable|start)-/), []);
    });

  it("touches nothing where one backup is missing", () => {
    write({ ...ledger, files: bucket() });
    is("point", "null");
    const { status, stderr } = run();
    assert.equal(status, 1);
    assert.match(stderr, /no completed backup of arn:aws:dynamodb:/);
    assert.deepEqual(called(/ (delete|update|disable|start)-/), []);
  });

  const interruptions = [
    "list-recovery-points-by-backup-vault",
    "get-schedule",
    "update-schedule",
    "disable-rule",
    "update-event-source-mapping",
    "list-executions",
    "list-service-deployments",
    "register-scalable-target",
    "update-service",
    "put-function-concurrency",
    "start-copy-job",
    "describe-copy-job",
    "delete-table",
    "start-restore-job",
    "describe-restore-job",
    "start-execution",
    "describe-execution",
    "scan",
    "delete-function-concurrency",
    "enable-rule",
  ];
  for (const call of interruptions)
    it(`goes on where it stopped, when ${call} failed`, () => {
      write({ ...ledger, files: bucket() });
      is(`fail-${call}`);
      assert.notEqual(run().status, 0);
      const before = calls().length;
      runs();
      // The answer that was lost may have started a job: the token makes it the same one.
      for (const [job, most] of [
        ["start-copy-job", 2],
        ["start-restore-job", 2],
      ] as const) {
        const tokens = new Set(called(job).map(line => /--idempotency-token (\S+)/.exec(line)?.[1]));
        assert.equal(tokens.size, most, job);
      }
      assert.equal(called("dynamodb delete-table").length, call === "delete-table" ? 2 : 1);
      assert.equal(called("s3 rm").length, 1);
      assert.ok(called("--desired-count 3").length >= 1, "as many as before it was stopped");
      assert.ok(calls().length > before);
      const masked = new Set(called("start-execution").map(line => /--name (\S+)/.exec(line)?.[1]));
      assert.equal(masked.size, 1);
      assert.deepEqual(switches(), {
        "schedule-parcels-mask": "ENABLED",
        "schedule-parcels-close": "DISABLED",
        "schedule-parcels-verify": "ENABLED",
        "rule-parcels-import": "ENABLED",
        "rule-parcels-verify": "ENABLED",
        mapping: '"Enabled"',
      });
    });

  it("starts a failed copy anew, with another token, and the table stays until there is a copy", () => {
    write(ledger);
    is("copy-state", '"FAILED"');
    const failed = run();
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /the key says no/);
    assert.match(failed.stderr, /the copy of ledger failed/);
    assert.ok(was("table"));
    rmSync(join(world, "copy-state"));
    runs();
    const tokens = called("start-copy-job").map(line => /--idempotency-token (\S+)/.exec(line)?.[1]);
    assert.equal(new Set(tokens).size, 2);
  });

  for (const [what, file, value, says] of [
    ["fails", "run-state", '"FAILED"', /the job mask did not end well; services stay stopped/],
    ["is stopped", "run-state", '"ABORTED"', /the job mask did not end well; services stay stopped/],
    ["is left out", "output", '"{\\"skipped\\":true}"', /the job mask was left out, because another run/],
  ] as const)
    it(`leaves all stopped where masking ${what}, and masks again`, () => {
      write(ledger);
      is(file, value);
      const failed = run();
      assert.equal(failed.status, 1);
      assert.match(failed.stderr, says);
      assert.deepEqual(called("--desired-count 3"), []);
      assert.deepEqual(called(/enable-rule|--state ENABLED|--enabled|delete-function-concurrency/), []);
      rmSync(join(world, file));
      runs();
      const names = called("start-execution").map(line => /--name (\S+) --input \{\}$/.exec(line)?.[1]);
      assert.equal(new Set(names).size, 2);
      for (const name of names) assert.match(name ?? "", /^\d{8}T\d{6}Z-mask-[12]$/);
    });

  it("finds a masking whose answer was lost, also after it has ended", () => {
    write(ledger);
    is("fail-describe-execution");
    assert.notEqual(run().status, 0);
    runs();
    assert.equal(called("start-execution").length, 1);
  });

  it("touches nothing where the job that masks is not there yet", () => {
    write(ledger);
    is("no-machines");
    const { status, stderr } = run();
    assert.equal(status, 1);
    assert.match(stderr, /the job mask is not there in 999900001111; bring up parcels-service-int first/);
    assert.deepEqual(called(/ (delete|update|disable|start)-/), []);
  });

  it("leaves services stopped where nothing came back", () => {
    for (const [what, data] of [
      ["scanned", ledger],
      ["listed", { files: bucket() }],
    ] as const) {
      is(what, "0");
      write(data);
      const { status, stderr } = run();
      assert.equal(status, 1);
      assert.match(stderr, /parcels-\S+ is empty/);
    }
    assert.deepEqual(called("--desired-count 3"), []);
  });

  it("gives a table the target's key where the restore has not", () => {
    write(ledger);
    is("table-key", "null");
    runs();
    assert.match(
      called("dynamodb update-table")[0] ?? "",
      /--sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=arn:aws:kms:eu-central-1:999900001111:key\/here/,
    );
  });

  for (const [what, file, value] of [
    ["the cluster", "no-cluster", ""],
    ["a service", "desired", "null"],
  ] as const)
    it(`restores into a new account where ${what} is not there yet`, () => {
      write(ledger, { withoutMasking: "Made-up customers only, as agreed" });
      is(file, value);
      for (const name of ["no-machines", "no-function"]) is(name);
      for (const name of Object.keys(switches())) rmSync(join(world, name));
      rmSync(join(world, "table"));
      runs();
      assert.deepEqual(called(/update-(service|schedule|event)|(en|dis)able-rule|function-concurrency/), []);
      assert.deepEqual(called("dynamodb delete-table"), []);
    });

  it("puts a cluster in the place of the old one, under its name, and deletes the old one last", () => {
    write({ books: kept("aurora") });
    for (const name of ["cluster-parcels-books", "instance-parcels-books-1", "instance-parcels-books-2"])
      is(name);
    runs();
    inOrder(
      "--by-resource-arn arn:aws:rds:eu-central-1:123456789012:cluster:parcels-books ",
      "rds restore-db-cluster-from-snapshot --db-cluster-identifier parcels-books-restored --snapshot-identifier arn:copied:copy-",
      "rds create-db-instance --db-instance-identifier parcels-books-restored-1 --db-cluster-identifier parcels-books-restored",
      "--manage-master-user-password --master-user-secret-kms-key-id arn:aws:kms:eu-central-1:999900001111:key/here",
      "--db-cluster-identifier parcels-books --new-db-cluster-identifier parcels-books-before",
      "--db-instance-identifier parcels-books-1 --new-db-instance-identifier parcels-books-1-before",
      "--db-instance-identifier parcels-books-2 --new-db-instance-identifier parcels-books-2-before",
      "--db-cluster-identifier parcels-books-restored --new-db-cluster-identifier parcels-books ",
      "--db-instance-identifier parcels-books-restored-1 --new-db-instance-identifier parcels-books-1 ",
      "stepfunctions start-execution",
      "--desired-count 3",
      "rds delete-db-cluster --db-cluster-identifier parcels-books-before --skip-final-snapshot",
    );
    assert.match(
      called("restore-db-cluster")[0] ?? "",
      /--serverless-v2-scaling-configuration \{"MinCapacity"/,
    );
    assert.deepEqual(
      readdirSync(world)
        .filter(name => /^(cluster|instance)-/.test(name))
        .sort(),
      ["cluster-parcels-books", "instance-parcels-books-1"],
    );
  });

  for (const call of [
    "restore-db-cluster-from-snapshot",
    "create-db-instance",
    "modify-db-cluster",
    "modify-db-instance",
  ])
    it(`ends with the one cluster also where ${call} failed in between`, () => {
      write({ books: kept("aurora") });
      for (const name of ["cluster-parcels-books", "instance-parcels-books-1", "instance-parcels-books-2"])
        is(name);
      is(`fail-${call}`);
      assert.notEqual(run().status, 0);
      runs();
      assert.ok(was("cluster-parcels-books") && was("instance-parcels-books-1"));
      assert.ok(!was("cluster-parcels-books-before") && !was("cluster-parcels-books-restored"));
    });

  it("does not begin on a cluster that was put aside before", () => {
    write({ books: kept("aurora") });
    for (const name of ["cluster-parcels-books", "cluster-parcels-books-before"]) is(name);
    const { status, stderr } = run();
    assert.equal(status, 1);
    assert.match(stderr, /parcels-books-before is left from before/);
    assert.deepEqual(called("restore-db-cluster"), []);
  });

  it("gives an instance a snapshot with the target's key first", () => {
    write({ books: kept("database") });
    is("instance-parcels-books");
    runs();
    inOrder(
      "rds copy-db-snapshot --source-db-snapshot-identifier arn:copied:copy-",
      "rds restore-db-instance-from-db-snapshot --db-instance-identifier parcels-books-restored --db-snapshot-identifier parcels-books-restored",
      "--db-instance-identifier parcels-books --new-db-instance-identifier parcels-books-before",
      "--db-instance-identifier parcels-books-restored --new-db-instance-identifier parcels-books ",
      "rds delete-db-instance --db-instance-identifier parcels-books-before",
      "rds delete-db-snapshot --db-snapshot-identifier parcels-books-restored",
    );
    assert.match(
      called("copy-db-snapshot")[0] ?? "",
      /--kms-key-id arn:aws:kms:eu-central-1:999900001111:key\/here/,
    );
    assert.ok(was("instance-parcels-books") && !was("instance-parcels-books-before"));
  });
});
