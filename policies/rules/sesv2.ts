import type { Resource } from "../graph";
import { withProperties } from "../mended";
import type { Rule } from "../rule";

export const sesv2: readonly Rule[] = [
  {
    name: "ses-tls",
    theme: "encryption-in-transit",
    title: "Mail is sent with TLS or not at all",
    why: "Else SES falls back to plain text where the receiver, or somebody on the way, says it knows no TLS",
    fix: "set deliveryOptions.tlsPolicy to REQUIRE",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub SES.3"],
    types: ["aws:sesv2/configurationSet:ConfigurationSet", "aws:ses/configurationSet:ConfigurationSet"],
    check(configuration, report) {
      const policy = configuration.at("deliveryOptions", "tlsPolicy").text() ?? "not set";
      // The older API writes it with one capital.
      if (policy.toUpperCase() !== "REQUIRE") report.refuse(`deliveryOptions.tlsPolicy is ${policy}`);
    },
    remediate: configuration => ({
      deliveryOptions: withProperties(configuration.at("deliveryOptions"), {
        tlsPolicy: configuration.type.startsWith("aws:sesv2/") ? "REQUIRE" : "Require",
      }),
    }),
  },
  {
    name: "ses-dkim",
    theme: "data-protection",
    title: "Mail of a domain is signed with a key of 2048 bits",
    why: "Receivers cannot tell unsigned mail from a forgery, and short keys have been broken",
    fix: "set dkimSigningAttributes.nextSigningKeyLength to RSA_2048_BIT, or bring a key of your own",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: ["aws:sesv2/emailIdentity:EmailIdentity"],
    check(identity, report) {
      const signing = identity.at("dkimSigningAttributes");
      if (signing.at("domainSigningPrivateKey").isSet) return;
      const length = signing.at("nextSigningKeyLength").text() ?? "not set";
      // An address's mail is signed by its domain.
      if (length !== "RSA_2048_BIT" && !isAddress(identity))
        report.refuse(`dkimSigningAttributes.nextSigningKeyLength is ${length}`);
    },
  },
];

function isAddress(identity: Resource): boolean {
  return identity.at("emailIdentity").text()?.includes("@") === true;
}
