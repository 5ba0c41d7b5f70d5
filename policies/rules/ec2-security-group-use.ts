import type { Resource, StackResource } from "../graph";
import {
  loadBalancers,
  securityGroupEgressRules,
  securityGroupRules,
  securityGroups,
} from "../resource-types";
import type { Rule } from "../rule";
import { letIn, openingsInto, openingsOf, together } from "./ec2-openings";
import { sourcesOf } from "./ec2-references";

const letOut = [
  ...securityGroups,
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  ...securityGroupEgressRules,
];

/** What holds data, and the property that names its groups. */
const dataTier: Readonly<Record<string, string>> = {
  "aws:docdb/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:efs/mountTarget:MountTarget": "securityGroups",
  "aws:elasticache/cluster:Cluster": "securityGroupIds",
  "aws:elasticache/replicationGroup:ReplicationGroup": "securityGroupIds",
  "aws:elasticache/serverlessCache:ServerlessCache": "securityGroupIds",
  "aws:memorydb/cluster:Cluster": "securityGroupIds",
  "aws:neptune/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:opensearch/domain:Domain": "vpcOptions",
  "aws:rds/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:rds/instance:Instance": "vpcSecurityGroupIds",
  "aws:redshift/cluster:Cluster": "vpcSecurityGroupIds",
};

/** The properties in which what has network interfaces names its groups. */
const attaching = /securityGroup|networkConfiguration|networkInterface|vpcConfig|vpcOptions/i;

/** They name a group, and are not attached to it. */
const speaking = [
  ...securityGroups,
  ...securityGroupRules,
  ...securityGroupEgressRules,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
];

export const ec2SecurityGroupUse: readonly Rule[] = [
  {
    name: "ec2-sg-world-open-only-on-public-alb",
    theme: "exposure",
    title: "A security group that is open to the internet is on a public load balancer and nothing else",
    why: "The same group on a task or an instance opens that, too, with no firewall in front",
    fix: "make a group of its own for what is behind, which lets the load balancer's group in",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP EC2.18"],
    types: securityGroups,
    scope: "stack",
    check(stack, report) {
      const others = stack.resources.filter(({ type }) => !speaking.includes(type));
      report.each(stack.ofType(securityGroups), (group, report) => {
        report.each(openingsInto(group, stack), (opening, report) => {
          if (!opening.isOpenToWorld()) return;
          for (const other of others.filter(one => sourcesOf(one, attaching).has(group)))
            report.attempt(() => {
              if (!loadBalancers.includes(other.type))
                report.refuse(`it is on ${other.name}, no load balancer`);
              else if (other.at("internal").is(true))
                report.refuse(`it is on ${other.name}, which is internal`);
            });
        });
      });
    },
  },
  {
    name: "ec2-sg-no-open-egress",
    theme: "network",
    title: "No security group lets everything out to the internet",
    why: "An intruder sends data out by whatever port is open",
    fix: "name the ports and the ranges or groups that are called: mostly 443, and the database's group",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: letOut,
    check(resource, report) {
      report.each(openingsOf(resource, "egress"), opening => {
        if (
          together(
            () => opening.isEveryPort,
            () => opening.isOpenToWorld(),
          )
        )
          report.refuse(`${opening.path} lets every port out to the internet`);
      });
    },
  },
  {
    name: "ec2-sg-data-tier-from-sg-only",
    theme: "network",
    title: "Databases, caches and file systems are called by security groups, not by ranges",
    why: "In a range is whatever is started there next; in a group is who was put into it",
    fix: "name the callers' security group instead of the range",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: securityGroups,
    scope: "stack",
    check(stack, report) {
      const stores = stack.ofType(Object.keys(dataTier));
      report.each(stack.ofType(securityGroups), (group, report) => {
        const store = stores.find(one => one.madeFrom(dataTier[one.type] ?? "").includes(group));
        if (!store) return;
        report.each(openingsInto(group, stack), opening => {
          if (opening.ranges().length > 0) report.refuse(`${opening.path} lets a range call ${store.name}`);
        });
      });
    },
  },
  {
    name: "ec2-sg-described",
    theme: "governance-and-cost",
    title: "A security group says what it is for",
    why: "Nobody dares to close what nobody can explain, and AWS takes no other description later",
    fix: "set description to who is behind the group; it cannot be changed later",
    severity: "low",
    level: "advisory",
    controls: [],
    types: securityGroups,
    check(group, report) {
      const description = group.at("description").text()?.trim() ?? "";
      // The provider writes this where a program says nothing.
      if (description === "" || /^managed by (pulumi|terraform)$/i.test(description))
        report.refuse("description is not set");
    },
  },
  {
    name: "ec2-sg-rule-described",
    theme: "governance-and-cost",
    title: "Every rule of a security group says why it is there",
    why: "A rule without a reason stays for ever",
    fix: "set the rule's description",
    severity: "low",
    level: "advisory",
    controls: [],
    types: [...letIn, ...securityGroupEgressRules],
    check(resource, report) {
      for (const direction of ["ingress", "egress"] as const)
        report.attempt(() =>
          report.each(openingsOf(resource, direction), opening => {
            if (!opening.description.isSet) report.refuse(`${opening.path} has no description`);
          }),
        );
    },
  },
  {
    name: "ec2-sg-attached",
    theme: "governance-and-cost",
    title: "A security group is used",
    why: "A left-over is taken up later by somebody who does not know what it opens",
    fix: "name it where it is meant to be, or take it away",
    severity: "low",
    level: "advisory",
    controls: ["Security Hub EC2.22"],
    types: securityGroups,
    scope: "stack",
    check(stack, report) {
      const others = stack.resources.filter(({ type }) => !speaking.includes(type));
      const used = new Set<StackResource>(others.flatMap(other => [...sourcesOf(other)]));
      const referred = stack.ofType([...securityGroupRules, ...securityGroupEgressRules]);
      report.each(stack.ofType(securityGroups), (group, report) => {
        if (used.has(group) || referred.some(rule => isCaller(rule, group))) return;
        report.refuse("nothing in the stack is in it");
      });
    },
  },
];

/** A rule that lets the group's members call: what is in it is then of another stack. */
function isCaller(rule: StackResource, group: Resource): boolean {
  return ["referencedSecurityGroupId", "sourceSecurityGroupId"].some(property =>
    rule.madeFrom(property).some(source => source === group),
  );
}
