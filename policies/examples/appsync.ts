import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const api = (props: object = {}) => ({ type: "aws:appsync/graphQLApi:GraphQLApi", name: "shop", props });
const association = (...madeFrom: string[]) => ({
  type: "aws:wafv2/webAclAssociation:WebAclAssociation",
  name: "association",
  props: { resourceArn: unknown },
  madeFrom: { resourceArn: madeFrom },
});
const byUserPool = { authenticationType: "AMAZON_COGNITO_USER_POOLS" };
const byKey = { authenticationType: "API_KEY" };

export default [
  {
    rule: "appsync-no-api-key",
    accepts: [
      { props: byUserPool },
      { props: { ...byUserPool, additionalAuthenticationProviders: [{ authenticationType: "AWS_IAM" }] } },
    ],
    refuses: [
      { props: byKey },
      {
        props: { ...byUserPool, additionalAuthenticationProviders: [{ authenticationType: unknown }, byKey] },
      },
    ],
    unknown: [
      { props: { authenticationType: unknown } },
      { props: { ...byUserPool, additionalAuthenticationProviders: unknown } },
    ],
  },
  {
    rule: "appsync-waf",
    accepts: [[api(), association("shop")], [api({ visibility: "PRIVATE" })]],
    refuses: [
      [api({ visibility: "GLOBAL" })],
      [api()],
      [api(), { ...api(), name: "other" }, association("other")],
    ],
    unknown: [[api(), association()], [api({ visibility: unknown })]],
  },
  {
    rule: "appsync-limits",
    accepts: [{ props: { queryDepthLimit: 10 } }, { props: { queryDepthLimit: 1 } }],
    refuses: [{}, { props: { queryDepthLimit: 0 } }],
    unknown: [{ props: { queryDepthLimit: unknown } }],
  },
  {
    rule: "appsync-introspection-off",
    accepts: [{ ...inProd, props: { introspectionConfig: "DISABLED" } }, inDev],
    refuses: [{ ...inProd, props: { introspectionConfig: "ENABLED" } }, inProd],
    unknown: [{ ...inProd, props: { introspectionConfig: unknown } }, somewhere],
  },
  {
    rule: "appsync-field-logging",
    accepts: [
      { props: { logConfig: { fieldLogLevel: "ERROR", cloudwatchLogsRoleArn: unknown } } },
      ...["INFO", "DEBUG", "ALL"].map(fieldLogLevel => ({ props: { logConfig: { fieldLogLevel } } })),
    ],
    refuses: [{ props: { logConfig: { fieldLogLevel: "NONE" } } }, {}],
    unknown: [{ props: { logConfig: unknown } }],
  },
  {
    rule: "appsync-xray",
    accepts: [{ props: { xrayEnabled: true } }],
    refuses: [{ props: { xrayEnabled: false } }, {}],
    unknown: [{ props: { xrayEnabled: unknown } }],
  },
  {
    rule: "appsync-cache-at-rest",
    accepts: [{ props: { atRestEncryptionEnabled: true } }],
    refuses: [{ props: { atRestEncryptionEnabled: false } }, {}],
    unknown: [{ props: { atRestEncryptionEnabled: unknown } }],
  },
  {
    rule: "appsync-cache-in-transit",
    accepts: [{ props: { transitEncryptionEnabled: true } }],
    refuses: [{ props: { transitEncryptionEnabled: false } }, {}],
    unknown: [{ props: { transitEncryptionEnabled: unknown } }],
  },
] satisfies Cases[];
