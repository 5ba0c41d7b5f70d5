import assert from "node:assert/strict";
import { NewAccountQuotas, type Quota } from "../../../components/organization/new-account-quotas";
import { planned } from "../planned";

const asked = (...quotas: Quota[]) => planned(() => new NewAccountQuotas("quotas", { quotas }));
const lambda: Quota = { service: "lambda", quota: "L-B99A9384", region: "eu-central-1", value: 1_000 };

describe("the quotas of new accounts", () => {
  it("are asked for by a template that belongs to the organization", async () => {
    const stack = await asked(lambda);
    const association = stack.one("TemplateAssociation");
    const template = stack.one("Template");
    assert.deepEqual(
      [template.inputs["serviceCode"], template.inputs["quotaCode"], template.inputs["value"]],
      ["lambda", "L-B99A9384", 1_000],
    );
    assert.deepEqual(template.dependencies, [association.urn]);
  });

  it("may be of one service in several Regions, each said with its own", async () => {
    const stack = await asked(lambda, { ...lambda, region: "us-east-1", value: 500 });
    assert.deepEqual(
      stack.all("Template").map(({ inputs }) => [inputs["region"] ?? inputs["awsRegion"], inputs["value"]]),
      [
        ["eu-central-1", 1_000],
        ["us-east-1", 500],
      ],
    );
  });

  it("are none, and the template is there, where none is asked for", async () => {
    const stack = await asked();
    assert.deepEqual(stack.all("Template"), []);
    assert.ok(stack.one("TemplateAssociation"));
  });
});
