import { accountId, accountOfArn } from "../../iam/arn";
import { pinnedAccount, providerInput } from "../provider-inputs";
import { awsProvider, everyAwsResource } from "../resource-types";
import type { Rule } from "../rule";

/** The name that the engine gives to a provider that it makes from configuration and environment. */
const defaultProviderName = /^default(_|$)/;

export const providers: readonly Rule[] = [
  {
    name: "provider-no-default-aws",
    theme: "governance-and-cost",
    title: "Every AWS resource names its provider",
    why: "The default provider goes where the shell's credentials happen to point, so a deployment to dev can reach prod",
    fix: "pass the account's provider, or make it the component's and the resource its child",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: [everyAwsResource],
    check(resource, report) {
      const provider = resource.provider;
      if (!provider) report.refuse("it has no provider");
      else if (defaultProviderName.test(provider.name)) report.refuse(`its provider is ${provider.name}`);
    },
  },
  {
    name: "provider-account-pinned",
    theme: "governance-and-cost",
    title: "A provider reaches exactly one account",
    why: "AWS then refuses a deployment whose credentials are another account's",
    fix: "give allowedAccountIds one account, and assume a role of that account",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: [],
    types: awsProvider,
    check(provider, report) {
      const account = pinnedAccount(provider.props);
      if (!account || !accountId.test(account)) report.refuse("allowedAccountIds does not hold one account");
      // Roles are assumed one after the other: the last says where the provider works.
      const role = providerInput(provider.props, "assumeRoles").list().at(-1)?.at("roleArn");
      if (!role?.isSet) return;
      const assumed = accountOfArn(role.text() ?? "");
      if (assumed !== account)
        report.refuse(`the role is of account ${assumed}, allowedAccountIds says ${account}`);
    },
  },
  {
    name: "provider-region-set",
    theme: "governance-and-cost",
    title: "A provider says its region",
    why: "Else the region is the shell's, and a landing zone appears twice",
    fix: "set region",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: awsProvider,
    check(provider, report) {
      if (!provider.at("region").text()) report.refuse("region is not set");
    },
  },
  {
    name: "provider-no-static-keys",
    theme: "least-privilege",
    title: "A provider holds no access key",
    why: "A key in a program or its state never expires, and whoever reads it can act as the provider",
    fix: "assume a role, and let the environment bring short-lived credentials",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: [],
    types: awsProvider,
    check(provider, report) {
      const held = ["accessKey", "secretKey", "token"].filter(name => provider.at(name).isSet);
      if (held.length > 0) report.refuse(`${held.join(" and ")} is set`);
    },
  },
];
