/** What holds for every component of detection. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";
import type { ComponentResource, ComponentResourceOptions } from "@pulumi/pulumi";
import { AccessAnalyzers } from "../../../components/detection/access-analyzers";
import { AuditServices } from "../../../components/detection/audit-services";
import { ChatChannel } from "../../../components/detection/chat-channel";
import { ConfigurationAggregator } from "../../../components/detection/configuration-aggregator";
import { ConfigurationRecorder } from "../../../components/detection/configuration-recorder";
import { Conformance } from "../../../components/detection/conformance";
import { DetectionDelegations } from "../../../components/detection/delegations";
import { Findings } from "../../../components/detection/findings";
import { Investigation } from "../../../components/detection/investigation";
import { SecurityHub } from "../../../components/detection/security-hub";
import { SensitiveData } from "../../../components/detection/sensitive-data";
import { ThreatDetection } from "../../../components/detection/threat-detection";
import { VulnerabilityScanning } from "../../../components/detection/vulnerability-scanning";
import { at, planned } from "../planned";

const { accountId } = at;
const home = "eu-central-1";
const regions = [home, "us-east-1"];
const auditAccountId = "222233334444";
const members = [{ accountId: "333344445555", email: "dev@example.com" }];
const topicArn = "arn:topic";
const chat = { slackTeamId: "T1", slackChannelId: "C1" };

type Make = (name: string, opts: ComponentResourceOptions) => ComponentResource;

/** Each with all that it can be asked for. */
const components: Readonly<Record<string, Make>> = {
  AccessAnalyzers: (name, opts) => new AccessAnalyzers(name, { regions, home }, opts),
  AuditServices: (name, opts) => new AuditServices(name, { regions, home, macie: true }, opts),
  ChatChannel: (name, opts) => new ChatChannel(name, { accountId, ...chat, topicArns: [topicArn] }, opts),
  ConfigurationAggregator: (name, opts) => new ConfigurationAggregator(name, { at }, opts),
  ConfigurationRecorder: (name, opts) =>
    new ConfigurationRecorder(name, { accountId, regions, home, bucketName: "logs" }, opts),
  Conformance: (name, opts) => new Conformance(name, { regions, home, after: [] }, opts),
  DetectionDelegations: (name, opts) =>
    new DetectionDelegations(name, { auditAccountId, regions, home, macie: true, detective: true }, opts),
  Findings: (name, opts) =>
    new Findings(name, { at, from: "LOW", topicArn, urgentTopicArn: "arn:urgent" }, opts),
  Investigation: (name, opts) => new Investigation(name, { regions, members }, opts),
  SecurityHub: (name, opts) =>
    new SecurityHub(name, { regions, home, rootId: "r-ab12", disabledControls: {} }, opts),
  SensitiveData: (name, opts) => new SensitiveData(name, { regions, members }, opts),
  ThreatDetection: (name, opts) =>
    new ThreatDetection(name, { detectorIds: { [home]: "d1", "us-east-1": "d2" } }, opts),
  VulnerabilityScanning: (name, opts) =>
    new VulnerabilityScanning(name, { auditAccountId, regions, members: ["333344445555"] }, opts),
};

/** They are of no Region. */
const global = [
  "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/serviceLinkedRole:ServiceLinkedRole",
  "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
];

describe("a component of detection", () => {
  it("is tried here, whichever it is", () => {
    const folder = resolve(__dirname, "../../../components/detection");
    const classes = readdirSync(folder)
      .flatMap(file => [
        ...readFileSync(join(folder, file), "utf8").matchAll(
          /class (\w+) extends pulumi\.ComponentResource/g,
        ),
      ])
      .map(([, name]) => name);
    assert.deepEqual(classes.sort(), Object.keys(components).sort());
  });

  for (const [component, make] of Object.entries(components))
    it(`may be used twice, with the account it is given, and says of all it makes the Region: ${component}`, async () => {
      const stack = await planned(() => {
        const provider = new aws.Provider("account", { region: "eu-north-1" });
        make("one", { provider });
        make("two", { provider });
      });
      const made = stack.resources.filter(({ type }) => type.startsWith("aws:"));
      const count = (name: string) => made.filter(resource => stack.top(resource).name === name).length;
      assert.ok(count("one") > 0);
      assert.equal(count("two"), count("one"));
      assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
      for (const resource of made) {
        const top = stack.top(resource);
        assert.equal(top.type, `landing-zone:detection:${component}`);
        assert.ok(resource.name === top.name || resource.name.startsWith(`${top.name}-`), resource.urn);
        assert.equal(stack.provider(resource), "account", resource.urn);
        assert.equal(resource.inputs["region"] === undefined, global.includes(resource.type), resource.urn);
      }
    });

  it("waits for the delegation where it acts for the organization, and the delegation for the services", async () => {
    const stack = await planned(() => {
      const audit = new AuditServices("audit", { regions, home, macie: true });
      const delegations = new DetectionDelegations("delegations", {
        auditAccountId,
        regions,
        home,
        macie: true,
        detective: true,
        after: [audit],
      });
      const after = [delegations];
      new ThreatDetection("threats", { detectorIds: audit.detectorIds, after });
    });
    const of = (name: string, type: string) => stack.one(type, `${name}-${home}`);
    const delegation = of("delegations", "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount");
    const detector = of("audit", "Detector");
    assert.ok(delegation.dependencies.includes(detector.urn));
    const organization = of("threats", "aws:guardduty/organizationConfiguration:OrganizationConfiguration");
    assert.ok(organization.dependencies.includes(delegation.urn));
    assert.deepEqual(organization.propertyDependencies["detectorId"], [detector.urn]);
  });
});
