import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { MailDomain, type MailDomainArgs } from "../../../components/mail/mail-domain";
import { mailRecords } from "../../../components/mail/mail-records";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

const topicArn = "arn:aws:sns:eu-central-1:111122223333:mail";
const usual: MailDomainArgs = {
  at,
  domainName: "dev.example.com",
  zoneId: "Z0123456789",
  dmarc: { reportsTo: "dmarc@example.com" },
  events: "eventbridge",
};
const mail = (args: Partial<MailDomainArgs> = {}) =>
  planned(() => new MailDomain("mail", { ...usual, ...args }));

const record = async (what: string, args: Partial<MailDomainArgs> = {}) => {
  const { name, type, records, zoneId } = (await mail(args)).one("Record", `mail-${what}`).inputs;
  assert.equal(zoneId, "Z0123456789");
  return [name, type, records];
};

describe("a domain that mail is sent from", () => {
  it("is signed with keys of 2048 bit, and kept, because new ones would have to be made known", async () => {
    const stack = await mail();
    const identity = stack.one("EmailIdentity");
    assert.equal(identity.inputs["emailIdentity"], "dev.example.com");
    assert.deepEqual(identity.inputs["dkimSigningAttributes"], { nextSigningKeyLength: "RSA_2048_BIT" });
    assert.ok(identity.protect);
  });

  it("is delivered over TLS only, watched, and to nobody who did not want it", async () => {
    const { inputs } = (await mail()).one("ConfigurationSet");
    assert.equal(inputs["configurationSetName"], "dev-example-com");
    assert.deepEqual(inputs["deliveryOptions"], { tlsPolicy: "REQUIRE" });
    assert.deepEqual(inputs["reputationOptions"], { reputationMetricsEnabled: true });
    assert.deepEqual(inputs["suppressionOptions"], { suppressedReasons: ["BOUNCE", "COMPLAINT"] });
  });

  it("has all that for mail that does not ask for it, too", async () => {
    const stack = await mail();
    assert.deepEqual(stack.from(stack.one("EmailIdentity"), "configurationSetName"), ["mail"]);
  });

  it("sets the account's suppression list, once for all domains", async () => {
    const reasons = (await mail()).one("AccountSuppressionAttributes").inputs["suppressedReasons"];
    assert.deepEqual(reasons, ["BOUNCE", "COMPLAINT"]);
    const without = await mail({ suppressInAccount: false });
    assert.deepEqual(without.all("AccountSuppressionAttributes"), []);
  });

  it("has a return path of its own once DNS has its records, and sends until then all the same", async () => {
    const stack = await mail();
    const path = stack.one("EmailIdentityMailFromAttributes");
    assert.equal(path.inputs["mailFromDomain"], "bounce.dev.example.com");
    assert.equal(path.inputs["behaviorOnMxFailure"], "USE_DEFAULT_VALUE");
    assert.deepEqual(stack.from(path, "emailIdentity"), ["mail"]);
    for (const { urn } of stack.all("Record")) assert.ok(path.dependencies.includes(urn), urn);
  });

  it("is in the region that it is told, all of it", async () => {
    const stack = await mail({ at: { ...at, region: "eu-west-1" } });
    const ofSes = stack.resources.filter(({ type }) => type.startsWith("aws:sesv2/"));
    assert.equal(ofSes.length, 5);
    for (const { inputs, type } of ofSes) assert.equal(inputs["region"], "eu-west-1", type);
  });

  it("is there twice in a stack, and as the policy pack wants it", async () => {
    const stack = await planned(() => {
      new MailDomain("one", { ...usual, domainName: "one.example.com" });
      new MailDomain("two", { ...usual, domainName: "two.example.com", suppressInAccount: false });
    });
    assert.equal(stack.all("EmailIdentity").length, 2);
    assert.equal(stack.all("Record").length, 12);
    assert.deepEqual(await refusals(stack), []);
  });
});

describe("DNS of a domain that mail is sent from", () => {
  it("names where bounces go and who may send", async () => {
    assert.deepEqual(await record("mx"), [
      "bounce.dev.example.com",
      "MX",
      ["10 feedback-smtp.eu-central-1.amazonses.com"],
    ]);
    assert.deepEqual(await record("spf"), [
      "bounce.dev.example.com",
      "TXT",
      ["v=spf1 include:amazonses.com ~all"],
    ]);
    const args = { mailFrom: "return", at: { ...at, region: "eu-west-1" } };
    assert.deepEqual(await record("mx", args), [
      "return.dev.example.com",
      "MX",
      ["10 feedback-smtp.eu-west-1.amazonses.com"],
    ]);
  });

  it("says what to do with what is not signed: into quarantine, unless told otherwise", async () => {
    const dmarc = async (policy?: "none" | "reject") =>
      record("dmarc", { dmarc: { reportsTo: "dmarc@example.com", ...(policy && { policy }) } });
    const at = (policy: string) => [
      "_dmarc.dev.example.com",
      "TXT",
      [`v=DMARC1; p=${policy}; rua=mailto:dmarc@example.com`],
    ];
    assert.deepEqual(await dmarc(), at("quarantine"));
    assert.deepEqual(await dmarc("reject"), at("reject"));
    assert.deepEqual(await dmarc("none"), at("none"));
  });

  it("has three records made from SES's tokens", async () => {
    const stack = await mail();
    for (const index of [1, 2, 3]) {
      const cname = stack.one("Record", `mail-dkim-${index}`);
      assert.equal(cname.inputs["type"], "CNAME");
      for (const property of ["name", "records"]) assert.deepEqual(stack.from(cname, property), ["mail"]);
    }
  });

  const signed = async (region: string, tokens: string[]) => {
    const stack = await planned(() => {
      const parent = new pulumi.ComponentResource("test:Mail", "test");
      mailRecords(parent, "mail", {
        domainName: "example.com",
        zoneId: "Z0123456789",
        region,
        mailFromDomain: "bounce.example.com",
        dmarc: { policy: "reject", reportsTo: "dmarc@example.com" },
        tokens: pulumi.output(tokens),
      });
    });
    return stack
      .all("Record")
      .filter(({ inputs }) => inputs["type"] === "CNAME")
      .map(({ inputs }) => [inputs["name"], inputs["records"]]);
  };

  it("takes each token for one record, and points it to SES", async () => {
    assert.deepEqual(await signed("eu-central-1", ["t1", "t2", "t3"]), [
      ["t1._domainkey.example.com", ["t1.dkim.amazonses.com"]],
      ["t2._domainkey.example.com", ["t2.dkim.amazonses.com"]],
      ["t3._domainkey.example.com", ["t3.dkim.amazonses.com"]],
    ]);
  });

  it("points to the region's own keys where it has some", async () => {
    const [first] = await signed("eu-south-1", ["t1", "t2", "t3"]);
    assert.deepEqual(first?.[1], ["t1.dkim.eu-south-1.amazonses.com"]);
  });
});

describe("what became of mail", () => {
  const told = async (args: Partial<MailDomainArgs>) =>
    (await mail(args)).one("ConfigurationSetEventDestination").inputs["eventDestination"] as Record<
      string,
      unknown
    >;

  it("is told to the account's default bus, which is all that SES takes, or to a topic", async () => {
    const { matchingEventTypes: _, ...bus } = await told({ events: "eventbridge" });
    assert.deepEqual(bus, {
      enabled: true,
      eventBridgeDestination: { eventBusArn: "arn:aws:events:eu-central-1:111122223333:event-bus/default" },
    });
    const { matchingEventTypes: __, ...topic } = await told({ events: { topicArn } });
    assert.deepEqual(topic, { enabled: true, snsDestination: { topicArn } });
  });

  it("is what went wrong, unless told otherwise", async () => {
    assert.deepEqual((await told({}))["matchingEventTypes"], [
      "BOUNCE",
      "COMPLAINT",
      "REJECT",
      "RENDERING_FAILURE",
      "DELIVERY_DELAY",
    ]);
    assert.deepEqual((await told({ eventTypes: ["SEND"] }))["matchingEventTypes"], ["SEND"]);
    await assert.rejects(mail({ eventTypes: [] }), /eventTypes is empty/);
  });
});

describe("who may send mail", () => {
  const sends = async (resource: string, from: string, action = "ses:SendEmail") => {
    let allowed: ReturnType<typeof readDocument> | undefined;
    await planned(() => {
      allowed = readDocument({ Statement: new MailDomain("mail", usual).send });
    });
    assert.ok(allowed);
    return evaluate(
      {
        principal: {
          kind: "role",
          arn: "arn:aws:iam::111122223333:role/orders-api",
          account: at.accountId,
        },
        action,
        resource: `arn:aws:ses:eu-central-1:111122223333:${resource}`,
        context: { "ses:FromAddress": from },
      },
      { identity: [allowed] },
    ).outcome;
  };

  it("sends from the domain, with its configuration set, and from nothing else", async () => {
    const from = "orders@dev.example.com";
    assert.equal(await sends("identity/dev.example.com", from), "allowed");
    assert.equal(await sends("configuration-set/dev-example-com", from), "allowed");
    assert.equal(await sends("identity/dev.example.com", from, "ses:SendRawEmail"), "allowed");
    assert.equal(await sends("identity/example.com", from), "denied");
    assert.equal(await sends("configuration-set/without-tls", from), "denied");
    assert.equal(await sends("identity/dev.example.com", "boss@example.com"), "denied");
    assert.equal(await sends("identity/dev.example.com", "boss@evil-dev.example.com"), "denied");
    assert.equal(await sends("identity/dev.example.com", from, "ses:DeleteEmailIdentity"), "denied");
  });

  it("knows what it needs before anything is made", async () => {
    await planned(() => {
      const made = new MailDomain("mail", usual);
      assert.equal(made.identityArn, "arn:aws:ses:eu-central-1:111122223333:identity/dev.example.com");
      assert.deepEqual(
        [made.configurationSetName, made.mailFromDomain],
        ["dev-example-com", "bounce.dev.example.com"],
      );
    });
  });
});

describe("a mail domain refuses", () => {
  it("a domain that is none", async () => {
    for (const domainName of [
      "",
      "example",
      "Example.com",
      "example..com",
      ".example.com",
      "example.com.",
      "-a.example.com",
      "a_b.example.com",
      "192.0.2.1",
      "desk@example.com",
      "https://example.com",
      `${"a".repeat(64)}.example.com`,
      `${"a.".repeat(124)}example.com`,
    ])
      await assert.rejects(mail({ domainName }), /domainName is .*; it must be a domain/, domainName);
  });

  it("a return path or an address that is none", async () => {
    for (const mailFrom of ["", "a.b", "A", "-a", "bounce.example.com"])
      await assert.rejects(mail({ mailFrom }), /mailFrom is /, mailFrom);
    await assert.rejects(mail({ domainName: `${"a.".repeat(120)}example.com` }), /longer than a name may be/);
    for (const reportsTo of [
      "",
      "dmarc",
      "@example.com",
      "a@b@example.com",
      "a@example.com@example.com",
      "a,b@example.com",
      "a!10m@example.com",
    ])
      await assert.rejects(mail({ dmarc: { reportsTo } }), /dmarc.reportsTo is /, reportsTo);
    const reportsTo = `dmarc@${"a.".repeat(115)}example.com`;
    await assert.rejects(mail({ dmarc: { reportsTo } }), /the DMARC record has \d+ characters/);
  });

  it("none of what is a domain", async () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
    await fc.assert(
      fc.asyncProperty(fc.array(label, { minLength: 2, maxLength: 5 }), async labels => {
        const domainName = labels.join(".");
        const stack = await mail({ domainName });
        assert.equal(stack.one("EmailIdentity").inputs["emailIdentity"], domainName);
        const set = String(stack.one("ConfigurationSet").inputs["configurationSetName"]);
        assert.match(set, /^[\w-]{1,64}$/);
      }),
      { numRuns: 25 },
    );
  });
});
