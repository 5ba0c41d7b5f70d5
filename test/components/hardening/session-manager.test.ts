import assert from "node:assert/strict";
import { SessionManager, type SessionManagerArgs } from "../../../components/hardening/session-manager";
import { at, planned, statements } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const both = ["eu-central-1", "eu-west-1"];

async function plan(args: Partial<SessionManagerArgs> = {}) {
  const made: SessionManager[] = [];
  const stack = await planned(
    () => void made.push(new SessionManager("s", { at, logRetentionDays: 90, ...args })),
  );
  const [sessions] = made;
  assert.ok(sessions);
  return { stack, sessions };
}

/** A document is known in a plan where its key is. */
async function preferences(args: Partial<SessionManagerArgs> = {}) {
  const { stack } = await plan({ keyArns: { "eu-central-1": keyArn }, ...args });
  return JSON.parse(String(stack.one("Document").inputs["content"]));
}

describe("sessions on instances", () => {
  it("are set up at home, where nothing else is said", async () => {
    const { stack } = await plan();
    for (const type of ["Key", "Alias", "LogGroup", "Document"])
      assert.equal(stack.one(type, "s-eu-central-1").inputs["region"], "eu-central-1");
  });

  it("follow the document that Session Manager looks for", async () => {
    const { inputs } = (await plan()).stack.one("Document");
    assert.equal(inputs["name"], "SSM-SessionManagerRunShell");
    assert.equal(inputs["documentType"], "Session");
    assert.equal(inputs["documentFormat"], "JSON");
  });

  it("are encrypted, recorded as they happen in the log group, and nowhere else", async () => {
    const document = await preferences();
    assert.equal(document.schemaVersion, "1.0");
    assert.equal(document.sessionType, "Standard_Stream");
    assert.deepEqual(document.inputs, {
      cloudWatchLogGroupName: "/landing-zone/sessions",
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
      s3BucketName: "",
      s3KeyPrefix: "",
      s3EncryptionEnabled: true,
      kmsKeyId: keyArn,
      idleSessionTimeout: "20",
      maxSessionDuration: "60",
      runAsEnabled: false,
      runAsDefaultUser: "",
    });
  });

  it("end when they are told to", async () => {
    const { inputs } = await preferences({ idleMinutes: 5, maxMinutes: 240 });
    assert.equal(inputs.idleSessionTimeout, "5");
    assert.equal(inputs.maxSessionDuration, "240");
  });

  it("have a log group that is encrypted with the same key, forgets in time and is there first", async () => {
    const { stack } = await plan();
    const group = stack.one("LogGroup");
    const document = stack.one("Document");
    assert.equal(group.inputs["name"], "/landing-zone/sessions");
    assert.equal(group.inputs["retentionInDays"], 90);
    const key = stack.one("Key").urn;
    assert.deepEqual(group.propertyDependencies["kmsKeyId"], [key]);
    assert.deepEqual(document.propertyDependencies["content"], [key]);
    assert.ok(document.dependencies.includes(group.urn));
  });

  it("have a key that is kept, and that CloudWatch Logs uses for their log group alone", async () => {
    const { stack } = await plan({ regions: both });
    for (const region of both) {
      const key = stack.one("Key", `s-${region}`);
      assert.equal(key.protect, true);
      assert.equal(stack.one("Alias", `s-${region}`).inputs["name"], "alias/landing-zone/sessions");
      const [logs, ...others] = statements(key).filter(({ Principal }) =>
        JSON.stringify(Principal).includes("Service"),
      );
      assert.deepEqual(others, []);
      assert.deepEqual(logs?.Principal, { Service: `logs.${region}.amazonaws.com` });
      assert.deepEqual(logs?.Condition, {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": [
            `arn:aws:logs:${region}:111122223333:log-group:/landing-zone/sessions`,
          ],
        },
      });
    }
  });

  it("use the keys that are given, where they are given", async () => {
    const { stack, sessions } = await plan({ regions: both, keyArns: { "eu-central-1": keyArn } });
    assert.equal(stack.one("Key").name, "s-eu-west-1");
    assert.equal(stack.one("LogGroup", "s-eu-central-1").inputs["kmsKeyId"], keyArn);
    assert.deepEqual(stack.from(stack.one("LogGroup", "s-eu-west-1"), "kmsKeyId"), ["s-eu-west-1"]);
    const [key] = sessions.forPeople;
    assert.deepEqual(key?.Resource, ["arn:aws:kms:eu-west-1:111122223333:key/*"]);
  });

  it("tell what instances need: to decrypt with this key, and to write to this group", async () => {
    const { sessions } = await plan({ regions: both });
    const arns = (service: string, resource: string) =>
      both.map(region => `arn:aws:${service}:${region}:111122223333:${resource}`);
    const [key, record, find, ...others] = sessions.forInstances;
    assert.deepEqual(others, []);
    assert.equal(key?.Action, "kms:Decrypt");
    assert.deepEqual(key?.Resource, arns("kms", "key/*"));
    assert.deepEqual(key?.Condition, {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/landing-zone/sessions" },
    });
    assert.deepEqual(record?.Action, [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "logs:DescribeLogStreams",
    ]);
    assert.deepEqual(
      record?.Resource,
      arns("logs", "log-group:/landing-zone/sessions").flatMap(group => [group, `${group}:*`]),
    );
    assert.equal(find?.Action, "logs:DescribeLogGroups");
    assert.deepEqual(find?.Resource, arns("logs", "log-group:*"));
  });

  it("tell what people need: to make a data key, and nothing where no key is known", async () => {
    const [key, ...others] = (await plan()).sessions.forPeople;
    assert.deepEqual(others, []);
    assert.equal(key?.Action, "kms:GenerateDataKey");
    assert.deepEqual(key?.Condition, {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/landing-zone/sessions" },
    });
    const { sessions } = await plan({ keyArns: { "eu-central-1": keyArn } });
    assert.deepEqual(sessions.forPeople, []);
    assert.deepEqual(
      sessions.forInstances.map(({ Sid }) => Sid),
      ["RecordSessions", "FindTheGroup"],
    );
  });

  it("fit into a stack twice", async () => {
    const stack = await planned(() => {
      for (const name of ["a", "b"]) new SessionManager(name, { at, regions: both, logRetentionDays: 90 });
    });
    assert.equal(stack.all("Document").length, 4);
  });

  it("take the shortest and the longest times that Session Manager does", async () => {
    await plan({ idleMinutes: 1, maxMinutes: 1 });
    await plan({ idleMinutes: 60, maxMinutes: 1440 });
  });

  it("are refused with times that Session Manager does not take", async () => {
    for (const idleMinutes of [0, 61, 1.5])
      await assert.rejects(plan({ idleMinutes }), /idleMinutes is .* from 1 to 60/);
    for (const maxMinutes of [0, 1441, Number.NaN])
      await assert.rejects(plan({ maxMinutes }), /maxMinutes is .* from 1 to 1440/);
  });

  it("are refused without the home, and with keys of regions that are not set up", async () => {
    await assert.rejects(plan({ regions: ["eu-west-1"] }), /is not among its regions/);
    await assert.rejects(plan({ keyArns: { "eu-west-1": keyArn } }), /key of eu-west-1, which is not set up/);
  });
});
