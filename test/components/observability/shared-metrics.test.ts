import assert from "node:assert/strict";
import {
  MetricsLink,
  type MetricsLinkArgs,
  MetricsSink,
} from "../../../components/observability/shared-metrics";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { planned } from "../planned";

const accountIds = ["333344445555", "222233334444"];
const sink = () => planned(() => new MetricsSink("metrics", { sinkName: "landing-zone", accountIds }));
const link = (more: Partial<MetricsLinkArgs> = {}) =>
  planned(
    () => new MetricsLink("metrics", { sinkArn: "arn:aws:oam:eu-central-1:111122223333:sink/1", ...more }),
  );

describe("a sink for metrics", () => {
  it("is named as said, and lets in its accounts with their metrics, and nothing else", async () => {
    const stack = await sink();
    assert.equal(stack.one("aws:oam/sink:Sink").inputs["name"], "landing-zone");
    const resource = readDocument(stack.one("SinkPolicy").inputs["policy"]);
    const identity = [
      readDocument({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "oam:*", Resource: "*" } }),
    ];
    const may = (account: string, types: string[] | undefined, action = "oam:CreateLink") =>
      evaluate(
        {
          principal: { kind: "role", arn: `arn:aws:iam::${account}:role/a`, account },
          action,
          resource: "arn:aws:oam:eu-central-1:111122223333:sink/1",
          context: types === undefined ? {} : { "oam:ResourceTypes": types },
        },
        { resource, identity },
      ).outcome;
    const metrics = ["AWS::CloudWatch::Metric"];
    for (const account of accountIds)
      for (const action of ["oam:CreateLink", "oam:UpdateLink"])
        assert.equal(may(account, metrics, action), "allowed", account);
    assert.equal(may("444455556666", metrics), "denied");
    assert.equal(may("222233334444", [...metrics, "AWS::Logs::LogGroup"]), "denied");
    assert.equal(may("222233334444", undefined), "denied");
    assert.equal(may("222233334444", metrics, "oam:DeleteSink"), "denied");
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses to be nobody's", () =>
    assert.rejects(
      planned(() => new MetricsSink("metrics", { sinkName: "a", accountIds: [] })),
      /accountIds is empty/,
    ));
});

describe("a link to a sink", () => {
  it("shows all metrics and no logs, by the account's name", async () => {
    const { inputs } = (await link()).one("aws:oam/link:Link");
    assert.deepEqual(inputs, {
      labelTemplate: "$AccountName",
      resourceTypes: ["AWS::CloudWatch::Metric"],
      sinkIdentifier: "arn:aws:oam:eu-central-1:111122223333:sink/1",
    });
  });

  it("shows the namespaces that it is told, and is there twice in a stack", async () => {
    const namespaces = ["AWS/TransitGateway", "AWS/NATGateway"];
    const { inputs } = (await link({ namespaces })).one("aws:oam/link:Link");
    assert.deepEqual(inputs["linkConfiguration"], {
      metricConfiguration: { filter: "Namespace IN ('AWS/TransitGateway', 'AWS/NATGateway')" },
    });
    const twice = await planned(() => {
      for (const name of ["one", "two"]) new MetricsLink(name, { sinkArn: `arn:${name}` });
    });
    assert.equal(twice.all("aws:oam/link:Link").length, 2);
  });

  it("refuses no namespaces, and what is none", async () => {
    await assert.rejects(link({ namespaces: [] }), /namespaces is empty/);
    await assert.rejects(link({ namespaces: ["AWS/ECS') OR ('"] }), /a namespace is like/);
  });
});
