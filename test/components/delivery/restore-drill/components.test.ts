import assert from "node:assert/strict";
import { RestoreDrillGroup } from "../../../../components/delivery/restore-drill/drill-group";
import { RestoreDrill } from "../../../../components/delivery/restore-drill/restore-drill";
import { RestoreDrillEvidence } from "../../../../components/delivery/restore-drill/restore-drill-evidence";
import { RestoreDrillSource } from "../../../../components/delivery/restore-drill/restore-drill-source";
import type { DrillArgs, DrilledThing } from "../../../../components/delivery/restore-drill/thing";
import { readDocument } from "../../../../iam/document";
import { evaluate } from "../../../../iam/evaluate";
import { mayDo } from "../../data/narrow";
import { refusals } from "../../logs/judged";
import { at, type Planned, planned, statements } from "../../planned";
import { args } from "./cloud";

const alarmTopics = {
  critical: "arn:aws:sns:eu-central-1:111122223333:landing-zone-alarms-critical",
  warning: "arn:aws:sns:eu-central-1:111122223333:landing-zone-alarms-warning",
};
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const evidence = (name = "drills") =>
  new RestoreDrillEvidence(name, {
    at,
    bucketName: `${name}-111122223333-eu-central-1`,
    keyAlias: `landing-zone/${name}`,
    keepDays: 400,
    missedName: `${name}-missed`,
    logGroups: "/aws/vendedlogs/states/landing-zone-drill-*",
    accessLogs: "logs-111122223333-eu-central-1",
    alarmTopics,
  });

const drillNamed = (name: string, its: DrillArgs = args) =>
  new RestoreDrill(name, {
    drill: its,
    roleName: its.machineName,
    schedule: { expression: "cron(0 3 ? * SUN *)", missedName: "drills-missed" },
    keyArn,
    notify: ["operations@example.com"],
    logGroupName: `/aws/vendedlogs/states/${its.machineName}`,
    logRetentionDays: 90,
    alarmTopics,
  });

describe("the evidence of restore drills", () => {
  let made: Planned;
  before(async () => {
    made = await planned(() => evidence());
  });

  it("can not be changed or deleted for 400 days, and then goes", () => {
    assert.equal(made.one("aws:s3/bucket:Bucket", "drills").inputs["objectLockEnabled"], true);
    assert.deepEqual(made.one("BucketObjectLockConfiguration").inputs["rule"], {
      defaultRetention: { mode: "GOVERNANCE", days: 400 },
    });
    const [rule] = made.one("BucketLifecycleConfiguration").inputs["rules"] as { expiration: unknown }[];
    assert.deepEqual(rule?.expiration, { days: 401 });
  });

  it("is encrypted, versioned and protected", () => {
    assert.equal(made.one("aws:s3/bucket:Bucket", "drills").protect, true);
    assert.equal(made.one("Key").protect, true);
  });

  it("has a key that logs of drills, and their delivery, may use", () => {
    const key = statements(made.one("Key"));
    assert.ok(JSON.stringify(key).includes("log-group:/aws/vendedlogs/states/landing-zone-drill-*"));
    const delivery = key.find(({ Sid }) => Sid === "DeliveryOfLogs");
    assert.deepEqual(delivery?.Principal, { Service: "delivery.logs.amazonaws.com" });
  });

  it("is what policies ask for", async () => assert.deepEqual(await refusals(made), []));
});

describe("a restore drill", () => {
  let made: Planned;
  before(async () => {
    made = await planned(() => drillNamed("drill"));
  });

  it("is a state machine that is known in a plan, logged, traced and encrypted", () => {
    const { inputs } = made.one("StateMachine");
    assert.equal(inputs["name"], "landing-zone-drill-shop");
    assert.equal(inputs["type"], "STANDARD");
    const definition = JSON.parse(String(inputs["definition"]));
    assert.equal(definition.QueryLanguage, "JSONata");
    assert.deepEqual(inputs["loggingConfiguration"], {
      level: "ALL",
      includeExecutionData: false,
      logDestination:
        "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/vendedlogs/states/landing-zone-drill-shop:*",
    });
    assert.deepEqual(inputs["tracingConfiguration"], { enabled: true });
    assert.deepEqual(inputs["encryptionConfiguration"], {
      type: "CUSTOMER_MANAGED_KMS_KEY",
      kmsKeyId: keyArn,
      kmsDataKeyReusePeriodSeconds: 300,
    });
    assert.equal(made.one("aws:cloudwatch/logGroup:LogGroup", "drill").inputs["kmsKeyId"], keyArn);
  });

  it("begins by the clock, by a role that can start it and nothing else", () => {
    const { inputs } = made.one("aws:scheduler/schedule:Schedule");
    assert.equal(inputs["scheduleExpression"], "cron(0 3 ? * SUN *)");
    assert.equal(inputs["scheduleExpressionTimezone"], "UTC");
    assert.equal(inputs["kmsKeyArn"], keyArn);
    const machine = "arn:aws:states:eu-central-1:111122223333:stateMachine:landing-zone-drill-shop";
    const its = JSON.parse(String(made.one("RolePolicy", "drill-schedule").inputs["policy"])).Statement;
    assert.equal(mayDo(its, "states:StartExecution", machine), "allowed");
    assert.equal(mayDo(its, "states:StartExecution", `${machine}-2`), "denied");
    assert.equal(mayDo(its, "states:StopExecution", machine), "denied");
  });

  it("tells people, and wakes them where it failed, was stopped, took too long or did not begin", () => {
    const [mail] = made.all("TopicSubscription");
    assert.equal(mail?.inputs["endpoint"], "operations@example.com");
    assert.deepEqual(
      made
        .all("MetricAlarm")
        .map(({ inputs }) => [inputs["metricName"], inputs["alarmActions"]])
        .sort(),
      ["ExecutionsAborted", "ExecutionsFailed", "ExecutionsTimedOut", "InvocationDroppedCount"].map(
        metric => [metric, [alarmTopics.warning]],
      ),
    );
  });

  it("has roles that only its services take, on behalf of the account", () => {
    for (const role of made.all("aws:iam/role:Role")) {
      const [trust] = statements(role, "assumeRolePolicy");
      assert.match(JSON.stringify(trust?.Principal), /states.amazonaws.com|scheduler.amazonaws.com/);
      assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": "111122223333" } });
    }
  });

  it("is what policies ask for", async () => assert.deepEqual(await refusals(made), []));

  it("is refused where there is nothing to restore", () =>
    assert.rejects(
      planned(() => drillNamed("drill", { ...args, things: [] })),
      /things of the drill of shop is empty/,
    ));

  it("is refused where it restores more than a role's policy has room for", () => {
    const things = Array.from(
      { length: 15 },
      (_, index): DrilledThing => ({
        ...(args.things[2] as DrilledThing),
        name: `accounts-${index}`,
        own: `shop-accounts-${index}`,
        to: `shop-accounts-${"x".repeat(60)}-${index}-drill`,
      }),
    );
    return assert.rejects(
      planned(() => drillNamed("drill", { ...args, things })),
      /restores 15 things, .* and IAM takes 10240; name fewer/,
    );
  });

  it("takes fifteen things, of all kinds, at the longest names there are", async () => {
    const name = (kind: string, index: number) => `shop-of-the-company-x-${kind.padEnd(18, "x")}${index}`;
    const things = args.things.flatMap(thing =>
      Array.from({ length: 3 }, (_, index) => ({
        ...thing,
        name: `${thing.name}-${index}`,
        own: name(thing.as, index),
        to: `${name(thing.as, index)}-drill`,
      })),
    );
    await planned(() => drillNamed("drill", { ...args, things }));
  });

  it("can be there twice in one stack", async () => {
    const two = await planned(() => {
      evidence("one");
      evidence("two");
      drillNamed("first");
      drillNamed("second", { ...args, product: "orders", machineName: "landing-zone-drill-orders" });
    });
    assert.equal(two.all("StateMachine").length, 2);
    assert.equal(new Set(two.resources.map(({ urn }) => urn)).size, two.resources.length);
  });
});

describe("the source of a restore drill", () => {
  const roleName = "landing-zone-drill-copy-shop";
  let made: Planned;
  before(async () => {
    made = await planned(
      () =>
        new RestoreDrillSource("drill", {
          roleName,
          machineRoleName: "landing-zone-drill-shop",
          drill: args,
        }),
    );
  });

  it("lets in the drill's role of the target's account, and nobody else", () => {
    const trust = readDocument(JSON.parse(String(made.one("Role").inputs["assumeRolePolicy"])));
    const takes = (account: string, name: string) =>
      evaluate(
        {
          principal: { kind: "role", arn: `arn:aws:iam::${account}:role/${name}`, account },
          action: "sts:AssumeRole",
          resource: `arn:aws:iam::444455556666:role/${roleName}`,
          resourceAccount: "444455556666",
          context: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/${name}` },
        },
        {
          resource: trust,
          identity: [
            readDocument({
              Version: "2012-10-17",
              Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" },
            }),
          ],
        },
      ).outcome;
    assert.equal(takes("111122223333", "landing-zone-drill-shop"), "allowed");
    assert.equal(takes("111122223333", "landing-zone-drill-shop-2"), "denied");
    assert.equal(takes("111122223333", "landing-zone-deploy"), "denied");
    assert.equal(takes("999900001111", "landing-zone-drill-shop"), "denied");
  });

  it("is what policies ask for", async () => assert.deepEqual(await refusals(made), []));
});

describe("the group of a restored database", () => {
  it("has the name that a drill looks for, and no rules of its own", async () => {
    const made = await planned(
      () =>
        new RestoreDrillGroup("accounts-drill", {
          vpcId: "vpc-1234",
          groupName: "shop-accounts-drill",
          databaseName: "shop-accounts",
        }),
    );
    assert.equal(made.one("SecurityGroup").inputs["name"], "shop-accounts-drill");
    assert.deepEqual(made.one("SecurityGroup").inputs["ingress"], undefined);
    assert.equal(made.all("SecurityGroupEgressRule").length, 0);
  });
});
