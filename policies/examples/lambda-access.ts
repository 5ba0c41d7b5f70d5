import { type Cases, unknown } from "./example";

const account = "111122223333";

export default [
  {
    rule: "lambda-not-public",
    accepts: [
      { props: { principal: account } },
      { props: { principal: "*", principalOrgId: "o-0123456789" } },
      { props: { principal: "*", sourceAccount: unknown } },
      { props: { principal: "events.amazonaws.com" } },
    ],
    refuses: [{ props: { principal: "*" } }, { props: { principal: "*", functionUrlAuthType: "NONE" } }],
    unknown: [{ props: { principal: unknown } }],
  },
  {
    rule: "lambda-permission-source",
    accepts: [
      { props: { principal: "events.amazonaws.com", sourceArn: unknown } },
      { props: { principal: "sns.amazonaws.com", sourceAccount: account } },
      { props: { principal: "s3.amazonaws.com", sourceArn: unknown, sourceAccount: account } },
      { props: { principal: "config.amazonaws.com", principalOrgId: "o-0123456789" } },
      { props: { principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill.1" } },
      { props: { principal: account } },
      { props: { principal: "arn:aws:iam::111122223333:role/caller" } },
    ],
    refuses: [
      { props: { principal: "events.amazonaws.com" } },
      { props: { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::orders" } },
      { props: { principal: "alexa-appkit.amazon.com" } },
      { props: { principal: "events.amazonaws.com.cn" } },
    ],
    unknown: [{ props: { principal: unknown } }],
  },
  {
    rule: "lambda-url-auth",
    accepts: [{ props: { authorizationType: "AWS_IAM" } }],
    refuses: [{ props: { authorizationType: "NONE" } }, {}],
    unknown: [{ props: { authorizationType: unknown } }],
  },
  {
    rule: "lambda-url-cors",
    accepts: [
      { props: { cors: { allowOrigins: ["https://shop.example.com"], allowCredentials: true } } },
      { props: { cors: { allowOrigins: ["*"] } } },
      {},
    ],
    refuses: [
      { props: { cors: { allowOrigins: ["*"], allowCredentials: true } } },
      { props: { cors: { allowOrigins: [unknown, "https://*"], allowCredentials: true } } },
    ],
    unknown: [
      { props: { cors: { allowOrigins: ["*"], allowCredentials: unknown } } },
      { props: { cors: { allowOrigins: [unknown], allowCredentials: true } } },
    ],
  },
  {
    rule: "lambda-layer-not-public",
    accepts: [
      { props: { principal: account } },
      { props: { principal: "*", organizationId: "o-0123456789" } },
    ],
    refuses: [{ props: { principal: "*" } }],
    unknown: [{ props: { principal: unknown } }],
  },
] satisfies Cases[];
