/** How file systems are kept: encrypted, backed up, mounted over TLS by whom is linked and never as root. */
import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import fc from "fast-check";
import {
  FileSystem,
  type FileSystemArgs,
  type TransitionDays,
  transitionDays,
} from "../../../components/data/file-system";
import { fileSystemAccess } from "../../../components/data/file-system-access";
import { fileSystemStatements } from "../../../components/data/file-system-statements";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { role } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { alarmTopics } from "../told";
import { dev, keyArn, prod } from "./databases";
import { elsewhere, requireNarrow } from "./narrow";
import { roleRefusals } from "./task-role";

const fileSystem = (more: Partial<FileSystemArgs> = {}, name = "media") =>
  new FileSystem(
    name,
    {
      at,
      keyArn,
      alarmTopics,
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
      ...prod,
      fileSystemName: `orders-${name}`,
      zones: 3,
      ...more,
    },
    { protect: true },
  );
const make = (more: Partial<FileSystemArgs> = {}) => planned(() => fileSystem(more));
const type = "aws:efs/fileSystem:FileSystem";

describe("a file system", () => {
  for (const [kept, more] of Object.entries({ prod, dev })) {
    it(`in ${kept} breaks no policy`, async () => assert.deepEqual(await refusals(await make(more)), []));

    it(`in ${kept} is encrypted, backed up, and lets its old files cool`, async () => {
      const stack = await make(more);
      const { inputs, protect, retainOnDelete } = stack.one(type);
      assert.deepEqual([inputs["encrypted"], inputs["kmsKeyId"]], [true, keyArn]);
      assert.equal(inputs["throughputMode"], "elastic");
      assert.equal(inputs["availabilityZoneName"], undefined);
      assert.deepEqual(inputs["protection"], { replicationOverwrite: "ENABLED" });
      assert.deepEqual(inputs["lifecyclePolicies"], [
        { transitionToIa: "AFTER_30_DAYS" },
        { transitionToArchive: "AFTER_90_DAYS" },
        { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ]);
      assert.deepEqual(stack.one("BackupPolicy").inputs["backupPolicy"], { status: "ENABLED" });
      assert.equal(protect, true);
      assert.equal(retainOnDelete, more.deletionProtection);
    });

    it(`in ${kept} is mounted in each zone, behind its own security group, once it has its policy`, async () => {
      const stack = await make(more);
      const targets = stack.all("MountTarget");
      assert.deepEqual(
        targets.map(({ inputs }) => inputs["subnetId"]),
        ["subnet-a", "subnet-b", "subnet-c"],
      );
      for (const target of targets) {
        assert.deepEqual(stack.from(target, "securityGroups"), ["media"]);
        assert.ok(target.dependencies.includes(stack.one("FileSystemPolicy").urn));
      }
      const { inputs } = stack.one("SecurityGroup");
      assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
    });
  }

  it("has one access point, in a directory of its own, whose user is not root", async () => {
    const stack = await make();
    const { inputs } = stack.one("AccessPoint");
    assert.deepEqual(inputs["posixUser"], { uid: 65_532, gid: 65_532 });
    assert.deepEqual(inputs["rootDirectory"], {
      path: "/data",
      creationInfo: { ownerUid: 65_532, ownerGid: 65_532, permissions: "0750" },
    });
    assert.deepEqual(stack.from(stack.one("AccessPoint"), "fileSystemId"), ["media"]);
  });

  it("has as many mount targets as zones where the subnets are not there yet", async () => {
    for (const zones of [1, 2, 6]) {
      const stack = await planned(() => {
        const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
        fileSystem({ zones, subnetIds: vpc.id.apply(id => [id]) });
      });
      assert.equal(stack.all("MountTarget").length, zones);
    }
  });

  it("moves files when it is told, from one store to a cheaper one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...transitionDays),
        fc.constantFrom(...transitionDays),
        async (infrequentAfter, archiveAfter) => {
          const plan = make({ infrequentAfter, archiveAfter });
          if (archiveAfter <= infrequentAfter)
            await assert.rejects(plan, /archiveAfter is \d+; it must be more than infrequentAfter/);
          else {
            const [cool, cold] = (await plan).one(type).inputs["lifecyclePolicies"] as [
              Record<string, string>,
              Record<string, string>,
            ];
            assert.match(String(cool["transitionToIa"]), new RegExp(`^AFTER_${infrequentAfter}_DAYS?$`));
            assert.equal(cold["transitionToArchive"], `AFTER_${archiveAfter}_DAYS`);
          }
        },
      ),
      { numRuns: 20 },
    );
    const [cool] = (await make({ infrequentAfter: 1 })).one(type).inputs["lifecyclePolicies"] as object[];
    assert.deepEqual(cool, { transitionToIa: "AFTER_1_DAY" });
  });

  it("says by which ids it is mounted, where containers look", async () => {
    const stack = await make();
    const { parameters } = fileSystemAccess(at, "orders-media", "read");
    assert.deepEqual(parameters, {
      FILE_SYSTEM_ID: "/orders-media/file-system-id",
      ACCESS_POINT_ID: "/orders-media/access-point-id",
    });
    assert.deepEqual(
      stack
        .all("Parameter")
        .map(({ inputs }) => inputs["name"])
        .sort(),
      Object.values(parameters ?? {}).sort(),
    );
    for (const { inputs } of stack.all("Parameter")) assert.equal(inputs["type"], "String");
    const outcome = await planned(() => {
      const made = fileSystem();
      assert.equal(made.mountTargets.length, 3);
      assert.equal(made.port, 2049);
    });
    assert.equal(outcome.all(type).length, 1);
  });

  it("wakes someone when it can do no more operations", async () => {
    const stack = await make();
    const alarm = stack.one("MetricAlarm");
    assert.deepEqual(
      [alarm.inputs["namespace"], alarm.inputs["metricName"], alarm.inputs["threshold"]],
      ["AWS/EFS", "PercentIOLimit", 95],
    );
    assert.equal(Number(alarm.inputs["evaluationPeriods"]) * Number(alarm.inputs["period"]), 900);
    assert.deepEqual(stack.from(alarm, "dimensions"), ["media"]);
  });

  it("can be there twice", async () => {
    const stack = await planned(() => {
      fileSystem({}, "one");
      fileSystem({}, "two");
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack), []);
  });

  const wrong: readonly [Partial<FileSystemArgs>, RegExp][] = [
    [{ fileSystemName: "a b" }, /fileSystemName is a b; it must be 1 to 64/],
    [{ fileSystemName: "a".repeat(65) }, /fileSystemName is a{65};/],
    [{ zones: 0 }, /zones is 0; it must be a whole number from 1 to 6/],
    [{ zones: 7 }, /zones is 7;/],
    [{ zones: 1.5 }, /zones is 1\.5;/],
    [{ infrequentAfter: 2 as TransitionDays }, /infrequentAfter is 2; it must be one of 1, 7, 14/],
    [{ archiveAfter: 91 as TransitionDays }, /archiveAfter is 91; it must be one of/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(make(more), message));
});

const own = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0";
const accessPoint = "arn:aws:elasticfilesystem:eu-central-1:111122223333:access-point/fsap-0123456789abcdef0";
const mounted = {
  "aws:SecureTransport": "true",
  "elasticfilesystem:AccessedViaMountTarget": "true",
  "elasticfilesystem:AccessPointArn": accessPoint,
};

describe("the policy of a file system", () => {
  const document = { Version: "2012-10-17", Statement: fileSystemStatements };
  const ask = (action: string, context: Readonly<Record<string, string>>) =>
    evaluate(
      { principal: role, action: `elasticfilesystem:${action}`, resource: own, context },
      {
        identity: [
          readDocument({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "elasticfilesystem:*", Resource: "*" }],
          }),
        ],
        resource: readDocument(document),
      },
    ).outcome;
  const without = (key: keyof typeof mounted) =>
    Object.fromEntries(Object.entries(mounted).filter(([its]) => its !== key));

  it("is the one that the file system gets, and names nobody", async () => {
    const made = statements((await make()).one("FileSystemPolicy"));
    assert.deepEqual(made, fileSystemStatements);
    assert.ok(made.every(({ Effect }) => Effect === "Deny"));
  });

  it("leaves reading and writing to whoever's role allows it", () => {
    for (const action of ["ClientMount", "ClientWrite"]) assert.equal(ask(action, mounted), "allowed");
  });

  it("refuses root, whatever a role allows", () => {
    assert.equal(ask("ClientRootAccess", mounted), "denied");
  });

  for (const action of ["ClientMount", "ClientWrite"])
    it(`refuses ${action} without TLS, past the mount target, and past the access point`, () => {
      assert.equal(ask(action, { ...mounted, "aws:SecureTransport": "false" }), "denied");
      assert.equal(
        ask(action, { ...mounted, "elasticfilesystem:AccessedViaMountTarget": "false" }),
        "denied",
      );
      assert.equal(ask(action, without("elasticfilesystem:AccessedViaMountTarget")), "denied");
      assert.equal(ask(action, without("elasticfilesystem:AccessPointArn")), "denied");
    });

  it("locks nobody out of changing it", () => {
    for (const action of ["PutFileSystemPolicy", "DescribeFileSystemPolicy", "DeleteFileSystem"])
      assert.equal(ask(action, { "aws:SecureTransport": "true" }), "allowed");
  });
});

describe("access to a file system", () => {
  const elsewhereOnly = { on: [own], notOn: elsewhere(own), context: mounted };
  const owners = [
    "elasticfilesystem:ClientRootAccess",
    "elasticfilesystem:DeleteFileSystem",
    "elasticfilesystem:PutFileSystemPolicy",
    "elasticfilesystem:DeleteAccessPoint",
    "elasticfilesystem:CreateMountTarget",
  ];

  it("reads, and can not write", () =>
    requireNarrow(fileSystemAccess(at, "orders-media", "read"), {
      ...elsewhereOnly,
      actions: ["elasticfilesystem:ClientMount"],
      not: [...owners, "elasticfilesystem:ClientWrite"],
    }));

  it("reads and writes", () =>
    requireNarrow(fileSystemAccess(at, "orders-media", "readWrite"), {
      ...elsewhereOnly,
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      not: owners,
    }));

  it("is through a mount target and an access point of the account only", async () => {
    for (const [key, value] of [
      ["elasticfilesystem:AccessedViaMountTarget", "false"],
      ...elsewhere(accessPoint).map(arn => ["elasticfilesystem:AccessPointArn", arn] as const),
      ["elasticfilesystem:AccessPointArn", ""],
    ] as const)
      await requireNarrow(fileSystemAccess(at, "orders-media", "readWrite"), {
        actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        on: [],
        notOn: [own],
        not: [],
        context: { ...mounted, [key]: value },
      });
  });

  it("breaks no policy when a task's role has it", async () => {
    for (const access of ["read", "readWrite"] as const)
      assert.deepEqual(await roleRefusals(fileSystemAccess(at, "orders-media", access)), []);
  });

  it("has a port, since the network is what tells one from another", () => {
    const { port, keyThrough } = fileSystemAccess(at, "orders-media", "read");
    assert.deepEqual([port, keyThrough], [2049, undefined]);
  });
});
