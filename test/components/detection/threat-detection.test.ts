import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { ThreatDetection } from "../../../components/detection/threat-detection";
import { type Planned, planned } from "../planned";

const threats = () =>
  planned(() => {
    const first = new aws.sns.Topic("first");
    return new ThreatDetection("threats", {
      detectorIds: { "eu-central-1": "d1", "eu-west-1": "d2" },
      after: [first],
    });
  });

const plans = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
];
const agents = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"];

const inRegion = (stack: Planned, type: string, region: string) =>
  stack.all(type).filter(({ inputs }) => inputs["region"] === region);

describe("threat detection", () => {
  it("takes in every account there is and will be, in every Region, once it is delegated", async () => {
    const stack = await threats();
    const type = "aws:guardduty/organizationConfiguration:OrganizationConfiguration";
    assert.equal(stack.all(type).length, 2);
    for (const [region, detectorId] of [
      ["eu-central-1", "d1"],
      ["eu-west-1", "d2"],
    ]) {
      const organization = stack.one(type, `threats-${region}`);
      assert.deepEqual(organization.inputs, { detectorId, autoEnableOrganizationMembers: "ALL", region });
      assert.ok(organization.dependencies.includes(stack.one("aws:sns/topic:Topic").urn));
    }
  });

  for (const [type, setting, value] of [
    ["OrganizationConfigurationFeature", "autoEnable", "ALL"],
    ["DetectorFeature", "status", "ENABLED"],
  ] as const)
    it(`has all protection plans, with all agents: ${type}`, async () => {
      const stack = await threats();
      for (const [region, detectorId] of [
        ["eu-central-1", "d1"],
        ["eu-west-1", "d2"],
      ] as const) {
        const features = inRegion(stack, type, region);
        assert.deepEqual(features.map(({ inputs }) => inputs["name"]).sort(), [...plans].sort());
        for (const { inputs, name } of features) {
          assert.equal(inputs["detectorId"], detectorId);
          assert.equal(inputs[setting], value);
          assert.equal(
            name,
            `threats-${region}-${String(inputs["name"]).toLowerCase().replaceAll("_", "-")}`,
          );
          assert.deepEqual(
            inputs["additionalConfigurations"],
            inputs["name"] === "RUNTIME_MONITORING"
              ? agents.map(agent => ({ name: agent, [setting]: value }))
              : undefined,
          );
        }
      }
    });

  it("changes a detector one step after the other, its own plans first", async () => {
    const stack = await threats();
    for (const region of ["eu-central-1", "eu-west-1"]) {
      const own = inRegion(stack, "DetectorFeature", region);
      const all = inRegion(stack, "OrganizationConfigurationFeature", region);
      const organization = stack.one(
        "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
        `threats-${region}`,
      );
      const ordered = (features: typeof own) =>
        plans.map(plan => features.find(f => f.inputs["name"] === plan));
      const steps = [...ordered(own), organization, ...ordered(all)];
      steps.forEach((step, index) => {
        const before = steps[index - 1];
        if (before !== undefined) assert.ok(step?.dependencies.includes(before.urn), step?.urn);
      });
      assert.deepEqual(steps[0]?.dependencies, []);
    }
  });
});
