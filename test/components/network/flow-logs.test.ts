import assert from "node:assert/strict";
import { FlowLogs } from "../../../components/network/flow-logs";
import { at, planned, statements } from "../planned";

const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/flow-logs/net";

describe("flow logs", () => {
  const logs = () =>
    planned(() => new FlowLogs("net", { vpcId: "vpc-1", at, keyArn: "arn:key", retentionDays: 90 }));

  it("are written to their own log group and nowhere else", async () => {
    const allowed = statements((await logs()).one("RolePolicy")).map(({ Action, Resource }) => [
      Action,
      Resource,
    ]);
    assert.deepEqual(allowed, [
      [
        ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        [group, `${group}:*`],
      ],
      // Knows no single log group.
      ["logs:DescribeLogGroups", "arn:aws:logs:eu-central-1:111122223333:log-group:*"],
    ]);
  });

  it("are delivered by the service that makes them, for this account only", async () => {
    const [trust, ...others] = statements((await logs()).one("Role"), "assumeRolePolicy");
    assert.deepEqual(others, []);
    assert.deepEqual(trust?.Principal, { Service: "vpc-flow-logs.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
  });

  it("begin when there is a group to write to and the permission to", async () => {
    const stack = await logs();
    const flow = stack.one("FlowLog");
    assert.deepEqual(stack.from(flow, "iamRoleArn"), ["net"]);
    for (const needed of [stack.one("RolePolicy"), stack.one("aws:cloudwatch/logGroup:LogGroup")])
      assert.ok(flow.dependencies.includes(needed.urn), needed.type);
  });
});
