/** Prometheus and Grafana of a team's own, in the words of the description: what is planned, and who gets where. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../cli/planner";
import { decide, networkOf, partiesOf } from "../../reach";
import { half, own } from "./own-metrics-products";
import { refusalsOf, stacksWithIds } from "./plan-of";
import {
  containersOf,
  type Inputs,
  type Part,
  partOf,
  planOfProducts,
  stackOf,
  zoneOf,
} from "./workload-zones";

interface Statement {
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

const at = "eu-central-1:555566667777";
const readMetrics = {
  Sid: "ReadMetrics",
  Effect: "Allow",
  Action: [
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListMetrics",
    "tag:GetResources",
  ],
  Resource: "*",
  Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
};

describe("metrics of a team's own", function () {
  this.timeout(240_000);
  let plan: Plan;
  before(async () => {
    plan = await planOfProducts(zoneOf(own, half));
  });

  const service = (product: string, name: string): Part =>
    partOf(stackOf(plan, `${product}-service-dev`), "Service", name);
  const statementsOf = (product: string, name: string, purpose: "task" | "execution"): Statement[] => {
    const policies = service(product, name).all("RolePolicy");
    const its = policies.find(({ inputs }) => inputs["role"] === `${product}-${name}-${purpose}`);
    return JSON.parse(String(its?.inputs["policy"])).Statement;
  };
  /** Without what every service has for a shell. */
  const ownStatements = (product: string, name: string) =>
    statementsOf(product, name, "task").filter(({ Sid = "" }) => !Sid.startsWith("Shell"));
  const containers = (product: string, name: string) =>
    containersOf(service(product, name).one("TaskDefinition"));
  const settings = (container: Inputs | undefined, key: "environment" | "secrets", value: string) =>
    Object.fromEntries(
      ((container?.[key] ?? []) as Record<string, string>[]).map(its => [its["name"], its[value]]),
    );

  it("are refused by no policy", () => {
    const stacks = plan.stacks.filter(({ name }) => /^(parcels|fleet)-/.test(name));
    assert.equal(stacks.length, 4);
    assert.deepEqual(refusalsOf({ ...plan, stacks }), []);
  });

  it("are read from CloudWatch by the task with the exporter, which may do nothing else", () => {
    assert.deepEqual(Object.keys(containers("parcels", "prometheus")).sort(), [
      "exporter",
      "prometheus",
      "tls-proxy",
    ]);
    assert.deepEqual(ownStatements("parcels", "prometheus"), [readMetrics]);
    for (const name of ["api", "grafana"])
      assert.ok(!JSON.stringify(statementsOf("parcels", name, "task")).includes("cloudwatch:"), name);
  });

  it("are kept on the task's disk, by one task", () => {
    const its = service("parcels", "prometheus");
    assert.deepEqual(its.one("TaskDefinition")["ephemeralStorage"], { sizeInGib: 50 });
    const { minCapacity, maxCapacity } = its.one("Target");
    assert.deepEqual([minCapacity, maxCapacity], [1, 1]);
  });

  it("are sent to it by the collector beside a service, by remote write and over TLS", () => {
    const { telemetry } = containers("parcels", "api");
    const { exporters, extensions } = JSON.parse(
      settings(telemetry, "environment", "value")["AOT_CONFIG_CONTENT"] ?? "",
    );
    assert.deepEqual(exporters.prometheusremotewrite, {
      endpoint: "https://prometheus.parcels.tasks.dev.example.com:8443/api/v1/write",
      tls: { insecure_skip_verify: true },
      resource_to_telemetry_conversion: { enabled: true },
    });
    assert.equal(extensions, undefined);
    assert.deepEqual(
      ownStatements("parcels", "api").map(({ Sid }) => Sid),
      ["Traces"],
    );
  });

  it("are asked for by Grafana, which has no right in AWS and is told all that it needs", () => {
    assert.deepEqual(ownStatements("parcels", "grafana"), []);
    const { grafana } = containers("parcels", "grafana");
    assert.deepEqual(settings(grafana, "environment", "value"), {
      PEOPLE_PAGES_URL: "https://parcels-people-555566667777.auth.eu-central-1.amazoncognito.com",
      PROMETHEUS_URL: "https://prometheus.parcels.tasks.dev.example.com:8443",
    });
    assert.deepEqual(settings(grafana, "secrets", "valueFrom"), {
      ADMINISTRATOR_VALUE: `arn:aws:secretsmanager:${at}:secret:parcels/administrator`,
      PEOPLE_CLIENT_ID: `arn:aws:ssm:${at}:parameter/parcels-people/grafana-client-id`,
      PEOPLE_CLIENT_SECRET: `arn:aws:ssm:${at}:parameter/parcels-people/grafana-client-secret`,
      PEOPLE_ISSUER: `arn:aws:ssm:${at}:parameter/parcels-people/issuer`,
    });
  });

  it("let Grafana start with its client's secret and its administrator's, and with nobody else's", () => {
    const of = (action: string) =>
      statementsOf("parcels", "grafana", "execution")
        .filter(({ Action }) => [Action].flat().includes(action))
        .flatMap(({ Resource }) => Resource);
    assert.deepEqual(of("ssm:GetParameters"), [
      `arn:aws:ssm:${at}:parameter/parcels-people/grafana-client-id`,
      `arn:aws:ssm:${at}:parameter/parcels-people/issuer`,
      `arn:aws:ssm:${at}:parameter/parcels-people/grafana-client-secret`,
    ]);
    assert.deepEqual(of("secretsmanager:GetSecretValue"), [
      `arn:aws:secretsmanager:${at}:secret:parcels/administrator-??????`,
    ]);
    const key = statementsOf("parcels", "grafana", "execution").find(({ Sid }) => Sid === "Key");
    assert.deepEqual(key?.Condition, {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/parcels/data" },
      StringEquals: {
        "kms:ViaService": ["ssm.eu-central-1.amazonaws.com", "secretsmanager.eu-central-1.amazonaws.com"],
      },
    });
  });

  it("are seen through the internal load balancer alone, at a name and with a certificate of their own", () => {
    const [{ inputs } = { inputs: {} }, ...others] = service("parcels", "grafana").all("ListenerRule");
    assert.deepEqual(others, []);
    assert.deepEqual((inputs as Inputs)["conditions"], [
      { pathPattern: { values: ["/*"] } },
      { hostHeader: { values: ["grafana.parcels.dev.example.com"] } },
    ]);
    assert.deepEqual(service("parcels", "prometheus").all("ListenerRule"), []);
    const balancers = stackOf(plan, "parcels-persistent-dev").filter(
      ({ type }) => type === "aws:lb/loadBalancer:LoadBalancer",
    );
    assert.deepEqual(
      balancers.map(its => its.inputs["internal"]),
      [true],
    );
  });

  it("are signed in to by a pool that administrators put people into", () => {
    const stack = stackOf(plan, "parcels-persistent-dev");
    const client = stack.find(({ type }) => type === "aws:cognito/userPoolClient:UserPoolClient");
    assert.equal(client?.inputs["generateSecret"], true);
    const pool = stack.find(({ type }) => type === "aws:cognito/userPool:UserPool");
    assert.deepEqual(pool?.inputs["adminCreateUserConfig"], { allowAdminCreateUserOnly: true });
    const url = "https://grafana.parcels.dev.example.com/login/generic_oauth";
    assert.equal(
      ((client?.inputs["callbackUrls"] ?? []) as readonly unknown[]).filter(its => its === url).length,
      1,
    );
  });

  it("may be AWS's, asked for by a Grafana that reads this workspace and CloudWatch, and writes nothing", () => {
    assert.deepEqual(ownStatements("fleet", "grafana"), [
      {
        Effect: "Allow",
        Action: ["aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics"],
        Resource: [`arn:aws:aps:${at}:workspace/*`],
        Condition: { StringEquals: { "aws:ResourceTag/prometheus": "fleet-metrics" } },
      },
      readMetrics,
    ]);
    const { grafana } = containers("fleet", "grafana");
    assert.equal(
      settings(grafana, "secrets", "valueFrom")["METRICS_QUERY_URL"],
      `arn:aws:ssm:${at}:parameter/fleet-metrics/query-url`,
    );
    assert.equal(settings(grafana, "environment", "value")["METRICS_REGION"], "eu-central-1");
  });

  it("reach Prometheus from the collector's task and from Grafana, and from nowhere else", async () => {
    const inDev = [own, half].map(product => ({ ...product, environments: ["dev"] as const }));
    const network = networkOf(await stacksWithIds(zoneOf(...inDev)));
    const parties = partiesOf(network);
    const reaches = (from: string, to: string) => {
      const [source, target] = [parties.get(from), parties.get(to)];
      assert.ok(source && target, `${from} or ${to} is nobody`);
      return decide(network, source, target).reaches;
    };
    const prometheus = "parcels-dev/prometheus";
    const callers = ["parcels-dev/api", "parcels-dev/grafana"];
    const ours = [...parties.keys()].filter(
      name => /^(parcels|fleet)-dev\//.test(name) && name !== prometheus,
    );
    assert.ok(ours.length >= 6, ours.join(", "));
    for (const from of [...ours, "internet", "prod"])
      assert.equal(reaches(from, prometheus), callers.includes(from), from);
    for (const from of [prometheus, "parcels-dev/api", "internet"])
      assert.equal(reaches(from, "parcels-dev/grafana"), false, from);
    assert.equal(reaches("parcels-dev/lb", "parcels-dev/grafana"), true);
  });
});

describe("the documentation of a team's own metrics", () => {
  it("shows the words that are tested, and all of them", () => {
    const source = readFileSync(join(__dirname, "own-metrics-products.ts"), "utf8");
    const text = readFileSync(join(__dirname, "../../docs/services.md"), "utf8");
    const section = text.slice(text.indexOf("### Prometheus and Grafana"));
    const blocks = [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
    assert.equal(blocks.length, 2);
    const lines = (code: string) => code.split("\n").map(line => line.trim());
    const said = lines(source).join("\n");
    for (const block of blocks) assert.ok(said.includes(lines(block).join("\n").trim()), block);
  });
});
