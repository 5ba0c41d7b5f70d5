/** How Aurora clusters are kept: hardened everywhere, larger and safer in prod. */
import assert from "node:assert/strict";
import type { AuroraClusterArgs } from "../../../components/data/aurora-cluster";
import { refusals } from "../logs/judged";
import { planned, statements } from "../planned";
import { toldOf } from "../told";
import { cluster, dev, keyArn, logKeyArn, prod } from "./databases";

const make = (more: Partial<AuroraClusterArgs> = {}) => planned(() => cluster(more));
const provisioned = { instanceClass: "db.r8g.large" } as const;

/** Every choice that leads to other resources. */
const choices: Readonly<Record<string, Partial<AuroraClusterArgs>>> = {
  "serverless in prod": {},
  "serverless in dev": { ...dev, capacity: { serverless: { min: 0, max: 2, pauseAfter: 600 } } },
  "provisioned in prod": { capacity: { ...provisioned, instances: 3 }, insights: "advanced", audit: true },
  "provisioned in dev": { ...dev, capacity: { instanceClass: "db.t4g.medium" } },
  "for MySQL in prod": { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.0", storage: "iopt1" },
  "for MySQL in dev": { ...dev, engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.0" },
  "behind a proxy": { proxy: true },
  "behind a proxy in dev": { ...dev, proxy: true },
};

describe("an Aurora cluster", () => {
  for (const [choice, more] of Object.entries(choices)) {
    it(`${choice} breaks no policy`, async () =>
      assert.deepEqual(await refusals(await make(more), "dev"), []));

    it(`${choice} is encrypted, closed, and has no passwords but the managed one`, async () => {
      const stack = await make(more);
      const { inputs } = stack.one("Cluster");
      assert.equal(inputs["storageEncrypted"], true);
      assert.equal(inputs["kmsKeyId"], keyArn);
      assert.equal(inputs["iamDatabaseAuthenticationEnabled"], true);
      assert.equal(inputs["manageMasterUserPassword"], true);
      assert.equal(inputs["masterUserSecretKmsKeyId"], keyArn);
      assert.equal(inputs["masterUsername"], "maintainer");
      assert.equal(inputs["masterPassword"], undefined);
      assert.equal(inputs["enableHttpEndpoint"], false);
      assert.equal(inputs["copyTagsToSnapshot"], true);
      assert.equal(inputs["backupRetentionPeriod"], 7);
      assert.equal(inputs["performanceInsightsEnabled"], true);
      assert.equal(inputs["performanceInsightsKmsKeyId"], keyArn);
      assert.equal(inputs["databaseName"], "orders_ledger");
      for (const { inputs } of stack.all("ClusterInstance")) {
        assert.equal(inputs["publiclyAccessible"], false);
        assert.equal(inputs["autoMinorVersionUpgrade"], true);
        assert.equal(inputs["caCertIdentifier"], "rds-ca-rsa2048-g1");
        assert.equal(inputs["monitoringInterval"], 60);
        assert.equal(inputs["copyTagsToSnapshot"], true);
      }
    });

    it(`${choice} logs to groups that are there before, encrypted and for a time`, async () => {
      const stack = await make(more);
      const exported = stack.one("Cluster").inputs["enabledCloudwatchLogsExports"] as string[];
      const groups = stack.all("aws:cloudwatch/logGroup:LogGroup");
      for (const log of exported) {
        const group = groups.find(({ inputs }) => inputs["name"] === `/aws/rds/cluster/orders-ledger/${log}`);
        assert.ok(group, log);
        assert.ok(stack.one("Cluster").dependencies.includes(group.urn), log);
      }
      for (const { inputs } of groups) {
        assert.equal(inputs["kmsKeyId"], logKeyArn);
        assert.equal(inputs["retentionInDays"], 30);
      }
    });
  }

  it("in prod has a writer and a reader, can not be deleted, and is kept when it leaves the program", async () => {
    const stack = await make(prod);
    const { inputs, protect, retainOnDelete } = stack.one("Cluster");
    assert.equal(stack.all("ClusterInstance").length, 2);
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    assert.equal(inputs["deletionProtection"], true);
    assert.equal(inputs["skipFinalSnapshot"], false);
    assert.equal(inputs["finalSnapshotIdentifier"], "orders-ledger-final");
    assert.equal(inputs["deleteAutomatedBackups"], false);
    assert.equal(inputs["applyImmediately"], false);
    for (const { inputs } of stack.all("ClusterInstance")) assert.equal(inputs["applyImmediately"], false);
  });

  it("in dev has a writer only, and leaves nothing behind", async () => {
    const stack = await make({ ...dev, capacity: { ...provisioned, instances: 5 } });
    const { inputs, retainOnDelete } = stack.one("Cluster");
    assert.equal(stack.all("ClusterInstance").length, 1);
    assert.equal(retainOnDelete, false);
    assert.equal(inputs["deletionProtection"], false);
    assert.equal(inputs["skipFinalSnapshot"], true);
    assert.equal(inputs["finalSnapshotIdentifier"], undefined);
    assert.equal(inputs["deleteAutomatedBackups"], true);
    assert.equal(inputs["applyImmediately"], true);
  });

  it("differs between dev and prod in nothing else", async () => {
    const [one, other] = await Promise.all([make(dev), make(prod)]);
    const differing = ["deletionProtection", "skipFinalSnapshot", "finalSnapshotIdentifier"];
    const rest = (stack: typeof one) => {
      const { inputs } = stack.one("Cluster");
      const own = Object.entries(inputs).filter(
        ([key]) => ![...differing, "deleteAutomatedBackups", "applyImmediately"].includes(key),
      );
      return Object.fromEntries(own);
    };
    assert.deepEqual(rest(one), rest(other));
  });

  it("spreads instances over the zones that it is told, in turn", async () => {
    const zones = ["eu-central-1a", "eu-central-1b"];
    const stack = await make({ capacity: { ...provisioned, instances: 3 }, zones });
    const placed = stack
      .all("ClusterInstance")
      .map(({ inputs }) => [inputs["identifier"], inputs["availabilityZone"], inputs["promotionTier"]]);
    assert.deepEqual(placed, [
      ["orders-ledger-1", zones[0], 1],
      ["orders-ledger-2", zones[1], 1],
      ["orders-ledger-3", zones[0], 2],
    ]);
    const free = await make();
    for (const { inputs } of free.all("ClusterInstance")) assert.equal(inputs["availabilityZone"], undefined);
  });

  it("is as large as its capacity says", async () => {
    const serverless = await make({ ...dev, capacity: { serverless: { min: 0, max: 2, pauseAfter: 600 } } });
    assert.deepEqual(serverless.one("Cluster").inputs["serverlessv2ScalingConfiguration"], {
      minCapacity: 0,
      maxCapacity: 2,
      secondsUntilAutoPause: 600,
    });
    assert.equal(serverless.one("ClusterInstance").inputs["instanceClass"], "db.serverless");
    const fixed = await make({ ...dev, capacity: provisioned });
    assert.equal(fixed.one("Cluster").inputs["serverlessv2ScalingConfiguration"], undefined);
    assert.equal(fixed.one("ClusterInstance").inputs["instanceClass"], "db.r8g.large");
  });

  it("has the storage and the insights that are chosen", async () => {
    const usual = (await make()).one("Cluster").inputs;
    assert.equal(usual["storageType"], "");
    assert.deepEqual(
      [usual["databaseInsightsMode"], usual["performanceInsightsRetentionPeriod"]],
      ["standard", 7],
    );
    const chosen = (await make({ storage: "iopt1", insights: "advanced" })).one("Cluster").inputs;
    assert.equal(chosen["storageType"], "aurora-iopt1");
    assert.deepEqual(
      [chosen["databaseInsightsMode"], chosen["performanceInsightsRetentionPeriod"]],
      ["advanced", 465],
    );
  });

  it("takes its parameters from a group that changes its name with the major version", async () => {
    for (const [engineVersion, name] of [
      ["16.8", "orders-ledger-aurora-postgresql16"],
      ["17.5", "orders-ledger-aurora-postgresql17"],
    ] as const) {
      const stack = await make({ engineVersion, allowMajorUpgrade: true });
      assert.equal(stack.one("ClusterParameterGroup").inputs["name"], name);
      assert.deepEqual(stack.from(stack.one("Cluster"), "dbClusterParameterGroupName"), ["ledger"]);
      assert.equal(stack.one("Cluster").inputs["allowMajorVersionUpgrade"], true);
    }
    assert.equal((await make()).one("Cluster").inputs["allowMajorVersionUpgrade"], false);
  });

  it("lets nobody in by itself", async () => {
    const stack = await make();
    const { inputs } = stack.one("SecurityGroup");
    assert.equal(inputs["ingress"], undefined);
    assert.equal(inputs["egress"], undefined);
    assert.equal(stack.all("SecurityGroupIngressRule").length, 0);
    assert.equal(stack.all("SecurityGroupEgressRule").length, 0);
    assert.deepEqual(stack.from(stack.one("Cluster"), "vpcSecurityGroupIds"), ["ledger"]);
    assert.deepEqual(stack.one("SubnetGroup").inputs["subnetIds"], ["subnet-a", "subnet-b", "subnet-c"]);
  });

  it("says where it is reached, under names that are known before", async () => {
    const stack = await make();
    assert.deepEqual(
      stack.all("Parameter").map(({ inputs }) => [inputs["name"], inputs["type"]]),
      [
        ["/orders-ledger/host", "String"],
        ["/orders-ledger/reader-host", "String"],
      ],
    );
    for (const parameter of stack.all("Parameter"))
      assert.deepEqual(stack.from(parameter, "value"), ["ledger"]);
  });

  it("writes figures with a role that can do nothing else", async () => {
    const stack = await make();
    const role = stack.one("Role");
    assert.equal(role.inputs["path"], "/product/");
    assert.equal(
      role.inputs["permissionsBoundary"],
      "arn:aws:iam::111122223333:policy/landing-zone-product-boundary",
    );
    const [trust] = statements(role, "assumeRolePolicy");
    assert.deepEqual(trust?.Principal, { Service: "monitoring.rds.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": "111122223333" } });
    for (const { Resource } of statements(stack.one("RolePolicy")))
      for (const resource of [Resource ?? "*"].flat())
        assert.match(resource, /^arn:aws:logs:eu-central-1:111122223333:log-group:RDSOSMetrics(:|$)/);
  });

  const metrics = async (more: Partial<AuroraClusterArgs>) =>
    (await make(more)).all("MetricAlarm").map(({ inputs }) => {
      assert.deepEqual(inputs["alarmActions"], toldOf(inputs));
      assert.equal(inputs["namespace"], "AWS/RDS");
      assert.match(String(inputs["alarmDescription"]), /^[A-Z]+: (Database|Proxy) orders-ledger: .+[.?] /);
      const dimensions = inputs["dimensions"] as Record<string, unknown>;
      assert.ok(Object.values(dimensions).includes("orders-ledger"));
      return `${inputs["metricName"]} ${inputs["threshold"]}`;
    });

  it("wakes someone for what fits its kind", async () => {
    assert.deepEqual((await metrics({ ...dev, capacity: { serverless: { min: 1, max: 8 } } })).sort(), [
      "ACUUtilization 90",
      "DatabaseConnections 1441",
      "MaximumUsedTransactionIDs 1000000000",
    ]);
    assert.deepEqual((await metrics({ capacity: provisioned, proxy: true })).sort(), [
      "AuroraReplicaLagMaximum 2000",
      "CPUUtilization 90",
      "DatabaseConnections 1441",
      "DatabaseConnectionsSetupFailed 10",
      "FreeableMemory 858993459",
      "MaximumUsedTransactionIDs 1000000000",
    ]);
    const mysql = await metrics({ engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.0" });
    assert.ok(!mysql.some(metric => metric.startsWith("MaximumUsedTransactionIDs")));
  });

  it("can be there twice", async () => {
    const stack = await planned(() => {
      cluster({ proxy: true }, "ledger");
      cluster({ proxy: true }, "archive");
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    const names = (type: string, key: string) => stack.all(type).map(({ inputs }) => inputs[key]);
    for (const [type, key] of [
      ["Cluster", "clusterIdentifier"],
      ["ClusterInstance", "identifier"],
      ["Parameter", "name"],
      ["Role", "name"],
      ["aws:cloudwatch/logGroup:LogGroup", "name"],
    ] as const)
      assert.equal(new Set(names(type, key)).size, names(type, key).length, type);
    assert.deepEqual(await refusals(stack, "dev"), []);
  });

  const wrong: readonly [Partial<AuroraClusterArgs>, RegExp][] = [
    [{ clusterName: "Orders" }, /clusterName is Orders; of aurora-postgresql it must have at most 55/],
    [{ engineVersion: "16" }, /engineVersion is 16; .* as in 16\.8/],
    [{ backupDays: 0 }, /backupDays is 0; it must be a whole number from 1 to 35/],
    [{ backupDays: 36 }, /backupDays is 36;/],
    [{ backupDays: 1.5 }, /backupDays is 1\.5;/],
    [{ windows: { backup: "06:00-07:00", maintenance: "sun:06:30-sun:07:30" } }, /must not overlap/],
    [{ capacity: { ...provisioned, instances: 1 } }, /capacity\.instances is 1; .* from 2 to 16/],
    [{ capacity: { ...provisioned, instances: 17 } }, /capacity\.instances is 17;/],
    [{ capacity: { instanceClass: "r8g.large" } }, /instanceClass is r8g\.large;/],
    [{ capacity: { instanceClass: "db.m8g.large" } }, /capacity\.instanceClass is db\.m8g\.large; Aurora/],
    [{ capacity: { instanceClass: "db.t3.medium" } }, /takes r families, db\.t4g\.medium/],
    [{ capacity: { serverless: { min: 0, max: 2, pauseAfter: 600 } } }, /several zones must not pause/],
    [
      { ...dev, proxy: true, capacity: { serverless: { min: 0, max: 2, pauseAfter: 600 } } },
      /behind a proxy it never pauses/,
    ],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(make(more), message));
});
