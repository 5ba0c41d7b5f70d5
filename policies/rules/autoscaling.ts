import type { Resource } from "../graph";
import { autoScalingGroups } from "../resource-types";
import type { Rule } from "../rule";

export const autoscaling: readonly Rule[] = [
  {
    name: "asg-multi-az",
    theme: "resilience-and-backup",
    title: "An Auto Scaling group has two zones or more",
    why: "When its only zone fails, it has nowhere to start anew",
    fix: "put subnets of two zones or more into vpcZoneIdentifiers",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP AutoScaling.2"],
    types: autoScalingGroups,
    check(group, report) {
      const places = ["vpcZoneIdentifiers", "availabilityZones"].map(list => group.at(list).list().length);
      if (Math.max(...places) < 2) report.refuse("vpcZoneIdentifiers holds less than two subnets");
    },
  },
  {
    name: "asg-elb-health-check",
    theme: "resilience-and-backup",
    title: "An Auto Scaling group behind a load balancer goes by its health checks",
    why: "A machine that runs but does not answer would else stay",
    fix: 'set healthCheckType: "ELB"',
    severity: "low",
    level: "advisory",
    controls: ["FSBP AutoScaling.1"],
    types: autoScalingGroups,
    check(group, report) {
      // EC2 is AWS's default.
      if (isBehind(group) && !group.at("healthCheckType").is("ELB"))
        report.refuse("healthCheckType is not ELB");
    },
  },
  {
    name: "asg-launch-template",
    theme: "images-and-compute",
    title: "An Auto Scaling group starts instances from a launch template",
    why: "Launch configurations lack what AWS has added since 2022, and new accounts cannot make any",
    fix: "set launchTemplate, or mixedInstancesPolicy, instead of launchConfiguration",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP AutoScaling.9"],
    types: autoScalingGroups,
    check(group, report) {
      if (group.at("launchConfiguration").isSet) report.refuse("launchConfiguration is set");
      else if (!group.at("launchTemplate").isSet && !group.at("mixedInstancesPolicy").isSet)
        report.refuse("neither launchTemplate nor mixedInstancesPolicy is set");
    },
  },
  {
    name: "asg-no-launch-configuration",
    theme: "images-and-compute",
    title: "There are no launch configurations",
    why: "One can neither be changed nor looked through like a template, and AWS no longer makes them better",
    fix: "make a LaunchTemplate, which the rules about instances judge",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP AutoScaling.3", "FSBP AutoScaling.5"],
    types: ["aws:ec2/launchConfiguration:LaunchConfiguration"],
    check(_configuration, report) {
      report.refuse("it is a launch configuration");
    },
  },
];

function isBehind(group: Resource): boolean {
  return ["targetGroupArns", "loadBalancers", "trafficSources"].some(by => group.at(by).list().length > 0);
}
