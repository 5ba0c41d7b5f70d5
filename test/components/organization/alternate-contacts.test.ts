import assert from "node:assert/strict";
import { AlternateContacts, type Contact } from "../../../components/organization/alternate-contacts";
import { planned } from "../planned";

const contact = (kind: string): Contact => ({
  name: `${kind} desk`,
  title: `Head of ${kind}`,
  email: `${kind}@example.com`,
  phone: "+49 30 1234567",
});
const contacts = {
  billing: contact("billing"),
  operations: contact("operations"),
  security: contact("security"),
};
const known = (accountIds: Readonly<Record<string, string | undefined>>) =>
  planned(() => new AlternateContacts("contacts", { accountIds, contacts }));

describe("alternate contacts", () => {
  it("are three of each account", async () => {
    const stack = await known({ dev: "111122223333", prod: "444455556666" });
    assert.deepEqual(
      stack
        .all("AlternativeContact")
        .map(({ inputs }) => `${inputs["accountId"]} ${inputs["alternateContactType"]}`)
        .sort(),
      [
        "111122223333 BILLING",
        "111122223333 OPERATIONS",
        "111122223333 SECURITY",
        "444455556666 BILLING",
        "444455556666 OPERATIONS",
        "444455556666 SECURITY",
      ],
    );
  });

  it("say each whom AWS writes to about what", async () => {
    const stack = await known({ dev: "111122223333" });
    for (const kind of ["billing", "operations", "security"])
      assert.deepEqual(stack.one("AlternativeContact", `contacts-dev-${kind}`).inputs, {
        accountId: "111122223333",
        alternateContactType: kind.toUpperCase(),
        name: `${kind} desk`,
        title: `Head of ${kind}`,
        emailAddress: `${kind}@example.com`,
        phoneNumber: "+49 30 1234567",
      });
  });

  it("of the account that the provider is in name no account: AWS refuses the management account's number", async () => {
    const stack = await known({ management: undefined, dev: "111122223333" });
    const of = (account: string) =>
      stack.all("AlternativeContact").filter(({ name }) => name.startsWith(`contacts-${account}-`));
    assert.equal(of("management").length, 3);
    for (const { inputs } of of("management")) assert.ok(!("accountId" in inputs));
    for (const { inputs } of of("dev")) assert.equal(inputs["accountId"], "111122223333");
  });

  it("are none where there is no account", async () => {
    assert.deepEqual((await known({})).all("AlternativeContact"), []);
  });
});
