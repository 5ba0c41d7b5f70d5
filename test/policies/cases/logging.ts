import { unknown } from "../judge";
import type { Cases } from ".";

const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc" };
const flowLog = (trafficType: string) => ({
  type: "aws:ec2/flowLog:FlowLog",
  name: "flow-log",
  props: { vpcId: unknown, trafficType },
  madeFrom: { vpcId: ["vpc"] },
});

export default [
  {
    rule: "logs-retention",
    accepts: [{ props: { retentionInDays: 30 } }],
    refuses: [{}, { props: { retentionInDays: 0 } }, { props: { retentionInDays: "30" } }],
    unknown: [{ props: { retentionInDays: unknown } }],
  },
  {
    rule: "ec2-vpc-flow-logs",
    accepts: [
      [vpc, flowLog("ALL")],
      [vpc, flowLog("ACCEPT"), { ...flowLog("REJECT"), name: "rejected" }],
      [
        { ...vpc, props: { id: "vpc-1" } },
        { ...flowLog("ALL"), madeFrom: {}, props: { vpcId: "vpc-1", trafficType: "ALL" } },
      ],
    ],
    refuses: [
      [vpc],
      [vpc, flowLog("ACCEPT")],
      [vpc, { ...vpc, name: "other" }, flowLog("ALL")],
      [
        { ...vpc, props: { id: "vpc-1" } },
        { ...flowLog("ALL"), madeFrom: {}, props: { vpcId: "vpc-2" } },
      ],
    ],
    unknown: [
      [vpc, flowLog(unknown)],
      [vpc, { ...flowLog("ALL"), madeFrom: {} }],
    ],
  },
  {
    rule: "ecr-scan-on-push",
    accepts: [{ props: { imageScanningConfiguration: { scanOnPush: true } } }],
    refuses: [{}, { props: { imageScanningConfiguration: { scanOnPush: false } } }],
    unknown: [{ props: { imageScanningConfiguration: { scanOnPush: unknown } } }],
  },
  {
    rule: "ecs-cluster-container-insights",
    accepts: [{ props: { settings: [{ name: "containerInsights", value: "enhanced" }] } }],
    refuses: [{}, { props: { settings: [{ name: "containerInsights", value: "disabled" }] } }],
    unknown: [{ props: { settings: [{ name: "containerInsights", value: unknown }] } }],
  },
] satisfies Cases[];
