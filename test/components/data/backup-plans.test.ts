import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { PlannedResource } from "../../../cli/planner";
import {
  BackupPlans,
  type BackupPlansArgs,
  type BackupSchedule,
  usualPlans,
} from "../../../components/data/backup-plans";
import { BackupVault } from "../../../components/data/backup-vault";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

const usual = {
  vaultName: "landing-zone",
  roleArn: "arn:aws:iam::111122223333:role/landing-zone-backup",
  plans: usualPlans,
} satisfies BackupPlansArgs;
const plans = (args: Partial<BackupPlansArgs> = {}) =>
  planned(() => new BackupPlans("backups", { ...usual, ...args }));

const daily: BackupSchedule = {
  schedule: "cron(0 3 ? * * *)",
  keepDays: 35,
  tag: { key: "environment", value: "prod" },
};
const one = (more: Partial<BackupSchedule>) => plans({ plans: { daily: { ...daily, ...more } } });

interface Rule {
  readonly ruleName: string;
  readonly targetVaultName: string;
  readonly schedule: string;
  readonly startWindow: number;
  readonly lifecycle: Record<string, number>;
  readonly copyActions?: unknown;
}

function onlyRule({ inputs }: PlannedResource): Rule {
  const [rule, ...others] = inputs["rules"] as unknown as Rule[];
  assert.ok(rule && others.length === 0);
  return rule;
}
const ruleOf = async (more: Partial<BackupSchedule>) => onlyRule((await one(more)).one("Plan"));

const vaultArn = "arn:aws:backup:eu-central-1:444455556666:backup-vault:landing-zone-copies";

describe("the backup plans of an account", () => {
  it("keep production for five weeks and a year, and dev for a week, unless told otherwise", async () => {
    const stack = await plans();
    const kept = Object.fromEntries(
      stack.all("Plan").map(plan => {
        const { schedule, lifecycle } = onlyRule(plan);
        return [plan.name, [schedule, lifecycle]];
      }),
    );
    assert.deepEqual(kept, {
      "backups-prod-daily": ["cron(0 3 ? * * *)", { deleteAfter: 35 }],
      "backups-prod-monthly": ["cron(0 4 1 * ? *)", { deleteAfter: 365 }],
      "backups-dev-daily": ["cron(0 3 ? * * *)", { deleteAfter: 7 }],
    });
  });

  it("select by the tag, each for its own plan, with the role that is given", async () => {
    const stack = await plans();
    for (const [name, value] of [
      ["backups-prod-daily", "prod"],
      ["backups-prod-monthly", "prod"],
      ["backups-dev-daily", "dev"],
    ] as const) {
      const selection = stack.one("Selection", name);
      assert.deepEqual(selection.inputs["selectionTags"], [
        { type: "STRINGEQUALS", key: "environment", value },
      ]);
      assert.equal(selection.inputs["iamRoleArn"], usual.roleArn);
      assert.deepEqual(stack.from(selection, "planId"), [name]);
    }
  });

  it("copy to the vault that is named, within an hour of when they are told", async () => {
    const { targetVaultName, startWindow, ruleName } = await ruleOf({});
    assert.deepEqual([targetVaultName, startWindow, ruleName], ["landing-zone", 60, "daily"]);
  });

  it("copy each copy to another account's vault, for as long as is said there", async () => {
    assert.deepEqual((await ruleOf({ copyTo: { vaultArn, keepDays: 365 } })).copyActions, [
      { destinationVaultArn: vaultArn, lifecycle: { deleteAfter: 365 } },
    ]);
    assert.equal((await ruleOf({})).copyActions, undefined);
  });

  it("wait for the vault and the role", async () => {
    const stack = await planned(() => {
      const vault = new BackupVault("vault", { vaultName: "v1", roleName: "r1", at, keepDays: 7 });
      const { vaultName, roleArn } = vault;
      new BackupPlans("backups", { vaultName, roleArn, plans: { daily }, after: [vault] });
    });
    for (const type of ["Plan", "Selection"])
      for (const first of ["aws:backup/vault:Vault", "aws:iam/role:Role"])
        assert.ok(stack.one(type).dependencies.includes(stack.one(first).urn), `${type} for ${first}`);
    for (const attachment of stack.all("RolePolicyAttachment"))
      assert.ok(stack.one("Selection").dependencies.includes(attachment.urn));
  });

  it("are there twice in a stack, say what they are, and are as the policy pack wants them", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) {
        const { planIds } = new BackupPlans(name, usual);
        assert.deepEqual(Object.keys(planIds), Object.keys(usualPlans));
        assert.ok(Object.values(planIds).every(id => pulumi.Output.isInstance(id)));
      }
    });
    assert.equal(new Set(stack.all("Plan").map(({ inputs }) => inputs["name"])).size, 6);
    assert.deepEqual(await refusals(stack, "dev"), []);
  });

  it("have names that AWS Backup takes, whatever the component is called", async () => {
    const name = "a".repeat(60);
    const stack = await planned(() => new BackupPlans(name, usual));
    for (const { inputs } of stack.all("Plan")) assert.match(String(inputs["name"]), /^[\w.-]{1,50}$/);
  });
});

describe("cold storage", () => {
  it("is where copies go only if told to", async () => {
    assert.deepEqual((await ruleOf({ keepDays: 120, coldAfterDays: 30 })).lifecycle, {
      deleteAfter: 120,
      coldStorageAfter: 30,
    });
    assert.deepEqual((await ruleOf({})).lifecycle, { deleteAfter: 35 });
  });

  it("keeps a copy for 90 days or more, or the plan is refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 500 }),
        async (coldAfterDays, keepDays) => {
          const made = one({ coldAfterDays, keepDays });
          if (keepDays - coldAfterDays >= 90) await made;
          else await assert.rejects(made, /days of cold storage; AWS Backup wants 90 or more/);
        },
      ),
      {
        numRuns: 30,
        examples: [
          [10, 99],
          [10, 100],
        ],
      },
    );
  });
});

describe("backup plans refuse", () => {
  it("days that are none", async () => {
    for (const [more, message] of [
      [{ keepDays: 0 }, /plans.daily.keepDays is 0/],
      [{ keepDays: -1 }, /plans.daily.keepDays is -1/],
      [{ keepDays: 7.5 }, /plans.daily.keepDays is 7.5/],
      [{ keepDays: 365, coldAfterDays: 0 }, /plans.daily.coldAfterDays is 0/],
      [{ copyTo: { vaultArn, keepDays: 0 } }, /plans.daily.copyTo.keepDays is 0/],
    ] as const)
      await assert.rejects(one(more), message);
  });

  it("schedules that AWS refuses", async () => {
    for (const schedule of [
      "",
      "daily",
      "rate(1 day)",
      "cron(0 3 * * *)",
      "cron(0 3 * * * *)",
      "cron(0 3 ? * ? *)",
      "cron(? 3 ? * * *)",
      "cron(0  ? * * *)",
      "cron(0 3 ? * * * *)",
    ])
      await assert.rejects(one({ schedule }), /plans.daily.schedule is .*; it must be cron\(\)/, schedule);
    for (const schedule of ["cron(15 0/6 ? * MON-FRI *)", "cron(0 4 L * ? *)", "cron(0 4 ? * 1#1 2027)"])
      await one({ schedule });
  });

  it("what is no vault, name or tag, and no plan at all", async () => {
    for (const arn of [
      "landing-zone",
      "arn:aws:backup:eu-central-1:444455556666:backup-plan:x",
      `${vaultArn}/`,
    ])
      await assert.rejects(
        one({ copyTo: { vaultArn: arn, keepDays: 7 } }),
        /must be the ARN of a backup vault/,
      );
    await assert.rejects(plans({ vaultName: "a b" }), /vaultName is a b/);
    await assert.rejects(plans({ plans: {} }), /plans is empty/);
    for (const name of ["", "a b", "a".repeat(51)])
      await assert.rejects(plans({ plans: { [name]: daily } }), /a name must be 1 to 50/);
    for (const tag of [
      { key: "", value: "prod" },
      { key: "environment", value: "" },
    ])
      await assert.rejects(one({ tag }), /plans.daily.tag is not whole/);
  });
});
