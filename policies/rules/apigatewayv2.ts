import { all, inProduction, mustBeAtLeast, mustBeSet, mustMatch, whereSet } from "../demands";
import type { StackResource } from "../graph";
import { declaredReason } from "../resource-tags";
import { httpApis } from "../resource-types";
import type { Rule } from "../rule";
import { apiOf, isOfWebSocket } from "./apigatewayv2-apis";

const routes = ["aws:apigatewayv2/route:Route"];
const stages = ["aws:apigatewayv2/stage:Stage"];
const integrations = ["aws:apigatewayv2/integration:Integration"];
const mappings = ["aws:apigatewayv2/apiMapping:ApiMapping"];

export const apigatewayv2: readonly Rule[] = [
  {
    name: "apigwv2-route-auth",
    theme: "least-privilege",
    title: "A route of an API asks who calls",
    why: "What is behind it is called by anyone, and a check that each program makes by itself is forgotten in one",
    fix: "set authorizationType to JWT, AWS_IAM or CUSTOM with an authorizerId; where anyone may call, say why in the API's tag allow-open-routes, in 20 characters or more",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP APIGateway.8"],
    types: routes,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(routes), (route, report) => {
        // The provider's default.
        const type = route.at("authorizationType").text() ?? "NONE";
        if (type !== "NONE") return;
        const key = route.at("routeKey").text() ?? "";
        // Callers of a WebSocket are asked when they connect, and AWS refuses to ask them again.
        const connected = key !== "$connect" && !/^[A-Z]+ \//.test(key) && isOfWebSocket(route, stack);
        if (connected) return;
        // A route takes no tags.
        const api = apiOf(route, stack);
        const reason = api && declaredReason(api, "allow-open-routes");
        if (reason) report.remark(`anyone may call ${key}: ${reason}`);
        else report.refuse("authorizationType is NONE");
      });
    },
  },
  {
    name: "apigwv2-cors",
    theme: "exposure",
    title: "A production API lets named sites call it from a browser",
    why: "Where every site may, any page that a customer opens can ask in the customer's name",
    fix: "list the sites in corsConfiguration.allowOrigins",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: httpApis,
    check: inProduction((api, report) => {
      report.each(api.at("corsConfiguration", "allowOrigins").list(), origin => {
        const text = origin.text() ?? "";
        if (/^(https?:\/\/)?\*$/.test(text)) report.refuse(`${origin.path} is ${text}`);
      });
    }),
  },
  {
    name: "apigwv2-default-endpoint-off",
    theme: "exposure",
    title: "An API with a name of its own answers to no other",
    why: "The name that AWS gives it goes past what stands before the company's: firewall, client certificates, logs",
    fix: "set disableExecuteApiEndpoint: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: httpApis,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(httpApis), (api, report) => {
        if (api.at("disableExecuteApiEndpoint").is(true)) return;
        if (stack.companions(api, mappings, "apiId").length > 0)
          report.refuse("disableExecuteApiEndpoint is not true");
      });
    },
  },
  {
    name: "apigwv2-throttling",
    theme: "exposure",
    title: "An API bounds how much it is asked",
    why: "Without bounds one caller uses up what the account may ask of API Gateway, for all its APIs",
    fix: "set defaultRouteSettings.throttlingRateLimit and throttlingBurstLimit",
    severity: "low",
    level: "advisory",
    controls: [],
    types: stages,
    check: all(
      mustBeAtLeast("defaultRouteSettings.throttlingRateLimit", 1),
      mustBeAtLeast("defaultRouteSettings.throttlingBurstLimit", 1),
    ),
  },
  {
    name: "apigwv2-domain-tls12",
    theme: "encryption-in-transit",
    title: "An API's name accepts nothing older than TLS 1.2",
    why: "Older versions are broken",
    fix: "set domainNameConfiguration.securityPolicy to TLS_1_2 or newer",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub APIGateway.11"],
    types: ["aws:apigatewayv2/domainName:DomainName"],
    check: mustMatch("domainNameConfiguration.securityPolicy", /^(TLS_1_[23]|SecurityPolicy_TLS1[23]_\w+)$/),
  },
  {
    name: "apigwv2-private-integration-https",
    theme: "encryption-in-transit",
    title: "An API speaks TLS with what is in the network",
    why: "The last stretch crosses zones and shared networks",
    fix: "set tlsConfig.serverNameToVerify to the name in the certificate",
    severity: "medium",
    level: "advisory",
    controls: ["Security Hub APIGateway.10"],
    types: integrations,
    check(integration, report) {
      if (!integration.at("connectionType").is("VPC_LINK")) return;
      if (integration.at("tlsConfig", "serverNameToVerify").isSet) return;
      // A WebSocket's integration says it by its address.
      const uri = integration.at("integrationUri").text() ?? "";
      if (!uri.startsWith("https://")) report.refuse("tlsConfig.serverNameToVerify is not set");
    },
  },
  {
    name: "apigwv2-public-integration-https",
    theme: "encryption-in-transit",
    title: "An API calls other servers over HTTPS only",
    why: "What was encrypted up to the API would cross the internet in the clear behind it",
    fix: "give integrationUri an address that begins with https://",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: integrations,
    check(integration, report) {
      if (integration.at("connectionType").is("VPC_LINK")) return;
      if (!["HTTP", "HTTP_PROXY"].some(type => integration.at("integrationType").is(type))) return;
      const uri = integration.at("integrationUri").text() ?? "not set";
      if (!uri.startsWith("https://")) report.refuse(`integrationUri is ${uri}`);
    },
  },
  {
    name: "apigwv2-access-logs",
    theme: "logging-and-detection",
    title: "An API logs who asked for what",
    why: "Without the log nobody can say afterwards what was asked, and by whom",
    fix: "set accessLogSettings with the ARN of a log group and a format",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP APIGateway.9", "CIS 7.0 4.10"],
    types: stages,
    check: mustBeSet("accessLogSettings.destinationArn"),
  },
  {
    name: "apigwv2-structured-logs",
    theme: "logging-and-detection",
    title: "An API's log can be searched by field",
    why: "Lines of text must be taken apart anew for each question, and a space in a header breaks them",
    fix: "write accessLogSettings.format as a JSON object",
    severity: "low",
    level: "advisory",
    controls: [],
    types: stages,
    check: whereSet("accessLogSettings", mustMatch("accessLogSettings.format", /^\s*\{[\s\S]*\}\s*$/)),
  },
  {
    name: "apigwv2-websocket-logging",
    theme: "logging-and-detection",
    title: "A WebSocket API logs what it does",
    why: "Its access log knows connections; which message failed, and why, is in the log of executions only",
    fix: "set defaultRouteSettings.loggingLevel to ERROR or INFO",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP APIGateway.1"],
    types: stages,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(stages), (stage, report) => {
        if (!logsExecutions(stage) && isOfWebSocket(stage, stack))
          report.refuse("defaultRouteSettings.loggingLevel is neither ERROR nor INFO");
      });
    },
  },
];

function logsExecutions(stage: StackResource): boolean {
  const level = stage.at("defaultRouteSettings", "loggingLevel");
  return level.is("ERROR") || level.is("INFO");
}
