import assert from "node:assert/strict";
import { Delegation } from "../../../components/names/delegation";
import { ParentZone } from "../../../components/names/parent-zone";
import { PublicQueryLog } from "../../../components/names/public-query-log";
import { ZoneSigning } from "../../../components/names/zone-signing";
import { actionMatches } from "../../../iam/actions";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const { accountId } = at;
const keyArn = "arn:aws:kms:us-east-1:111122223333:key/1";

describe("the signing of a zone", () => {
  const signed = () =>
    planned(() => new ZoneSigning("dev", { zoneId: "Z1", domainName: "dev.example.com", accountId }));

  it("has a key of the kind and in the region that Route 53 asks for", async () => {
    const { inputs } = (await signed()).one("aws:kms/key:Key");
    assert.deepEqual(
      ["customerMasterKeySpec", "keyUsage", "region", "deletionWindowInDays"].map(name => inputs[name]),
      ["ECC_NIST_P256", "SIGN_VERIFY", "us-east-1", 30],
    );
    // KMS refuses it for asymmetric keys.
    assert.equal(inputs["enableKeyRotation"], undefined);
  });

  it("lets Route 53 sign with the key, for zones of this account, and pass it on to AWS only", async () => {
    const [, , sign, grant, ...others] = statements((await signed()).one("aws:kms/key:Key"));
    assert.deepEqual(others, []);
    for (const statement of [sign, grant])
      assert.deepEqual(statement?.Principal, { Service: "dnssec-route53.amazonaws.com" });
    assert.deepEqual(sign?.Action, ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]);
    assert.deepEqual(sign?.Condition, {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" },
    });
    assert.equal(grant?.Action, "kms:CreateGrant");
    assert.deepEqual(grant?.Condition, { Bool: { "kms:GrantIsForAWSResource": "true" } });
  });

  it("lets the account administer the key, and sign where its IAM policies say so", async () => {
    const [administration, sign] = statements((await signed()).one("aws:kms/key:Key"));
    for (const statement of [administration, sign])
      assert.deepEqual(statement?.Principal, { AWS: `arn:aws:iam::${accountId}:root` });
    assert.equal(sign?.Action, "kms:Sign");
    const actions = administration?.Action as string[];
    const allows = (action: string) => actions.some(allowed => actionMatches(allowed, action));
    // The first two are asked of whoever makes the key-signing key.
    for (const action of ["DescribeKey", "GetPublicKey", "PutKeyPolicy", "ScheduleKeyDeletion"])
      assert.ok(allows(`kms:${action}`), action);
    for (const action of ["Sign", "CreateGrant", "Verify"]) assert.ok(!allows(`kms:${action}`), action);
  });

  it("signs when there is a key to sign with, under a name that Route 53 takes", async () => {
    const stack = await signed();
    const key = stack.one("KeySigningKey");
    const signing = stack.one("HostedZoneDnsSec");
    assert.deepEqual(stack.from(key, "keyManagementServiceArn"), ["dev-dnssec"]);
    assert.match(String(key.inputs["name"]), /^[a-zA-Z0-9_]{3,128}$/);
    assert.deepEqual([key.inputs["hostedZoneId"], key.inputs["status"]], ["Z1", "ACTIVE"]);
    assert.deepEqual(signing.inputs["signingStatus"], "SIGNING");
    assert.ok(signing.dependencies.includes(key.urn));
  });

  it("is kept, all of it", async () => {
    const stack = await signed();
    for (const type of ["aws:kms/key:Key", "KeySigningKey", "HostedZoneDnsSec"])
      assert.equal(stack.one(type).protect, true, type);
  });
});

describe("the parent zone", () => {
  const critical = "arn:aws:sns:us-east-1:111122223333:landing-zone-alarms-critical";
  const alarmTopics = { critical, warning: critical };
  const parent = (queryLogs?: { keyArn: string; retentionDays: number }) =>
    planned(() => new ParentZone("names", { domainName: "example.com", accountId, queryLogs, alarmTopics }));

  it("is public, kept, signed, and not emptied", async () => {
    const stack = await parent();
    const zone = stack.one("Zone");
    assert.equal(zone.protect, true);
    assert.deepEqual(
      [zone.inputs["name"], zone.inputs["forceDestroy"], zone.inputs["vpcs"]],
      ["example.com", false, undefined],
    );
    assert.deepEqual(stack.from(stack.one("KeySigningKey"), "hostedZoneId"), ["names"]);
    assert.equal(stack.all("QueryLog").length, 0);
  });

  it("logs its queries where it is told to", async () => {
    const stack = await parent({ keyArn, retentionDays: 365 });
    assert.deepEqual(stack.from(stack.one("QueryLog"), "zoneId"), ["names"]);
    assert.deepEqual(stack.one("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"], 365);
    assert.deepEqual(await refusals(stack), []);
  });

  it("may be there twice", async () => {
    const stack = await planned(() => {
      for (const [name, domainName] of [
        ["a", "example.com"],
        ["b", "example.services"],
      ] as const)
        new ParentZone(name, { domainName, accountId, queryLogs: { keyArn, retentionDays: 30 } });
    });
    for (const type of ["Zone", "KeySigningKey", "HostedZoneDnsSec", "QueryLog", "LogResourcePolicy"])
      assert.equal(stack.all(type).length, 2, type);
    const policies = stack.all("LogResourcePolicy").map(({ inputs }) => inputs["policyName"]);
    assert.equal(new Set(policies).size, 2);
  });

  it("is of a domain", async () => {
    await assert.rejects(
      planned(() => new ParentZone("names", { domainName: "Example.com", accountId })),
      /"Example.com" is no domain name/,
    );
  });
});

describe("the log of a public zone's queries", () => {
  const group = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/dev.example.com";
  const logged = (key = keyArn) =>
    planned(
      () =>
        new PublicQueryLog("dev", {
          zoneId: "Z1",
          domainName: "dev.example.com",
          accountId,
          keyArn: key,
          retentionDays: 90,
        }),
    );

  it("is in us-east-1, encrypted, and forgotten in time", async () => {
    const stack = await logged();
    assert.deepEqual(stack.one("aws:cloudwatch/logGroup:LogGroup").inputs, {
      name: "/aws/route53/dev.example.com",
      retentionInDays: 90,
      kmsKeyId: keyArn,
      region: "us-east-1",
    });
    assert.deepEqual(await refusals(stack), []);
  });

  it("is written by Route 53 for this account's zones, to this group only", async () => {
    const policy = (await logged()).one("LogResourcePolicy");
    assert.equal(policy.inputs["region"], "us-east-1");
    assert.deepEqual(statements(policy, "policyDocument"), [
      {
        Sid: "WriteQueries",
        Effect: "Allow",
        Principal: { Service: "route53.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${group}:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" },
        },
      },
    ]);
  });

  it("begins when there is a group to write to and the permission to", async () => {
    const stack = await logged();
    const log = stack.one("QueryLog");
    assert.deepEqual([log.inputs["zoneId"], log.inputs["cloudwatchLogGroupArn"]], ["Z1", group]);
    for (const type of ["LogResourcePolicy", "aws:cloudwatch/logGroup:LogGroup"])
      assert.ok(log.dependencies.includes(stack.one(type).urn), type);
  });

  it("needs a key of its own region", async () => {
    await assert.rejects(
      logged("arn:aws:kms:eu-central-1:111122223333:key/1"),
      /is no key of us-east-1, where queries of dev.example.com are logged/,
    );
  });
});

describe("a delegation", () => {
  const args = {
    parentZoneId: "Z0",
    parentDomain: "example.com",
    childDomain: "dev.example.com",
    nameServers: ["ns-1.example.com", "ns-2.example.com"],
  };
  const dsRecord = "12345 13 2 0123ABCD";

  it("says where the child is, for an hour", async () => {
    const stack = await planned(() => new Delegation("dev", args));
    assert.deepEqual(stack.one("Record").inputs, {
      zoneId: "Z0",
      name: "dev.example.com",
      type: "NS",
      ttl: 3600,
      records: args.nameServers,
    });
    assert.equal(stack.one("Record").name, "dev-ns");
  });

  it("vouches for its signature when it is told to, after that, and for minutes only", async () => {
    const stack = await planned(() => new Delegation("dev", { ...args, dsRecord }));
    const signer = stack.one("Record", "dev-ds");
    assert.deepEqual(signer.inputs, {
      zoneId: "Z0",
      name: "dev.example.com",
      type: "DS",
      ttl: 300,
      records: [dsRecord],
    });
    assert.ok(signer.dependencies.includes(stack.one("Record", "dev-ns").urn));
    assert.deepEqual(await refusals(stack), []);
  });

  it("vouches for no zone that is not signed yet", async () => {
    const stack = await planned(() => {
      const { dsRecord } = new ZoneSigning("dev", { zoneId: "Z1", domainName: "dev.example.com", accountId });
      new Delegation("dev", { ...args, dsRecord });
    });
    const sources = stack.one("Record", "dev-ds").propertyDependencies["records"] ?? [];
    assert.ok(sources.includes(stack.one("HostedZoneDnsSec").urn));
    assert.ok(sources.includes(stack.one("KeySigningKey").urn));
  });

  it("may be there for several children", async () => {
    const stack = await planned(() => {
      for (const child of ["dev", "int"])
        new Delegation(child, { ...args, childDomain: `${child}.example.com`, dsRecord });
    });
    assert.equal(stack.all("Record").length, 4);
  });

  for (const childDomain of ["example.com", "dev.example.org", "devexample.com", "com"])
    it(`is not of ${childDomain}, which is not below example.com`, async () => {
      await assert.rejects(
        planned(() => new Delegation("dev", { ...args, childDomain })),
        new RegExp(`${childDomain} is not below example.com`),
      );
    });
});
