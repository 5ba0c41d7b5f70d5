import { mustBe, mustBeOneOf, mustBeSet, mustHaveCompanion } from "../demands";
import { eventBuses } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const busPolicies = ["aws:cloudwatch/eventBusPolicy:EventBusPolicy"];
const permissions = ["aws:cloudwatch/eventPermission:EventPermission"];
const schedules = ["aws:scheduler/schedule:Schedule"];

/** Event buses and schedules. */
export const eventbridge: readonly Rule[] = [
  {
    name: "eventbus-policy",
    theme: "least-privilege",
    title: "An event bus has a policy",
    why: "Without one nothing says who may put events, or that they must come over TLS",
    fix: "add an EventBusPolicy that denies events:PutEvents without TLS and names who may put events",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP EventBridge.3"],
    types: eventBuses,
    scope: "stack",
    check: mustHaveCompanion(eventBuses, busPolicies, "eventBusName", "no EventBusPolicy names it"),
  },
  {
    name: "eventbus-permission-not-public",
    theme: "exposure",
    title: "A permission of an event bus names an account or the organization",
    why: "Else anyone may put events on it that look like the company's",
    fix: "set principal to an account, or add the condition aws:PrincipalOrgID",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 7.0 2.21"],
    types: permissions,
    check(permission, report) {
      if (permission.at("principal").is("*") && !permission.at("condition", "value").isSet)
        report.refuse("principal is * without a condition");
    },
  },
  {
    name: "eventbus-cmk",
    theme: "encryption-at-rest",
    title: "An event bus and its archives are encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyIdentifier",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: [
      ...eventBuses,
      "aws:cloudwatch/eventArchive:EventArchive",
      "aws:cloudwatch/eventConnection:EventConnection",
    ],
    check: mustBeSet("kmsKeyIdentifier"),
  },
  {
    name: "eventbus-dead-letters",
    theme: "resilience-and-backup",
    title: "An event bus keeps what it could not encrypt or deliver",
    why: "It else drops an event without a word",
    fix: "set deadLetterConfig.arn to a queue's",
    severity: "low",
    level: "advisory",
    controls: [],
    types: eventBuses,
    check: mustBeSet("deadLetterConfig.arn"),
  },
  {
    name: "eventbus-logs",
    theme: "logging-and-detection",
    title: "An event bus logs what fails",
    why: "A rule that matches nothing and one that fails look alike from outside",
    fix: "set logConfig.level to ERROR or more",
    severity: "low",
    level: "advisory",
    controls: [],
    types: eventBuses,
    check: mustBeOneOf("logConfig.level", ["ERROR", "INFO", "TRACE"]),
  },
  {
    name: "eventbus-endpoint-replicates",
    theme: "resilience-and-backup",
    title: "A global endpoint sends events to both of its regions",
    why: "The second region else knows nothing when it is turned to",
    fix: "leave replicationConfig.state out or set it to ENABLED",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["Security Hub EventBridge.4"],
    types: ["aws:cloudwatch/eventEndpoint:EventEndpoint"],
    // The provider's default is ENABLED.
    check: mustBe("replicationConfig.state", "ENABLED", { otherwise: "ENABLED" }),
  },
  {
    name: "schedule-cmk",
    theme: "encryption-at-rest",
    title: "A schedule is encrypted with a key of the company's",
    why: "What it hands over may hold names and numbers of customers",
    fix: "set kmsKeyArn",
    severity: "low",
    level: "advisory",
    controls: [],
    types: schedules,
    check: mustBeSet("kmsKeyArn"),
  },
  {
    name: "schedule-dead-letters",
    theme: "resilience-and-backup",
    title: "A schedule keeps what it could not start",
    why: "A night's work that was not started is else found out in the morning, by its lack",
    fix: "set target.deadLetterConfig.arn to a queue's",
    severity: "low",
    level: "advisory",
    controls: [],
    types: schedules,
    check: mustBeSet("target.deadLetterConfig.arn"),
  },
];
