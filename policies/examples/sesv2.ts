import { type Cases, unknown } from "./example";

const identity = (emailIdentity: string, dkimSigningAttributes?: unknown) => ({
  props: { emailIdentity, dkimSigningAttributes },
});

export default [
  {
    rule: "ses-tls",
    accepts: [
      { props: { deliveryOptions: { tlsPolicy: "REQUIRE" } } },
      {
        type: "aws:ses/configurationSet:ConfigurationSet",
        props: { deliveryOptions: { tlsPolicy: "Require" } },
      },
    ],
    refuses: [{ props: { deliveryOptions: { tlsPolicy: "OPTIONAL" } } }, {}],
    unknown: [{ props: { deliveryOptions: unknown } }],
  },
  {
    rule: "ses-dkim",
    accepts: [
      identity("example.com", { nextSigningKeyLength: "RSA_2048_BIT" }),
      identity("example.com", { domainSigningPrivateKey: unknown, domainSigningSelector: "mail" }),
      identity("orders@example.com"),
    ],
    refuses: [identity("example.com", { nextSigningKeyLength: "RSA_1024_BIT" }), identity("example.com")],
    unknown: [
      identity("example.com", unknown),
      identity("example.com", { nextSigningKeyLength: unknown }),
      identity(unknown),
    ],
  },
] satisfies Cases[];
