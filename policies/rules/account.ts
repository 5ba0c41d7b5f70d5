import type { Rule } from "../rule";

const accounts = ["aws:organizations/account:Account"];
const organization = ["aws:organizations/organization:Organization"];
const contacts = ["aws:account/alternativeContact:AlternativeContact"];

export const account: readonly Rule[] = [
  {
    name: "account-security-contact",
    theme: "governance-and-cost",
    title: "Each account has a contact for security",
    why: "AWS writes to it when it sees an account abused; else to the root user's address, which nobody reads",
    fix: "add an AlternativeContact with alternateContactType SECURITY and the account's accountId; without one for the management account",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Account.1", "CIS 3.0 1.2", "CIS 5.0 1.2"],
    types: [...accounts, ...organization],
    scope: "stack",
    check(stack, report) {
      const isSecurity = (one: (typeof stack.resources)[number]) =>
        one.at("alternateContactType").is("SECURITY");
      report.each(stack.ofType(accounts), (account, report) => {
        if (!stack.companions(account, contacts, "accountId").some(isSecurity))
          report.refuse("no AlternativeContact of type SECURITY names it");
      });
      report.each(stack.ofType(organization), (_organization, report) => {
        const own = stack.ofType(contacts).filter(one => !one.at("accountId").isSet);
        if (!own.some(isSecurity))
          report.refuse("no AlternativeContact of type SECURITY is the management account's own");
      });
    },
  },
];
