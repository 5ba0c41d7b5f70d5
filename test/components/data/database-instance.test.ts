/** How single databases are kept: hardened everywhere, larger and safer in prod. */
import assert from "node:assert/strict";
import type { DatabaseInstanceArgs } from "../../../components/data/database-instance";
import { refusals } from "../logs/judged";
import { planned } from "../planned";
import { toldOf } from "../told";
import { dev, instance, keyArn, logKeyArn } from "./databases";

const make = (more: Partial<DatabaseInstanceArgs> = {}) => planned(() => instance(more));
const mysql = { engine: "mysql", engineVersion: "8.4.5" } as const;
const mariadb = { engine: "mariadb", engineVersion: "11.4.5" } as const;
const theOne = "aws:rds/instance:Instance";

const choices: Readonly<Record<string, Partial<DatabaseInstanceArgs>>> = {
  "of PostgreSQL in prod": {},
  "of PostgreSQL in dev": { ...dev, instanceClass: "db.t4g.micro" },
  "of MySQL": { ...mysql, insights: "advanced" },
  "of MariaDB": mariadb,
  "of MySQL, very small": { ...dev, ...mysql, instanceClass: "db.t4g.small" },
  "behind a proxy": { proxy: true },
};

describe("a database instance", () => {
  for (const [choice, more] of Object.entries(choices))
    it(`${choice} is encrypted, closed, logged, and breaks no policy`, async () => {
      const stack = await make(more);
      assert.deepEqual(await refusals(stack, "dev"), []);
      const { inputs } = stack.one(theOne);
      assert.equal(inputs["storageEncrypted"], true);
      assert.equal(inputs["kmsKeyId"], keyArn);
      assert.equal(inputs["iamDatabaseAuthenticationEnabled"], true);
      assert.equal(inputs["manageMasterUserPassword"], true);
      assert.equal(inputs["masterUserSecretKmsKeyId"], keyArn);
      assert.equal(inputs["password"], undefined);
      assert.equal(inputs["username"], "maintainer");
      assert.equal(inputs["publiclyAccessible"], false);
      assert.equal(inputs["autoMinorVersionUpgrade"], true);
      assert.equal(inputs["copyTagsToSnapshot"], true);
      assert.equal(inputs["monitoringInterval"], 60);
      assert.equal(inputs["storageType"], "gp3");
      assert.equal(inputs["caCertIdentifier"], "rds-ca-rsa2048-g1");
      assert.equal(inputs["backupRetentionPeriod"], 7);
      const groups = stack.all("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs);
      for (const log of inputs["enabledCloudwatchLogsExports"] as string[])
        assert.ok(groups.some(({ name }) => name === `/aws/rds/instance/orders-ledger/${log}`));
      for (const group of groups) assert.equal(group["kmsKeyId"], logKeyArn);
      assert.equal(
        stack.one("ParameterGroup").inputs["family"],
        `${more.engine ?? "postgres"}${
          { postgres: "17", mysql: "8.4", mariadb: "11.4" }[more.engine ?? "postgres"]
        }`,
      );
    });

  it("in prod has a standby, can not be deleted, and leaves a last snapshot", async () => {
    const { inputs, protect, retainOnDelete } = (await make()).one(theOne);
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    assert.equal(inputs["multiAz"], true);
    assert.equal(inputs["deletionProtection"], true);
    assert.equal(inputs["skipFinalSnapshot"], false);
    assert.equal(inputs["finalSnapshotIdentifier"], "orders-ledger-final");
    assert.equal(inputs["deleteAutomatedBackups"], false);
    assert.equal(inputs["applyImmediately"], false);
  });

  it("in dev is alone, and leaves nothing behind", async () => {
    const { inputs, retainOnDelete } = (await make(dev)).one(theOne);
    assert.equal(retainOnDelete, false);
    assert.equal(inputs["multiAz"], false);
    assert.equal(inputs["deletionProtection"], false);
    assert.equal(inputs["skipFinalSnapshot"], true);
    assert.equal(inputs["finalSnapshotIdentifier"], undefined);
    assert.equal(inputs["deleteAutomatedBackups"], true);
    assert.equal(inputs["applyImmediately"], true);
  });

  it("has insights unless its class has none", async () => {
    const advanced = (await make({ ...mysql, insights: "advanced" })).one(theOne).inputs;
    assert.equal(advanced["performanceInsightsRetentionPeriod"], 465);
    assert.equal(advanced["performanceInsightsKmsKeyId"], keyArn);
    const small = (await make({ ...mysql, instanceClass: "db.t4g.micro" })).one(theOne).inputs;
    assert.equal(small["performanceInsightsEnabled"], false);
    assert.equal(small["performanceInsightsKmsKeyId"], undefined);
    const postgres = (await make({ instanceClass: "db.t4g.micro" })).one(theOne).inputs;
    assert.equal(postgres["performanceInsightsEnabled"], true);
  });

  it("is told to be reached at one host, for reading too", async () => {
    const stack = await make();
    assert.deepEqual(
      stack.all("Parameter").map(({ inputs }) => inputs["name"]),
      ["/orders-ledger/host", "/orders-ledger/reader-host"],
    );
    for (const parameter of stack.all("Parameter"))
      assert.deepEqual(stack.from(parameter, "value"), ["ledger"]);
  });

  it("wakes someone before its storage is full", async () => {
    const alarms = (await make({ ...mariadb, instanceClass: "db.m7g.large" })).all("MetricAlarm");
    for (const { inputs } of alarms) {
      assert.deepEqual(inputs["alarmActions"], toldOf(inputs));
      assert.deepEqual(inputs["dimensions"], { DBInstanceIdentifier: "orders-ledger" });
    }
    assert.deepEqual(alarms.map(({ inputs }) => `${inputs["metricName"]} ${inputs["threshold"]}`).sort(), [
      "CPUUtilization 90",
      "DatabaseConnections 545",
      "FreeStorageSpace 5368709120",
      "FreeableMemory 429496729",
    ]);
  });

  it("can be there twice", async () => {
    const stack = await planned(() => [instance({}, "one"), instance({ proxy: true }, "two")]);
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
  });

  const wrong: readonly [Partial<DatabaseInstanceArgs>, RegExp][] = [
    [{ ...mysql, instanceName: "a".repeat(29) }, /instanceName is a+; of mysql it must have at most 28/],
    [{ engineVersion: "17" }, /engineVersion is 17;/],
    [{ instanceClass: "db.x2g.large" }, /instanceClass is db\.x2g\.large;/],
    [{ backupDays: 0 }, /backupDays is 0;/],
    [{ storage: { gib: 10, upTo: 100 } }, /storage\.gib is 10; .* from 20 to 65536/],
    [{ storage: { gib: 20.5, upTo: 100 } }, /storage\.gib is 20\.5;/],
    [{ storage: { gib: 100, upTo: 70_000 } }, /storage\.upTo is 70000;/],
    [{ storage: { gib: 100, upTo: 105 } }, /storage\.upTo is 105; .* at least: 110/],
    [{ ...mysql, instanceClass: "db.t4g.micro", insights: "advanced" }, /insights is advanced;/],
    [{ ...mariadb, proxy: true }, /engine is mariadb; a proxy/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(make(more), message));
});
