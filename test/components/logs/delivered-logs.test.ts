import assert from "node:assert/strict";
import { DeliveredLogs } from "../../../components/logs/delivered-logs";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { at, planned } from "../planned";

describe("delivered logs", () => {
  it("are written by AWS's log delivery for this account, below /landing-zone/, and by and to nothing else", async () => {
    const stack = await planned(() => new DeliveredLogs("delivered-logs", { at }));
    const resource = readDocument(stack.one("LogResourcePolicy").inputs["policyDocument"]);
    const stream = (group: string) =>
      `arn:aws:logs:eu-central-1:111122223333:log-group:${group}:log-stream:one`;
    const write = (service: string, account: string, group: string, action = "logs:PutLogEvents") =>
      evaluate(
        {
          principal: { kind: "service", arn: service },
          action,
          resource: stream(group),
          context: {
            "aws:SourceAccount": account,
            "aws:SourceArn": `arn:aws:logs:eu-central-1:${account}:delivery-source:one`,
          },
        },
        { resource },
      ).outcome;
    const delivery = "delivery.logs.amazonaws.com";
    assert.equal(write(delivery, at.accountId, "/landing-zone/orders/events-bus"), "allowed");
    assert.equal(write(delivery, "999988887777", "/landing-zone/orders/events-bus"), "denied");
    assert.equal(write(delivery, at.accountId, "/aws/lambda/other"), "denied");
    assert.equal(write("events.amazonaws.com", at.accountId, "/landing-zone/orders/events-bus"), "denied");
    assert.equal(
      write(delivery, at.accountId, "/landing-zone/orders/events-bus", "logs:DeleteLogStream"),
      "denied",
    );
  });
});
