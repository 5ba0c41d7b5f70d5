import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { ConfigurationAggregator } from "../../../components/detection/configuration-aggregator";
import {
  ConfigurationRecorder,
  type ConfigurationRecorderArgs,
} from "../../../components/detection/configuration-recorder";
import { Conformance } from "../../../components/detection/conformance";
import { conformanceRules, unusedRules } from "../../../components/detection/conformance-rules";
import { at, planned, statements } from "../planned";

const home = "eu-central-1";
const regions = [home, "us-east-1"];

describe("a configuration recorder", () => {
  const recorder = (args: Partial<ConfigurationRecorderArgs> = {}) =>
    planned(
      () =>
        new ConfigurationRecorder("dev", {
          accountId: at.accountId,
          regions,
          home,
          bucketName: "logs",
          keyPrefix: "config",
          keyArn: "arn:key",
          ...args,
        }),
    );

  it("records everything in every Region, and IAM at home only", async () => {
    const stack = await recorder();
    assert.equal(stack.all("Recorder").length, 2);
    for (const region of regions) {
      const { inputs, protect } = stack.one("Recorder", `dev-${region}`);
      assert.deepEqual(inputs, {
        name: "default",
        roleArn:
          "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: region === home },
        recordingMode: { recordingFrequency: "CONTINUOUS" },
        region,
      });
      assert.ok(protect);
    }
  });

  it("delivers to the bucket of the log archive, with a snapshot a day", async () => {
    const stack = await recorder();
    for (const region of regions)
      assert.deepEqual(stack.one("DeliveryChannel", `dev-${region}`).inputs, {
        name: "default",
        s3BucketName: "logs",
        s3KeyPrefix: "config",
        s3KmsKeyArn: "arn:key",
        snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
        region,
      });
    const plain = await recorder({ keyPrefix: undefined, keyArn: undefined });
    const { inputs } = plain.one("DeliveryChannel", `dev-${home}`);
    assert.deepEqual([inputs["s3KeyPrefix"], inputs["s3KmsKeyArn"]], [undefined, undefined]);
  });

  it("starts when there is a role to record with and a channel to deliver by", async () => {
    const stack = await recorder();
    const role = stack.one("ServiceLinkedRole");
    assert.equal(role.inputs["awsServiceName"], "config.amazonaws.com");
    for (const region of regions) {
      const recording = stack.one("Recorder", `dev-${region}`);
      const channel = stack.one("DeliveryChannel", `dev-${region}`);
      const status = stack.one("RecorderStatus", `dev-${region}`);
      assert.deepEqual(recording.dependencies, [role.urn]);
      assert.deepEqual(channel.dependencies, [recording.urn]);
      assert.ok(status.dependencies.includes(channel.urn));
      assert.deepEqual(status.inputs, { name: "default", isEnabled: true, region });
    }
  });

  it("uses the role that is there, and records daily, if it is told to", async () => {
    const stack = await recorder({ makesRole: false, frequency: "DAILY" });
    assert.deepEqual(stack.all("ServiceLinkedRole"), []);
    for (const { inputs, dependencies } of stack.all("Recorder")) {
      assert.deepEqual(inputs["recordingMode"], { recordingFrequency: "DAILY" });
      assert.match(String(inputs["roleArn"]), /AWSServiceRoleForConfig$/);
      assert.deepEqual(dependencies, []);
    }
  });

  it("refuses a home that is elsewhere", async () => {
    await assert.rejects(recorder({ home: "eu-north-1" }), /the home Region eu-north-1 is none of/);
  });
});

describe("a configuration aggregator", () => {
  const view = () =>
    planned(() => new ConfigurationAggregator("organization", { at, after: [new aws.sns.Topic("first")] }));
  const type = "aws:cfg/configurationAggregator:ConfigurationAggregator";

  it("sees all accounts in all Regions, from one", async () => {
    const stack = await view();
    const aggregator = stack.one(type);
    const source = aggregator.inputs["organizationAggregationSource"] as Record<string, unknown>;
    assert.equal(source["allRegions"], true);
    assert.deepEqual([aggregator.inputs["name"], aggregator.inputs["region"]], ["organization", at.region]);
    const role = stack.one("aws:iam/role:Role");
    assert.deepEqual(aggregator.propertyDependencies["organizationAggregationSource"], [role.urn]);
    for (const needed of [stack.one("RolePolicyAttachment"), stack.one("aws:sns/topic:Topic")])
      assert.ok(aggregator.dependencies.includes(needed.urn), needed.type);
  });

  it("may ask AWS Organizations for accounts, on behalf of its account", async () => {
    const stack = await view();
    const [trust, ...others] = statements(stack.one("aws:iam/role:Role"), "assumeRolePolicy");
    assert.deepEqual(others, []);
    assert.deepEqual(trust?.Principal, { Service: "config.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
    const attachment = stack.one("RolePolicyAttachment");
    assert.equal(
      attachment.inputs["policyArn"],
      "arn:aws:iam::aws:policy/service-role/AWSConfigRoleForOrganizations",
    );
    assert.deepEqual(stack.from(attachment, "role"), ["organization"]);
  });
});

describe("conformance", () => {
  interface Rule {
    readonly Type: string;
    readonly Properties: {
      readonly ConfigRuleName: string;
      readonly Description?: string;
      readonly Source: { readonly Owner: string; readonly SourceIdentifier: string };
      readonly InputParameters?: unknown;
    };
  }

  const packs = (args: { regions: string[]; home: string } = { regions, home }) =>
    planned(() => new Conformance("base", { ...args, after: [new aws.sns.Topic("first")] }));
  const both = [
    ["", conformanceRules],
    ["-unused", unusedRules],
  ] as const;
  const rulesIn = async (region: string, suffix = "") => {
    const { inputs } = (await packs()).one("ConformancePack", `base-${region}${suffix}`);
    const template = JSON.parse(String(inputs["templateBody"])) as { Resources: Record<string, Rule> };
    return template.Resources;
  };

  it("is two packs in every Region, when the account's recorder is there", async () => {
    const stack = await packs();
    assert.deepEqual(
      stack.all("ConformancePack").map(({ name, inputs }) => [name, inputs["name"], inputs["region"]]),
      regions
        .flatMap(region => [
          [`base-${region}`, "landing-zone", region],
          [`base-${region}-unused`, "landing-zone-unused", region],
        ])
        .sort(),
    );
    for (const { dependencies } of stack.all("ConformancePack"))
      assert.deepEqual(dependencies, [stack.one("aws:sns/topic:Topic").urn]);
  });

  it("asks every rule in every Region, those of the account as a whole at home", async () => {
    for (const region of regions)
      for (const [suffix, table] of both)
        assert.deepEqual(
          Object.values(await rulesIn(region, suffix))
            .map(({ Properties }) => Properties.ConfigRuleName)
            .sort(),
          Object.entries(table)
            .filter(([, { once }]) => once !== true || region === home)
            .map(([rule]) => `landing-zone-${rule}`)
            .sort(),
          `${region}${suffix}`,
        );
  });

  it("hands on what the table says, and nothing that it does not say", async () => {
    const made = [...Object.values(await rulesIn(home)), ...Object.values(await rulesIn(home, "-unused"))];
    for (const [rule, { identifier, parameters, controls }] of Object.entries({
      ...conformanceRules,
      ...unusedRules,
    }))
      assert.deepEqual(
        made.find(({ Properties }) => Properties.ConfigRuleName === `landing-zone-${rule}`),
        {
          Type: "AWS::Config::ConfigRule",
          Properties: {
            ConfigRuleName: `landing-zone-${rule}`,
            ...(controls.length === 0 ? {} : { Description: controls.join(", ") }),
            Source: { Owner: "AWS", SourceIdentifier: identifier },
            ...(parameters === undefined ? {} : { InputParameters: parameters }),
          },
        },
      );
  });

  it("is a template that CloudFormation takes", async () => {
    const rules = await rulesIn(home);
    // One logical id a rule, or one would replace another.
    assert.equal(Object.keys(rules).length, Object.keys(conformanceRules).length);
    for (const [id, { Properties }] of Object.entries(rules)) {
      assert.match(id, /^[A-Za-z0-9]{1,255}$/);
      assert.ok(Properties.ConfigRuleName.length <= 128);
      assert.ok((Properties.Description ?? "").length <= 256);
    }
    assert.deepEqual(rules["VpcFlowLogs"]?.Properties.InputParameters, { trafficType: "ALL" });
  });

  it("refuses a home that is elsewhere, and a Region twice", async () => {
    await assert.rejects(packs({ regions, home: "eu-north-1" }), /the home Region eu-north-1 is none of/);
    await assert.rejects(packs({ regions: [home, home], home }), /the Region eu-central-1 is named twice/);
  });

  it("is a table of rules of AWS, each once, each for a control", () => {
    const table = Object.values({ ...conformanceRules, ...unusedRules });
    assert.ok(table.length >= 22);
    assert.equal(new Set(table.map(({ identifier }) => identifier)).size, table.length);
    for (const { identifier, controls } of table) {
      assert.match(identifier, /^[A-Z0-9]+(_[A-Z0-9]+)*$/);
      assert.ok(controls.length > 0 || identifier === "EC2_VOLUME_INUSE_CHECK");
      for (const control of controls) assert.match(control, /^[A-Za-z0-9]+\.[1-9]\d*$/);
    }
  });

  it("asks about IAM once, because IAM is recorded once", () => {
    for (const { controls, once } of Object.values({ ...conformanceRules, ...unusedRules }))
      if (controls.some(control => control.startsWith("IAM."))) assert.equal(once, true, String(controls));
  });
});
