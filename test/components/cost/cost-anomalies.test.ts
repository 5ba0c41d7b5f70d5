import assert from "node:assert/strict";
import { CostAnomalies, type CostAnomaliesArgs } from "../../../components/cost/cost-anomalies";
import { planned } from "../planned";

const args: CostAnomaliesArgs = {
  fromUsd: 100,
  notify: ["a@example.com", "b@example.com"],
  products: ["orders"],
};
const plan = (more: Partial<CostAnomaliesArgs> = {}) =>
  planned(() => new CostAnomalies("c", { ...args, ...more }));

describe("anomalies of cost", () => {
  it("are looked for in every service and every product", async () => {
    const stack = await plan();
    const monitor = (name: string) => stack.one("AnomalyMonitor", name).inputs;
    assert.deepEqual(monitor("c-services"), {
      name: "c-services",
      monitorType: "DIMENSIONAL",
      monitorDimension: "SERVICE",
    });
    assert.deepEqual(monitor("c-product-orders"), {
      name: "c-product-orders",
      monitorType: "CUSTOM",
      monitorSpecification: '{"Tags":{"Key":"user:product","Values":["orders"]}}',
    });
    assert.equal(stack.all("AnomalyMonitor").length, 2);
  });

  it("are reported once a day by e-mail, from an amount on", async () => {
    const stack = await plan({ fromUsd: 49.5 });
    const subscription = stack.one("AnomalySubscription");
    assert.equal(subscription.inputs["name"], "c");
    assert.equal(subscription.inputs["frequency"], "DAILY");
    assert.deepEqual(subscription.inputs["thresholdExpression"], {
      dimension: {
        key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
        matchOptions: ["GREATER_THAN_OR_EQUAL"],
        values: ["49.5"],
      },
    });
    assert.deepEqual(subscription.inputs["subscribers"], [
      { type: "EMAIL", address: "a@example.com" },
      { type: "EMAIL", address: "b@example.com" },
    ]);
    assert.deepEqual(stack.from(subscription, "monitorArnLists").sort(), ["c-product-orders", "c-services"]);
  });

  it("are taken from the monitor of services that AWS has made", async () => {
    const serviceMonitorArn = "arn:aws:ce::111122223333:anomalymonitor/1";
    const stack = await plan({ serviceMonitorArn });
    assert.equal(stack.one("AnomalyMonitor").name, "c-product-orders");
    const subscription = stack.one("AnomalySubscription");
    assert.deepEqual((subscription.inputs["monitorArnLists"] as unknown[])[0], serviceMonitorArn);
    assert.deepEqual(stack.from(subscription, "monitorArnLists"), ["c-product-orders"]);
  });

  it("give out their monitors", async () => {
    const made: CostAnomalies[] = [];
    await planned(() => void made.push(new CostAnomalies("c", args)));
    assert.equal(made[0]?.monitorArns.length, 2);
  });

  it("fit into a stack twice", async () => {
    const stack = await planned(() => [new CostAnomalies("a", args), new CostAnomalies("b", args)]);
    assert.equal(stack.all("AnomalyMonitor").length, 4);
    assert.equal(stack.all("AnomalySubscription").length, 2);
  });

  it("are refused with more than ten addresses, with none or one twice, and for nothing", async () => {
    const addresses = (many: number) => Array.from({ length: many }, (_, index) => `a${index}@example.com`);
    await plan({ notify: addresses(10) });
    await assert.rejects(plan({ notify: addresses(11) }), /AWS takes 10/);
    await assert.rejects(plan({ notify: [] }), /notify is empty/);
    await assert.rejects(plan({ notify: ["a@b.c", "a@b.c"] }), /twice/);
    for (const fromUsd of [0, -5, Number.NaN])
      await assert.rejects(plan({ fromUsd }), /fromUsd is .* above 0 USD/);
  });
});
