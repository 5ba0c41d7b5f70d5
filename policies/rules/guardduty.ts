import { mustBe, mustNotBe } from "../demands";
import { detectors } from "../resource-types";
import type { Rule } from "../rule";

export const guardduty: readonly Rule[] = [
  {
    name: "guardduty-enabled",
    theme: "logging-and-detection",
    title: "A detector of GuardDuty is on",
    why: "One that stands and does not look is taken for one that does",
    fix: "leave enable out or set it to true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP GuardDuty.1"],
    types: detectors,
    // The provider's default is true.
    check: mustNotBe("enable", false),
    remediate: () => ({ enable: true }),
  },
  {
    name: "guardduty-findings-frequency",
    theme: "logging-and-detection",
    title: "What GuardDuty finds is told within a quarter of an hour",
    why: "It is else told again after six hours only, that an attack goes on",
    fix: "set findingPublishingFrequency: FIFTEEN_MINUTES",
    severity: "low",
    level: "advisory",
    controls: [],
    types: detectors,
    // GuardDuty's default is SIX_HOURS.
    check: mustBe("findingPublishingFrequency", "FIFTEEN_MINUTES", { otherwise: "SIX_HOURS" }),
    remediate: () => ({ findingPublishingFrequency: "FIFTEEN_MINUTES" }),
  },
  {
    name: "guardduty-org-auto-enable",
    theme: "logging-and-detection",
    title: "GuardDuty watches all accounts of the organization",
    why: "NEW leaves out those that were there before, and NONE every new one",
    fix: "set autoEnableOrganizationMembers: ALL",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP GuardDuty.1"],
    types: ["aws:guardduty/organizationConfiguration:OrganizationConfiguration"],
    check: mustBe("autoEnableOrganizationMembers", "ALL"),
  },
  {
    name: "guardduty-filter-no-archive",
    theme: "logging-and-detection",
    title: "No filter hides what GuardDuty finds",
    why: "What is archived at once reaches neither Security Hub nor a person, and a filter outlives its reason",
    fix: "set action: NOOP, or make the thing that is found impossible",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: ["aws:guardduty/filter:Filter"],
    check: mustNotBe("action", "ARCHIVE"),
  },
];
