import assert from "node:assert/strict";
import { GraphqlApi, type GraphqlApiArgs } from "../../../components/ingress/graphql-api";
import { sourceStatements } from "../../../components/ingress/graphql-sources";
import { evaluate } from "../../../iam/evaluate";
import { document, request } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, type Planned, planned, statements } from "../planned";
import { alarmTopics } from "../told";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const code = "export const request = () => ({}); export const response = ctx => ctx.result;";
const table = { kind: "table", tableName: "shop-carts", access: "read", keyAlias: "shop" } as const;
const args: GraphqlApiArgs = {
  at,
  apiName: "shop-graph",
  schema: "type Query { cart(id: ID!): String }\ntype Mutation { order(id: ID!): String }",
  callers: { kind: "users", userPoolId: "eu-central-1_abc", clientIds: ["web", "app"] },
  sources: { carts: table, pay: { kind: "function", functionName: "shop-pay" } },
  resolvers: {
    "Query.cart": { source: "carts", code },
    "Mutation.order": {
      code,
      steps: [
        { source: "carts", code },
        { source: "pay", code },
      ],
    },
  },
  introspection: false,
  firewall: { rateLimit: 1_000 },
  keyArn,
  logRetentionDays: 90,
  alarmTopics,
};
const graph = (more: Partial<GraphqlApiArgs> = {}) =>
  planned(() => new GraphqlApi("shop", { ...args, ...more }));
const api = (stack: Planned) => stack.one("GraphQLApi").inputs;

describe("a GraphQL API", () => {
  it("is called by users of the pool's clients that are named, and by no others", async () => {
    const inputs = api(await graph());
    assert.equal(inputs["authenticationType"], "AMAZON_COGNITO_USER_POOLS");
    assert.deepEqual(inputs["userPoolConfig"], {
      appIdClientRegex: "^(web|app)$",
      awsRegion: "eu-central-1",
      defaultAction: "ALLOW",
      userPoolId: "eu-central-1_abc",
    });
    assert.equal(inputs["additionalAuthenticationProviders"], undefined);
    const strict = api(
      await graph({
        callers: { kind: "users", userPoolId: "p", clientIds: ["web"], unlessSaid: "DENY" },
      }),
    );
    assert.equal((strict["userPoolConfig"] as { defaultAction: string }).defaultAction, "DENY");
  });

  it("is called by roles where that is said", async () => {
    const inputs = api(await graph({ callers: { kind: "iam" } }));
    assert.deepEqual([inputs["authenticationType"], inputs["userPoolConfig"]], ["AWS_IAM", undefined]);
  });

  it("does not tell its schema, and answers neither deep nor wide queries, unless that is said", async () => {
    const limits = ["introspectionConfig", "queryDepthLimit", "resolverCountLimit", "xrayEnabled"];
    const usual = api(await graph());
    assert.deepEqual(
      limits.map(key => usual[key]),
      ["DISABLED", 10, 100, true],
    );
    const dev = api(await graph({ introspection: true, queryDepth: 75, resolverCount: 10_000 }));
    assert.deepEqual(
      limits.map(key => dev[key]),
      ["ENABLED", 75, 10_000, true],
    );
  });

  it("logs errors of fields without what was asked, in a group that is encrypted and forgets", async () => {
    const stack = await graph();
    const logs = api(stack)["logConfig"] as Record<string, unknown>;
    assert.deepEqual([logs["fieldLogLevel"], logs["excludeVerboseContent"]], ["ERROR", true]);
    assert.deepEqual(stack.from(stack.one("GraphQLApi"), "logConfig"), ["shop-logs"]);
    const own = stack.all("LogGroup").find(({ parent }) => parent === stack.one("GraphqlApi").urn);
    assert.ok(own);
    assert.deepEqual([own.inputs["retentionInDays"], own.inputs["kmsKeyId"]], [90, keyArn]);
    assert.deepEqual(stack.from(own, "name"), ["shop"]);
  });

  it("has a firewall of its own", async () => {
    const stack = await graph({ firewall: { rateLimit: 500, groups: ["sql"] } });
    assert.deepEqual(
      [stack.one("WebAcl").inputs["scope"], stack.one("WebAcl").inputs["name"]],
      ["REGIONAL", "shop-graph"],
    );
    const association = stack.one("WebAclAssociation");
    assert.deepEqual(association.propertyDependencies["resourceArn"], [stack.one("GraphQLApi").urn]);
  });

  it("uses each source with a role of its own, below the product's boundary", async () => {
    const stack = await graph();
    const roles = stack.all("Role");
    assert.deepEqual(roles.map(({ inputs }) => inputs["name"]).sort(), [
      "shop-graph-graphql-carts",
      "shop-graph-graphql-logs",
      "shop-graph-graphql-pay",
    ]);
    for (const role of roles) {
      assert.equal(role.inputs["path"], "/product/");
      assert.match(String(role.inputs["permissionsBoundary"]), /policy\/landing-zone-product-boundary$/);
      const [trust] = statements(role, "assumeRolePolicy");
      assert.deepEqual(trust?.Principal, { Service: "appsync.amazonaws.com" });
      assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
    }
    for (const source of ["carts", "pay"]) {
      const made = stack.one("DataSource", `shop-${source}`);
      assert.deepEqual(stack.from(made, "serviceRoleArn"), [`shop-${source}`]);
      assert.ok(made.dependencies.includes(stack.one("RolePolicy", `shop-${source}`).urn));
    }
    assert.deepEqual(stack.one("DataSource", "shop-carts").inputs["dynamodbConfig"], {
      region: "eu-central-1",
      tableName: "shop-carts",
    });
    assert.deepEqual(stack.one("DataSource", "shop-pay").inputs["lambdaConfig"], {
      functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:shop-pay",
    });
  });

  it("answers a field in one step or in several, in their order", async () => {
    const stack = await graph();
    const unit = stack.one("Resolver", "shop-Query.cart");
    assert.deepEqual(
      [unit.inputs["kind"], unit.inputs["field"], unit.inputs["type"]],
      ["UNIT", "cart", "Query"],
    );
    assert.deepEqual(unit.inputs["runtime"], { name: "APPSYNC_JS", runtimeVersion: "1.0.0" });
    assert.equal(unit.inputs["code"], code);
    assert.deepEqual(stack.from(unit, "dataSource"), ["shop-carts"]);
    const pipeline = stack.one("Resolver", "shop-Mutation.order");
    assert.deepEqual([pipeline.inputs["kind"], pipeline.inputs["dataSource"]], ["PIPELINE", undefined]);
    assert.deepEqual(stack.from(pipeline, "pipelineConfig").sort(), [
      "shop-Mutation.order-0",
      "shop-Mutation.order-1",
    ]);
    const [first, second] = [0, 1].map(index => stack.one("Function", `shop-Mutation.order-${index}`));
    assert.ok(first && second);
    assert.deepEqual(stack.from(first, "dataSource"), ["shop-carts"]);
    assert.deepEqual(stack.from(second, "dataSource"), ["shop-pay"]);
    assert.match(String(first.inputs["name"]), /^[_A-Za-z]\w*$/);
  });

  it("has a name of its own where it is given one, with a certificate in us-east-1", async () => {
    assert.deepEqual((await graph()).all("Record"), []);
    const stack = await graph({ domain: { name: "graph.example.com", publicZoneId: "Z" } });
    assert.equal(stack.one("aws:acm/certificate:Certificate").inputs["region"], "us-east-1");
    const domain = stack.one("DomainName");
    assert.equal(domain.inputs["domainName"], "graph.example.com");
    for (const type of ["A", "AAAA"])
      assert.deepEqual(stack.one("Record", `shop-${type.toLowerCase()}`).propertyDependencies["aliases"], [
        domain.urn,
      ]);
    assert.deepEqual(stack.one("DomainNameApiAssociation").propertyDependencies["apiId"], [
      stack.one("GraphQLApi").urn,
    ]);
  });

  it("may be there twice in a stack, and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new GraphqlApi(name, {
          ...args,
          apiName: name,
          domain: { name: `${name}.example.com`, publicZoneId: "Z" },
        });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack), []);
  });

  const wrong: readonly [Partial<GraphqlApiArgs>, RegExp][] = [
    [{ schema: "type Mutation { a: String }" }, /schema has no type Query/],
    [{ apiName: "a".repeat(41) }, /apiName is "a+"; 1 to 40/],
    [{ queryDepth: 0 }, /queryDepth is 0; 1 to 75/],
    [{ queryDepth: 76 }, /queryDepth is 76/],
    [{ resolverCount: 10_001 }, /resolverCount is 10001/],
    [{ sources: { ...args.sources, "my-carts": table } }, /sources has "my-carts"/],
    [
      { resolvers: { "Query.cart": { source: "cart", code } } },
      /source is "cart", which is none; carts, pay are/,
    ],
    [{ resolvers: { cart: { source: "carts", code } } }, /resolvers\["cart"\]: a type and a field/],
    [{ resolvers: { "Query.a.b": { source: "carts", code } } }, /a type and a field/],
    [{ resolvers: { "Query.cart": { source: "carts", code: "" } } }, /code has 0 characters/],
    [{ resolvers: { "Query.cart": { code, steps: [] } } }, /has 0 steps; 1 to 10/],
    [{ resolvers: { "Query.cart": { code, steps: [{ source: "no", code }] } } }, /steps\[0\].source is "no"/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more).slice(0, 90)}`, () => assert.rejects(graph(more), message));
});

describe("the role of a source", () => {
  const carts = "arn:aws:dynamodb:eu-central-1:111122223333:table/shop-carts";
  const pay = "arn:aws:lambda:eu-central-1:111122223333:function:shop-pay";
  const reading = sourceStatements(at, table);
  const writing = sourceStatements(at, { ...table, access: "readWrite" });
  const calling = sourceStatements(at, { kind: "function", functionName: "shop-pay" });
  for (const [role, action, resource, expected] of [
    [reading, "dynamodb:GetItem", carts, "allowed"],
    [reading, "dynamodb:Query", `${carts}/index/by-user`, "allowed"],
    [reading, "dynamodb:PutItem", carts, "denied"],
    [reading, "dynamodb:GetItem", `${carts}-archive`, "denied"],
    [reading, "dynamodb:GetItem", carts.replace("111122223333", "444455556666"), "denied"],
    [reading, "dynamodb:GetItem", carts.replace("eu-central-1", "us-east-1"), "denied"],
    [reading, "dynamodb:DeleteTable", carts, "denied"],
    [writing, "dynamodb:PutItem", carts, "allowed"],
    [writing, "dynamodb:DeleteTable", carts, "denied"],
    [writing, "lambda:InvokeFunction", pay, "denied"],
    [calling, "lambda:InvokeFunction", pay, "allowed"],
    [calling, "lambda:InvokeFunction", `${pay}:live`, "allowed"],
    [calling, "lambda:InvokeFunction", `${pay}-out`, "denied"],
    [calling, "lambda:UpdateFunctionCode", pay, "denied"],
    [calling, "dynamodb:GetItem", carts, "denied"],
  ] as const)
    it(`${expected}: ${action} on ${resource} ${role === writing ? "of one that writes" : ""}`, () =>
      assert.equal(
        evaluate(request({ action, resource }), { identity: [document(...role)] }).outcome,
        expected,
      ));
});
