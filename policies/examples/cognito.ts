import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const strong = {
  minimumLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
};
const password = (passwordPolicy: object | string) => ({ props: { passwordPolicy } });
const recovery = (...names: string[]) => ({
  props: {
    accountRecoverySetting: { recoveryMechanisms: names.map((name, priority) => ({ name, priority })) },
  },
});

export default [
  {
    rule: "cognito-threat-protection",
    accepts: [{ ...inProd, props: { userPoolAddOns: { advancedSecurityMode: "ENFORCED" } } }, inDev],
    refuses: [inProd, { ...inProd, props: { userPoolAddOns: { advancedSecurityMode: "AUDIT" } } }],
    unknown: [somewhere, { ...inProd, props: { userPoolAddOns: unknown } }],
  },
  {
    rule: "cognito-identity-pool-no-guests",
    accepts: [{ props: { allowUnauthenticatedIdentities: false } }, {}],
    refuses: [{ props: { allowUnauthenticatedIdentities: true } }],
    unknown: [{ props: { allowUnauthenticatedIdentities: unknown } }],
  },
  {
    rule: "cognito-identity-pool-no-classic-flow",
    accepts: [{ props: { allowClassicFlow: false } }, {}],
    refuses: [{ props: { allowClassicFlow: true } }],
    unknown: [{ props: { allowClassicFlow: unknown } }],
  },
  {
    rule: "cognito-password-policy",
    accepts: [password(strong), password({ ...strong, minimumLength: 99, temporaryPasswordValidityDays: 1 })],
    refuses: [
      {},
      password({ ...strong, minimumLength: 11 }),
      password({ ...strong, requireLowercase: false }),
      password({ ...strong, requireUppercase: false }),
      password({ ...strong, requireNumbers: false }),
      password({ ...strong, requireSymbols: false }),
      password({ ...strong, temporaryPasswordValidityDays: 8 }),
    ],
    unknown: [password(unknown), password({ ...strong, requireSymbols: unknown })],
  },
  {
    rule: "cognito-mfa",
    accepts: [
      { props: { mfaConfiguration: "ON", adminCreateUserConfig: { allowAdminCreateUserOnly: true } } },
      { props: { mfaConfiguration: "OPTIONAL" } },
    ],
    refuses: [
      { props: { mfaConfiguration: "OFF" } },
      { props: { mfaConfiguration: "OPTIONAL", adminCreateUserConfig: { allowAdminCreateUserOnly: true } } },
      {},
    ],
    unknown: [
      { props: { mfaConfiguration: unknown } },
      { props: { mfaConfiguration: "OPTIONAL", adminCreateUserConfig: unknown } },
    ],
  },
  {
    rule: "cognito-mfa-not-by-sms",
    accepts: [
      { props: { mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true } } },
      { props: { mfaConfiguration: "ON", webAuthnConfiguration: { relyingPartyId: "example.com" } } },
      { props: { mfaConfiguration: "OFF" } },
      {},
    ],
    refuses: [
      { props: { mfaConfiguration: "ON", smsConfiguration: { externalId: "sms" } } },
      { props: { mfaConfiguration: "OPTIONAL", softwareTokenMfaConfiguration: { enabled: false } } },
    ],
    unknown: [{ props: { mfaConfiguration: unknown } }],
  },
  {
    rule: "cognito-deletion-protection",
    accepts: [{ ...inProd, props: { deletionProtection: "ACTIVE" } }, inDev],
    refuses: [inProd, { ...inProd, props: { deletionProtection: "INACTIVE" } }],
    unknown: [somewhere, { ...inProd, props: { deletionProtection: unknown } }],
  },
  {
    rule: "cognito-recovery",
    accepts: [recovery("verified_email"), recovery("admin_only")],
    refuses: [{}, recovery("verified_email", "verified_phone_number")],
    unknown: [{ props: { accountRecoverySetting: unknown } }, recovery(unknown)],
  },
  {
    rule: "cognito-client-no-implicit",
    accepts: [{ props: { allowedOauthFlows: ["code"] } }, {}],
    refuses: [{ props: { allowedOauthFlows: ["code", "implicit"] } }],
    unknown: [{ props: { allowedOauthFlows: unknown } }],
  },
  {
    rule: "cognito-client-no-password-flow",
    accepts: [{ props: { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] } }, {}],
    refuses: [
      { props: { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] } },
      { props: { explicitAuthFlows: [unknown, "USER_PASSWORD_AUTH"] } },
    ],
    unknown: [{ props: { explicitAuthFlows: [unknown] } }],
  },
  {
    rule: "cognito-client-https",
    accepts: [
      { props: { callbackUrls: ["https://shop.example.com/signed-in", "myapp://signed-in"] } },
      { props: { callbackUrls: ["http://localhost:3000/signed-in"] } },
      {},
    ],
    refuses: [
      { props: { callbackUrls: ["http://shop.example.com/signed-in"] } },
      { props: { callbackUrls: unknown, logoutUrls: ["http://shop.example.com"] } },
      { props: { defaultRedirectUri: "http://localhost.example.com" } },
    ],
    unknown: [{ props: { callbackUrls: [unknown] } }],
  },
  {
    rule: "cognito-client-revocation",
    accepts: [{ props: { enableTokenRevocation: true } }, {}],
    refuses: [{ props: { enableTokenRevocation: false } }],
    unknown: [{ props: { enableTokenRevocation: unknown } }],
  },
  {
    rule: "cognito-client-hides-users",
    accepts: [{ props: { preventUserExistenceErrors: "ENABLED" } }],
    refuses: [{}, { props: { preventUserExistenceErrors: "LEGACY" } }],
    unknown: [{ props: { preventUserExistenceErrors: unknown } }],
  },
  {
    rule: "cognito-domain-current-pages",
    accepts: [{ props: { managedLoginVersion: 2 } }],
    refuses: [{}, { props: { managedLoginVersion: 1 } }],
    unknown: [{ props: { managedLoginVersion: unknown } }],
  },
] satisfies Cases[];
