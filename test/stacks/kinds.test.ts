/** What products keep that is called over the network: from the words of a description to what is planned. */
import assert from "node:assert/strict";
import { type Plan, type PlannedResource, planStacks, type StackPlan } from "../../cli/planner";
import { policyPack, projectName, projectRoot } from "../../cli/project";
import { pulumiProgram } from "../../cli/pulumi-program";
import { productBoundary } from "../../components/delivery/product-boundary";
import { policyDocument } from "../../components/identity/policy-document";
import { readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import {
  type AuroraArgs,
  aurora,
  cache,
  checked,
  database,
  fileSystem,
  type LandingZone,
  product,
  search,
} from "../../stacks/description";
import { keptDays } from "../../stacks/kinds/databases";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { refusalsOf } from "../landing-zone/plan-of";

/** The named stacks and all that they read from. */
function planned(zone: LandingZone, names: readonly string[], others = {}): Promise<Plan> {
  const all = stacksOf(zone);
  const wanted = new Set<string>();
  const want = (name: string): void => {
    if (wanted.has(name) || name in others) return;
    wanted.add(name);
    for (const upstream of all.find(stack => stack.name === name)?.dependsOn ?? []) want(upstream);
  };
  for (const name of names) want(name);
  const main = pulumiProgram();
  const ids: Readonly<Record<string, string | undefined>> = zone.organization.ids.accounts;
  return planStacks(
    all
      .filter(({ name }) => wanted.has(name))
      .map(({ name, region, environment, account }) => ({
        name,
        region,
        environment,
        account: ids[account],
        program: () => main(zone),
      })),
    { project: projectName, root: projectRoot, policyPack, outputsOfOthers: others },
  );
}

const ledger = aurora({
  engine: "postgresql",
  version: { dev: "17.5", int: "16.8", prod: "16.8" },
  capacity: {
    dev: { serverless: { min: 0, max: 4, pauseAfter: 3600 } },
    int: { serverless: { min: 0.5, max: 4 } },
    prod: { instanceClass: "db.r8g.large", instances: 3 },
  },
  proxy: { dev: false, int: true, prod: true },
  insights: { dev: "standard", int: "standard", prod: "advanced" },
  storage: { dev: "standard", int: "standard", prod: "iopt1" },
});
const carts = aurora({
  engine: "mysql",
  version: "8.0.mysql_aurora.3.10.0",
  capacity: { serverless: { min: 1, max: 8 } },
});
const books = database({
  engine: "postgresql",
  version: "17.4",
  instanceClass: { dev: "db.t4g.micro", int: "db.t4g.medium", prod: "db.m8g.large" },
  storage: { dev: { gib: 20, upTo: 50 }, int: { gib: 20, upTo: 50 }, prod: { gib: 200, upTo: 1_000 } },
});
const old = database({
  engine: "mariadb",
  version: "11.4.5",
  instanceClass: "db.t4g.small",
  storage: { gib: 20, upTo: 22 },
  audit: false,
});
const sessions = cache({
  version: "8.1",
  capacity: {
    dev: { nodeType: "cache.t4g.micro" },
    int: { nodeType: "cache.t4g.small" },
    prod: { nodeType: "cache.r7g.large", replicas: 2 },
  },
  eviction: "allkeys-lru",
});
const quotes = cache({ version: "8.1", capacity: { serverless: { maxGb: 5 } } });
const files = fileSystem({ mountPath: "/data", infrequentAfter: 7 });
const articles = search({
  version: "2.19",
  capacity: {
    dev: { instanceType: "t3.small.search", storageGib: 10 },
    int: { instanceType: "t3.medium.search", storageGib: 20 },
    prod: { instanceType: "r7g.large.search", storageGib: 100, instances: 6 },
  },
});

const orders = product({
  name: "orders",
  team: "checkout",
  costCentre: "cc-2001",
  dataClass: "restricted",
  data: { ledger, carts, books, old, sessions, quotes, files, articles },
  shares: { ledger: ["reports"], files: ["reports"] },
  services: {
    api: {
      release: "1",
      uses: [
        ledger.connect,
        carts.connect,
        books.connect,
        sessions.connect,
        quotes.connect,
        files.readWrite,
        articles.readWrite,
      ],
    },
    viewer: { release: "1", uses: [files.read, articles.read] },
    idle: { release: "1" },
  },
  jobs: { close: { release: "1", schedule: "rate(1 day)", uses: [old.connectReadOnly] } },
});
const reports = product({
  name: "reports",
  team: "checkout",
  costCentre: "cc-2001",
  dataClass: "internal",
  jobs: {
    daily: {
      release: "1",
      schedule: "rate(1 day)",
      uses: [ledger.connectReadOnly, files.read],
    },
  },
});

const zone = (): LandingZone => checked({ ...example, products: [orders, reports] });

type Inputs = Record<string, unknown>;
const resources = (stack: StackPlan, type: string): PlannedResource[] =>
  stack.resources.filter(({ type: its, custom }) => custom && its === type);
const one = (stack: StackPlan, type: string, name: string): Inputs => {
  const found = resources(stack, type).filter(its => its.name === name);
  assert.equal(found.length, 1, `${found.length} of ${type} ${name} in ${stack.name}`);
  return found[0]?.inputs as Inputs;
};
interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Record<string, Record<string, readonly string[]>>;
}
const statementsOf = (policy: unknown): Statement[] =>
  (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
const grants = (stack: StackPlan, role: string): [action: string, resource: string][] =>
  statementsOf(one(stack, "aws:iam/rolePolicy:RolePolicy", role)["policy"]).flatMap(({ Action, Resource }) =>
    [Action]
      .flat()
      .flatMap(action => [Resource].flat().map(resource => [action, resource] as [string, string])),
  );

/** The volumes of a task that are file systems. */
const systems = (its: StackPlan, workload: string): Inputs[] =>
  (one(its, "aws:ecs/taskDefinition:TaskDefinition", workload)["volumes"] as Inputs[]).filter(
    volume => "efsVolumeConfiguration" in volume,
  );

describe("what is called over the network, in dev, int and prod", () => {
  const environments = ["dev", "int", "prod"] as const;
  let plan: Plan;
  before(async () => {
    plan = await planned(
      zone(),
      environments.flatMap(name => [`orders-service-${name}`, `reports-service-${name}`]),
    );
  });
  const stack = (name: string): StackPlan => {
    const found = plan.stacks.find(its => its.name === name);
    assert.ok(found, name);
    return found;
  };
  const kept = (environment: string) => stack(`orders-persistent-${environment}`);
  const running = (environment: string) => stack(`orders-service-${environment}`);
  const account = {
    dev: example.organization.ids.accounts.dev,
    prod: example.organization.ids.accounts.prod,
  };
  const here = (service: string, resource: string) =>
    `arn:aws:${service}:eu-central-1:${account.dev}:${resource}`;

  it("is refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("has every log group admitted by the policy of its key", () => {
    let count = 0;
    for (const { name, resources: all } of plan.stacks.filter(its => its.name.includes("-persistent-")))
      for (const group of all.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")) {
        const key = all.find(({ urn }) => group.propertyDependencies["kmsKeyId"]?.includes(urn));
        const policy = statementsOf(key?.inputs["policy"]).find(({ Sid }) => Sid === "Logs");
        const patterns = [
          policy?.Condition?.["ArnLike"]?.["kms:EncryptionContext:aws:logs:arn"] ?? [],
        ].flat();
        const form = (pattern: string) =>
          new RegExp(`:log-group:${(pattern.split(":log-group:")[1] ?? "").replaceAll("*", ".*")}$`);
        const arn = here("logs", `log-group:${group.inputs["name"]}`);
        assert.ok(
          patterns.some(pattern => form(pattern).test(arn)),
          `${name}: ${arn} is not among ${patterns.join(", ")}`,
        );
        count += 1;
      }
    assert.ok(count > 40, `${count} log groups`);
  });

  it("names in the key's policy the groups of these databases, and not of all", () => {
    const key = resources(kept("dev"), "aws:kms/key:Key").find(({ name }) => name === "orders-data");
    const logs = statementsOf(key?.inputs["policy"]).find(({ Sid }) => Sid === "Logs");
    const admitted = [logs?.Condition?.["ArnLike"]?.["kms:EncryptionContext:aws:logs:arn"] ?? []].flat();
    const rds = admitted
      .map(arn => arn.split(":log-group:")[1] ?? "")
      .filter(its => its.startsWith("/aws/rds/"));
    const of = (name: string) => [
      `/aws/rds/cluster/${name}/*`,
      `/aws/rds/instance/${name}/*`,
      `/aws/rds/proxy/${name}`,
    ];
    assert.deepEqual(
      rds,
      ["ledger", "carts", "books", "old"].flatMap(name => of(`orders-${name}`)),
    );
  });

  const perEnvironment: readonly [
    what: string,
    type: string,
    name: string,
    property: string,
    dev: unknown,
    int: unknown,
    prod: unknown,
  ][] = [
    ["version", "aws:rds/cluster:Cluster", "ledger", "engineVersion", "17.5", "16.8", "16.8"],
    ["days of backups", "aws:rds/cluster:Cluster", "ledger", "backupRetentionPeriod", 7, 7, 35],
    ["days of backups", "aws:rds/instance:Instance", "books", "backupRetentionPeriod", 7, 7, 35],
    ["protection", "aws:rds/cluster:Cluster", "ledger", "deletionProtection", false, false, true],
    [
      "insights",
      "aws:rds/cluster:Cluster",
      "ledger",
      "databaseInsightsMode",
      "standard",
      "standard",
      "advanced",
    ],
    ["storage", "aws:rds/cluster:Cluster", "ledger", "storageType", undefined, undefined, "aurora-iopt1"],
    [
      "class",
      "aws:rds/clusterInstance:ClusterInstance",
      "ledger-1",
      "instanceClass",
      "db.serverless",
      "db.serverless",
      "db.r8g.large",
    ],
    [
      "class",
      "aws:rds/instance:Instance",
      "books",
      "instanceClass",
      "db.t4g.micro",
      "db.t4g.medium",
      "db.m8g.large",
    ],
    ["storage", "aws:rds/instance:Instance", "books", "maxAllocatedStorage", 50, 50, 1_000],
    ["standby", "aws:rds/instance:Instance", "books", "multiAz", false, false, true],
    ["nodes", "aws:elasticache/replicationGroup:ReplicationGroup", "sessions", "numCacheClusters", 1, 1, 3],
    [
      "node type",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      "sessions",
      "nodeType",
      "cache.t4g.micro",
      "cache.t4g.small",
      "cache.r7g.large",
    ],
    [
      "snapshots",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      "sessions",
      "snapshotRetentionLimit",
      7,
      7,
      35,
    ],
    [
      "snapshots",
      "aws:elasticache/serverlessCache:ServerlessCache",
      "quotes",
      "snapshotRetentionLimit",
      7,
      7,
      35,
    ],
  ];
  for (const [what, type, name, property, ...expected] of perEnvironment)
    it(`differs as the environments do: ${what} of ${name}`, () =>
      assert.deepEqual(
        environments.map(environment => one(kept(environment), type, name)[property] || undefined),
        expected.map(value => value || undefined),
      ));

  it("has as many instances as several zones want", () => {
    const count = (environment: string) =>
      resources(kept(environment), "aws:rds/clusterInstance:ClusterInstance").filter(({ name }) =>
        name.startsWith("ledger-"),
      ).length;
    assert.deepEqual(environments.map(count), [1, 1, 3]);
    const domain = (environment: string) =>
      one(kept(environment), "aws:opensearch/domain:Domain", "articles")["clusterConfig"] as Inputs;
    assert.deepEqual(
      environments.map(environment => domain(environment)["instanceCount"]),
      [1, 1, 6],
    );
    // A file system is in all zones everywhere.
    for (const environment of environments)
      assert.equal(resources(kept(environment), "aws:efs/mountTarget:MountTarget").length, 3);
  });

  it("pauses, and has a proxy, only where it is told", () => {
    assert.deepEqual(
      one(kept("dev"), "aws:rds/cluster:Cluster", "ledger")["serverlessv2ScalingConfiguration"],
      { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 3600 },
    );
    assert.deepEqual(
      environments.map(environment => resources(kept(environment), "aws:rds/proxy:Proxy").length),
      [0, 1, 1],
    );
  });

  it("audits what is restricted, unless told otherwise", () => {
    const parameters = (type: string, name: string) =>
      (one(kept("dev"), type, name)["parameters"] as { name: string; value: string }[]).map(its => its.name);
    assert.ok(
      parameters("aws:rds/clusterParameterGroup:ClusterParameterGroup", "ledger").includes("pgaudit.log"),
    );
    assert.ok(parameters("aws:rds/parameterGroup:ParameterGroup", "books").includes("pgaudit.log"));
    const events = one(kept("dev"), "aws:rds/clusterParameterGroup:ClusterParameterGroup", "carts")[
      "parameters"
    ];
    assert.match(JSON.stringify(events), /QUERY_DDL/);
  });

  it("is granted to the task that is linked to it, and to no other", () => {
    assert.deepEqual(
      grants(running("dev"), "api-task").filter(([action]) => !/^(ssm|kms)/.test(action)),
      [
        ...["ledger", "carts", "books"].map(name => [
          "rds-db:connect",
          here("rds-db", `dbuser:*/orders_${name}`),
        ]),
        ["elasticache:Connect", here("elasticache", "replicationgroup:orders-sessions")],
        ["elasticache:Connect", here("elasticache", "user:orders-sessions")],
        ["elasticache:Connect", here("elasticache", "serverlesscache:orders-quotes")],
        ["elasticache:Connect", here("elasticache", "user:orders-quotes")],
        ["elasticfilesystem:ClientMount", here("elasticfilesystem", "file-system/*")],
        ["elasticfilesystem:ClientWrite", here("elasticfilesystem", "file-system/*")],
        ...["Delete", "Get", "Head", "Patch", "Post", "Put"].map(method => [
          `es:ESHttp${method}`,
          here("es", "domain/orders-articles/*"),
        ]),
        // What is said in a shell of the task is written down by the task.
        ["logs:DescribeLogGroups", "*"],
        ...["CreateLogStream", "DescribeLogStreams", "PutLogEvents"].map(action => [
          `logs:${action}`,
          here("logs", "log-group:/landing-zone/orders/shell/sessions:*"),
        ]),
      ],
    );
    assert.deepEqual(grants(running("dev"), "close-task"), [
      ["rds-db:connect", here("rds-db", "dbuser:*/orders_old__ro")],
    ]);
    assert.deepEqual(
      grants(running("dev"), "idle-task").filter(([action]) => !/^(ssmmessages|logs|kms):/.test(action)),
      [],
      "its own shell alone",
    );
    assert.deepEqual(grants(stack("reports-service-dev"), "daily-task")[0], [
      "rds-db:connect",
      here("rds-db", "dbuser:*/orders_ledger__ro"),
    ]);
  });

  it("is within what the boundary of products lets their roles do", () => {
    let count = 0;
    const of = (name: string) =>
      plan.stacks.filter(its => its.name.startsWith("orders-") && its.name.endsWith(name));
    for (const its of [...of("dev"), ...of("prod")])
      for (const { name, inputs } of resources(its, "aws:iam/rolePolicy:RolePolicy")) {
        const accountId = its.account ?? "";
        const boundary = readDocument(policyDocument(productBoundary({ accountId, region: "eu-central-1" })));
        const identity = [readDocument(inputs["policy"])];
        // What is to be had through a key is for its policy to say.
        for (const { Effect, Action, Resource, Condition = {} } of statementsOf(inputs["policy"]))
          for (const action of Effect === "Deny" ? [] : [Action].flat())
            for (const resource of [Resource].flat().filter(arn => !arn.includes(":kms:"))) {
              const decision = evaluate(
                {
                  principal: {
                    kind: "role",
                    arn: `arn:aws:iam::${accountId}:role/product/${String(inputs["role"])}`,
                    account: accountId,
                  },
                  action,
                  resource: resource === "*" ? resource : resource.replaceAll("*", "x"),
                  context: Object.assign({}, ...Object.values(Condition)),
                },
                { identity, boundary },
              );
              assert.equal(decision.outcome, "allowed", `${its.name} ${name}: ${action} on ${resource}`);
              count += 1;
            }
      }
    assert.ok(count > 100, `${count} requests`);
  });

  const container = (its: StackPlan, name: string): Inputs => {
    const text = one(its, "aws:ecs/taskDefinition:TaskDefinition", name)["containerDefinitions"];
    const [only] = JSON.parse(String(text)) as Inputs[];
    assert.ok(only);
    return only;
  };
  const settings = (its: StackPlan, name: string): Record<string, string> =>
    Object.fromEntries(
      (container(its, name)["environment"] as { name: string; value: string }[]).map(
        ({ name: key, value }) => [key, value],
      ),
    );

  it("tells containers where it is, in a definition that is known in a plan", () => {
    assert.deepEqual(settings(running("prod"), "viewer"), { FILES_PATH: "/data", ARTICLES_PORT: "443" });
    const api = settings(running("prod"), "api");
    assert.deepEqual(
      [api["LEDGER_USER"], api["LEDGER_ENGINE"], api["CARTS_ENGINE"], api["BOOKS_PORT"]],
      ["orders_ledger", "postgresql", "mysql", "5432"],
    );
    assert.deepEqual([api["SESSIONS_CLUSTER_MODE"], api["QUOTES_CLUSTER_MODE"]], ["disabled", "enabled"]);
    const secrets = container(running("dev"), "api")["secrets"] as { name: string; valueFrom: string }[];
    assert.deepEqual(
      secrets.map(({ name, valueFrom }) => [name, valueFrom.split(":parameter")[1]]),
      [
        ["LEDGER_HOST", "/orders-ledger/host"],
        ["LEDGER_READER_HOST", "/orders-ledger/reader-host"],
        ["CARTS_HOST", "/orders-carts/host"],
        ["CARTS_READER_HOST", "/orders-carts/reader-host"],
        ["BOOKS_HOST", "/orders-books/host"],
        ["BOOKS_READER_HOST", "/orders-books/reader-host"],
        ["SESSIONS_HOST", "/orders-sessions/host"],
        ["QUOTES_HOST", "/orders-quotes/host"],
        ["ARTICLES_HOST", "/orders-articles/host"],
      ],
    );
    // What a container reads must be written somewhere.
    const written = resources(kept("dev"), "aws:ssm/parameter:Parameter").map(({ inputs }) => inputs["name"]);
    for (const { valueFrom } of secrets) assert.ok(written.includes(valueFrom.split(":parameter")[1] ?? ""));
    assert.deepEqual(settings(stack("reports-service-dev"), "daily"), {
      ORDERS_LEDGER_PORT: "5432",
      ORDERS_LEDGER_NAME: "orders_ledger",
      ORDERS_LEDGER_USER: "orders_ledger__ro",
      ORDERS_LEDGER_ENGINE: "postgresql",
      ORDERS_FILES_PATH: "/data",
    });
  });

  it("is mounted, where it is a file system, over TLS, as the task's role, to write only where that is asked", () => {
    const mounts: readonly [stack: string, workload: string, volume: string, readOnly: boolean][] = [
      ["orders-service-prod", "api", "efs-files", false],
      ["orders-service-prod", "viewer", "efs-files", true],
      ["reports-service-prod", "daily", "efs-orders-files", true],
    ];
    for (const [name, workload, volume, readOnly] of mounts) {
      const points = container(stack(name), workload)["mountPoints"] as Inputs[];
      assert.deepEqual(
        points.filter(({ sourceVolume }) => /^efs-/.test(String(sourceVolume))),
        [{ sourceVolume: volume, containerPath: "/data", readOnly }],
      );
      assert.deepEqual(systems(stack(name), workload), [
        {
          name: volume,
          efsVolumeConfiguration: {
            fileSystemId: "[unknown]",
            transitEncryption: "ENABLED",
            authorizationConfig: { accessPointId: "[unknown]", iam: "ENABLED" },
          },
        },
      ]);
    }
    assert.deepEqual(systems(running("prod"), "idle"), []);
  });

  it("has rules between the tasks' groups and its own, on its port and no other", () => {
    const between = (its: StackPlan, workload: string) =>
      ["Egress", "Ingress"].map(way =>
        resources(its, `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`)
          .filter(({ name }) => name.startsWith(`${workload}-${way === "Egress" ? "to" : "into"}-`))
          .map(({ name, inputs }) => {
            assert.equal(inputs["fromPort"], inputs["toPort"]);
            assert.deepEqual([inputs["ipProtocol"], inputs["cidrIpv4"]], ["tcp", undefined]);
            return [name.split(/-(?:to|into)-/)[1], inputs["toPort"]];
          })
          .sort(),
      );
    for (const [its, workload, expected] of [
      [
        running("dev"),
        "api",
        [
          ["articles", 443],
          ["books", 5432],
          ["carts", 3306],
          ["files", 2049],
          ["ledger", 5432],
          ["quotes", 6379],
          ["sessions", 6379],
        ],
      ],
      [
        running("dev"),
        "viewer",
        [
          ["articles", 443],
          ["files", 2049],
        ],
      ],
      [running("dev"), "close", [["old", 3306]]],
      [running("dev"), "idle", []],
      [
        stack("reports-service-dev"),
        "daily",
        [
          ["orders-files", 2049],
          ["orders-ledger", 5432],
        ],
      ],
    ] as const)
      assert.deepEqual(between(its, workload), [expected, expected], workload);
    // Nothing else is let into what is kept.
    const lets = resources(kept("dev"), "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(
      lets.map(({ name }) => name),
      [],
    );
  });

  it("is read by services from what the persistent stack puts out", () => {
    assert.deepEqual(Object.keys(kept("dev").outputs["fileSystems"] as object), ["files"]);
    assert.deepEqual(
      Object.keys(kept("dev").outputs["securityGroupIds"] as object).sort(),
      Object.keys(orders.data ?? {}).sort(),
    );
    assert.deepEqual(stack("reports-persistent-dev").outputs["fileSystems"], {});
  });
});

describe("a service stack by itself", () => {
  /** What a persistent stack puts out, with some of it replaced. */
  const said = async (its: LandingZone, name: string, more: Record<string, unknown>) => {
    const { stacks } = await planned(its, [name]);
    const { outputs } = stacks.at(-1) ?? {};
    return { [name]: { ...outputs, ...more } };
  };

  it("is planned from what the persistent stack has put out, which is not planned again", async () => {
    const groups = Object.fromEntries(Object.keys(orders.data ?? {}).map(name => [name, `sg-${name}`]));
    const plan = await planned(
      zone(),
      ["orders-service-prod"],
      await said(zone(), "orders-persistent-prod", {
        securityGroupIds: groups,
        fileSystems: { files: { fileSystemId: "fs-1", accessPointId: "fsap-1" } },
      }),
    );
    const [stack, ...others] = plan.stacks;
    assert.ok(stack !== undefined && others.length === 0);
    assert.deepEqual(refusalsOf(plan), []);
    assert.deepEqual(systems(stack, "viewer")[0]?.["efsVolumeConfiguration"], {
      fileSystemId: "fs-1",
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
    });
    const into = one(stack, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "api-into-ledger");
    assert.equal(into["securityGroupId"], "sg-ledger");
  });

  it("does not ask a persistent stack from before there were file systems for any, if it has none", async () => {
    const only = product({ ...reports, name: "plain", jobs: {}, services: { worker: { release: "1" } } });
    const its = checked({ ...example, products: [only] });
    const { "plain-persistent-dev": outputs } = await said(its, "plain-persistent-dev", {});
    const { fileSystems, ...earlier } = outputs as Record<string, unknown>;
    assert.deepEqual(fileSystems, {});
    const plan = await planned(its, ["plain-service-dev"], { "plain-persistent-dev": earlier });
    assert.equal(plan.stacks.length, 1);
  });
});

describe("another product's", () => {
  for (const [name, link] of Object.entries({
    ledger: ledger.connect,
    books: books.connect,
    sessions: sessions.connect,
    files: files.read,
    articles: articles.read,
  }))
    it(`${link.resource.kind} has its stack planned before those that call it`, () => {
      const keeper = product({ ...orders, shares: { [name]: ["reports"] } });
      const caller = product({ ...reports, jobs: {}, services: { api: { release: "1", uses: [link] } } });
      const stacks = stacksOf(checked({ ...example, products: [keeper, caller] }));
      assert.deepEqual(stacks.find(its => its.name === "reports-service-int")?.dependsOn, [
        "reports-persistent-int",
        "orders-persistent-int",
      ]);
    });
});

describe("AWS's own backups", () => {
  it("are kept as long as the environment's, a week where it has none, and never longer than AWS keeps them", () => {
    const { dev } = example.environments;
    const days = (keepDays?: number) => {
      const { backup: _, ...rest } = dev;
      return keptDays(keepDays === undefined ? rest : { ...rest, backup: { keepDays } });
    };
    assert.deepEqual([undefined, 1, 14, 35, 36, 3_650].map(days), [7, 1, 14, 35, 35, 35]);
  });
});

describe("two of a kind in one product", () => {
  it("do not meet", async () => {
    const args: AuroraArgs = {
      engine: "postgresql",
      version: "16.8",
      capacity: { serverless: { min: 0.5, max: 2 } },
    };
    const machine = {
      engine: "mysql",
      version: "8.4.5",
      instanceClass: "db.t4g.medium",
      storage: { gib: 20, upTo: 40 },
      proxy: true,
    } as const;
    const size = { version: "2.19", capacity: { instanceType: "t3.small.search", storageGib: 10 } };
    const twins = product({
      name: "twins",
      team: "t",
      costCentre: "c",
      dataClass: "internal",
      environments: ["dev"],
      data: {
        a1: aurora(args),
        a2: aurora(args),
        d1: database(machine),
        d2: database(machine),
        c1: cache({ version: "8.1", capacity: { nodeType: "cache.t4g.micro" } }),
        c2: cache({ version: "8.1", capacity: { nodeType: "cache.t4g.micro" } }),
        f1: fileSystem({ mountPath: "/one" }),
        f2: fileSystem({ mountPath: "/two" }),
        s1: search(size),
        s2: search(size),
      },
      services: { worker: { release: "1" } },
    });
    const plan = await planned(checked({ ...example, products: [twins] }), ["twins-persistent-dev"]);
    assert.deepEqual(refusalsOf(plan), []);
    const all = plan.stacks.at(-1)?.resources ?? [];
    assert.equal(new Set(all.map(({ urn }) => urn)).size, all.length);
  });
});
