import { all, inProduction, mustBe, mustBeAtLeast, mustBeAtMost, mustNotBe } from "../demands";
import type { Report } from "../report";
import { userPoolClients, userPools } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";

const identityPools = ["aws:cognito/identityPool:IdentityPool"];

/** Pools of users, and the programs that they sign in with. */
export const cognito: readonly Rule[] = [
  {
    name: "cognito-threat-protection",
    theme: "logging-and-detection",
    title: "A production user pool refuses sign-ins that look stolen",
    why: "Passwords that leaked elsewhere are tried here, by the thousand and one by one",
    fix: "set userPoolTier: PLUS and userPoolAddOns.advancedSecurityMode: ENFORCED",
    severity: "low",
    level: "advisory",
    controls: ["Security Hub Cognito.1", "Security Hub Cognito.4"],
    types: userPools,
    check: inProduction(mustBe("userPoolAddOns.advancedSecurityMode", "ENFORCED")),
  },
  {
    name: "cognito-identity-pool-no-guests",
    theme: "exposure",
    title: "An identity pool gives no credentials to guests",
    why: "Whoever knows its number has an AWS role",
    fix: "leave allowUnauthenticatedIdentities out or set it to false",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Cognito.2"],
    types: identityPools,
    check: mustNotBe("allowUnauthenticatedIdentities", true),
  },
  {
    name: "cognito-identity-pool-no-classic-flow",
    theme: "least-privilege",
    title: "An identity pool chooses the role itself",
    why: "In the classic flow the client says which role it takes, and AWS does not narrow it",
    fix: "leave allowClassicFlow out or set it to false",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: identityPools,
    check: mustNotBe("allowClassicFlow", true),
  },
  {
    name: "cognito-password-policy",
    theme: "data-protection",
    title: "A user pool wants passwords that are not guessed",
    why: "Users choose the shortest that they may",
    fix: "set passwordPolicy with minimumLength 12, requireLowercase, requireUppercase, requireNumbers and requireSymbols, and temporaryPasswordValidityDays 7 at most",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Cognito.3"],
    types: userPools,
    check: all(
      mustBeAtLeast("passwordPolicy.minimumLength", 12),
      mustBe("passwordPolicy.requireLowercase", true),
      mustBe("passwordPolicy.requireUppercase", true),
      mustBe("passwordPolicy.requireNumbers", true),
      mustBe("passwordPolicy.requireSymbols", true),
      // AWS's default is 7 days.
      mustBeAtMost("passwordPolicy.temporaryPasswordValidityDays", 7, { otherwise: 7 }),
    ),
  },
  {
    name: "cognito-mfa",
    theme: "data-protection",
    title: "A user pool has a second factor, and staff must use it",
    why: "A password alone is phished; customers may at least choose",
    fix: "set mfaConfiguration to ON, or to OPTIONAL where people sign up by themselves",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub Cognito.5"],
    types: userPools,
    check(pool, report) {
      const factor = pool.at("mfaConfiguration").text() ?? "OFF";
      if (factor === "ON") return;
      // People that an administrator makes are staff or partners.
      const isClosed = pool.at("adminCreateUserConfig", "allowAdminCreateUserOnly").is(true);
      if (factor !== "OPTIONAL" || isClosed) report.refuse(`mfaConfiguration is ${factor}`);
    },
  },
  {
    name: "cognito-mfa-not-by-sms",
    theme: "data-protection",
    title: "A second factor is offered that is no text message",
    why: "A telephone number is taken over with one call to its operator",
    fix: "set softwareTokenMfaConfiguration.enabled: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: userPools,
    check(pool, report) {
      if (pool.at("mfaConfiguration").content() === "OFF" || !pool.at("mfaConfiguration").isSet) return;
      if (pool.at("webAuthnConfiguration").isSet) return;
      mustBe("softwareTokenMfaConfiguration.enabled", true)(pool, report);
    },
  },
  {
    name: "cognito-deletion-protection",
    theme: "resilience-and-backup",
    title: "A production user pool refuses deletion",
    why: "Its users and their passwords cannot be brought back, by AWS neither",
    fix: "set deletionProtection: ACTIVE",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: ["Security Hub Cognito.6"],
    types: userPools,
    check: inProduction(mustBe("deletionProtection", "ACTIVE")),
  },
  {
    name: "cognito-recovery",
    theme: "data-protection",
    title: "A forgotten password is renewed by mail",
    why: "Whoever takes over a telephone number would else take over the account with it",
    fix: "set accountRecoverySetting.recoveryMechanisms to verified_email, or to admin_only",
    severity: "low",
    level: "advisory",
    controls: [],
    types: userPools,
    check(pool, report) {
      const ways = pool.at("accountRecoverySetting", "recoveryMechanisms").list();
      if (ways.length === 0)
        report.refuse("accountRecoverySetting is not set, so a text message comes first");
      report.each(ways, (way, report) => {
        if (way.at("name").is("verified_phone_number")) report.refuse("an account is recovered by telephone");
      });
    },
  },
  {
    name: "cognito-client-no-implicit",
    theme: "data-protection",
    title: "A client does not take tokens from the address bar",
    why: "Addresses are in histories, logs and referrers",
    fix: "set allowedOauthFlows to code or client_credentials",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: userPoolClients,
    check(client, report) {
      refuseAny(client.at("allowedOauthFlows"), ["implicit"], report);
    },
  },
  {
    name: "cognito-client-no-password-flow",
    theme: "data-protection",
    title: "A client does not send passwords as they are",
    why: "Then whatever is between the user and Cognito sees them",
    fix: "set explicitAuthFlows to ALLOW_USER_SRP_AUTH and ALLOW_REFRESH_TOKEN_AUTH",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: userPoolClients,
    check(client, report) {
      refuseAny(client.at("explicitAuthFlows"), ["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"], report);
    },
  },
  {
    name: "cognito-client-https",
    theme: "encryption-in-transit",
    title: "A client is called back over HTTPS only",
    why: "The code that it is called back with is worth a session",
    fix: "begin callbackUrls, logoutUrls and defaultRedirectUri with https:// or the scheme of an app",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: userPoolClients,
    check(client, report) {
      const properties = ["callbackUrls", "logoutUrls", "defaultRedirectUri"];
      for (const property of properties)
        report.attempt(() =>
          report.each(client.at(property).list(), url => {
            // What is on the same machine crosses no network.
            if (/^http:\/\/(?!localhost([:/]|$))/i.test(url.text() ?? ""))
              report.refuse(`${url.path} is ${url.text()}`);
          }),
        );
    },
  },
  {
    name: "cognito-client-revocation",
    theme: "data-protection",
    title: "A client's tokens end when its user signs out",
    why: "A stolen token would else live on until its time is over",
    fix: "leave enableTokenRevocation out or set it to true",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: userPoolClients,
    // AWS's default is true for a new client.
    check: mustBe("enableTokenRevocation", true, { otherwise: true }),
  },
  {
    name: "cognito-client-hides-users",
    theme: "data-protection",
    title: "A client does not tell who has an account",
    why: "The answer to a wrong name is a list of customers, one question each",
    fix: "set preventUserExistenceErrors: ENABLED",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: userPoolClients,
    check: mustBe("preventUserExistenceErrors", "ENABLED"),
  },
  {
    name: "cognito-domain-current-pages",
    theme: "governance-and-cost",
    title: "A user pool shows its current sign-in pages",
    why: "The classic ones get nothing new, passkeys neither",
    fix: "set managedLoginVersion: 2",
    severity: "low",
    level: "advisory",
    controls: [],
    types: ["aws:cognito/userPoolDomain:UserPoolDomain"],
    check: mustBe("managedLoginVersion", 2),
  },
];

function refuseAny(list: Value, refused: readonly string[], report: Report): void {
  report.each(list.list(), one => {
    for (const word of refused) if (one.is(word)) report.refuse(`${one.path} is ${word}`);
  });
}
