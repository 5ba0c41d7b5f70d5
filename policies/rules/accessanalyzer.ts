import type { Stack } from "../graph";
import type { Rule } from "../rule";

const analyzers = ["aws:accessanalyzer/analyzer:Analyzer"];
const delegations = ["aws:organizations/delegatedAdministrator:DelegatedAdministrator"];
/** A region with a detector is one that the company watches. */
const detectors = ["aws:guardduty/detector:Detector"];

/** Where the organization's analyzers are to be made: beside their delegation. */
const delegationsOfAnalyzers = (stack: Stack) =>
  stack.ofType(delegations).filter(one => one.at("servicePrincipal").is("access-analyzer.amazonaws.com"));

export const accessAnalyzer: readonly Rule[] = [
  {
    name: "accessanalyzer-external",
    theme: "logging-and-detection",
    title: "In each region that is watched it is told what can be reached from outside the organization",
    why: "A bucket, a role or a key that was opened by mistake is noticed by nobody else",
    fix: "add an Analyzer of type ORGANIZATION in each region that has a detector",
    severity: "medium",
    level: "mandatory",
    controls: ["CIS 3.0 1.20", "CIS 5.0 1.19"],
    types: delegations,
    scope: "stack",
    check(stack, report) {
      const external = stack.ofType(analyzers).filter(one => one.at("type").is("ORGANIZATION"));
      report.each(delegationsOfAnalyzers(stack), (_delegation, report) => {
        if (external.length === 0) return report.refuse("the stack has no Analyzer of type ORGANIZATION");
        const watched = new Set(stack.ofType(detectors).flatMap(one => one.at("region").text() ?? []));
        report.each(watched, region => {
          if (!external.some(one => one.at("region").is(region)))
            report.refuse(`${region} has a detector and no Analyzer of type ORGANIZATION`);
        });
      });
    },
  },
  {
    name: "accessanalyzer-unused",
    theme: "least-privilege",
    title: "It is told which roles and permissions nobody uses",
    why: "What is not used is missed by nobody when it is taken away, and used by whoever breaks in",
    fix: "add an Analyzer of type ORGANIZATION_UNUSED_ACCESS in one region",
    severity: "low",
    level: "advisory",
    controls: [],
    types: delegations,
    scope: "stack",
    check(stack, report) {
      report.each(delegationsOfAnalyzers(stack), (_delegation, report) => {
        const unused = stack.ofType(analyzers).some(one => one.at("type").is("ORGANIZATION_UNUSED_ACCESS"));
        if (!unused) report.refuse("the stack has no Analyzer of type ORGANIZATION_UNUSED_ACCESS");
      });
    },
  },
];
