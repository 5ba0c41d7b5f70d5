import { isProduction } from "./resource-tags";
import { loadBalancers, repositories, stateful, tables } from "./resource-types";
import type { Rule } from "./rule";

/** Stacks that a release replaces; destroying one loses nothing. */
const replaceable = /-service-/;

export const resilience: readonly Rule[] = [
  {
    name: "stateful-protected",
    title: "What cannot be made again is protected",
    why: "One wrong name in a change would delete it with all that it holds",
    fix: "give the resource the option protect: true",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: stateful,
    check(resource, report) {
      if (!resource.protect && !replaceable.test(resource.stack)) report.refuse("protect is not set");
    },
  },
  {
    name: "ddb-deletion-protection",
    title: "A production table refuses deletion",
    why: "Pulumi's protection does not hold against the console",
    fix: "set deletionProtectionEnabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP DynamoDB.6"],
    types: tables,
    check(table, report) {
      if (!table.at("deletionProtectionEnabled").is(true) && isProduction(table)) {
        report.refuse("deletionProtectionEnabled is not true");
      }
    },
  },
  {
    name: "ddb-pitr",
    title: "A production table can be restored to any second",
    why: "A faulty release is noticed after it has overwritten data, not before",
    fix: "set pointInTimeRecovery.enabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP DynamoDB.2"],
    types: tables,
    check(table, report) {
      if (!table.at("pointInTimeRecovery", "enabled").is(true) && isProduction(table)) {
        report.refuse("pointInTimeRecovery is not enabled");
      }
    },
  },
  {
    name: "lb-deletion-protection",
    title: "A production load balancer refuses deletion",
    why: "Names and firewalls point to it, and its addresses do not come back",
    fix: "set enableDeletionProtection: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ELB.6"],
    types: loadBalancers,
    check(loadBalancer, report) {
      if (!loadBalancer.at("enableDeletionProtection").is(true) && isProduction(loadBalancer)) {
        report.refuse("enableDeletionProtection is not true");
      }
    },
  },
  {
    name: "ecr-tag-immutability",
    title: "A released image stays what it was",
    why: "Else the tag that was tested and the tag that runs can be two images",
    fix: "set imageTagMutability: IMMUTABLE",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ECR.2"],
    types: repositories,
    check(repository, report) {
      const mutability = repository.at("imageTagMutability").text() ?? "MUTABLE";
      if (mutability !== "IMMUTABLE") report.refuse(`imageTagMutability is ${mutability}`);
    },
  },
];
