import assert from "node:assert/strict";
import { Sender, type SenderArgs } from "../../../components/data/sender";
import { senderAccess } from "../../../components/data/sender-access";
import { MailDomain } from "../../../components/mail/mail-domain";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";
import { alarmTopics, toldOf } from "../told";
import { elsewhere, mayDo, requireNarrow } from "./narrow";

const domainName = "mail.orders.dev.example.com";
const usual: SenderArgs = {
  at,
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  deletionProtection: true,
  multiZone: true,
  alarmTopics,
  domainName,
  zoneId: "Z0123456789",
  reportsTo: "dmarc@example.com",
};
const made = (args: Partial<SenderArgs> = {}) => planned(() => new Sender("mail", { ...usual, ...args }));

describe("a sender", () => {
  it("is a mail domain: signed, over TLS, watched, and kept", async () => {
    const stack = await made();
    assert.equal(stack.one("EmailIdentity").inputs["emailIdentity"], domainName);
    assert.equal(stack.one("EmailIdentity").protect, true);
    const { inputs } = stack.one("ConfigurationSet");
    assert.deepEqual(inputs["deliveryOptions"], { tlsPolicy: "REQUIRE" });
    assert.deepEqual(inputs["reputationOptions"], { reputationMetricsEnabled: true });
    assert.equal(stack.all("Record").length, 6);
    for (const record of stack.all("Record")) assert.equal(record.inputs["zoneId"], "Z0123456789");
  });

  it("has forgeries rejected, unless told otherwise", async () => {
    const dmarc = async (args: Partial<SenderArgs>) =>
      (await made(args)).one("Record", "mail-dmarc").inputs["records"];
    assert.deepEqual(await dmarc({}), ["v=DMARC1; p=reject; rua=mailto:dmarc@example.com"]);
    assert.deepEqual(await dmarc({ dmarcPolicy: "none" }), [
      "v=DMARC1; p=none; rua=mailto:dmarc@example.com",
    ]);
  });

  it("leaves the account's suppression list to the account", async () => {
    assert.deepEqual((await made()).all("AccountSuppressionAttributes"), []);
  });

  it("wakes somebody at the rates at which AWS looks into the account", async () => {
    const alarms = (await made()).all("MetricAlarm").map(({ inputs }) => inputs);
    assert.deepEqual(
      alarms.map(({ metricName, threshold }) => [metricName, threshold]),
      [
        ["Reputation.BounceRate", 0.05],
        ["Reputation.ComplaintRate", 0.001],
      ],
    );
    for (const alarm of alarms) {
      assert.equal(alarm["namespace"], "AWS/SES");
      assert.deepEqual(alarm["dimensions"], { "ses:configuration-set": "mail-orders-dev-example-com" });
      assert.equal(alarm["comparisonOperator"], "GreaterThanThreshold");
      assert.equal(alarm["treatMissingData"], "ignore");
      assert.deepEqual(alarm["alarmActions"], toldOf(alarm));
    }
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      new Sender("one", { ...usual, domainName: "one.example.com" });
      new Sender("two", { ...usual, domainName: "two.example.com" });
    });
    assert.equal(stack.all("EmailIdentity").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses what a mail domain refuses", async () => {
    await assert.rejects(made({ domainName: "Example" }), /domainName is Example/);
    await assert.rejects(made({ reportsTo: "nobody" }), /reportsTo is nobody/);
  });
});

describe("access to a sender", () => {
  const own = `arn:aws:ses:eu-central-1:111122223333:identity/${domainName}`;
  const set = "arn:aws:ses:eu-central-1:111122223333:configuration-set/mail-orders-dev-example-com";
  const from = (address: string) => ({ "ses:FromAddress": address });

  it("sends from the domain, with its configuration set, and does nothing else", () =>
    requireNarrow(senderAccess(at, domainName, "send"), {
      actions: ["ses:SendEmail", "ses:SendRawEmail"],
      on: [own, set],
      notOn: [
        `${own}.evil.example`,
        own.replace("mail.", ""),
        own.replace("mail.", "x.mail."),
        `${set}-2`,
        ...elsewhere(own),
        ...elsewhere(set),
      ],
      not: [
        "ses:DeleteEmailIdentity",
        "ses:CreateEmailIdentityPolicy",
        "ses:SendBulkEmail",
        "ses:SendBounce",
      ],
      context: from(`shop@${domainName}`),
    }));

  it("sends from no other domain, however alike", () => {
    const { statements } = senderAccess(at, domainName, "send");
    for (const address of [
      "boss@example.com",
      `a@x.${domainName}`,
      `a@${domainName}.evil.example`,
      `a@x${domainName}`,
    ])
      assert.equal(mayDo(statements, "ses:SendEmail", own, from(address)), "denied", address);
    assert.equal(mayDo(statements, "ses:SendEmail", own, {}), "denied");
  });

  it("tells the container what the domain and its settings are really called, and has no use for the key", async () => {
    const { settings, keyThrough, statements } = senderAccess(at, domainName, "send");
    assert.deepEqual(settings, { FROM_DOMAIN: domainName, CONFIGURATION_SET: "mail-orders-dev-example-com" });
    assert.equal(keyThrough, undefined);
    assert.equal(
      (await made()).one("ConfigurationSet").inputs["configurationSetName"],
      settings?.["CONFIGURATION_SET"],
    );
    await planned(() => {
      const { at, zoneId } = usual;
      const { Sid, ...send } = new MailDomain("mail", {
        at,
        domainName,
        zoneId,
        dmarc: { reportsTo: usual.reportsTo },
        events: "eventbridge",
      }).send;
      assert.deepEqual([Sid, [send]], ["SendMail", statements]);
    });
  });
});
