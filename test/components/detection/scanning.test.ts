import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { AccessAnalyzers } from "../../../components/detection/access-analyzers";
import { Investigation } from "../../../components/detection/investigation";
import { SensitiveData } from "../../../components/detection/sensitive-data";
import {
  VulnerabilityScanning,
  type VulnerabilityScanningArgs,
} from "../../../components/detection/vulnerability-scanning";
import { type Planned, planned } from "../planned";

const regions = ["eu-central-1", "eu-west-1"];
const auditAccountId = "222233334444";
const members = [
  { accountId: "333344445555", email: "dev@example.com" },
  { accountId: "444455556666", email: "prod@example.com" },
];
const first = () => [new aws.sns.Topic("first")];
const firstOf = (stack: Planned) => stack.one("aws:sns/topic:Topic").urn;

describe("vulnerability scanning", () => {
  const scanning = (args: Partial<VulnerabilityScanningArgs> = {}) =>
    planned(() => new VulnerabilityScanning("scan", { auditAccountId, regions, after: first(), ...args }));
  const organization = "aws:inspector2/organizationConfiguration:OrganizationConfiguration";

  it("is on in the audit account for all that Inspector scans, then for all accounts to come", async () => {
    const stack = await scanning();
    assert.equal(stack.all("Enabler").length, 2);
    for (const region of regions) {
      const own = stack.one("Enabler", `scan-${region}`);
      assert.deepEqual(own.inputs, {
        accountIds: [auditAccountId],
        resourceTypes: ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"],
        region,
      });
      assert.deepEqual(own.dependencies, [firstOf(stack)]);
      const all = stack.one(organization, `scan-${region}`);
      assert.deepEqual(all.inputs, {
        autoEnable: { ec2: true, ecr: true, lambda: true, lambdaCode: true },
        region,
      });
      assert.deepEqual(all.dependencies, [own.urn]);
    }
  });

  it("leaves out code where Inspector can not scan it", async () => {
    const stack = await scanning({ withoutCodeScanning: ["eu-west-1"], members: ["333344445555"] });
    const { inputs } = stack.one(organization, "scan-eu-west-1");
    assert.deepEqual(inputs["autoEnable"], { ec2: true, ecr: true, lambda: true, lambdaCode: false });
    for (const enabler of stack.all("Enabler"))
      assert.equal(
        JSON.stringify(enabler.inputs["resourceTypes"]).includes("LAMBDA_CODE"),
        enabler.inputs["region"] === "eu-central-1",
        enabler.name,
      );
  });

  it("takes in older accounts, and scans them once they are members", async () => {
    const stack = await scanning({ members: members.map(({ accountId }) => accountId) });
    assert.equal(stack.all("MemberAssociation").length, 4);
    for (const region of regions) {
      const joined = members.map(({ accountId }) => {
        const association = stack.one("MemberAssociation", `scan-${region}-${accountId}`);
        assert.deepEqual(association.inputs, { accountId, region });
        assert.deepEqual(association.dependencies, [stack.one("Enabler", `scan-${region}`).urn]);
        return association.urn;
      });
      const enabler = stack.one("Enabler", `scan-${region}-members`);
      assert.deepEqual(enabler.inputs["accountIds"], ["333344445555", "444455556666"]);
      assert.equal(enabler.inputs["region"], region);
      assert.deepEqual([...enabler.dependencies].sort(), joined.sort());
    }
  });

  it("refuses the audit account as its own member", async () => {
    await assert.rejects(scanning({ members: [auditAccountId] }), /222233334444 is to be a member of itself/);
  });
});

describe("the search for sensitive data", () => {
  it("takes in accounts to come by itself, and older ones by name", async () => {
    const stack = await planned(() => new SensitiveData("macie", { regions, members, after: first() }));
    assert.equal(stack.all("Member").length, 4);
    for (const region of regions) {
      const organization = stack.one("OrganizationConfiguration", `macie-${region}`);
      assert.deepEqual(organization.inputs, { autoEnable: true, region });
      assert.deepEqual(organization.dependencies, [firstOf(stack)]);
      for (const { accountId, email } of members) {
        const member = stack.one("Member", `macie-${region}-${accountId}`);
        assert.deepEqual(member.inputs, { accountId, email, status: "ENABLED", region });
        assert.deepEqual(member.dependencies, [organization.urn]);
      }
    }
  });
});

describe("investigation", () => {
  it("keeps a graph in every Region, fed by accounts old and new", async () => {
    const stack = await planned(() => {
      const graphs = new Investigation("detective", { regions, members, after: first() });
      assert.deepEqual(Object.keys(graphs.graphArns), regions);
    });
    assert.equal(stack.all("Graph").length, 2);
    assert.equal(stack.all("Member").length, 4);
    for (const region of regions) {
      const graph = stack.one("Graph", `detective-${region}`);
      assert.equal(graph.inputs["region"], region);
      assert.ok(graph.protect);
      assert.deepEqual(graph.dependencies, [firstOf(stack)]);
      const organization = stack.one("OrganizationConfiguration", `detective-${region}`);
      assert.deepEqual([organization.inputs["autoEnable"], organization.inputs["region"]], [true, region]);
      assert.deepEqual(organization.propertyDependencies["graphArn"], [graph.urn]);
      for (const { accountId, email } of members) {
        const member = stack.one("Member", `detective-${region}-${accountId}`);
        assert.deepEqual(
          [member.inputs["accountId"], member.inputs["emailAddress"], member.inputs["region"]],
          [accountId, email, region],
        );
        assert.equal(member.inputs["disableEmailNotification"], true);
        assert.deepEqual(member.propertyDependencies["graphArn"], [graph.urn]);
        assert.ok(member.dependencies.includes(organization.urn));
      }
    }
  });
});

describe("access analyzers", () => {
  const home = "eu-west-1";
  const analyzers = (unusedAccessDays?: number | "never") =>
    planned(() => new AccessAnalyzers("access", { regions, home, unusedAccessDays, after: first() }));

  it("look for what is open to the world in every Region", async () => {
    const stack = await analyzers();
    for (const region of regions) {
      const analyzer = stack.one("Analyzer", `access-${region}`);
      assert.deepEqual(analyzer.inputs, {
        analyzerName: "access-external-access",
        type: "ORGANIZATION",
        region,
      });
      assert.deepEqual(analyzer.dependencies, [firstOf(stack)]);
    }
  });

  it("look for access that nobody takes once only", async () => {
    const stack = await analyzers();
    assert.equal(stack.all("Analyzer").length, regions.length + 1);
    const analyzer = stack.one("Analyzer", "access-unused");
    assert.deepEqual(analyzer.inputs, {
      analyzerName: "access-unused-access",
      type: "ORGANIZATION_UNUSED_ACCESS",
      configuration: { unusedAccess: { unusedAccessAge: 90 } },
      region: home,
    });
    assert.deepEqual(analyzer.dependencies, [firstOf(stack)]);
  });

  it("are told how long is long, within what AWS takes", async () => {
    for (const days of [1, 365]) {
      const { inputs } = (await analyzers(days)).one("Analyzer", "access-unused");
      assert.deepEqual(inputs["configuration"], { unusedAccess: { unusedAccessAge: days } });
    }
    assert.equal((await analyzers("never")).all("Analyzer").length, regions.length);
    await assert.rejects(
      planned(() => new AccessAnalyzers("access", { regions, home: "eu-north-1" })),
      /the home Region eu-north-1 is none of/,
    );
    for (const days of [0, 366, 1.5])
      await assert.rejects(analyzers(days), /access is unused after 1 to 365 days, not/, String(days));
  });
});
