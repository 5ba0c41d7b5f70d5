import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const api = (props: object = {}) => ({ type: "aws:apigatewayv2/api:Api", name: "payments", props });
const webSocket = api({ protocolType: "WEBSOCKET" });
const http = api({ protocolType: "HTTP" });
const part =
  (type: string) =>
  (props: object, of = "payments") => ({
    type: `aws:apigatewayv2/${type}`,
    name: "part",
    props: { apiId: unknown, ...props },
    madeFrom: { apiId: of === "" ? [] : [of] },
  });
const route = part("route:Route");
const stage = part("stage:Stage");
const mapping = part("apiMapping:ApiMapping");
const origins = (...allowOrigins: string[]) => ({ props: { corsConfiguration: { allowOrigins } } });
const settings = (defaultRouteSettings: unknown) => ({ props: { defaultRouteSettings } });
const logs = (format: unknown) => ({
  props: { accessLogSettings: { destinationArn: unknown, ...(format !== undefined && { format }) } },
});
const overLink = { connectionType: "VPC_LINK", integrationType: "HTTP_PROXY" };

export default [
  {
    rule: "apigwv2-route-auth",
    accepts: [
      [route({ routeKey: "POST /payments", authorizationType: "JWT", authorizerId: unknown })],
      [route({ routeKey: "$default", authorizationType: "AWS_IAM" })],
      [webSocket, route({ routeKey: "$connect", authorizationType: "CUSTOM" })],
      [webSocket, route({ routeKey: "$disconnect" })],
      [webSocket, route({ routeKey: "pay", authorizationType: "NONE" })],
      [
        api({ tags: { "allow-open-routes": "Load balancers ask whether it is well" } }),
        route({ routeKey: "GET /health", authorizationType: "NONE" }),
      ],
    ],
    refuses: [
      [route({ routeKey: "POST /payments", authorizationType: "NONE" })],
      [route({ routeKey: "ANY /payments" }, "")],
      [http, route({ routeKey: "$default" })],
      [api({ tags: { "allow-open-routes": "why not" } }), route({ routeKey: "GET /health" })],
      [
        api({ tags: { "allow-open-routes": "Load balancers ask whether it is well" } }),
        { ...api(), name: "other" },
        route({ routeKey: "GET /health" }, "other"),
      ],
      [webSocket, { ...http, name: "other" }, route({ routeKey: "$default" }, "other")],
      [webSocket, route({ routeKey: "$connect" })],
    ],
    unknown: [
      [route({ routeKey: "$default", authorizationType: unknown })],
      [route({ routeKey: "$default" }, "")],
      [api({ tags: unknown }), route({ routeKey: "GET /health" })],
      [api({ protocolType: unknown }), route({ routeKey: "$default" })],
      [route({ routeKey: unknown })],
    ],
  },
  {
    rule: "apigwv2-cors",
    accepts: [
      { ...inProd, ...origins("https://shop.example.com", "https://*.example.com") },
      inProd,
      { ...inDev, ...origins("*") },
    ],
    refuses: [
      { ...inProd, ...origins("*") },
      { ...inProd, ...origins("https://shop.example.com", "https://*") },
      { ...inProd, ...origins(unknown, "http://*") },
    ],
    unknown: [
      { ...inProd, ...origins(unknown) },
      { ...inProd, props: { corsConfiguration: unknown } },
      { ...somewhere, ...origins("*") },
    ],
  },
  {
    rule: "apigwv2-default-endpoint-off",
    accepts: [
      [api({ disableExecuteApiEndpoint: true }), mapping({})],
      [api()],
      [api(), { ...api({ disableExecuteApiEndpoint: true }), name: "other" }, mapping({}, "other")],
    ],
    refuses: [
      [api({ disableExecuteApiEndpoint: false }), mapping({})],
      [api(), mapping({})],
    ],
    unknown: [
      [api(), mapping({}, "")],
      [api({ disableExecuteApiEndpoint: unknown }), mapping({})],
    ],
  },
  {
    rule: "apigwv2-throttling",
    accepts: [settings({ throttlingRateLimit: 100, throttlingBurstLimit: 200 })],
    refuses: [
      settings({ throttlingRateLimit: 100 }),
      settings({ throttlingBurstLimit: 200 }),
      settings({ throttlingRateLimit: 0, throttlingBurstLimit: 0 }),
      {},
    ],
    unknown: [settings(unknown), settings({ throttlingRateLimit: unknown, throttlingBurstLimit: 200 })],
  },
  {
    rule: "apigwv2-domain-tls12",
    accepts: [
      { props: { domainNameConfiguration: { securityPolicy: "TLS_1_2" } } },
      { props: { domainNameConfiguration: { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" } } },
    ],
    refuses: [
      { props: { domainNameConfiguration: { securityPolicy: "TLS_1_0" } } },
      { props: { domainNameConfiguration: { securityPolicy: "a TLS_1_2" } } },
      {},
    ],
    unknown: [{ props: { domainNameConfiguration: unknown } }],
  },
  {
    rule: "apigwv2-private-integration-https",
    accepts: [
      {
        type: "aws:apigatewayv2/integration:Integration",
        props: { ...overLink, tlsConfig: { serverNameToVerify: "payments.example.com" } },
      },
      { props: { ...overLink, tlsConfig: { serverNameToVerify: unknown } } },
      { props: { ...overLink, integrationUri: "https://payments.example.com" } },
      { props: { integrationUri: "http://payments.example.com" } },
    ],
    refuses: [
      { props: { ...overLink, integrationUri: "arn:aws:elasticloadbalancing:listener" } },
      { props: overLink },
      { props: { ...overLink, tlsConfig: {}, integrationUri: "http://payments.example.com" } },
    ],
    unknown: [
      { props: { ...overLink, tlsConfig: unknown } },
      { props: { ...overLink, integrationUri: unknown } },
      { props: { connectionType: unknown } },
    ],
  },
  {
    rule: "apigwv2-public-integration-https",
    accepts: [
      { props: { integrationType: "HTTP_PROXY", integrationUri: "https://payments.example.com" } },
      { props: { integrationType: "AWS_PROXY", integrationUri: "arn:aws:lambda:function" } },
      { props: overLink },
    ],
    refuses: [
      { props: { integrationType: "HTTP_PROXY", integrationUri: "http://payments.example.com" } },
      {
        props: {
          integrationType: "HTTP",
          connectionType: "INTERNET",
          integrationUri: "payments.example.com",
        },
      },
    ],
    unknown: [
      { props: { integrationType: "HTTP_PROXY", integrationUri: unknown } },
      { props: { integrationType: unknown } },
    ],
  },
  {
    rule: "apigwv2-access-logs",
    accepts: [
      {
        props: {
          accessLogSettings: {
            destinationArn: "arn:aws:logs:eu-central-1:111122223333:log-group:api-calls",
            format: '{"requestId":"$context.requestId"}',
          },
        },
      },
      logs(unknown),
    ],
    refuses: [{}, { props: { accessLogSettings: { destinationArn: "" } } }],
    unknown: [{ props: { accessLogSettings: unknown } }],
  },
  {
    rule: "apigwv2-structured-logs",
    accepts: [logs('{"requestId":"$context.requestId"}'), {}],
    refuses: [
      logs("$context.requestId $context.status"),
      logs('{"requestId":"$context.requestId"} and more'),
      logs(undefined),
    ],
    unknown: [logs(unknown), { props: { accessLogSettings: unknown } }],
  },
  {
    rule: "apigwv2-websocket-logging",
    accepts: [
      [webSocket, stage({ defaultRouteSettings: { loggingLevel: "ERROR" } })],
      [webSocket, stage({ defaultRouteSettings: { loggingLevel: "INFO" } })],
      [http, stage({})],
    ],
    refuses: [
      [webSocket, stage({ defaultRouteSettings: { loggingLevel: "OFF" } })],
      [webSocket, stage({})],
    ],
    unknown: [
      [webSocket, stage({ defaultRouteSettings: unknown })],
      [api({ protocolType: unknown }), stage({})],
      [stage({}, "")],
    ],
  },
] satisfies Cases[];
