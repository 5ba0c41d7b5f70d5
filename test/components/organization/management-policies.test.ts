import assert from "node:assert/strict";
import {
  type BackupPlan,
  ManagementPolicies,
  type ManagementPoliciesArgs,
} from "../../../components/organization/management-policies";
import { planned } from "../planned";

const made = (args: Partial<ManagementPoliciesArgs> = {}) =>
  planned(
    () =>
      new ManagementPolicies("policies", {
        rootId: "r-ab12",
        tags: {},
        backups: {},
        vaultName: "landing-zone",
        backupRoleName: "landing-zone-backup",
        ...args,
      }),
  );
const content = async (kind: string, args: Partial<ManagementPoliciesArgs> = {}) =>
  JSON.parse(String((await made(args)).one("Policy", `policies-${kind}`).inputs["content"])) as unknown;
const prod = { prod: { region: "eu-central-1", keepDays: 35 } };

describe("management policies", () => {
  it("are attached to the root, each with its type", async () => {
    const stack = await made({ backups: prod });
    assert.deepEqual(
      stack.all("Policy").map(({ inputs }) => [inputs["name"], inputs["type"]]),
      [
        ["landing-zone-ai-opt-out", "AISERVICES_OPT_OUT_POLICY"],
        ["landing-zone-backups", "BACKUP_POLICY"],
        ["landing-zone-tags", "TAG_POLICY"],
      ],
    );
    for (const kind of ["tags", "ai-opt-out", "backups"]) {
      const attachment = stack.one("PolicyAttachment", `policies-${kind}`);
      assert.equal(attachment.inputs["targetId"], "r-ab12");
      assert.deepEqual(stack.from(attachment, "policyId"), [`policies-${kind}`]);
    }
  });

  it("say how tags are written, and which values they have where that is known", async () => {
    assert.deepEqual(await content("tags", { tags: { environment: ["dev", "prod"], "cost-centre": [] } }), {
      tags: {
        environment: {
          tag_key: { "@@assign": "environment" },
          tag_value: { "@@assign": ["dev", "prod"] },
        },
        "cost-centre": { tag_key: { "@@assign": "cost-centre" } },
      },
    });
  });

  it("report tags and enforce none: no service is named", async () => {
    assert.doesNotMatch(JSON.stringify(await content("tags", { tags: { team: ["a"] } })), /enforced_for/);
  });

  it("opt out of training for every service there will be, and let no unit or account opt in", async () => {
    const none = { "@@operators_allowed_for_child_policies": ["@@none"] };
    assert.deepEqual(await content("ai-opt-out"), {
      services: {
        ...none,
        default: { ...none, opt_out_policy: { ...none, "@@assign": "optOut" } },
      },
    });
  });

  it("copy an environment's resources once a day, and keep the copies as long as it is told", async () => {
    const backups = { ...prod, int: { region: "eu-west-1", keepDays: 7 } };
    const { plans } = (await content("backups", { backups })) as { plans: Record<string, unknown> };
    assert.deepEqual(Object.keys(plans), ["landing-zone-prod", "landing-zone-int"]);
    assert.deepEqual(plans["landing-zone-int"], {
      regions: { "@@assign": ["eu-west-1"] },
      rules: {
        daily: {
          schedule_expression: { "@@assign": "cron(0 3 ? * * *)" },
          start_backup_window_minutes: { "@@assign": "60" },
          target_backup_vault_name: { "@@assign": "landing-zone" },
          // Backup policies write numbers as text.
          lifecycle: { delete_after_days: { "@@assign": "7" } },
        },
      },
      selections: {
        tags: {
          environment: {
            iam_role_arn: { "@@assign": "arn:aws:iam::$account:role/landing-zone-backup" },
            tag_key: { "@@assign": "environment" },
            tag_value: { "@@assign": ["int"] },
          },
        },
      },
    });
  });

  const copyTo = "arn:aws:backup:eu-central-1:444455556666:backup-vault:landing-zone-copies";
  const rule = (schedule: string, days: string, copied: boolean) => {
    const lifecycle = { delete_after_days: { "@@assign": days } };
    return {
      schedule_expression: { "@@assign": schedule },
      start_backup_window_minutes: { "@@assign": "60" },
      target_backup_vault_name: { "@@assign": "landing-zone" },
      lifecycle,
      ...(copied
        ? { copy_actions: { [copyTo]: { target_backup_vault_arn: { "@@assign": copyTo }, lifecycle } } }
        : {}),
    };
  };
  const dailyFor = (days: string, copied: boolean) => ({ daily: rule("cron(0 3 ? * * *)", days, copied) });
  const monthlyFor = (days: string, copied: boolean) => ({
    monthly: rule("cron(0 4 1 * ? *)", days, copied),
  });
  const plans: readonly [what: string, plan: BackupPlan, rules: object][] = [
    ["once a day alone", { region: "eu-central-1", keepDays: 35 }, dailyFor("35", false)],
    [
      "once a month, too, and keep that for longer",
      { region: "eu-central-1", keepDays: 35, keepMonthlyDays: 365 },
      { ...dailyFor("35", false), ...monthlyFor("365", false) },
    ],
    [
      "to another account's vault, too, and keep that as long",
      { region: "eu-central-1", keepDays: 35, copyTo },
      dailyFor("35", true),
    ],
    [
      "once a month and to another account's vault, too, each kept as long as its original",
      { region: "eu-central-1", keepDays: 35, keepMonthlyDays: 365, copyTo },
      { ...dailyFor("35", true), ...monthlyFor("365", true) },
    ],
  ];
  for (const [what, plan, rules] of plans)
    it(`copy an environment's resources ${what}`, async () => {
      assert.deepEqual(await content("backups", { backups: { prod: plan } }), {
        plans: {
          "landing-zone-prod": {
            regions: { "@@assign": ["eu-central-1"] },
            rules,
            selections: {
              tags: {
                environment: {
                  iam_role_arn: { "@@assign": "arn:aws:iam::$account:role/landing-zone-backup" },
                  tag_key: { "@@assign": "environment" },
                  tag_value: { "@@assign": ["prod"] },
                },
              },
            },
          },
        },
      });
    });

  it("copy each environment as itself is told, and not as another is", async () => {
    const of = Object.fromEntries(plans.map(([, plan], index) => [`environment-${index}`, plan]));
    const together = (await content("backups", { backups: of })) as { plans: Record<string, unknown> };
    for (const [environment, plan] of Object.entries(of)) {
      const alone = (await content("backups", { backups: { [environment]: plan } })) as typeof together;
      assert.deepEqual(Object.keys(alone.plans), [`landing-zone-${environment}`]);
      assert.deepEqual(
        together.plans[`landing-zone-${environment}`],
        alone.plans[`landing-zone-${environment}`],
      );
    }
    assert.equal(Object.keys(together.plans).length, plans.length);
  });

  it("have none about backups where there are none", async () => {
    const stack = await made();
    assert.deepEqual(
      stack.all("Policy").map(({ name }) => name),
      ["policies-ai-opt-out", "policies-tags"],
    );
    assert.equal(stack.all("PolicyAttachment").length, 2);
  });

  it("refuse one that is longer than AWS allows, and take one that just fits", async () => {
    const values = (length: number) => {
      const empty = JSON.stringify({
        tags: { team: { tag_key: { "@@assign": "team" }, tag_value: { "@@assign": [""] } } },
      });
      return { team: ["t".repeat(length - empty.length)] };
    };
    const fits = (await made({ tags: values(10_000) })).one("Policy", "policies-tags");
    assert.equal(String(fits.inputs["content"]).length, 10_000);
    await assert.rejects(
      made({ tags: values(10_001) }),
      /the tags policy has 10,001 characters, and AWS allows 10,000/,
    );
    const many = Array.from({ length: 30 }, (_, index) => [`environment-${index}`, prod.prod] as const);
    await assert.rejects(
      made({ backups: Object.fromEntries(many) }),
      /the backups policy has [\d,]+ characters, and AWS allows 10,000/,
    );
  });
});
