import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { AddressAdministrator } from "../../../components/network/address-administrator";
import { refusals } from "../logs/judged";
import { planned } from "../planned";

const type = "VpcIpamOrganizationAdminAccount";

describe("the administrator of addresses", () => {
  it("is one account, for the whole organization, kept, after what it waits for", async () => {
    const stack = await planned(() => {
      const topic = new aws.sns.Topic("first");
      new AddressAdministrator("addresses", { accountId: "222233334444", after: [topic] });
    });
    const made = stack.one(type);
    assert.deepEqual(made.inputs, { delegatedAdminAccountId: "222233334444" });
    assert.equal(made.protect, true);
    assert.ok(made.dependencies.includes(stack.one("aws:sns/topic:Topic").urn));
  });

  it("may be an account whose number is not known yet", async () => {
    const stack = await planned(() => {
      const { id } = new aws.organizations.Account("network", { email: "aws+network@example.com" });
      new AddressAdministrator("addresses", { accountId: id });
    });
    assert.deepEqual(stack.from(stack.one(type), "delegatedAdminAccountId"), ["network"]);
  });

  for (const wrong of ["network", "1234", "1111222233334"])
    it(`is not ${wrong}`, async () => {
      await assert.rejects(
        planned(() => new AddressAdministrator("addresses", { accountId: wrong })),
        new RegExp(`accountId holds ${wrong};`),
      );
    });

  it("passes the policies, twice in a stack", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new AddressAdministrator(name, { accountId: "222233334444" });
    });
    assert.equal(stack.all(type).length, 2);
    assert.deepEqual(await refusals(stack), []);
  });
});
