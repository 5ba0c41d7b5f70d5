import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { AuditServices, type AuditServicesArgs } from "../../../components/detection/audit-services";
import {
  DetectionDelegations,
  type DetectionDelegationsArgs,
} from "../../../components/detection/delegations";
import { type Planned, planned } from "../planned";

const home = "eu-central-1";
const regions = ["eu-west-1", home, "us-east-1"];
const auditAccountId = "222233334444";

const audit = (args: Partial<AuditServicesArgs> = {}) =>
  planned(() => new AuditServices("audit", { regions, home, macie: true, ...args }));

describe("the audit account's services", () => {
  it("are GuardDuty in every Region, telling what goes on every quarter of an hour", async () => {
    const detectors = (await audit()).all("Detector");
    assert.deepEqual(
      detectors.map(({ name, inputs }) => [name, inputs["region"]]).sort(),
      regions.map(region => [`audit-${region}`, region]).sort(),
    );
    for (const { inputs } of detectors)
      assert.deepEqual([inputs["enable"], inputs["findingPublishingFrequency"]], [true, "FIFTEEN_MINUTES"]);
  });

  it("are Security Hub at home only, with no standards and one finding a control", async () => {
    const { name, inputs } = (await audit()).one("aws:securityhub/account:Account");
    assert.equal(name, "audit-eu-central-1");
    assert.deepEqual(inputs, {
      enableDefaultStandards: false,
      controlFindingGenerator: "SECURITY_CONTROL",
      region: home,
    });
  });

  it("are Macie in every Region, or nowhere", async () => {
    const macie = "aws:macie2/account:Account";
    const accounts = (await audit()).all(macie);
    assert.deepEqual(accounts.map(({ inputs }) => inputs["region"]).sort(), [...regions].sort());
    for (const { inputs } of accounts)
      assert.deepEqual(
        [inputs["status"], inputs["findingPublishingFrequency"]],
        ["ENABLED", "FIFTEEN_MINUTES"],
      );
    assert.deepEqual((await audit({ macie: false })).all(macie), []);
  });

  it("stay, whatever becomes of the stack", async () => {
    const made = (await audit()).resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
    assert.equal(made.length, 7);
    for (const { protect, urn } of made) assert.ok(protect, urn);
  });

  it("tell the detectors by Region", async () => {
    let ids: string[] = [];
    const stack = await planned(() => {
      const { detectorIds } = new AuditServices("audit", { regions, home, macie: false });
      ids = Object.keys(detectorIds);
      for (const [region, id] of Object.entries(detectorIds))
        new aws.ssm.Parameter(region, { type: "String", value: id });
    });
    assert.deepEqual(ids, regions);
    for (const region of regions)
      assert.deepEqual(stack.from(stack.one("Parameter", region), "value"), [`audit-${region}`]);
  });

  it("refuse a home that is elsewhere, and a Region named twice", async () => {
    await assert.rejects(
      audit({ home: "eu-north-1" }),
      /the home Region eu-north-1 is none of eu-west-1, eu-central-1, us-east-1/,
    );
    await assert.rejects(audit({ regions: [home, home] }), /the Region eu-central-1 is named twice/);
  });
});

const delegated = (args: Partial<DetectionDelegationsArgs> = {}) =>
  planned(() => {
    const first = new aws.sns.Topic("first");
    return new DetectionDelegations("audit", {
      auditAccountId,
      regions,
      home,
      macie: true,
      detective: true,
      after: [first],
      ...args,
    });
  });

const everywhere = {
  "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount": "adminAccountId",
  "aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount": "accountId",
  "aws:macie2/organizationAdminAccount:OrganizationAdminAccount": "adminAccountId",
  "aws:detective/organizationAdminAccount:OrganizationAdminAccount": "accountId",
} as const;

/** The names of resources of a type, each after the one that it waits for, beginning with what is not of the type. */
const inOrder = (stack: Planned, type: string): string[] => {
  const all = stack.all(type);
  const order = ["first"];
  for (;;) {
    const before = stack.resources.find(({ name, type: its }) =>
      order.length === 1 ? name === "first" : name === order.at(-1) && its === type,
    );
    const next = all.filter(({ dependencies }) => before && dependencies.includes(before.urn));
    if (next.length === 0) return order.slice(1);
    assert.equal(next.length, 1, `${next.map(({ name }) => name)} come at once`);
    order.push(next[0]?.name ?? "");
  }
};

describe("the delegations of detection", () => {
  for (const [type, account] of Object.entries(everywhere))
    it(`make the audit account the administrator in every Region, home first: ${type}`, async () => {
      const stack = await delegated();
      assert.deepEqual(inOrder(stack, type), ["audit-eu-central-1", "audit-eu-west-1", "audit-us-east-1"]);
      for (const { name, inputs } of stack.all(type))
        assert.deepEqual(inputs, { [account]: auditAccountId, region: name.replace("audit-", "") });
    });

  it("leave out Macie and Detective where they are not wanted", async () => {
    const without = await delegated({ macie: false, detective: false });
    assert.deepEqual(
      Object.keys(everywhere).map(type => without.all(type).length),
      [3, 3, 0, 0],
    );
    const one = await delegated({ macie: true, detective: false });
    assert.deepEqual(
      Object.keys(everywhere).map(type => one.all(type).length),
      [3, 3, 3, 0],
    );
  });

  it("name Security Hub's administrator at home only, where central configuration begins", async () => {
    const stack = await delegated();
    const hub = stack.one("aws:securityhub/organizationAdminAccount:OrganizationAdminAccount");
    assert.deepEqual(hub.inputs, { adminAccountId: auditAccountId, region: home });
    assert.deepEqual(hub.dependencies, [stack.one("aws:sns/topic:Topic").urn]);
  });

  it("register the other services with AWS Organizations, one after the other", async () => {
    const stack = await delegated();
    const type = "DelegatedAdministrator";
    assert.deepEqual(
      stack
        .all(type)
        .map(({ inputs }) => inputs["servicePrincipal"])
        .sort(),
      ["access-analyzer.amazonaws.com", "config-multiaccountsetup.amazonaws.com", "config.amazonaws.com"],
    );
    for (const { inputs } of stack.all(type)) assert.equal(inputs["accountId"], auditAccountId);
    const whole = "aws:organizations/delegatedAdministrator:DelegatedAdministrator";
    assert.equal(inOrder(stack, whole).length, 3);
    const trail = stack.one("OrganizationDelegatedAdminAccount");
    assert.equal(trail.inputs["accountId"], auditAccountId);
    assert.deepEqual(trail.dependencies, [stack.one("aws:sns/topic:Topic").urn]);
  });

  it("stay, whatever becomes of the stack", async () => {
    const made = (await delegated()).resources.filter(
      ({ custom, name, type }) => custom && type.startsWith("aws:") && name !== "first",
    );
    assert.equal(made.length, 4 * 3 + 1 + 3 + 1);
    for (const { protect, urn } of made) assert.ok(protect, urn);
  });

  it("refuse a home that is elsewhere", async () => {
    await assert.rejects(delegated({ home: "eu-north-1" }), /the home Region eu-north-1 is none of/);
  });
});
