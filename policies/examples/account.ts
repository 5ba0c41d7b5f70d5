import { type Cases, unknown } from "./example";

const member = { type: "aws:organizations/account:Account", name: "orders" };
const organization = { type: "aws:organizations/organization:Organization", name: "organization" };
const contact = (alternateContactType: string) => ({
  type: "aws:account/alternativeContact:AlternativeContact",
  name: "contact",
  props: { alternateContactType },
});
const ofMember = (alternateContactType: string) => ({
  ...contact(alternateContactType),
  props: { accountId: unknown, alternateContactType },
  madeFrom: { accountId: ["orders"] },
});

export default [
  {
    rule: "account-security-contact",
    accepts: [
      [member, ofMember("SECURITY")],
      [organization, contact("SECURITY")],
    ],
    refuses: [
      [member],
      [member, ofMember("BILLING")],
      [organization],
      [organization, contact("OPERATIONS")],
      [member, organization, ofMember("SECURITY")],
    ],
    unknown: [
      [member, ofMember(unknown)],
      [member, { ...ofMember("SECURITY"), madeFrom: {} }],
    ],
  },
] satisfies Cases[];
