import { type Cases, unknown } from "./example";

export default [
  {
    rule: "asg-multi-az",
    accepts: [
      { props: { vpcZoneIdentifiers: [unknown, unknown] } },
      { props: { availabilityZones: ["eu-central-1a", "eu-central-1b"] } },
    ],
    refuses: [{ props: { vpcZoneIdentifiers: [unknown] } }, {}],
    unknown: [{ props: { vpcZoneIdentifiers: unknown } }],
  },
  {
    rule: "asg-elb-health-check",
    accepts: [
      { props: { targetGroupArns: [unknown], healthCheckType: "ELB" } },
      { props: { healthCheckType: "EC2" } },
    ],
    refuses: [
      { props: { targetGroupArns: [unknown] } },
      { props: { loadBalancers: ["old"], healthCheckType: "EC2" } },
      { props: { trafficSources: [{}], healthCheckType: "EC2" } },
    ],
    unknown: [
      { props: { targetGroupArns: [unknown], healthCheckType: unknown } },
      { props: { targetGroupArns: unknown } },
    ],
  },
  {
    rule: "asg-launch-template",
    accepts: [{ props: { launchTemplate: { id: unknown } } }, { props: { mixedInstancesPolicy: unknown } }],
    refuses: [
      { props: { launchConfiguration: unknown } },
      {},
      { props: { launchConfiguration: "old", launchTemplate: { id: unknown } } },
    ],
  },
  {
    rule: "asg-no-launch-configuration",
    // A rule is asked about its own types only.
    accepts: [{ type: "aws:ec2/launchTemplate:LaunchTemplate" }],
    refuses: [{}, { props: { imageId: unknown } }],
  },
] satisfies Cases[];
