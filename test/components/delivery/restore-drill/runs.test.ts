import assert from "node:assert/strict";
import { drillDefinition } from "../../../../components/delivery/restore-drill/definition";
import {
  type DrillArgs,
  type DrilledThing,
  mostThings,
} from "../../../../components/delivery/restore-drill/thing";
import { args, Cloud, copyRoleArn, start, type Wrong } from "./cloud";
import { type Ended, run, StatesError } from "./interpreter";

const machineArn = "arn:aws:states:eu-central-1:111122223333:stateMachine:landing-zone-drill-shop";
const definitions = new Map<DrillArgs, unknown>();

function drill(cloud: Cloud, its: DrillArgs = args, number = 1): Ended {
  const definition = definitions.get(its) ?? JSON.parse(JSON.stringify(drillDefinition(its)));
  definitions.set(its, definition);
  return run(definition, { answers: cloud.answers, at: start, name: `run-${number}`, machineArn });
}

// biome-ignore lint/suspicious/noExplicitAny: a report is JSON, and each test looks at another part of it.
const reportOf = (cloud: Cloud): any => {
  assert.equal(cloud.reports.length, 1, "there is one report");
  return cloud.reports[0];
};

const denied = new StatesError("Backup.AccessDeniedException", "not allowed");

describe("a run of a restore drill", () => {
  it("restores, masks, tests, cleans and reports", () => {
    const cloud = new Cloud();
    const ended = drill(cloud);
    assert.equal(ended.status, "SUCCEEDED", JSON.stringify(ended));
    cloud.assertClean();
    assert.deepEqual(cloud.runs, [
      { name: "shop-anonymize-drill", masked: false },
      { name: "shop-check-drill", masked: true },
    ]);
    const report = reportOf(cloud);
    assert.equal(report.proven, true);
    assert.equal(report.cleaned, true);
    assert.equal(report.rpoSeconds >= 5 * 3600 && report.rpoSeconds < 5.1 * 3600, true);
    assert.ok(report.rtoSeconds > 65 * 60 && report.rtoSeconds < 3 * 3600, String(report.rtoSeconds));
    assert.deepEqual(
      report.things.map(({ name, restored, recoveryPoint }: Record<string, unknown>) => [
        name,
        restored,
        recoveryPoint,
      ]),
      [
        ["carts", true, "newest of arn:aws:dynamodb:eu-central-1:444455556666:table/shop-carts"],
        ["pictures", true, "newest of arn:aws:s3:::shop-pictures"],
        ["accounts", true, "newest of arn:aws:rds:eu-central-1:444455556666:cluster:shop-accounts"],
        ["ledger", true, "newest of arn:aws:rds:eu-central-1:444455556666:db:shop-ledger"],
        [
          "templates",
          true,
          "newest of arn:aws:elasticfilesystem:eu-central-1:444455556666:file-system/fs-source",
        ],
      ],
    );
    for (const { copySeconds, restoreSeconds } of report.things) {
      assert.ok(copySeconds >= 1200 && copySeconds <= 1200 * 1.2 + 31, `copy ${copySeconds}`);
      assert.ok(restoreSeconds > 600, `restore ${restoreSeconds}`);
    }
    assert.deepEqual(report.notRestored, args.notRestored);
    assert.deepEqual(report.mask, { job: "anonymize", result: "succeeded", seconds: 600 });
    assert.deepEqual(report.test, { job: "check", result: "succeeded", seconds: 600 });
    assert.equal(cloud.messages.length, 1);
    assert.equal(cloud.messages[0]?.subject, "Restore drill of shop: proven");
    assert.match(
      cloud.messages[0]?.text ?? "",
      /Newest backups: up to 5 hours old\nRestored and tested: within/,
    );
    assert.deepEqual(ended.output, report);
  });

  it("does so without masking, where that is said", () => {
    const its = { ...args, mask: { withoutMasking: "Made-up customers only, as agreed" } };
    const cloud = new Cloud();
    assert.equal(drill(cloud, its).status, "SUCCEEDED");
    assert.deepEqual(
      cloud.runs.map(({ name }) => name),
      ["shop-check-drill"],
    );
    assert.deepEqual(reportOf(cloud).mask, its.mask);
    cloud.assertClean();
  });

  interface Scenario {
    readonly wrong: Wrong;
    readonly in: string;
    readonly says: RegExp;
    readonly runs: readonly string[];
    readonly notRestored?: readonly string[];
    readonly set?: (cloud: Cloud) => void;
  }
  const scenarios: Readonly<Record<string, Scenario>> = {
    "there is no young backup": {
      wrong: {},
      set: cloud => {
        cloud.age = 49;
      },
      in: "restore",
      says: /carts, find: there is no completed backup of shop-carts that is younger than 48 hours/,
      runs: [],
      notRestored: args.things.map(({ name }) => name),
    },
    "the vault can not be looked into": {
      wrong: { "backup:listRecoveryPointsByBackupVault ledger: find": denied },
      in: "restore",
      says: /ledger, find: Backup.AccessDeniedException: not allowed/,
      runs: [],
      notRestored: ["ledger"],
    },
    "a copy does not start": {
      wrong: { "backup:startCopyJob carts: copy": denied },
      in: "restore",
      says: /carts, copy: Backup.AccessDenied/,
      runs: [],
      notRestored: ["carts"],
    },
    "a copy fails": {
      wrong: {
        "backup:describeCopyJob pictures: copy: look": () => ({
          CopyJob: { State: "FAILED", StatusMessage: "the vault refuses it" },
        }),
      },
      in: "restore",
      says: /pictures, copy: the copy failed: the vault refuses it/,
      runs: [],
      notRestored: ["pictures"],
    },
    "a copy never ends": {
      wrong: { "backup:describeCopyJob carts: copy: look": () => ({ CopyJob: { State: "RUNNING" } }) },
      in: "restore",
      says: /carts, copy: the copy took longer than 720 minutes/,
      runs: [],
      notRestored: ["carts"],
    },
    "a restore fails": {
      wrong: {
        "backup:describeRestoreJob templates: restore: look": () => ({
          Status: "ABORTED",
          StatusMessage: "out of space",
        }),
      },
      in: "restore",
      says: /templates, restore: the restore failed: out of space/,
      runs: [],
      notRestored: ["templates"],
    },
    "all restores never end": {
      wrong: {
        "backup:describeRestoreJob": () => ({ Status: "RUNNING" }),
        "rds:describeDBClusters accounts: restore: look": (_, usual) => ({
          DbClusters: [{ ...(usual() as { DbClusters: object[] }).DbClusters[0], Status: "creating" }],
        }),
        "rds:describeDBInstances ledger: restore: look": () => ({
          DbInstances: [{ DbInstanceStatus: "creating" }],
        }),
      },
      in: "restore",
      says: /carts, restore: the restore took longer .* accounts, restore: it was not available within 180/,
      runs: [],
      notRestored: args.things.map(({ name }) => name),
    },
    "what is restored has another key": {
      wrong: {
        "dynamodb:describeTable carts: look": () => ({
          Table: { SseDescription: { KmsMasterKeyArn: "another" } },
        }),
      },
      in: "restore",
      says: /carts, look: shop-carts-drill is not encrypted with the target's key/,
      runs: [],
      notRestored: ["carts"],
    },
    "what is restored has no key": {
      wrong: { "dynamodb:describeTable carts: look": () => ({ Table: {} }) },
      in: "restore",
      says: /carts, look: .* not encrypted/,
      runs: [],
      notRestored: ["carts"],
    },
    "a bucket comes back empty": {
      wrong: { "s3:listObjectsV2": () => ({ KeyCount: 0 }) },
      in: "restore",
      says: /pictures, look: shop-pictures-drill is empty, and the backup is not/,
      runs: [],
      notRestored: ["pictures"],
    },
    "a database comes up broken": {
      wrong: {
        "rds:describeDBInstances accounts: start: look": () => ({
          DbInstances: [{ DbInstanceStatus: "incompatible-parameters" }],
        }),
      },
      in: "restore",
      says: /accounts, start: it is incompatible-parameters/,
      runs: [],
      notRestored: ["accounts"],
    },
    "there is no security group for a database": {
      wrong: { "ec2:describeSecurityGroups": () => ({ SecurityGroups: [] }) },
      in: "restore",
      says: /accounts, look: States.QueryEvaluationError/,
      runs: [],
      notRestored: ["accounts", "ledger"],
    },
    "the source has no such file system": {
      wrong: { "efs:describeFileSystems templates: find the source": () => ({ FileSystems: [] }) },
      in: "restore",
      says: /templates, find: States.QueryEvaluationError/,
      runs: [],
      notRestored: ["templates"],
    },
    "the key is not there": {
      wrong: { "kms:describeKey": new StatesError("Kms.NotFoundException") },
      in: "key",
      says: /Kms.NotFoundException/,
      runs: [],
      notRestored: [],
    },
    "masking fails, and nothing is tested": {
      wrong: { "states:startExecution.sync:2 Run mask": new StatesError("States.TaskFailed", "exit code 1") },
      in: "mask",
      says: /exit code 1/,
      runs: [],
    },
    "masking takes too long, and nothing is tested": {
      wrong: { "states:startExecution.sync:2 Run mask": new StatesError("States.Timeout") },
      in: "mask",
      says: /States.Timeout/,
      runs: [],
    },
    "masking is left out, and nothing is tested": {
      wrong: { "states:startExecution.sync:2 Run mask": () => ({ Output: { skipped: true } }) },
      in: "mask",
      says: /shop-anonymize-drill was left out/,
      runs: [],
    },
    "the test fails": {
      wrong: {
        "states:startExecution.sync:2 Run test": new StatesError("States.TaskFailed", "12 are missing"),
      },
      in: "test",
      says: /12 are missing/,
      runs: ["shop-anonymize-drill"],
    },
    "the test is left out": {
      wrong: { "states:startExecution.sync:2 Run test": () => ({ Output: { skipped: true } }) },
      in: "test",
      says: /shop-check-drill was left out/,
      runs: ["shop-anonymize-drill"],
    },
  };
  for (const [name, scenario] of Object.entries(scenarios))
    it(`cleans and reports where ${name}`, () => {
      const cloud = new Cloud(scenario.wrong);
      scenario.set?.(cloud);
      const ended = drill(cloud);
      assert.equal(ended.status, "FAILED");
      assert.equal(ended.error, "Drill.Failed");
      cloud.assertClean();
      const report = reportOf(cloud);
      assert.equal(report.proven, false);
      assert.equal(report.cleaned, true);
      assert.equal(report.rtoSeconds, null);
      assert.equal(report.failedIn, scenario.in);
      assert.match(report.problem, scenario.says);
      assert.match(ended.cause ?? "", scenario.says);
      assert.deepEqual(
        cloud.runs.map(run => run.name),
        scenario.runs,
      );
      assert.deepEqual(
        report.things.flatMap((thing: { name: string; restored: boolean }) =>
          thing.restored ? [] : [thing.name],
        ),
        scenario.notRestored ?? [],
      );
      assert.match(cloud.messages[0]?.subject ?? "", /not proven$/);
      assert.match(cloud.messages[0]?.text ?? "", scenario.says);
      if (scenario.in !== "test") assert.equal(report.test.result, "not started");
      assert.ok(ended.events < 25_000, `${ended.events} events`);
    });

  const leftovers: Readonly<Record<string, readonly [Wrong, left: readonly string[], says: RegExp]>> = {
    "a table": [
      { "dynamodb:deleteTable carts: clean: delete": new StatesError("DynamoDb.LimitExceededException") },
      ["shop-carts-drill"],
      /DynamoDb.LimitExceeded/,
    ],
    objects: [
      { "s3:deleteObjects pictures: clean: delete": () => ({ Errors: [{ Message: "Access Denied" }] }) },
      [],
      /Access Denied/,
    ],
    "a file system": [
      { "efs:deleteFileSystem templates: clean: delete": new StatesError("Efs.FileSystemInUseException") },
      ["shop-templates-drill"],
      /FileSystemInUse/,
    ],
    "a cluster": [
      { "rds:deleteDBCluster accounts: clean: delete": denied },
      ["shop-accounts-drill"],
      /not allowed/,
    ],
    "an instance that takes for ever": [
      {
        "rds:describeDBInstances ledger: clean: wait: look": () => ({
          DbInstances: [{ DbInstanceStatus: "deleting" }],
        }),
      },
      ["shop-ledger-drill"],
      /not gone after 120 minutes/,
    ],
    "all of it": [
      { "kms:describeKey": denied, "dynamodb:deleteTable carts: clean: delete": denied },
      [],
      /./,
    ],
  };
  for (const [name, [wrong, left, says]] of Object.entries(leftovers))
    it(`says that it could not delete ${name}`, () => {
      const cloud = new Cloud(wrong);
      const ended = drill(cloud);
      assert.equal(ended.status, "FAILED");
      cloud.assertOwnUntouched();
      assert.deepEqual(
        cloud.left().filter(thing => left.includes(thing)),
        left,
      );
      const report = reportOf(cloud);
      assert.equal(report.cleaned, false);
      assert.match(JSON.stringify(report.left), says);
      assert.match(cloud.messages[0]?.subject ?? "", /not cleaned$/);
      assert.match(cloud.messages[0]?.text ?? "", /Left: shop-/);
      assert.match(ended.cause ?? "", /left: shop-/);
      if (name !== "all of it") {
        assert.equal(report.proven, true);
        assert.equal(report.test.result, "succeeded");
      }
    });

  it("has room in its history for as many things as there may be, all of which take for ever", () => {
    const things = Array.from({ length: mostThings }, (_, index) => {
      const its = args.things[index % 2] as DrilledThing;
      return { ...its, name: `${its.name}-${index}`, to: `shop-${its.name}-${index}-drill` };
    });
    const cloud = new Cloud({
      "backup:describeCopyJob": ({ at, state }) => ({
        CopyJob:
          at < start + 11.9 * 3_600_000
            ? { State: "RUNNING" }
            : { State: "COMPLETED", DestinationRecoveryPointArn: `copy ${state}` },
      }),
      "backup:describeRestoreJob": () => ({ Status: "RUNNING" }),
      "dynamodb:describeTable": () => ({ Table: {} }),
      "dynamodb:deleteTable": () => ({}),
    });
    for (const { as, to } of things) if (as === "bucket") cloud.buckets.set(to, 100_000);
    const ended = drill(cloud, { ...args, things });
    // An earlier drill's objects keep this one from beginning; without them it begins.
    assert.ok(ended.events < 25_000, `${ended.events} events`);
    for (const { as, to } of things) if (as === "bucket") cloud.buckets.set(to, 0);
    const late = new Cloud(
      Object.fromEntries(
        ["backup:describeCopyJob", "backup:describeRestoreJob"].map(api => [
          api,
          ({ at, state }: { at: number; state: string }) =>
            api === "backup:describeRestoreJob"
              ? { Status: "RUNNING" }
              : {
                  CopyJob:
                    at < start + 11.9 * 3_600_000
                      ? { State: "RUNNING" }
                      : { State: "COMPLETED", DestinationRecoveryPointArn: `copy ${state}` },
                },
        ]),
      ),
    );
    const whole = drill(late, { ...args, things: things.map(its => ({ ...its })) });
    assert.equal(whole.error, "Drill.Failed");
    assert.ok(whole.entered.includes("carts-0: restore: over?"));
    assert.ok(whole.events < 25_000, `${whole.events} events`);
    assert.equal(reportOf(late).cleaned, true);
  });

  it("cleans when a branch ends by what no state can catch", () => {
    const huge = () => ({ RecoveryPoints: [{ Status: "COMPLETED", RecoveryPointArn: "x".repeat(300_000) }] });
    const cloud = new Cloud({ "backup:listRecoveryPointsByBackupVault": huge });
    const definition = JSON.parse(JSON.stringify(drillDefinition(args)));
    const ended = run(definition, { answers: cloud.answers, at: start, name: "run-1", machineArn });
    // Step Functions ends the run there and then; the lock is taken over and the rest tidied up by the next one.
    assert.equal(ended.status, "FAILED");
    assert.equal(drill(new Cloud(), args, 2).status, "SUCCEEDED");
  });

  it("does not take for clean what it does not know to be", () => {
    const cloud = new Cloud();
    const definition = JSON.parse(JSON.stringify(drillDefinition(args)));
    definition.States.Clean.Branches[0] = {
      StartAt: "Broken",
      States: { Broken: { Type: "Fail", Error: "Broken", Cause: "nobody knows" } },
    };
    const ended = run(definition, { answers: cloud.answers, at: start, name: "run-1", machineArn });
    assert.equal(ended.error, "Drill.Failed");
    const report = reportOf(cloud);
    assert.equal(report.cleaned, false);
    assert.match(report.problem, /Cleaning: Broken: nobody knows/);
    assert.match(cloud.messages[0]?.subject ?? "", /not cleaned$/);
  });

  it("fails, and has cleaned, where the report can not be kept", () => {
    const cloud = new Cloud({ "s3:putObject": new StatesError("S3.S3Exception", "Access Denied") });
    const ended = drill(cloud);
    assert.equal(ended.error, "Drill.NotKept");
    assert.match(ended.cause ?? "", /^proven; the report could not be kept: S3.S3Exception: Access Denied/);
    cloud.assertClean();
    assert.match(cloud.messages[0]?.text ?? "", /The report could not be kept/);
  });

  it("fails where nobody could be told", () => {
    const cloud = new Cloud({ "sns:publish": new StatesError("Sns.NotFoundException") });
    assert.equal(drill(cloud).error, "Drill.NotTold");
    assert.equal(reportOf(cloud).proven, true);
    cloud.assertClean();
  });

  it("ends well where only the lock stays, which the next run takes over", () => {
    const cloud = new Cloud({ "ssm:deleteParameter": denied });
    assert.equal(drill(cloud).status, "SUCCEEDED");
    assert.deepEqual(cloud.left(), [args.lockName]);
    assert.equal(drill(cloud, args, 2).status, "SUCCEEDED");
  });
});

describe("what an earlier drill has left", () => {
  it("is deleted first", () => {
    const cloud = new Cloud();
    cloud.tables.add("shop-carts-drill");
    cloud.buckets.set("shop-pictures-drill", 1_234);
    cloud.fileSystems.set("shop-templates-drill", "fs-drill");
    cloud.clusters.set("shop-accounts-drill", 0);
    cloud.instances.set("shop-accounts-drill-1", 0);
    cloud.instances.set("shop-ledger-drill", 0);
    cloud.snapshots.set("shop-ledger-drill", 0);
    cloud.parameters.set("/shop-accounts-drill/host", "old.example.com");
    assert.equal(drill(cloud).status, "SUCCEEDED");
    cloud.assertClean();
  });

  it("keeps a drill from beginning where it can not be deleted", () => {
    const cloud = new Cloud({ "dynamodb:deleteTable": denied });
    cloud.tables.add("shop-carts-drill");
    const ended = drill(cloud);
    assert.equal(ended.error, "Drill.Failed");
    assert.deepEqual(cloud.called("backup:startCopyJob"), []);
    const report = reportOf(cloud);
    assert.equal(report.failedIn, "tidy");
    assert.match(report.problem, /shop-carts-drill \(Backup.AccessDenied/);
    assert.equal(report.cleaned, false);
  });

  it("keeps it from beginning where a bucket holds more than a run deletes", () => {
    const cloud = new Cloud();
    cloud.buckets.set("shop-pictures-drill", 100_000);
    const ended = drill(cloud);
    assert.equal(ended.error, "Drill.Failed");
    assert.match(reportOf(cloud).problem, /more than 20,000 objects: S3 deletes the others within two days/);
    assert.ok(ended.events < 25_000, `${ended.events} events`);
  });

  it("is waited for where it is still being made", () => {
    let refused = 0;
    const cloud = new Cloud({
      "dynamodb:deleteTable": (_, usual) => {
        if (refused++ < 3) {
          cloud.tables.add("shop-carts-drill");
          throw new StatesError("DynamoDb.ResourceInUseException");
        }
        return usual();
      },
    });
    cloud.tables.add("shop-carts-drill");
    assert.equal(drill(cloud).status, "SUCCEEDED");
    cloud.assertClean();
  });
});

describe("two runs at once", () => {
  const holder = (end: string) => `${machineArn.replace(":stateMachine:", ":execution:")}:${end}`;

  it("are refused, and nothing is touched", () => {
    const cloud = new Cloud();
    cloud.parameters.set(args.lockName, holder("running"));
    cloud.tables.add("shop-carts-drill");
    const ended = drill(cloud);
    assert.equal(ended.error, "Drill.TwoAtOnce");
    assert.ok(cloud.tables.has("shop-carts-drill"));
    assert.equal(cloud.parameters.get(args.lockName), holder("running"));
    assert.deepEqual(
      [...new Set(cloud.asked.map(({ api }) => api))],
      ["ssm:putParameter", "ssm:getParameter", "sfn:describeExecution"],
    );
  });

  for (const end of ["stopped", "gone"])
    it(`are not two where the other one is ${end}`, () => {
      const cloud = new Cloud();
      cloud.parameters.set(args.lockName, holder(end));
      assert.equal(drill(cloud).status, "SUCCEEDED");
      cloud.assertClean();
    });

  it("does not begin where the lock can not be had", () => {
    for (const api of ["ssm:putParameter", "ssm:getParameter", "sfn:describeExecution"]) {
      const cloud = new Cloud({ [`${api}`]: denied });
      if (api !== "ssm:putParameter") cloud.parameters.set(args.lockName, holder("running"));
      assert.equal(drill(cloud).error, "Drill.NotBegun", api);
      assert.deepEqual(cloud.called("kms:describeKey"), []);
    }
  });
});

describe("whatever one call of a drill answers with an error", () => {
  const happy = new Cloud();
  drill(happy);
  const states = [...new Set(happy.asked.map(({ api, state }) => `${api} ${state}`))];

  for (const state of states)
    it(`what was restored is deleted or named, and int's own is as it was: ${state}`, () => {
      const cloud = new Cloud({ [state]: new StatesError("Service.InternalErrorException", "at once") });
      const ended = drill(cloud);
      cloud.assertOwnUntouched();
      if (state.startsWith("ssm:putParameter Lock")) return assert.equal(ended.error, "Drill.NotBegun");
      const left = cloud.left().filter(name => name !== args.lockName);
      const told = JSON.stringify(cloud.reports[0] ?? ended.cause ?? "");
      for (const name of left)
        assert.ok(
          args.things.some(({ to }) => name.includes(to) && told.includes(to)),
          `${name} is named in ${told.slice(0, 200)}`,
        );
      if (left.length > 0) assert.equal(ended.status, "FAILED");
      const tested = ended.entered.includes("Run test");
      if (tested) assert.ok(ended.entered.includes("Mask ended"), "nothing unmasked is tested");
    });

  it("takes the copy role for the source's account only", () => {
    const calls = happy.asked.filter(({ roleArn }) => roleArn !== undefined);
    assert.deepEqual([...new Set(calls.map(({ roleArn }) => roleArn))], [copyRoleArn]);
    assert.deepEqual([...new Set(calls.map(({ api }) => api))].sort(), [
      "backup:describeCopyJob",
      "backup:listRecoveryPointsByBackupVault",
      "backup:startCopyJob",
      "efs:describeFileSystems",
    ]);
  });
});
