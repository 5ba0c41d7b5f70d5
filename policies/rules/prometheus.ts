import { mustBeSet } from "../demands";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const workspaces = ["aws:amp/workspace:Workspace"];

/** Amazon Managed Service for Prometheus. */
export const prometheus: readonly Rule[] = [
  {
    name: "amp-cmk",
    theme: "encryption-at-rest",
    title: "Metrics of Prometheus are encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyArn; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: workspaces,
    check: mustBeSet("kmsKeyArn"),
  },
  {
    name: "amp-logging",
    theme: "logging-and-detection",
    title: "A workspace of Prometheus logs which rules and alerts failed",
    why: "A rule that fails alarms nobody, and looks like one that has nothing to alarm of",
    fix: "set loggingConfiguration.logGroupArn",
    severity: "low",
    level: "advisory",
    controls: [],
    types: workspaces,
    check: mustBeSet("loggingConfiguration.logGroupArn"),
  },
  {
    name: "amp-retention",
    theme: "governance-and-cost",
    title: "A workspace of Prometheus says how long it keeps metrics",
    why: "What is kept is paid for, and what is gone cannot be compared with",
    fix: "set retentionPeriodInDays",
    severity: "low",
    level: "advisory",
    controls: [],
    types: ["aws:amp/workspaceConfiguration:WorkspaceConfiguration"],
    check: mustBeSet("retentionPeriodInDays"),
  },
];
