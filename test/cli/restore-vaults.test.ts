/** What a description's `restoresFrom` lets in, and whom it does not. */
import assert from "node:assert/strict";
import { BackupVault } from "../../components/data/backup-vault";
import { EncryptionKey } from "../../components/security/encryption-key";
import { readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import type { Request } from "../../iam/request";
import { accountVault, restoreKeyStatements, restoresAnywhere, vaultLock } from "../../stacks/backup-vaults";
import {
  checked,
  DescriptionError,
  type EnvironmentName,
  type LandingZone,
  type Product,
  type Resource,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { refusals } from "../components/logs/judged";
import { planned } from "../components/planned";

type Environments = LandingZone["environments"];
const changed = (change: { [E in keyof Environments]?: Partial<Environments[E]> }): LandingZone => ({
  ...example,
  environments: {
    dev: { ...example.environments.dev, ...change.dev },
    int: { ...example.environments.int, ...change.int },
    prod: { ...example.environments.prod, ...change.prod },
  },
});

const at = { accountId: "999900001111", region: "eu-central-1" };
const prod = "123456789012";
const backupRole = (account: string) => `arn:aws:iam::${account}:role/landing-zone-backup`;
const ownRole = (account: string) =>
  `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

/** What the document says to a role of an account, which by its own policies may do everything. */
const says = (document: unknown, role: string, action: string, more: Request["context"] = {}) =>
  evaluate(
    {
      principal: { kind: "role", arn: role, account: role.split(":")[4] ?? "" },
      action,
      resource: action.startsWith("kms:")
        ? `arn:aws:kms:${at.region}:${at.accountId}:key/1`
        : `arn:aws:backup:${at.region}:${at.accountId}:backup-vault:landing-zone`,
      context: {
        "aws:PrincipalOrgID": example.organization.ids.organization,
        "aws:PrincipalArn": role,
        "aws:PrincipalAccount": role.split(":")[4] ?? "",
        ...more,
      },
    },
    {
      resource: readDocument(document),
      identity: [
        readDocument({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
      ],
    },
  ).outcome;

describe("restoresFrom", () => {
  const faults = (zone: LandingZone) => {
    try {
      checked(zone);
      return [];
    } catch (error) {
      assert.ok(error instanceof DescriptionError, String(error));
      return error.faults;
    }
  };
  const wrong: readonly [what: string, zone: LandingZone, environment: EnvironmentName, says: RegExp][] = [
    ["itself", changed({ int: { restoresFrom: "int" } }), "int", /is the environment itself/],
    ["an environment without backups", changed({ dev: { restoresFrom: "int" } }), "dev", /has no backups/],
    [
      "anything, in prod",
      changed({ prod: { restoresFrom: "dev" } }),
      "prod",
      /would replace what prod keeps/,
    ],
    [
      "anything, where deletion is protected",
      changed({ int: { deletionProtection: true } }),
      "int",
      /protected against deletion/,
    ],
    [
      "what is no environment",
      changed({ int: { restoresFrom: "test" as "dev" } }),
      "int",
      /must be one of dev/,
    ],
  ];
  for (const [what, zone, environment, problem] of wrong)
    it(`may not name ${what}`, () => {
      const found = faults(zone).filter(({ path }) => path === `environments.${environment}.restoresFrom`);
      assert.equal(found.length, 1);
      assert.match(found[0]?.problem ?? "", problem);
    });

  it("may be absent, or name an environment that has backups", () => {
    for (const restoresFrom of [undefined, "dev", "prod"] as const)
      assert.deepEqual(
        faults(changed({ int: { restoresFrom } })).filter(({ path }) => path.includes("restoresFrom")),
        [],
      );
  });

  it("needs copies between accounts to be switched on", () => {
    assert.equal(restoresAnywhere(example), true);
    assert.equal(restoresAnywhere(changed({ int: { restoresFrom: undefined } })), false);
  });
});

describe("an account's vault", () => {
  it("is for what is restored, for days only, where the environment backs nothing up", () => {
    assert.deepEqual(accountVault(example, "int", "payments-int"), {
      keepDays: 1,
      maxKeepDays: 7,
      lock: { mode: "governance" },
      copiesFrom: {
        organizationId: example.organization.ids.organization,
        accountIds: [prod],
        roleName: "landing-zone-backup",
      },
    });
  });

  it("lets in the accounts of the products that live there, and no others", () => {
    assert.deepEqual(accountVault(example, "int", "int")?.copiesFrom?.accountIds, ["777788889999"]);
  });

  it("keeps its lock where the environment has backups", () => {
    const backup = { keepDays: 14 };
    const vault = accountVault(changed({ int: { backup } }), "int", "int");
    assert.deepEqual({ ...vault, copiesFrom: undefined }, { ...vaultLock(backup), copiesFrom: undefined });
    assert.ok(vault?.copiesFrom);
  });

  it("lets nobody in, or is not there, where nothing is restored", () => {
    const nothing = changed({ int: { restoresFrom: undefined } });
    assert.equal(accountVault(nothing, "int", "int"), undefined);
    assert.equal(accountVault(example, "prod", "prod")?.copiesFrom, undefined);
    assert.equal(accountVault(example, "dev", "dev")?.copiesFrom, undefined);
  });

  it("lets in AWS Backup's roles of these accounts, and no administrator, no other account and no other act", async () => {
    const vault = accountVault(example, "int", "payments-int");
    assert.ok(vault);
    const stack = await planned(
      () =>
        new BackupVault("backups", {
          vaultName: "landing-zone",
          roleName: "landing-zone-backup",
          at,
          ...vault,
        }),
    );
    assert.deepEqual(await refusals(stack), []);
    const { policy } = stack.one("VaultPolicy").inputs;
    const copy = "backup:CopyIntoBackupVault";
    assert.equal(says(policy, backupRole(prod), copy), "allowed");
    assert.equal(says(policy, ownRole(prod), copy), "allowed");
    for (const role of [
      `arn:aws:iam::${prod}:role/OrganizationAccountAccessRole`,
      `arn:aws:iam::${prod}:role/landing-zone-backup-2`,
      backupRole("888899990000"),
    ])
      assert.notEqual(says(policy, role, copy), "allowed", role);
    assert.notEqual(says(policy, backupRole(prod), "backup:DeleteRecoveryPoint"), "allowed");

    const key = stack.one("Key").inputs["policy"];
    const through = { "kms:ViaService": "backup.eu-central-1.amazonaws.com" };
    assert.equal(says(key, backupRole(prod), "kms:GenerateDataKey", through), "allowed");
    assert.notEqual(says(key, backupRole(prod), "kms:GenerateDataKey"), "allowed", "by itself");
    assert.notEqual(says(key, backupRole("888899990000"), "kms:Decrypt", through), "allowed");
    const admin = `arn:aws:iam::${prod}:role/OrganizationAccountAccessRole`;
    assert.notEqual(says(key, admin, "kms:Decrypt", through), "allowed");
  });

  it("refuses a role that is no role's name", async () => {
    for (const roleName of ["", "a b", "path/role", "*"])
      await assert.rejects(
        planned(
          () =>
            new BackupVault("backups", {
              vaultName: "landing-zone",
              roleName: "landing-zone-backup",
              at,
              keepDays: 1,
              copiesFrom: { organizationId: "o-exampleorgid", roleName },
            }),
        ),
        /copiesFrom\.roleName is .*must be a role's name, without a path/,
      );
  });
});

describe("the key of what a product keeps", () => {
  const here = { accountId: prod, region: "eu-central-1" };
  const product = (kind: string, more: Partial<Product> = {}): Product => ({
    name: "payments",
    team: "payments",
    costCentre: "cc-2005",
    dataClass: "restricted",
    accounts: { dev: "payments-dev", int: "payments-int", prod: "payments-prod" },
    data: { books: { kind, args: {}, offers: [] } as unknown as Resource },
    ...more,
  });

  it("is shared for databases, with AWS Backup's roles of the account that restores them", async () => {
    for (const kind of ["aurora", "database"]) {
      const statements = restoreKeyStatements(example, product(kind), "prod", here);
      assert.equal(statements.length, 2);
      const stack = await planned(
        () =>
          new EncryptionKey(
            "key",
            { alias: "payments/data", description: "Data", at: here, statements },
            { protect: true },
          ),
      );
      assert.deepEqual(await refusals(stack), []);
      const { policy } = stack.one("Key").inputs;
      const through = { "kms:ViaService": "rds.eu-central-1.amazonaws.com" };
      for (const role of [backupRole(at.accountId), ownRole(at.accountId)])
        assert.equal(says(policy, role, "kms:Decrypt", through), "allowed", role);
      const grant = { ...through, "kms:GrantIsForAWSResource": "true" };
      assert.equal(says(policy, ownRole(at.accountId), "kms:CreateGrant", grant), "allowed");
      assert.notEqual(says(policy, ownRole(at.accountId), "kms:CreateGrant", through), "allowed");
      for (const role of [
        `arn:aws:iam::${at.accountId}:role/landing-zone-deploy`,
        backupRole("888899990000"),
      ])
        assert.notEqual(says(policy, role, "kms:Decrypt", through), "allowed", role);
    }
  });

  it("is shared for nothing else, by no other environment, and with no account that the product is not in", () => {
    for (const kind of ["table", "bucket", "queue", "secret"])
      assert.deepEqual(restoreKeyStatements(example, product(kind), "prod", here), [], kind);
    assert.deepEqual(restoreKeyStatements(example, product("aurora"), "dev", here), []);
    assert.deepEqual(
      restoreKeyStatements(example, product("aurora", { environments: ["dev", "prod"] }), "prod", here),
      [],
    );
    const nothing = changed({ int: { restoresFrom: undefined } });
    assert.deepEqual(restoreKeyStatements(nothing, product("aurora"), "prod", here), []);
  });
});
