import assert from "node:assert/strict";
import fc from "fast-check";
import { HttpApi, type HttpApiArgs } from "../../../components/ingress/http-api";
import { isRouteKey } from "../../../components/ingress/http-routes";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";
import { alarmTopics, toldOf } from "../told";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const mutualTls = { truststoreUri: "s3://trust-example/authorities.pem" };
const allowPublic = "Partners without certificates call it with tokens";
const open = "It says only whether the service is well";
const args: HttpApiArgs = {
  at,
  apiName: "orders",
  domainName: "api.orders.example.com",
  publicZoneId: "Z-public",
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  loadBalancer: {
    listenerArn: "arn:listener",
    securityGroupId: "sg-balancer",
    serverName: "orders.example.com",
  },
  tokens: {
    issuer: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc",
    audiences: ["web"],
  },
  routes: {
    "GET /orders/{id}": { scopes: ["orders/read"] },
    "ANY /orders/{proxy+}": {},
    "GET /health": { open, rate: 1, burst: 2 },
  },
  throttling: { rate: 100, burst: 200 },
  mutualTls,
  logGroupName: "/landing-zone/orders/http-api",
  logRetentionDays: 90,
  keyArn,
  alarmTopics,
};
const make = (args: HttpApiArgs) => planned(() => new HttpApi("orders", args));
const api = (more: Partial<HttpApiArgs> = {}) => make({ ...args, ...more });
const withoutCertificates = ({ mutualTls: _, ...rest }: HttpApiArgs, more: Partial<HttpApiArgs> = {}) =>
  make({ ...rest, ...more });
const route = (stack: Planned, key: string) => stack.one("Route", `orders-${key}`);

describe("an HTTP API", () => {
  it("answers by its own name only, with TLS 1.2 or newer, over both versions of IP", async () => {
    const stack = await api();
    const { inputs } = stack.one("aws:apigatewayv2/api:Api");
    assert.deepEqual(
      ["disableExecuteApiEndpoint", "protocolType", "ipAddressType"].map(key => inputs[key]),
      [true, "HTTP", "dualstack"],
    );
    const domain = stack.one("DomainName");
    const configuration = domain.inputs["domainNameConfiguration"] as Record<string, unknown>;
    assert.deepEqual(
      [configuration["securityPolicy"], configuration["endpointType"]],
      ["TLS_1_2", "REGIONAL"],
    );
    assert.deepEqual(domain.propertyDependencies["domainNameConfiguration"], [
      stack.one("CertificateValidation").urn,
    ]);
    for (const type of ["A", "AAAA"]) {
      const record = stack.one("Record", `orders-${type.toLowerCase()}`);
      assert.deepEqual([record.inputs["name"], record.inputs["type"]], ["api.orders.example.com", type]);
      assert.deepEqual(stack.from(record, "aliases"), ["orders"]);
    }
    const mapping = stack.one("ApiMapping");
    for (const property of ["apiId", "domainName", "stage"])
      assert.deepEqual(stack.from(mapping, property), ["orders"], property);
  });

  it("takes callers with a certificate, or says why anybody", async () => {
    const closed = await api({ mutualTls: { ...mutualTls, truststoreVersion: "v1" } });
    assert.deepEqual(closed.one("DomainName").inputs["mutualTlsAuthentication"], {
      truststoreUri: mutualTls.truststoreUri,
      truststoreVersion: "v1",
    });
    assert.deepEqual(closed.one("aws:apigatewayv2/api:Api").inputs["tags"], { "allow-open-routes": open });
    const opened = await withoutCertificates(args, { allowPublic });
    assert.equal(opened.one("DomainName").inputs["mutualTlsAuthentication"], undefined);
    assert.deepEqual(opened.one("aws:apigatewayv2/api:Api").inputs["tags"], {
      "allow-public": allowPublic,
      "allow-open-routes": open,
    });
  });

  it("says on itself why anybody may call some of its routes", async () => {
    const tagsWith = async (routes: HttpApiArgs["routes"]) =>
      (await api({ routes })).one("aws:apigatewayv2/api:Api").inputs["tags"];
    assert.equal(await tagsWith({ "GET /a": {} }), undefined);
    const [one, other] = [`${"a".repeat(200)} reason`, `${"b".repeat(200)} reason`];
    assert.deepEqual(await tagsWith({ "GET /a": { open: one }, "GET /b": { open: one } }), {
      "allow-open-routes": one,
    });
    assert.deepEqual(await tagsWith({ "GET /a": { open: one }, "GET /b": { open: other } }), {
      "allow-open-routes": `${one} / ${other}`.slice(0, 256),
    });
  });

  it("asks for a token on every route that is not open, and for scopes where they are said", async () => {
    const stack = await api();
    const authorizer = stack.one("Authorizer");
    assert.equal(authorizer.inputs["authorizerType"], "JWT");
    assert.deepEqual(authorizer.inputs["jwtConfiguration"], {
      audiences: ["web"],
      issuer: args.tokens.issuer,
    });
    assert.deepEqual(authorizer.inputs["identitySources"], ["$request.header.Authorization"]);
    for (const [key, scopes] of [
      ["GET /orders/{id}", ["orders/read"]],
      ["ANY /orders/{proxy+}", undefined],
    ] as const) {
      const made = route(stack, key);
      assert.equal(made.inputs["routeKey"], key);
      assert.equal(made.inputs["authorizationType"], "JWT");
      assert.deepEqual(stack.from(made, "authorizerId"), ["orders"]);
      assert.deepEqual(made.inputs["authorizationScopes"], scopes);
      assert.deepEqual(stack.from(made, "target"), ["orders"]);
    }
    const health = route(stack, "GET /health").inputs;
    assert.deepEqual([health["authorizationType"], health["authorizerId"]], ["NONE", undefined]);
  });

  it("speaks TLS with the load balancer's own name, and with nobody else in the VPC", async () => {
    const stack = await api();
    const { inputs } = stack.one("Integration");
    assert.deepEqual(
      [
        "integrationType",
        "connectionType",
        "integrationUri",
        "integrationMethod",
        "payloadFormatVersion",
      ].map(key => inputs[key]),
      ["HTTP_PROXY", "VPC_LINK", "arn:listener", "ANY", "1.0"],
    );
    assert.deepEqual(inputs["tlsConfig"], { serverNameToVerify: "orders.example.com" });
    assert.deepEqual(stack.from(stack.one("VpcLink"), "securityGroupIds"), ["orders-link"]);
    const group = stack.one("SecurityGroup").inputs;
    assert.deepEqual([group["ingress"], group["egress"]], [undefined, undefined]);
    const out = stack.one("SecurityGroupEgressRule");
    assert.equal(out.inputs["referencedSecurityGroupId"], "sg-balancer");
    assert.deepEqual(stack.from(out, "securityGroupId"), ["orders-link"]);
    const into = stack.one("SecurityGroupIngressRule");
    assert.equal(into.inputs["securityGroupId"], "sg-balancer");
    assert.deepEqual(stack.from(into, "referencedSecurityGroupId"), ["orders-link"]);
    for (const rule of [out, into])
      assert.deepEqual(
        ["ipProtocol", "fromPort", "toPort"].map(key => rule.inputs[key]),
        ["tcp", 443, 443],
      );
  });

  it("is throttled as a whole, and a route more where it says so", async () => {
    const { inputs } = (await api()).one("Stage");
    assert.deepEqual(inputs["defaultRouteSettings"], {
      detailedMetricsEnabled: true,
      throttlingBurstLimit: 200,
      throttlingRateLimit: 100,
    });
    assert.deepEqual(inputs["routeSettings"], [
      {
        detailedMetricsEnabled: true,
        routeKey: "GET /health",
        throttlingBurstLimit: 2,
        throttlingRateLimit: 1,
      },
    ]);
    const half = (await api({ routes: { "GET /a": { rate: 5 } } })).one("Stage").inputs["routeSettings"];
    assert.deepEqual(half, [
      {
        detailedMetricsEnabled: true,
        routeKey: "GET /a",
        throttlingBurstLimit: 200,
        throttlingRateLimit: 5,
      },
    ]);
  });

  it("logs who asked what, without tokens, encrypted and for a time", async () => {
    const stack = await api();
    const { inputs } = stack.one("aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(
      [inputs["name"], inputs["kmsKeyId"], inputs["retentionInDays"]],
      ["/landing-zone/orders/http-api", keyArn, 90],
    );
    const stage = stack.one("Stage");
    const access = stage.inputs["accessLogSettings"] as { destinationArn: string; format: string };
    assert.equal(
      access.destinationArn,
      "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/http-api",
    );
    const format = JSON.parse(access.format) as Record<string, string>;
    for (const variable of ["requestId", "identity.sourceIp", "status", "integrationErrorMessage"])
      assert.ok(Object.values(format).includes(`$context.${variable}`), variable);
    for (const variable of Object.values(format)) assert.match(variable, /^\$context\.[\w.]+$/);
  });

  it("wakes somebody when it fails", async () => {
    const stack = await api();
    const alarm = stack.one("MetricAlarm", "orders-errors");
    assert.deepEqual([alarm.inputs["namespace"], alarm.inputs["metricName"]], ["AWS/ApiGateway", "5xx"]);
    assert.deepEqual(stack.from(alarm, "dimensions"), ["orders"]);
    assert.deepEqual(alarm.inputs["alarmActions"], toldOf(alarm.inputs));
  });

  it("lets other sites' browsers call it only where they are named", async () => {
    assert.equal((await api()).one("aws:apigatewayv2/api:Api").inputs["corsConfiguration"], undefined);
    const stack = await api({
      crossOrigin: { origins: ["https://shop.example.com"], methods: ["GET"], credentials: true },
    });
    assert.deepEqual(stack.one("aws:apigatewayv2/api:Api").inputs["corsConfiguration"], {
      allowCredentials: true,
      allowHeaders: [],
      allowMethods: ["GET"],
      allowOrigins: ["https://shop.example.com"],
      maxAge: 300,
    });
  });

  it("may be there twice in a stack, and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new HttpApi(name, { ...args, apiName: name, logGroupName: `/landing-zone/${name}/http-api` });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses to be without a firewall and without a reason", () =>
    assert.rejects(withoutCertificates(args), /neither mutualTls nor allowPublic/));

  const wrong: readonly [Partial<HttpApiArgs>, RegExp][] = [
    [{ allowPublic }, /both mutualTls and allowPublic/],
    [{ mutualTls: { truststoreUri: "https://example.com/a.pem" } }, /truststoreUri is "https/],
    [{ routes: {} }, /routes names none/],
    [{ routes: { $default: {} } }, /routes has "\$default"; a method and a path/],
    [{ routes: { "GET /{proxy+}/a": {} } }, /routes has "GET \/\{proxy\+\}\/a"/],
    [{ routes: { "get /a": {} } }, /routes has "get \/a"/],
    [{ routes: { "GET /a": { open: "because" } } }, /open is "because"/],
    [{ routes: { "GET /a": { open, scopes: ["a/b"] } } }, /is open and asks for scopes/],
    [{ routes: { "GET /a": { rate: 0 } } }, /rate is 0/],
    [{ throttling: { rate: 1.5, burst: 1 } }, /throttling.rate is 1.5/],
    [{ throttling: { rate: 1, burst: 0 } }, /throttling.burst is 0/],
    [{ crossOrigin: { origins: ["*"], methods: ["GET"] } }, /origins has "\*"/],
    [{ crossOrigin: { origins: ["http://a.example.com"], methods: ["GET"] } }, /origins has "http:/],
    [{ crossOrigin: { origins: [], methods: ["GET"] } }, /origins names none/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(api(more), message));
  it("refuses a reason that says nothing", () =>
    assert.rejects(withoutCertificates(args, { allowPublic: "partners" }), /allowPublic is "partners"/));
});

describe("a route", () => {
  const method = fc.constantFrom("GET", "POST", "ANY", "DELETE");
  const plain = fc.oneof(
    fc.stringMatching(/^[a-z0-9._~-]{1,8}$/),
    fc.stringMatching(/^[a-z]{1,5}$/).map(word => `{${word}}`),
  );
  it("is a method and a path, with a variable for the rest at its end", () =>
    fc.assert(
      fc.property(
        method,
        fc.array(plain, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (verb, parts, rest) =>
          assert.ok(isRouteKey(`${verb} /${[...parts, ...(rest ? ["{proxy+}"] : [])].join("/")}`)),
      ),
    ));
  for (const key of ["GET /", "ANY /{proxy+}", "GET /a"])
    it(`may be ${key}`, () => assert.ok(isRouteKey(key)));
  for (const key of [
    "",
    "GET",
    "GET a",
    "GET /a/",
    "GET //",
    "GET /{a",
    "FETCH /a",
    "GET /a b",
    "GET /a?b=c",
  ])
    it(`is not "${key}"`, () => assert.ok(!isRouteKey(key)));
});
