import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { SecurityHub, type SecurityHubArgs } from "../../../components/detection/security-hub";
import { planned } from "../planned";

const home = "eu-central-1";
const organizationType = "aws:securityhub/organizationConfiguration:OrganizationConfiguration";
const reason = "The root user has no password at all.";

const hub = (args: Partial<SecurityHubArgs> = {}) =>
  planned(() => {
    const first = new aws.sns.Topic("first");
    return new SecurityHub("hub", {
      regions: ["us-east-1", home, "eu-west-1"],
      home,
      rootId: "r-ab12",
      disabledControls: { "IAM.6": reason, "EC2.10": "Interface endpoints are shared by the hub." },
      after: [first],
      ...args,
    });
  });

describe("Security Hub", () => {
  it("brings findings of the other Regions home", async () => {
    const { inputs } = (await hub()).one("FindingAggregator");
    assert.deepEqual(inputs, {
      linkingMode: "SPECIFIED_REGIONS",
      specifiedRegions: ["us-east-1", "eu-west-1"],
      region: home,
    });
    const alone = (await hub({ regions: [home] })).one("FindingAggregator");
    assert.deepEqual(alone.inputs, { linkingMode: "NO_REGIONS", region: home });
  });

  it("is configured centrally, as the API will have it", async () => {
    assert.deepEqual((await hub()).one(organizationType).inputs, {
      organizationConfiguration: { configurationType: "CENTRAL" },
      autoEnable: false,
      autoEnableStandards: "NONE",
      region: home,
    });
  });

  it("checks every account for two standards, without the disabled controls", async () => {
    const { inputs } = (await hub()).one("ConfigurationPolicy");
    assert.deepEqual([inputs["name"], inputs["region"]], ["hub", home]);
    assert.deepEqual(inputs["configurationPolicy"], {
      serviceEnabled: true,
      enabledStandardArns: [
        "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0",
        "arn:aws:securityhub:eu-central-1::standards/cis-aws-foundations-benchmark/v/5.0.0",
      ],
      securityControlsConfiguration: { disabledControlIdentifiers: ["EC2.10", "IAM.6"] },
    });
  });

  it("says which controls are disabled even if none is, which the API asks for", async () => {
    const { inputs } = (await hub({ disabledControls: {}, cis: "3.0.0" })).one("ConfigurationPolicy");
    const policy = inputs["configurationPolicy"] as Record<string, unknown>;
    assert.deepEqual(policy["securityControlsConfiguration"], { disabledControlIdentifiers: [] });
    assert.match(String(policy["enabledStandardArns"]), /cis-aws-foundations-benchmark\/v\/3\.0\.0$/);
  });

  it("does one step after the other, down to the root", async () => {
    const stack = await hub();
    const aggregator = stack.one("FindingAggregator");
    const central = stack.one(organizationType);
    const policy = stack.one("ConfigurationPolicy");
    const association = stack.one("ConfigurationPolicyAssociation");
    assert.deepEqual(aggregator.dependencies, [stack.one("aws:sns/topic:Topic").urn]);
    assert.deepEqual(central.dependencies, [aggregator.urn]);
    assert.deepEqual(policy.dependencies, [central.urn]);
    assert.deepEqual(association.propertyDependencies["policyId"], [policy.urn]);
    assert.deepEqual([association.inputs["targetId"], association.inputs["region"]], ["r-ab12", home]);
  });

  it("refuses what would be no control, a control without a reason, and a home elsewhere", async () => {
    await assert.rejects(hub({ disabledControls: { "IAM 6": reason } }), /IAM 6 is no id of a control/);
    await assert.rejects(hub({ disabledControls: { "IAM.0": reason } }), /IAM\.0 is no id of a control/);
    await assert.rejects(
      hub({ disabledControls: { "IAM.6": "nineteen characters  " } }),
      /the control IAM\.6 is disabled without a reason of at least 20 characters/,
    );
    await assert.rejects(hub({ home: "eu-north-1" }), /the home Region eu-north-1 is none of/);
  });
});
