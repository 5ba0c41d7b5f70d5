import assert from "node:assert/strict";
import { RegionSettings, type RegionSettingsArgs } from "../../../components/hardening/region-settings";
import { at, type Planned, planned, statements } from "../planned";

const regions = ["eu-central-1", "eu-west-1", "us-east-1"];
const plan = (args: Partial<RegionSettingsArgs> = {}) =>
  planned(() => new RegionSettings("s", { at, regions, defaultVpcs: "absent", ...args }));

/** The inputs of all of a type, by region; each must be named after its region. */
function byRegion(stack: Planned, type: string): Record<string, unknown> {
  return Object.fromEntries(
    stack.all(type).map(({ name, inputs: { region, ...inputs } }) => {
      assert.equal(name, `s-${region}`);
      return [region, inputs];
    }),
  );
}

const everywhere = (inputs: unknown) => Object.fromEntries(regions.map(region => [region, inputs]));

describe("the settings of an account's regions", () => {
  const expected: Record<string, Record<string, unknown>> = {
    EncryptionByDefault: { enabled: true },
    InstanceMetadataDefaults: {
      httpTokens: "required",
      httpPutResponseHopLimit: 2,
      instanceMetadataTags: "no-preference",
    },
    SnapshotBlockPublicAccess: { state: "block-all-sharing" },
    ImageBlockPublicAccess: { state: "block-new-sharing" },
    SerialConsoleAccess: { enabled: false },
    AccountSettingDefault: { name: "awsvpcTrunking", value: "enabled" },
    ServiceSetting: {
      settingId: "/ssm/documents/console/public-sharing-permission",
      settingValue: "Disable",
    },
  };
  for (const [type, inputs] of Object.entries(expected))
    it(`have ${type} in each`, async () => {
      assert.deepEqual(byRegion(await plan(), type), everywhere(inputs));
    });

  it("encrypt volumes with a key of the account's at home, and with AWS's elsewhere", async () => {
    const stack = await plan();
    assert.equal(stack.one("Key", "s-eu-central-1").inputs["region"], "eu-central-1");
    const byDefault = stack.one("DefaultKmsKey", "s-eu-central-1");
    assert.equal(byDefault.inputs["region"], "eu-central-1");
    assert.deepEqual(stack.from(byDefault, "keyArn"), ["s-eu-central-1"]);
    assert.equal(stack.one("Alias").inputs["name"], "alias/landing-zone/volumes");
  });

  it("have a key in every region only when told to, and each is used where it is", async () => {
    const stack = await plan({ keysIn: "every-region" });
    for (const region of regions) {
      const key = stack.one("Key", `s-${region}`);
      assert.equal(key.inputs["region"], region);
      assert.deepEqual(stack.one("DefaultKmsKey", `s-${region}`).propertyDependencies["keyArn"], [key.urn]);
    }
    assert.equal(stack.all("Key").length, regions.length);
  });

  it("keep the keys, whatever they are told", async () => {
    for (const key of (await plan({ keysIn: "every-region" })).all("Key")) assert.equal(key.protect, true);
  });

  it("let the account use its key through EC2 of the key's region, and nobody else", async () => {
    const stack = await plan({ keysIn: "every-region" });
    for (const region of regions) {
      const open = statements(stack.one("Key", `s-${region}`)).filter(
        ({ Principal }) => JSON.stringify(Principal) === '{"AWS":"*"}',
      );
      const caller = { "kms:CallerAccount": at.accountId, "kms:ViaService": `ec2.${region}.amazonaws.com` };
      assert.deepEqual(
        open.map(({ Effect, Action, Condition }) => ({ Effect, Action, Condition })),
        [
          {
            Effect: "Allow",
            Action: [
              "kms:Encrypt",
              "kms:Decrypt",
              "kms:ReEncrypt*",
              "kms:GenerateDataKey*",
              "kms:DescribeKey",
            ],
            Condition: { StringEquals: caller },
          },
          {
            Effect: "Allow",
            Action: "kms:CreateGrant",
            Condition: { StringEquals: caller, Bool: { "kms:GrantIsForAWSResource": "true" } },
          },
        ],
      );
    }
  });

  it("name no role in the key's policy: one that does not exist yet would be refused", async () => {
    assert.doesNotMatch(String((await plan()).one("Key").inputs["policy"]), /:role\//);
  });

  it("leave default VPCs alone where there are none", async () => {
    const stack = await plan({ defaultVpcs: "absent" });
    for (const type of ["DefaultVpc", "DefaultSecurityGroup", "DefaultNetworkAcl"])
      assert.deepEqual(stack.all(type), []);
  });

  it("empty default VPCs in each region: no rule of the group, none of the ACL", async () => {
    const stack = await plan({ defaultVpcs: "emptied" });
    const tags = { Name: "default, not for use" };
    assert.deepEqual(byRegion(stack, "DefaultVpc"), everywhere({ tags, forceDestroy: false }));
    for (const region of regions) {
      const vpc = stack.one("DefaultVpc", `s-${region}`).urn;
      const group = stack.one("DefaultSecurityGroup", `s-${region}`);
      assert.deepEqual(Object.keys(group.inputs).sort(), ["region", "tags", "vpcId"]);
      assert.equal(group.inputs["region"], region);
      assert.deepEqual(group.propertyDependencies["vpcId"], [vpc]);
      const acl = stack.one("DefaultNetworkAcl", `s-${region}`);
      assert.deepEqual(Object.keys(acl.inputs).sort(), ["defaultNetworkAclId", "region", "tags"]);
      assert.equal(acl.inputs["region"], region);
      assert.deepEqual(acl.propertyDependencies["defaultNetworkAclId"], [vpc]);
      assert.deepEqual(acl.ignoreChanges, ["subnetIds"]);
    }
  });

  it("give out the keys that there are, by region", async () => {
    const given: Record<string, string[]> = {};
    await planned(() => {
      for (const keysIn of ["home", "every-region"] as const) {
        const settings = new RegionSettings(keysIn, { at, regions, defaultVpcs: "absent", keysIn });
        given[keysIn] = Object.keys(settings.volumeKeyArns);
      }
    });
    assert.deepEqual(given, { home: ["eu-central-1"], "every-region": regions });
  });

  it("make every resource of AWS's in a region that is said", async () => {
    const stack = await plan({ defaultVpcs: "emptied", keysIn: "every-region" });
    const made = stack.resources.filter(({ type }) => type.startsWith("aws:"));
    assert.equal(made.length, regions.length * 13);
    for (const { inputs, name } of made) assert.equal(`s-${inputs["region"]}`, name);
  });

  it("fit into a stack twice", async () => {
    const stack = await planned(() => {
      for (const name of ["a", "b"]) new RegionSettings(name, { at, regions, defaultVpcs: "emptied" });
    });
    assert.equal(stack.all("DefaultVpc").length, 2 * regions.length);
    assert.deepEqual(
      stack.all("Key").map(({ name }) => name),
      ["a-eu-central-1", "b-eu-central-1"],
    );
  });

  it("are refused without the home, or with a region twice", async () => {
    await assert.rejects(plan({ regions: ["eu-west-1"] }), /eu-central-1.*is not among its regions/);
    await assert.rejects(plan({ regions: [] }), /is not among its regions/);
    await assert.rejects(
      plan({ regions: ["eu-central-1", "eu-west-1", "eu-west-1"] }),
      /eu-west-1 is among the regions twice/,
    );
  });
});
