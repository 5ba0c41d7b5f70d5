import assert from "node:assert/strict";
import { resolve } from "node:path";
import * as aws from "@pulumi/aws";
import { planStacks } from "../../../cli/planner";
import { AccountHardening, type AccountHardeningArgs } from "../../../components/hardening/account-hardening";
import { at, planned } from "../planned";

const regions = ["eu-central-1", "eu-west-1"];
const args: AccountHardeningArgs = { at, regions, defaultVpcs: "emptied", logRetentionDays: 365 };

async function plan(more: Partial<AccountHardeningArgs> = {}) {
  const made: AccountHardening[] = [];
  const stack = await planned(() => void made.push(new AccountHardening("h", { ...args, ...more })));
  const [hardening] = made;
  assert.ok(hardening);
  return { stack, hardening };
}

describe("an account's hardening", () => {
  it("is that of the account, of its regions and of its sessions", async () => {
    const { stack } = await plan();
    for (const type of ["AccountSettings", "RegionSettings", "SessionManager"])
      assert.equal(stack.top(stack.one(`landing-zone:hardening:${type}`)).name, "h");
    assert.equal(stack.one("AccountPublicAccessBlock").inputs["accountId"], at.accountId);
    assert.equal(stack.all("EncryptionByDefault").length, 2);
    assert.equal(stack.all("DefaultVpc").length, 2);
    assert.equal(stack.one("LogGroup").inputs["retentionInDays"], 365);
  });

  it("has keys and sessions at home, unless they are to be everywhere", async () => {
    const names = async (more: Partial<AccountHardeningArgs>) => {
      const { stack, hardening } = await plan(more);
      assert.deepEqual(
        stack.all("DefaultKmsKey").map(({ inputs }) => inputs["region"]),
        Object.keys(hardening.volumeKeyArns),
      );
      return stack.all("Document").map(({ inputs }) => inputs["region"]);
    };
    assert.deepEqual(await names({}), ["eu-central-1"]);
    assert.deepEqual(await names({ keysIn: "every-region" }), regions);
  });

  it("hands on that there are no default VPCs", async () => {
    assert.deepEqual((await plan({ defaultVpcs: "absent" })).stack.all("DefaultVpc"), []);
  });

  it("gives out what instances and people need for sessions", async () => {
    const { hardening } = await plan();
    assert.deepEqual(
      hardening.sessionsOnInstances.map(({ Sid }) => Sid),
      ["EncryptSessions", "RecordSessions", "FindTheGroup"],
    );
    assert.deepEqual(
      hardening.sessionsOfPeople.map(({ Action }) => Action),
      ["kms:GenerateDataKey"],
    );
  });

  it("names no resource of one type like another", async () => {
    // Volumes and sessions have a key each in the same region.
    const { stack } = await plan({ keysIn: "every-region" });
    const urns = stack.resources.map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length);
    assert.equal(stack.all("Key").length, 4);
  });

  it("fits into a stack twice, all of it with its provider", async () => {
    const stack = await planned(() => {
      const provider = new aws.Provider("account", { region: at.region });
      for (const name of ["a", "b"])
        new AccountHardening(name, { ...args, keysIn: "every-region" }, { provider });
    });
    const made = stack.resources.filter(({ type }) => type.startsWith("aws:"));
    for (const resource of made) assert.equal(stack.provider(resource), "account", resource.urn);
    const of = (name: string) => made.filter(resource => stack.top(resource).name === name).length;
    assert.ok(of("a") > 0);
    assert.equal(of("a"), of("b"));
  });

  it("is found to be in order by the policies", async () => {
    const root = resolve(__dirname, "../../..");
    const program = () => {
      const provider = new aws.Provider("account", {
        region: at.region,
        allowedAccountIds: [at.accountId],
        assumeRoles: [{ roleArn: `arn:aws:iam::${at.accountId}:role/deploy` }],
        defaultTags: {
          tags: {
            environment: "prod",
            product: "platform",
            team: "platform",
            "cost-centre": "1000",
            "data-class": "internal",
            "managed-by": "pulumi",
          },
        },
      });
      new AccountHardening("h", { ...args, keysIn: "every-region" }, { provider });
    };
    const { stacks } = await planStacks([{ name: "hardening", program }], {
      project: "test",
      root,
      policyPack: resolve(root, "policies"),
    });
    const found = stacks[0]?.violations ?? [];
    // The preferences of sessions hold their key's ARN, so that they are known when the key is there.
    const open = found.filter(({ message }) => message.startsWith("unknown: content "));
    assert.deepEqual(
      found.filter(one => !open.includes(one)),
      [],
    );
    assert.deepEqual([...new Set(open.map(({ policy }) => policy))], ["ssm-session-encrypted"]);
  });
});
