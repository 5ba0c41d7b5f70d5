/** What an exporter or a Grafana may ask CloudWatch. */
import assert from "node:assert/strict";
import { readMetrics } from "../../../components/observability/read-metrics";
import { mayDo, requireNarrow } from "../data/narrow";
import { roleRefusals } from "../data/task-role";
import { at } from "../planned";

describe("a right to read metrics", () => {
  const access = { statements: readMetrics(at) };
  const actions = [
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListMetrics",
    "tag:GetResources",
  ];
  const inRegion = (region: string) => ({ "aws:RequestedRegion": region });

  it("is to read them and the tags of what they are of, and to change nothing", () =>
    requireNarrow(access, {
      actions,
      on: ["*"],
      notOn: [],
      not: [
        "cloudwatch:PutMetricData",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:DisableAlarmActions",
        "cloudwatch:PutDashboard",
        "cloudwatch:StopMetricStreams",
        "tag:TagResources",
        "tag:UntagResources",
        "logs:FilterLogEvents",
      ],
      context: inRegion("eu-central-1"),
    }));

  it("is for its own Region", () => {
    for (const action of actions)
      assert.equal(mayDo(access.statements, action, "*", inRegion("us-east-1")), "denied", action);
  });

  it("breaks no policy in a task's role", async () => assert.deepEqual(await roleRefusals(access), []));
});
