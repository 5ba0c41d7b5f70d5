/** How caches are kept: encrypted, closed but to one user of IAM, in one zone or in several. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Cache, type CacheArgs } from "../../../components/data/cache";
import { cacheAccess } from "../../../components/data/cache-access";
import { cacheFamily, requireCacheName, requireCacheWindows } from "../../../components/data/cache-limits";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";
import { alarmTopics, toldOf } from "../told";
import { dev, keyArn, logKeyArn, prod } from "./databases";
import { elsewhere, requireNarrow } from "./narrow";
import { roleRefusals } from "./task-role";

const cache = (more: Partial<CacheArgs> = {}, name = "sessions") =>
  new Cache(
    name,
    {
      at,
      keyArn,
      alarmTopics,
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      ...prod,
      cacheName: `orders-${name}`,
      engineVersion: "8.1",
      capacity: { nodeType: "cache.r7g.large" },
      logs: { groupPrefix: `/landing-zone/orders/${name}`, keyArn: logKeyArn, retentionDays: 30 },
      ...more,
    },
    { protect: true },
  );
const make = (more: Partial<CacheArgs> = {}) => planned(() => cache(more));
const serverless = { capacity: { serverless: { maxGb: 10, maxEcpu: 5_000 } } } as const;

const choices: Readonly<Record<string, Partial<CacheArgs>>> = {
  "of nodes in prod": {},
  "of nodes in dev": dev,
  "serverless in prod": serverless,
  "serverless in dev": { ...serverless, ...dev },
};

describe("a cache", () => {
  for (const [choice, more] of Object.entries(choices)) {
    const type = "capacity" in more ? "ServerlessCache" : "ReplicationGroup";

    it(`${choice} breaks no policy`, async () =>
      assert.deepEqual(await refusals(await make(more), "dev"), []));

    it(`${choice} has the product's key, its own security group and its users`, async () => {
      const stack = await make(more);
      const only = stack.one(type);
      assert.equal(only.inputs["engine"], "valkey");
      assert.equal(only.inputs["kmsKeyId"], keyArn);
      assert.deepEqual(stack.from(only, "securityGroupIds"), ["sessions"]);
      const group = type === "ServerlessCache" ? "userGroupId" : "userGroupIds";
      assert.deepEqual(stack.from(only, group), ["sessions"]);
      assert.equal(only.protect, true);
      assert.equal(only.retainOnDelete, more.deletionProtection !== false);
    });

    it(`${choice} lets nobody in by itself`, async () => {
      const { inputs } = (await make(more)).one("SecurityGroup");
      assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
    });

    it(`${choice} has one user, by IAM only, and one that is off`, async () => {
      const stack = await make(more);
      assert.deepEqual(
        stack
          .all("User")
          .map(({ inputs: { userId, userName, accessString, authenticationMode } }) => [
            userId,
            userName,
            accessString,
            (authenticationMode as { type: string }).type,
          ]),
        [
          ["orders-sessions", "orders-sessions", "on ~* &* +@all", "iam"],
          ["orders-sessions-default", "default", "off -@all", "no-password-required"],
        ],
      );
      const { inputs } = stack.one("UserGroup");
      assert.equal(inputs["userGroupId"], "orders-sessions");
      assert.equal((inputs["userIds"] as string[]).length, 2);
      for (const { inputs } of stack.all("User")) assert.equal(inputs["passwords"], undefined);
    });

    it(`${choice} says where it is reached, where containers look`, async () => {
      const stack = await make(more);
      const form = type === "ServerlessCache" ? "serverless" : "nodes";
      const { inputs } = stack.one("Parameter");
      assert.deepEqual([inputs["name"], inputs["type"]], ["/orders-sessions/host", "String"]);
      assert.deepEqual(stack.from(stack.one("Parameter"), "value"), ["sessions"]);
      assert.deepEqual(cacheAccess(form)(at, "orders-sessions", "connect").parameters, {
        HOST: inputs["name"],
      });
    });
  }

  it("of nodes speaks TLS only, in prod with a replica that takes over", async () => {
    const { inputs } = (await make()).one("ReplicationGroup");
    assert.equal(inputs["atRestEncryptionEnabled"], true);
    assert.equal(inputs["transitEncryptionEnabled"], true);
    assert.equal(inputs["transitEncryptionMode"], "required");
    assert.equal(inputs["autoMinorVersionUpgrade"], true);
    assert.equal(inputs["numCacheClusters"], 2);
    assert.deepEqual([inputs["automaticFailoverEnabled"], inputs["multiAzEnabled"]], [true, true]);
    assert.equal(inputs["finalSnapshotIdentifier"], "orders-sessions-final");
    assert.equal(inputs["applyImmediately"], false);
    assert.equal(inputs["port"], 6379);
    assert.equal(inputs["authToken"], undefined);
  });

  it("of nodes differs in dev by its number, its last snapshot and nothing else", async () => {
    const [one, other] = await Promise.all([make(dev), make()]);
    const inputs = one.one("ReplicationGroup").inputs;
    assert.equal(inputs["numCacheClusters"], 1);
    assert.deepEqual([inputs["automaticFailoverEnabled"], inputs["multiAzEnabled"]], [false, false]);
    assert.equal(inputs["finalSnapshotIdentifier"], undefined);
    assert.equal(inputs["applyImmediately"], true);
    const differing = ["numCacheClusters", "automaticFailoverEnabled", "multiAzEnabled"];
    const rest = (stack: typeof one) =>
      Object.fromEntries(
        Object.entries(stack.one("ReplicationGroup").inputs).filter(
          ([key]) => ![...differing, "finalSnapshotIdentifier", "applyImmediately"].includes(key),
        ),
      );
    assert.deepEqual(rest(one), rest(other));
  });

  it("keeps as many snapshots as it is told, when it is told", async () => {
    const own = { snapshots: 3, windows: { backup: "23:30-00:30", maintenance: "mon:04:00-mon:05:00" } };
    for (const [more, expected] of [
      [{}, [7, "01:00-02:00", "sun:06:30-sun:07:30"]],
      [own, [3, "23:30-00:30", "mon:04:00-mon:05:00"]],
    ] as const) {
      const { inputs } = (await make(more)).one("ReplicationGroup");
      assert.deepEqual(
        [inputs["snapshotRetentionLimit"], inputs["snapshotWindow"], inputs["maintenanceWindow"]],
        expected,
      );
    }
    const { inputs } = (await make({ ...serverless, ...own })).one("ServerlessCache");
    assert.deepEqual([inputs["snapshotRetentionLimit"], inputs["dailySnapshotTime"]], [3, "23:30"]);
  });

  it("takes its parameters from a group that changes its name with the major version", async () => {
    for (const [engineVersion, name] of [
      ["7.2", "orders-sessions-valkey7"],
      ["9.0", "orders-sessions-valkey9"],
    ] as const) {
      const stack = await make({ engineVersion, eviction: "noeviction" });
      const { inputs } = stack.one("ParameterGroup");
      assert.equal(inputs["name"], name);
      assert.deepEqual(inputs["parameters"], [{ name: "maxmemory-policy", value: "noeviction" }]);
      assert.deepEqual(stack.from(stack.one("ReplicationGroup"), "parameterGroupName"), ["sessions"]);
    }
  });

  it("of nodes writes both logs to groups that are there before and that it may write to", async () => {
    const stack = await make();
    const only = stack.one("ReplicationGroup");
    const logs = only.inputs["logDeliveryConfigurations"] as Record<string, string>[];
    assert.deepEqual(logs.map(({ logType }) => logType).sort(), ["engine-log", "slow-log"]);
    for (const { destination, destinationType, logType, logFormat } of logs) {
      assert.deepEqual([destinationType, logFormat], ["cloudwatch-logs", "json"]);
      assert.equal(destination, `/landing-zone/orders/sessions/${logType}`);
      const group = stack
        .all("aws:cloudwatch/logGroup:LogGroup")
        .find(({ inputs }) => inputs["name"] === destination);
      assert.ok(group);
      assert.deepEqual([group.inputs["kmsKeyId"], group.inputs["retentionInDays"]], [logKeyArn, 30]);
      assert.ok(only.dependencies.includes(group.urn));
    }
  });

  it("serverless grows up to its limits and no further", async () => {
    const stack = await make(serverless);
    const { inputs } = stack.one("ServerlessCache");
    assert.deepEqual(inputs["cacheUsageLimits"], {
      dataStorage: { maximum: 10, unit: "GB" },
      ecpuPerSeconds: [{ maximum: 5_000 }],
    });
    assert.equal(inputs["majorEngineVersion"], "8");
    assert.deepEqual(inputs["subnetIds"], ["subnet-a", "subnet-b"]);
    assert.equal(stack.all("ReplicationGroup").length + stack.all("LogGroup").length, 0);
  });

  const alarms = async (more: Partial<CacheArgs>) =>
    (await make(more)).all("MetricAlarm").map(({ inputs }) => {
      assert.equal(inputs["namespace"], "AWS/ElastiCache");
      assert.deepEqual(inputs["alarmActions"], toldOf(inputs));
      assert.match(String(inputs["alarmDescription"]), /^[A-Z]+: Cache orders-sessions[^:]*: .+[.] /);
      const dimensions = inputs["dimensions"] as Record<string, string>;
      return `${dimensions["CacheClusterId"] ?? dimensions["clusterId"]} ${inputs["metricName"]} ${inputs["threshold"]}`;
    });
  const ofNode = (node: string) =>
    [
      "CurrConnections 52000",
      "DatabaseMemoryUsagePercentage 90",
      "EngineCPUUtilization 90",
      "Evictions 1000",
    ].map(alarm => `${node} ${alarm}`);

  it("wakes someone for each node, and for a lag only where there is one", async () => {
    assert.deepEqual((await alarms(dev)).sort(), ofNode("orders-sessions-001"));
    const three = ["orders-sessions-001", "orders-sessions-002", "orders-sessions-003"];
    assert.deepEqual(
      (await alarms({ capacity: { nodeType: "cache.m7g.large", replicas: 2 } })).sort(),
      three.flatMap(node => [...ofNode(node), `${node} ReplicationLag 10`]),
    );
  });

  it("wakes someone before a serverless one gets to its limits", async () => {
    assert.deepEqual((await alarms(serverless)).sort(), [
      "orders-sessions BytesUsedForCache 8000000000",
      "orders-sessions ElastiCacheProcessingUnits 240000",
      "orders-sessions Evictions 1000",
      "orders-sessions ThrottledCmds 0",
    ]);
  });

  it("can be there twice, one of each kind", async () => {
    const stack = await planned(() => {
      cache({}, "one");
      cache(serverless, "two");
      cache({}, "three");
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack, "dev"), []);
  });

  const wrong: readonly [Partial<CacheArgs>, RegExp][] = [
    [{ cacheName: "Orders" }, /cacheName is Orders; it must have at most 32/],
    [{ engineVersion: "8" }, /engineVersion is 8; .* as in 8\.1/],
    [{ engineVersion: "7.1" }, /engineVersion is 7\.1; .*7\.2 or later/],
    [{ engineVersion: "6.2" }, /engineVersion is 6\.2;/],
    [{ ...serverless, engineVersion: "8" }, /engineVersion is 8;/],
    [{ snapshots: 0 }, /snapshots is 0; it must be a whole number from 1 to 35/],
    [{ snapshots: 36 }, /snapshots is 36;/],
    [{ capacity: { nodeType: "cache.r6gd.xlarge" } }, /capacity\.nodeType is cache\.r6gd\.xlarge;/],
    [{ capacity: { nodeType: "cache.r3.large" } }, /capacity\.nodeType is cache\.r3\.large;/],
    [{ capacity: { nodeType: "db.r7g.large" } }, /capacity\.nodeType is db\.r7g\.large;/],
    [{ capacity: { nodeType: "cache.t4g.small", replicas: 0 } }, /capacity\.replicas is 0; .*1 to 5/],
    [{ capacity: { nodeType: "cache.t4g.small", replicas: 6 } }, /capacity\.replicas is 6;/],
    [{ capacity: { serverless: { maxGb: 0, maxEcpu: 1_000 } } }, /serverless\.maxGb is 0; .*1 to 5000/],
    [{ capacity: { serverless: { maxGb: 1, maxEcpu: 999 } } }, /serverless\.maxEcpu is 999; .*1000 to/],
    [{ ...serverless, eviction: "noeviction" }, /eviction is noeviction; a serverless cache/],
    [
      { windows: { backup: "01:00-01:30", maintenance: "sun:06:30-sun:07:30" } },
      /windows\.backup is 01:00-01:30; it must last 60 minutes/,
    ],
    [
      { windows: { backup: "01:00-02:00", maintenance: "sun:06:30-sun:07:00" } },
      /windows\.maintenance is sun:06:30-sun:07:00; it must last 60/,
    ],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(make(more), message));
});

describe("the limits of a cache", () => {
  it("are kept by all names and versions that ElastiCache takes", () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z](-?[a-z0-9]){0,15}$/), name => requireCacheName(name)));
    for (const name of ["", "1a", "a--b", "a-", "a_b", "a".repeat(33)])
      assert.throws(() => requireCacheName(name), /cacheName is /);
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 40 }), fc.nat({ max: 20 }), (major, minor) => {
        assert.deepEqual(cacheFamily(`${major}.${minor}`), { major: `${major}`, family: `valkey${major}` });
      }),
    );
  });

  it("are an hour for windows, over midnight too", () => {
    const clock = (minutes: number) =>
      [Math.floor(minutes / 60) % 24, minutes % 60].map(part => String(part).padStart(2, "0")).join(":");
    fc.assert(
      fc.property(fc.nat({ max: 1439 }), fc.integer({ min: 30, max: 120 }), (from, lasts) => {
        const windows = {
          backup: `${clock(from)}-${clock(from + lasts)}`,
          // Half a day away, and never on the backup's.
          maintenance: `mon:${clock(from + 720)}-${from + 720 + 60 >= 1440 && from + 720 < 1440 ? "tue" : "mon"}:${clock(from + 780)}`,
        };
        if (lasts >= 60) requireCacheWindows(windows);
        else assert.throws(() => requireCacheWindows(windows), /windows\.backup is .*60 minutes/);
      }),
    );
  });
});

describe("access to a cache", () => {
  it("breaks no policy when a task's role has it", async () => {
    for (const form of ["nodes", "serverless"] as const)
      assert.deepEqual(await roleRefusals(cacheAccess(form)(at, "orders-sessions", "connect")), []);
  });

  for (const [form, type] of [
    ["nodes", "replicationgroup"],
    ["serverless", "serverlesscache"],
  ] as const)
    it(`of ${form} is to that cache, as its one user`, () => {
      const own = `arn:aws:elasticache:eu-central-1:111122223333:${type}:orders-sessions`;
      const user = "arn:aws:elasticache:eu-central-1:111122223333:user:orders-sessions";
      const access = cacheAccess(form)(at, "orders-sessions", "connect");
      assert.equal(access.keyThrough, undefined);
      assert.equal(access.port, 6379);
      assert.deepEqual(access.settings, {
        PORT: "6379",
        USER: "orders-sessions",
        CLUSTER_MODE: form === "serverless" ? "enabled" : "disabled",
      });
      return requireNarrow(access, {
        actions: ["elasticache:Connect"],
        on: [own, user],
        notOn: [
          ...[own, user].flatMap(arn => [`${arn}-2`, arn.slice(0, -1), ...elsewhere(arn)]),
          `${user}-default`,
          own.replace(type, form === "nodes" ? "serverlesscache" : "replicationgroup"),
        ],
        not: [
          "elasticache:DeleteReplicationGroup",
          "elasticache:DeleteServerlessCache",
          "elasticache:ModifyUser",
          "elasticache:ModifyReplicationGroup",
          "elasticache:CreateServerlessCacheSnapshot",
        ],
      });
    });
});
