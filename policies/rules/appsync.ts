import { inProduction, mustBe, mustBeAtLeast, mustBeOneOf } from "../demands";
import { graphqlApis, webAclAssociations } from "../resource-types";
import type { Rule } from "../rule";

const caches = ["aws:appsync/apiCache:ApiCache"];

export const appsync: readonly Rule[] = [
  {
    name: "appsync-no-api-key",
    theme: "least-privilege",
    title: "A GraphQL API knows its callers by more than a key",
    why: "A key is in every browser that uses it, says nothing about who asks, and works for a year",
    fix: "use AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_IAM or AWS_LAMBDA",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP AppSync.5"],
    types: graphqlApis,
    check(api, report) {
      const providers = [api.props, ...api.at("additionalAuthenticationProviders").list()];
      report.each(providers, provider => {
        const type = provider.at("authenticationType");
        if (type.is("API_KEY")) report.refuse(`${type.path} is API_KEY`);
      });
    },
  },
  {
    name: "appsync-waf",
    theme: "exposure",
    title: "A public GraphQL API has a web application firewall",
    why: "One query can be as costly as a thousand calls, and nothing else counts them",
    fix: "add a WebAclAssociation with the API's ARN as resourceArn, or set visibility: PRIVATE",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: graphqlApis,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(graphqlApis), (api, report) => {
        if (api.at("visibility").is("PRIVATE")) return;
        if (stack.companions(api, webAclAssociations, "resourceArn").length === 0)
          report.refuse("no WebAclAssociation names it");
      });
    },
  },
  {
    name: "appsync-limits",
    theme: "exposure",
    title: "A GraphQL API bounds how deep a query may go",
    why: "Where types name each other one short query asks for more than all data there is",
    fix: "set queryDepthLimit to what the program needs",
    severity: "low",
    level: "advisory",
    controls: [],
    types: graphqlApis,
    // The provider's default, 0, is no limit.
    check: mustBeAtLeast("queryDepthLimit", 1, { otherwise: 0 }),
  },
  {
    name: "appsync-introspection-off",
    theme: "exposure",
    title: "A production GraphQL API does not describe itself",
    why: "The description shows an intruder every way in, those that no page uses too",
    fix: 'set introspectionConfig: "DISABLED"',
    severity: "low",
    level: "advisory",
    controls: [],
    types: graphqlApis,
    check: inProduction(mustBe("introspectionConfig", "DISABLED", { otherwise: "ENABLED" })),
  },
  {
    name: "appsync-field-logging",
    theme: "logging-and-detection",
    title: "A GraphQL API logs the fields that fail",
    why: "A query that fails in one field answers well in all others, and nothing else tells",
    fix: "set logConfig with fieldLogLevel ERROR or ALL and a role that may write logs",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP AppSync.2"],
    types: graphqlApis,
    check: mustBeOneOf("logConfig.fieldLogLevel", ["ERROR", "INFO", "DEBUG", "ALL"]),
  },
  {
    name: "appsync-xray",
    theme: "logging-and-detection",
    title: "A GraphQL API is traced",
    why: "A slow query asks many sources, and only a trace tells which of them is slow",
    fix: "set xrayEnabled: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: graphqlApis,
    check: mustBe("xrayEnabled", true),
  },
  {
    name: "appsync-cache-at-rest",
    theme: "encryption-at-rest",
    title: "A GraphQL API's cache is encrypted",
    why: "It holds answers, with all that is personal in them, on disks that the company does not see",
    fix: "set atRestEncryptionEnabled: true; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP AppSync.1"],
    types: caches,
    check: mustBe("atRestEncryptionEnabled", true),
  },
  {
    name: "appsync-cache-in-transit",
    theme: "encryption-in-transit",
    title: "A GraphQL API speaks TLS with its cache",
    why: "The cache is a server elsewhere, and answers cross a network on their way to it",
    fix: "set transitEncryptionEnabled: true; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP AppSync.6"],
    types: caches,
    check: mustBe("transitEncryptionEnabled", true),
  },
];
