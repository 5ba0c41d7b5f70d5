import assert from "node:assert/strict";
import fc from "fast-check";
import { ContentDelivery, type ContentDeliveryArgs } from "../../../components/ingress/content-delivery";
import { inOrderOfPaths } from "../../../components/ingress/content-rules";
import { contentDecrypts, contentReads } from "../../../components/ingress/content-statements";
import { evaluate } from "../../../iam/evaluate";
import { document, own, service } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, type Planned, planned, statements } from "../planned";

const args: ContentDeliveryArgs = {
  at,
  siteName: "shop",
  domainNames: ["shop.example.com"],
  publicZoneId: "Z-public",
  origins: { web: { kind: "loadBalancer", arn: "arn:balancer", dnsName: "internal.example.com" } },
  otherwise: "web",
  firewall: { rateLimit: 3_000 },
  logRetentionDays: 90,
  allowPublic: "Customers buy here from anywhere",
};
const files = { kind: "bucket", bucketName: "shop-files", region: "eu-central-1" } as const;
const api = {
  kind: "public",
  domainName: "api-origin.example.com",
  clientCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/cloudfront",
} as const;
const shop = (more: Partial<ContentDeliveryArgs> = {}) =>
  planned(() => new ContentDelivery("shop", { ...args, ...more }));
const everything: Partial<ContentDeliveryArgs> = {
  origins: { ...args.origins, files, api },
  paths: { "/static/*": "files", "/api/*": "api", "/static/live/*": "web" },
};

type Properties = Readonly<Record<string, unknown>>;
const distribution = (stack: Planned) => stack.one("Distribution").inputs as Properties;
const originsOf = (stack: Planned) => distribution(stack)["origins"] as Properties[];
const origin = (stack: Planned, id: string): Properties =>
  originsOf(stack).find(({ originId }) => originId === id) ?? {};
const usual = (stack: Planned) => distribution(stack)["defaultCacheBehavior"] as Properties;
const byPath = (stack: Planned) => distribution(stack)["orderedCacheBehaviors"] as Properties[];

describe("content delivery", () => {
  it("reaches a load balancer inside the VPC, over HTTPS on both sides, and keeps nothing of it", async () => {
    const stack = await shop();
    const inside = stack.one("VpcOrigin").inputs["vpcOriginEndpointConfig"] as Properties;
    assert.deepEqual([inside["arn"], inside["originProtocolPolicy"]], ["arn:balancer", "https-only"]);
    assert.deepEqual(stack.from(stack.one("Distribution"), "origins"), ["shop-web"]);
    assert.equal(origin(stack, "web")["domainName"], "internal.example.com");
    assert.equal(usual(stack)["viewerProtocolPolicy"], "redirect-to-https");
    assert.equal(usual(stack)["cachePolicyId"], "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    assert.equal(usual(stack)["originRequestPolicyId"], "216adef6-5c7f-47e4-b989-5492eafa07d3");
    assert.ok((usual(stack)["allowedMethods"] as string[]).includes("POST"));
    assert.equal(distribution(stack)["defaultRootObject"], undefined);
  });

  it("signs what it asks of a bucket, keeps it at the edge and changes nothing there", async () => {
    const stack = await shop({ origins: { files }, otherwise: "files" });
    const control = stack.one("OriginAccessControl");
    assert.deepEqual(
      ["originAccessControlOriginType", "signingBehavior", "signingProtocol"].map(key => control.inputs[key]),
      ["s3", "always", "sigv4"],
    );
    const from = origin(stack, "files");
    assert.equal(from["domainName"], "shop-files.s3.eu-central-1.amazonaws.com");
    assert.deepEqual(stack.from(stack.one("Distribution"), "origins"), ["shop-files"]);
    assert.equal(usual(stack)["cachePolicyId"], "658327ea-f89d-4fab-a63d-7e88639e58f6");
    assert.equal(usual(stack)["originRequestPolicyId"], undefined);
    assert.deepEqual(usual(stack)["allowedMethods"], ["GET", "HEAD", "OPTIONS"]);
    assert.equal(distribution(stack)["defaultRootObject"], "index.html");
    assert.deepEqual(stack.all("VpcOrigin"), []);
    const named = await shop({ origins: { files }, otherwise: "files", rootObject: "start.html" });
    assert.equal(distribution(named)["defaultRootObject"], "start.html");
  });

  it("shows a certificate to what is on the internet, and calls it by its own name", async () => {
    const stack = await shop({ origins: { api }, otherwise: "api" });
    const config = origin(stack, "api")["customOriginConfig"] as Properties;
    assert.deepEqual(config["originMtlsConfig"], { clientCertificateArn: api.clientCertificateArn });
    assert.deepEqual(
      [config["originProtocolPolicy"], config["originSslProtocols"]],
      ["https-only", ["TLSv1.2"]],
    );
    assert.equal(usual(stack)["originRequestPolicyId"], "b689b0a8-53d0-40ab-baf2-68738e2966ac");
    assert.equal(usual(stack)["cachePolicyId"], "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    const allowBypass = "Its tokens and throttling are enough";
    const open = await shop({
      origins: { api: { kind: "public", domainName: "api.example.com", allowBypass } },
      otherwise: "api",
    });
    assert.equal((origin(open, "api")["customOriginConfig"] as Properties)["originMtlsConfig"], undefined);
  });

  it("answers paths by their origins, the most specific first", async () => {
    const stack = await shop(everything);
    assert.deepEqual(
      byPath(stack).map(({ pathPattern, targetOriginId }) => [pathPattern, targetOriginId]),
      [
        ["/static/live/*", "web"],
        ["/static/*", "files"],
        ["/api/*", "api"],
      ],
    );
    for (const behaviour of [usual(stack), ...byPath(stack)]) {
      assert.equal(behaviour["viewerProtocolPolicy"], "redirect-to-https");
      assert.equal(behaviour["responseHeadersPolicyId"], usual(stack)["responseHeadersPolicyId"]);
    }
    assert.deepEqual(
      originsOf(stack)
        .map(({ originId }) => originId)
        .sort(),
      ["api", "files", "web"],
    );
  });

  it("never has a path hidden by one that is less specific", () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^\/[a-z]{1,6}(\/[a-z*]{1,6}){0,3}$/)), paths => {
        const ordered = inOrderOfPaths(Object.fromEntries(paths.map(path => [path, "web"])));
        const literal = (path: string) => path.replaceAll("*", "").length;
        assert.deepEqual(ordered.map(([path]) => path).sort(), [...paths].sort());
        ordered.reduce((before, [path]) => {
          assert.ok(literal(path) <= before);
          return literal(path);
        }, Number.POSITIVE_INFINITY);
      }),
    ));

  it("stands behind a firewall of its own, with what is CloudFront's in us-east-1", async () => {
    const stack = await shop({ ...everything, firewall: { rateLimit: 3_000, groups: ["sql"] } });
    assert.deepEqual(stack.from(stack.one("Distribution"), "webAclId"), ["shop-edge"]);
    const { inputs } = stack.one("WebAcl");
    assert.deepEqual([inputs["scope"], inputs["name"]], ["CLOUDFRONT", "shop"]);
    assert.equal((inputs["rules"] as unknown[]).length, 5);
    const regional = /^aws:(wafv2|acm|cloudwatch|kms)\//;
    const edge = stack.resources.filter(({ type }) => regional.test(type));
    assert.equal(edge.length, 11);
    for (const { inputs, urn } of edge)
      if (!urn.includes("alias:Alias")) assert.equal(inputs["region"], "us-east-1", urn);
  });

  it("logs requests and what the firewall thought of them with a key that CloudWatch Logs may use for these", async () => {
    const stack = await shop();
    const groups = stack.all("LogGroup");
    assert.deepEqual(groups.map(({ inputs }) => inputs["name"]).sort(), [
      "/landing-zone/shop/edge",
      "aws-waf-logs-shop",
    ]);
    for (const group of groups) {
      assert.deepEqual(stack.from(group, "kmsKeyId"), ["shop-edge"]);
      assert.equal(group.inputs["retentionInDays"], 90);
      const use = (region: string, name: unknown, by = `logs.${region}.amazonaws.com`) =>
        evaluate(
          {
            principal: { kind: "service", arn: by },
            action: "kms:GenerateDataKey",
            resource: `arn:aws:kms:us-east-1:${own}:key/1`,
            resourceAccount: own,
            context: {
              "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${own}:log-group:${String(name)}`,
            },
          },
          { resource: document(...statements(stack.one("aws:kms/key:Key"))) },
        ).outcome;
      assert.equal(use("us-east-1", group.inputs["name"]), "allowed");
      assert.equal(use("us-east-1", `${String(group.inputs["name"])}-other`), "denied");
      assert.equal(use("eu-central-1", group.inputs["name"]), "denied");
    }
    assert.equal(stack.one("Alias").inputs["name"], "alias/shop-edge");
    const source = stack.one("LogDeliverySource");
    assert.equal(source.inputs["logType"], "ACCESS_LOGS");
    assert.deepEqual(stack.from(source, "resourceArn"), ["shop"]);
    const delivery = stack.one("LogDelivery");
    assert.deepEqual(stack.from(delivery, "deliverySourceName"), ["shop"]);
    const fields = delivery.inputs["recordFields"] as string[];
    assert.ok(fields.includes("c-ip") && fields.includes("sc-status"));
    assert.ok(!fields.includes("cs(Cookie)"));
  });

  it("tells browsers to use HTTPS only, and to guess and frame nothing", async () => {
    const headers = async (more: ContentDeliveryArgs["headers"]) =>
      (await shop(more === undefined ? {} : { headers: more })).one("ResponseHeadersPolicy").inputs[
        "securityHeadersConfig"
      ] as Record<string, Properties>;
    const plain = await headers(undefined);
    assert.deepEqual(plain["strictTransportSecurity"], {
      accessControlMaxAgeSec: 63_072_000,
      includeSubdomains: true,
      override: true,
      preload: true,
    });
    assert.deepEqual(plain["contentTypeOptions"], { override: true });
    assert.equal(plain["frameOptions"]?.["frameOption"], "DENY");
    assert.equal(plain["contentSecurityPolicy"], undefined);
    const chosen = await headers({ contentSecurityPolicy: "default-src 'self'", frames: "SAMEORIGIN" });
    assert.equal(chosen["frameOptions"]?.["frameOption"], "SAMEORIGIN");
    assert.deepEqual(chosen["contentSecurityPolicy"], {
      contentSecurityPolicy: "default-src 'self'",
      override: false,
    });
  });

  it("is found by each of its names, over both versions of IP, with one certificate for all", async () => {
    const domainNames = ["shop.example.com", "www.shop.example.com"] as const;
    const stack = await shop({ domainNames });
    assert.deepEqual(distribution(stack)["aliases"], domainNames);
    const records = stack.all("Record").filter(({ inputs }) => inputs["aliases"] !== undefined);
    assert.deepEqual(
      records.map(({ inputs }) => [inputs["name"], inputs["type"]]).sort(),
      domainNames.flatMap(name => [
        [name, "A"],
        [name, "AAAA"],
      ]),
    );
    for (const record of records) {
      assert.equal(record.inputs["zoneId"], "Z-public");
      assert.deepEqual(record.propertyDependencies["aliases"], [stack.one("Distribution").urn]);
    }
    const { inputs } = stack.one("aws:acm/certificate:Certificate");
    assert.equal(inputs["domainName"], domainNames[0]);
    assert.deepEqual(inputs["subjectAlternativeNames"], [domainNames[1]]);
    assert.deepEqual(stack.one("Distribution").propertyDependencies["viewerCertificate"], [
      stack.one("CertificateValidation").urn,
    ]);
  });

  for (const [more, property, expected] of [
    [{}, "restrictions", { geoRestriction: { restrictionType: "none" } }],
    [
      { countries: { only: ["DE", "AT"] } },
      "restrictions",
      { geoRestriction: { locations: ["DE", "AT"], restrictionType: "whitelist" } },
    ],
    [
      { countries: { but: ["DE"] } },
      "restrictions",
      { geoRestriction: { locations: ["DE"], restrictionType: "blacklist" } },
    ],
    [{}, "priceClass", "PriceClass_100"],
    [{ priceClass: "PriceClass_All" }, "priceClass", "PriceClass_All"],
    [{}, "tags", { "allow-public": args.allowPublic }],
  ] as readonly [Partial<ContentDeliveryArgs>, string, unknown][])
    it(`has for ${JSON.stringify(more)} the ${property} ${JSON.stringify(expected)}`, async () => {
      assert.deepEqual(distribution(await shop(more))[property], expected);
    });

  for (const minimumTls of [undefined, "TLSv1.2_2021", "TLSv1.3_2025"] as const)
    it(`accepts nothing older than ${minimumTls ?? "TLSv1.2_2025"}`, async () => {
      const stack = await shop(minimumTls === undefined ? {} : { minimumTls });
      const certificate = distribution(stack)["viewerCertificate"] as Properties;
      assert.equal(certificate["minimumProtocolVersion"], minimumTls ?? "TLSv1.2_2025");
      assert.deepEqual(await refusals(await planned(() => protectedShop("shop", minimumTls))), []);
    });

  const protectedShop = (name: string, minimumTls?: ContentDeliveryArgs["minimumTls"]) =>
    new ContentDelivery(
      name,
      { ...args, ...everything, siteName: name, ...(minimumTls === undefined ? {} : { minimumTls }) },
      { protect: true },
    );

  it("may be there twice in a stack, and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "a-product-with-a-very-very-long-name-and-a-service-with-one"])
        protectedShop(name);
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack), []);
    for (const type of ["LogDeliverySource", "LogDeliveryDestination"])
      for (const { name } of stack.all(type)) assert.ok(name.length + "-1234567".length <= 60, name);
    for (const { inputs } of stack.all("OriginAccessControl")) assert.ok(String(inputs["name"]).length <= 64);
  });

  const bypass = { kind: "public", domainName: "api.example.com", allowBypass: "because" } as const;
  const wrong: readonly [Partial<ContentDeliveryArgs>, RegExp][] = [
    [{ allowPublic: "customers" }, /allowPublic is "customers"; why/],
    [{ otherwise: "files" }, /otherwise is answered by "files", which is no origin; web are/],
    [{ paths: { "/a/*": "files" } }, /\/a\/\* is answered by "files"/],
    [{ origins: { ...args.origins, files } }, /nothing is answered by the origin files/],
    [{ origins: { web: bypass } }, /origins.web.allowBypass is "because"/],
    [{ paths: { "static/*": "web" } }, /paths has "static\/\*"/],
    [{ paths: { "/*": "web" } }, /paths has "\/\*"/],
    [{ paths: { "/a b": "web" } }, /paths has "\/a b"/],
    [{ rootObject: "/index.html" }, /rootObject is "\/index.html"/],
    [{ countries: { only: ["de"] } }, /countries has "de"/],
    [{ countries: { but: [] } }, /countries names none/],
    [{ firewall: { rateLimit: 1 } }, /rateLimit is 1/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(shop(more), message));
});

describe("what a bucket says to content delivery", () => {
  const mine = `arn:aws:cloudfront::${own}:distribution/E1`;
  const other = "arn:aws:cloudfront::444455556666:distribution/E1";
  const asks = (statement: object, action: string, resource: string, context: Record<string, string>) =>
    evaluate(
      {
        principal: { ...service, arn: "cloudfront.amazonaws.com" },
        action,
        resource,
        resourceAccount: own,
        context,
      },
      { resource: document(statement) },
    ).outcome;

  for (const [action, resource, from, expected] of [
    ["s3:GetObject", "arn:aws:s3:::shop-files/a.css", mine, "allowed"],
    ["s3:GetObject", "arn:aws:s3:::shop-files/a.css", other, "denied"],
    ["s3:GetObject", "arn:aws:s3:::shop-files-2/a.css", mine, "denied"],
    ["s3:ListBucket", "arn:aws:s3:::shop-files", mine, "denied"],
    ["s3:PutObject", "arn:aws:s3:::shop-files/a.css", mine, "denied"],
    ["s3:DeleteObject", "arn:aws:s3:::shop-files/a.css", mine, "denied"],
  ] as const)
    it(`${expected} to ${action} on ${resource} for ${from}`, () =>
      assert.equal(
        asks(contentReads(own, "shop-files"), action, resource, { "aws:SourceArn": from }),
        expected,
      ));

  for (const [action, about, from, expected] of [
    ["kms:Decrypt", "arn:aws:s3:::shop-files", mine, "allowed"],
    ["kms:Decrypt", "arn:aws:s3:::shop-files/a.css", mine, "allowed"],
    ["kms:Decrypt", "arn:aws:s3:::shop-files-2", mine, "denied"],
    ["kms:Decrypt", "arn:aws:s3:::shop-files", other, "denied"],
    ["kms:GenerateDataKey", "arn:aws:s3:::shop-files", mine, "denied"],
  ] as const)
    it(`its key says ${expected} to ${action} of ${about} for ${from}`, () =>
      assert.equal(
        asks(contentDecrypts(own, ["shop-files"]), action, `arn:aws:kms:eu-central-1:${own}:key/1`, {
          "aws:SourceArn": from,
          "kms:EncryptionContext:aws:s3:arn": about,
        }),
        expected,
      ));
});
