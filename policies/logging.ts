import { flowLogs, logGroups, repositories, vpcs } from "./resource-types";
import type { Rule } from "./rule";

export const logging: readonly Rule[] = [
  {
    name: "logs-retention",
    title: "A log group says how long it keeps logs",
    why: "Without a period CloudWatch keeps, and bills, them for ever",
    fix: "set retentionInDays",
    severity: "low",
    level: "mandatory",
    controls: ["Security Hub CloudWatch.16"],
    types: logGroups,
    check(logGroup, report) {
      if ((logGroup.at("retentionInDays").number() ?? 0) <= 0) report.refuse("retentionInDays is not set");
    },
  },
  {
    name: "ec2-vpc-flow-logs",
    title: "A VPC has a flow log of what was rejected",
    why: "It is the one record of who tried to reach what",
    fix: "add a FlowLog with the VPC's vpcId and trafficType ALL or REJECT",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EC2.6", "CIS 3.0 3.7", "CIS 5.0 3.7"],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        const logs = stack.companions(vpc, flowLogs, "vpcId");
        if (logs.length === 0) report.refuse("no FlowLog names it");
        else if (logs.every(log => log.at("trafficType").is("ACCEPT")))
          report.refuse("trafficType is ACCEPT");
      });
    },
  },
  {
    name: "ecr-scan-on-push",
    title: "Images are scanned when they are pushed",
    why: "A known hole is cheapest to close before it runs",
    fix: "set imageScanningConfiguration.scanOnPush: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ECR.1"],
    types: repositories,
    check(repository, report) {
      if (!repository.at("imageScanningConfiguration", "scanOnPush").is(true))
        report.refuse("scanOnPush is not true");
    },
  },
  {
    name: "ecs-cluster-container-insights",
    title: "A cluster measures its containers",
    why: "Without Container Insights nobody sees a task that runs out of memory",
    fix: 'set the setting containerInsights to "enhanced" or "enabled"',
    severity: "low",
    level: "mandatory",
    controls: ["FSBP ECS.12"],
    types: ["aws:ecs/cluster:Cluster"],
    check(cluster, report) {
      const insights = cluster
        .at("settings")
        .list()
        .find(setting => setting.at("name").is("containerInsights"));
      const level = insights?.at("value").text() ?? "not set";
      if (level !== "enhanced" && level !== "enabled") report.refuse(`containerInsights is ${level}`);
    },
  },
];
