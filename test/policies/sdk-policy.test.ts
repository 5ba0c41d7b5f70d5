import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { everyAwsResource } from "../../policies/resource-types";
import type { ResourceRule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { policyOf } from "../../policies/sdk-policy";
import { judge, requestOf, respond, sdk, unknown } from "./judge";

const rule: ResourceRule = {
  name: "queue-named",
  theme: "governance-and-cost",
  title: "A queue has a name",
  why: "People look for it",
  fix: "set name",
  severity: "low",
  level: "mandatory",
  controls: ["FSBP SQS.1", "FSBP SQS.3"],
  types: ["aws:sqs/queue:Queue"],
  check(queue, report) {
    if (!queue.at("name").text()) report.refuse("name is not set");
    report.each(queue.at("labels").list(), (label, report) => {
      if (label.is("bad")) report.inside(label.path).refuse("it is bad");
      if (label.is("known")) report.remark("everybody knows it");
    });
  },
};

const verdictsOn = async (props: object) =>
  (await judge(rule, [{ props }])).map(({ level, message }) => ({ level, message }));

describe("a rule as a policy of the SDK", () => {
  it("says what is demanded, what is wrong, why, how to fix it and which controls ask for it", async () => {
    assert.deepEqual(await verdictsOn({}), [
      {
        level: "mandatory",
        message:
          "A queue has a name\nname is not set. People look for it.\nFix: set name.\n[FSBP SQS.1, FSBP SQS.3]",
      },
    ]);
  });

  it("reports what it could not decide under its own name, once, as an advice", async () => {
    assert.deepEqual(await judge(rule, [{ props: { name: unknown } }]), [
      {
        rule: "queue-named",
        level: "advisory",
        message:
          "unknown: name cannot be read yet, so this is not decided: A queue has a name\n[FSBP SQS.1, FSBP SQS.3]",
        urn: "",
      },
    ]);
  });

  it("checks the other elements of a list that holds an unknown", async () => {
    const [first, second, third] = await verdictsOn({ name: "orders", labels: [unknown, "bad", "known"] });
    assert.match(first?.message ?? "", /^unknown: labels\[0\] /);
    assert.match(second?.message ?? "", /\nlabels\[1\]: it is bad\. /);
    assert.deepEqual(third, { level: "advisory", message: "accepted: everybody knows it" });
  });

  it("names the resource that a stack rule speaks of", async () => {
    const ofVpcs = rules.find(({ name }) => name === "ec2-vpc-flow-logs");
    assert.ok(ofVpcs);
    const verdicts = await judge(ofVpcs, [
      { name: "hub" },
      { type: "aws:ec2/flowLog:FlowLog", name: "log", props: { vpcId: unknown } },
    ]);
    assert.deepEqual(
      verdicts.map(({ urn }) => urn),
      ["urn:pulumi:shop-persistent-dev::landing-zone::hub"],
    );
  });

  it("does not unpack resources of other types, and says that it is not about them", async () => {
    const unpacked = () => assert.fail("the properties were unpacked");
    const bucket = {
      ...requestOf({ type: "aws:s3/bucket:Bucket" }, rule),
      getProperties: () => ({ toJavaScript: unpacked }),
    };
    const response = await respond(sdk.makeAnalyzeRpcFun, [policyOf(rule)], bucket);
    assert.equal(response.getNotApplicableList().length, 1);
  });

  it("is not about resources of other types where it has several", async () => {
    const several = { ...rule, types: [...rule.types, "aws:sns/topic:Topic"] };
    const request = requestOf({ type: "aws:s3/bucket:Bucket" }, rule);
    const response = await respond(sdk.makeAnalyzeRpcFun, [policyOf(several)], request);
    assert.deepEqual([response.getNotApplicableList().length, response.getDiagnosticsList().length], [1, 0]);
  });

  it("is about types that the provider has", () => {
    const aws = dirname(require.resolve("@pulumi/aws/package.json"));
    const types = new Set(rules.flatMap(one => one.types).filter(type => type !== everyAwsResource));
    const missing = [...types].filter(type => {
      const [, path = ""] = type.split(":");
      const file = join(aws, `${type.startsWith("pulumi:") ? "provider" : path}.js`);
      return (
        !existsSync(file) ||
        (!type.startsWith("pulumi:") && !readFileSync(file, "utf8").includes(`'${type}'`))
      );
    });
    assert.deepEqual(missing, []);
  });
});
