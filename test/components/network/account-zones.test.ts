import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { AccountZones, type AccountZonesArgs } from "../../../components/network/account-zones";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

const { accountId } = at;
const keyArn = "arn:aws:kms:us-east-1:111122223333:key/1";

describe("an account's zones", () => {
  it("are its domain twice: in public, and inside its VPC", async () => {
    const stack = await planned(
      () => new AccountZones("dev", { domainName: "dev.example.com", vpcId: "vpc-1" }),
    );
    const [open, inside] = ["dev-public", "dev-private"].map(name => stack.one("Zone", name).inputs);
    for (const zone of [open, inside])
      assert.deepEqual([zone?.["name"], zone?.["forceDestroy"]], ["dev.example.com", false]);
    assert.equal(open?.["vpcs"], undefined);
    assert.deepEqual(inside?.["vpcs"], [{ vpcId: "vpc-1" }]);
  });

  it("are apart where the VPC is another account's: the private one is there", async () => {
    const stack = await planned(() => {
      const [provider, vpcOwner] = ["account", "owner"].map(
        name => new aws.Provider(name, { region: at.region }),
      );
      for (const name of ["one", "two"])
        new AccountZones(
          name,
          { domainName: `${name}.example.com`, vpcId: "vpc-1", vpcOwner, accountId },
          { provider, protect: true },
        );
    });
    for (const name of ["one", "two"]) {
      const inside = stack.one("Zone", `${name}-private`);
      assert.equal(stack.provider(inside), "owner");
      assert.equal(inside.protect, true);
    }
    const others = stack.resources.filter(
      ({ custom, type, name }) => custom && type.startsWith("aws:") && !name.endsWith("-private"),
    );
    for (const each of others) assert.equal(stack.provider(each), "account", each.name);
  });
});

const alarmTopics = {
  critical: "arn:aws:sns:us-east-1:111122223333:critical",
  warning: "arn:aws:sns:us-east-1:111122223333:warning",
};

describe("an account's public zone", () => {
  const zones = (more: Partial<AccountZonesArgs> = {}, protect?: boolean) =>
    planned(
      () => new AccountZones("dev", { domainName: "dev.example.com", vpcId: "vpc-1", ...more }, { protect }),
    );
  const types = async (more?: Partial<AccountZonesArgs>) =>
    (await zones(more)).resources
      .filter(({ custom, type }) => custom && type.startsWith("aws:"))
      .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
  const both = ["Zone dev-private", "Zone dev-public"];

  it("is signed where the account's number is known, and the private one never", async () => {
    const stack = await zones({ accountId, alarmTopics });
    for (const type of ["KeySigningKey", "HostedZoneDnsSec"])
      assert.deepEqual(
        stack.one(type).propertyDependencies["hostedZoneId"]?.includes(stack.one("Zone", "dev-public").urn),
        true,
      );
    assert.deepEqual(await refusals(stack), []);
  });

  it("is not signed where that is not wanted or the number is not known", async () => {
    assert.deepEqual((await types({ accountId, dnssec: false })).sort(), both);
    assert.deepEqual((await types()).sort(), both);
    assert.deepEqual((await types({ dnssec: false })).sort(), both);
  });

  it("is logged where it is told to, signed or not", async () => {
    for (const dnssec of [true, false]) {
      const stack = await zones({
        accountId,
        alarmTopics,
        dnssec,
        queryLogs: { keyArn, retentionDays: 90 },
      });
      assert.deepEqual(stack.from(stack.one("QueryLog"), "zoneId"), ["dev-public"]);
      assert.equal(stack.all("HostedZoneDnsSec").length, dnssec ? 1 : 0);
      assert.deepEqual(await refusals(stack), []);
    }
    assert.ok(!(await types({ accountId })).some(type => type.startsWith("QueryLog")));
  });

  it("is neither without the account's number", async () => {
    for (const more of [{ dnssec: true }, { queryLogs: { keyArn, retentionDays: 90 } }])
      await assert.rejects(zones(more), /to sign or log dev.example.com, the account's number must be known/);
  });

  it("keeps its signature even where the zones are not kept", async () => {
    for (const protect of [true, undefined]) {
      const stack = await zones({ accountId }, protect);
      for (const zone of stack.all("Zone")) assert.equal(zone.protect === true, protect === true);
      for (const type of ["aws:kms/key:Key", "KeySigningKey", "HostedZoneDnsSec"])
        assert.equal(stack.one(type).protect, true, type);
    }
  });

  it("tells what its parent must publish, if there is something", async () => {
    await planned(() => {
      const args = { domainName: "dev.example.com", vpcId: "vpc-1" };
      assert.ok(new AccountZones("a", { ...args, accountId }).dsRecord !== undefined);
      assert.equal(new AccountZones("b", args).dsRecord, undefined);
    });
  });

  it("tells a topic when its public zone can not be signed, where there is one to tell", async () => {
    const stack = await planned(
      () =>
        new AccountZones("dev", {
          domainName: "dev.example.com",
          vpcId: "vpc-1",
          accountId,
          alarmTopics,
        }),
    );
    const alarms = stack.all("MetricAlarm");
    assert.equal(alarms.length, 2);
    for (const { inputs } of alarms) assert.deepEqual(inputs["alarmActions"], [alarmTopics.critical]);
  });

  it("may be there twice", async () => {
    const stack = await planned(() => {
      for (const name of ["dev", "int"])
        new AccountZones(name, {
          domainName: `${name}.example.com`,
          vpcId: "vpc-1",
          accountId,
          queryLogs: { keyArn, retentionDays: 90 },
        });
    });
    assert.equal(stack.all("Zone").length, 4);
    assert.equal(stack.all("HostedZoneDnsSec").length, 2);
  });
});
