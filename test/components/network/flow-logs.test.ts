import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { FlowLogs, type FlowLogsArgs } from "../../../components/network/flow-logs";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/flow-logs/net";
const archiveBucketArn = "arn:aws:s3:::landing-zone-flow-logs-444455556666-eu-central-1";
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const cloudWatch = { keyArn, retentionDays: 90 };
const logs = (to: Partial<FlowLogsArgs>) => planned(() => new FlowLogs("net", { vpcId: "vpc-1", at, ...to }));

describe("flow logs in a log group", () => {
  it("are written to their own log group and nowhere else", async () => {
    const allowed = statements((await logs({ cloudWatch })).one("RolePolicy")).map(({ Action, Resource }) => [
      Action,
      Resource,
    ]);
    assert.deepEqual(allowed, [
      [
        ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        [group, `${group}:*`],
      ],
      // Knows no single log group.
      ["logs:DescribeLogGroups", "arn:aws:logs:eu-central-1:111122223333:log-group:*"],
    ]);
  });

  it("are delivered by the service that makes them, for this account only", async () => {
    const [trust, ...others] = statements((await logs({ cloudWatch })).one("Role"), "assumeRolePolicy");
    assert.deepEqual(others, []);
    assert.deepEqual(trust?.Principal, { Service: "vpc-flow-logs.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
  });

  it("begin when there is a group to write to and the permission to", async () => {
    const stack = await logs({ cloudWatch });
    const flow = stack.one("FlowLog");
    assert.deepEqual(stack.from(flow, "iamRoleArn"), ["net"]);
    for (const needed of [stack.one("RolePolicy"), stack.one("aws:cloudwatch/logGroup:LogGroup")])
      assert.ok(flow.dependencies.includes(needed.urn), needed.type);
  });

  it("are of all traffic, by the minute, and forgotten in time", async () => {
    const stack = await logs({ cloudWatch });
    const { trafficType, vpcId, maxAggregationInterval, logDestination } = stack.one("FlowLog").inputs;
    assert.deepEqual(
      [trafficType, vpcId, maxAggregationInterval, logDestination],
      ["ALL", "vpc-1", 60, group],
    );
    const { retentionInDays, kmsKeyId } = stack.one("aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual([retentionInDays, kmsKeyId], [90, keyArn]);
  });
});

describe("flow logs in the archive", () => {
  it("are of all traffic, as Parquet, in partitions by the hour that Athena knows by name", async () => {
    const { inputs } = (await logs({ archiveBucketArn })).one("FlowLog", "net-archive");
    assert.deepEqual(
      [inputs["trafficType"], inputs["vpcId"], inputs["logDestinationType"], inputs["logDestination"]],
      ["ALL", "vpc-1", "s3", archiveBucketArn],
    );
    assert.deepEqual(inputs["destinationOptions"], {
      fileFormat: "parquet",
      hiveCompatiblePartitions: true,
      perHourPartition: true,
    });
  });

  it("tell who it was behind a NAT gateway, in a format that AWS can read", async () => {
    const format = String((await logs({ archiveBucketArn })).one("FlowLog").inputs["logFormat"]);
    assert.match(format, /^(\$\{[a-z-]+\} )*\$\{[a-z-]+\}$/);
    const fields = format.split(" ");
    assert.equal(new Set(fields).size, fields.length);
    for (const field of ["srcaddr", "dstaddr", "action", "pkt-srcaddr", "pkt-dstaddr", "flow-direction"])
      assert.ok(fields.includes(`$\{${field}}`), field);
  });

  it("need no role, no key and no log group here", async () => {
    const stack = await logs({ archiveBucketArn });
    for (const type of ["Role", "RolePolicy", "aws:cloudwatch/logGroup:LogGroup"])
      assert.deepEqual(stack.all(type), [], type);
    assert.equal(stack.one("FlowLog").inputs["iamRoleArn"], undefined);
  });
});

describe("flow logs", () => {
  it("go to both places, if both are given", async () => {
    const stack = await logs({ archiveBucketArn, cloudWatch });
    assert.deepEqual(
      stack
        .all("FlowLog")
        .map(({ inputs }) => inputs["logDestinationType"])
        .sort(),
      ["cloud-watch-logs", "s3"],
    );
  });

  it("of two VPCs have a stack together and pass every rule of the policy pack", async () => {
    const stack = await planned(() => {
      const provider = new aws.Provider("member", {
        region: "eu-central-1",
        allowedAccountIds: [at.accountId],
        defaultTags: {
          tags: { product: "p", environment: "dev", owner: "o", "cost-center": "c", "data-class": "d" },
        },
      });
      for (const name of ["a", "b"])
        new FlowLogs(name, { vpcId: `vpc-${name}`, at, archiveBucketArn, cloudWatch }, { provider });
    });
    assert.equal(stack.all("FlowLog").length, 4);
    assert.deepEqual(await refusals(stack), []);
  });

  it("go somewhere", async () => {
    await assert.rejects(
      logs({}),
      /neither archiveBucketArn nor cloudWatch is given; flow logs need one of them/,
    );
  });

  for (const wrong of ["bucket", "arn:aws:s3:::", "arn:aws:s3:::a/folder", "arn:aws:sqs:eu-central-1:1:q"])
    it(`go to no bucket called ${wrong}`, async () => {
      await assert.rejects(
        logs({ archiveBucketArn: wrong }),
        /archiveBucketArn is .*; it must be arn:aws:s3:::/,
      );
    });
});
