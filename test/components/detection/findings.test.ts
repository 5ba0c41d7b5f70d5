import assert from "node:assert/strict";
import { Findings, type FindingsArgs, type Severity } from "../../../components/detection/findings";
import { at, type Planned, planned } from "../planned";

const topicArn = "arn:aws:sns:eu-central-1:111122223333:alerts";
const urgentTopicArn = "arn:aws:sns:eu-central-1:111122223333:urgent";

const findings = (args: Partial<FindingsArgs> = {}) =>
  planned(() => new Findings("findings", { at, from: "HIGH", topicArn, ...args }));

const pattern = (stack: Planned, name: string) =>
  JSON.parse(String(stack.one("EventRule", name).inputs["eventPattern"])) as Record<string, unknown>;

const found = (which: Record<string, unknown>, labels: string[]) => ({
  source: ["aws.securityhub"],
  "detail-type": ["Security Hub Findings - Imported"],
  detail: {
    findings: {
      ...which,
      Severity: { Label: labels },
      Workflow: { Status: ["NEW"] },
      RecordState: ["ACTIVE"],
    },
  },
});
const notGuardDuty = { ProductName: [{ "anything-but": ["GuardDuty"] }] };
const guardDutyElsewhere = { ProductName: ["GuardDuty"], Region: [{ "anything-but": ["eu-central-1"] }] };
const threat = (least: number) => ({
  source: ["aws.guardduty"],
  "detail-type": ["GuardDuty Finding"],
  detail: { severity: [{ numeric: [">=", least] }] },
});

const labels: Record<Severity, [string[], number]> = {
  LOW: [["LOW", "MEDIUM", "HIGH", "CRITICAL"], 1],
  MEDIUM: [["MEDIUM", "HIGH", "CRITICAL"], 4],
  HIGH: [["HIGH", "CRITICAL"], 7],
  CRITICAL: [["CRITICAL"], 9],
};

describe("findings", () => {
  for (const [from, [severe, least]] of Object.entries(labels))
    it(`are told from ${from} on, each by one rule`, async () => {
      const stack = await findings({ from: from as Severity });
      assert.equal(stack.all("EventRule").length, 3);
      assert.deepEqual(pattern(stack, "findings-hub"), found(notGuardDuty, severe));
      assert.deepEqual(pattern(stack, "findings-threats-elsewhere"), found(guardDutyElsewhere, severe));
      assert.deepEqual(pattern(stack, "findings-threats"), threat(least));
    });

  it("go to the topic, as they are", async () => {
    const stack = await findings();
    for (const rule of stack.all("EventRule")) {
      assert.equal(rule.inputs["name"], `landing-zone-${rule.name}`);
      assert.equal(rule.inputs["region"], at.region);
      const target = stack.one("EventTarget", rule.name);
      assert.deepEqual(target.propertyDependencies["rule"], [rule.urn]);
      const { arn, region, inputTransformer, inputPath, input } = target.inputs;
      assert.deepEqual([arn, region], [topicArn, at.region]);
      assert.deepEqual([inputTransformer, inputPath, input], [undefined, undefined, undefined]);
    }
    assert.equal(stack.all("EventTarget").length, 3);
  });

  it("go to the urgent topic as well if they are critical", async () => {
    const stack = await findings({ from: "MEDIUM", urgentTopicArn });
    assert.equal(stack.all("EventRule").length, 6);
    assert.deepEqual(pattern(stack, "findings-hub-urgent"), found(notGuardDuty, ["CRITICAL"]));
    assert.deepEqual(
      pattern(stack, "findings-threats-elsewhere-urgent"),
      found(guardDutyElsewhere, ["CRITICAL"]),
    );
    assert.deepEqual(pattern(stack, "findings-threats-urgent"), threat(9));
    for (const { inputs, name } of stack.all("EventTarget"))
      assert.equal(inputs["arn"], name.endsWith("-urgent") ? urgentTopicArn : topicArn, name);
  });

  it("have names that AWS takes, however long the component's is", async () => {
    const long = "findings-of-a-company-with-a-rather-long-name-of-its-own";
    const stack = await planned(() => new Findings(long, { at, from: "LOW", topicArn, urgentTopicArn }));
    const names = stack.all("EventRule").map(({ inputs }) => String(inputs["name"]));
    assert.equal(new Set(names).size, 6);
    for (const name of names) assert.ok(name.length <= 64, name);
  });
});
