import { mustBe, mustNotBe } from "../demands";
import type { Rule } from "../rule";

const accounts = ["aws:macie2/account:Account"];
const jobs = ["aws:macie2/classificationJob:ClassificationJob"];
const exports = ["aws:macie2/classificationExportConfiguration:ClassificationExportConfiguration"];

export const macie2: readonly Rule[] = [
  {
    name: "macie-enabled",
    theme: "data-protection",
    title: "Macie is not paused",
    why: "Paused, it keeps what it knew and looks at nothing new",
    fix: "leave status out or set it to ENABLED",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Macie.1", "CIS 3.0 2.1.3", "CIS 5.0 2.1.3"],
    types: accounts,
    // Macie's default is ENABLED.
    check: mustNotBe("status", "PAUSED"),
    remediate: () => ({ status: "ENABLED" }),
  },
  {
    name: "macie-findings-frequency",
    theme: "logging-and-detection",
    title: "What Macie finds is told within a quarter of an hour",
    why: "What is told hours later has been copied by then",
    fix: "leave findingPublishingFrequency out or set it to FIFTEEN_MINUTES",
    severity: "low",
    level: "advisory",
    controls: [],
    types: accounts,
    // Macie's default is FIFTEEN_MINUTES.
    check: mustBe("findingPublishingFrequency", "FIFTEEN_MINUTES", { otherwise: "FIFTEEN_MINUTES" }),
  },
  {
    name: "macie-org-auto-enable",
    theme: "data-protection",
    title: "Macie takes in each new account of the organization",
    why: "A new account is the one that nobody has thought of yet",
    fix: "set autoEnable: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Macie.1"],
    types: ["aws:macie2/organizationConfiguration:OrganizationConfiguration"],
    check: mustBe("autoEnable", true),
  },
  {
    name: "macie-results-kept",
    theme: "data-protection",
    title: "What a job of Macie's has looked at is kept",
    why: "Macie forgets its results after 90 days",
    fix: "add a ClassificationExportConfiguration with a bucket and a key",
    severity: "low",
    level: "advisory",
    controls: [],
    types: jobs,
    scope: "stack",
    check(stack, report) {
      if (stack.ofType(exports).length > 0) return;
      report.each(stack.ofType(jobs), (_job, report) =>
        report.refuse("the stack has no ClassificationExportConfiguration"),
      );
    },
  },
];
