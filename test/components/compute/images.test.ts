/** Where images are kept, how they travel, and what they may be built from. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { baseImages, cachedAs } from "../../../components/compute/approved-bases";
import { type ImageDestination, ImageReplication } from "../../../components/compute/image-replication";
import { ImageRepository, type ImageRepositoryArgs } from "../../../components/compute/image-repository";
import { PullThroughCache, type PullThroughCacheArgs } from "../../../components/compute/pull-through-cache";
import { RegistrySettings, type RegistrySettingsArgs } from "../../../components/compute/registry-settings";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { mayDo } from "../data/narrow";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const organizationId = "o-abcde12345";
const lifecycleOf = (policy: unknown) =>
  (
    JSON.parse(String(policy)) as {
      rules: {
        rulePriority: number;
        selection: { tagStatus: string; countType: string; countNumber: number };
      }[];
    }
  ).rules.map(({ rulePriority, selection }) => [rulePriority, selection.tagStatus, selection.countNumber]);

describe("an image repository", () => {
  const repository = (args: Partial<ImageRepositoryArgs> = {}) =>
    planned(
      () => new ImageRepository("api", { repositoryName: "orders/api", keyArn, ...args }, { protect: true }),
    );

  it("never changes a tag, scans what is pushed, encrypts it, and is not deleted with images in it", async () => {
    const { inputs, protect } = (await repository()).one("Repository");
    assert.equal(inputs["imageTagMutability"], "IMMUTABLE");
    assert.equal(inputs["imageTagMutabilityExclusionFilters"], undefined);
    assert.deepEqual(inputs["imageScanningConfiguration"], { scanOnPush: true });
    assert.deepEqual(inputs["encryptionConfigurations"], [{ encryptionType: "KMS", kmsKey: keyArn }]);
    assert.deepEqual([inputs["forceDelete"], protect], [false, true]);
  });

  it("lets Lambda pull for the product's functions of this account, and for no others", async () => {
    const functions = { at, namesBegin: "orders-" };
    const nobody = (await repository()).all("RepositoryPolicy");
    assert.deepEqual(nobody, []);
    const stack = await repository({ organizationId, functions });
    const resource = readDocument(stack.one("RepositoryPolicy").inputs["policy"]);
    const ask = (action: string, source: string, account = at.accountId) =>
      evaluate(
        {
          principal: { kind: "service", arn: "lambda.amazonaws.com" },
          action: `ecr:${action}`,
          resource: "arn:aws:ecr:eu-central-1:111122223333:repository/orders/api",
          context: { "aws:SourceArn": source, "aws:SourceAccount": account },
        },
        { resource },
      ).outcome;
    const named = (name: string, account = at.accountId) =>
      `arn:aws:lambda:eu-central-1:${account}:function:${name}`;
    for (const action of ["BatchGetImage", "GetDownloadUrlForLayer"]) {
      assert.equal(ask(action, named("orders-verify")), "allowed");
      assert.equal(ask(action, named("shop-verify")), "denied");
      assert.equal(ask(action, named("orders-verify", "444455556666"), "444455556666"), "denied");
    }
    assert.equal(ask("PutImage", named("orders-verify")), "denied");
    assert.deepEqual(await refusals(stack), []);
    assert.deepEqual(await refusals(await repository({ functions })), []);
  });

  for (const namesBegin of ["", "*", "orders", "-", "orders*-", "a b-"])
    it(`does not let Lambda pull for functions whose names begin with "${namesBegin}"`, async () => {
      await assert.rejects(repository({ functions: { at, namesBegin } }), /functions\.namesBegin is/);
    });

  it("drops images nobody names, then the oldest, in the order that ECR demands", async () => {
    const policy = async (args: Partial<ImageRepositoryArgs>) =>
      lifecycleOf((await repository(args)).one("LifecyclePolicy").inputs["policy"]);
    // ECR refuses a policy whose rule for any tag has not the highest number.
    assert.deepEqual(await policy({}), [
      [1, "untagged", 14],
      [2, "any", 50],
    ]);
    assert.deepEqual((await policy({ keepReleases: 7 }))[1], [2, "any", 7]);
  });

  it("lets the organization pull and nothing else, and without one nobody", async () => {
    assert.deepEqual((await repository()).all("RepositoryPolicy"), []);
    const policy = (await repository({ organizationId })).one("RepositoryPolicy");
    const resource = readDocument(policy.inputs["policy"]);
    const identity = [
      readDocument({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "ecr:*", Resource: "*" } }),
    ];
    const ask = (action: string, organization?: string) =>
      evaluate(
        {
          principal: { kind: "role", arn: "arn:aws:iam::444455556666:role/r", account: "444455556666" },
          action: `ecr:${action}`,
          resource: "arn:aws:ecr:eu-central-1:111122223333:repository/orders/api",
          context: organization === undefined ? {} : { "aws:PrincipalOrgID": organization },
        },
        { resource, identity },
      ).outcome;
    for (const action of ["BatchGetImage", "GetDownloadUrlForLayer", "BatchCheckLayerAvailability"]) {
      assert.equal(ask(action, organizationId), "allowed", action);
      for (const organization of [undefined, "o-zzzzz99999"])
        assert.equal(ask(action, organization), "denied", action);
    }
    for (const action of [
      "PutImage",
      "InitiateLayerUpload",
      "BatchDeleteImage",
      "SetRepositoryPolicy",
      "DeleteRepository",
      "ReplicateImage",
    ])
      assert.equal(ask(action, organizationId), "denied", action);
  });

  it("refuses another number of images and another form of an organization's id", async () => {
    for (const keepReleases of [0, -1, 1_001, 1.5])
      await assert.rejects(repository({ keepReleases }), /keepReleases is .*1 to 1,000/);
    for (const id of ["", "o-abc", "abcde12345", "*"])
      await assert.rejects(repository({ organizationId: id }), /organizationId is /);
  });
});

describe("a registry", () => {
  const registry = (receives?: RegistrySettingsArgs["receives"]) =>
    planned(() => new RegistrySettings("images", { at, ...(receives && { receives }) }));

  it("is scanned whole, again and again", async () => {
    const { inputs } = (await registry()).one("RegistryScanningConfiguration");
    assert.deepEqual(
      [inputs["region"], inputs["scanType"], inputs["rules"]],
      [
        "eu-central-1",
        "ENHANCED",
        [
          {
            scanFrequency: "CONTINUOUS_SCAN",
            repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
          },
        ],
      ],
    );
    assert.deepEqual((await registry()).all("RegistryPolicy"), []);
    assert.deepEqual((await registry({})).all("RegistryPolicy"), []);
  });

  it("takes images of the accounts it is told of, below their prefixes, and makes no repositories for them", async () => {
    const stack = await registry({ "444455556666": ["orders", "shop"], "555566667777": ["payments"] });
    const policy = stack.one("RegistryPolicy");
    const resource = readDocument(policy.inputs["policy"]);
    const ask = (account: string, repository: string, action = "ecr:ReplicateImage") =>
      evaluate(
        {
          principal: { kind: "role", arn: `arn:aws:iam::${account}:role/r`, account },
          action,
          resource: `arn:aws:ecr:eu-central-1:111122223333:repository/${repository}`,
          context: {},
        },
        {
          resource,
          identity: [
            readDocument({
              Version: "2012-10-17",
              Statement: { Effect: "Allow", Action: "ecr:*", Resource: "*" },
            }),
          ],
        },
      ).outcome;
    for (const [account, repository] of [
      ["444455556666", "orders/api"],
      ["444455556666", "shop/web"],
      ["555566667777", "payments/api"],
    ] as const) {
      assert.equal(ask(account, repository), "allowed");
      for (const action of ["ecr:CreateRepository", "ecr:BatchImportUpstreamImage", "ecr:PutImage"])
        assert.equal(ask(account, repository, action), "denied", action);
    }
    for (const [account, repository] of [
      ["444455556666", "payments/api"],
      ["444455556666", "orders-archive/api"],
      ["444455556666", "orders"],
      ["555566667777", "orders/api"],
      ["666677778888", "orders/api"],
    ] as const)
      assert.equal(ask(account, repository), "denied", `${account} ${repository}`);
    assert.equal(statements(policy).length, 2);
  });

  it("refuses senders that are none", async () => {
    for (const [receives, says] of [
      [{ "1": ["orders"] }, /receives holds 1; an account has a number of 12 digits/],
      [{ [at.accountId]: ["orders"] }, /the account itself/],
      [{ "444455556666": [] }, /names no prefix/],
      [{ "444455556666": ["orders/"] }, /receives\.444455556666 has orders\//],
      [{ "444455556666": ["*"] }, /has \*/],
    ] as const)
      await assert.rejects(registry(receives), says);
  });
});

describe("replication of images", () => {
  const to = (accountId: string, region = "eu-central-1") => ({ accountId, region });
  const replication = (destinations: readonly ImageDestination[]) =>
    planned(() => new ImageReplication("images", { at, destinations }));
  type Rules = {
    destinations: { registryId: string; region: string }[];
    repositoryFilters: { filter: string }[];
  }[];
  const rulesOf = async (destinations: readonly ImageDestination[]) =>
    (
      (await replication(destinations)).one("ReplicationConfiguration").inputs[
        "replicationConfiguration"
      ] as {
        rules: Rules;
      }
    ).rules.map(rule => [
      rule.repositoryFilters.map(({ filter }) => filter),
      rule.destinations.map(({ registryId, region }) => `${registryId} ${region}`),
    ]);

  it("has a rule for each set of destinations, with all prefixes that go there", async () => {
    assert.deepEqual(
      await rulesOf([
        { to: to("444455556666"), prefixes: ["orders", "shop", "pricing"] },
        { to: to("555566667777", "eu-west-1"), prefixes: ["orders", "shop"] },
      ]),
      [
        [
          ["orders/", "shop/"],
          ["444455556666 eu-central-1", "555566667777 eu-west-1"],
        ],
        [["pricing/"], ["444455556666 eu-central-1"]],
      ],
    );
  });

  it("carries each product to where it is to go and nowhere else, however they are grouped", async () => {
    const products = ["a", "b", "c", "d"];
    const accounts = ["444455556666", "555566667777", "666677778888"];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray(products, { minLength: 1 }), { minLength: 3, maxLength: 3 }),
        async wanted => {
          const rules = await rulesOf(
            accounts.map((id, index) => ({ to: to(id), prefixes: wanted[index] ?? [] })),
          );
          for (const [index, id] of accounts.entries())
            for (const product of products)
              assert.equal(
                rules.filter(
                  ([filters, places]) =>
                    filters?.includes(`${product}/`) && places?.includes(`${id} eu-central-1`),
                ).length,
                wanted[index]?.includes(product) ? 1 : 0,
              );
        },
      ),
      { numRuns: 25 },
    );
  });

  it("refuses what ECR refuses", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => String(444455550000 + n));
    for (const [destinations, says] of [
      [[], /destinations are none/],
      [[{ to: to("1"), prefixes: ["a"] }], /destinations has 1; an account/],
      [[{ to: to(at.accountId), prefixes: ["a"] }], /it is this registry itself/],
      [
        [
          { to: to("444455556666"), prefixes: ["a"] },
          { to: to("444455556666"), prefixes: ["b"] },
        ],
        /444455556666 eu-central-1 twice/,
      ],
      [[{ to: to("444455556666"), prefixes: [] }], /names no prefix/],
      [[{ to: to("444455556666"), prefixes: ["A"] }], /has A; a prefix/],
      [many(26).map(id => ({ to: to(id), prefixes: ["a"] })), /destinations are 26; ECR takes 25/],
      [
        [{ to: to("444455556666"), prefixes: Array.from({ length: 101 }, (_, n) => `p${n}`) }],
        /prefixes of one set of destinations are 101/,
      ],
      [
        many(11).map((id, n) => ({ to: to(id), prefixes: [`p${n}`] })),
        /sets of destinations are 11; ECR takes 10/,
      ],
    ] as const)
      await assert.rejects(replication(destinations), says);
    // To the same account, in another region.
    assert.equal((await rulesOf([{ to: to(at.accountId, "eu-west-1"), prefixes: ["a"] }])).length, 1);
  });
});

describe("a cache of base images", () => {
  const usual: PullThroughCacheArgs = {
    at,
    keyArn,
    keyAlias: "landing-zone/image-bases",
    roleName: "landing-zone-image-bases",
    approved: [
      "public.ecr.aws/docker/library/*",
      "public.ecr.aws/nginx/nginx",
      "quay.io/prometheus/node-exporter",
    ],
  };
  const cache = (args: Partial<PullThroughCacheArgs> = {}) =>
    planned(() => new PullThroughCache("bases", { ...usual, ...args }));

  it("has a rule a registry, once the template is there that encrypts what is cached", async () => {
    const stack = await cache();
    const template = stack.one("RepositoryCreationTemplate");
    assert.deepEqual(
      stack
        .all("PullThroughCacheRule")
        .map(({ inputs }) => [inputs["ecrRepositoryPrefix"], inputs["upstreamRegistryUrl"]]),
      [
        ["bases/ecr-public", "public.ecr.aws"],
        ["bases/quay", "quay.io"],
      ],
    );
    for (const rule of stack.all("PullThroughCacheRule")) assert.ok(rule.dependencies.includes(template.urn));
  });

  it("makes repositories whose tags never change, encrypted, and drops what is old", async () => {
    const stack = await cache();
    const template = stack.one("RepositoryCreationTemplate");
    const { inputs } = template;
    assert.deepEqual(
      [
        inputs["prefix"],
        inputs["appliedFors"],
        inputs["imageTagMutability"],
        inputs["encryptionConfigurations"],
      ],
      ["bases", ["PULL_THROUGH_CACHE"], "IMMUTABLE", [{ encryptionType: "KMS", kmsKey: keyArn }]],
    );
    assert.deepEqual(lifecycleOf(inputs["lifecyclePolicy"]), [
      [1, "untagged", 14],
      [2, "any", 180],
    ]);
    assert.deepEqual(stack.from(template, "customRoleArn"), ["bases"]);
    assert.ok(template.dependencies.includes(stack.one("RolePolicy").urn));
  });

  it("makes them by a role that only ECR takes, and that makes nothing else", async () => {
    const stack = await cache();
    const trust = readDocument(stack.one("Role").inputs["assumeRolePolicy"]);
    assert.equal(stack.one("Role").inputs["name"], "landing-zone-image-bases");
    assert.match(JSON.stringify(trust), /ecr\.amazonaws\.com/);
    assert.match(String(stack.one("Role").inputs["assumeRolePolicy"]), /"aws:SourceAccount":"111122223333"/);
    const may = statements(stack.one("RolePolicy")) as never;
    const here = (name: string) => `arn:aws:ecr:eu-central-1:111122223333:repository/${name}`;
    for (const action of ["CreateRepository", "ReplicateImage", "TagResource", "PutLifecyclePolicy"]) {
      assert.equal(mayDo(may, `ecr:${action}`, here("bases/quay/a")), "allowed");
      for (const other of ["orders/api", "bases-2/a", "bases"])
        assert.equal(mayDo(may, `ecr:${action}`, here(other)), "denied", other);
    }
    for (const action of ["DeleteRepository", "SetRepositoryPolicy", "PutImage", "BatchDeleteImage"])
      assert.equal(mayDo(may, `ecr:${action}`, here("bases/quay/a")), "denied", action);
  });

  it("is there twice in a stack, as is a registry and a repository, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) {
        new PullThroughCache(name, { ...usual, roleName: name });
        new ImageRepository(name, { repositoryName: name, keyArn, organizationId }, { protect: true });
        new RegistrySettings(name, { at, receives: { "444455556666": ["orders"] } });
        new ImageReplication(name, {
          at,
          destinations: [{ to: { ...at, region: "eu-west-1" }, prefixes: ["orders"] }],
        });
      }
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses nothing approved, registries that want credentials, and registries as a whole", async () => {
    for (const [approved, says] of [
      [[], /approved is empty/],
      [["docker.io/library/node"], /approved has docker\.io\/library\/node; it must be in public\.ecr\.aws/],
      [["ghcr.io/a/*"], /which need no credentials/],
      [["public.ecr.aws"], /must go on with the path/],
      [["public.ecr.aws/*"], /must go on with the path/],
      [["public.ecr.aws/a*"], /must go on with the path/],
      [["public.ecr.aws/a/*/b"], /must go on with the path/],
      [["public.ecr.aws/Docker/x"], /must go on with the path/],
    ] as const)
      await assert.rejects(cache({ approved }), says);
  });

  it("is for what is approved: who builds may bring in that, and nothing beside it", () => {
    const may = [baseImages(at, usual.approved)];
    const here = (name: string) => `arn:aws:ecr:eu-central-1:111122223333:repository/bases/${name}`;
    for (const action of [
      "BatchImportUpstreamImage",
      "CreateRepository",
      "BatchGetImage",
      "GetDownloadUrlForLayer",
    ]) {
      for (const name of [
        "ecr-public/docker/library/node",
        "ecr-public/nginx/nginx",
        "quay/prometheus/node-exporter",
      ])
        assert.equal(mayDo(may, `ecr:${action}`, here(name)), "allowed", name);
      for (const name of [
        "ecr-public/docker/node",
        "ecr-public/nginx/nginx-2",
        "ecr-public/nginx/other",
        "quay/other/x",
        "kubernetes/pause",
      ])
        assert.equal(mayDo(may, `ecr:${action}`, here(name)), "denied", name);
    }
    for (const action of ["PutImage", "DeleteRepository", "SetRepositoryPolicy", "BatchDeleteImage"])
      assert.equal(mayDo(may, `ecr:${action}`, here("ecr-public/nginx/nginx")), "denied", action);
    assert.equal(cachedAs("registry.k8s.io/pause").repository, "bases/kubernetes/pause");
  });
});
